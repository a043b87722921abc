#include "casus/rules/willingness.h"

#include <gtest/gtest.h>

namespace casus::rules {
namespace {

TEST(Will, AddsWhatDrawsAndTakesAwayWhatHolds) {
  const WillWeights w{2.0, 0.5, 1.5, 3.0};
  EXPECT_DOUBLE_EQ(will({}, w), 0.0);
  EXPECT_DOUBLE_EQ(will({.preference = 1.0}, w), 2.0);
  EXPECT_DOUBLE_EQ(will({.preference = -1.0}, w), -2.0);
  EXPECT_DOUBLE_EQ(will({.shared_threat = 1.0}, w), 0.5);
  EXPECT_DOUBLE_EQ(will({.cost = 0.5}, w), -0.75);
  EXPECT_DOUBLE_EQ(will({.weariness = 0.5}, w), -1.5);
  EXPECT_DOUBLE_EQ(will({1.0, 1.0, 1.0, 1.0}, w), 2.0 + 0.5 - 1.5 - 3.0);
}

TEST(EraOfHonour, BeginsAfterTheWarsOnWhichTheLogitRests) {
  EXPECT_EQ(era_of_honour(1914, -1.9), 0.0);
  EXPECT_EQ(era_of_honour(1945, -1.9), 0.0);
  EXPECT_EQ(era_of_honour(1946, -1.9), -1.9);
  EXPECT_EQ(era_of_honour(2023, -1.9), -1.9);
}

}  // namespace
}  // namespace casus::rules
