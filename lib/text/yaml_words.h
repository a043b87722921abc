#pragma once

#include <optional>
#include <string_view>

namespace casus::text {

/// What YAML 1.1 makes of a plain word that is text to Casus: true of "yes", "on", "True", false of
/// "no", "off", "n"; nothing of other words, and of "true" and "false", on which all agree.
std::optional<bool> boolean_to_others(std::string_view word);

}  // namespace casus::text
