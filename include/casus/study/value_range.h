#pragma once

#include <limits>
#include <span>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"

namespace casus {

/// What no value of a quantity, and so no interval for it, is beyond.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

/// The range of an outcome's values: that of its form, and nothing below 0 for what is counted or
/// added up. A quantity that does not keep to it, such as a total of a program's own that may be
/// negative, has no range: whoever holds `values` of it asks with them.
CASUS_API Range value_range(OutcomeForm::Form form, std::span<const double> values);

}  // namespace casus
