#include "casus/rules/bargaining.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/rules/contest.h"
#include "casus/rules/honour.h"

namespace casus::rules {
namespace {

TEST(Fearon, RangeIsAsWideAsBothCosts) {
  const BargainingRange range = bargaining_range(0.5, 0.1, 0.2);
  EXPECT_DOUBLE_EQ(range.low, 0.4);
  EXPECT_DOUBLE_EQ(range.high, 0.7);
}

/// The challenger's expected gain from demanding `share` of one whose cost is U(0, cost_b_max).
double gain(double p, double cost_a, double cost_b_max, double share) {
  const double war = std::min(1.0, std::max(0.0, (share - p) / cost_b_max));
  return (1.0 - war) * share + war * (p - cost_a);
}

TEST(Fearon, DemandAndRiskOfWarWithinTheRange) {
  const Demand d = best_demand(0.4, 0.1, 0.3);
  EXPECT_NEAR(d.share, 0.4 + (0.3 - 0.1) / 2, 1e-12);
  EXPECT_NEAR(d.war_probability, (1 - 0.1 / 0.3) / 2, 1e-12);
}

TEST(Fearon, NoOtherDemandIsBetter) {
  for (const auto& [p, ca, cb] : {std::tuple{0.4, 0.1, 0.3}, std::tuple{0.4, 0.5, 0.3},
                                  std::tuple{0.9, 0.1, 0.6}, std::tuple{0.0, 0.0, 0.2}}) {
    const double best = gain(p, ca, cb, best_demand(p, ca, cb).share);
    for (double share = 0.0; share <= 1.0; share += 0.001) {
      EXPECT_LE(gain(p, ca, cb, share), best + 1e-12);
    }
  }
}

TEST(Fearon, CostlyWarIsNotRisked) {
  EXPECT_DOUBLE_EQ(best_demand(0.4, 0.5, 0.3).war_probability, 0.0);
  EXPECT_DOUBLE_EQ(best_demand(0.4, 0.5, 0.3).share, 0.4);
  EXPECT_DOUBLE_EQ(best_demand(0.95, 0.0, 0.3).share, 1.0);
}

TEST(Attack, PaysBelowTheThresholdOfReliability) {
  const double threshold = deterrence_threshold(0.8, 0.3, 0.1, 0.4);
  EXPECT_TRUE(attack_pays(0.8, 0.3, threshold - 1e-9, 0.1, 0.4));
  EXPECT_FALSE(attack_pays(0.8, 0.3, threshold + 1e-9, 0.1, 0.4));
  EXPECT_NEAR(attack_value(0.8, 0.3, 0.5, 0.1), 0.45, 1e-12);
}

TEST(Coalition, OneAllyIsTheMixtureOfTwoFights) {
  const double p0 = tullock(10, 6, 1.5);
  const double p1 = tullock(10, 11, 1.5);
  EXPECT_NEAR(coalition_win_probability(10, 6, std::array{5.0}, std::array{0.3}, 1.5),
              0.7 * p0 + 0.3 * p1, 1e-12);
  EXPECT_NEAR(coalition_win_probability(10, 6, {}, {}, 1.5), p0, 1e-12);
}

TEST(Coalition, ManyAlliesAreCloseToAllTheirCoalitions) {
  // Eleven allies take the expansion; the exact value is a mixture over the eleventh.
  const std::vector<double> ten{1, 2, 3, 1, 2, 3, 1, 2, 3, 2};
  const std::vector<double> rho{.2, .5, .8, .3, .6, .9, .1, .4, .7, .5};
  for (const double m : {0.5, 1.0, 2.0}) {
    const double exact = 0.6 * coalition_win_probability(30, 10, ten, rho, m) +
                         0.4 * coalition_win_probability(30, 12, ten, rho, m);
    auto eleven = ten;
    auto rhos = rho;
    eleven.push_back(2);
    rhos.push_back(0.4);
    EXPECT_NEAR(coalition_win_probability(30, 10, eleven, rhos, m), exact, 1e-3);
    // The curvature matters: without it the error is larger.
    double expected_strength = 10;
    for (std::size_t k = 0; k < eleven.size(); ++k) expected_strength += eleven[k] * rhos[k];
    EXPECT_LT(std::abs(coalition_win_probability(30, 10, eleven, rhos, m) - exact),
              std::abs(tullock(30, expected_strength, m) - exact));
  }
}

TEST(Coalition, CertainAlliesAreAdded) {
  const std::vector<double> allies(12, 1.0);
  const std::vector<double> sure(12, 1.0);
  EXPECT_NEAR(coalition_win_probability(20, 8, allies, sure, 1), 0.5, 1e-12);
  EXPECT_THROW(coalition_win_probability(20, 8, allies, std::array{1.0}, 1), ContractError);
}

}  // namespace
}  // namespace casus::rules
