#include "text/usual_yaml.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/source_text.h"

namespace casus::text {
namespace {

/// Thrown where the parser has to be asked.
struct Unusual {};

/// The parser looks for the colon of a key in as many bytes.
constexpr std::size_t longest_key = 1000;

/// Characters that mean something somewhere.
class Characters {
 public:
  constexpr explicit Characters(std::string_view characters) {
    for (const char c : characters) has_[static_cast<unsigned char>(c)] = true;
  }
  constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> has_{};
};
constexpr Characters indicators(",[]{}#&*!|>'\"%@`");  ///< with which no plain word begins
constexpr Characters begin_if_followed("-?:");
constexpr Characters begin_no_key("[{|>");
constexpr Characters end_in_flow(",]}");
constexpr Characters end_or_line_in_flow(",]}\n");
constexpr Characters odd_in_flow("?[{#");
constexpr Characters odd_in_flow_key("\n,?[]{}#");

class Reader {
 public:
  Reader(std::string_view text, TreeEvents& events) : text_(text), events_(events) {}

  void document() {
    // So every line has an end, and a blank is a space.
    if (text_.empty() || text_.back() != '\n') throw Unusual{};
    if (text_.find_first_of("\t\r") != std::string_view::npos) throw Unusual{};
    if (text_.starts_with("\xef\xbb\xbf")) throw Unusual{};
    advance();
    if (at_end() || column() > 0) throw Unusual{};
    if (here() == '{' || here() == '[') {
      flow();
      advance();
    } else if (is_item()) {
      list(0);
    } else {
      map(0);
    }
    if (!at_end()) throw Unusual{};
  }

 private:
  bool at_end() const { return at_ == text_.size(); }
  /// There is always a character: the last of a text ends a line.
  char here() const { return text_[at_]; }
  char next() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\n'; }
  std::size_t column() const { return at_ - line_begin_; }
  Spot spot() const { return {at_, line_, static_cast<std::uint32_t>(column())}; }
  static bool is_blank(char c) { return c == ' ' || c == '\n'; }
  bool is_item() const { return here() == '-' && is_blank(next()); }

  void next_line() {
    line_begin_ = at_ = text_.find('\n', at_) + 1;
    ++line_;
  }

  /// Goes to what is next: over spaces, comments, ends of lines. Whether it is the first of a line.
  bool advance() {
    bool first = column() == 0;
    for (;;) {
      const std::size_t begin = at_;
      while (!at_end() && here() == ' ') ++at_;
      if (at_end()) return true;
      if (here() == '#') {
        if (at_ == begin && column() > 0) throw Unusual{};
        next_line();
      } else if (here() == '\n') {
        next_line();
      } else {
        return first;
      }
      first = true;
    }
  }

  class Deeper {
   public:
    explicit Deeper(Reader& reader) : reader_(reader) {
      if (++reader.depth_ > max_depth) throw Unusual{};
    }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    ~Deeper() { --reader_.depth_; }

   private:
    Reader& reader_;
  };

  // --- by indentation

  /// From its first key on, at `indent`; to what begins a line after it.
  void map(std::size_t indent) {
    const Deeper deeper(*this);
    events_.open(spot(), Node::Kind::map, false);
    do {
      const std::size_t colon = end_of_key();
      if (colon == std::string_view::npos) throw Unusual{};
      key(colon);
      value(indent);
    } while (!at_end() && column() == indent);
    if (!at_end() && column() > indent) throw Unusual{};
    events_.close();
  }

  /// The same from its first dash on. It may stand at the column of the mapping that it is in, so
  /// what follows at that column is for whoever called to judge.
  void list(std::size_t indent) {
    const Deeper deeper(*this);
    events_.open(spot(), Node::Kind::list, false);
    do {
      ++at_;
      if (advance() || is_item()) throw Unusual{};
      if (end_of_key() != std::string_view::npos) {
        map(column());
      } else {
        in_line(indent);
      }
    } while (!at_end() && column() == indent && is_item());
    if (!at_end() && column() > indent) throw Unusual{};
    events_.close();
  }

  /// Behind the colon of a key of a mapping at `indent`.
  void value(std::size_t indent) {
    if (!advance()) return in_line(indent);
    if (at_end()) return events_.nothing(spot());
    if (column() < indent) return events_.nothing(spot());
    if (is_item()) return list(column());
    if (column() == indent) return events_.nothing(spot());
    if (here() == '{' || here() == '[') return in_line(indent);
    map(column());
  }

  /// What stands on the line of its key or dash, in a mapping or list at `indent`.
  void in_line(std::size_t indent) {
    switch (here()) {
      case '{':
      case '[':
        flow();
        break;
      case '"':
      case '\'':
        quoted();
        break;
      case '|':
      case '>':
        return block(indent);
      default:
        return plain(indent);
    }
    if (!advance()) throw Unusual{};
  }

