#include "casus/rules/flow.h"

#include <gtest/gtest.h>

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
  EXPECT_THROW(destination_weight({.distance_km = 0.0}, {}), ContractError);
}

}  // namespace
}  // namespace casus::rules
