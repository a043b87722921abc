#include <gtest/gtest.h>

#include "../support/shipped.h"
#include "casus/study/synthetic.h"

// A world with more actors than any that is shipped.
namespace casus::test {
namespace {

const Scenario& large_world() {
  static const Scenario scenario = Scenario::parse(
      synthetic_scenario(
          {.states = 15, .groups = 500, .regions = 150, .presences = 1500, .seed = 3, .days = 40}),
      "large.yaml", standard_registry().vocabulary());
  return scenario;
}

Digest with(Executor& executor, std::size_t dense_relations = Relations::usual_dense) {
  RunOptions options;
  options.executor = &executor;
  options.dense_relations = dense_relations;
  return digest(run_days(large_world(), 40, options));
}

TEST(LargeWorld, NeitherOrderNorWorkersChangeIt) {
  const Digest serial = with(*serial_executor());
  EXPECT_EQ(with(*shuffled_executor(1)), serial);
  EXPECT_EQ(with(*shuffled_executor(2)), serial);
  EXPECT_EQ(with(*tbb_executor(2)), serial);
}

TEST(LargeWorld, ThreadsChangeNothing) {
  EXPECT_EQ(with(*thread_executor(2)), with(*serial_executor()));
}

TEST(LargeWorld, HowRelationsAreStoredChangesNothing) {
  EXPECT_EQ(with(*serial_executor(), 10'000), with(*serial_executor(), 0));
}

}  // namespace
}  // namespace casus::test
