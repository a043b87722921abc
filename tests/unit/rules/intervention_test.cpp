#include "casus/rules/intervention.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/core/contracts.h"
#include "casus/rules/willingness.h"

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

TEST(InterventionHazard, IsLogLinearInDistanceAndWill) {
  const InterventionWeights w{-4.0, 1.5};
  const WillWeights weights{.preference = 2.0};
  EXPECT_DOUBLE_EQ(intervention_hazard(0.0, 0.0, w), std::exp(-4.0));
  EXPECT_DOUBLE_EQ(intervention_hazard(1.0, 0.0, w), std::exp(-5.5));
  // A friend of the side and a rival of its enemy.
  EXPECT_DOUBLE_EQ(intervention_hazard(0.0, will({.preference = 2.0}, weights), w), std::exp(0.0));
  // Cost takes from it as it takes from the will to keep a promise.
  EXPECT_DOUBLE_EQ(intervention_hazard(0.0, will({.cost = 0.5}, {.cost = 1.0}), w), std::exp(-4.5));
}

TEST(InterventionHazard, StaysFinite) {
  EXPECT_TRUE(std::isfinite(intervention_hazard(0.0, 2000.0, {1000.0, 0.0})));
}

}  // namespace
}  // namespace casus::rules
