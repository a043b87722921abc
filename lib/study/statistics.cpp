#include "casus/study/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

namespace casus {
namespace {

/// Boost.Math would compute in the x87's extended precision by default; results must not depend on
/// whether a machine has one.
using MathPolicy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

void expect_confidence(double confidence) {
  CASUS_EXPECTS(confidence > 0.0 && confidence < 1.0,
                fmt::format("a confidence of {} is not in (0, 1)", confidence));
}

double two_sided_z(double confidence) { return normal_quantile(0.5 + confidence / 2.0); }

double sum(std::span<const double> values) {
  double total = 0.0;
  for (const double v : values) total += v;
  return total;
}

std::vector<double> sorted_copy(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace

double mean(std::span<const double> values) {
  return values.empty() ? nan : sum(values) / static_cast<double>(values.size());
}

double standard_deviation(std::span<const double> values) {
  if (values.size() < 2) return nan;
  const double m = mean(values);
  double squares = 0.0;
  for (const double v : values) squares += (v - m) * (v - m);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double quantile(std::span<const double> sorted, double p) {
  CASUS_EXPECTS(p >= 0.0 && p <= 1.0, fmt::format("a quantile at {} is not in [0, 1]", p));
  if (sorted.empty()) return nan;
  const double position = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  if (below + 1 >= sorted.size()) return sorted.back();
  const double share = position - static_cast<double>(below);
  return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}

double median(std::span<const double> values) { return quantile(sorted_copy(values), 0.5); }

Estimate mean_estimate(std::span<const double> values, double confidence) {
  expect_confidence(confidence);
  const double m = mean(values);
  if (values.size() < 2) return {m, nan, nan, values.size()};
  const auto n = static_cast<double>(values.size());
  const boost::math::students_t_distribution<double, MathPolicy> t(n - 1.0);
  const double half =
      boost::math::quantile(t, 0.5 + confidence / 2.0) * standard_deviation(values) / std::sqrt(n);
  return {m, m - half, m + half, values.size()};
}

Estimate median_estimate(std::span<const double> values, double confidence) {
  expect_confidence(confidence);
  const std::vector<double> sorted = sorted_copy(values);
  Estimate result{quantile(sorted, 0.5), nan, nan, sorted.size()};
  if (sorted.empty()) return result;
  // The number of values below the true median is Binomial(n, 1/2). P(fewer than r below) is the
  // chance that the r-th order statistic lies above it; the largest r that keeps it small wins.
  const boost::math::binomial_distribution<double, MathPolicy> below(
      static_cast<double>(sorted.size()), 0.5);
  const double tail = (1.0 - confidence) / 2.0;
  std::size_t r = 0;
  while (r < sorted.size() / 2 && boost::math::cdf(below, static_cast<double>(r)) <= tail) ++r;
  if (r == 0) return result;
  result.low = sorted[r - 1];
  result.high = sorted[sorted.size() - r];
  return result;
}

Estimate proportion_estimate(std::size_t successes, std::size_t n, double confidence) {
  expect_confidence(confidence);
  CASUS_EXPECTS(successes <= n, fmt::format("{} successes among {}", successes, n));
  if (n == 0) return {nan, nan, nan, 0};
  const auto count = static_cast<double>(n);
  const double p = static_cast<double>(successes) / count;
  const double z = two_sided_z(confidence);
  const double scale = 1.0 + z * z / count;
  const double centre = (p + z * z / (2.0 * count)) / scale;
  const double half = z / scale * std::sqrt(p * (1.0 - p) / count + z * z / (4.0 * count * count));
  // Exactly 0 and 1 at the ends, where rounding would leave a crumb.
  const double low = successes == 0 ? 0.0 : std::max(0.0, centre - half);
  const double high = successes == n ? 1.0 : std::min(1.0, centre + half);
  return {p, low, high, n};
}

std::vector<SurvivalStep> kaplan_meier(std::span<const Duration> durations, double confidence) {
  expect_confidence(confidence);
  std::vector<Duration> sorted(durations.begin(), durations.end());
  for (const Duration& d : sorted) {
    CASUS_EXPECTS(d.time >= 0.0 && std::isfinite(d.time),
                  fmt::format("a duration of {} is not in [0, inf)", d.time));
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const Duration& a, const Duration& b) { return a.time < b.time; });
  const double z = two_sided_z(confidence);
  std::vector<SurvivalStep> curve;
  double survival = 1.0, greenwood = 0.0;
  for (std::size_t i = 0; i < sorted.size();) {
    const std::size_t at_risk = sorted.size() - i;
    std::size_t events = 0, j = i;
    for (; j < sorted.size() && sorted[j].time == sorted[i].time; ++j) {
      if (sorted[j].happened) ++events;
    }
    if (events > 0) {
      const auto d = static_cast<double>(events), r = static_cast<double>(at_risk);
      survival *= 1.0 - d / r;
      greenwood += d / (r * (r - d));
      SurvivalStep step{sorted[i].time, survival, nan, nan, at_risk, events};
      if (events < at_risk) {
        const double spread = z * std::sqrt(greenwood) / std::abs(std::log(survival));
        step.low = std::pow(survival, std::exp(spread));
        step.high = std::pow(survival, std::exp(-spread));
      } else {
        step.survival = survival = 0.0;
      }
      curve.push_back(step);
    }
    i = j;
  }
  return curve;
}

Estimate median_duration(std::span<const Duration> durations, double confidence) {
  if (durations.empty()) return {nan, nan, nan, 0};
  const std::vector<SurvivalStep> curve = kaplan_meier(durations, confidence);
  // Products such as (1 - 1/4)(1 - 1/3) leave the curve a rounding error above one half.
  constexpr double half = 0.5 + 1e-12;
  Estimate result{infinity, infinity, infinity, durations.size()};
  for (const SurvivalStep& s : curve) {
    if (s.survival <= half) result.value = std::min(result.value, s.time);
    if (s.low <= half || s.survival == 0.0) result.low = std::min(result.low, s.time);
    if (s.high <= half) result.high = std::min(result.high, s.time);
  }
  return result;
}

}  // namespace casus