  // --- in brackets

  void flow() {
    const Deeper deeper(*this);
    const bool map = here() == '{';
    const char closing = map ? '}' : ']';
    events_.open(spot(), map ? Node::Kind::map : Node::Kind::list, true);
    ++at_;
    for (;;) {
      advance();
      if (at_end()) throw Unusual{};
      if (here() == closing) break;
      if (map) {
        flow_key();
        advance();
        if (at_end()) throw Unusual{};
      }
      flow_value();
      advance();
      if (at_end()) throw Unusual{};
      if (here() == ',') {
        ++at_;
      } else if (here() != closing) {
        throw Unusual{};
      }
    }
    ++at_;
    events_.close();
  }

  void flow_value() {
    switch (here()) {
      case '{':
      case '[':
        return flow();
      case '"':
      case '\'':
        return quoted();
      default:
        return flow_plain();
    }
  }

  void flow_key() {
    if (here() == '"' || here() == '\'') {
      const std::size_t begin = at_;
      const std::uint32_t line = line_;
      quoted();
      if (line != line_ || at_ - begin > longest_key || here() != ':') throw Unusual{};
      ++at_;
      return;
    }
    const std::size_t colon = end_of_flow_key();
    key(colon);
  }

  std::size_t end_of_flow_key() {
    expect_plain_in_flow();
    const std::size_t end = std::min(text_.size() - 1, at_ + longest_key);
    for (std::size_t i = at_; i < end; ++i) {
      const char c = text_[i];
      if (c == ':' && is_blank(text_[i + 1])) return i;
      if (odd_in_flow_key.has(c)) break;
      if (c == ':' && end_in_flow.has(text_[i + 1])) break;
    }
    throw Unusual{};
  }

  void expect_plain_in_flow() const {
    expect_plain();
    if (here() == '?' || here() == ':') throw Unusual{};
    if (here() == '-') {
      const char c = next();
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && c != '.') throw Unusual{};
    }
  }

  void flow_plain() {
    expect_plain_in_flow();
    const Spot begin = spot();
    scratch_.clear();
    for (;;) {
      const std::size_t first = at_;
      for (; !end_or_line_in_flow.has(here()); ++at_) {
        const char c = here();
        if (odd_in_flow.has(c)) throw Unusual{};
        if (c == ':' && (is_blank(next()) || end_in_flow.has(next()))) throw Unusual{};
      }
      append_trimmed(first, at_);
      if (here() != '\n') break;
      next_line();
      while (!at_end() && here() == ' ') ++at_;
      if (at_end() || here() == '\n' || here() == '#') throw Unusual{};
      if (end_in_flow.has(here())) break;
      if (column() == 0) throw Unusual{};
      scratch_ += ' ';
    }
    word(begin);
  }

  // --- words and texts

  /// Where the colon is of a key that begins here; nowhere if none does.
  std::size_t end_of_key() const {
    const std::size_t end = std::min(text_.size() - 1, at_ + longest_key);
    if (here() == '"' || here() == '\'') {
      for (std::size_t i = at_ + 1; i < end; ++i) {
        if (text_[i] == '\\' || text_[i] == '\n') break;
        if (text_[i] != here()) continue;
        if (text_[i + 1] == ':' && i + 2 < text_.size() && is_blank(text_[i + 2])) return i + 1;
        break;
      }
      return std::string_view::npos;
    }
    if (begin_no_key.has(here())) return std::string_view::npos;
    expect_plain();
    for (std::size_t i = at_; i < end; ++i) {
      const char c = text_[i];
      if (c == '\n' || (c == '#' && text_[i - 1] == ' ')) break;
      if (c == ':' && is_blank(text_[i + 1])) return i;
    }
    return std::string_view::npos;
  }

  /// A key of one line, with its colon.
  void key(std::size_t colon) {
    if (text_[colon - 1] == ' ') throw Unusual{};
    if (here() == '"' || here() == '\'') {
      events_.scalar(spot(), true, text_.substr(at_ + 1, colon - at_ - 2));
    } else {
      told(spot(), text_.substr(at_, colon - at_));
    }
    at_ = colon + 1;
  }

  void told(const Spot& begin, std::string_view text) {
    if (text == "~" || text == "null" || text == "Null" || text == "NULL") {
      events_.nothing(begin);
    } else {
      events_.scalar(begin, false, text);
    }
  }
  void word(const Spot& begin) { told(begin, scratch_); }

  /// May a plain word begin here?
  void expect_plain() const {
    const char c = here();
    if (indicators.has(c)) throw Unusual{};
    if (begin_if_followed.has(c) && is_blank(next())) throw Unusual{};
    const std::string_view rest = text_.substr(at_, 3);
    if (column() == 0 && (rest == "---" || rest == "...")) throw Unusual{};
  }

