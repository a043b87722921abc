// One set of rules, two answers: ECOWAS threatens Niger in 2023 and stays out, and goes into Benin
// in 2025. What makes the difference is a stage of the law, and changing that fact changes sides.
#include <gtest/gtest.h>

#include <cmath>

#include "casus/study/ensemble.h"
#include "verdict_log.h"

namespace casus::test {
namespace {

using enum EventKind;
using law::Reason;

Wanted of(EventKind kind, const std::string& article, const std::string& state,
          double at_least = 0.0) {
  return {.kind = kind, .pact = "ecowas", .article = article, .whom = state, .at_least = at_least};
}

TEST(Ecowas, ThreatensNigerAndMostlyStaysOutSlow) {
  const VerdictLog log("sahel/ecowas/niger-2023.yaml");
  EXPECT_EQ(log.in_runs(of(covered, "25e", "niger")), runs);
  EXPECT_GT(log.in_runs({.kind = ultimatum, .pact = "ecowas", .whom = "niger"}), runs * 8 / 10);
  EXPECT_GT(log.in_runs({.kind = sanction, .whom = "niger"}), runs * 8 / 10);
  // Sanctions by degrees first: the coup itself obliges nobody to send troops.
  EXPECT_GT(log.in_runs(of(obliged, "25e", "niger")), runs * 8 / 10);
  EXPECT_LT(log.in_runs(of(obliged, "25e", "niger", troops)), runs / 20);
  EXPECT_GT(log.events({.kind = intervention_vote, .pact = "ecowas", .whom = "niger"}), 4 * runs);
  EXPECT_LT(log.in_runs({.kind = intervention, .whom = "niger"}), runs / 4);
}

TEST(Ecowas, GoesIntoBeninThatAsksSlow) {
  const VerdictLog log("sahel/ecowas/benin-2025.yaml");
  EXPECT_EQ(log.in_runs(of(covered, "25e-attempt", "benin")), runs);
  EXPECT_GT(log.in_runs(of(invoked, "25e-attempt", "benin", troops)), runs * 7 / 10);
  EXPECT_GT(log.in_runs(of(honour, "25e-attempt", "benin", troops)), runs * 7 / 10);
  EXPECT_GT(log.in_runs({.kind = intervention, .whom = "benin"}), runs * 7 / 10);
  // It comes as a guest: nobody is at war with Benin for it.
  EXPECT_LT(log.in_runs({.kind = war_begins, .whom = "benin", .at_least = 1.0}), runs / 10);
}

TEST(Ecowas, WhoAsksDecidesSlow) {
  const VerdictLog silent("sahel/ecowas/policies/benin-does-not-ask.yaml");
  EXPECT_EQ(silent.in_runs({.kind = law_no,
                            .pact = "ecowas",
                            .article = "25e-attempt",
                            .reason = Reason::not_requested,
                            .whom = "benin"}),
            runs);
  EXPECT_LT(silent.in_runs({.kind = intervention, .whom = "benin"}), runs / 10);

  const VerdictLog free("sahel/ecowas/policies/president-of-niger-escapes.yaml");
  EXPECT_GT(free.in_runs({.kind = intervention, .whom = "niger"}), runs * 6 / 10);
}

// A junta rules because it put another government out: the articles are not for it.
TEST(Ecowas, AJuntaIsNotHelpedAgainstItsOwnSoldiersSlow) {
  const VerdictLog log("sahel/ecowas/niger-2023.yaml");
  const Wanted refused{.kind = law_no,
                       .pact = "ecowas",
                       .article = "25e-attempt",
                       .reason = Reason::against_usurper,
                       .whom = "niger"};
  EXPECT_GT(log.in_runs(refused), 0U);
}

// The pledge of 31 July deters too, so what the Charter adds is small; it is seen in pairs of runs
// that share all draws.
TEST(Ecowas, TheCharterDetersSlow) {
  EnsembleOptions options;
  options.runs = 2000;
  const auto entered = [&](const std::string& file) {
    const Scenario scenario = load(file, {{Edit::Kind::set, "clock.days", "160"}});
    std::size_t force = 0;
    while (scenario->outcomes[force].name != "force") ++force;
    std::vector<double> values;
    for (const RunResult& run : run_ensemble(scenario, standard_registry(), options).runs) {
      values.push_back(run.outcomes[force].value);
    }
    return values;
  };
  const std::vector<double> with = entered("sahel/ecowas/niger-2023.yaml");
  const std::vector<double> without = entered("sahel/ecowas/policies/no-charter.yaml");
  ASSERT_EQ(with.size(), without.size());
  double sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < with.size(); ++i) {
    const double d = without[i] - with[i];
    sum += d;
    squares += d * d;
  }
  const auto n = static_cast<double>(with.size());
  const double mean = sum / n;
  const double error = std::sqrt((squares / n - mean * mean) / (n - 1.0));
  EXPECT_GT(mean - 1.96 * error, 0.0) << "mean " << mean << ", standard error " << error;
}

}  // namespace
}  // namespace casus::test
