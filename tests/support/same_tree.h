#pragma once

#include <cstddef>
#include <limits>
#include <string>

#include "casus/core/diagnostics.h"
#include "text/tree.h"

namespace casus::test {

/// All that a text is read as: every value with its place, and every complaint.
inline void describe(const text::Node& node, std::string& out) {
  const auto place = [&out](const text::Position& at) {
    out += '@' + std::to_string(at.line) + ':' + std::to_string(at.column) + '+' +
           std::to_string(at.length) + ' ';
  };
  out += "~s[{"[static_cast<std::size_t>(node.kind)];
  out += node.quoted ? "q" : "";
  out += node.flow ? "f" : "";
  place(node.at);
  out += '<' + node.text + '>';
  for (const text::Node& item : node.items) describe(item, out);
  for (const text::Entry& e : node.entries) {
    out += "\n'" + e.key + "' ";
    place(e.key_at);
    describe(e.value, out);
  }
  out += '.';
}

struct ReadAs {
  std::string what;
  std::size_t pieces = 1;
};

inline ReadAs read_as(const std::string& text, const text::Cutting& cutting) {
  text::Sources sources;
  const std::uint32_t file = sources.add("a text", text);
  text::Problems problems(sources);
  const text::Tree tree = text::parse_tree(sources, file, problems, cutting);
  ReadAs read{tree.complete ? "whole " : "broken ", tree.pieces};
  describe(tree.root, read.what);
  try {
    problems.throw_if_any();
  } catch (const ScenarioError& e) {
    read.what += e.what();
  }
  return read;
}

/// In one piece, and by the parser alone.
inline ReadAs read_whole(const std::string& text) {
  return read_as(text, {1, std::numeric_limits<std::size_t>::max(), nullptr, false});
}

}  // namespace casus::test
