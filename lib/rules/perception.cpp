#include "casus/rules/perception.h"

#include <fmt/format.h>

#include <cmath>

#include "casus/core/contracts.h"

namespace casus::rules {

double relax(double x, double target, double rate, double days) {
  CASUS_EXPECTS(rate >= 0.0, fmt::format("rate {} a day is not >= 0", rate));
  CASUS_EXPECTS(days >= 0.0, fmt::format("duration {} days is not >= 0", days));
  return target + (x - target) * std::exp(-rate * days);
}

double anchored_view(double susceptibility, double view_of_others, double first_view) {
  CASUS_EXPECTS(susceptibility >= 0.0 && susceptibility <= 1.0,
                fmt::format("susceptibility {} is not in [0, 1]", susceptibility));
  return susceptibility * view_of_others + (1.0 - susceptibility) * first_view;
}

}  // namespace casus::rules
