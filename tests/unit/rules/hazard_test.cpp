#include "casus/rules/hazard.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "casus/core/calendar.h"
#include "casus/core/contracts.h"

namespace casus::rules {
namespace {

TEST(Hazard, ProbabilitiesDoNotDependOnTheStep) {
  const double yearly = 0.218;
  const double daily = convert_probability(yearly, days_per_year, 1.0);
  EXPECT_NEAR(1.0 - std::pow(1.0 - daily, days_per_year), yearly, 1e-12);
  EXPECT_NEAR(convert_probability(daily, 1.0, days_per_year), yearly, 1e-12);
  EXPECT_NEAR(hazard_probability(probability_to_hazard(yearly), 1.0), yearly, 1e-15);
  EXPECT_NEAR(probability_to_hazard(0.156), 0.169603, 1e-6);
  EXPECT_THROW(probability_to_hazard(1.0), ContractError);
}

TEST(Hazard, OddsRatios) {
  EXPECT_NEAR(apply_odds_ratio(0.5, 3.0), 0.75, 1e-15);
  EXPECT_NEAR(apply_odds_ratio(0.0445, 1.0), 0.0445, 1e-15);
  const double p = apply_odds_ratio(0.101, coup_contagion_odds_ratio);
  EXPECT_NEAR(p / (1 - p) / (0.101 / 0.899), 1.3, 1e-12);
  EXPECT_DOUBLE_EQ(apply_odds_ratio(0.0, 2.0), 0.0);
}

TEST(Coup, LogitOfThePublishedTerms) {
  EXPECT_NEAR(coup_logit({1000.0, RegimeType::democracy, never, false}), -4.329670, 1e-6);
  const double base = coup_logit({1000.0, RegimeType::democracy, never, false});
  EXPECT_NEAR(coup_logit({1000.0, RegimeType::anocracy, never, false}) - base, 1.165, 1e-12);
  EXPECT_NEAR(coup_logit({1000.0, RegimeType::autocracy, never, false}) - base, 0.754, 1e-12);
  EXPECT_NEAR(coup_logit({1000.0, RegimeType::democracy, 0.0, false}) - base, 2.457, 1e-12);
  EXPECT_NEAR(coup_logit({1000.0, RegimeType::democracy, 4.0, false}) - base, 2.457 / std::exp(1.0),
              1e-12);
  EXPECT_NEAR(coup_logit({1000.0, RegimeType::democracy, never, true}, 0.2) - base, 0.929, 1e-12);
  EXPECT_NEAR(coup_annual_probability({700.0, RegimeType::autocracy, 1.0, false}), 0.178, 0.001);
  EXPECT_THROW(coup_logit({0.0, RegimeType::democracy, never, false}), ContractError);
}

TEST(Coup, RecencyTable) {
  EXPECT_DOUBLE_EQ(coup_rate_by_recency(0.3), 0.218);
  EXPECT_DOUBLE_EQ(coup_rate_by_recency(1.5), 0.150);
  EXPECT_DOUBLE_EQ(coup_rate_by_recency(3.0), 0.121);
  EXPECT_DOUBLE_EQ(coup_rate_by_recency(4.2), 0.096);
  EXPECT_DOUBLE_EQ(coup_rate_by_recency(6.0), 0.059);
  EXPECT_DOUBLE_EQ(coup_rate_by_recency(20.0), 0.047);
  EXPECT_DOUBLE_EQ(coup_rate_by_recency(21.0), 0.014);
  EXPECT_DOUBLE_EQ(coup_rate_by_recency(never), 0.018);
}

TEST(CivilConflict, Tables) {
  // Foreign troops make civil conflicts longer: ratio .66.
  EXPECT_NEAR(conflict_end_annual_probability(true) / conflict_end_annual_probability(false), 0.66,
              0.005);
  EXPECT_DOUBLE_EQ(conflict_onset_annual_probability(0), 0.0215);
  EXPECT_DOUBLE_EQ(conflict_onset_annual_probability(2), 0.0681);
  EXPECT_DOUBLE_EQ(conflict_onset_annual_probability(7), 0.1009);
  EXPECT_DOUBLE_EQ(region_onset_monthly_probability(true), 0.171);
  EXPECT_DOUBLE_EQ(region_onset_monthly_probability(false), 0.060);
}

TEST(Hawkes, OneStepIsTwoHalfStepsInTheMean) {
  for (const HawkesKernel kernel : {HawkesKernel{0.273, 0.6},
                                    {0.647, 12.1},
                                    {0.284, 1.4},
                                    {0.0, 3.0},
                                    {0.9994, 2.0},
                                    {0.9999, 2.0},
                                    {1.0, 2.0}}) {
    for (const double excitation : {0.0, 2.5}) {
      for (const double background : {0.0, 0.7}) {
        const HawkesStep once = hawkes_step(kernel, excitation, background, 4.0);
        const double after_once = once.kept * excitation + once.added * once.expected;
        double events = 0.0;
        double state = excitation;
        for (int i = 0; i < 8; ++i) {
          const HawkesStep part = hawkes_step(kernel, state, background, 0.5);
          events += part.expected;
          state = part.kept * state + part.added * part.expected;
        }
        EXPECT_NEAR(events, once.expected, 1e-9 * (1 + once.expected));
        EXPECT_NEAR(state, after_once, 1e-9 * (1 + after_once));
      }
    }
  }
}

TEST(Hawkes, OneEventHasBranchingDescendants) {
  // Without background an event leaves n / (1 - n) descendants in all, half of the direct ones in a
  // half-life.
  const HawkesKernel kernel{0.6, 10.0};
  EXPECT_NEAR(hawkes_step(kernel, kernel.branching, 0.0, 1e5).expected, 0.6 / 0.4, 1e-9);
  const HawkesKernel weak{1e-6, 10.0};
  EXPECT_NEAR(hawkes_step(weak, weak.branching, 0.0, 10.0).expected, 0.5e-6, 1e-11);
  EXPECT_NEAR(hawkes_step(weak, weak.branching, 0.0, 10.0).kept, 0.5, 1e-12);
}

TEST(Hawkes, SettlesAtTheStationaryRate) {
  const HawkesKernel kernel{0.647, 12.1};
  double state = 0.0;
  HawkesStep step;
  for (int day = 0; day < 2000; ++day) {
    step = hawkes_step(kernel, state, 0.3, 1.0);
    state = step.kept * state + step.added * step.expected;
  }
  EXPECT_NEAR(step.expected, hawkes_stationary_rate(kernel, 0.3), 1e-9);
  EXPECT_NEAR(step.expected, 0.3 / 0.353, 1e-9);
  EXPECT_THROW(hawkes_stationary_rate({1.0, 1.0}, 0.3), ContractError);
}

TEST(Hawkes, EventsFromElsewhereKeepTheirMeanShare) {
  const HawkesStep quiet = hawkes_step({0.5, 2.0}, 0.0, 0.0, 2.0);
  EXPECT_DOUBLE_EQ(quiet.expected, 0.0);
  EXPECT_NEAR(quiet.added, 0.5 * 0.5 / std::log(2.0), 1e-12);
}

TEST(Hawkes, MutualExcitation) {
  // Niger -> Burkina Faso .29, Burkina -> Niger .21, Burkina -> Mali .19.
  EXPECT_TRUE(
      hawkes_stationary(std::array{0.273, 0.19, 0.0, 0.0, 0.647, 0.29, 0.0, 0.21, 0.284}, 3));
  EXPECT_TRUE(hawkes_stationary(std::array{0.5, 0.49, 0.49, 0.5}, 2));
  EXPECT_FALSE(hawkes_stationary(std::array{0.5, 0.51, 0.51, 0.5}, 2));
  // Two that only excite each other: the geometric mean decides.
  EXPECT_TRUE(hawkes_stationary(std::array{0.0, 2.0, 0.49, 0.0}, 2));
  EXPECT_FALSE(hawkes_stationary(std::array{0.0, 2.0, 0.51, 0.0}, 2));
}

}  // namespace
}  // namespace casus::rules
