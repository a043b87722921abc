#include "casus/rules/contest.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "casus/core/contracts.h"

namespace casus::rules {
namespace {

TEST(Tullock, TwoSides) {
  EXPECT_DOUBLE_EQ(tullock(3, 1, 1), 0.75);
  EXPECT_DOUBLE_EQ(tullock(3, 1, 2), 0.9);
  EXPECT_DOUBLE_EQ(tullock(1, 3, 2), 0.1);
  EXPECT_DOUBLE_EQ(tullock(0, 0, 2), 0.5);
  EXPECT_DOUBLE_EQ(tullock(0, 5, 2), 0.0);
  EXPECT_NEAR(tullock(3e300, 1e300, 2), 0.9, 1e-12);
  EXPECT_THROW(tullock(-1, 1, 1), ContractError);
  EXPECT_THROW(tullock(1, 1, 0), ContractError);
}

// Skaperdas 1996: of the forms that depend on efforts alone, the ratio form is the one for which
// units do not matter.
TEST(Tullock, UnitsDoNotMatter) {
  for (const double m : {0.3, 0.86, 2.5}) {
    for (const double unit : {1e-6, 0.1, 30.0, 1e9}) {
      EXPECT_NEAR(tullock(unit * 7.0, unit * 2.0, m), tullock(7.0, 2.0, m), 1e-14);
    }
    EXPECT_NEAR(tullock(7.0, 2.0, m) + tullock(2.0, 7.0, m), 1.0, 1e-15);
    // The odds are the ratio to the power of m.
    EXPECT_NEAR(tullock(7.0, 2.0, m) / tullock(2.0, 7.0, m), std::pow(3.5, m),
                1e-12 * std::pow(3.5, m));
  }
}

TEST(Tullock, IsALotteryWithoutDecisivenessAndAnAuctionWithAll) {
  EXPECT_NEAR(tullock(1000.0, 1.0, 1e-9), 0.5, 2e-9);
  EXPECT_NEAR(tullock(1.01, 1.0, 1e5), 1.0, 1e-15);
  EXPECT_NEAR(tullock(1.0, 1.01, 1e5), 0.0, 1e-15);
  EXPECT_DOUBLE_EQ(tullock(1.0, 1.0, 1e5), 0.5);
}

// Two who value a prize of 1 alike spend m / 4 each in equilibrium, m <= 2 (Tullock 1980).
TEST(Tullock, EffortInEquilibriumIsAQuarterOfDecisiveness) {
  for (const double m : {0.5, 0.86, 1.0, 1.5}) {
    const double other = m / 4.0;
    double best = 0.0, most = -1.0;
    for (int i = 0; i <= 100'000; ++i) {
      const double x = i * 1e-5;
      const double gain = tullock(x, other, m) - x;
      if (gain > most) {
        most = gain;
        best = x;
      }
    }
    EXPECT_NEAR(best, m / 4.0, 2e-4) << m;  // the top is flat: a step of 1e-5 changes it by 1e-10
  }
}

}  // namespace
}  // namespace casus::rules
