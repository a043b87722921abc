#include "text/source_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace casus::text {

std::uint32_t Sources::add(std::string name, std::string text) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
  std::vector<std::size_t> lines{0};
  for (std::size_t i = text.find('\n'); i != std::string::npos; i = text.find('\n', i + 1)) {
    lines.push_back(i + 1);
  }
  files_.push_back({std::move(name), std::move(text), std::move(lines)});
  return static_cast<std::uint32_t>(files_.size() - 1);
}

void Sources::show_at(std::uint32_t file, Location where, std::string line) {
  files_[file].taken_from = std::move(where);
  files_[file].taken_line = std::move(line);
}

Location Sources::location(const Position& at) const {
  const File& file = files_[at.file];
  if (!file.taken_from.file.empty()) return file.taken_from;
  return {file.name, at.line, at.column, at.length};
}

std::string_view Sources::view(const Position& at) const {
  const File& file = files_[at.file];
  if (!file.taken_from.file.empty()) return file.taken_line;
  if (at.line == 0 || at.line > file.lines.size()) return {};
  const std::size_t begin = file.lines[at.line - 1];
  std::size_t end = at.line < file.lines.size() ? file.lines[at.line] - 1 : file.text.size();
  if (end > begin && file.text[end - 1] == '\r') --end;
  return std::string_view(file.text).substr(begin, end - begin);
}

std::string Sources::how_to_raise() const {
  return fmt::format("read more with --read-limit {} (ReadLimits of the library)",
                     2 * limits_.megabytes);
}

std::string Sources::place(const Position& at) const {
  const Location where = location(at);
  return where.line == 0 ? where.file : fmt::format("{}:{}", where.file, where.line);
}

Diagnostic& Problems::add(std::string_view code, const Position& at, std::string path,
                          std::string message, std::string suggestion) {
  return add_to(found_, Severity::error, code, at, std::move(path), std::move(message),
                std::move(suggestion));
}

Diagnostic& Problems::remark(Severity severity, std::string_view code, const Position& at,
                             std::string path, std::string message, std::string suggestion) {
  return add_to(remarks_, severity, code, at, std::move(path), std::move(message),
                std::move(suggestion));
}

Diagnostic& Problems::add_to(std::vector<Diagnostic>& list, Severity severity,
                             std::string_view code, const Position& at, std::string path,
                             std::string message, std::string suggestion) {
  Diagnostic d;
  d.severity = severity;
  d.code = code;
  d.where = sources_->location(at);
  d.path = std::move(path);
  d.message = std::move(message);
  d.suggestion = std::move(suggestion);
  if (list.size() >= max_problems) return repeated_ = std::move(d);
  const bool known = std::any_of(list.begin(), list.end(), [&](const Diagnostic& f) {
    // What was made by a program has no place, and its path says where it is.
    return f.where == d.where && f.code == d.code && f.message == d.message &&
           (at.line > 0 || f.path == d.path);
  });
  if (known) return repeated_ = std::move(d);
  // A line that is a whole file shows nothing, and is not kept five hundred times.
  constexpr std::size_t longest_shown = 16384;
  if (sources_->line_length(at) <= longest_shown) d.source_line = sources_->line(at);
  return list.emplace_back(std::move(d));
}

void Problems::note(Diagnostic& diagnostic, const Position& at, std::string message) const {
  diagnostic.notes.push_back({sources_->location(at), std::move(message)});
}

void Problems::throw_if_any() {
  if (!found_.empty()) throw ScenarioError(std::move(found_));
}

namespace {

/// Follows brackets and indentation as far as needed to bound them. Quotes and comments are
/// skipped; in literal blocks it may count what is only text, which matters to nobody at such
/// depths.
class Scan {
 public:
  Scan(const Sources& sources, std::uint32_t file)
      : sources_(sources), file_(file), text_(sources[file].text) {}

