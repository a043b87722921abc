#include "casus/experiment/calibration_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "casus/core/diagnostics.h"
#include "casus/scenario/inputs.h"
#include "casus/sim/mechanism.h"
#include "casus/study/ensemble.h"

namespace casus {
namespace {

const std::string tutorial_scenario =
    std::string(CASUS_SOURCE_DIR) + "/scenarios/tutorial/three-states.yaml";

std::string whole(const std::string& rest) {
  return "casus: calibration/1\nscenario: " + tutorial_scenario + "\n" + rest;
}

/// What is wrong with it, by itself or with its scenario.
std::vector<Diagnostic> wrong(const std::string& rest) {
  try {
    const CalibrationSpec spec = parse_calibration(whole(rest), "c.yaml");
    static_cast<void>(make_calibration(spec, standard_registry().vocabulary()));
  } catch (const ScenarioError& e) {
    return e.diagnostics();
  }
  return {};
}

bool mentions(const std::vector<Diagnostic>& all, std::size_t line, const std::string& part) {
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& d) {
    return d.where.file == "c.yaml" && d.where.line == line && d.where.column > 0 &&
           (d.message + "; " + d.suggestion).find(part) != std::string::npos;
  });
}

const char* good = R"(uncertainties:
  mechanisms.insurgency.attack_rate: {uniform: [0.02, 0.3]}
design: {method: lhs, points: 12}
replicates: 2
waves: 1
targets:
  deaths: {observed: 100, error: 10, scale: log, source: made up}
  war: {band: [0.4, 0.8], of: mean, source: made up}
  quiet: {fact: zeros, where: [arden], observed: 0.5, error: 0.1, source: made up}
)";

TEST(Calibrations, SayWhatIsMatched) {
  const CalibrationSpec spec = parse_calibration(whole(good), "c.yaml");
  ASSERT_EQ(spec.targets.size(), 3U);
  EXPECT_EQ(spec.experiment.design.points, 12U);
  EXPECT_TRUE(spec.targets[0].match.log_scale);
  EXPECT_DOUBLE_EQ(spec.targets[1].match.observed, 0.6);
  EXPECT_NEAR(spec.targets[1].match.error, 0.2 / 1.6449, 1e-4);
  EXPECT_TRUE(spec.targets[1].match.of_mean);
  const Calibrating made = make_calibration(spec, standard_registry().vocabulary());
  EXPECT_EQ(made.targets[0].title, "Deaths in Arden");
  EXPECT_EQ(made.targets[2].title, "share of zeros");
  EXPECT_EQ(made.design.size(), 12U);
}

TEST(Calibrations, AllThatIsWrongIsSaidAtOnce) {
  const auto form = wrong(R"(uncertainties:
  mechanisms.insurgency.attack_rate: 0.3
targets:
  a: {observed: 1, source: x}
  b: {observed: 1, error: 0, source: x}
  c: {band: [3, 2], source: x}
  d: {observed: 1, error: 1}
  e: {observed: 1, error: 1, fact: zeroes, source: x}
  f: {observed: 1, error: 1, where: [arden], source: x}
  g: {observed: -1, error: 1, scale: log, source: x}
  h: {observd: 1, error: 1, source: x}
design: {method: morris}
waves: 0
)");
  EXPECT_TRUE(mentions(form, 4, "not uncertain"));
  EXPECT_TRUE(mentions(form, 6, "needs 'observed' and 'error', or a 'band'"));
  EXPECT_TRUE(mentions(form, 7, "leaves no room"));
  EXPECT_TRUE(mentions(form, 8, "the lower first"));
  EXPECT_TRUE(mentions(form, 9, "source"));
  EXPECT_TRUE(mentions(form, 10, "zeros"));
  EXPECT_TRUE(mentions(form, 11, "'where' is of a fact"));
  EXPECT_TRUE(mentions(form, 12, "not below 0"));
  EXPECT_TRUE(mentions(form, 13, "did you mean 'observed'?"));
  EXPECT_TRUE(mentions(form, 14, "lhs or sobol"));
  EXPECT_TRUE(mentions(form, 15, "below the limit"));
}

