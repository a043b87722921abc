#pragma once

#include <fmt/format.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/diagnostics.h"
#include "casus/core/ids.h"
#include "casus/core/plain_text.h"
#include "text/source_text.h"
#include "text/tree.h"

// For tree.cpp and format_of.cpp: these two know of the parser only what it throws.
namespace casus::text {

/// Thrown out of the parser where going on is pointless: the problem has been added, or all that
/// was asked for has been read.
struct Stop {};

/// Makes nodes of the parser's events.
class Builder : public YAML::EventHandler {
 public:
  /// `text` is what the parser reads, `lines` how many lines of the file stand before it. Stops at
  /// the first key of the top level after `last`, if that is given.
  Builder(std::string_view text, std::uint32_t lines, std::uint32_t file, Problems& problems,
          std::string_view last = {})
      : text_(text), lines_(lines), file_(file), problems_(problems), last_(last) {}

  Node take() {
    // A broken text leaves containers open: what they hold so far counts.
    while (!open_.empty()) close();
    return std::move(root_);
  }
  std::size_t documents() const { return documents_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) {
      problems_.add("E0108", position(mark), "", "a second YAML document begins here",
                    "put one scenario in one file");
      throw Stop{};
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    reject_anchor(mark, anchor);
    Node node;
    node.at = position(mark);
    // The parser has dropped the word: keep it for the text fields that mean it.
    for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
      // Where nothing is written the mark is that of what comes next, a key like "nullable"
      // perhaps.
      const std::size_t end = offset(mark) + word.size();
      const char after = end < text_.size() ? text_[end] : '\n';
      const bool goes_on = after == '_' || std::isalnum(static_cast<unsigned char>(after)) != 0;
      if (!goes_on && text_.compare(offset(mark), word.size(), word) == 0) {
        node.text = word;
        node.at.length = static_cast<std::uint32_t>(word.size());
      }
    }
    value(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    problems_.add("E0107", position(mark), "", "aliases are not accepted", "write the value out");
    if (open_.empty() || open_.back().is_list()) return;
    // As a value it takes its key with it; as a key, its value.
    Container& top = open_.back();
    if (!top.has_key) top.bad_key = true;
    if (top.has_key && !top.bad_key) top.seen.emplace(top.key, top.key_at);
    top.has_key = !top.has_key;
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    reject_anchor(mark, anchor);
    Node node = scalar_node(text, position(mark), tag == "!");
    if (!is_plain_text(text)) show_plainly(node);
    const std::size_t begin = offset(mark);
    if (tag == "!" && (begin >= text_.size() || text_[begin] != '!')) {
      node.at.length = quoted_length(begin, mark);
    } else {
      reject_tag(mark, tag);
      node.at.length = std::max(1U, on_one_line(begin, text.size()));
    }
    value(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, Node::Kind::list, style);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, Node::Kind::map, style);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Container {
    Node::Kind kind;
    bool flow;
    Position at;
    std::size_t first;  ///< of its children, on their stack
    bool has_key = false;
    bool bad_key = false;  ///< the value that follows has nowhere to go
    std::string key{};
    Position key_at{};
    /// Of a large mapping, its entries by their keys: open addressing, number of the entry + 1, 0
    /// where a slot is free, at most half full.
    std::vector<std::uint32_t> slots{};
    /// Where a key is first given that no entry shows.
    std::map<std::string, Position, std::less<>> seen{};

    bool is_list() const { return kind == Node::Kind::list; }
  };

  Position position(const YAML::Mark& mark) const {
    return {file_, lines_ + static_cast<std::uint32_t>(mark.line + 1),
            static_cast<std::uint32_t>(mark.column + 1), 1};
  }
  std::size_t offset(const YAML::Mark& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text_.size());
  }

  /// Of so many bytes those before the end of the line. Looks no further: a line may be the file.
  std::uint32_t on_one_line(std::size_t begin, std::size_t bytes) const {
    const std::string_view part = text_.substr(std::min(begin, text_.size()), bytes);
    return static_cast<std::uint32_t>(std::min(part.find('\n'), part.size()));
  }

  /// Bytes of the quoted text on its first line. The parser takes the end of the file for a closing
  /// quote; a truncated file must not pass for a whole one.
  std::uint32_t quoted_length(std::size_t begin, const YAML::Mark& mark) {
    const char quote = begin < text_.size() ? text_[begin] : '\0';
    if (quote != '"' && quote != '\'') return 1;  // a block
    std::size_t i = begin + 1;
    for (; i < text_.size(); ++i) {
      const bool two = quote == '"' ? text_[i] == '\\' : text_.substr(i, 2) == "''";
      if (two) {
        ++i;
      } else if (text_[i] == quote) {
        break;
      }
    }
    if (i >= text_.size()) {
      problems_.add("E0101", position(mark), "", "the quoted text that begins here is not closed");
      throw Stop{};
    }
    return on_one_line(begin, i + 1 - begin);
  }

  /// Escapes can say any character. What cannot be shown is of no use in a name or a title.
  void show_plainly(Node& node) {
    node.text = plain_text(node.text);
    problems_.remark(Severity::warning, "W0106", node.at, "",
                     "the text holds characters that cannot be shown; they are read as '?'",
                     "leave them out");
  }

