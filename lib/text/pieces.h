#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "text/source_text.h"
#include "text/tree.h"

// A large text is read in pieces, at the same time: the parser takes nearly all of the time of a
// load, and knows one text at a time. What comes out is the tree of the whole text to the last
// position. Wherever that is not certain, the text is parsed whole, which is slower and no more.
namespace casus::text {

/// A stretch of a text. Every piece but the first begins in a section of the top level, at the line
/// of one of its entries: `section:` with that line below it is a document of its own.
struct Piece {
  std::size_t begin = 0, end = 0;  ///< bytes
  std::uint32_t line = 1;          ///< of its first byte
  // Of the section that it begins in:
  std::uint32_t section_line = 0;
  std::uint32_t column = 0;  ///< at which its entries begin, from 1
  bool list = false;         ///< its entries are items
  /// What the parser is given for it.
  std::string document(const Sources::File& file) const;
  /// Lines by which positions in that document fall short of those in the file.
  std::uint32_t lines_before() const { return section_line == 0 ? 0 : line - 2; }
};

/// Cuts a text into pieces of at least `bytes` bytes; one piece where nothing is to be cut. A piece
/// begins only at a line that looks like an entry at the indentation of its section's first entry.
/// Whether it is one (and not the inside of a quoted text, say) shows when the pieces before it
/// have been parsed: they must be whole, and end in that section.
std::vector<Piece> cut(const Sources::File& file, std::size_t bytes);

/// Puts together the trees of pieces that the parser had nothing to say against. Nothing where they
/// might not be what the whole text is, a key given twice included.
std::optional<Node> join(const Sources::File& file, const std::vector<Piece>& pieces,
                         std::vector<Node>& trees);

}  // namespace casus::text
