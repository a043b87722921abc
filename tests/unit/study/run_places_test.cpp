#include "casus/study/run_places.h"

#include <gtest/gtest.h>

#include <atomic>

#include "../../support/same_run.h"
#include "casus/core/contracts.h"
#include "casus/run/simulation.h"

namespace casus {
namespace {

constexpr const char* small = R"(casus: scenario/1
clock: {start: 2023-01-01, days: 60}
regions:
  north: {owner: alfa, population: 400000, area: 4000, at: [0, 0], grievance: 0.8,
    neighbours: {south: 80}}
  south: {owner: bravo, population: 900000, area: 5000, at: [1, 0]}
actors:
  alfa: {kind: state, capital: north, forces: 4000, income: 60}
  bravo: {kind: state, capital: south, forces: 3000, income: 80}
  band: {kind: armed_group, forces: {triangular: [300, 500, 900]}}
presence:
  north: {alfa: 2500, band: 300}
  south: {bravo: 2000}
outcomes:
  deaths: {sum: deaths}
)";

/// Runs that are made as those of another process are: all that comes back is bytes.
class Away final : public RunPlaces {
 public:
  explicit Away(const Registry& registry) : registry_(registry) {}
  unsigned places() const override { return 3; }
  RunResult run(const Scenario& scenario, const RunSpec& spec) override {
    ++made;
    const Scenario there = Scenario::parse(scenario.resolved(), "there", registry_.vocabulary());
    return result_from(bytes_of(run_once(there, registry_, spec)));
  }
  std::atomic<int> made{0};

 private:
  const Registry& registry_;
};

TEST(RunPlaces, AreInNoResult) {
  const Registry registry = standard_registry();
  const Scenario scenario = Scenario::parse(small, "small.yaml", registry.vocabulary());
  EnsembleOptions options;
  options.runs = 12;
  options.seed = 5;
  options.keep_events = [](std::uint32_t run) { return run == 4; };
  const EnsembleResult here = run_ensemble(scenario, registry, options);
  Away away(registry);
  options.places = &away;
  const EnsembleResult there = run_ensemble(scenario, registry, options);
  EXPECT_EQ(away.made, 12);
  ASSERT_EQ(here.runs.size(), there.runs.size());
  EXPECT_EQ(here.outcomes.size(), there.outcomes.size());
  for (std::size_t r = 0; r < here.runs.size(); ++r) {
    test::expect_same_run(here.runs[r], there.runs[r]);
    EXPECT_EQ(there.runs[r].days.size(), there.runs[r].outcomes.size());
  }
  EXPECT_TRUE(there.runs[4].events.has_value());
}

TEST(RunPlaces, CannotCallBack) {
  const Registry registry = standard_registry();
  const Scenario scenario = Scenario::parse(small, "small.yaml", registry.vocabulary());
  Away away(registry);
  EnsembleOptions options;
  options.runs = 1;
  options.places = &away;
  options.observe = [](Simulation&, const RunSpec&) {};
  EXPECT_THROW(run_ensemble(scenario, registry, options), ContractError);
}

TEST(RunPlaces, AFailureComesBackAsOne) {
  RunResult failed;
  failed.spec = {7, 3, false};
  failed.failure = RunFailure{"strength became NaN", "2023-10-01", "combat", "actor 'jnim'"};
  const RunResult back = result_from(bytes_of(failed));
  ASSERT_TRUE(back.failure.has_value());
  EXPECT_EQ(back.failure->what, failed.failure->what);
  EXPECT_EQ(back.failure->date, failed.failure->date);
  EXPECT_EQ(back.failure->mechanism, failed.failure->mechanism);
  EXPECT_EQ(back.failure->subject, failed.failure->subject);
}

TEST(RunPlaces, WhatIsNoResultIsRefused) {
  RunResult result;
  result.outcomes = {OutcomeValue::of(1.5)};
  std::vector<std::uint8_t> bytes = bytes_of(result);
  EXPECT_NO_THROW(result_from(bytes));
  bytes.push_back(0);
  EXPECT_THROW(result_from(bytes), ContractError);
  bytes.resize(bytes.size() - 2);
  EXPECT_THROW(result_from(bytes), ContractError);
}

}  // namespace
}  // namespace casus