TEST(Calibrations, WhatDoesNotFitTheScenarioIsShownWhereItIsSaid) {
  const auto misfits = wrong(R"(uncertainties:
  mechanisms.insurgency.atack_rate: {uniform: [0.02, 0.3]}
  mechanisms.combat.size_median: {uniform: [0.5, 3]}
targets:
  deaths: {observed: 1, error: 1, source: x}
  quiet: {observed: 1, error: 1, fact: zeros, where: [ardn], source: x}
)");
  EXPECT_TRUE(mentions(misfits, 4, "attack_rate"));
  EXPECT_TRUE(mentions(misfits, 5, "reaches down to 0.5"));
  EXPECT_TRUE(mentions(misfits, 8, "did you mean 'arden'?"));
  const auto outcome = wrong(R"(uncertainties:
  mechanisms.insurgency.attack_rate: {uniform: [0.02, 0.3]}
targets:
  death: {observed: 1, error: 1, source: x}
)");
  EXPECT_TRUE(mentions(outcome, 6, "did you mean 'deaths'?"));
}

constexpr const char* attacks = "{title: Attacks in Arden, count: attack, against: [arden]}";

/// How many attacks one run of the tutorial has at an attack rate. Of its deaths most are those of
/// a war that comes or does not, which say nothing about the rate.
double attacks_at(double rate, std::uint32_t run) {
  const Scenario scenario =
      Scenario::load(tutorial_scenario, standard_registry().vocabulary(),
                     {{Edit::Kind::set, "mechanisms.insurgency.attack_rate", std::to_string(rate)},
                      {Edit::Kind::add, "outcomes.attacks_seen", attacks}});
  const RunResult made = run_once(scenario, standard_registry(), {99, run});
  for (std::size_t i = 0; i < scenario->outcomes.size(); ++i) {
    if (scenario->outcomes[i].name == "attacks_seen") return made.outcomes[i].value;
  }
  return std::nan("");
}

TEST(Calibrations, FindWhatARunWasMadeWithSlow) {
  // One history with a high attack rate, one with a low one: the posteriors lie where they belong,
  // and the file that is included draws from them.
  const auto posterior = [](double rate) {
    const CalibrationSpec spec = parse_calibration(
        whole("uncertainties: {mechanisms.insurgency.attack_rate: {uniform: [0.02, 0.3]}}\n"
              "outcomes: {attacks_seen: " +
              std::string(attacks) +
              "}\ndesign: {method: lhs, points: 24}\nreplicates: 2\nwaves: 1\n"
              "targets: {attacks_seen: {observed: " +
              std::to_string(attacks_at(rate, 5)) + ", error: 5, source: x}}\n"),
        "c.yaml");
    const Calibrating made = make_calibration(spec, standard_registry().vocabulary());
    MatchResult result = calibrate(spec, made, standard_registry(), {});
    EXPECT_FALSE(result.empty);
    if (result.rows.empty()) return result;
    const std::string yaml = posterior_yaml(spec, result, "found");
    const std::string merged = "casus: scenario/1\ninclude: [" + tutorial_scenario + "]\n" +
                               yaml.substr(yaml.find("edits:"));
    const Scenario s = Scenario::parse(merged, std::string(CASUS_SOURCE_DIR) + "/a.yaml",
                                       standard_registry().vocabulary());
    const DrawnInputs drawn(s);
    const auto row = std::find_if(drawn.infos().begin(), drawn.infos().end(), [](const auto& i) {
      return i.path == "mechanisms.insurgency.attack_rate";
    });
    EXPECT_NE(row, drawn.infos().end());
    const double value = drawn.of({1, 7})[static_cast<std::size_t>(row - drawn.infos().begin())];
    EXPECT_TRUE(std::any_of(result.rows.begin(), result.rows.end(),
                            [&](const auto& r) { return r[0] == value; }));
    return result;
  };
  const MatchResult low = posterior(0.04), high = posterior(0.25);
  ASSERT_FALSE(low.parameters.empty() || high.parameters.empty());
  EXPECT_LT(low.parameters[0].posterior.median, 0.13);
  EXPECT_GT(high.parameters[0].posterior.median, low.parameters[0].posterior.median + 0.05);
  EXPECT_LE(low.parameters[0].posterior.low, 0.04);
  EXPECT_GE(high.parameters[0].posterior.high, 0.25);
}

}  // namespace
}  // namespace casus
