#include "sim/turns.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sandbox.h"

namespace casus::test {
namespace {

constexpr Purpose turn("turn");

std::vector<std::uint64_t> order_of(const std::vector<std::uint64_t>& keys, std::uint32_t step) {
  Sandbox box(empty_scenario());
  box.step = step;
  std::vector<std::uint64_t> order;
  for (const std::uint32_t i : drawn_order(box.context(), turn, keys)) order.push_back(keys[i]);
  return order;
}

TEST(Turns, AreOfKeysAndNotOfPlaces) {
  std::vector<std::uint64_t> keys{11, 22, 33, 44, 55};
  const auto order = order_of(keys, 3);
  EXPECT_TRUE(std::is_permutation(order.begin(), order.end(), keys.begin(), keys.end()));
  std::reverse(keys.begin(), keys.end());
  EXPECT_EQ(order_of(keys, 3), order);
  // Who else is there does not change who of two is first.
  keys.push_back(66);
  auto more = order_of(keys, 3);
  more.erase(std::find(more.begin(), more.end(), 66));
  EXPECT_EQ(more, order);
  EXPECT_TRUE(order_of({}, 3).empty());
  EXPECT_EQ(order_of({7}, 3), std::vector<std::uint64_t>{7});
}

TEST(Turns, NobodyIsFirstForEver) {
  const std::vector<std::uint64_t> keys{1, 2, 3};
  std::vector<int> first(3, 0);
  constexpr int steps = 3000;
  for (std::uint32_t step = 0; step < steps; ++step) ++first[order_of(keys, step).front() - 1];
  // Four standard errors of a third of the steps.
  for (const int n : first) EXPECT_NEAR(n, steps / 3.0, 4.0 * std::sqrt(steps * 2.0 / 9.0));
}

}  // namespace
}  // namespace casus::test
