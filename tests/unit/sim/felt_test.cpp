// What is felt of an event, by whom.
#include "sim/felt.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace casus::test {
namespace {

TEST(FeltShocks, StandTogetherByViewerAndStayInTheirOrder) {
  const ActorId a(0), b(1), c(2);
  FeltShocks shocks;
  shocks.sort(std::vector<Felt>{{c, a, 1.0}, {a, b, 2.0}, {c, a, 3.0}, {c, b, 4.0}, {a, c, 5.0}},
              3);
  EXPECT_EQ(shocks.viewers(), (std::vector<ActorId>{a, c}));
  const auto sizes = [&](ActorId viewer) {
    std::vector<double> all;
    for (const Felt& f : shocks.by(viewer)) all.push_back(f.size);
    return all;
  };
  EXPECT_EQ(sizes(a), (std::vector<double>{2.0, 5.0}));
  EXPECT_EQ(sizes(b), std::vector<double>{});
  EXPECT_EQ(sizes(c), (std::vector<double>{1.0, 3.0, 4.0}));
}

TEST(Saturation, TwoShocksAreOneOfBoth) {
  const double once = saturating(0.3), twice = saturating(0.6);
  EXPECT_NEAR(once + (1.0 - once) * once, twice, 1e-15);
  EXPECT_EQ(saturating(-0.3), -once);
}

// Below a thousandth it is a series, which must go on where the power ends.
TEST(Saturation, HasNoSeam) {
  for (const double x : {1e-9, 1e-4, 0.000999999, 0.001, 0.001000001}) {
    EXPECT_NEAR(saturating(x) / -std::expm1(-x), 1.0, 2e-7) << x;
    EXPECT_EQ(saturating(-x), -saturating(x));
  }
}

}  // namespace
}  // namespace casus::test
