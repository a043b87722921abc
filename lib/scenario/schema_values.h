#pragma once

#include <nlohmann/json_fwd.hpp>

#include "scenario/field_info.h"

namespace casus::scenario {

inline constexpr const char* name_pattern = "^[a-z][a-z0-9_]*$";

/// What a value of a field looks like, as JSON Schema.
nlohmann::ordered_json value_schema(const FieldInfo& field);
/// What the schemas of numbers refer to.
void add_unit_definitions(nlohmann::ordered_json& definitions);
nlohmann::ordered_json text_schema();
nlohmann::ordered_json name_schema();

}  // namespace casus::scenario
