#include "text/tree.h"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "casus/core/executor.h"
#include "text/builder.h"
#include "text/pieces.h"

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

}  // namespace casus::text
