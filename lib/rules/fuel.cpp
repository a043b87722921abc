#include "casus/rules/fuel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/core/contracts.h"

namespace casus::rules {

double fuel_price(double missing) {
  CASUS_EXPECTS(missing >= 0.0 && missing <= 1.0,
                fmt::format("a share of {} of the fuel is not in [0, 1]", missing));
  if (missing == 0.0) return 1.0;
  if (missing == 1.0) return most_fuel_price;
  return std::min(most_fuel_price, std::pow(1.0 - missing, -1.0 / fuel_price_elasticity));
}

}  // namespace casus::rules
