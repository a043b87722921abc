#pragma once

#include <vector>

#include "text/json_schema.h"

namespace casus::scenario {

/// The schema of a field of scenarios and pacts that has a form of its own.
text::Json custom_form(const text::FieldInfo& field);

/// An entry of a list of relations: from one to another, or a group. The fields are those of one
/// relation.
text::Json relation_items(const std::vector<text::FieldInfo>& fields, text::CustomForm custom);

}  // namespace casus::scenario
