#include "casus/report/collect.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "casus/core/executor.h"

namespace casus {
namespace {

constexpr const char* yaml = R"(casus: scenario/1
title: Two states and a group
clock: {start: 2023-01-01, days: 90}
regions:
  north: {title: North, owner: arda, population: 400000, area: 90000 km2, at: [16, 0],
          grievance: 0.6, neighbours: {south: 300 km}}
  south: {title: South, owner: arda, population: 900000, area: 50000 km2, at: [13, 0]}
  east: {title: East, owner: bora, population: 800000, area: 60000 km2, at: [13, 3]}
actors:
  arda: {kind: state, title: Arda, forces: 9000, resources: 200, income: 300, regime: junta,
         legitimacy: 0.5, gdp_per_capita: 900, capital: south}
  bora: {kind: state, title: Bora, forces: 12000, resources: 300, income: 500,
         regime: democracy, legitimacy: 0.6, gdp_per_capita: 1500, capital: east}
  band: {kind: armed_group, title: Band, forces: 2000, support: 20}
presence:
  north: {arda: 3000, band: 1200}
  east: {bora: 6000}
pacts:
  league:
    title: League
    in_force: 2020-01-01
    members: [arda, bora]
    articles:
      "1": {when: {act: [rebellion]}, then: {assist: [aid, troops]}}
outcomes:
  attacked: {title: Arda is attacked, ever: attack, against: arda}
  coup: {title: A coup, ever: coup}
  deaths: {title: Deaths in Arda, sum: deaths, where: [arda]}
  kept: {title: Obligations honoured, share: honour, of: [honour, breach]}
)";

Scenario scenario() { return Scenario::parse(yaml, "two.yaml", standard_registry().vocabulary()); }

struct Gathered {
  EnsembleResult result;
  ReportData data;
};

Gathered gather(std::size_t runs, Executor& executor, bool keep) {
  const Scenario s = scenario();
  ResultsInfo info;
  info.scenario_file = "two.yaml";
  info.arguments = {"/usr/bin/casus", "run", "two.yaml", "-o", "a folder"};
  info.runs = runs;
  ReportCollector collector(s, info);
  EnsembleOptions options;
  options.runs = runs;
  options.executor = &executor;
  if (keep) options.keep_events = [](std::uint32_t) { return true; };
  options.on_result = [&](RunResult& run) { collector.add(run); };
  Gathered g{run_ensemble(s, standard_registry(), options), {}};
  collector.tell(standard_registry());
  g.data = collector.finish("results/x");
  return g;
}

TEST(Collector, WhatIsRecordedIsWhatTheLogsSay) {
  const auto executor = serial_executor();
  const Gathered g = gather(8, *executor, true);
  const ReportArm& arm = g.data.arms.at(0);
  EXPECT_EQ(arm.runs.size(), 8U);
  EXPECT_EQ(arm.promise_runs, 8U);
  std::size_t obliged = 0, kept = 0, counted_obliged = 0, counted_kept = 0;
  for (const RunResult& run : g.result.runs) {
    double first = 90.0;
    for (const Event& e : run.events->log.all()) {
      if (e.kind == EventKind::obliged) ++obliged;
      if (e.kind == EventKind::honour && e.pact.valid()) ++kept;
      if (e.kind == EventKind::attack && e.whom == ActorId(0)) {
        first = std::min(first, static_cast<double>(e.step));
      }
    }
    const Duration& d = arm.times.at(0).at(run.spec.run);
    EXPECT_EQ(d.happened, run.outcomes[0].value != 0.0);
    EXPECT_EQ(d.time, first);
  }
  for (const ReportPromise& p : arm.promises) {
    EXPECT_EQ(p.pact, "league");
    counted_obliged += p.obliged;
    counted_kept += p.honoured;
  }
  EXPECT_GT(obliged, 0U);
  EXPECT_EQ(counted_obliged, obliged);
  EXPECT_EQ(counted_kept, kept);
  EXPECT_EQ(g.data.provenance.command, "casus run two.yaml -o 'a folder'");
}

TEST(Collector, LogsThatWereKeptAreThoseThatAreMadeAgain) {
  const auto executor = serial_executor();
  const Gathered kept = gather(8, *executor, true);
  const Gathered again = gather(8, *executor, false);
  const auto &a = kept.data.arms[0].logs, &b = again.data.arms[0].logs;
  ASSERT_EQ(a.size(), 3U);
  ASSERT_EQ(b.size(), 3U);
  EXPECT_EQ(a[0].role, "typical");
  EXPECT_EQ(a[1].role, "most deaths");
  EXPECT_EQ(a[2].role, "fewest deaths");
  EXPECT_EQ(report_page(kept.data), report_page(again.data));
  const auto deaths = [&](const ReportRun& log) {
    return kept.data.arms[0].values[2][log.run].value;
  };
  EXPECT_LE(deaths(a[2]), deaths(a[0]));
  EXPECT_LE(deaths(a[0]), deaths(a[1]));
}

TEST(CollectorThreads, TheReportDoesNotDependOnWorkers) {
  const auto serial = serial_executor();
  const auto threads = thread_executor(3);
  const Gathered one = gather(12, *serial, false);
  const Gathered many = gather(12, *threads, false);
  EXPECT_EQ(report_page(one.data), report_page(many.data));
  EXPECT_EQ(one.data.arms[0].times[0].size(), 12U);
  EXPECT_TRUE(one.data.lacking.empty());
}

TEST(Collector, WhatIsNotRecordedOfARunIsNotKnownAndIsSaid) {
  const Scenario s = scenario();
  ResultsInfo info;
  info.runs = 3;
  ReportCollector collector(s, info);
  for (std::uint32_t r = 0; r < 3; ++r) {
    RunResult run = run_once(s, standard_registry(), {1, r, false});
    if (r == 1) {
      run.days.clear();
      run.promises.reset();
    }
    collector.add(run);
  }
  const ReportData data = collector.finish("results/x");
  EXPECT_TRUE(data.arms[0].times[0].empty()) << "not of some runs alone";
  EXPECT_EQ(data.arms[0].promise_runs, 2U);
  ASSERT_EQ(data.lacking.size(), 1U);
  EXPECT_NE(report_page(data).find("This page does not say when"), std::string::npos);
}

TEST(Collector, ARunThatIsMadeAgainOtherwiseIsNotTold) {
  const Scenario s = scenario();
  ResultsInfo info;
  info.runs = 1;
  ReportCollector collector(s, info);
  RunResult run = run_once(s, standard_registry(), {1, 0, false});
  run.world_hash ^= 1U;
  collector.add(run);
  collector.tell(standard_registry());
  const ReportData data = collector.finish("results/x");
  EXPECT_TRUE(data.arms[0].logs.empty());
  EXPECT_EQ(data.lacking.size(), 1U);
}

TEST(Collector, PoliciesOverTheSameWorldsArePaired) {
  const auto executor = serial_executor();
  const Gathered g = gather(4, *executor, false);
  std::vector<const RunResult*> runs;
  for (const RunResult& run : g.result.runs) runs.push_back(&run);
  RunResult other = g.result.runs[2];
  other.world_hash ^= 1U;
  other.outcomes[2].value += 10.0;
  std::vector<PolicyRuns> policies{{"as it is", runs}, {"idle", runs}, {"other", runs}};
  policies[2].runs[2] = &other;
  const std::string page =
      report_page(report_of_policies(scenario(), g.result.outcomes, policies, {}, "results/x"));
  EXPECT_NE(page.find("<strong>idle changes nothing</strong>: all 4 worlds"), std::string::npos);
  EXPECT_NE(page.find("other changes nothing that can be told from chance"), std::string::npos);
  EXPECT_NE(page.find("in 3 of them it makes no difference"), std::string::npos);
}

TEST(Collector, DifferencesOfSeriesAreWorldByWorld) {
  const auto executor = serial_executor();
  const Gathered g = gather(5, *executor, true);
  std::vector<const RunResult*> runs;
  for (const RunResult& run : g.result.runs) runs.push_back(&run);
  // Another policy, with which there is always 1 more of everything, and one world fails.
  std::vector<RunResult> more = g.result.runs;
  for (RunResult& run : more) {
    for (Observation& row : run.series) {
      for (double& value : row.values) value += 1.0;
    }
  }
  more[1].failure = RunFailure{};
  std::vector<PolicyRuns> policies{{"as it is", runs}, {"more", {}}};
  for (const RunResult& run : more) policies[1].runs.push_back(&run);
  const ReportData without =
      report_of_policies(scenario(), g.result.outcomes, policies, {}, "results/x");
  EXPECT_TRUE(without.arms[1].series.empty());
  const Scenario of_both = scenario();
  for (PolicyRuns& policy : policies) policy.scenario = &of_both;
  const ReportData data =
      report_of_policies(scenario(), g.result.outcomes, policies, {}, "results/x");
  EXPECT_EQ(data.arms[0].series.values, g.data.arms[0].series.values);
  EXPECT_TRUE(data.arms[0].change.empty());
  const ReportSeries& change = data.arms[1].change;
  EXPECT_EQ(change.runs, 4U);
  ASSERT_FALSE(change.empty());
  for (const double value : change.values) {
    if (value != value) continue;
    EXPECT_NEAR(value, 1.0, 0.1);  // kept as float, beside large numbers
  }
}

TEST(Collector, QuantilesAreOfTheRunsThatEnded) {
  const auto executor = serial_executor();
  const Gathered g = gather(5, *executor, true);
  const ReportSeries& s = g.data.arms[0].series;
  EXPECT_EQ(s.runs, 5U);
  ASSERT_EQ(s.dates.size(), g.result.runs[0].series.size());
  std::vector<double> last;
  for (const RunResult& run : g.result.runs) last.push_back(run.series.back().values[0]);
  std::sort(last.begin(), last.end());
  for (std::size_t q = 0; q < ReportSeries::levels.size(); ++q) {
    EXPECT_NEAR(s.at(0, s.dates.size() - 1, q), quantile(last, ReportSeries::levels[q]),
                1e-6 * (1.0 + last.back()));
  }
}

}  // namespace
}  // namespace casus
