#include "casus/rules/counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <iterator>
#include <limits>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/rules/logit.h"

namespace casus::rules {
namespace {

/// Doubles hold e^-600 and its products with what follows.
constexpr double least_log_start = -600.0;

/// Boost's, since std::lgamma writes a global sign.
double log_gamma(double x) {
  using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
  return boost::math::lgamma(x, Policy());
}

double sum_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double x : values) sum += x;
  return sum;
}

std::vector<double> above_zero(std::span<const double> values) {
  std::vector<double> out;
  std::copy_if(values.begin(), values.end(), std::back_inserter(out),
               [](double x) { return x > 0.0; });
  return out;
}

}  // namespace

NegativeBinomial::NegativeBinomial(double mean, double shape) : mean_(mean), shape_(shape) {
  CASUS_EXPECTS(mean >= 0.0 && std::isfinite(mean),
                fmt::format("mean {} is not finite and >= 0", mean));
  CASUS_EXPECTS(shape > 0.0 && std::isfinite(shape),
                fmt::format("shape {} is not finite and > 0", shape));
}

NegativeBinomial NegativeBinomial::from_moments(double mean, double variance) {
  CASUS_EXPECTS(mean > 0.0, fmt::format("mean {} is not > 0", mean));
  CASUS_EXPECTS(variance >= 0.0, fmt::format("variance {} is not >= 0", variance));
  return {mean, mean * mean / std::max(variance - mean, 1e-3)};
}

double NegativeBinomial::log_probability(std::uint64_t k) const {
  const double x = static_cast<double>(k);
  if (mean_ == 0.0) return k == 0 ? 0.0 : -std::numeric_limits<double>::infinity();
  double out = -shape_ * std::log1p(mean_ / shape_);
  if (k == 0) return out;
  out += x * std::log(mean_) - log_gamma(x + 1.0);
  if (k > 1000) {
    return out + log_gamma(x + shape_) - log_gamma(shape_) - x * std::log(mean_ + shape_);
  }
  // The quotient of gamma functions, factor by factor: it does not cancel where the shape is large.
  for (std::uint64_t j = 0; j < k; ++j) {
    out += std::log((shape_ + static_cast<double>(j)) / (mean_ + shape_));
  }
  return out;
}

std::uint64_t NegativeBinomial::quantile(double u) const {
  CASUS_EXPECTS(u > 0.0 && u < 1.0, fmt::format("share {} is not inside (0, 1)", u));
  if (mean_ == 0.0) return 0;
  const double log_start = -shape_ * std::log1p(mean_ / shape_);
  if (log_start < least_log_start) {
    // Both mean and shape are large, so the law is nearly normal (Cornish & Fisher's first term).
    const double sd = std::sqrt(variance()), z = normal_quantile(u);
    const double skewness = (1.0 + 2.0 * mean_ / shape_) / sd;
    const double x = mean_ + sd * (z + skewness * (z * z - 1.0) / 6.0);
    return static_cast<std::uint64_t>(std::max(0.0, std::floor(x + 0.5)));
  }
  const double odds = mean_ / (mean_ + shape_);
  double term = std::exp(log_start), sum = term, k = 0.0;
  while (sum < u) {
    k += 1.0;
    term *= odds * (shape_ + k - 1.0) / k;
    const double next = sum + term;
    // Rounding may keep the sum just below a u close to 1.
    if (next == sum && k > mean_) break;
    sum = next;
  }
  return static_cast<std::uint64_t>(k);
}

double negative_binomial_shape(std::span<const double> counts, std::span<const double> means,
                               double least, double most) {
  CASUS_EXPECTS(counts.size() == means.size() && !counts.empty(), "each count needs its mean");
  CASUS_EXPECTS(least > 0.0 && most > least, fmt::format("a shape between {} and {}", least, most));
  // digamma(k + y) - digamma(k) is a sum of 1 / (k + j) for j < y, and most counts are small: how
  // many are above j is all that is needed of them.
  std::vector<double> above;
  for (const double y : counts) {
    CASUS_EXPECTS(y >= 0.0 && y == std::floor(y), fmt::format("{} is not a count", y));
    above.resize(std::max(above.size(), static_cast<std::size_t>(y)));
    for (std::size_t j = 0; j < static_cast<std::size_t>(y); ++j) above[j] += 1.0;
  }
  const auto slope = [&](double k) {
    double total = 0.0;
    for (std::size_t j = 0; j < above.size(); ++j) total += above[j] / (k + static_cast<double>(j));
    for (std::size_t i = 0; i < counts.size(); ++i) {
      total += (means[i] - counts[i]) / (k + means[i]) - std::log1p(means[i] / k);
    }
    return total;
  };
  double low = std::log(least), high = std::log(most);
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (low + high);
    (slope(std::exp(middle)) > 0.0 ? low : high) = middle;
  }
  return std::exp(0.5 * (low + high));
}

std::uint64_t Hurdle::quantile(double u) const {
  CASUS_EXPECTS(u > 0.0 && u < 1.0, fmt::format("share {} is not inside (0, 1)", u));
  CASUS_EXPECTS(chance >= 0.0 && chance <= 1.0,
                fmt::format("probability {} is not in [0, 1]", chance));
  const double rest = (u - (1.0 - chance)) / chance;
  if (!(rest > 0.0)) return 0;
  // The largest u may round up to 1.
  return 1 + NegativeBinomial(mean, shape).quantile(std::min(rest, 1.0 - 0x1p-53));
}

Hurdle fit_hurdle(std::span<const double> own, std::span<const double> peers) {
  CASUS_EXPECTS(!own.empty() && !peers.empty(), "a hurdle needs counts");
  constexpr double pseudo = 2.0, level_without = 3.0, level_cap = 8.0;
  const std::vector<double> mine = above_zero(own), theirs = above_zero(peers);
  const double n = static_cast<double>(mine.size()), m = static_cast<double>(theirs.size());
  Hurdle out;
  out.chance = (n + pseudo * m / static_cast<double>(peers.size())) /
               (static_cast<double>(own.size()) + pseudo);
  const double level = theirs.empty() ? level_without : sum_of(theirs) / m;
  out.mean =
      std::max((sum_of(mine) + pseudo * std::min(level, level_cap)) / (n + pseudo) - 1.0, 0.05);
  double spread = 1.5;
  if (theirs.size() > 3) {
    double squares = 0.0;
    for (const double x : theirs) squares += (x - level) * (x - level);
    spread = squares / m / (std::max(level, 1.0) * std::max(level, 1.0));
  }
  out.shape = 1.0 / std::clamp(spread, 0.5, 3.0);
  return out;
}

}  // namespace casus::rules
