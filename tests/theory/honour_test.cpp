#include "casus/rules/honour.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/core/calendar.h"
#include "casus/core/contracts.h"
#include "casus/rules/logit.h"

namespace casus::rules {
namespace {

TEST(Honour, ReproducesTheLeedsAnacVectors) {
  EXPECT_NEAR(logistic(honour_logit({0, 0, false, false, false})), 0.9757, 5e-5);
  EXPECT_NEAR(logistic(honour_logit({0, 1, false, false, false})), 0.9406, 5e-5);
  EXPECT_NEAR(logistic(honour_logit({0, 1, true, true, false})), 0.4391, 5e-5);
  EXPECT_NEAR(logistic(honour_logit({0, 1, true, true, true})), 0.1674, 5e-5);
  EXPECT_NEAR(logistic(honour_logit({2, 2, true, true, true})), 0.0189, 5e-5);
}

TEST(Honour, ExtraTermsAddToTheLogOdds) {
  const HonourInputs inputs{1, 1, true, false, false};
  EXPECT_NEAR(honour_logit(inputs, -0.8), honour_logit(inputs) - 0.8, 1e-12);
  EXPECT_NEAR(log_odds(logistic(honour_logit(inputs, 0.5))), honour_logit(inputs) + 0.5, 1e-12);
  EXPECT_THROW(honour_logit({3, 0, false, false, false}), ContractError);
  EXPECT_THROW(honour_logit({0, -1, false, false, false}), ContractError);
}

TEST(Honour, CodesAtopDepthAndForm) {
  EXPECT_EQ(military_institutions({}), 0);
  EXPECT_EQ(military_institutions({.milcon = 1}), 0);
  EXPECT_EQ(military_institutions({.milcon = 2}), 1);
  EXPECT_EQ(military_institutions({.milaid = 2}), 0);
  EXPECT_EQ(military_institutions({.milaid = 3}), 1);
  EXPECT_EQ(military_institutions({.milaid = 4}), 1);
  EXPECT_EQ(military_institutions({.subord = 1}), 1);
  EXPECT_EQ(military_institutions({.contrib = 1}), 1);
  EXPECT_EQ(military_institutions({.orgpurp = 1}), 1);
  EXPECT_EQ(military_institutions({.orgpurp = 2}), 0);
  EXPECT_EQ(military_institutions({.orgpurp = 4}), 1);
  EXPECT_EQ(military_institutions({.milcon = 3}), 2);
  EXPECT_EQ(military_institutions({.base = 1}), 2);
  EXPECT_EQ(military_institutions({.intcom = true}), 2);
  EXPECT_EQ(formality(true, false, 0), 1);
  EXPECT_EQ(formality(true, true, 0), 0);
  EXPECT_EQ(formality(true, false, 1), 1);
  EXPECT_EQ(formality(true, false, 3), 2);
  EXPECT_EQ(formality(false, false, 2), 1);
}

TEST(Deterrence, AttacksHappenBelowTheThresholdOnly) {
  const double threshold = deterrence_threshold(0.8, 0.3, 0.1, 0.4);
  EXPECT_NEAR(threshold, 0.6, 1e-12);
  EXPECT_THROW(deterrence_threshold(0.3, 0.8, 0.1, 0.4), ContractError);
}

TEST(Deterrence, SelectionHidesReliability) {
  // Average reliability over a fine grid of those who are attacked.
  const double threshold = deterrence_threshold(0.8, 0.3, 0.1, 0.4);
  double sum = 0.0;
  int attacked = 0;
  constexpr int n = 100000;
  for (int i = 0; i < n; ++i) {
    const double rho = (i + 0.5) / n;
    if ((1.0 - rho) * 0.8 + rho * 0.3 - 0.1 > 0.4) {
      sum += rho;
      ++attacked;
    }
  }
  EXPECT_NEAR(sum / attacked, observed_reliability(threshold), 1e-4);
  EXPECT_DOUBLE_EQ(observed_reliability(0.6), 0.3);
  EXPECT_DOUBLE_EQ(observed_reliability(1.7), 0.5);
  EXPECT_THROW(observed_reliability(0.0), ContractError);
}

TEST(JoiningDelay, GoesThroughThePublishedPoints) {
  for (const JoiningDelay& d : {JoiningDelay{}, JoiningDelay{5.7 * days_per_month, 0.31, 0.64}}) {
    EXPECT_NEAR(joining_delay_quantile(0.5, d), d.median_days, 1e-9);
    EXPECT_NEAR(joining_delay_quantile(d.within_month, d), days_per_month, 1e-9);
    EXPECT_NEAR(joining_delay_quantile(d.within_year, d), days_per_year, 1e-8);
    double before = 0.0;
    for (double u = 0.005; u < 1.0; u += 0.005) {
      const double days = joining_delay_quantile(u, d);
      EXPECT_GT(days, before);
      before = days;
    }
  }
}

TEST(JoiningDelay, TwoPointsMakeAWeibull) {
  const JoiningDelay d{100.0, 0.3, 0.0};
  const double shape = std::log(std::log(2.0) / -std::log(0.7)) / std::log(100.0 / days_per_month);
  const double scale = 100.0 / std::pow(std::log(2.0), 1.0 / shape);
  for (const double t : {0.5, 10.0, 60.0, 500.0}) {
    const double share = 1.0 - std::exp(-std::pow(t / scale, shape));
    EXPECT_NEAR(joining_delay_quantile(share, d), t, 1e-9 * (1.0 + t));
  }
}

TEST(JoiningDelay, RefusesPointsThatDoNotRise) {
  EXPECT_THROW(joining_delay_quantile(0.5, {100.0, 0.6, 0.0}), ContractError);
  EXPECT_THROW(joining_delay_quantile(0.5, {100.0, 0.4, 0.3}), ContractError);
  EXPECT_NO_THROW(joining_delay_quantile(0.5, {10.0, 0.6, 0.9}));
  EXPECT_THROW(joining_delay_quantile(1.0, {}), ContractError);
}

TEST(Logit, IsItsInverseAndDoesNotOverflow) {
  EXPECT_DOUBLE_EQ(logistic(0.0), 0.5);
  EXPECT_NEAR(log_odds(logistic(-3.2)), -3.2, 1e-12);
  EXPECT_DOUBLE_EQ(logistic(-800.0), 0.0);
  EXPECT_DOUBLE_EQ(logistic(800.0), 1.0);
  EXPECT_NEAR(normal_cdf(1.959963984540054), 0.975, 1e-14);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-12);
  EXPECT_THROW(log_odds(0.0), ContractError);
}

}  // namespace
}  // namespace casus::rules
