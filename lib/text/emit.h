#pragma once

#include <string>

#include "text/tree.h"

namespace casus::text {

/// Writes a tree as YAML that reads back as the same tree. Text is quoted where it would be read as
/// something else, plain where it was plain.
std::string to_yaml(const Node& root);

}  // namespace casus::text
