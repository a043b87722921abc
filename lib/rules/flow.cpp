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

bool destination_shares(std::span<const Destination> places, const FlowParameters& parameters,
                        std::span<double> shares) {
  CASUS_EXPECTS(places.size() == shares.size(),
                fmt::format("{} places and {} shares", places.size(), shares.size()));
  double sum = 0.0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    shares[i] = destination_weight(places[i], parameters);
    sum += shares[i];
  }
  CASUS_EXPECTS(std::isfinite(sum), fmt::format("the sum of weights, {}, is not finite", sum));
  if (sum == 0.0) return false;
  for (double& share : shares) share /= sum;
  return true;
}

double leaving_probability(double daily, double days) {
  CASUS_EXPECTS(daily >= 0.0 && daily <= 1.0,
                fmt::format("daily share {} is not in [0, 1]", daily));
  CASUS_EXPECTS(days >= 0.0, fmt::format("duration {} days is not >= 0", days));
  return 1.0 - std::pow(1.0 - daily, days);
}

}  // namespace casus::rules