  void reject_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    problems_.add("E0107", position(mark), "", "anchors are not accepted", "write the value out");
  }
  void reject_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?") return;
    problems_.add("E0201", position(mark), "", fmt::format("the tag '{}' is not accepted", tag));
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind,
            YAML::EmitterStyle::value style) {
    reject_anchor(mark, anchor);
    reject_tag(mark, tag);
    if (open_.size() >= max_depth) {
      problems_.add("E0103", position(mark), "",
                    fmt::format("nested deeper than {} levels", max_depth));
      throw Stop{};
    }
    const std::size_t first = kind == Node::Kind::list ? items_.size() : entries_.size();
    open_.push_back({kind, style == YAML::EmitterStyle::Flow, position(mark), first});
  }

  void close() {
    const Container& top = open_.back();
    Node node;
    node.kind = top.kind;
    node.flow = top.flow;
    node.at = top.at;
    if (top.is_list()) {
      node.items = taken(items_, top.first);
    } else {
      node.entries = taken(entries_, top.first);
    }
    open_.pop_back();
    value(std::move(node));
  }

  /// The children on a stack from `first` on, which leave it.
  template <class T>
  static Children<T> taken(std::vector<T>& stack, std::size_t first) {
    const auto begin = stack.begin() + static_cast<std::ptrdiff_t>(first);
    Children<T> children(std::make_move_iterator(begin), std::make_move_iterator(stack.end()));
    stack.erase(begin, stack.end());
    return children;
  }

  void value(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Container& top = open_.back();
    if (top.is_list()) {
      items_.push_back(std::move(node));
    } else if (!top.has_key) {
      key(top, std::move(node));
    } else {
      top.has_key = false;
      if (node.is_null() && node.text.empty()) node.at = top.key_at;
      if (!top.bad_key) entries_.push_back({std::move(top.key), top.key_at, std::move(node)});
    }
  }

  /// The slot of a key, or the free one where it belongs.
  std::uint32_t& slot(Container& top, std::string_view key) const {
    const std::size_t mask = top.slots.size() - 1;
    std::size_t i = name_hash(key) & mask;
    while (top.slots[i] != 0 && entries_[top.first + top.slots[i] - 1].key != key) {
      i = (i + 1) & mask;
    }
    return top.slots[i];
  }

  /// Where the mapping has the key already; nullptr if nowhere. Most mappings are small enough to
  /// look through.
  const Position* first_given(Container& top, std::string_view key) const {
    constexpr std::size_t small = 16;
    const std::size_t n = entries_.size() - top.first;
    if (!top.seen.empty()) {
      const auto found = top.seen.find(key);
      if (found != top.seen.end()) return &found->second;
    }
    if (n <= small) {
      for (std::size_t i = top.first; i < entries_.size(); ++i) {
        if (entries_[i].key == key) return &entries_[i].key_at;
      }
      return nullptr;
    }
    if (2 * n > top.slots.size()) {
      top.slots.assign(std::bit_ceil(4 * n), 0);
      for (std::uint32_t i = 0; i < n; ++i) slot(top, entries_[top.first + i].key) = i + 1;
    } else {
      slot(top, entries_.back().key) = static_cast<std::uint32_t>(n);
    }
    const std::uint32_t found = slot(top, key);
    return found == 0 ? nullptr : &entries_[top.first + found - 1].key_at;
  }

  /// The key is three digits and has no value.
  bool is_group_of_digits(const Container& top) const {
    if (top.key.size() != 3 || top.key.find_first_not_of("0123456789") != std::string::npos) {
      return false;
    }
    const std::string line = problems_.sources().line(top.key_at);
    const std::size_t end = top.key_at.column - 1 + top.key.size();
    return end < line.size() && (line[end] == ',' || line[end] == '}');
  }

  void key(Container& top, Node node) {
    if (!last_.empty() && open_.size() == 1 && !entries_.empty() && entries_.back().key == last_) {
      throw Stop{};
    }
    top.has_key = true;
    top.bad_key = !node.is_scalar() && !(node.is_null() && !node.text.empty());
    if (top.bad_key) {
      problems_.add("E0201", node.at, "",
                    fmt::format("a key must be a word, not {}", kind_name(node)));
      return;
    }
    const Position* first = first_given(top, node.text);
    top.key = std::move(node.text);
    top.key_at = node.at;
    if (first == nullptr) return;
    top.bad_key = true;
    // "2,000,000" between brackets: the first of the keys says what is wrong.
    if (top.flow && first->line == node.at.line && is_group_of_digits(top)) return;
    Diagnostic& d =
        problems_.add("E0102", node.at, "", fmt::format("key '{}' given twice", top.key));
    problems_.note(d, *first, "first given here");
  }

  std::string_view text_;
  std::uint32_t lines_;
  std::uint32_t file_;
  Problems& problems_;
  std::string_view last_;
  std::vector<Container> open_;
  std::vector<Node> items_;     ///< those of the lists that are open
  std::vector<Entry> entries_;  ///< those of the mappings that are open
  Node root_;
  std::size_t documents_ = 0;
};

/// Gives a text's events to the builder. Throws Stop, or YAML::Exception where it is no YAML.
void parse(const std::string& text, Builder& builder);

}  // namespace casus::text
