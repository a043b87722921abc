#pragma once

#include <string>

#include "text/field_info.h"

// Pieces of the schema, each as the text of a JSON value.
namespace casus::scenario {

using namespace text;

inline constexpr const char* name_pattern = "^[a-z][a-z0-9_]*$";

/// What a value of a field looks like.
std::string value_schema(const FieldInfo& field);
/// A mapping of what the schemas of numbers refer to.
std::string unit_definitions();
std::string text_schema();
std::string name_schema();

}  // namespace casus::scenario
