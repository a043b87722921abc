#include "casus/experiment/paired.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

namespace casus {
namespace {

using MathPolicy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using StudentsT = boost::math::students_t_distribution<double, MathPolicy>;
using Status = OutcomeValue::Status;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

void expect_pairs(std::size_t base, std::size_t other, double confidence) {
  CASUS_EXPECTS(base == other, fmt::format("{} values beside {}", base, other));
  CASUS_EXPECTS(confidence > 0.0 && confidence < 1.0,
                fmt::format("a confidence of {} is not in (0, 1)", confidence));
}

double variance(std::span<const double> values) {
  const double sd = standard_deviation(values);
  return sd * sd;
}

double gain_of(std::span<const double> base, std::span<const double> other,
               std::span<const double> differences) {
  const double apart = variance(base) + variance(other);
  const double paired = variance(differences);
  if (!(apart > 0.0)) return nan;
  return paired > 0.0 ? apart / paired : infinity;
}

void count_order(std::span<const double> differences, PairedEffect& effect) {
  if (differences.empty()) {
    effect.lower = effect.higher = nan;
    return;
  }
  const auto n = static_cast<double>(differences.size());
  const auto below =
      std::count_if(differences.begin(), differences.end(), [](double d) { return d < 0.0; });
  const auto above =
      std::count_if(differences.begin(), differences.end(), [](double d) { return d > 0.0; });
  effect.lower = static_cast<double>(below) / n;
  effect.higher = static_cast<double>(above) / n;
}

std::vector<double> minus(std::span<const double> a, std::span<const double> b) {
  std::vector<double> differences;
  differences.reserve(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
  return differences;
}

/// Tango's statistic at a supposed difference `delta`, of `up` pairs that go from 0 to 1 and `down`
/// that go the other way, among `n`.
double tango(double up, double down, double n, double delta) {
  const double a = 2.0 * n;
  const double b = -up - down + (2.0 * n - up + down) * delta;
  const double c = -down * delta * (1.0 - delta);
  // The share of pairs that go down that is the likeliest under `delta`.
  const double q = (std::sqrt(std::max(0.0, b * b - 4.0 * a * c)) - b) / (2.0 * a);
  const double spread = n * (2.0 * q + delta * (1.0 - delta));
  const double distance = up - down - n * delta;
  if (distance == 0.0) return 0.0;
  return spread > 0.0 ? distance / std::sqrt(spread) : std::copysign(infinity, distance);
}

/// Where the statistic, which falls as `delta` grows, passes `target` between `low` and `high`.
double tango_limit(double up, double down, double n, double target, double low, double high) {
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (tango(up, down, n, middle) > target ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

PairedEffect paired_means(std::span<const double> base, std::span<const double> other,
                          double confidence, Range range) {
  expect_pairs(base.size(), other.size(), confidence);
  const std::vector<double> differences = minus(other, base);
  PairedEffect effect;
  effect.difference = mean_estimate(differences, confidence);
  effect.base = mean(base);
  effect.other = mean(other);
  effect.gain = gain_of(base, other, differences);
  count_order(differences, effect);
  if (differences.size() < 2) return effect;
  // Where values have limits on both sides differences have too; where on one, no mean can fall
  // further than the other world's may lie from it. A quantity that does not keep to its limits
  // has none.
  for (const auto values : {base, other}) {
    for (const double v : values) {
      if (v < range.low) range.low = -infinity;
      if (v > range.high) range.high = infinity;
    }
  }
  const Estimate b = mean_estimate(base, confidence), o = mean_estimate(other, confidence);
  const double least = range.low - std::min(b.high, range.high);
  const double most = std::min(o.high, range.high) - range.low;
  const double up = range.high - std::max(b.low, range.low);
  effect.difference.low = std::max(effect.difference.low, least);
  effect.difference.high = std::min({effect.difference.high, most, up});
  const double sd = standard_deviation(differences);
  const auto n = static_cast<double>(differences.size());
  if (sd > 0.0) {
    const double t = std::abs(effect.difference.value) / (sd / std::sqrt(n));
    effect.p_value = 2.0 * boost::math::cdf(boost::math::complement(StudentsT(n - 1.0), t));
  } else {
    effect.p_value = effect.difference.value == 0.0 ? 1.0 : 0.0;
  }
  return effect;
}

PairedEffect paired_proportions(std::span<const double> base, std::span<const double> other,
                                double confidence) {
  expect_pairs(base.size(), other.size(), confidence);
  const std::vector<double> differences = minus(other, base);
  PairedEffect effect;
  effect.base = mean(base);
  effect.other = mean(other);
  effect.gain = gain_of(base, other, differences);
  count_order(differences, effect);
  if (differences.empty()) {
    effect.difference = {nan, nan, nan, 0};
    return effect;
  }
  double up = 0.0, down = 0.0;
  for (const double d : differences) {
    CASUS_EXPECTS(d == 0.0 || d == 1.0 || d == -1.0, fmt::format("a proportion's value is {}", d));
    up += d > 0.0 ? 1.0 : 0.0;
    down += d < 0.0 ? 1.0 : 0.0;
  }
  const auto n = static_cast<double>(differences.size());
  const double found = (up - down) / n;
  const double z = normal_quantile(0.5 + confidence / 2.0);
  const double low = up == 0.0 && down == n ? -1.0 : tango_limit(up, down, n, z, -1.0, found);
  const double high = up == n ? 1.0 : tango_limit(up, down, n, -z, found, 1.0);
  effect.difference = {found, low, high, differences.size()};
  if (up + down > 0.0) {
    const double score = std::abs(up - down) / std::sqrt(up + down);
    effect.p_value = std::erfc(score / std::numbers::sqrt2);
  }
  return effect;
}

PairedEffect paired_durations(std::span<const OutcomeValue> base,
                              std::span<const OutcomeValue> other, double confidence) {
  expect_pairs(base.size(), other.size(), confidence);
  double horizon = infinity, longest = 0.0;
  for (const auto values : {base, other}) {
    for (const OutcomeValue& v : values) {
      if (v.status == Status::undefined) continue;
      longest = std::max(longest, v.value);
      if (v.status == Status::censored) horizon = std::min(horizon, v.value);
    }
  }
  if (!std::isfinite(horizon)) horizon = longest;  // it came in every run
  std::vector<double> b, o;
  b.reserve(base.size());
  o.reserve(other.size());
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (base[i].status == Status::undefined || other[i].status == Status::undefined) continue;
    b.push_back(std::min(base[i].value, horizon));
    o.push_back(std::min(other[i].value, horizon));
  }
  PairedEffect effect = paired_means(b, o, confidence, {0.0, horizon});
  effect.horizon = horizon;
  return effect;
}

std::vector<double> holm(std::span<const double> p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size(), 1.0);
  double largest = 0.0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto left = static_cast<double>(order.size() - i);
    largest = std::max(largest, std::min(1.0, p_values[order[i]] * left));
    adjusted[order[i]] = largest;
  }
  return adjusted;
}

}  // namespace casus
