#include "casus/core/gather.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace casus {
namespace {

/// Every third row yields nothing, the others one thing or two.
std::vector<std::size_t> found_by(Executor& executor, std::size_t n, Gathered<std::size_t>& found) {
  found.gather(
      executor, n,
      [](std::size_t i, std::vector<std::size_t>& to) {
        if (i % 3 == 0) return;
        to.push_back(i);
        if (i % 2 == 0) to.push_back(10 * i);
      },
      16);
  return found.all();
}

TEST(Gathered, ThingsComeInTheOrderOfTheRowsOnEveryExecutor) {
  std::vector<std::size_t> expected;
  for (std::size_t i = 0; i < 30'000; ++i) {
    if (i % 3 == 0) continue;
    expected.push_back(i);
    if (i % 2 == 0) expected.push_back(10 * i);
  }
  for (const auto& executor : {std::shared_ptr<Executor>(serial_executor()),
                               std::shared_ptr<Executor>(shuffled_executor(3)),
                               std::shared_ptr<Executor>(thread_executor(3)),
                               std::shared_ptr<Executor>(tbb_executor(2))}) {
    Gathered<std::size_t> found;
    EXPECT_EQ(found_by(*executor, 30'000, found), expected);
  }
}

TEST(Gathered, NothingIsLeftOfThePassBefore) {
  const auto executor = thread_executor(2);
  Gathered<std::size_t> found;
  found_by(*executor, 500, found);
  EXPECT_EQ(found_by(*executor, 3, found), (std::vector<std::size_t>{1, 2, 20}));
  EXPECT_TRUE(found_by(*executor, 0, found).empty());
}

}  // namespace
}  // namespace casus
