#pragma once

#include <cmath>

namespace casus::rules {

/// `base` to the power of `exponent`: std::pow to the bit, without its cost where the answer is
/// known, as with exponents that a scenario leaves at 1.
inline double power(double base, double exponent) {
  if (exponent == 1.0) return base;
  if (exponent == 0.0 || base == 1.0) return 1.0;
  return std::pow(base, exponent);
}

}  // namespace casus::rules
