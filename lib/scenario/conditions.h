#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "casus/scenario/scenario.h"
#include "scenario/decoder.h"
#include "text/encoder.h"

namespace casus::scenario {

enum class PathUse { read, set };

/// What a path written at `at` means; complains and gives nothing if it leads nowhere, or cannot be
/// set where that is asked.
std::optional<PathRef> read_path(Decoder& decoder, std::string_view text, const Position& at,
                                 const std::string& path, PathUse use);

/// Unit and range of the value that a path leads to, as a field.
FieldInfo value_field(const Decoder& decoder, const PathRef& ref);

/// "actors.niger.legitimacy < 0.3 and not war(mali, niger)".
std::optional<Condition> read_condition(Decoder& decoder, const Node& node,
                                        const std::string& path);

/// The text of a condition: its terms, as they would be written.
std::string say(const Encoder& encoder, const Condition& condition);

}  // namespace casus::scenario
