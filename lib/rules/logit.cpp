#include "casus/rules/logit.h"

#include <fmt/format.h>

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>

#include "casus/core/contracts.h"

namespace casus::rules {
namespace {

/// Boost.Math would compute in the x87's extended precision by default; results must not depend on
/// whether a machine has one.
using MathPolicy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

double logistic(double x) {
  CASUS_EXPECTS(!std::isnan(x), "a log odds that is not a number");
  if (x >= 0.0) return 1.0 / (1.0 + std::exp(-x));
  const double e = std::exp(x);
  return e / (1.0 + e);
}

double log_odds(double p) {
  CASUS_EXPECTS(p > 0.0 && p < 1.0, fmt::format("probability {} is not inside (0, 1)", p));
  return std::log(p) - std::log1p(-p);
}

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double normal_quantile(double p) {
  CASUS_EXPECTS(p > 0.0 && p < 1.0, fmt::format("probability {} is not inside (0, 1)", p));
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * p, MathPolicy());
}

}  // namespace casus::rules
