#include "text/csv_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "text/read_file.h"
#include "text/source_text.h"

namespace casus {
namespace {

constexpr std::size_t problem_limit = 20;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// The whole cell as a number; false if it is anything else.
template <class T>
bool parse(std::string_view text, T& value) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

/// "1850.0" is an integer to the programs that write such tables.
bool parse_integer(std::string_view text, int& value) {
  if (parse(text, value)) return true;
  double number = 0.0;
  if (!parse(text, number) || number != std::floor(number) || std::abs(number) > 1e9) return false;
  value = static_cast<int>(number);
  return true;
}

}  // namespace

CsvTable::CsvTable(const std::string& path, std::initializer_list<std::string_view> columns,
                   std::vector<Diagnostic>& problems, Quotes quotes)
    : path_(path), quotes_(quotes), problems_(problems) {
  text::FileText file = text::read_file(path, std::numeric_limits<std::uintmax_t>::max());
  if (!file.text) {
    report("E0110", 0, 1, fmt::format("cannot read the table: {}", file.refusal));
    return;
  }
  content_ = std::move(*file.text);
  if (content_.rfind("\xef\xbb\xbf", 0) == 0) at_ = 3;  // as spreadsheets write it
  const bool header = next();
  begun_ = true;
  if (!header) {
    line_ = 1;
    report("E0111", 1, 1, "the table is empty: no header");
    return;
  }
  if (!row_ok_) return;  // a header that cannot be read names no columns
  for (const Cell& c : cells_) names_.push_back(c.value);
  width_ = cells_.size();
  usable_ = true;
  for (const std::string_view name : columns) {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (std::count(names_.begin(), names_.end(), name) > 1) {
      report("E0111", 1, line_text_.size(), fmt::format("the table has two columns '{}'", name));
      usable_ = false;
    }
    if (found != names_.end()) {
      columns_.push_back({name, static_cast<std::size_t>(found - names_.begin())});
      continue;
    }
    const std::string near = nearest(name, names_);
    report("E0111", 1, line_text_.size(), fmt::format("the table has no column '{}'", name),
           near.empty() ? "" : fmt::format("is it '{}'?", near));
    usable_ = false;
  }
}

bool CsvTable::optional_column(std::string_view name) {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) return false;
  columns_.push_back({name, static_cast<std::size_t>(found - names_.begin())});
  return true;
}

void CsvTable::report(std::string_view code, std::size_t column, std::size_t length,
                      std::string message, std::string suggestion, std::string_view path) {
  row_ok_ = false;
  if (++found_ > problem_limit) return;
  // Of a row of several lines, the line that the column is on.
  std::string_view text = line_text_;
  std::size_t line = line_;
  for (std::size_t end = text.find('\n'); end != text.npos && end + 1 < column;
       end = text.find('\n')) {
    text.remove_prefix(end + 1);
    column -= end + 1;
    ++line;
  }
  text = text.substr(0, text.find('\n'));
  length = std::min(length, text.size() + 1 - std::min(column, text.size()));
  Diagnostic d;
  d.code = std::string(code);
  d.where = {path_, line, column, std::max<std::size_t>(1, length)};
  d.path = std::string(path);
  d.message = std::move(message);
  d.suggestion = std::move(suggestion);
  d.source_line = std::string(text);
  problems_.push_back(std::move(d));
}

void CsvTable::split(std::string_view line) {
  cells_.clear();
  std::size_t i = 0;
  for (bool more = true; more;) {
    Cell cell{i, 0, {}};
    if (i < line.size() && line[i] == '"') {
      bool closed = false;
      for (++i; i < line.size(); ++i) {
        if (line[i] != '"') {
          cell.value += line[i];
        } else if (i + 1 < line.size() && line[i + 1] == '"') {
          cell.value += line[++i];
        } else {
          closed = true;
          ++i;
          break;
        }
      }
      if (!closed || (i < line.size() && line[i] != ',')) {
        report("E0112", cell.begin + 1, line.size() - cell.begin,
               closed ? "text after the closing quote of a cell" : "the quote is not closed");
        i = std::min(line.find(',', i), line.size());
      }
    } else {
      const std::size_t end = std::min(line.find(',', i), line.size());
      cell.value = std::string(line.substr(i, end - i));
      i = end;
    }
    cell.length = i - cell.begin;
    cells_.push_back(std::move(cell));
    more = i < line.size();
    ++i;
  }
}

/// Where the row that begins at `at_` ends: at the first line break outside quotes. A quote that
/// nothing closes is a mistake of its own line.
std::size_t CsvTable::end_of_row() const {
  const std::size_t first = std::min(content_.find('\n', at_), content_.size());
  if (quotes_ == Quotes::end_on_line) return first;
  bool open = false;
  for (std::size_t i = at_; i < content_.size(); ++i) {
    if (content_[i] == '"') open = !open;
    if (content_[i] == '\n' && !open) return i;
  }
  return open ? first : content_.size();
}

