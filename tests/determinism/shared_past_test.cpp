// What two runs have in common is made once: the same bytes as from the start.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "../support/same_run.h"
#include "../support/shipped.h"
#include "casus/core/contracts.h"
#include "casus/study/branches.h"

namespace casus::test {
namespace {

std::uint32_t shared(const std::string& base, const std::string& policy) {
  return shared_steps(load(base).data(), load(policy).data());
}

TEST(SharedPasts, LastUntilTheFirstDayOfWhichTheTimelinesDiffer) {
  const std::string sahel = "sahel/baseline.yaml", policies = "sahel/policies/";
  const ScenarioData base = load(sahel).data();
  EXPECT_EQ(shared_steps(base, base), base.clock.steps()) << "nothing differs";
  EXPECT_GT(shared(sahel, policies + "blockade-of-bamako.yaml"), 350U);
  EXPECT_GT(shared(sahel, policies + "coup-inside-the-alliance.yaml"), 160U);
  EXPECT_GT(shared("nato/article-5-exercise.yaml", "nato/policies/threat-only.yaml"), 0U);
  for (const char* other : {"no-charter", "joint-force-5000", "jihadists-merged", "spill-over",
                            "algeria-mediates", "drone-as-armed-attack"}) {
    const std::uint32_t steps = shared(sahel, policies + other + ".yaml");
    const ScenarioData policy = load(policies + other + ".yaml").data();
    if (policy.timeline.size() == base.timeline.size()) {
      EXPECT_EQ(steps, 0U) << other;
    }
  }
  const auto with = [&](const std::string& entry) {
    return shared_steps(base, load(sahel, {{Edit::Kind::add, "timeline", entry}}).data());
  };
  EXPECT_EQ(with("{title: x, at: 2023-10-16, set: {actors.mali.forces: 5000}}"), 30U);
  EXPECT_EQ(with("{title: x, when: actors.mali.legitimacy < 0.2, "
                 "set: {actors.mali.forces: 5000}}"),
            0U)
      << "nobody knows when";
  EXPECT_EQ(shared_steps(base, load(sahel, {{Edit::Kind::set, "observe.every", "7 days"}}).data()),
            0U)
      << "other series";
}

/// Every shipped policy with a shared past, from that past and from the start.
TEST(SharedPasts, GiveTheBytesOfRunsFromTheStart) {
  const std::vector<std::pair<std::string, std::string>> folders{
      {"sahel/baseline.yaml", "sahel/policies"},
      {"nato/article-5-exercise.yaml", "nato/policies"},
      {"six-day-war/baseline.yaml", "six-day-war/policies"},
      {"sahel/ecowas/benin-2025.yaml", "sahel/ecowas/policies"},
      {"sahel/ecowas/niger-2023.yaml", "sahel/ecowas/policies"}};
  std::size_t found = 0;
  for (const auto& pair : folders) {
    const std::string& base = pair.first;
    const Scenario trunk = load(base);
    std::vector<Branch> branches;
    std::vector<std::string> names;
    for (const std::string& file : files_in(pair.second)) {
      Scenario policy = load(file);
      const std::uint32_t steps = shared_steps(trunk.data(), policy.data());
      if (steps == 0) continue;
      names.push_back(file);
      branches.push_back({std::move(policy), steps});
    }
    found += branches.size();
    const Registry registry = standard_registry();
    const RunSpec spec{5, 3, true};
    std::size_t taken = 0;
    run_branches(trunk, branches, registry, spec, {}, [&](std::size_t which, RunResult& run) {
      EXPECT_EQ(which, taken++) << "in order";
      SCOPED_TRACE(which == 0 ? base : names[which - 1]);
      const Scenario& scenario = which == 0 ? trunk : branches[which - 1].scenario;
      expect_same_run(run, run_once(scenario, registry, spec));
    });
    EXPECT_EQ(taken, branches.size() + 1);
  }
  EXPECT_GE(found, 5U) << "policies that share a past";
}

TEST(SharedPasts, ABranchThatCannotBeHasFailedAndTheOthersGoOn) {
  const Scenario trunk = load("tutorial/three-states.yaml");
  const std::vector<Branch> branches{{load("tutorial/two-promises.yaml"), 100},
                                     {load("tutorial/without-pact.yaml"), 100},
                                     {load("tutorial/without-pact.yaml"), 0}};
  std::vector<RunResult> runs;
  run_branches(trunk, branches, standard_registry(), {1, 0, true}, {},
               [&](std::size_t, RunResult& run) { runs.push_back(std::move(run)); });
  ASSERT_EQ(runs.size(), 4U);
  EXPECT_FALSE(runs[0].failure);
  ASSERT_TRUE(runs[1].failure);
  EXPECT_NE(runs[1].failure->what.find("which is past"), std::string::npos)
      << runs[1].failure->what;
  EXPECT_FALSE(runs[2].failure);
  EXPECT_FALSE(runs[3].failure);
  EXPECT_NE(runs[2].events_hash, runs[3].events_hash) << "the pact was there for a hundred days";
}

TEST(SharedPasts, AreNotForOutcomesThatWatch) {
  const Scenario trunk = load("tutorial/three-states.yaml");
  EnsembleOptions options;
  OwnOutcome watching;
  watching.name = "watching";
  watching.watch = [](Simulation&) {
    return [](const Simulation&) { return OutcomeValue::of(1.0); };
  };
  options.outcomes.push_back(watching);
  const std::vector<Branch> branches{{trunk, 10}};
  EXPECT_THROW(run_branches(trunk, branches, standard_registry(), {1, 0, false}, options,
                            [](std::size_t, RunResult&) {}),
               ContractError);
}

}  // namespace
}  // namespace casus::test
