#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "casus/core/export.h"
#include "casus/output/csv.h"

namespace casus {

/// What stands in a cell: nothing, a whole number, a number, or a text (of the row, or made).
using Cell = std::variant<std::monostate, std::uint64_t, double, std::string_view, std::string>;

/// Appends a cell to the row that `table` is at.
CASUS_API void write_cell(CsvWriter& table, const Cell& cell);

/// A table, declared once: of each column the header, what a reader has to know, and how it is got
/// from a row. Whatever writes the table, in whichever format, goes through this.
template <class Row>
class RowSchema {
 public:
  using Getter = std::function<Cell(const Row&)>;

  /// Adds a column; `type` as in CsvField.
  RowSchema& column(std::string name, std::string type, std::string unit, std::string description,
                    Getter get) {
    fields_.push_back({std::move(name), std::move(type), std::move(unit), std::move(description)});
    getters_.push_back(std::move(get));
    return *this;
  }

  const std::vector<CsvField>& fields() const { return fields_; }
  Cell cell(const Row& row, std::size_t column) const { return getters_[column](row); }

  /// Writes one row to a table that was opened with fields().
  void write(CsvWriter& table, const Row& row) const {
    for (const Getter& get : getters_) write_cell(table, get(row));
    table.end_row();
  }

 private:
  std::vector<CsvField> fields_;
  std::vector<Getter> getters_;
};

}  // namespace casus
