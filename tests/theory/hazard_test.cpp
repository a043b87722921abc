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
  const double hazard = probability_to_hazard(yearly);
  EXPECT_NEAR(hazard_probability(hazard, 1.0), yearly, 1e-15);
  const double daily = hazard_probability(hazard, 1.0 / days_per_year);
  EXPECT_NEAR(1.0 - std::pow(1.0 - daily, days_per_year), yearly, 1e-12);
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

TEST(CivilConflict, LastsLongerWithForeignTroops) {
  EXPECT_NEAR(conflict_end_annual_probability(true) / conflict_end_annual_probability(false), 0.66,
              0.005);
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
        const HawkesStep once = HawkesStepper(kernel, 4.0).step(excitation, background);
        const double after_once = once.kept * excitation + once.added * once.expected;
        double events = 0.0;
        double state = excitation;
        for (int i = 0; i < 8; ++i) {
          const HawkesStep part = HawkesStepper(kernel, 0.5).step(state, background);
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
  EXPECT_NEAR(HawkesStepper(kernel, 1e5).step(kernel.branching, 0.0).expected, 0.6 / 0.4, 1e-9);
  const HawkesKernel weak{1e-6, 10.0};
  EXPECT_NEAR(HawkesStepper(weak, 10.0).step(weak.branching, 0.0).expected, 0.5e-6, 1e-11);
  EXPECT_NEAR(HawkesStepper(weak, 10.0).kept(), 0.5, 1e-12);
}

TEST(Hawkes, SettlesAtTheStationaryRate) {
  const HawkesKernel kernel{0.647, 12.1};
  double state = 0.0;
  HawkesStep step;
  for (int day = 0; day < 2000; ++day) {
    step = HawkesStepper(kernel, 1.0).step(state, 0.3);
    state = step.kept * state + step.added * step.expected;
  }
  EXPECT_NEAR(step.expected, 0.3 / 0.353, 1e-9);
}

TEST(Hawkes, EventsFromElsewhereKeepTheirMeanShare) {
  const HawkesStep quiet = HawkesStepper({0.5, 2.0}, 2.0).step(0.0, 0.0);
  EXPECT_DOUBLE_EQ(quiet.expected, 0.0);
  EXPECT_NEAR(quiet.added, 0.5 * 0.5 / std::log(2.0), 1e-12);
}

}  // namespace
}  // namespace casus::rules
