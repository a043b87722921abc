#include "casus/rules/sizes.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>

#include "casus/core/contracts.h"
#include "casus/rules/logit.h"

namespace casus::rules {

namespace {

/// Boost.Math would compute in the x87's extended precision by default; results must not depend on
/// whether a machine has one.
using MathPolicy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

/// phi(z) / (1 - Phi(z)), the hazard of the standard normal.
double normal_hazard(double z) {
  return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi) / normal_cdf(-z);
}

/// The log standard deviation at which a lognormal has local tail exponent `slope` at
/// exp(log_ratio) medians: hazard(log_ratio / sd) / sd = slope. The left side falls in sd, from
/// infinity to 0.
double continuous_log_sd(double log_ratio, double slope) {
  // Below log_ratio / 30 the hazard of the normal is beyond what doubles hold.
  double low = log_ratio / 30.0;
  double high = std::max(1.0, 2.0 * low);
  while (normal_hazard(log_ratio / high) / high > slope) high *= 2.0;
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle == low || middle == high) break;
    (normal_hazard(log_ratio / middle) / middle > slope ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

EventSizes::EventSizes(double median, double exponent, double tail_from, double maximum)
    : median_(median), exponent_(exponent), tail_from_(tail_from), maximum_(std::floor(maximum)) {
  CASUS_EXPECTS(median > 0.0, fmt::format("median {} is not > 0", median));
  CASUS_EXPECTS(exponent > 1.0 && exponent <= 20.0,
                fmt::format("exponent {} is not in (1, 20]", exponent));
  CASUS_EXPECTS(tail_from > median,
                fmt::format("tail from {} is not above the median {}", tail_from, median));
  CASUS_EXPECTS(maximum >= tail_from && maximum <= 1e6 && maximum_ >= 1.0,
                fmt::format("maximum {} is not between {} and 1e6, and 1", maximum, tail_from));
  log_sd_ = continuous_log_sd(std::log(tail_from / median), exponent - 1.0);
  tail_share_ = normal_cdf(-std::log(tail_from / median) / log_sd_);
  below_maximum_ = 1.0 - survival(maximum_);
}

double EventSizes::mean() const {
  double sum = 0.0;
  const auto last = static_cast<std::uint64_t>(maximum_);
  for (std::uint64_t k = 0; k < last; ++k) sum += 1.0 - cdf(k);
  return sum;
}

double EventSizes::survival(double x) const {
  if (x <= 0.0) return 1.0;
  if (x < tail_from_) return normal_cdf(-std::log(x / median_) / log_sd_);
  return tail_share_ * std::pow(x / tail_from_, 1.0 - exponent_);
}

double EventSizes::cdf(std::uint64_t k) const {
  const auto x = static_cast<double>(k);
  return x >= maximum_ ? 1.0 : (1.0 - survival(x)) / below_maximum_;
}

std::uint64_t EventSizes::quantile(double u) const {
  CASUS_EXPECTS(u > 0.0 && u < 1.0, fmt::format("share {} is not inside (0, 1)", u));
  const double above = 1.0 - u * below_maximum_;
  const double x = above > tail_share_
                       ? median_ * std::exp(-log_sd_ * normal_quantile(above))
                       : tail_from_ * std::pow(above / tail_share_, 1.0 / (1.0 - exponent_));
  return static_cast<std::uint64_t>(std::clamp(std::ceil(x), 1.0, maximum_));
}

double power_law_exponent(std::span<const double> values, double from) {
  CASUS_EXPECTS(from > 0.0, fmt::format("start {} is not > 0", from));
  double sum = 0.0;
  double count = 0.0;
  for (const double x : values) {
    if (x < from) continue;
    sum += std::log(x / from);
    count += 1.0;
  }
  CASUS_EXPECTS(sum > 0.0, fmt::format("no value above {}", from));
  return 1.0 + count / sum;
}

double fusion_fragmentation_groups(double agents, double shatter, std::uint64_t size) {
  CASUS_EXPECTS(agents > 0.0, fmt::format("{} agents are not > 0", agents));
  CASUS_EXPECTS(shatter > 0.0 && shatter <= 1.0,
                fmt::format("probability of shattering {} is not in (0, 1]", shatter));
  CASUS_EXPECTS(size >= 1, "a group of nobody");
  const auto s = static_cast<double>(size);
  // c^0 = 1 even where c = 0; beyond, no fusion means no groups above one.
  if (size == 1) return agents / (2.0 - shatter);
  if (shatter == 1.0) return 0.0;
  // Cat(s-1) = (2s-2)! / ((s-1)! s!). Boost's lgamma, since std::lgamma writes a global sign.
  const auto lgamma = [](double x) { return boost::math::lgamma(x, MathPolicy()); };
  const double log_catalan = lgamma(2.0 * s - 1.0) - lgamma(s) - lgamma(s + 1.0);
  const double log_c = std::log1p(-shatter) - std::log(2.0 - shatter);
  const double log_g = -std::log(2.0 - shatter);
  return agents / s * std::exp(log_catalan + (s - 1.0) * log_c + s * log_g);
}

}  // namespace casus::rules
