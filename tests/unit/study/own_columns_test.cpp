#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "../run/harvest.h"
#include "casus/study/ensemble.h"
#include "casus/study/series.h"

// What an ensemble makes of columns and events that a mechanism owns.
namespace casus {
namespace {

EnsembleResult harvests(Executor& executor, std::size_t runs = 4) {
  EnsembleOptions options;
  options.runs = runs;
  options.executor = &executor;
  options.inner = &executor;
  options.keep_events = [](std::uint32_t) { return true; };
  return run_ensemble(test::harvest_scenario(), test::harvest_registry(), options);
}

TEST(OwnColumnsOfARun, AreOutcomesAndTheirEventsAreCounted) {
  const auto serial = serial_executor();
  const EnsembleResult result = harvests(*serial);
  ASSERT_EQ(result.failed(), 0U) << result.runs[0].failure->what;
  for (const RunResult& run : result.runs) {
    Simulation again(test::harvest_scenario(), test::harvest_registry(),
                     {run.spec.seed, run.spec.run, serial.get()});
    again.run();
    EXPECT_EQ(run.outcomes[0].value, again.get("actors.arden.hardship"));
    double rain = 0.0, lost = 0.0, failures = 0.0;
    for (const double r : again.column("regions.rainfall")) rain += r / 3.0;
    for (const double l : again.column("regions.lost_crops")) lost += l;
    EXPECT_NEAR(run.outcomes[1].value, rain, 1e-12) << "a mean";
    EXPECT_EQ(run.outcomes[2].value, lost) << "a total";
    for (const Event& e : run.events->log.all()) {
      failures += e.kind == own_event_kind("harvest_failed") ? 1.0 : 0.0;
    }
    EXPECT_EQ(run.outcomes[3].value, failures);
    EXPECT_GT(failures, 0.0);
    EXPECT_EQ(run.outcomes[4], OutcomeValue::of(5.0)) << "the first on the sixth day";
    EXPECT_GT(run.outcomes[5].value, 0.0);
    EXPECT_LT(run.outcomes[5].value, lost) << "its events of the first days alone";
    EXPECT_NEAR(run.outcomes[6].value, lost, 1e-12) << "all of them";
  }
}

TEST(OwnColumnsOfARun, AreInTheSeries) {
  const Scenario scenario = test::harvest_scenario();
  const SeriesObserver observer(scenario.data());
  const auto serial = serial_executor();
  const RunResult run = run_once(scenario, test::harvest_registry(), {1, 0, false}, serial.get());
  ASSERT_FALSE(run.failure) << run.failure->what;
  std::map<std::string, double> first, last;
  for (std::size_t i = 0; i < observer.columns().size(); ++i) {
    const SeriesColumn& c = observer.columns()[i];
    first[c.entity + "." + c.variable] = run.series.front().values[i];
    last[c.entity + "." + c.variable] = run.series.back().values[i];
  }
  EXPECT_EQ(first.at("arden.rainfall"), 0.6) << "the mean of plain and hills";
  EXPECT_EQ(first.at("arden.stores"), 30.0);
  EXPECT_EQ(first.at("arden.training"), 0.375);
  EXPECT_EQ(first.at("hillmen.training"), 0.5);
  EXPECT_EQ(first.count("hillmen.stores"), 0U) << "a column of states";
  EXPECT_GT(last.at("arden.hardship"), first.at("arden.hardship"));
  EXPECT_EQ(last.at("all.lost_crops"), last.at("arden.lost_crops") + last.at("belmar.lost_crops"));
  for (const SeriesColumn& c : observer.columns()) {
    if (c.variable == "stores") {
      EXPECT_EQ(c.unit, "days");
    }
  }
}

TEST(OwnColumnsThreads, AreTheSameForEveryExecutor) {
  const auto serial = serial_executor();
  const EnsembleResult base = harvests(*serial);
  const auto shuffled = shuffled_executor(5), threads = thread_executor(3);
  for (Executor* executor : {shuffled.get(), threads.get()}) {
    const EnsembleResult other = harvests(*executor);
    for (std::size_t r = 0; r < base.runs.size(); ++r) {
      EXPECT_EQ(other.runs.at(r).world_hash, base.runs[r].world_hash);
      EXPECT_EQ(other.runs[r].events_hash, base.runs[r].events_hash);
      EXPECT_EQ(other.runs[r].outcomes, base.runs[r].outcomes);
    }
  }
}

}  // namespace
}  // namespace casus
