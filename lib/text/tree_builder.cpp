#include "text/tree_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <iterator>
#include <utility>

#include "casus/core/ids.h"

namespace casus::text {
namespace {

/// The children on a stack from `first` on, which leave it.
template <class T>
Children<T> taken(std::vector<T>& stack, std::size_t first) {
  const auto begin = stack.begin() + static_cast<std::ptrdiff_t>(first);
  Children<T> children(std::make_move_iterator(begin), std::make_move_iterator(stack.end()));
  stack.erase(begin, stack.end());
  return children;
}

}  // namespace

Node TreeBuilder::take() {
  // A broken text leaves containers open: what they hold so far counts.
  while (!open_.empty()) close();
  return std::move(root_);
}

void TreeBuilder::nothing(const Spot& spot) {
  Node node;
  node.at = position(spot);
  // The parser has dropped the word: keep it for the text fields that mean it.
  for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
    // Where nothing is written the mark is that of what comes next, a key like "nullable"
    // perhaps.
    const std::size_t end = spot.bytes + word.size();
    const char after = end < text_.size() ? text_[end] : '\n';
    const bool goes_on = after == '_' || std::isalnum(static_cast<unsigned char>(after)) != 0;
    if (!goes_on && text_.compare(spot.bytes, word.size(), word) == 0) {
      node.text = word;
      node.at.length = static_cast<std::uint32_t>(word.size());
    }
  }
  value(std::move(node));
}

void TreeBuilder::scalar(const Spot& spot, bool quoted, std::string_view text) {
  Node node = scalar_node(std::string(text), position(spot), quoted);
  if (!is_plain_text(text)) show_plainly(node);
  node.at.length = quoted && !is_tagged(spot) ? quoted_length(spot)
                                              : std::max(1U, on_one_line(spot.bytes, text.size()));
  value(std::move(node));
}

void TreeBuilder::open(const Spot& spot, Node::Kind kind, bool flow) {
  if (open_.size() >= max_depth) {
    problems_.add("E0103", position(spot), "",
                  fmt::format("nested deeper than {} levels", max_depth));
    throw StopReading{};
  }
  const std::size_t first = kind == Node::Kind::list ? items_.size() : entries_.size();
  open_.push_back({kind, flow, position(spot), first});
}

void TreeBuilder::close() {
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

void TreeBuilder::left_out() {
  if (open_.empty() || open_.back().is_list()) return;
  Container& top = open_.back();
  if (!top.has_key) top.bad_key = true;
  if (top.has_key && !top.bad_key) top.seen.emplace(top.key, top.key_at);
  top.has_key = !top.has_key;
}

/// Of so many bytes those before the end of the line. Looks no further: a line may be the file.
std::uint32_t TreeBuilder::on_one_line(std::size_t begin, std::size_t bytes) const {
  const std::string_view part = text_.substr(std::min(begin, text_.size()), bytes);
  return static_cast<std::uint32_t>(std::min(part.find('\n'), part.size()));
}

/// Bytes of the quoted text on its first line. The parser takes the end of the file for a closing
/// quote; a truncated file must not pass for a whole one.
std::uint32_t TreeBuilder::quoted_length(const Spot& spot) {
  const std::size_t begin = spot.bytes;
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
    problems_.add("E0101", position(spot), "", "the quoted text that begins here is not closed");
    throw StopReading{};
  }
  return on_one_line(begin, i + 1 - begin);
}

/// Escapes can say any character. What cannot be shown is of no use in a name or a title.
void TreeBuilder::show_plainly(Node& node) {
  node.text = plain_text(node.text);
  problems_.remark(Severity::warning, "W0106", node.at, "",
                   "the text holds characters that cannot be shown; they are read as '?'",
                   "leave them out");
}

void TreeBuilder::value(Node node) {
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
std::uint32_t& TreeBuilder::slot(Container& top, std::string_view key) const {
  const std::size_t mask = top.slots.size() - 1;
  std::size_t i = name_hash(key) & mask;
  while (top.slots[i] != 0 && entries_[top.first + top.slots[i] - 1].key != key) {
    i = (i + 1) & mask;
  }
  return top.slots[i];
}

/// Where the mapping has the key already; nullptr if nowhere. Most mappings are small enough to
/// look through.
const Position* TreeBuilder::first_given(Container& top, std::string_view key) const {
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
bool TreeBuilder::is_group_of_digits(const Container& top) const {
  if (top.key.size() != 3 || top.key.find_first_not_of("0123456789") != std::string::npos) {
    return false;
  }
  const std::string line = problems_.sources().line(top.key_at);
  const std::size_t end = top.key_at.column - 1 + top.key.size();
  return end < line.size() && (line[end] == ',' || line[end] == '}');
}

void TreeBuilder::key(Container& top, Node node) {
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
  Diagnostic& d = problems_.add("E0102", node.at, "", fmt::format("key '{}' given twice", top.key));
  problems_.note(d, *first, "first given here");
}

}  // namespace casus::text
