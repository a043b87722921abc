#include "casus/rules/perception.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "casus/core/contracts.h"

namespace casus::rules {
namespace {

// The four-person group of Friedkin & Johnsen 1999.
constexpr std::array W{.22, .12, .36, .30, .147, .215, .344, .294,
                       0.0, 0.0, 1.0, 0.0, .09,  .178, .446, .286};
constexpr std::array susceptibility{1 - .22, 1 - .215, 0.0, 1 - .286};
constexpr std::array first{25.0, 25.0, 75.0, 85.0};
constexpr std::array published{60.02, 59.98, 75.0, 74.99};

TEST(FriedkinJohnsen, LimitOfThePublishedGroup) {
  std::array<double, 4> x{};
  friedkin_johnsen_limit(W, susceptibility, first, x);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(x[i], published[i], 0.005);
}

TEST(FriedkinJohnsen, StepsLeadToTheLimit) {
  std::array<double, 4> limit{};
  friedkin_johnsen_limit(W, susceptibility, first, limit);
  std::array<double, 4> x = first;
  std::array<double, 4> next{};
  friedkin_johnsen_step(W, susceptibility, first, x, next);
  EXPECT_NEAR(next[0], 0.78 * (.22 * 25 + .12 * 25 + .36 * 75 + .30 * 85) + 0.22 * 25, 1e-12);
  for (int i = 0; i < 200; ++i) {
    friedkin_johnsen_step(W, susceptibility, first, x, next);
    x = next;
  }
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(x[i], limit[i], 1e-9);
}

TEST(FriedkinJohnsen, RefusesWhatHasNoUniqueLimit) {
  std::array<double, 2> x{};
  EXPECT_THROW(friedkin_johnsen_limit(std::array{0.5, 0.5, 0.5, 0.5}, std::array{1.0, 1.0},
                                      std::array{0.0, 1.0}, x),
               ContractError);
  EXPECT_THROW(friedkin_johnsen_step(std::array{0.5, 0.4, 0.5, 0.5}, std::array{0.5, 0.5},
                                     std::array{0.0, 1.0}, std::array{0.0, 1.0}, x),
               ContractError);
  EXPECT_THROW(friedkin_johnsen_step(std::array{0.5, 0.5, 0.5, 0.5}, std::array{0.5, 0.5},
                                     std::array{0.0, 1.0}, x, x),
               ContractError);
}

TEST(Relax, IsExact) {
  EXPECT_NEAR(relax(1.0, 0.0, std::log(2.0), 3.0), 0.125, 1e-15);
  const double half = relax(0.3, 0.9, 0.2, 0.5);
  EXPECT_NEAR(relax(half, 0.9, 0.2, 0.5), relax(0.3, 0.9, 0.2, 1.0), 1e-15);
  EXPECT_DOUBLE_EQ(relax(0.3, 0.9, 0.0, 100.0), 0.3);
}

TEST(Richardson, BalanceIsWhereNothingMoves) {
  const ArmsRace race{.k = 0.3, .l = 0.2, .a = 0.5, .b = 0.4, .g = 2.0, .h = 1.0};
  ASSERT_TRUE(is_stable(race));
  const Arms b = balance(race);
  EXPECT_NEAR(b.x, (0.4 * 2 + 0.3 * 1) / (0.2 - 0.06), 1e-12);
  EXPECT_NEAR(b.y, (0.5 * 1 + 0.2 * 2) / (0.2 - 0.06), 1e-12);
  const Arms end = arms_race_step(race, {0.0, 30.0}, 500.0);
  EXPECT_NEAR(end.x, b.x, 1e-9);
  EXPECT_NEAR(end.y, b.y, 1e-9);
  EXPECT_THROW(balance({.k = 0.2, .l = 0.2, .a = 0.2, .b = 0.2, .g = 1, .h = 1}), ContractError);
}

TEST(Richardson, RunsAwayIffUnstable) {
  const ArmsRace race{.k = 0.5, .l = 0.5, .a = 0.3, .b = 0.3, .g = 0.1, .h = 0.1};
  EXPECT_FALSE(is_stable(race));
  EXPECT_GT(arms_race_step(race, {1.0, 1.0}, 60.0).x, 1e4);
}

TEST(Richardson, StepsAreExact) {
  const std::array races{
      ArmsRace{.k = 0.3, .l = 0.2, .a = 0.5, .b = 0.4, .g = 2.0, .h = 1.0},
      ArmsRace{.k = 0.5, .l = 0.5, .a = 0.3, .b = 0.3, .g = 0.1, .h = -0.1},
      ArmsRace{.k = 0.2, .l = 0.2, .a = 0.2, .b = 0.2, .g = 1.0, .h = 0.5},  // a b = k l
      ArmsRace{.k = 0.2, .l = 0.0, .a = 0.3, .b = 0.3, .g = 1.0, .h = 0.5},  // one eigenvalue
      ArmsRace{.k = 0.2, .l = 0.0, .a = 1e-5, .b = 1e-5, .g = 1.0, .h = 0.5},
      ArmsRace{.k = 0.0, .l = 0.0, .a = 0.0, .b = 0.0, .g = 1.0, .h = 0.5}};
  for (const ArmsRace& r : races) {
    const Arms start{3.0, 1.0};
    const Arms once = arms_race_step(r, start, 4.0);
    Arms parts = start;
    for (int i = 0; i < 4; ++i) parts = arms_race_step(r, parts, 1.0);
    EXPECT_NEAR(parts.x, once.x, 1e-9 * (1 + std::abs(once.x)));
    EXPECT_NEAR(parts.y, once.y, 1e-9 * (1 + std::abs(once.y)));
    // The equation itself, by central differences.
    constexpr double h = 1e-4;
    const Arms before = arms_race_step(r, start, 2.0 - h);
    const Arms here = arms_race_step(r, start, 2.0);
    const Arms after = arms_race_step(r, start, 2.0 + h);
    EXPECT_NEAR((after.x - before.x) / (2 * h), r.k * here.y - r.a * here.x + r.g, 1e-6);
    EXPECT_NEAR((after.y - before.y) / (2 * h), r.l * here.x - r.b * here.y + r.h, 1e-6);
  }
}

}  // namespace
}  // namespace casus::rules
