#include "casus/core/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/core/plain_text.h"

namespace casus {
namespace {

constexpr std::size_t max_shown = 120;  ///< bytes of an offending line that are shown

struct Palette {
  std::string_view error, warning, note, bold, reset;
};
constexpr Palette plain{};
constexpr Palette ansi{"\x1b[1;31m", "\x1b[1;35m", "\x1b[1;36m", "\x1b[1m", "\x1b[0m"};

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

std::string place(const Location& where) {
  std::string text = plain_line(where.file);
  if (where.line > 0) text += fmt::format(":{}", where.line);
  if (where.line > 0 && where.column > 0) text += fmt::format(":{}", where.column);
  return text;
}

/// The part of the offending line around the caret, with where the caret falls in it.
struct Excerpt {
  std::string text;
  std::size_t caret = 0;  ///< byte offset in `text`
};

Excerpt excerpt(const std::string& line, std::size_t column) {
  std::size_t caret = std::min(column - 1, line.size());
  if (line.size() <= max_shown) return {line, caret};
  std::size_t begin = caret > max_shown / 2 ? caret - max_shown / 2 : 0;
  std::size_t end = std::min(begin + max_shown, line.size());
  while (begin < caret && continues_character(line[begin])) ++begin;
  while (end < line.size() && end > caret && continues_character(line[end])) --end;
  Excerpt result;
  if (begin > 0) result.text = "...";
  result.caret = result.text.size() + caret - begin;
  result.text += line.substr(begin, end - begin);
  if (end < line.size()) result.text += "...";
  return result;
}

/// The line with its number, and the caret line below it.
std::string source_lines(const Diagnostic& d, const Palette& color) {
  const Excerpt shown = excerpt(d.source_line, std::max<std::size_t>(d.where.column, 1));
  std::string text = fmt::format("\n{:5} | {}", d.where.line, plain_line(shown.text));
  if (d.where.column == 0) return text;
  // Tabs are kept so that the caret stands under its word at any tab width; the other bytes of a
  // multi-byte character take no room.
  std::string pad;
  for (std::size_t i = 0; i < shown.caret; ++i) {
    if (!continues_character(shown.text[i])) pad += shown.text[i] == '\t' ? '\t' : ' ';
  }
  std::string underline = "^";
  const std::size_t end = std::min(shown.caret + d.where.length, shown.text.size());
  for (std::size_t i = shown.caret + 1; i < end; ++i) {
    if (!continues_character(shown.text[i])) underline += '~';
  }
  text += fmt::format("\n      | {}{}{}{}", pad, color.error, underline, color.reset);
  if (!d.suggestion.empty()) text += " " + plain_line(d.suggestion);
  return text;
}

/// Optimal string alignment distance: insertions, deletions, substitutions and transpositions of
/// neighbours, no part edited twice.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

/// Files stay in the order of their first problem; inside a file, by line and column.
std::vector<Diagnostic> in_file_order(std::vector<Diagnostic> diagnostics) {
  std::vector<std::string> files;
  std::vector<std::pair<std::size_t, std::size_t>> order;  // file's rank, index
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    const std::string& file = diagnostics[i].where.file;
    const auto found = std::find(files.begin(), files.end(), file);
    order.emplace_back(static_cast<std::size_t>(found - files.begin()), i);
    if (found == files.end()) files.push_back(file);
  }
  const auto rank = [&](const std::pair<std::size_t, std::size_t>& entry) {
    const Location& where = diagnostics[entry.second].where;
    return std::tuple(entry.first, where.line, where.column, entry.second);
  };
  std::sort(order.begin(), order.end(),
            [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  std::vector<Diagnostic> sorted;
  sorted.reserve(diagnostics.size());
  for (const auto& [file, i] : order) sorted.push_back(std::move(diagnostics[i]));
  return sorted;
}

std::string simulation_text(const std::string& date, const std::string& mechanism,
                            const std::string& subject, const std::string& message) {
  std::string text = date;
  const auto add = [&text](const std::string& part) {
    if (!text.empty()) text += ", ";
    text += part;
  };
  if (!mechanism.empty()) add(fmt::format("mechanism '{}'", mechanism));
  if (!subject.empty()) add(subject);
  return text.empty() ? message : fmt::format("{}: {}", text, message);
}

}  // namespace

std::string render(const Diagnostic& d, bool color) {
  const Palette& c = color ? ansi : plain;
  static constexpr const char* words[] = {"error", "warning", "note"};
  const char* const word = words[static_cast<std::size_t>(d.severity)];
  const std::string_view paint = d.severity == Severity::error     ? c.error
                                 : d.severity == Severity::warning ? c.warning
                                                                   : c.note;
  std::string text;
  const std::string where = place(d.where);
  if (!where.empty()) text += fmt::format("{}{}:{} ", c.bold, where, c.reset);
  text += fmt::format("{}{}:{} ", paint, word, c.reset);
  // Without a line to point at, the path says where.
  if (d.where.line == 0 && !d.path.empty()) text += plain_line(d.path) + ": ";
  text += plain_line(d.message);
  if (!d.code.empty()) text += fmt::format(" [{}]", d.code);
  const bool has_line = !d.source_line.empty() && d.where.line > 0;
  const bool has_caret = has_line && d.where.column > 0;
  if (!d.suggestion.empty() && !has_caret) text += "; " + plain_line(d.suggestion);
  if (has_line) text += source_lines(d, c);
  for (const Note& note : d.notes) {
    const std::string at = place(note.where);
    text += at.empty() ? "\n" : fmt::format("\n{}{}:{} ", c.bold, at, c.reset);
    text += fmt::format("{}note:{} {}", c.note, c.reset, plain_line(note.message));
  }
  return text;
}

std::string render(const std::vector<Diagnostic>& diagnostics, bool color) {
  std::string text;
  for (const Diagnostic& d : diagnostics) {
    if (!text.empty()) text += '\n';
    text += render(d, color);
  }
  return text;
}

ScenarioError::ScenarioError(std::vector<Diagnostic> diagnostics)
    : ScenarioError(in_file_order(std::move(diagnostics)), Sorted{}) {}

ScenarioError::ScenarioError(std::vector<Diagnostic> sorted, Sorted)
    : std::runtime_error(render(sorted)),
      Error(sorted.empty() ? std::string() : sorted.front().code),
      diagnostics_(std::move(sorted)) {
  CASUS_EXPECTS(!diagnostics_.empty(), "a ScenarioError with 0 diagnostics; at least 1 is needed");
}

namespace {

/// "strength became NaN [E0701]": "E0701".
std::string code_at_end(const std::string& message) {
  const std::size_t open = message.rfind('[');
  const bool closed = open != std::string::npos && message.back() == ']';
  std::string code = closed ? message.substr(open + 1, message.size() - open - 2) : std::string();
  return explain_code(code).empty() ? "E0700" : code;
}

}  // namespace

SimulationError::SimulationError(std::string date_, std::string mechanism_, std::string subject_,
                                 const std::string& message)
    : std::runtime_error(simulation_text(date_, mechanism_, subject_, message)),
      Error(code_at_end(message)),
      date(std::move(date_)),
      mechanism(std::move(mechanism_)),
      subject(std::move(subject_)) {}

std::string nearest(std::string_view wrong, const std::vector<std::string>& names) {
  const std::size_t limit = std::max<std::size_t>(1, wrong.size() / 3);
  std::size_t best = limit + 1;
  const std::string* found = nullptr;
  for (const std::string& name : names) {
    const std::size_t longer = std::max(wrong.size(), name.size());
    const std::size_t shorter = std::min(wrong.size(), name.size());
    if (longer - shorter >= best) continue;
    const std::size_t distance = edit_distance(wrong, name);
    // A name that shares no character with the wrong one is no suggestion, however short both are.
    if (distance < best && distance < longer) {
      best = distance;
      found = &name;
    }
  }
  return found ? *found : std::string();
}

bool is_name(std::string_view text) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace casus
