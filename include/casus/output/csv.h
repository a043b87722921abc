#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/output/files.h"

namespace casus {

/// A column of a table: its header, and what a reader has to know (Frictionless Table Schema).
struct CsvField {
  std::string name;
  std::string type;  ///< "string", "integer", "number", "date" or "boolean"
  std::string unit;  ///< "people"; empty for none
  std::string description;
};

/// Writes a table as RFC 4180 has it, with line feeds. Numbers are the shortest that read back to
/// the same bits; what is not a finite number is an empty cell.
class CASUS_API CsvWriter {
 public:
  CsvWriter(const std::string& path, std::vector<CsvField> fields,
            OutputFile::Packing packing = OutputFile::Packing::none);

  CsvWriter& text(std::string_view value);
  CsvWriter& number(double value);
  CsvWriter& integer(std::uint64_t value);
  CsvWriter& empty();
  /// Throws ContractError unless the row has one cell a field.
  void end_row();
  FileDigest close();
  const std::vector<CsvField>& fields() const { return fields_; }

 private:
  void separate();

  OutputFile file_;
  std::vector<CsvField> fields_;
  std::string row_;
  std::size_t cells_ = 0;
};

/// `value` as a cell: on one line, quoted where it must be, without characters that a terminal
/// obeys (casus/core/plain_text.h), and with an apostrophe before what a spreadsheet would take for
/// a formula.
CASUS_API std::string csv_cell(std::string_view value);
/// The cells of a table, its header first. Throws OutputError E0603 (naming `path`) for a quote
/// that is not closed or a row of another length than the header.
CASUS_API std::vector<std::vector<std::string>> parse_csv(std::string_view text,
                                                          const std::string& path);

}  // namespace casus
