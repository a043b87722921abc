#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "text/tree.h"

namespace casus::text {

/// Reads the part of YAML that scenarios are written in: mappings and lists by indentation or in
/// brackets, plain or quoted texts of one line, comments. Gives the tree that the parser would
/// give, some ten times as fast, or nothing where it meets anything else, a mistake included: then
/// the parser is asked, whose answer counts.
std::optional<Node> read_plain_yaml(const std::string& text, std::uint32_t file);

}  // namespace casus::text
