#include "casus/study/scores.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "casus/core/contracts.h"

namespace casus {
namespace {

using Outcomes = std::vector<std::uint8_t>;
using Scores = std::vector<double>;

TEST(Auc, IsTheShareOfPairsInTheRightOrder) {
  EXPECT_DOUBLE_EQ(auc(Scores{0.1, 0.4, 0.35, 0.8}, Outcomes{0, 0, 1, 1}), 0.75);
  EXPECT_DOUBLE_EQ(auc(Scores{0.1, 0.2, 0.3, 0.4}, Outcomes{0, 0, 1, 1}), 1.0);
  EXPECT_DOUBLE_EQ(auc(Scores{0.4, 0.3, 0.2, 0.1}, Outcomes{0, 0, 1, 1}), 0.0);
}

TEST(Auc, CountsTiesAsHalf) {
  EXPECT_DOUBLE_EQ(auc(Scores{0.5, 0.5, 0.5, 0.5, 0.5}, Outcomes{0, 1, 0, 1, 0}), 0.5);
  // Pairs: .7 beats .2 and .5, .5 beats .2 and ties with .5.
  EXPECT_DOUBLE_EQ(auc(Scores{0.2, 0.5, 0.5, 0.7}, Outcomes{0, 0, 1, 1}), 3.5 / 4.0);
}

TEST(Auc, NeedsBothOutcomes) {
  EXPECT_TRUE(std::isnan(auc(Scores{0.1, 0.2}, Outcomes{1, 1})));
  EXPECT_TRUE(std::isnan(auc(Scores{0.1, 0.2}, Outcomes{0, 0})));
  EXPECT_TRUE(std::isnan(auc(Scores{}, Outcomes{})));
  EXPECT_THROW(auc(Scores{0.1}, Outcomes{0, 1}), ContractError);
  EXPECT_THROW(auc(Scores{std::nan(""), 0.1}, Outcomes{0, 1}), ContractError);
}

TEST(Brier, IsTheMeanSquaredError) {
  EXPECT_DOUBLE_EQ(brier_score(Scores{0.9, 0.2}, Outcomes{1, 0}), (0.01 + 0.04) / 2.0);
  EXPECT_DOUBLE_EQ(brier_score(Scores{1.0, 0.0}, Outcomes{1, 0}), 0.0);
  EXPECT_TRUE(std::isnan(brier_score(Scores{}, Outcomes{})));
}

TEST(LogScore, IsTheMeanSurprise) {
  EXPECT_DOUBLE_EQ(log_score(Scores{0.5, 0.5}, Outcomes{1, 0}), std::log(2.0));
  EXPECT_DOUBLE_EQ(log_score(Scores{0.25}, Outcomes{1}), std::log(4.0));
  EXPECT_TRUE(std::isinf(log_score(Scores{0.0}, Outcomes{1})));
}

const auto sample = EnsembleKind::sample, whole = EnsembleKind::whole;

TEST(Crps, OfOneNumberIsTheAbsoluteError) {
  EXPECT_DOUBLE_EQ(crps(Scores{7.0}, 4.0, whole), 3.0);
  EXPECT_DOUBLE_EQ(crps(Scores{4.0}, 4.0, whole), 0.0);
  EXPECT_DOUBLE_EQ(crps(Scores{4.0, 4.0, 4.0}, 4.0, sample), 0.0);
}

TEST(Crps, IsTheIntegralOfTheSquaredDistanceOfDistributions) {
  // Members 1, 2, 6, observed 3: (1/3)^2 over [1, 2], (2/3)^2 over [2, 3], (1/3)^2 over [3, 6].
  EXPECT_NEAR(crps(Scores{1.0, 2.0, 6.0}, 3.0, whole), (1.0 + 4.0 + 3.0) / 9.0, 1e-12);
  // The whole of a fine grid is the uniform law on [0, 1]: y^2 - y + 1/3.
  Scores grid;
  for (int i = 0; i < 2000; ++i) grid.push_back((i + 0.5) / 2000.0);
  for (const double y : {0.0, 0.3, 1.0}) {
    EXPECT_NEAR(crps(grid, y, whole), y * y - y + 1.0 / 3.0, 1e-6);
  }
}

TEST(Crps, OfASampleIsFair) {
  // Over all samples of three with replacement from {0, 1, 5} the score is that of the law itself.
  const Scores law = {0.0, 1.0, 5.0};
  double fair = 0.0, unfair = 0.0;
  for (const double a : law) {
    for (const double b : law) {
      for (const double c : law) {
        Scores drawn = {a, b, c};
        std::sort(drawn.begin(), drawn.end());
        fair += crps(drawn, 1.0, sample) / 27.0;
        unfair += crps(drawn, 1.0, whole) / 27.0;
      }
    }
  }
  EXPECT_NEAR(fair, crps(law, 1.0, whole), 1e-12);
  EXPECT_GT(unfair, fair + 0.1);
}

TEST(Crps, NeedsMembers) {
  EXPECT_THROW(crps(Scores{}, 1.0, whole), ContractError);
  EXPECT_THROW(crps(Scores{1.0}, 1.0, sample), ContractError);
}

TEST(ClassLogScore, CountsTheMembersOfTheClass) {
  const Scores edges = {1.0, 5.0}, members = {0.0, 0.0, 1.0, 4.9, 5.0, 80.0};
  EXPECT_DOUBLE_EQ(class_log_score(members, 0.0, edges), -std::log(2.5 / 7.5));
  EXPECT_DOUBLE_EQ(class_log_score(members, 1.0, edges), -std::log(2.5 / 7.5));
  EXPECT_DOUBLE_EQ(class_log_score(members, 5.0, edges), -std::log(2.5 / 7.5));
  // Nothing is impossible.
  EXPECT_DOUBLE_EQ(class_log_score(Scores{0.0}, 9.0, edges), -std::log(0.5 / 2.5));
}

TEST(ThresholdScore, IsBriersOfReachingIt) {
  const Scores members = {0.0, 4.0, 5.0, 9.0};
  EXPECT_DOUBLE_EQ(threshold_score(members, 5.0, 5.0), 0.25);
  EXPECT_DOUBLE_EQ(threshold_score(members, 4.0, 5.0), 0.25);
  EXPECT_DOUBLE_EQ(threshold_score(members, 0.0, 0.5), 0.75 * 0.75);
}

TEST(PitCoverage, SpreadsTies) {
  const Scores members = {0.0, 0.0, 0.0, 0.0, 3.0, 3.0, 8.0, 9.0, 10.0, 11.0};
  // 0 has the transform uniform on [0, .4]: .15 of it are above .25.
  EXPECT_NEAR(pit_coverage(members, 0.0, 0.25, 0.75), 0.15 / 0.4, 1e-12);
  EXPECT_DOUBLE_EQ(pit_coverage(members, 3.0, 0.25, 0.75), 1.0);
  EXPECT_DOUBLE_EQ(pit_coverage(members, 5.0, 0.25, 0.75), 1.0);
  EXPECT_DOUBLE_EQ(pit_coverage(members, 12.0, 0.25, 0.75), 0.0);
}

TEST(PitCoverage, OfACalibratedForecastIsItsName) {
  // Every member once as what happens.
  Scores members;
  for (int i = 0; i < 1000; ++i) members.push_back(std::floor(i * i / 9000.0));
  double half = 0.0, most = 0.0;
  for (const double y : members) {
    half += pit_coverage(members, y, 0.25, 0.75) / 1000.0;
    most += pit_coverage(members, y, 0.05, 0.95) / 1000.0;
  }
  EXPECT_NEAR(half, 0.5, 1e-9);
  EXPECT_NEAR(most, 0.9, 1e-9);
}

}  // namespace
}  // namespace casus
