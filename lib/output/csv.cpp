#include "casus/output/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <system_error>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/core/plain_text.h"

namespace casus {

namespace {

bool is_number(std::string_view text) {
  double value = 0.0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

/// A text of one line without what a terminal obeys, which no spreadsheet takes for a formula: an
/// apostrophe before it says that it is text.
std::string clean(std::string_view value) {
  std::string text = plain_line(value);
  std::replace(text.begin(), text.end(), '\t', ' ');
  const std::size_t first = text.find_first_not_of(' ');
  const bool formula = first != std::string::npos &&
                       std::string_view("=+-@").find(text[first]) != std::string_view::npos;
  if (formula && !is_number(std::string_view(text).substr(first))) text.insert(0, 1, '\'');
  return text;
}

}  // namespace

std::string csv_cell(std::string_view value) {
  const std::string text = clean(value);
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + '"';
}

CsvWriter::CsvWriter(const std::string& path, std::vector<CsvField> fields,
                     OutputFile::Packing packing)
    : file_(path, packing), fields_(std::move(fields)) {
  for (const CsvField& field : fields_) text(field.name);
  end_row();
}

void CsvWriter::separate() {
  if (cells_++ > 0) row_ += ',';
}

CsvWriter& CsvWriter::text(std::string_view value) {
  separate();
  row_ += csv_cell(value);
  return *this;
}

CsvWriter& CsvWriter::number(double value) {
  separate();
  if (std::isfinite(value)) fmt::format_to(std::back_inserter(row_), "{}", value);
  return *this;
}

CsvWriter& CsvWriter::integer(std::uint64_t value) {
  separate();
  fmt::format_to(std::back_inserter(row_), "{}", value);
  return *this;
}

CsvWriter& CsvWriter::empty() {
  separate();
  return *this;
}

void CsvWriter::end_row() {
  CASUS_EXPECTS(cells_ == fields_.size(),
                fmt::format("a row of {} cells for {} fields", cells_, fields_.size()));
  row_ += '\n';
  file_.write(row_);
  row_.clear();
  cells_ = 0;
}

FileDigest CsvWriter::close() { return file_.close(); }

std::vector<std::vector<std::string>> parse_csv(std::string_view text, const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false, begun = false;
  const auto end_row = [&] {
    row.push_back(std::exchange(cell, {}));
    if (!rows.empty() && row.size() != rows.front().size()) {
      throw OutputError("E0603", path,
                        fmt::format("row {} has {} cells, the header {}", rows.size() + 1,
                                    row.size(), rows.front().size()));
    }
    rows.push_back(std::exchange(row, {}));
    begun = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = begun = true;
    } else if (c == ',') {
      row.push_back(std::exchange(cell, {}));
      begun = true;
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r' || i + 1 >= text.size() || text[i + 1] != '\n') {
      cell += c;
      begun = true;
    }
  }
  if (quoted) throw OutputError("E0603", path, "a quoted cell has no end");
  if (begun) end_row();
  return rows;
}

}  // namespace casus
