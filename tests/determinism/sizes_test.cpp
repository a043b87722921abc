#include <gtest/gtest.h>

#include <array>
#include <cstddef>

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

/// One of so many rows that the passes over them are handed out.
const Scenario& larger_world() {
  static const Scenario scenario =
      Scenario::parse(synthetic_scenario({.states = 25,
                                          .groups = 10'500,
                                          .regions = 1'000,
                                          .presences = 34'000,
                                          .seed = 5,
                                          .days = 12}),
                      "larger.yaml", standard_registry().vocabulary(),
                      {{Edit::Kind::set, "mechanisms.mobilisation.split_rate", "2 /year"},
                       {Edit::Kind::set, "mechanisms.mobilisation.merge_rate", "2 /year"},
                       {Edit::Kind::set, "mechanisms.diplomacy.ceasefire_rate", "2 /year"}});
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

// Guards are two blocks, presences, groups and wars many: what small worlds do serially is done
// here as in the largest. Groups split and merge, wars end, cells move.
TEST(LargeWorld, PassesThatAreHandedOutChangeNothingSlow) {
  const auto run = [](Executor& executor) {
    RunOptions options;
    options.executor = &executor;
    return run_days(larger_world(), 12, options);
  };
  const Simulation one = run(*serial_executor());
  std::array<std::size_t, 3> seen{};
  for (const Event& e : one.log().all()) {
    seen[0] += e.kind == EventKind::split ? 1 : 0;
    seen[1] += e.kind == EventKind::merge ? 1 : 0;
    seen[2] += e.kind == EventKind::ceasefire ? 1 : 0;
  }
  for (const std::size_t n : seen) EXPECT_GT(n, 0U);
  EXPECT_GT(one.world().presences.size(), 34'000U);
  for (const unsigned workers : {2U, 8U}) {
    EXPECT_EQ(digest(run(*tbb_executor(workers))), digest(one)) << workers;
  }
  EXPECT_EQ(digest(run(*shuffled_executor(4))), digest(one));
}

}  // namespace
}  // namespace casus::test
