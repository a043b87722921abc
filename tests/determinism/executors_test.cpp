#include <gtest/gtest.h>

#include "../support/shipped.h"

namespace casus::test {
namespace {

class Executors : public ::testing::TestWithParam<std::string> {};

Digest with(const Scenario& scenario, Executor& executor, double days) {
  RunOptions options;
  options.seed = 7;
  options.executor = &executor;
  return digest(run_days(scenario, days, options));
}

// The primary test: blocks in many orders, on one thread, so that a dependence on order cannot
// hide behind lucky timing.
TEST_P(Executors, ShuffledOrderChangesNothing) {
  const Scenario scenario = load(GetParam());
  const Digest serial = with(scenario, *serial_executor(), 150);
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    EXPECT_EQ(with(scenario, *shuffled_executor(seed), 150), serial) << "shuffle seed " << seed;
  }
}

TEST_P(Executors, NumberOfWorkersChangesNothing) {
  const Scenario scenario = load(GetParam());
  const Digest serial = with(scenario, *serial_executor(), 60);
  EXPECT_EQ(with(scenario, *tbb_executor(1), 60), serial);
  EXPECT_EQ(with(scenario, *tbb_executor(2), 60), serial);
}

TEST_P(Executors, ThreadsChangeNothing) {
  const Scenario scenario = load(GetParam());
  const Digest serial = with(scenario, *serial_executor(), 30);
  EXPECT_EQ(with(scenario, *thread_executor(2), 30), serial);
  EXPECT_EQ(with(scenario, *thread_executor(3), 30), serial);
}

TEST_P(Executors, RunsDifferAndRepeat) {
  const Scenario scenario = load(GetParam());
  RunOptions options;
  const Digest first = digest(run_days(scenario, 60, options));
  EXPECT_EQ(digest(run_days(scenario, 60, options)), first);
  options.run = 1;
  EXPECT_FALSE(digest(run_days(scenario, 60, options)) == first);
  options.run = 0;
  options.seed = 2;
  EXPECT_FALSE(digest(run_days(scenario, 60, options)) == first);
}

TEST_P(Executors, HowRelationsAreStoredChangesNothing) {
  const Scenario scenario = load(GetParam());
  RunOptions options;
  options.dense_relations = 1000;
  const Digest square = digest(run_days(scenario, 60, options));
  options.dense_relations = 0;
  EXPECT_EQ(digest(run_days(scenario, 60, options)), square);
}

// 2N = N + N: going back to a snapshot repeats what followed it.
TEST_P(Executors, SnapshotIsTheWholeState) {
  const Scenario scenario = load(GetParam());
  Simulation simulation = run_days(scenario, 40);
  const auto snapshot = simulation.save();
  for (int i = 0; i < 40 && !simulation.done(); ++i) simulation.step();
  const Digest onward = digest(simulation);
  simulation.restore(*snapshot);
  for (int i = 0; i < 40 && !simulation.done(); ++i) simulation.step();
  EXPECT_EQ(digest(simulation), onward);
  EXPECT_EQ(digest(run_days(scenario, 80)), onward);
}

INSTANTIATE_TEST_SUITE_P(Shipped, Executors, ::testing::ValuesIn(shipped()), FileName());

}  // namespace
}  // namespace casus::test