  bool run(Problems& problems) {
    for (i_ = 0; i_ < text_.size(); ++i_) {
      const char c = text_[i_];
      if (!leading_ && is_plain(c)) {
        // Most of a text: nothing begins, ends or is counted here.
        if (!comment_ && quote_ == 0) fresh_ = spaced_ = false;
        continue;
      }
      const std::size_t length = character_length(text_, i_);
      const bool control =
          static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
      if (length == 0 || control) {
        problems.add("E0106", here(), "",
                     control ? fmt::format("byte 0x{:02x} does not occur in text",
                                           static_cast<unsigned char>(c))
                             : std::string("not UTF-8 text"));
        return false;
      }
      if (c == '\n') {
        end_line();
      } else {
        look_at(c);
      }
      if (brackets_ + indents_.size() > max_depth) {
        problems.add("E0103", here(), "", fmt::format("nested deeper than {} levels", max_depth));
        return false;
      }
      if (entries_ > sources_.max_entries()) {
        problems.add("E0104", here(), "",
                     fmt::format("more than {} entries", sources_.max_entries()),
                     sources_.how_to_raise());
        return false;
      }
      if (bracketed_ > max_bracketed) {
        problems.add("E0104", here(), "",
                     fmt::format("more than {} entries between two brackets", max_bracketed),
                     "write them without the outer brackets, each on a line of its own");
        return false;
      }
      i_ += length - 1;
    }
    return true;
  }

 private:
  Position here() const {
    return {file_, line_, static_cast<std::uint32_t>(i_ - line_begin_ + 1), 1};
  }

  static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           (c >= 'A' && c <= 'Z');
  }

  void end_line() {
    ++line_;
    line_begin_ = i_ + 1;
    comment_ = false;
    leading_ = true;
    if (quote_ == 0) fresh_ = true;
  }

  void look_at(char c) {
    if (comment_) return;
    if (quote_ != 0) {
      if (c == '\\' && quote_ == '"') {
        // The escaped character is no closing quote; line ends are left to the loop.
        if (i_ + 1 < text_.size() && (text_[i_ + 1] == '"' || text_[i_ + 1] == '\\')) ++i_;
      } else if (c == quote_) {
        quote_ = 0;
      }
      return;
    }
    if (c == ' ' || c == '\t' || c == '\r') {
      spaced_ = true;
      return;
    }
    if (c == '#' && (spaced_ || leading_)) {
      comment_ = true;
      return;
    }
    if (leading_ && brackets_ == 0) indent();
    leading_ = false;
    if (fresh_ && (c == '"' || c == '\'')) {
      quote_ = c;
    } else if (c == '[' || c == '{') {
      if (fresh_) ++brackets_, ++entries_, ++bracketed_;
    } else if (c == ']' || c == '}') {
      if (brackets_ > 0) --brackets_;
      if (brackets_ == 0) bracketed_ = 0;
    } else if (c == ',') {
      ++entries_;
      if (brackets_ > 0) ++bracketed_;
    } else if ((c == '-' || c == '?') && fresh_ && brackets_ == 0 && blank_after()) {
      // "- - - x" opens a list at each dash.
      open(i_ - line_begin_ + 1);
      spaced_ = false;
      return;  // what follows is as fresh as a line
    }
    fresh_ = c == '[' || c == '{' || c == ',' || c == ':' || (fresh_ && quote_ == 0 && c == '!');
    spaced_ = false;
  }

  bool blank_after() const {
    return i_ + 1 >= text_.size() || text_[i_ + 1] == ' ' || text_[i_ + 1] == '\n' ||
           text_[i_ + 1] == '\t' || text_[i_ + 1] == '\r';
  }

  void indent() {
    const std::size_t column = i_ - line_begin_;
    while (!indents_.empty() && indents_.back() >= column) indents_.pop_back();
    if (column > 0) indents_.push_back(column);
    ++entries_;
  }

  void open(std::size_t column) {
    if (indents_.empty() || indents_.back() < column) indents_.push_back(column);
    ++entries_;
  }

  const Sources& sources_;
  std::uint32_t file_;
  std::string_view text_;
  std::size_t i_ = 0, line_begin_ = 0;
  std::uint32_t line_ = 1;
  std::size_t brackets_ = 0, entries_ = 0;
  std::size_t bracketed_ = 0;  ///< entries since the outermost bracket that is open
  std::vector<std::size_t> indents_;
  char quote_ = 0;
  bool comment_ = false;
  bool leading_ = true;  ///< only blanks so far on this line
  bool fresh_ = true;    ///< a value may begin here
  bool spaced_ = false;  ///< the last character was a blank
};

}  // namespace

bool acceptable(const Sources& sources, std::uint32_t file, Problems& problems) {
  return Scan(sources, file).run(problems);
}

}  // namespace casus::text