/// Complains of the first byte of the row that is not of a text in UTF-8.
bool CsvTable::encoded() {
  for (std::size_t i = 0; i < line_text_.size();) {
    const std::size_t length = character_length(line_text_, i);
    if (length == 0 || line_text_[i] == '\0') {
      report("E0106", i + 1, 1, "not UTF-8 text");
      return false;
    }
    i += length;
  }
  return true;
}

bool CsvTable::next() {
  // Without a header that can be read there are no rows.
  if (found_ > problem_limit || (begun_ && !usable_)) return false;
  while (at_ < content_.size()) {
    const std::size_t end = end_of_row();
    line_text_ = std::string_view(content_).substr(at_, end - at_);
    line_ = lines_ + 1;
    lines_ =
        line_ + static_cast<std::size_t>(std::count(line_text_.begin(), line_text_.end(), '\n'));
    if (!line_text_.empty() && line_text_.back() == '\r') line_text_.remove_suffix(1);
    at_ = end + 1;
    if (line_text_.empty()) continue;
    row_ok_ = true;
    if (!encoded()) {
      if (width_ == 0) return true;
      continue;
    }
    split(line_text_);
    if (width_ == 0) return true;  // the header
    if (row_ok_ && cells_.size() != width_) {
      report("E0112", 1, line_text_.size(),
             fmt::format("the row has {} cells where the header has {}", cells_.size(), width_));
    }
    if (row_ok_) return true;
    if (found_ > problem_limit) return false;
  }
  return false;
}

const CsvTable::Cell& CsvTable::cell(std::string_view column) {
  const auto found = std::find_if(columns_.begin(), columns_.end(),
                                  [&](const Column& c) { return c.name == column; });
  return cells_[found->index];
}

void CsvTable::complain(std::string_view code, std::string_view column, std::string message) {
  const Cell& c = cell(column);
  report(code, c.begin + 1, c.length, std::move(message), "", column);
}

std::string_view CsvTable::text(std::string_view column) { return cell(column).value; }

int CsvTable::integer(std::string_view column, int low, int high) {
  const std::string& value = cell(column).value;
  int out = 0;
  if (!parse_integer(value, out)) {
    complain("E0113", column, fmt::format("column '{}' needs a whole number", column));
    return low;
  }
  if (out < low || out > high) {
    complain("E0204", column, fmt::format("{} is outside {} to {}", out, low, high));
    return low;
  }
  return out;
}

double CsvTable::number(std::string_view column, double low, double high) {
  const std::optional<double> value = number_or_missing(column, low, high);
  if (value) return *value;
  complain("E0113", column, fmt::format("column '{}' needs a number", column));
  return low;
}

std::optional<double> CsvTable::number_or_missing(std::string_view column, double low,
                                                  double high) {
  const std::string& value = cell(column).value;
  const std::string word = lower(value);
  if (word.empty() || word == "na" || word == "nan" || word == "none") return std::nullopt;
  double out = 0.0;
  if (!parse(std::string_view(value), out) || !std::isfinite(out)) {
    complain("E0113", column, fmt::format("column '{}' needs a number, or nothing", column));
    return std::nullopt;
  }
  if (low >= 0.0 && (out == -9.0 || out == -8.0 || out == -7.0)) return std::nullopt;
  if (out < low || out > high) {
    complain("E0204", column, fmt::format("{} is outside {} to {}", out, low, high));
    return std::nullopt;
  }
  return out;
}

bool CsvTable::flag(std::string_view column) {
  const std::string word = lower(cell(column).value);
  if (word == "true" || word == "1" || word == "1.0") return true;
  if (word == "false" || word == "0" || word == "0.0") return false;
  complain("E0113", column, fmt::format("column '{}' needs True or False", column));
  return false;
}

Date CsvTable::date(std::string_view column) {
  const std::optional<Date> out = parse_date(cell(column).value);
  if (!out) complain("E0207", column, fmt::format("column '{}' needs a date", column));
  return out.value_or(Date{});
}

Date CsvTable::date_in_parts(std::string_view prefix) {
  const auto part = [&](std::string_view name, int low, int high) {
    const std::string column = std::string(prefix) + std::string(name);
    return integer(column, low, high);
  };
  const std::chrono::year_month_day day{
      std::chrono::year(part("year", 1, 9999)),
      std::chrono::month(static_cast<unsigned>(part("month", 1, 12))),
      std::chrono::day(static_cast<unsigned>(part("day", 1, 31)))};
  if (!day.ok()) {
    complain("E0207", std::string(prefix) + "day", "there is no such day in that month");
    return {};
  }
  return Date(day);
}

}  // namespace casus
