#include "casus/experiment/experiment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <string>

#include "casus/core/diagnostics.h"
#include "casus/experiment/comparison.h"
#include "casus/run/simulation.h"
#include "casus/sim/mechanism.h"

namespace casus {
namespace {

const std::string tutorial =
    std::string(CASUS_SOURCE_DIR) + "/scenarios/tutorial/three-states.yaml";

std::string file(const std::string& rest) {
  return "casus: experiment/1\nscenario: " + tutorial + "\n" + rest;
}
ExperimentSpec parse(const std::string& rest) {
  return parse_experiment(file(rest), "experiment.yaml");
}

/// The codes of what is wrong with it.
std::vector<std::string> problems_of(const std::string& rest) {
  std::vector<std::string> codes;
  try {
    parse(rest);
  } catch (const ScenarioError& e) {
    for (const Diagnostic& d : e.diagnostics()) {
      codes.push_back(d.code);
      EXPECT_GT(d.where.line, 0U) << d.message;
    }
  }
  return codes;
}

TEST(Experiments, SayWhatIsRun) {
  const ExperimentSpec e = parse(R"(
title: What if
replicates: 50
seed: 7
uncertainties:
  actors.x.forces: {uniform: [1, 3]}
design: {method: lhs, points: 8}
policies:
  baseline: {}
  other: {remove: [pacts.a], set: {b.c: 4}, timeline: [{at: 2024-01-01, set: {b.c: 5}}]}
outcomes: [deaths, war]
compare: {baseline: other, confidence: 0.9}
)");
  EXPECT_EQ(e.replicates, 50U);
  EXPECT_EQ(e.seed, 7U);
  ASSERT_EQ(e.uncertainties.size(), 1U);
  EXPECT_EQ(e.design.method, DesignMethod::lhs);
  ASSERT_EQ(e.policies.size(), 2U);
  EXPECT_TRUE(e.policies[0].edits.empty());
  ASSERT_EQ(e.policies[1].edits.size(), 3U);
  EXPECT_EQ(e.policies[1].edits[0].kind, Edit::Kind::remove);
  EXPECT_EQ(e.policies[1].edits[1].path, "b.c");
  EXPECT_EQ(e.policies[1].edits[1].yaml, "4\n");
  EXPECT_EQ(e.policies[1].edits[2].path, "timeline");
  EXPECT_EQ(e.only, (std::vector<std::string>{"deaths", "war"}));
  EXPECT_EQ(e.baseline, "other");
  EXPECT_DOUBLE_EQ(e.confidence, 0.9);
}

TEST(Experiments, AllThatIsWrongIsSaidAtOnce) {
  const auto codes = problems_of(R"(
replicats: 5
policies:
  One Two: {}
  b: {removed: [x]}
compare: {baseline: c}
design: {method: lhs}
)");
  EXPECT_EQ(codes.size(), 5U);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "E0420"), 1) << "a name";
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "E0320"), 1) << "a policy that there is not";
}

TEST(Experiments, WhatIsNoPriorIsNotUncertain) {
  EXPECT_EQ(problems_of("uncertainties: {actors.x.forces: 4}\n"),
            std::vector<std::string>{"E0201"});
  EXPECT_EQ(problems_of("design: {method: table}\nuncertainties: {a.b: {uniform: [0, 1]}}\n"),
            std::vector<std::string>{"E0202"});
}

TEST(Experiments, DesignsThatCannotBeMadeAreRefusedWhereTheyStand) {
  const std::string two = "uncertainties: {a.b: {uniform: [0, 1]}, a.c: {uniform: [0, 1]}}\n";
  EXPECT_TRUE(problems_of(two + "design: {method: grid, levels: 1000}\n").empty());
  const std::string three =
      "uncertainties: {a.b: {uniform: [0, 1]}, a.c: {uniform: [0, 1]}, a.d: {uniform: [0, 1]}}\n";
  for (const char* design :
       {"grid, levels: 101", "saltelli, points: 250000", "morris, points: 300000"}) {
    EXPECT_EQ(problems_of(three + "design: {method: " + design + "}\n"),
              std::vector<std::string>{"E0420"})
        << design;
  }
  std::string many = "uncertainties:\n";
  for (int i = 0; i < 1834; ++i) many += "  a.b" + std::to_string(i) + ": {uniform: [0, 1]}\n";
  EXPECT_TRUE(problems_of(many + "design: {method: sobol, points: 2}\n").empty());
  EXPECT_EQ(problems_of(many + "design: {method: saltelli, points: 2}\n"),
            std::vector<std::string>{"E0420"});
}

