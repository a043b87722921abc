#include "casus/rules/flow.h"

#include <fmt/format.h>

#include <cmath>

#include "casus/core/contracts.h"
#include "casus/rules/power.h"

namespace casus::rules {

double destination_weight(const Destination& place, const FlowParameters& parameters) {
  CASUS_EXPECTS(place.population >= 0.0,
                fmt::format("population {} is not >= 0", place.population));
  CASUS_EXPECTS(place.safety >= 0.0 && place.safety <= 1.0,
                fmt::format("safety {} is not in [0, 1]", place.safety));
  CASUS_EXPECTS(place.border_km >= 0.0, fmt::format("border {} km is not >= 0", place.border_km));
  CASUS_EXPECTS(place.distance_km > 0.0,
                fmt::format("distance {} km is not > 0", place.distance_km));
  CASUS_EXPECTS(parameters.population >= 0.0 && parameters.safety >= 0.0 &&
                    parameters.border >= 0.0 && parameters.distance >= 0.0,
                fmt::format("exponents {}, {}, {}, {} are not all >= 0", parameters.population,
                            parameters.safety, parameters.border, parameters.distance));
  return power(place.population, parameters.population) * power(place.safety, parameters.safety) *
         power(place.border_km, parameters.border) * power(place.distance_km, -parameters.distance);
}

}  // namespace casus::rules
