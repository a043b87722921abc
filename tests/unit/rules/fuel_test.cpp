#include "casus/rules/fuel.h"

#include <gtest/gtest.h>

#include "casus/core/contracts.h"

namespace casus::rules {
namespace {

TEST(FuelPrice, FollowsTheElasticityOfDemand) {
  EXPECT_DOUBLE_EQ(fuel_price(0.0), 1.0);
  EXPECT_NEAR(fuel_price(0.4), 4.49, 0.01);
  EXPECT_NEAR(fuel_price(0.1), 1.363, 0.001);
  EXPECT_LT(fuel_price(0.3), fuel_price(0.31));
}

TEST(FuelPrice, HasAnEnd) {
  EXPECT_EQ(fuel_price(0.99), most_fuel_price);
  EXPECT_EQ(fuel_price(1.0), most_fuel_price);
  EXPECT_THROW(fuel_price(-0.1), ContractError);
  EXPECT_THROW(fuel_price(1.1), ContractError);
}

}  // namespace
}  // namespace casus::rules
