#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/diagnostics.h"

namespace casus {

/// A CSV file read column by column name, with a diagnostic for everything that is not as expected.
/// Quoted cells are as in RFC 4180; the text is UTF-8.
class CsvTable {
 public:
  /// May a quoted cell hold line breaks? Where none is expected, a quote that is not closed is
  /// found on its line.
  enum class Quotes { end_on_line, span_lines };

  /// `columns`: those that must be there. Problems are appended to `problems`, which must outlive
  /// the table; after twenty of one file the rest is passed over.
  CsvTable(const std::string& path, std::initializer_list<std::string_view> columns,
           std::vector<Diagnostic>& problems, Quotes quotes = Quotes::end_on_line);

  /// Moves to the next row that has as many cells as the header; false at the end. Empty lines are
  /// passed over.
  bool next();
  /// No problem was found in the current row.
  bool row_ok() const { return row_ok_; }
  std::size_t line() const { return line_; }

  /// Whether there is a column of that name; if so, its cells can be asked for from now on.
  bool optional_column(std::string_view name);

  // The cell of a column of the constructor's list. A cell that does not hold what is asked for is
  // a problem, and what is returned is only a placeholder.
  std::string_view text(std::string_view column);
  int integer(std::string_view column, int low, int high);
  double number(std::string_view column, double low, double high);
  /// nullopt for an empty cell, "NA", "NaN" or a negative missing-value code (-9, -8, -7).
  std::optional<double> number_or_missing(std::string_view column, double low, double high);
  /// True, False, 1, 0 in any case, or with a fraction of zero (1.0).
  bool flag(std::string_view column);
  /// "2016-12-01".
  Date date(std::string_view column);
  /// A date in three columns: prefix + "year", "month", "day".
  Date date_in_parts(std::string_view prefix);
  /// A problem with a cell of the row.
  void complain(std::string_view code, std::string_view column, std::string message);

 private:
  struct Cell {
    std::size_t begin = 0, length = 0;  ///< in the line, quotes included
    std::string value;
  };
  std::size_t end_of_row() const;
  bool encoded();
  void split(std::string_view line);
  const Cell& cell(std::string_view column);
  void report(std::string_view code, std::size_t column, std::size_t length, std::string message,
              std::string suggestion = "", std::string_view path = "");

  std::string path_, content_;
  Quotes quotes_;
  std::size_t at_ = 0, line_ = 0, lines_ = 0;  ///< `lines_`: of the text before `at_`
  std::string_view line_text_;
  std::vector<Cell> cells_;
  std::size_t width_ = 0;
  struct Column {
    std::string_view name;
    std::size_t index = 0;
  };
  std::vector<Column> columns_;
  std::vector<std::string> names_;  ///< of all columns, in the order of the header
  std::vector<Diagnostic>& problems_;
  std::size_t found_ = 0;
  bool row_ok_ = true, usable_ = false;
  bool begun_ = false;  ///< the header is behind us
};

}  // namespace casus
