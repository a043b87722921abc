#include "text/plain_yaml.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/ids.h"

namespace casus::text {
namespace {

/// Thrown where the parser has to be asked.
struct Unsure {};

constexpr std::size_t longest_key = 1000;  ///< the parser takes no more than 1024

class PlainReader {
 public:
  PlainReader(const std::string& text, std::uint32_t file) : text_(text), file_(file) {}

  Node document() {
    to_content();
    expect(!at_end() && column() == 0);
    Node root = block();
    expect(at_end());
    return root;
  }

 private:
  static void expect(bool sure) {
    if (!sure) throw Unsure{};
  }

  bool at_end() const { return i_ >= text_.size(); }
  char here() const { return at_end() ? '\n' : text_[i_]; }
  char next() const { return i_ + 1 < text_.size() ? text_[i_ + 1] : '\n'; }
  std::size_t column() const { return i_ - line_begin_; }
  static bool blank(char c) { return c == ' ' || c == '\n'; }
  Position position(std::size_t length) const {
    return {file_, line_, static_cast<std::uint32_t>(column() + 1),
            static_cast<std::uint32_t>(length)};
  }

  void skip_spaces() {
    while (!at_end() && text_[i_] == ' ') ++i_;
  }
  void skip_comment() {
    if (here() != '#') return;
    expect(column() == 0 || text_[i_ - 1] == ' ');
    while (!at_end() && text_[i_] != '\n') ++i_;
  }
  /// To the next character that says something, over line ends.
  void to_content() {
    for (;;) {
      skip_spaces();
      skip_comment();
      if (at_end() || text_[i_] != '\n') return;
      line_begin_ = ++i_;
      ++line_;
    }
  }
  /// Over what may follow a value on its line.
  void end_line() {
    skip_spaces();
    skip_comment();
    expect(here() == '\n');
    to_content();
  }

  bool item_here() const { return here() == '-' && next() == ' '; }

  /// May a plain text begin with this? Of signs only those that mean nothing else.
  bool plain_here() const {
    const auto c = static_cast<unsigned char>(here());
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (word || c == '.' || c == '_' || c == '+' || c == '/' || c == '(' || c >= 0x80) return true;
    const auto d = static_cast<unsigned char>(next());
    return c == '-' && ((d >= '0' && d <= '9') || d == '.');
  }

  /// A plain or quoted text of one line.
  Node scalar(bool in_brackets) {
    return here() == '"' || here() == '\'' ? quoted() : plain(in_brackets);
  }

  Node quoted() {
    const char quote = here();
    const std::size_t begin = i_;
    std::size_t end = begin + 1;
    while (end < text_.size() && text_[end] != quote) {
      const char c = text_[end++];
      expect(c != '\n' && c != '\\' && c != '\t' && c != '\r');
    }
    expect(end < text_.size() && end + 1 < text_.size() && text_[end + 1] != quote);
    Node node =
        scalar_node(text_.substr(begin + 1, end - begin - 1), position(end + 1 - begin), true);
    i_ = end + 1;
    return node;
  }

  Node plain(bool in_brackets) {
    expect(plain_here());
    const std::size_t begin = i_;
    std::size_t end = begin;  // behind the last that is no blank
    std::size_t i = begin;
    for (; i < text_.size() && text_[i] != '\n'; ++i) {
      const char c = text_[i];
      const char after = i + 1 < text_.size() ? text_[i + 1] : '\n';
      if (c == ' ') {
        if (after == '#') break;
        continue;
      }
      expect(c != '\t' && c != '\r');
      if (c == ':' &&
          (blank(after) || (in_brackets && (after == ',' || after == ']' || after == '}')))) {
        break;
      }
      if (in_brackets) {
        if (c == ',' || c == ']' || c == '}') break;
        expect(c != '[' && c != '{' && c != '?');
      }
      end = i + 1;
    }
    const std::string_view found = std::string_view(text_).substr(begin, end - begin);
    expect(found != "null" && found != "Null" && found != "NULL");
    Node node = scalar_node(std::string(found), position(found.size()));
    i_ = end;
    return node;
  }

