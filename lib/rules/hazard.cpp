#include "casus/rules/hazard.h"

#include <fmt/format.h>

#include <cmath>

#include "casus/core/contracts.h"
#include "casus/rules/logit.h"

namespace casus::rules {

double probability_to_hazard(double p) {
  CASUS_EXPECTS(p >= 0.0 && p < 1.0, fmt::format("probability {} is not in [0, 1)", p));
  return -std::log1p(-p);
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

double conflict_end_annual_probability(bool internationalised) {
  return internationalised ? 0.103 : 0.156;
}

}  // namespace casus::rules