TEST(Experiments, TheSchemaAndTheReferenceNameEveryKey) {
  const std::string schema = experiment_schema(), page = experiment_reference();
  for (const char* key : {"uncertainties", "design", "policies", "outcomes", "compare", "stop",
                          "half_width", "max_replicates", "timeline"}) {
    EXPECT_NE(schema.find('"' + std::string(key) + '"'), std::string::npos) << key;
    EXPECT_NE(page.find(key), std::string::npos) << key;
  }
}

Scenario small() { return load_scenario(tutorial, {{Edit::Kind::set, "clock.days", "60"}}); }

TEST(Experiments, APolicySaysWhatItIsAbout) {
  const ExperimentSpec e = parse(R"(
policies:
  baseline: {}
  one: {title: One, about: deaths}
  two: {about: [deaths, war]}
  three: {about: {deaths: lower, war: higher, peace: either}}
)");
  using Way = AboutOutcome::Way;
  EXPECT_TRUE(e.policies[0].about.empty());
  EXPECT_EQ(e.policies[1].title, "One");
  ASSERT_EQ(e.policies[1].about.size(), 1U);
  EXPECT_EQ(e.policies[1].about[0].what.way, Way::either);
  ASSERT_EQ(e.policies[2].about.size(), 2U);
  EXPECT_EQ(e.policies[2].about[1].what.outcome, "war");
  ASSERT_EQ(e.policies[3].about.size(), 3U);
  EXPECT_EQ(e.policies[3].about[0].what.way, Way::lower);
  EXPECT_EQ(e.policies[3].about[1].what.way, Way::higher);
  EXPECT_EQ(e.policies[3].about[2].what.way, Way::either);
  EXPECT_EQ(problems_of("policies: {a: {about: {deaths: up}}}"), std::vector<std::string>{"E0208"});
  EXPECT_EQ(problems_of("policies: {a: {about: [deaths, deaths]}}"),
            std::vector<std::string>{"E0203"});
}

// Which outcomes there are only the scenario knows; the place is that of the name all the same.
TEST(Experiments, AnOutcomeThatNobodyAsksIsNoMatterToBeAbout) {
  const ExperimentSpec e = parse(R"(
policies:
  baseline: {}
  a: {about: {war_beginz: higher}}
  b: {about: [nothing_of_the_kind]}
stop: {when: {outcome: no_such_thing, half_width: 0.1}}
)");
  try {
    make_worlds(e, standard_registry().vocabulary());
    ADD_FAILURE() << "nothing was wrong";
  } catch (const ScenarioError& error) {
    ASSERT_EQ(error.diagnostics().size(), 3U);
    std::size_t placed = 0;
    for (const Diagnostic& d : error.diagnostics()) {
      EXPECT_EQ(d.code, "E0320");
      EXPECT_EQ(d.where.file, "experiment.yaml");
      placed += d.where.line > 0 ? 1 : 0;
    }
    EXPECT_EQ(placed, 2U);
  }
}

