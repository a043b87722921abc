// What is felt of an event, by whom.
#include "sim/felt.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "casus/core/executor.h"
#include "casus/core/random.h"

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

TEST(Saturation, OfAllIsThatOfEachAlone) {
  Saturation saturate;
  for (const std::size_t n : {0U, 1U, 40U, 1000U}) {
    std::vector<Relations::Move> moves;
    std::vector<double> alone;
    for (std::size_t i = 0; i < n; ++i) {
      Stream stream({1, 0}, 0, Purpose("test"), {i});
      const double sign = uniform(stream) < 0.5 ? -1.0 : 1.0;
      const double size =
          sign * std::exp2(-20.0 + 22.0 * uniform(stream));  // below .001, and above
      moves.push_back({ActorId(0), ActorId(i), size});
      alone.push_back(saturating(size));
    }
    saturate(moves, *serial_executor());
    for (std::size_t i = 0; i < n; ++i) EXPECT_EQ(moves[i].size, alone[i]);
  }
}

TEST(Saturation, TwoShocksAreOneOfBoth) {
  const double once = saturating(0.3), twice = saturating(0.6);
  EXPECT_NEAR(once + (1.0 - once) * once, twice, 1e-15);
  EXPECT_EQ(saturating(-0.3), -once);
}

}  // namespace
}  // namespace casus::test
