#include "casus/study/scores.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <vector>

#include "casus/core/contracts.h"

namespace casus {
namespace {

constexpr double no_score = std::numeric_limits<double>::quiet_NaN();

void expect_pairs(std::span<const double> forecasts, std::span<const std::uint8_t> outcomes) {
  CASUS_EXPECTS(forecasts.size() == outcomes.size(), "each forecast needs its outcome");
  CASUS_EXPECTS(
      std::none_of(forecasts.begin(), forecasts.end(), [](double f) { return std::isnan(f); }),
      "a forecast is NaN");
}

/// Their number.
double expect_members(std::span<const double> sorted) {
  CASUS_EXPECTS(!sorted.empty(), "an ensemble without members");
  return static_cast<double>(sorted.size());
}

template <class F>
double mean_over(std::span<const double> p, std::span<const std::uint8_t> outcomes, F&& loss) {
  expect_pairs(p, outcomes);
  if (p.empty()) return no_score;
  double total = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i) total += loss(p[i], outcomes[i] != 0);
  return total / static_cast<double>(p.size());
}

}  // namespace

double auc(std::span<const double> scores, std::span<const std::uint8_t> outcomes) {
  expect_pairs(scores, outcomes);
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  double rank_sum = 0.0, positives = 0.0;
  for (std::size_t i = 0, j = 0; i < order.size(); i = j) {
    double among_ties = 0.0;
    while (j < order.size() && scores[order[j]] == scores[order[i]]) {
      among_ties += outcomes[order[j++]] != 0 ? 1.0 : 0.0;
    }
    rank_sum += among_ties * 0.5 * static_cast<double>(i + 1 + j);
    positives += among_ties;
  }
  const double negatives = static_cast<double>(scores.size()) - positives;
  if (positives == 0.0 || negatives == 0.0) return no_score;
  return (rank_sum - 0.5 * positives * (positives + 1.0)) / (positives * negatives);
}

double brier_score(std::span<const double> probabilities, std::span<const std::uint8_t> outcomes) {
  return mean_over(probabilities, outcomes, [](double p, bool yes) {
    const double error = p - (yes ? 1.0 : 0.0);
    return error * error;
  });
}

double log_score(std::span<const double> probabilities, std::span<const std::uint8_t> outcomes) {
  return mean_over(probabilities, outcomes,
                   [](double p, bool yes) { return -std::log(yes ? p : 1.0 - p); });
}

double crps(std::span<const double> sorted, double observed, EnsembleKind kind) {
  const double n = expect_members(sorted);
  const double pairs = kind == EnsembleKind::sample ? n - 1.0 : n;
  CASUS_EXPECTS(pairs > 0.0, "a sample has two members or more");
  // The sum of |x - x'| over ordered pairs is twice the sum of (2 i - n + 1) x_i.
  double distance = 0.0, spread = 0.0, i = 0.0;
  for (const double x : sorted) {
    distance += std::abs(x - observed);
    spread += (2.0 * i - n + 1.0) * x;
    i += 1.0;
  }
  return distance / n - spread / (n * pairs);
}

double class_log_score(std::span<const double> sorted, double observed,
                       std::span<const double> edges) {
  const double n = expect_members(sorted);
  const auto after = std::upper_bound(edges.begin(), edges.end(), observed);
  // Members from the last edge that is not above what was observed, up to the next.
  const auto from = after == edges.begin()
                        ? sorted.begin()
                        : std::lower_bound(sorted.begin(), sorted.end(), *std::prev(after));
  const auto to =
      after == edges.end() ? sorted.end() : std::lower_bound(sorted.begin(), sorted.end(), *after);
  const double classes = static_cast<double>(edges.size()) + 1.0;
  return -std::log((static_cast<double>(to - from) + 0.5) / (n + 0.5 * classes));
}

double threshold_score(std::span<const double> sorted, double observed, double threshold) {
  const double n = expect_members(sorted);
  const auto from = std::lower_bound(sorted.begin(), sorted.end(), threshold);
  const double error =
      static_cast<double>(sorted.end() - from) / n - (observed >= threshold ? 1.0 : 0.0);
  return error * error;
}

double pit_coverage(std::span<const double> sorted, double observed, double low, double high) {
  const double n = expect_members(sorted);
  CASUS_EXPECTS(low < high, "a range of the transform");
  const auto [from, to] = std::equal_range(sorted.begin(), sorted.end(), observed);
  const double below = static_cast<double>(from - sorted.begin()) / n;
  if (from == to) return below > low && below < high ? 1.0 : 0.0;
  const double step = static_cast<double>(to - from) / n;
  return std::max(0.0, std::min(below + step, high) - std::max(below, low)) / step;
}

}  // namespace casus
