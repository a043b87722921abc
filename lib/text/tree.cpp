#include "text/tree.h"

#include <fmt/format.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <streambuf>
#include <utility>
#include <vector>

#include "casus/core/executor.h"
#include "casus/core/ids.h"
#include "text/pieces.h"
#include "text/read_file.h"

namespace casus::text {

const Entry* Node::find(std::string_view key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [key](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

Entry* Node::find(std::string_view key) {
  return const_cast<Entry*>(std::as_const(*this).find(key));
}

Node scalar_node(std::string text, const Position& at, bool quoted) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.quoted = quoted;
  node.at = at;
  node.text = std::move(text);
  return node;
}

Entry make_entry(std::string key, Node value) {
  Entry entry;
  entry.key = std::move(key);
  entry.key_at = value.at;
  entry.value = std::move(value);
  return entry;
}

std::string_view kind_name(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::scalar:
      return "a single value";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::map:
      break;
  }
  return "a mapping";
}

namespace {

/// Thrown out of the parser where going on is pointless; the problem has been added.
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

/// Reads a text where it stands: the parser takes a stream, and a copy of a large text is large.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(const std::string& text) {
    // The interface asks for characters that may be changed; nothing here changes them.
    char* const begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }
};

/// The parser's words for the usual mistakes are for people who know its code.
void add_syntax_problem(Problems& problems, const Position& at, const std::string& words) {
  struct Wording {
    std::string_view theirs, ours, help;
  };
  static constexpr Wording wordings[] = {
      {"end of map flow not found", "a '{' is not closed by '}' before this", {}},
      {"end of sequence flow not found", "a '[' is not closed by ']' before this", {}},
      {"end of map not found", "the indentation does not fit what is above", {}},
      {"end of sequence not found", "the indentation does not fit what is above", {}},
      {"illegal EOF in scalar", "a quoted text is not closed before the end of the file", {}},
      {"illegal map value", "a ':' does not belong here",
       "if it is part of a text, put the text in quotes"},
  };
  std::string message = "not well-formed YAML: " + words;
  std::string_view help;
  for (const Wording& w : wordings) {
    if (words == w.theirs) message = w.ours, help = w.help;
  }
  const std::string line = problems.sources().line(at);
  const std::string indentation = line.substr(0, line.find_first_not_of(" \t"));
  if (indentation.find('\t') != std::string::npos) help = "indent with spaces, not tabs";
  problems.add("E0101", at, "", std::move(message), std::string(help));
}

void parse(const std::string& text, Builder& builder) {
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  YAML::Parser parser(stream);
  while (parser.HandleNextDocument(builder)) {
  }
}

/// The tree of a piece; nothing if there is anything to say against it.
std::optional<Node> parse_piece(const Sources& sources, std::uint32_t file, const Piece& piece) {
  Problems problems(sources);
  const std::string text = piece.document(sources[file]);
  Builder builder(text, piece.lines_before(), file, problems);
  try {
    parse(text, builder);
  } catch (const YAML::Exception&) {
    return std::nullopt;
  } catch (const Stop&) {
    return std::nullopt;
  }
  if (!problems.empty() || !problems.remarks().empty() || builder.documents() != 1) {
    return std::nullopt;
  }
  return builder.take();
}

/// Makes the tree of a large text, whose pieces are parsed at the same time. False where it has to
/// be parsed whole, because it is not large, or is not made to be cut, or for its errors, which
/// want the words they would have in a small one.
bool parse_in_pieces(const Sources& sources, std::uint32_t file, const Cutting& cutting,
                     Tree& tree) {
  if (sources[file].text.size() < cutting.large) return false;
  const std::vector<Piece> pieces = cut(sources[file], cutting.piece);
  if (pieces.size() < 2) return false;
  std::vector<Node> trees(pieces.size());
  std::atomic<bool> good = true;
  const auto parse_one = [&](std::size_t i) {
    if (!good.load(std::memory_order_relaxed)) return;
    std::optional<Node> one = parse_piece(sources, file, pieces[i]);
    if (one) {
      trees[i] = std::move(*one);
    } else {
      good.store(false, std::memory_order_relaxed);
    }
  };
  const auto all_workers = cutting.executor == nullptr ? tbb_executor(0) : nullptr;
  for_each(all_workers ? *all_workers : *cutting.executor, pieces.size(), parse_one, 1);
  if (!good) return false;
  std::optional<Node> root = join(sources[file], pieces, trees);
  if (!root) return false;
  tree.root = std::move(*root);
  tree.pieces = pieces.size();
  return true;
}

}  // namespace

Tree parse_tree(const Sources& sources, std::uint32_t file, Problems& problems,
                const Cutting& cutting) {
  Tree tree;
  if (!acceptable(sources, file, problems)) {
    tree.complete = false;
    return tree;
  }
  if (parse_in_pieces(sources, file, cutting, tree)) return tree;
  Builder builder(sources[file].text, 0, file, problems);
  try {
    parse(sources[file].text, builder);
    if (builder.documents() == 0) {
      problems.add("E0108", {file, 0, 0, 1}, "", "the file is empty");
      tree.complete = false;
    }
  } catch (const YAML::Exception& e) {
    Position at{file, 0, 0, 1};
    if (!e.mark.is_null()) {
      at.line = static_cast<std::uint32_t>(e.mark.line + 1);
      at.column = static_cast<std::uint32_t>(e.mark.column + 1);
    }
    add_syntax_problem(problems, at, e.msg);
    tree.complete = false;
  } catch (const Stop&) {
    tree.complete = false;
  }
  tree.root = builder.take();
  return tree;
}

namespace {

/// The value of `casus` in a text, or in the beginning of one: then only if another key of the top
/// level shows that it ends before the cut. Nothing where the text is wrong before it.
std::optional<std::string> format_in(const std::string& file, std::string text, bool cut) {
  Sources sources;
  Problems problems(sources);
  const std::uint32_t id = sources.add(file, std::move(text));
  if (!acceptable(sources, id, problems)) return std::nullopt;
  Builder builder(sources[id].text, 0, id, problems, "casus");
  bool ended = !cut;
  try {
    parse(sources[id].text, builder);
  } catch (const YAML::Exception&) {  // what is wrong is said where the file is read
  } catch (const Stop&) {
    ended = true;
  }
  const Node root = builder.take();
  const Entry* format = root.find("casus");
  if (format == nullptr || !ended) return std::nullopt;
  return format->value.text;
}

}  // namespace

std::string format_of(const std::string& file) {
  // A world of many thousand actors says in its first line what it is, and is asked several times.
  constexpr std::size_t beginning = 16U << 10;
  FileText read = read_file(file, std::numeric_limits<std::uintmax_t>::max(), beginning);
  if (!read.text) return {};
  const bool cut = read.text->size() == beginning;
  if (cut) read.text->resize(read.text->find_last_of('\n') + 1);  // all of one line: nothing
  std::optional<std::string> format = format_in(file, std::move(*read.text), cut);
  if (format || !cut) return std::move(format).value_or("");
  read = read_file(file, Sources().max_bytes());
  if (!read.text) return {};
  return format_in(file, std::move(*read.text), false).value_or("");
}

}  // namespace casus::text