  void append_trimmed(std::size_t begin, std::size_t end) {
    while (end > begin && text_[end - 1] == ' ') --end;
    scratch_.append(text_, begin, end - begin);
  }

  /// A text without quotes. It goes on in lines that begin further in than `indent`.
  void plain(std::size_t indent) {
    expect_plain();
    const Spot begin = spot();
    scratch_.clear();
    for (;;) {
      const std::size_t first = at_;
      for (; here() != '\n'; ++at_) {
        const char c = here();
        if (c == ':' && is_blank(next())) throw Unusual{};
        if (c == '#' && text_[at_ - 1] == ' ') break;
      }
      append_trimmed(first, at_);
      if (here() == '#') {
        next_line();
        break;
      }
      const std::size_t lines = next_text();
      if (at_end() || column() <= indent || here() == '#') {
        at_ = line_begin_;
        break;
      }
      fold(lines);
    }
    word(begin);
    advance();
  }

  /// To behind the closing quote.
  void quoted() {
    const Spot begin = spot();
    const char quote = here();
    const std::size_t first = ++at_;
    while (here() != quote && here() != '\\' && here() != '\n') ++at_;
    if (here() == quote && next() != quote) {
      events_.scalar(begin, true, text_.substr(first, at_ - first));
      ++at_;
      return;
    }
    scratch_.assign(text_, first, at_ - first);
    for (std::size_t line = 0;; ++at_) {
      if (here() == '\n') {
        while (scratch_.size() > line && scratch_.back() == ' ') scratch_.pop_back();
        const std::size_t lines = next_text();
        // A mark of documents would count at the beginning of a line.
        if (at_end() || column() == 0) throw Unusual{};
        fold(lines);
        line = scratch_.size();
      }
      if (here() == quote) {
        if (quote == '"' || next() != quote) break;
        ++at_;
      } else if (here() == '\\' && quote == '"') {
        ++at_;
        if (here() != '"' && here() != '\\') throw Unusual{};
      }
      scratch_ += here();
    }
    // Of ends of lines before the quote one stays.
    if (!scratch_.empty() && scratch_.back() == '\n') throw Unusual{};
    events_.scalar(begin, true, scratch_);
    ++at_;
  }

  /// From the end of a line to what is on the next that has any; by how many lines.
  std::size_t next_text() {
    std::size_t lines = 0;
    do {
      next_line();
      ++lines;
      while (!at_end() && here() == ' ') ++at_;
    } while (!at_end() && here() == '\n');
    return lines;
  }
  void fold(std::size_t lines) {
    if (lines == 1) {
      scratch_ += ' ';
    } else {
      scratch_.append(lines - 1, '\n');
    }
  }

  /// A block of text behind '|' or '>', further in than `indent`.
  void block(std::size_t indent) {
    const Spot begin = spot();
    const bool folded = here() == '>';
    ++at_;
    const bool stripped = here() == '-';
    if (stripped) ++at_;
    if (!is_blank(here())) throw Unusual{};
    while (here() == ' ') ++at_;
    if (here() != '\n' && here() != '#') throw Unusual{};
    next_line();
    const std::size_t depth = spaces();
    if (at_ + depth == text_.size() || depth <= indent) throw Unusual{};
    scratch_.clear();
    for (std::size_t empty = 0; !at_end();) {
      const std::size_t in = spaces();
      const char first = text_[at_ + in];
      if (first == '\n') {
        if (in > depth || scratch_.empty()) throw Unusual{};
        ++empty;
      } else if (in < depth) {
        break;
      } else {
        if (folded && in > depth) throw Unusual{};
        if (folded && empty == 0 && !scratch_.empty()) {
          scratch_ += ' ';
        } else if (!scratch_.empty()) {
          scratch_.append(folded ? empty : empty + 1, '\n');
        }
        empty = 0;
        const std::size_t from = at_ + depth;
        scratch_.append(text_, from, text_.find('\n', from) - from);
      }
      next_line();
    }
    if (!stripped) scratch_ += '\n';
    events_.scalar(begin, true, scratch_);
    advance();
  }

  /// From here on.
  std::size_t spaces() const {
    const std::size_t end = text_.find_first_not_of(' ', at_);
    return (end == std::string_view::npos ? text_.size() : end) - at_;
  }

  std::string_view text_;
  TreeEvents& events_;
  std::size_t at_ = 0, line_begin_ = 0;
  std::uint32_t line_ = 0;
  std::size_t depth_ = 0;
  std::string scratch_;
};

}  // namespace

bool read_usual(std::string_view text, TreeEvents& events) {
  try {
    Reader(text, events).document();
  } catch (const Unusual&) {
    return false;
  }
  return true;
}

}  // namespace casus::text
