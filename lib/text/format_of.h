#pragma once

#include <string>

namespace casus::text {

/// What a file says it is: "scenario/1", "treaty/1". Nothing of one that says nothing, is no YAML
/// before it does, or cannot be read.
std::string format_of(const std::string& file);

}  // namespace casus::text
