#include "casus/rules/intervention.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/core/contracts.h"

namespace casus::rules {

double distance_discount(double distance_km, bool at_border, bool major_power) {
  CASUS_EXPECTS(distance_km >= 0.0, fmt::format("a distance of {} km is negative", distance_km));
  return at_border || major_power ? 0.0 : std::log1p(distance_km / reach_scale_km);
}

double intervention_hazard(double discount, double will, const InterventionWeights& weights) {
  // Beyond e^30 joining is certain to the last bit; the limit keeps a calibration's excursions
  // finite.
  return std::exp(std::min(30.0, weights.level - weights.distance * discount + will));
}

}  // namespace casus::rules
