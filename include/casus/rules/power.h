#pragma once

#include "casus/core/export.h"

namespace casus::rules {

namespace detail {
CASUS_API double power(double base, double exponent);
}

/// `base` to the power of `exponent`: std::pow as the library has it, to the bit, without its cost
/// where the answer is known, as with exponents that a scenario leaves at 1.
inline double power(double base, double exponent) {
  if (exponent == 1.0) return base;
  if (exponent == 0.0 || base == 1.0) return 1.0;
  return detail::power(base, exponent);
}

}  // namespace casus::rules
