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

// Each hears the others with the weights that the paper gives, and keeps to its first view as much
// as it listens to itself.
TEST(FriedkinJohnsen, AnchoredViewsSettleWhereThePaperFoundThem) {
  std::array<double, 4> x = first;
  for (int round = 0; round < 200; ++round) {
    std::array<double, 4> next{};
    for (std::size_t i = 0; i < 4; ++i) {
      double heard = 0.0;
      for (std::size_t j = 0; j < 4; ++j) heard += W[4 * i + j] * x[j];
      next[i] = anchored_view(susceptibility[i], heard, first[i]);
    }
    x = next;
  }
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(x[i], published[i], 0.005);
}

// DeGroot's model is the limit without anchors, and who listens to nobody does not move.
TEST(FriedkinJohnsen, LimitsOfSusceptibility) {
  EXPECT_DOUBLE_EQ(anchored_view(1.0, 3.0, 7.0), 3.0);
  EXPECT_DOUBLE_EQ(anchored_view(0.0, 3.0, 7.0), 7.0);
  EXPECT_THROW(anchored_view(1.1, 3.0, 7.0), ContractError);
}

TEST(Relax, IsExact) {
  EXPECT_NEAR(relax(1.0, 0.0, std::log(2.0), 3.0), 0.125, 1e-15);
  const double half = relax(0.3, 0.9, 0.2, 0.5);
  EXPECT_NEAR(relax(half, 0.9, 0.2, 0.5), relax(0.3, 0.9, 0.2, 1.0), 1e-15);
  EXPECT_DOUBLE_EQ(relax(0.3, 0.9, 0.0, 100.0), 0.3);
}

}  // namespace
}  // namespace casus::rules
