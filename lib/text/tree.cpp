#include "text/tree.h"

#include <fmt/format.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <istream>
#include <iterator>
#include <optional>
#include <streambuf>
#include <utility>
#include <vector>

#include "casus/core/executor.h"
#include "text/pieces.h"
#include "text/read_file.h"
#include "text/tree_builder.h"
#include "text/usual_yaml.h"

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

/// Hands on what the parser tells of a text, and refuses what a scenario does without.
class ParserEvents final : public YAML::EventHandler {
 public:
  ParserEvents(TreeBuilder& builder, Problems& problems) : builder_(builder), problems_(problems) {}
  std::size_t documents() const { return documents_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) {
      problems_.add("E0108", position(mark), "", "a second YAML document begins here",
                    "put one scenario in one file");
      throw StopReading{};
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    reject_anchor(mark, anchor);
    builder_.nothing(spot_of(mark));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    problems_.add("E0107", position(mark), "", "aliases are not accepted", "write the value out");
    builder_.left_out();
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    reject_anchor(mark, anchor);
    const Spot spot = spot_of(mark);
    const bool quoted = tag == "!";
    if (!quoted || builder_.is_tagged(spot)) reject_tag(mark, tag);
    builder_.scalar(spot, quoted, text);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, Node::Kind::list, style);
  }
  void OnSequenceEnd() override { builder_.close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, Node::Kind::map, style);
  }
  void OnMapEnd() override { builder_.close(); }

 private:
  Spot spot_of(const YAML::Mark& mark) const {
    return {std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), builder_.size()),
            static_cast<std::uint32_t>(mark.line), static_cast<std::uint32_t>(mark.column)};
  }
  Position position(const YAML::Mark& mark) const { return builder_.position(spot_of(mark)); }

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
    builder_.open(spot_of(mark), kind, style == YAML::EmitterStyle::Flow);
  }

  TreeBuilder& builder_;
  Problems& problems_;
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

void parse(const std::string& text, ParserEvents& events) {
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  YAML::Parser parser(stream);
  while (parser.HandleNextDocument(events)) {
  }
}

/// The tree of a text in the usual forms; nothing of any other, and if there is anything to say
/// against it: the parser says it.
std::optional<Node> parse_usual(std::string_view text, std::uint32_t lines, std::uint32_t file,
                                const Sources& sources) {
  Problems problems(sources);
  TreeBuilder builder(text, lines, file, problems);
  try {
    if (!read_usual(text, builder)) return std::nullopt;
  } catch (const StopReading&) {
    return std::nullopt;
  }
  if (!problems.empty() || !problems.remarks().empty()) return std::nullopt;
  return builder.take();
}

/// The tree of a piece; nothing if there is anything to say against it.
std::optional<Node> parse_piece(const Sources& sources, std::uint32_t file, const Piece& piece,
                                bool usual) {
  Problems problems(sources);
  const std::string text = piece.document(sources[file]);
  if (usual) {
    if (auto root = parse_usual(text, piece.lines_before(), file, sources)) return root;
  }
  TreeBuilder builder(text, piece.lines_before(), file, problems);
  ParserEvents events(builder, problems);
  try {
    parse(text, events);
  } catch (const YAML::Exception&) {
    return std::nullopt;
  } catch (const StopReading&) {
    return std::nullopt;
  }
  if (!problems.empty() || !problems.remarks().empty() || events.documents() != 1) {
    return std::nullopt;
  }
  return builder.take();
}

/// Makes the tree of a large text, whose pieces are parsed at the same time. False where it has
/// to be parsed whole, because it is not large, or is not made to be cut, or for its errors,
/// which want the words they would have in a small one.
bool parse_in_pieces(const Sources& sources, std::uint32_t file, const Cutting& cutting,
                     Tree& tree) {
  if (sources[file].text.size() < cutting.large) return false;
  const std::vector<Piece> pieces = cut(sources[file], cutting.piece);
  if (pieces.size() < 2) return false;
  std::vector<Node> trees(pieces.size());
  std::atomic<bool> good = true;
  const auto parse_one = [&](std::size_t i) {
    if (!good.load(std::memory_order_relaxed)) return;
    std::optional<Node> one = parse_piece(sources, file, pieces[i], cutting.usual);
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
  if (cutting.usual) {
    if (auto root = parse_usual(sources[file].text, 0, file, sources)) {
      tree.root = std::move(*root);
      return tree;
    }
  }
  TreeBuilder builder(sources[file].text, 0, file, problems);
  ParserEvents events(builder, problems);
  try {
    parse(sources[file].text, events);
    if (events.documents() == 0) {
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
  } catch (const StopReading&) {
    tree.complete = false;
  }
  tree.root = builder.take();
  return tree;
}

std::string format_of(const std::string& file) {
  Sources sources;
  Problems problems(sources);
  FileText read = read_file(file, sources.max_bytes());
  if (!read.text) return {};
  const Tree tree = parse_tree(sources, sources.add(file, std::move(*read.text)), problems);
  const Entry* format = tree.root.find("casus");
  return format == nullptr ? std::string() : format->value.text;
}

}  // namespace casus::text
