#pragma once

#include "text/json_schema.h"

namespace casus::scenario {

/// The schema of a field of scenarios and pacts that has a form of its own.
text::Json custom_form(const text::FieldInfo& field);

}  // namespace casus::scenario
