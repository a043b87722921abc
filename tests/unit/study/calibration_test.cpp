#include "casus/study/calibration.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/core/contracts.h"
#include "casus/rules/logit.h"

namespace casus {
namespace {

/// 30 of 40 with the covariate and 5 of 25 without it: log odds ln 3 and ln 1/4.
struct TwoByTwo {
  std::vector<double> rows;
  std::vector<std::uint8_t> outcomes;
  TwoByTwo() {
    const auto add = [&](double x, int yes, int no) {
      for (int i = 0; i < yes + no; ++i) {
        rows.push_back(x);
        outcomes.push_back(i < yes ? 1 : 0);
      }
    };
    add(1.0, 30, 10);
    add(0.0, 5, 20);
  }
};

TEST(FitLogistic, FindsTheLogOddsOfATwoByTwoTable) {
  const TwoByTwo data;
  const Calibration fit = fit_logistic(data.rows, 1, {data.outcomes, {}}, 0.0);
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.parameters[0], std::log(0.25), 1e-7);
  EXPECT_NEAR(fit.parameters[1], std::log(3.0) - std::log(0.25), 1e-7);
  EXPECT_NEAR(logistic_probability(std::vector<double>{1.0}, fit.parameters), 0.75, 1e-8);
}

TEST(FitLogistic, WithoutCovariatesIsTheBaseRate) {
  const TwoByTwo data;
  const Calibration fit = fit_logistic({}, 0, {data.outcomes, {}}, 1.0);
  ASSERT_EQ(fit.parameters.size(), 1U);
  EXPECT_NEAR(rules::logistic(fit.parameters[0]), 35.0 / 65.0, 1e-9);
}

TEST(FitLogistic, AWeightOfTwoIsTheRowTwice) {
  const std::vector<double> once{0.0, 1.0, 2.0, 3.0}, twice{0.0, 1.0, 2.0, 2.0, 3.0};
  const std::vector<std::uint8_t> yes{0, 1, 0, 1}, yes_twice{0, 1, 0, 0, 1};
  const std::vector<double> weights{1.0, 1.0, 2.0, 1.0};
  const Calibration a = fit_logistic(once, 1, {yes, weights}, 0.1);
  const Calibration b = fit_logistic(twice, 1, {yes_twice, {}}, 0.1);
  EXPECT_NEAR(a.parameters[0], b.parameters[0], 1e-9);
  EXPECT_NEAR(a.parameters[1], b.parameters[1], 1e-9);
}

TEST(FitLogistic, RidgeKeepsASeparableFitFinite) {
  const std::vector<double> rows{0.0, 0.0, 1.0, 1.0};
  const std::vector<std::uint8_t> outcomes{0, 0, 1, 1};
  const Calibration weak = fit_logistic(rows, 1, {outcomes, {}}, 0.01);
  const Calibration strong = fit_logistic(rows, 1, {outcomes, {}}, 1.0);
  EXPECT_TRUE(weak.converged);
  EXPECT_GT(weak.parameters[1], strong.parameters[1]);
  // At the maximum the score of the slope is 0: sum of residuals times x equals ridge times slope.
  const double p = logistic_probability(std::vector<double>{1.0}, strong.parameters);
  EXPECT_NEAR(2.0 * (1.0 - p), 1.0 * strong.parameters[1], 1e-7);
}

TEST(Calibrate, AgreesWithTheLogisticFit) {
  const TwoByTwo data;
  const auto model = [&](std::span<const double> x, std::span<double> p) {
    for (std::size_t i = 0; i < p.size(); ++i) p[i] = rules::logistic(x[0] + x[1] * data.rows[i]);
  };
  const Calibration fit = calibrate(model, {data.outcomes, {}}, std::vector<double>{0.0, 0.0},
                                    std::vector<Prior>{{0.0, 0.0}, {0.0, 0.0}});
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.parameters[0], std::log(0.25), 1e-6);
  EXPECT_NEAR(fit.parameters[1], std::log(12.0), 1e-6);
}

TEST(Calibrate, APriorPullsToItsMean) {
  // One parameter, 3 of 4: the maximum solves 3 - 4 p = precision (x - mean).
  const std::vector<std::uint8_t> outcomes{1, 1, 1, 0};
  const auto model = [](std::span<const double> x, std::span<double> p) {
    for (double& v : p) v = rules::logistic(x[0]);
  };
  const Calibration fit =
      calibrate(model, {outcomes, {}}, std::vector<double>{0.0}, std::vector<Prior>{{-1.0, 2.0}});
  const double x = fit.parameters[0];
  EXPECT_NEAR(3.0 - 4.0 * rules::logistic(x), 2.0 * (x + 1.0), 1e-6);
}

TEST(Calibrate, LeavesWhatTheDataDoNotSayToThePrior) {
  const std::vector<std::uint8_t> outcomes{1, 0, 1, 0};
  const auto model = [](std::span<const double> x, std::span<double> p) {
    for (double& v : p) v = rules::logistic(x[0]);
  };
  const Calibration fit = calibrate(model, {outcomes, {}}, std::vector<double>{1.0, 0.0},
                                    std::vector<Prior>{{0.0, 0.0}, {0.7, 1.0}});
  EXPECT_NEAR(fit.parameters[0], 0.0, 1e-6);
  EXPECT_NEAR(fit.parameters[1], 0.7, 1e-6);
  EXPECT_THROW(calibrate(model, {outcomes, {}}, std::vector<double>{1.0}, std::vector<Prior>{}),
               ContractError);
}

TEST(Maximise, ClimbsACurvedRidgeToItsTop) {
  // Rosenbrock's valley upside down, from where it is not concave.
  const auto height = [](std::span<const double> x) {
    return -100.0 * std::pow(x[1] - x[0] * x[0], 2) - std::pow(1.0 - x[0], 2);
  };
  const Calibration top = maximise(height, std::vector<double>{-1.2, 1.0});
  EXPECT_TRUE(top.converged);
  EXPECT_NEAR(top.parameters[0], 1.0, 1e-4);
  EXPECT_NEAR(top.parameters[1], 1.0, 1e-4);
  EXPECT_NEAR(top.log_posterior, 0.0, 1e-9);
}

TEST(Maximise, FindsWhatGroupsHaveInCommon) {
  // Of 12 groups of ten 9 are alike and 3 are not: a share of one half and one of a tenth, mixed.
  const std::vector<int> yes{1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 5, 5};
  const auto posterior = [&](std::span<const double> x) {
    const double share = rules::logistic(x[0]);
    double total = 0.0;
    for (const int k : yes) {
      const auto likelihood = [&](double log_odds) {
        const double p = rules::logistic(log_odds);
        return std::pow(p, k) * std::pow(1.0 - p, 10 - k);
      };
      total += std::log((1.0 - share) * likelihood(x[1]) + share * likelihood(x[2]));
    }
    return total;
  };
  const Calibration fit = maximise(posterior, std::vector<double>{-1.0, -2.0, 0.0});
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(rules::logistic(fit.parameters[0]), 0.25, 0.03);
  EXPECT_NEAR(rules::logistic(fit.parameters[1]), 0.1, 0.01);
  EXPECT_NEAR(rules::logistic(fit.parameters[2]), 0.5, 0.03);
  EXPECT_THROW(maximise(posterior, {}), ContractError);
}

}  // namespace
}  // namespace casus
