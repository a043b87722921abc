#include <gtest/gtest.h>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"
#include "casus/sim/mechanism.h"
#include "casus/study/ensemble.h"
#include "casus/study/series.h"

// Ensembles of real simulations; what they do with any model is in ensemble_test.cpp.

namespace casus {
namespace {

constexpr const char* yaml = R"(casus: scenario/1
title: Two states
clock: {start: 2023-09-16, days: 90}
regions:
  north: {title: North, owner: arda, population: 400000, area: 9000 km2, at: [16, 0],
          grievance: 0.6, neighbours: {east: 300 km}}
  east: {title: East, owner: bora, population: 800000, area: 6000 km2, at: [13, 3]}
actors:
  arda: {kind: state, title: Arda, forces: 9000, resources: 200, income: 300, capital: north}
  bora: {kind: state, title: Bora, forces: 9000, resources: 200, income: 300, capital: east}
  band: {kind: armed_group, title: Band, forces: {triangular: [1500, 2000, 3000]}, support: 20}
presence:
  north: {arda: 3000, band: 1200}
outcomes:
  attacked: {title: Arda is attacked, ever: attack}
  deaths: {title: Deaths, sum: deaths}
)";

/// Logs a threat each day and breaks down on day 40 of every run whose number is 2 modulo 5.
class Fragile final : public Mechanism {
 public:
  const MechanismInfo& info() const override {
    static const MechanismInfo made{"fragile", "Breaks down.", "made up for a test", {}};
    return made;
  }
  void configure(std::span<const double>) override {}
  void step(StepContext& context) override {
    Event e;
    e.kind = EventKind::threat;
    e.step = context.step;
    context.log.add(e);
    if (context.step == 40 && context.replicate.run % 5 == 2) {
      throw SimulationError(to_string(context.clock.date(context.step)), "fragile", "actor 'arda'",
                            "strength became NaN [E0701]");
    }
  }
  void archive(Archive&) override {}
};

Registry fragile_registry() {
  Registry registry = standard_registry();
  registry.add([] { return std::make_unique<Fragile>(); });
  return registry;
}

struct Model {
  Registry registry;
  Scenario scenario;
  explicit Model(const Registry& r)
      : registry(r), scenario(Scenario::parse(yaml, "two.yaml", r.vocabulary())) {}
};

void expect_same(const RunResult& a, const RunResult& b) {
  EXPECT_EQ(a.spec.run, b.spec.run);
  EXPECT_EQ(a.world_hash, b.world_hash);
  EXPECT_EQ(a.events_hash, b.events_hash);
  EXPECT_EQ(a.event_count, b.event_count);
  EXPECT_EQ(a.outcomes, b.outcomes);
  ASSERT_EQ(a.series.size(), b.series.size());
  for (std::size_t i = 0; i < a.series.size(); ++i) {
    EXPECT_EQ(a.series[i].values, b.series[i].values);
  }
}

TEST(RunThreads, AloneInAnEnsembleAndUnderAnyExecutorARunIsTheSame) {
  const Model model(standard_registry());
  EnsembleOptions options;
  options.runs = 6;
  options.seed = 3;
  const auto serial = serial_executor();
  options.executor = serial.get();
  const EnsembleResult base = run_ensemble(model.scenario, model.registry, options);
  ASSERT_EQ(base.runs.size(), 6U);
  const auto shuffled = shuffled_executor(11);
  const auto threads = thread_executor(3);
  for (Executor* executor : {shuffled.get(), threads.get()}) {
    options.executor = executor;
    options.inner = executor;
    const EnsembleResult other = run_ensemble(model.scenario, model.registry, options);
    for (std::size_t r = 0; r < 6; ++r) expect_same(other.runs.at(r), base.runs[r]);
  }
  const RunResult alone = run_once(model.scenario, model.registry, {3, 4, false});
  expect_same(alone, base.runs[4]);
  EXPECT_NE(base.runs[3].world_hash, base.runs[4].world_hash);
}

TEST(Run, IsObservedAtTheIntervalsOfTheScenario) {
  const Model model(standard_registry());
  const RunResult run = run_once(model.scenario, model.registry, {1, 0, false});
  ASSERT_FALSE(run.failure) << run.failure->what;
  std::vector<std::uint32_t> steps;
  for (const Observation& row : run.series) steps.push_back(row.step);
  EXPECT_EQ(steps, (std::vector<std::uint32_t>{0, 30, 60, 90}));
  EXPECT_EQ(run.outcomes.size(), 2U);
  EXPECT_FALSE(run.events.has_value()) << "dropped unless asked for";
  EXPECT_GT(run.event_count, 0U);
}

TEST(Run, KeepsItsEventsWhereAsked) {
  const Model model(standard_registry());
  const RunResult run = run_once(model.scenario, model.registry, {1, 0, true});
  ASSERT_TRUE(run.events.has_value());
  EXPECT_EQ(run.events->log.size(), run.event_count);
  EXPECT_EQ(run.events->log.hash(), run.events_hash);
  const auto& actors = model.scenario->actors;
  ASSERT_GE(run.events->actors.size(), actors.size());
  for (std::size_t a = 0; a < actors.size(); ++a) {
    EXPECT_EQ(run.events->actors[a], actors[a].name);
  }
}

TEST(Run, ABreakdownIsRecordedWithWhatLedToIt) {
  const Model model(fragile_registry());
  EnsembleOptions options;
  options.runs = 10;
  const auto executor = serial_executor();
  options.executor = executor.get();
  options.keep_events = [](std::uint32_t run) { return run == 7; };
  const EnsembleResult result = run_ensemble(model.scenario, model.registry, options);
  EXPECT_EQ(result.failed(), 2U);
  const RunResult& bad = result.runs[7];
  ASSERT_TRUE(bad.failure.has_value());
  EXPECT_EQ(bad.failure->date, "2023-10-26");
  EXPECT_EQ(bad.failure->mechanism, "fragile");
  ASSERT_TRUE(bad.events.has_value());
  EXPECT_EQ(bad.events->log.all().back().step, 40U);
  EXPECT_TRUE(bad.outcomes.empty() && bad.series.empty()) << "half a run is no result";
  EXPECT_FALSE(result.runs[2].events.has_value());
  EXPECT_FALSE(result.runs[8].failure.has_value());
}

}  // namespace
}  // namespace casus
