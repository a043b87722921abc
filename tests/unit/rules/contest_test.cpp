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

TEST(Tullock, ManySides) {
  std::array<double, 3> p{};
  tullock_shares(std::array{1.0, 2.0, 3.0}, 2, p);
  EXPECT_NEAR(p[0], 1.0 / 14, 1e-15);
  EXPECT_NEAR(p[1], 4.0 / 14, 1e-15);
  EXPECT_NEAR(p[2], 9.0 / 14, 1e-15);
  tullock_shares(std::array{0.0, 0.0, 0.0}, 2, p);
  EXPECT_DOUBLE_EQ(p[1], 1.0 / 3);
}

TEST(Hirshleifer, TwoSides) {
  EXPECT_NEAR(hirshleifer(3, 1, 0.5), 1 / (1 + std::exp(-1.0)), 1e-15);
  EXPECT_DOUBLE_EQ(hirshleifer(7, 7, 3), 0.5);
  EXPECT_NEAR(hirshleifer(1, 4, 1) + hirshleifer(4, 1, 1), 1.0, 1e-15);
}

TEST(Hirshleifer, ManySidesAgreeWithTwo) {
  std::array<double, 2> p{};
  hirshleifer_shares(std::array{3.0, 1.0}, 0.5, p);
  EXPECT_NEAR(p[0], hirshleifer(3, 1, 0.5), 1e-15);
  std::array<double, 3> q{};
  hirshleifer_shares(std::array{2000.0, 2000.0, 1.0}, 5, q);
  EXPECT_NEAR(q[0], 0.5, 1e-15);
  EXPECT_THROW(hirshleifer_shares(std::array{1.0}, 1, q), ContractError);
}

}  // namespace
}  // namespace casus::rules