TEST(Comparing, AnswersSayWhetherItMovedAsItWasHeldTo) {
  Answer a;
  using Way = AboutOutcome::Way;
  using Verdict = Answer::Verdict;
  const auto verdict = [&](Way way, double low, double high) {
    a.way = way;
    a.effect.difference.low = low;
    a.effect.difference.high = high;
    return a.verdict();
  };
  EXPECT_EQ(verdict(Way::either, 0.1, 0.2), Verdict::moved);
  EXPECT_EQ(verdict(Way::either, -0.1, 0.2), Verdict::not_shown);
  EXPECT_EQ(verdict(Way::higher, 0.1, 0.2), Verdict::expected);
  EXPECT_EQ(verdict(Way::higher, -0.2, -0.1), Verdict::contrary);
  EXPECT_EQ(verdict(Way::lower, -0.2, -0.1), Verdict::expected);
  EXPECT_EQ(verdict(Way::lower, 0.1, 0.2), Verdict::contrary);
  EXPECT_EQ(verdict(Way::lower, 0.0, 0.0), Verdict::not_shown);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(verdict(Way::lower, nan, nan), Verdict::not_shown);
}

// What is asked of one policy is answered as if it were the only question: the same interval as of
// a comparison of two.
TEST(Comparing, AnAnswerIsNotWidenedForTheOthers) {
  const std::string outcome =
      Scenario::load(tutorial, standard_registry().vocabulary())->outcomes.front().name;
  const auto compared = [&](const std::string& policies) {
    const Worlds worlds =
        make_worlds(parse("replicates: 12\npolicies:\n  baseline: {}\n" + policies),
                    standard_registry().vocabulary());
    return compare(run_worlds(worlds, standard_registry(), {}), 0.9);
  };
  const std::string asked =
      "  a: {title: Alone, about: {" + outcome + ": higher}, set: {actors.corvia.appetite: 0.1}}\n";
  const Comparison one = compared(asked);
  const Comparison two = compared(asked + "  b: {}\n");
  ASSERT_EQ(one.answers.size(), 1U);
  ASSERT_EQ(two.answers.size(), 1U);
  const Answer& a = two.answers.front();
  EXPECT_EQ(a.policy, 1U);
  EXPECT_EQ(two.outcomes[a.outcome].outcome.name, outcome);
  EXPECT_EQ(two.titles[1], "Alone");
  EXPECT_EQ(a.effect.difference.low, one.answers.front().effect.difference.low);
  EXPECT_EQ(a.effect.difference.low, one.outcomes[a.outcome].policies[1].effect.difference.low);
  EXPECT_EQ(a.effect.difference.value, two.outcomes[a.outcome].policies[1].effect.difference.value);
}

// Values that are good one by one and make no scenario together are the input's fault, and not
// ours.
TEST(Comparing, APointThatMakesNoScenarioSaysSo) {
  const Worlds worlds = make_worlds(parse(R"(
replicates: 1
uncertainties: {actors.hillmen.forces: {uniform: [900, 1200]}}
design: {method: table, rows: [[1100], [950]]}
)"),
                                    standard_registry().vocabulary());
  try {
    run_worlds(worlds, standard_registry(), {});
    ADD_FAILURE() << "1000 of 950 people are placed";
  } catch (const ScenarioError& e) {
    EXPECT_EQ(e.diagnostics().front().code, "E0405");
  }
}

TEST(Comparing, AChangeOfNothingIsNothing) {
  const Scenario s = small();
  Worlds worlds;
  worlds.policies = {{"baseline", s}, {"title", s.with({{Edit::Kind::set, "title", "Another"}})}};
  worlds.replicates = 8;
  for (const bool share : {true, false}) {
    ComparisonOptions options;
    options.share_past = share;
    const ComparedRuns runs = run_worlds(worlds, standard_registry(), options);
    const Comparison c = compare(runs);
    EXPECT_TRUE(c.honesty[1].inert());
    EXPECT_EQ(c.honesty[1].alike, 1.0);
    for (const OutcomeComparison& o : c.outcomes) {
      EXPECT_EQ(o.policies[1].effect.difference.value, 0.0) << o.outcome.name;
    }
  }
}

/// Policies that part from the baseline on some day.
const std::string dated = R"(
replicates: 10
policies:
  baseline: {}
  later: {timeline: [{at: 2030-05-01, set: {actors.corvia.appetite: 0.1}}]}
  never: {timeline: [{at: 2040-06-01, set: {actors.corvia.appetite: 0.1}}]}
  from: {from: 2030-05-01, set: {actors.corvia.appetite: 0.1}}
  off: {from: 2030-05-01, remove: [pacts.entente]}
)";

