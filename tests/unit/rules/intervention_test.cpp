#include "casus/rules/intervention.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/core/contracts.h"

namespace casus::rules {
namespace {

TEST(DistanceDiscount, GrowsWithTheLogarithmOfDistance) {
  EXPECT_DOUBLE_EQ(distance_discount(0.0, false, false), 0.0);
  EXPECT_DOUBLE_EQ(distance_discount(500.0, false, false), std::log(2.0));
  EXPECT_DOUBLE_EQ(distance_discount(4500.0, false, false), std::log(10.0));
  EXPECT_LT(distance_discount(20'040.0, false, false), 4.0);
}

TEST(DistanceDiscount, IsNothingAtTheBorderAndForMajorPowers) {
  EXPECT_EQ(distance_discount(9000.0, true, false), 0.0);
  EXPECT_EQ(distance_discount(9000.0, false, true), 0.0);
  EXPECT_THROW(distance_discount(-1.0, false, false), ContractError);
}

TEST(InterventionHazard, IsLogLinearInDistanceAndAffinity) {
  const InterventionWeights w{-4.0, 1.5, 2.0};
  EXPECT_DOUBLE_EQ(intervention_hazard(0.0, 0.0, 0.0, w), std::exp(-4.0));
  EXPECT_DOUBLE_EQ(intervention_hazard(1.0, 0.0, 0.0, w), std::exp(-5.5));
  // A friend of the side and a rival of its enemy.
  EXPECT_DOUBLE_EQ(intervention_hazard(0.0, 1.0, -1.0, w), std::exp(0.0));
  // A friend of both is drawn to neither.
  EXPECT_DOUBLE_EQ(intervention_hazard(0.0, 1.0, 1.0, w), std::exp(-4.0));
}

TEST(InterventionHazard, PullsToOneSideAsMuchAsItPushesFromTheOther) {
  const InterventionWeights w{};
  EXPECT_GT(intervention_hazard(0.5, 0.5, 0.0, w), intervention_hazard(0.5, 0.0, 0.5, w));
  const double product =
      intervention_hazard(0.5, 0.7, -0.2, w) * intervention_hazard(0.5, -0.2, 0.7, w);
  EXPECT_NEAR(product, std::pow(intervention_hazard(0.5, 0.0, 0.0, w), 2), 1e-15);
}

TEST(InterventionHazard, StaysFinite) {
  EXPECT_TRUE(std::isfinite(intervention_hazard(0.0, 1.0, -1.0, {1000.0, 0.0, 1000.0})));
}

}  // namespace
}  // namespace casus::rules
