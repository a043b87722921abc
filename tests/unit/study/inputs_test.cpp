#include "casus/scenario/inputs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "casus/run/simulation.h"
#include "casus/sim/mechanism.h"
#include "casus/study/ensemble.h"

namespace casus {
namespace {

// A prior of every kind that a run draws.
constexpr const char* drawn_yaml = R"(casus: scenario/1
title: Drawn
clock: {start: 2023-09-16, days: 5}
regions:
  north: {title: North, owner: arda, population: {uniform: [400000, 500000]}, area: 9000 km2,
          at: [16, 0], grievance: {uniform: [0.4, 0.6]}, displaced: {uniform: [1000, 2000]},
          neighbours: {east: 300 km}}
  east: {title: East, owner: bora, population: 800000, area: 6000 km2, at: [13, 3]}
actors:
  arda: {kind: state, title: Arda, forces: 9000, resources: 200, income: 300, capital: north,
         legitimacy: {beta: [5, 5]}}
  bora: {kind: state, title: Bora, forces: {triangular: [8000, 9000, 9900]}, resources: 200,
         income: 300, capital: east}
  band: {kind: armed_group, title: Band, forces: 2000, support: 20}
presence:
  north: {arda: {uniform: [2000, 3000]}, band: 1200}
relations:
  - {from: arda, to: bora, affinity: {uniform: [0.1, 0.3]}}
crises:
  claim: {title: Claim, challenger: bora, target: arda, issue: dispute, stake: {uniform: [0.2, 0.4]},
          since: 2023-08-01}
measures:
  - {kind: aid, by: bora, against: arda, size: {uniform: [10, 20]}, since: 2023-01-01}
mechanisms:
  combat: {lethality: {uniform: [0.005, 0.015]}}
outcomes:
  attacked: {title: Attacked, ever: attack}
)";

Scenario scenario() {
  return Scenario::parse(drawn_yaml, "drawn.yaml", standard_registry().vocabulary());
}

std::size_t row_of(const DrawnInputs& inputs, const std::string& path) {
  const auto found = std::find_if(inputs.infos().begin(), inputs.infos().end(),
                                  [&](const InputInfo& i) { return i.path == path; });
  if (found == inputs.infos().end()) throw std::out_of_range(path);
  return static_cast<std::size_t>(found - inputs.infos().begin());
}

TEST(Inputs, AreWhatARunHas) {
  const Scenario s = scenario();
  const DrawnInputs inputs(s);
  EXPECT_EQ(inputs.infos().size(), 10U);
  EXPECT_TRUE(std::is_sorted(inputs.infos().begin(), inputs.infos().end(),
                             [](const auto& a, const auto& b) { return a.path < b.path; }));
  EXPECT_EQ(inputs.infos()[row_of(inputs, "actors.bora.forces")].unit, "people");
  for (std::uint32_t run = 0; run < 3; ++run) {
    const Simulation simulation(s, standard_registry(), {11, run});
    const World& w = simulation.world();
    const std::vector<double> drawn = inputs.of({11, run});
    const auto of = [&](const std::string& path) { return drawn[row_of(inputs, path)]; };
    const ActorId arda = simulation.actor("arda"), bora = simulation.actor("bora");
    const std::size_t north = simulation.region("north").row();
    EXPECT_EQ(of("regions.north.grievance"), simulation.get("regions.north.grievance"));
    EXPECT_EQ(of("actors.arda.legitimacy"), simulation.get("actors.arda.legitimacy"));
    EXPECT_EQ(of("mechanisms.combat.lethality"), simulation.get("mechanisms.combat.lethality"));
    EXPECT_EQ(of("actors.bora.forces"), w.forces(bora));
    EXPECT_EQ(of("relations.arda.bora"), w.relations.affinity(arda, bora));
    EXPECT_EQ(of("crises.claim.stake"), w.crises.at(0).stake);
    EXPECT_EQ(of("regions.north.population") - of("regions.north.displaced"),
              w.regions.residents[north]);
    for (const auto p : w.presences_of(arda)) {
      if (w.presences.region[p].row() == north) {
        EXPECT_EQ(of("presence.north.arda"), w.presences.strength[p]);
      }
    }
    const auto aid = std::find_if(inputs.infos().begin(), inputs.infos().end(),
                                  [](const auto& i) { return i.path.rfind("measures.", 0) == 0; });
    ASSERT_NE(aid, inputs.infos().end());
    EXPECT_EQ(aid->unit, "MUSD/year");
    EXPECT_EQ(of(aid->path), w.measures.at(0).size);
  }
}

TEST(Inputs, StandInEveryResultOfAnEnsemble) {
  const Scenario s = scenario();
  EnsembleOptions options;
  options.runs = 4;
  options.seed = 3;
  options.first_run = 5;
  const auto executor = serial_executor();
  options.executor = executor.get();
  const EnsembleResult result = run_ensemble(s, standard_registry(), options);
  const DrawnInputs inputs(s);
  ASSERT_EQ(result.inputs.size(), inputs.infos().size());
  EXPECT_EQ(result.inputs[0].path, inputs.infos()[0].path);
  for (const RunResult& run : result.runs) EXPECT_EQ(run.inputs, inputs.of({3, run.spec.run}));
  EXPECT_NE(result.runs[0].inputs, result.runs[1].inputs);
}

TEST(Inputs, ACancelledRunEndsAtTheStepAndIsNoResult) {
  const Scenario s = scenario();
  EnsembleOptions options;
  options.runs = 4;
  const auto executor = serial_executor();
  options.executor = executor.get();
  std::size_t asked = 0;
  // Asked once before a run and once before each of its five steps: the third run is in its second.
  options.cancelled = [&] { return ++asked > 14; };
  const EnsembleResult result = run_ensemble(s, standard_registry(), options);
  EXPECT_TRUE(result.cancelled);
  EXPECT_EQ(result.runs.size(), 2U);
  EXPECT_EQ(result.failed(), 0U) << "it did not fail";
}

TEST(Inputs, RunsThatThereAreAreNotMadeAgain) {
  const Scenario s = scenario();
  EnsembleOptions options;
  options.runs = 6;
  options.made = [](std::uint32_t run) { return run == 0 || run == 3; };
  const EnsembleResult result = run_ensemble(s, standard_registry(), options);
  std::vector<std::uint32_t> made;
  for (const RunResult& run : result.runs) made.push_back(run.spec.run);
  EXPECT_EQ(made, (std::vector<std::uint32_t>{1, 2, 4, 5}));
  EXPECT_FALSE(result.cancelled);
}

}  // namespace
}  // namespace casus
