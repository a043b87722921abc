// What a title promises: every shipped policy about the Sahel moves what it is about, and the way
// that it is held to. The questions say so themselves; the other policies are asked here.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "../support/shipped.h"
#include "casus/experiment/experiment.h"

namespace casus::test {
namespace {

/// Policies that are none of the fourteen questions, as an experiment of their own.
constexpr const char* others = R"(casus: experiment/1
title: other policies
scenario: baseline.yaml
policies:
  baseline: {}
  authorised:
    file: policies/council-authorises-ecowas.yaml
    about: {ecowas_intervenes: higher, control_niger: lower}
  france-recognises-the-junta:
    file: policies/france-recognises-the-junta.yaml
    about: {breaches: either}
  france-recognises:
    file: policies/france-recognises.yaml
    about: {breaches: either}
  nigeria-for-force:
    file: policies/nigeria-for-force.yaml
    about: {ecowas_votes_force: higher, ecowas_intervenes: higher}
  no-promises:
    file: policies/no-promises.yaml
    about: {troops_for_each_other: lower}
  separate-peace:
    file: policies/separate-peace.yaml
    about: {breaches: higher, honoured_aes: lower, deaths_mali: either}
)";

Comparison asked(ExperimentSpec spec, std::uint32_t worlds) {
  spec.replicates = worlds;
  ComparisonOptions options;
  for (const PolicySpec& policy : spec.policies) {
    for (const PolicySpec::About& about : policy.about) {
      const auto& names = options.only;
      if (std::find(names.begin(), names.end(), about.what.outcome) == names.end()) {
        options.only.push_back(about.what.outcome);
      }
    }
  }
  const ComparedRuns runs =
      run_worlds(make_worlds(spec, standard_registry().vocabulary()), standard_registry(), options);
  EXPECT_EQ(runs.failed(), 0U);
  EXPECT_EQ(runs.not_compared, std::vector<std::string>{});
  return compare(runs);
}

void expect_answers(const Comparison& comparison) {
  for (const Answer& a : comparison.answers) {
    const std::string what = comparison.policies[a.policy] + ": " +
                             comparison.outcomes[a.outcome].policies.front().summary.title;
    const Estimate& d = a.effect.difference;
    std::cout << fmt::format("{:75} {:+12.4f} [{:+.4f}, {:+.4f}] {}\n", what, d.value, d.low,
                             d.high, verdict_name(a.verdict()));
    if (a.way == AboutOutcome::Way::either) continue;
    EXPECT_EQ(verdict_name(a.verdict()), "as expected") << what;
  }
  for (std::size_t p = 1; p < comparison.policies.size(); ++p) {
    EXPECT_FALSE(comparison.honesty[p].inert()) << comparison.policies[p] << " changes nothing";
  }
}

/// Those of which an effect is small beside what chance does.
bool is_slight(const std::string& policy) {
  constexpr std::array names{"q02-ecowas-without-nigeria", "q04-wagner-leaves-mali",
                             "q05-un-mission-stays",       "q06-algeria-mediates",
                             "q09-joint-force-5000",       "nigeria-for-force"};
  return std::find(names.begin(), names.end(), policy) != names.end();
}

/// An experiment with its first policy, which the others are compared with, and some of the others.
ExperimentSpec with_those(ExperimentSpec spec, bool slight) {
  auto& policies = spec.policies;
  policies.erase(std::remove_if(policies.begin() + 1, policies.end(),
                                [&](const PolicySpec& p) { return is_slight(p.name) != slight; }),
                 policies.end());
  return spec;
}

// Enough pairs for the least of the effects, which is then more than three standard errors, most
// more than four: with a wrong sign, or none, it is not shown.
void ask_all(const ExperimentSpec& spec) {
  expect_answers(asked(with_those(spec, true), 100));
  expect_answers(asked(with_those(spec, false), 40));
}

TEST(Questions, EachMovesWhatItsTitlePromisesSlow) {
  ask_all(load_experiment(shipped_file("sahel/questions.yaml")));
}

TEST(Questions, OtherPoliciesMoveWhatTheyAreAboutSlow) {
  ask_all(parse_experiment(others, shipped_file("sahel/others.yaml")));
}

TEST(Questions, EveryPolicyIsAskedAndHeldToSomething) {
  std::set<std::string> files;
  for (const ExperimentSpec& experiment :
       {load_experiment(shipped_file("sahel/questions.yaml")),
        parse_experiment(others, shipped_file("sahel/others.yaml"))}) {
    for (const PolicySpec& policy : experiment.policies) {
      if (policy.file.empty()) continue;
      files.insert("sahel/policies/" + policy.file.substr(policy.file.rfind('/') + 1));
      EXPECT_FALSE(policy.about.empty()) << policy.name;
    }
    // That what they are about is asked at all, make_worlds says.
    EXPECT_EQ(make_worlds(experiment, standard_registry().vocabulary()).policies.size(),
              experiment.policies.size());
  }
  const std::vector<std::string> there = files_in("sahel/policies");
  EXPECT_EQ(files, std::set<std::string>(there.begin(), there.end()));
}

}  // namespace
}  // namespace casus::test
