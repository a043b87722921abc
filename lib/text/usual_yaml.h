#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/tree.h"

// Nearly every text is written in a few forms of YAML: mappings and lists by indentation or in
// brackets, plain and quoted words, blocks of text. Those are read here, in a few instructions a
// byte; the parser, which knows all of YAML, takes two thousand. Whatever is not certain to be one
// of those forms, mistakes above all, is left to the parser, so what comes out is the same.
namespace casus::text {

/// Where something begins: what stands before it, from 0.
struct Spot {
  std::size_t bytes = 0;
  std::uint32_t lines = 0;
  std::uint32_t columns = 0;  ///< bytes of its line
};

/// What is told of a text, in its order, by whoever reads it.
class TreeEvents {
 public:
  virtual ~TreeEvents() = default;
  /// A word for nothing, or nothing at all, where what follows it is.
  virtual void nothing(const Spot& spot) = 0;
  virtual void scalar(const Spot& spot, bool quoted, std::string_view text) = 0;
  virtual void open(const Spot& spot, Node::Kind kind, bool flow) = 0;
  virtual void close() = 0;
};

/// Reads a text that is acceptable (see source_text.h). False where it is not in the usual forms;
/// what has been told by then means nothing.
bool read_usual(std::string_view text, TreeEvents& events);

}  // namespace casus::text