TEST(Comparing, APastThatIsSharedChangesNothing) {
  const Worlds worlds = make_worlds(parse(dated), standard_registry().vocabulary());
  ComparisonOptions options;
  options.keep_series = true;
  const ComparedRuns shared = run_worlds(worlds, standard_registry(), options);
  options.share_past = false;
  const ComparedRuns apart = run_worlds(worlds, standard_registry(), options);
  ASSERT_EQ(shared.worlds.size(), apart.worlds.size());
  std::size_t moved = 0;
  for (std::size_t w = 0; w < shared.worlds.size(); ++w) {
    const WorldResult &a = shared.worlds[w], &b = apart.worlds[w];
    for (std::size_t p = 0; p < a.runs.size(); ++p) {
      ASSERT_FALSE(a.runs[p].failure) << a.runs[p].failure->what;
      EXPECT_EQ(a.runs[p].world_hash, b.runs[p].world_hash) << shared.policies[p];
      EXPECT_EQ(a.runs[p].events_hash, b.runs[p].events_hash) << shared.policies[p];
      EXPECT_EQ(a.partings[p].parted, b.partings[p].parted);
      ASSERT_EQ(a.runs[p].series.size(), b.runs[p].series.size());
      for (std::size_t i = 0; i < a.runs[p].series.size(); ++i) {
        EXPECT_EQ(a.runs[p].series[i].values, b.runs[p].series[i].values);
      }
    }
    // What the timeline sets on a day and what an edit sets from that day on are the same.
    EXPECT_EQ(a.runs[1].world_hash, a.runs[3].world_hash);
    EXPECT_EQ(a.runs[2].events_hash, a.runs[0].events_hash) << "after the end";
    const double day = worlds.policies[0].scenario->clock.step_at(worlds.policies[3].from->date);
    for (const std::size_t p : {1U, 3U, 4U}) {
      if (!a.partings[p].parted) continue;
      EXPECT_GE(a.partings[p].day, day) << shared.policies[p];
      ++moved;
    }
  }
  EXPECT_GT(moved, 0U) << "nothing came of it";
}

TEST(Comparing, APolicyThatCannotBeginInMidRunIsRefusedWhereItStands) {
  const Worlds worlds = make_worlds(parse(R"(
policies:
  baseline: {}
  born: {from: 2030-03-01, set: {crises.tolls.stake: 0.7}}
  past: {from: 2030-03-01, timeline: [{at: 2030-02-01, set: {actors.corvia.appetite: 0.1}}]}
  good: {from: 2030-03-01, remove: [pacts.entente]}
)"),
                                    standard_registry().vocabulary());
  try {
    run_worlds(worlds, standard_registry(), {});
    ADD_FAILURE() << "a crisis that began otherwise";
  } catch (const ScenarioError& e) {
    ASSERT_EQ(e.diagnostics().size(), 2U);
    for (const Diagnostic& d : e.diagnostics()) {
      EXPECT_EQ(d.code, "E0420");
      EXPECT_EQ(d.where.file, "experiment.yaml");
      EXPECT_GT(d.where.line, 0U);
    }
    EXPECT_NE(e.diagnostics()[0].message.find("cannot change"), std::string::npos);
    EXPECT_NE(e.diagnostics()[1].message.find("past"), std::string::npos);
  }
}

TEST(Comparing, APolicyBeginsWhileTheWorldsLastAndTheBaselineAtTheStart) {
  for (const char* policies : {"{baseline: {from: 2030-03-01}}", "{a: {}, b: {from: 1925-03-01}}",
                               "{a: {}, b: {from: 2125-03-01}}"}) {
    try {
      make_worlds(parse("policies: " + std::string(policies) + "\n"),
                  standard_registry().vocabulary());
      ADD_FAILURE() << policies;
    } catch (const ScenarioError& e) {
      ASSERT_EQ(e.diagnostics().size(), 1U) << policies;
      EXPECT_EQ(e.diagnostics()[0].code, "E0420");
      EXPECT_EQ(e.diagnostics()[0].where.line, 3U);
    }
  }
}

