#include "casus/rules/bargaining.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "casus/core/contracts.h"
#include "casus/rules/contest.h"

namespace casus::rules {

namespace {

void expect_probability(double p) {
  CASUS_EXPECTS(p >= 0.0 && p <= 1.0, fmt::format("probability {} is not in [0, 1]", p));
}

void expect_cost(double cost) {
  CASUS_EXPECTS(cost >= 0.0, fmt::format("cost {} is not >= 0", cost));
}

constexpr std::size_t enumerated_allies = 10;

double over_all_coalitions(double attacker, double victim, std::span<const double> allies,
                           std::span<const double> reliabilities, double m) {
  double sum = 0.0;
  for (std::uint32_t coalition = 0; coalition < (1U << allies.size()); ++coalition) {
    double probability = 1.0;
    double defence = victim;
    for (std::size_t k = 0; k < allies.size(); ++k) {
      const bool comes = ((coalition >> k) & 1U) != 0;
      probability *= comes ? reliabilities[k] : 1.0 - reliabilities[k];
      if (comes) defence += allies[k];
    }
    if (probability > 0.0) sum += probability * tullock(attacker, defence, m);
  }
  return sum;
}

double around_expected_coalition(double attacker, double victim, std::span<const double> allies,
                                 std::span<const double> reliabilities, double m) {
  double defence = victim;
  double variance = 0.0;
  for (std::size_t k = 0; k < allies.size(); ++k) {
    defence += reliabilities[k] * allies[k];
    variance += reliabilities[k] * (1.0 - reliabilities[k]) * allies[k] * allies[k];
  }
  const double p = tullock(attacker, defence, m);
  if (variance == 0.0) return p;
  // E f(D) = f(E D) + f''(E D) Var(D) / 2 for f = 1 / (1 + (D / attacker)^m), where
  // p (D / attacker)^m = 1 - p.
  const double curvature =
      m * p * (1.0 - p) * (2.0 * m * (1.0 - p) - (m - 1.0)) / (defence * defence);
  return std::clamp(p + 0.5 * curvature * variance, 0.0, 1.0);
}

}  // namespace

BargainingRange bargaining_range(double p, double cost_a, double cost_b) {
  expect_probability(p);
  expect_cost(cost_a);
  expect_cost(cost_b);
  return {p - cost_a, p + cost_b};
}

Demand best_demand(double p, double cost_a, double cost_b_max) {
  expect_probability(p);
  expect_cost(cost_a);
  CASUS_EXPECTS(cost_b_max > 0.0, fmt::format("largest cost {} is not > 0", cost_b_max));
  const double more = std::min(std::max(0.0, (cost_b_max - cost_a) / 2.0), 1.0 - p);
  return {p + more, more / cost_b_max};
}

double attack_value(double p0, double p1, double reliability, double cost) {
  expect_probability(p0);
  expect_probability(p1);
  expect_probability(reliability);
  expect_cost(cost);
  return (1.0 - reliability) * p0 + reliability * p1 - cost;
}

bool attack_pays(double p0, double p1, double reliability, double cost, double status_quo) {
  return attack_value(p0, p1, reliability, cost) > status_quo;
}

double coalition_win_probability(double attacker, double victim, std::span<const double> allies,
                                 std::span<const double> reliabilities, double m) {
  CASUS_EXPECTS(attacker > 0.0, fmt::format("attacker's strength {} is not > 0", attacker));
  CASUS_EXPECTS(victim >= 0.0, fmt::format("victim's strength {} is not >= 0", victim));
  CASUS_EXPECTS(allies.size() == reliabilities.size(),
                fmt::format("{} allies and {} reliabilities", allies.size(), reliabilities.size()));
  for (std::size_t k = 0; k < allies.size(); ++k) {
    CASUS_EXPECTS(allies[k] >= 0.0, fmt::format("ally's strength {} is not >= 0", allies[k]));
    expect_probability(reliabilities[k]);
  }
  return allies.size() <= enumerated_allies
             ? over_all_coalitions(attacker, victim, allies, reliabilities, m)
             : around_expected_coalition(attacker, victim, allies, reliabilities, m);
}

}  // namespace casus::rules
