#include "casus/rules/power.h"

#include <cmath>

namespace casus::rules::detail {

// Not in the header: a user's program would compile it as a call of the system's function.
double power(double base, double exponent) { return std::pow(base, exponent); }

}  // namespace casus::rules::detail
