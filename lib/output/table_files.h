#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casus/output/results_folder.h"
#include "output/tables.h"

namespace casus {

/// The files of a results folder that is made at one go, with what describes them.
class TableFiles {
 public:
  explicit TableFiles(ResultsFolder& folder) : folder_(folder) {}

  void file(const std::string& name, std::string_view text) {
    OutputFile file(folder_.path(name));
    file.write(text);
    outputs_.push_back(file.close());
  }
  template <class Row, class Rows>
  void table(const std::string& name, const std::string& title, const RowSchema<Row>& schema,
             const Rows& rows, OutputFile::Packing packing = OutputFile::Packing::none) {
    CsvWriter table(folder_.path(name), schema.fields(), packing);
    rows([&](const Row& row) { schema.write(table, row); });
    outputs_.push_back(table.close());
    tables_.push_back({outputs_.back(), title, schema.fields()});
  }
  const std::vector<FileDigest>& outputs() const { return outputs_; }
  const std::vector<WrittenTable>& tables() const { return tables_; }

 private:
  ResultsFolder& folder_;
  std::vector<FileDigest> outputs_;
  std::vector<WrittenTable> tables_;
};

}  // namespace casus
