#include "casus/rules/hazard.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/rules/logit.h"

namespace casus::rules {

double probability_to_hazard(double p) {
  CASUS_EXPECTS(p >= 0.0 && p < 1.0, fmt::format("probability {} is not in [0, 1)", p));
  return -std::log1p(-p);
}

double convert_probability(double p, double from, double to) {
  CASUS_EXPECTS(from > 0.0 && to > 0.0, fmt::format("durations {} and {} are not > 0", from, to));
  return -std::expm1(-probability_to_hazard(p) * (to / from));
}

double apply_odds_ratio(double p, double ratio) {
  CASUS_EXPECTS(p >= 0.0 && p < 1.0, fmt::format("probability {} is not in [0, 1)", p));
  CASUS_EXPECTS(ratio >= 0.0 && std::isfinite(ratio),
                fmt::format("odds ratio {} is not finite and >= 0", ratio));
  return ratio * p / (1.0 - p + ratio * p);
}

double coup_logit(const CoupInputs& inputs, double extra) {
  CASUS_EXPECTS(inputs.gdp_per_capita > 0.0,
                fmt::format("GDP a head of {} US dollars is not > 0", inputs.gdp_per_capita));
  CASUS_EXPECTS(inputs.years_since_attempt >= 0.0,
                fmt::format("{} years since an attempt are not >= 0", inputs.years_since_attempt));
  double logit = -1.684 - 0.383 * std::log(inputs.gdp_per_capita) +
                 2.457 * std::exp(-inputs.years_since_attempt / 4.0) + extra;
  if (inputs.regime == RegimeType::anocracy) logit += 1.165;
  if (inputs.regime == RegimeType::autocracy) logit += 0.754;
  if (inputs.cold_war) logit += 0.729;
  return logit;
}

double coup_annual_probability(const CoupInputs& inputs, double extra) {
  return logistic(coup_logit(inputs, extra));
}

double coup_rate_by_recency(double years) {
  CASUS_EXPECTS(years >= 0.0, fmt::format("{} years are not >= 0", years));
  struct Band {
    double up_to, rate;
  };
  constexpr std::array<Band, 7> bands{{{1.0, 0.218},
                                       {2.0, 0.150},
                                       {3.0, 0.121},
                                       {5.0, 0.096},
                                       {10.0, 0.059},
                                       {20.0, 0.047},
                                       {1e9, 0.014}}};
  for (const Band& band : bands) {
    if (years <= band.up_to) return band.rate;
  }
  return 0.018;
}

double conflict_end_annual_probability(bool internationalised) {
  return internationalised ? 0.103 : 0.156;
}

double conflict_onset_annual_probability(unsigned neighbours_in_conflict) {
  constexpr std::array<double, 4> onset{0.0215, 0.0413, 0.0681, 0.1009};
  return onset[std::min(neighbours_in_conflict, 3U)];
}

double region_onset_monthly_probability(bool violent_neighbour) {
  return violent_neighbour ? 0.171 : 0.060;
}

}  // namespace casus::rules
