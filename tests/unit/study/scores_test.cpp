#include "casus/study/scores.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace casus
