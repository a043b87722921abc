#pragma once

#include <cstddef>
#include <span>

#include "casus/core/export.h"

namespace casus {

/// The first value outside [low, high], a NaN included; the size of the column if there is none.
/// Called for every column after every mechanism, so made for the case that all is well.
/// `low <= high`, both finite.
CASUS_API std::size_t first_outside(std::span<const double> column, double low, double high);

/// The same, value by value: what the other does where the processor has no lanes for it.
CASUS_API std::size_t first_outside_one_by_one(std::span<const double> column, double low,
                                               double high);

}  // namespace casus
