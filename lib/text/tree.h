#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/children.h"
#include "text/source_text.h"

namespace casus {
class Executor;
}

namespace casus::text {

struct Entry;

/// A YAML value that remembers where it was written. Scalars stay text: what "no" or "012" means is
/// for the reader of a field to say.
struct Node {
  enum class Kind : std::uint8_t { null, scalar, list, map };
  Kind kind = Kind::null;
  bool quoted = false;  ///< a scalar in quotes or a block: text whatever it looks like
  bool flow = false;    ///< a list or a map in brackets
  Position at;
  std::string text;         ///< scalar
  Children<Node> items;     ///< list
  Children<Entry> entries;  ///< map, in the order written

  bool is_null() const { return kind == Kind::null; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }
  const Entry* find(std::string_view key) const;
  Entry* find(std::string_view key);
};

struct Entry {
  std::string key;
  Position key_at;
  Node value;
};

Node scalar_node(std::string text, const Position& at, bool quoted = false);
/// An entry written where its value is.
Entry make_entry(std::string key, Node value);

/// "a number", "a list": for messages.
std::string_view kind_name(const Node& node);

struct Tree {
  Node root;               ///< what could be read
  bool complete = true;    ///< false if the text is broken
  std::size_t pieces = 1;  ///< in which it was parsed
};

/// How a large text is cut into pieces that are parsed at the same time (see text/pieces.h). What
/// comes out does not depend on it.
struct Cutting {
  std::size_t piece = 64U << 10;   ///< bytes of a piece, and a few more to the end of an entry
  std::size_t large = 256U << 10;  ///< bytes from which a text is cut
  Executor* executor = nullptr;    ///< nullptr: all workers that there are where it is called
};

/// Reads one file of `sources`. Problems of the text itself are added to `problems`: E0101 not
/// YAML, E0102 a key given twice (the first one stays), E0103, E0104, E0106, E0107 anchors, E0108
/// empty or several documents.
Tree parse_tree(const Sources& sources, std::uint32_t file, Problems& problems,
                const Cutting& cutting = {});

}  // namespace casus::text