  /// The key of an entry, its colon taken as well.
  Node key(bool in_brackets) {
    const std::size_t begin = i_;
    Node node = scalar(in_brackets);
    skip_spaces();
    expect(here() == ':' && blank(next()) && i_ - begin < longest_key);
    ++i_;
    return node;
  }

  static void add(Node& map, Node key, Node value) {
    if (value.is_null()) value.at = key.at;
    map.entries.push_back({std::move(key.text), key.at, std::move(value)});
  }

  /// The parser says where a key is given twice.
  static void close(Node& map) {
    map.items.shrink_to_fit();
    map.entries.shrink_to_fit();
    const auto& entries = map.entries;
    if (entries.size() <= 8) {
      for (std::size_t i = 0; i < entries.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) expect(entries[i].key != entries[j].key);
      }
      return;
    }
    std::vector<std::uint64_t> hashes;
    hashes.reserve(entries.size());
    for (const Entry& e : entries) hashes.push_back(name_hash(e.key));
    std::sort(hashes.begin(), hashes.end());
    expect(std::adjacent_find(hashes.begin(), hashes.end()) == hashes.end());
  }

  // --- in brackets

  Node bracketed() {
    Node node;
    const char closing = here() == '{' ? '}' : ']';
    node.kind = closing == '}' ? Node::Kind::map : Node::Kind::list;
    node.at = position(1);
    ++i_;
    to_content();
    if (here() == closing) {
      ++i_;
      return node;
    }
    for (;;) {
      if (node.is_map()) {
        Node name = key(true);
        to_content();
        add(node, std::move(name), bracketed_value());
      } else {
        node.items.push_back(bracketed_value());
      }
      to_content();
      expect(!at_end());
      const char c = text_[i_++];
      if (c == closing) break;
      expect(c == ',');
      to_content();
    }
    close(node);
    return node;
  }

  Node bracketed_value() { return here() == '{' || here() == '[' ? bracketed() : scalar(true); }

  // --- by indentation

  /// What begins here and ends before the next line that is not indented as far.
  Node block() {
    if (item_here()) return list();
    if (key_here()) return mapping();
    return line_value();
  }

  bool key_here() const {
    if (here() == '{' || here() == '[') return false;
    PlainReader ahead(*this);
    ahead.scalar(false);
    ahead.skip_spaces();
    return ahead.here() == ':';
  }

  /// A value that ends with its line, or with the line of its closing bracket.
  Node line_value() {
    const bool brackets = here() == '{' || here() == '[';
    Node node = brackets ? bracketed() : scalar(false);
    end_line();
    return node;
  }

  Node mapping() {
    Node node;
    node.kind = Node::Kind::map;
    node.at = position(1);
    const std::size_t indent = column();
    do {
      Node name = key(false);
      add(node, std::move(name), entry_value(indent));
    } while (!at_end() && column() == indent && !item_here());
    expect(at_end() || column() < indent || item_here());
    close(node);
    return node;
  }

  Node entry_value(std::size_t indent) {
    skip_spaces();
    skip_comment();
    if (here() != '\n') {
      Node node = line_value();
      expect(at_end() || column() <= indent);
      return node;
    }
    to_content();
    // A list may stand as far to the left as the key it belongs to.
    if (!at_end() && (column() > indent || (column() == indent && item_here()))) return block();
    return {};
  }

  Node list() {
    Node node;
    node.kind = Node::Kind::list;
    node.at = position(1);
    const std::size_t indent = column();
    do {
      ++i_;
      skip_spaces();
      expect(here() != '\n' && here() != '#' && !item_here());
      node.items.push_back(block());
    } while (!at_end() && column() == indent && item_here());
    expect(at_end() || column() <= indent);
    close(node);
    return node;
  }

  const std::string& text_;
  std::uint32_t file_;
  std::size_t i_ = 0, line_begin_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace

std::optional<Node> read_plain_yaml(const std::string& text, std::uint32_t file) {
  try {
    return PlainReader(text, file).document();
  } catch (const Unsure&) {
    return std::nullopt;
  }
}

}  // namespace casus::text
