#include "casus/study/scores.h"

#include <algorithm>
#include <cmath>
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

}  // namespace casus
