#include "casus/rules/flow.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/rules/power.h"

namespace casus::rules {
namespace {

TEST(Power, IsThatOfTheStandardLibrary) {
  for (const double base : {0.0, 1e-300, 0.3, 1.0, 2.5, 1e200}) {
    for (const double exponent : {-2.0, -1.0, 0.0, 0.25, 1.0, 1.7}) {
      // The library's own copy may differ from the system's in the last bit.
      EXPECT_DOUBLE_EQ(power(base, exponent), std::pow(base, exponent))
          << base << " ^ " << exponent;
    }
  }
}

TEST(Flow, WeightIsTheGravityLaw) {
  const Destination place{.population = 1e6, .safety = 0.5, .border_km = 100, .distance_km = 250};
  EXPECT_NEAR(destination_weight(place, {1, 1, 1, 2}), 1e6 * 0.5 * 100 / 62500, 1e-9);
  EXPECT_NEAR(destination_weight(place, {0.5, 2, 0, 1}), 1e3 * 0.25 / 250, 1e-12);
}

TEST(Flow, SharesAddUpAndFollowTheWeights) {
  const std::array places{Destination{1e6, 1.0, 100, 100}, Destination{1e6, 1.0, 100, 200},
                          Destination{1e6, 0.0, 100, 50}, Destination{1e6, 1.0, 0, 50}};
  std::array<double, 4> shares{};
  ASSERT_TRUE(destination_shares(places, {}, shares));
  EXPECT_NEAR(shares[0], 2.0 / 3, 1e-12);
  EXPECT_NEAR(shares[1], 1.0 / 3, 1e-12);
  EXPECT_DOUBLE_EQ(shares[2], 0.0);
  EXPECT_DOUBLE_EQ(shares[3], 0.0);
}

TEST(Flow, UnitsDoNotMatter) {
  std::array places{Destination{1e6, 1.0, 100, 100}, Destination{2e6, 0.4, 300, 200}};
  std::array<double, 2> km{};
  std::array<double, 2> miles{};
  destination_shares(places, {}, km);
  for (auto& p : places) {
    p.border_km /= 1.609344;
    p.distance_km /= 1.609344;
    p.population /= 1000;
  }
  destination_shares(places, {}, miles);
  EXPECT_NEAR(km[0], miles[0], 1e-12);
}

TEST(Flow, WithNowhereToGoTheyStay) {
  const std::array places{Destination{1e6, 0.0, 100, 100}};
  std::array<double, 1> shares{0.7};
  EXPECT_FALSE(destination_shares(places, {}, shares));
  EXPECT_DOUBLE_EQ(shares[0], 0.0);
  EXPECT_FALSE(destination_shares({}, {}, {}));
  EXPECT_THROW(destination_weight({.distance_km = 0.0}, {}), ContractError);
}

TEST(Flow, LeavingDoesNotDependOnTheStep) {
  const double half = leaving_probability(0.3, 0.5);
  EXPECT_NEAR(1 - (1 - half) * (1 - half), 0.3, 1e-12);
  EXPECT_DOUBLE_EQ(leaving_probability(1.0, 0.5), 1.0);
  EXPECT_DOUBLE_EQ(leaving_probability(0.0, 5.0), 0.0);
}

}  // namespace
}  // namespace casus::rules