TEST(Comparing, WorkersChangeNothing) {
  const Scenario s = small();
  const std::string group = [&] {
    for (const ActorSpec& a : s->actors) {
      if (a.kind == ActorKind::armed_group) return a.name;
    }
    return std::string();
  }();
  ASSERT_FALSE(group.empty());
  Worlds worlds;
  worlds.policies = {{"baseline", s}, {"without", s.without("actors." + group)}};
  worlds.replicates = 12;
  const auto hashes = [&](Executor& executor) {
    ComparisonOptions options;
    options.executor = &executor;
    const ComparedRuns runs = run_worlds(worlds, standard_registry(), options);
    std::vector<std::uint64_t> all;
    for (const WorldResult& w : runs.worlds) {
      for (const RunResult& r : w.runs) all.push_back(r.world_hash);
    }
    return all;
  };
  const auto serial = serial_executor();
  const auto shuffled = shuffled_executor(5);
  const auto expected = hashes(*serial);
  EXPECT_EQ(expected.size(), 24U);
  EXPECT_EQ(hashes(*shuffled), expected);
  ComparisonOptions options;
  options.executor = serial.get();
  const ComparedRuns runs = run_worlds(worlds, standard_registry(), options);
  // The runs are those of an ensemble of each scenario by itself.
  for (std::size_t p = 0; p < 2; ++p) {
    const RunResult alone =
        run_once(worlds.policies[p].scenario, standard_registry(), {1, 3, false});
    EXPECT_EQ(runs.worlds[3].runs[p].world_hash, alone.world_hash);
  }
  EXPECT_EQ(compare(runs).honesty[1].same, 0U);
}

TEST(Comparing, ARuleStopsAtTheSameWorldForAnyWorkers) {
  Worlds worlds;
  worlds.policies = {{"baseline", small()}};
  StopRule rule;
  for (const OutcomeSpec& o : worlds.policies[0].scenario->outcomes) {
    if (o.form == OutcomeSpec::Form::ever) rule.outcome = o.name;
  }
  ASSERT_FALSE(rule.outcome.empty());
  rule.half_width = 0.5;
  rule.batch = 4;
  rule.most = 40;
  const auto shuffled = shuffled_executor(3);
  const auto serial = serial_executor();
  for (Executor* executor : {shuffled.get(), serial.get()}) {
    ComparisonOptions options;
    options.executor = executor;
    options.stop = {rule};
    const ComparedRuns runs = run_worlds(worlds, standard_registry(), options);
    EXPECT_EQ(runs.worlds.size(), 4U);
    EXPECT_TRUE(runs.stopped);
  }
}

TEST(Comparing, AssertionsAreReadAndLookedAt) {
  ComparedRuns names;
  names.policies = {"baseline", "no-charter"};
  names.outcomes.resize(1);
  names.outcomes[0].name = "deaths";
  const Assertion a = parse_assertion("deaths < 0.9*baseline", names);
  EXPECT_DOUBLE_EQ(a.factor, 0.9);
  EXPECT_EQ(a.op, Assertion::Op::less);
  const Assertion b = parse_assertion("no-charter.deaths >= 100", names);
  EXPECT_EQ(b.policy, "no-charter");
  EXPECT_DOUBLE_EQ(b.offset, 100.0);
  for (const char* wrong :
       {"deaths", "death < 3", "deaths < x", "none.deaths < 3", "deaths < 2*other"}) {
    EXPECT_THROW(parse_assertion(wrong, names), std::invalid_argument) << wrong;
  }
  Comparison c;
  c.policies = names.policies;
  c.outcomes.push_back({names.outcomes[0], std::vector<PolicyEffect>(2)});
  c.outcomes[0].policies[1].effect.base = 100.0;
  c.outcomes[0].policies[1].effect.other = 91.0;
  EXPECT_FALSE(check(a, c).front().met);
  c.outcomes[0].policies[1].effect.other = 89.0;
  EXPECT_TRUE(check(a, c).front().met);
}

}  // namespace
}  // namespace casus
