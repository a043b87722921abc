#include "casus/run/simulation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "probe.h"

namespace casus::test {
namespace {

// --- paths

TEST(Simulation, ReadsAndSetsByPath) {
  const Scenario s = scenario();
  Simulation sim(s);
  EXPECT_EQ(sim.get("regions.hills.grievance"), 0.7);
  sim.set("regions.hills.grievance", 0.25);
  EXPECT_EQ(sim.get("regions.hills.grievance"), 0.25);
  EXPECT_EQ(sim.get("regions.plain.grievance"), 0.3);
  EXPECT_EQ(sim.get("actors.arden.forces"), 10000.0);
  sim.set("actors.arden.forces", 12000.0);
  EXPECT_EQ(sim.get("actors.arden.forces"), 12000.0);
  EXPECT_EQ(sim.get("relations.arden.belmar"), -0.6);
  sim.set("relations.arden.belmar", 0.1);
  EXPECT_EQ(sim.get("relations.arden.belmar"), 0.1);
  EXPECT_EQ(sim.get("relations.belmar.arden"), -0.6);
  sim.set("mechanisms.control.march", 3.5);
  EXPECT_EQ(sim.get("mechanisms.control.march"), 3.5);
}

TEST(Simulation, RefusesWhatIsOutOfRangeOrNowhere) {
  Simulation sim(scenario());
  const std::uint64_t before = sim.hash();
  EXPECT_THROW(sim.set("regions.hills.grievance", 1.5), ContractError);
  EXPECT_THROW(sim.set("regions.hills.grievance", -0.5), ContractError);
  EXPECT_THROW(sim.set("actors.arden.resolve", std::numeric_limits<double>::quiet_NaN()),
               ContractError);
  EXPECT_THROW(sim.set("mechanisms.control.march", 1e6), ContractError);
  EXPECT_THROW(sim.set("mechanisms.control.march", std::numeric_limits<double>::quiet_NaN()),
               ContractError);
  EXPECT_THROW(sim.set("regions.hills.deaths", 5.0), ContractError) << "a result";
  EXPECT_THROW(sim.get("regions.hill.grievance"), ScenarioError);
  EXPECT_THROW(sim.get("regions.hills.grievances"), ScenarioError);
  EXPECT_THROW(sim.set("mechanisms.control.marches", 1.0), ScenarioError);
  EXPECT_EQ(sim.hash(), before);
  EXPECT_EQ(sim.get("mechanisms.control.march"), 15.0);
  try {
    sim.set("mechanisms.control.march", 1e6);
  } catch (const ContractError& e) {
    EXPECT_NE(std::string(e.what()).find("mechanisms.control.march"), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("60"), std::string::npos) << e.what();
  }
}

TEST(Simulation, AParameterSetInMidRunTakesEffectAtTheNextStep) {
  Record record;
  const Registry registry = with_probe(&record);
  const Scenario s = scenario(registry, "mechanisms:\n  probe: {level: -0.25}\n");
  Simulation sim(s, registry);
  sim.step();
  sim.set("mechanisms.probe.level", 0.75);
  sim.step();
  sim.step();
  EXPECT_EQ(record.levels, (std::vector<double>{-0.25, 0.75, 0.75}));
}

TEST(Simulation, ColumnsAreViewsOfTheWorld) {
  Simulation sim(scenario());
  const auto deaths = sim.column("regions.deaths");
  ASSERT_EQ(deaths.size(), 3U);
  EXPECT_EQ(deaths.data(), sim.world().regions.deaths.data()) << "no copy";
  for (int i = 0; i < 90; ++i) sim.step();
  EXPECT_GT(sim.column("regions.deaths")[1], 0.0);
  try {
    sim.column("regions.deathts");
    FAIL();
  } catch (const ContractError& e) {
    EXPECT_NE(std::string(e.what()).find("regions.deaths"), std::string::npos) << e.what();
  }
}

// --- the run

TEST(Simulation, RunsFromTheStartToTheEnd) {
  Simulation sim(scenario());
  EXPECT_EQ(sim.steps_done(), 0U);
  EXPECT_EQ(to_string(sim.date()), "2030-01-01");
  sim.step();
  EXPECT_EQ(to_string(sim.date()), "2030-01-02");
  sim.run();
  EXPECT_TRUE(sim.done());
  EXPECT_EQ(sim.steps_done(), 120U);
  EXPECT_EQ(to_string(sim.date()), "2030-05-01");
  EXPECT_THROW(sim.step(), ContractError);
  EXPECT_EQ(sim.scenario()->title, "A test");
}

TEST(Simulation, TheSameRunIsTheSameAndAnotherIsNot) {
  const Scenario s = scenario();
  const auto end = [&](RunOptions options) {
    Simulation sim(s, options);
    sim.run();
    return mix(sim.hash(), sim.log().hash());
  };
  const std::uint64_t once = end({.seed = 5, .run = 3});
  EXPECT_EQ(end({.seed = 5, .run = 3}), once);
  EXPECT_NE(end({.seed = 5, .run = 4}), once);
  EXPECT_NE(end({.seed = 6, .run = 3}), once);
  const auto shuffled = shuffled_executor(4);
  EXPECT_EQ(end({.seed = 5, .run = 3, .executor = shuffled.get()}), once);
}

TEST(Simulation, WhatIsUnderWayAtTheStartIsInTheLog) {
  Simulation sim(scenario());
  ASSERT_EQ(sim.log().size(), 1U);
  const Event& e = sim.log().all()[0];
  EXPECT_EQ(e.kind, EventKind::starting_condition);
  EXPECT_EQ(e.war, WarId(0));
  EXPECT_EQ(sim.world().wars[0].cause, e.id);
}

TEST(Simulation, GoingBackRepeatsWhatFollowed) {
  Simulation sim(scenario());
  for (int i = 0; i < 40; ++i) sim.step();
  sim.set("mechanisms.control.march", 5.0);
  const auto snapshot = sim.save();
  const std::uint64_t here = sim.hash();
  const auto onward = [&] {
    for (int i = 0; i < 40; ++i) sim.step();
    return mix(sim.hash(), sim.log().hash());
  };
  const std::uint64_t first = onward();
  sim.set("regions.hills.grievance", 0.0);
  sim.set("mechanisms.control.march", 0.1);
  sim.step();
  sim.restore(*snapshot);
  EXPECT_EQ(sim.hash(), here);
  EXPECT_EQ(sim.steps_done(), 40U);
  EXPECT_EQ(sim.get("mechanisms.control.march"), 5.0);
  EXPECT_EQ(onward(), first);
  // The snapshot is as it was, and serves another simulation of the same scenario.
  Simulation other(scenario());
  other.restore(*snapshot);
  EXPECT_EQ(other.hash(), here);
  for (int i = 0; i < 40; ++i) other.step();
  EXPECT_EQ(mix(other.hash(), other.log().hash()), first);
}

TEST(Simulation, ASnapshotHoldsTheMemoryOfMechanisms) {
  Record record;
  const Registry registry = with_probe(&record);
  Simulation sim(scenario(registry), registry);
  for (int i = 0; i < 3; ++i) sim.step();
  const auto snapshot = sim.save();
  const std::uint64_t here = sim.hash();
  sim.step();
  EXPECT_NE(sim.hash(), here);
  sim.restore(*snapshot);
  EXPECT_EQ(sim.hash(), here);
  Simulation fresh(scenario());
  EXPECT_THROW(fresh.restore(*snapshot), ContractError) << "of another registry";
}

TEST(Simulation, TheHashSeesWhatTheRestOfTheRunFollowsFrom) {
  Simulation sim(scenario());
  std::uint64_t before = sim.hash();
  sim.set("mechanisms.control.march", 5.0);
  EXPECT_NE(sim.hash(), before) << "a parameter";
  before = sim.hash();
  sim.order({.act = law::ActKind::threat, .by = ActorId(0), .against = ActorId(1)});
  EXPECT_NE(sim.hash(), before) << "an order";
}

TEST(Simulation, CanBeMoved) {
  Simulation one(scenario());
  one.step();
  const std::uint64_t here = one.hash();
  Simulation two(std::move(one));
  EXPECT_EQ(two.hash(), here);
  two.step();
  EXPECT_EQ(two.steps_done(), 2U);
}

// --- custom mechanisms

std::size_t standard_count() { return standard_registry().vocabulary().size(); }

TEST(Simulation, ACustomMechanismRunsInItsPlace) {
  Record record;
  Registry registry = standard_registry();
  const auto add = [&](const char* name, std::string_view before) {
    registry.add([=, &record] { return std::make_unique<Probe>(name, &record); }, before);
  };
  add("last", {});
  add("early", "timeline");
  add("middle", "combat");
  const Vocabulary v = registry.vocabulary();
  ASSERT_EQ(v.size(), standard_count() + 3);
  EXPECT_EQ(v.front().name, "early");
  EXPECT_EQ(v.back().name, "last");
  const auto middle =
      std::find_if(v.begin(), v.end(), [](const auto& m) { return m.name == "middle"; });
  ASSERT_NE(middle + 1, v.end());
  EXPECT_EQ((middle + 1)->name, "combat");
  EXPECT_EQ((middle - 1)->name, "commitments");
  Simulation sim(scenario(registry), registry);
  EXPECT_EQ(record.calls,
            (std::vector<std::string>{"early begins", "middle begins", "last begins"}));
  record.calls.clear();
  sim.step();
  EXPECT_EQ(record.calls, (std::vector<std::string>{"early", "middle", "last"}));
  EXPECT_EQ(standard_count() + 3, v.size()) << "a copy was changed";
}

TEST(Simulation, NamesAreTakenOnce) {
  Record record;
  Registry registry = with_probe(&record);
  const auto again = [&](const char* name, std::string_view before) {
    registry.add([=, &record] { return std::make_unique<Probe>(name, &record); }, before);
  };
  EXPECT_THROW(again("probe", {}), ContractError);
  EXPECT_THROW(again("combat", {}), ContractError);
  EXPECT_THROW(again("other", "nothing"), ContractError);
  EXPECT_EQ(registry.vocabulary().size(), standard_count() + 1);
}

TEST(Simulation, AMechanismCanBeReplacedOrTakenOut) {
  Record record;
  Registry registry = standard_registry();
  registry.replace([&] { return std::make_unique<Probe>("combat", &record); });
  const Vocabulary before = standard_registry().vocabulary();
  const Vocabulary after = registry.vocabulary();
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].name, before[i].name);
    EXPECT_EQ(after[i].doc == "A probe.", after[i].name == "combat");
  }
  registry.remove("diplomacy");
  EXPECT_EQ(registry.vocabulary().size(), before.size() - 1);
  EXPECT_THROW(registry.remove("diplomacy"), ContractError);
  EXPECT_THROW(registry.replace([&] { return std::make_unique<Probe>("diplomacy", &record); }),
               ContractError);
  Simulation sim(scenario(registry), registry);
  sim.step();
  EXPECT_EQ(record.calls, (std::vector<std::string>{"combat begins", "combat"}));
}

TEST(Simulation, OptionsInBracesAreOptions) {
  Simulation sim(scenario(), {});
  Simulation same(scenario());
  EXPECT_EQ(sim.hash(), same.hash());
}

TEST(Simulation, AScenarioOfAnotherVocabularyIsRefused) {
  Record record;
  const Registry registry = with_probe(&record);
  EXPECT_THROW(Simulation(scenario(), registry), ContractError);
  EXPECT_THROW(Simulation(scenario(registry)), ContractError);
}

TEST(Simulation, AMechanismSwitchedOffDoesNotRun) {
  Record record;
  const Registry registry = with_probe(&record);
  Simulation sim(scenario(registry, "mechanisms:\n  probe: {enabled: false}\n"), registry);
  sim.step();
  EXPECT_TRUE(record.calls.empty());
  // And those of the house as well: without insurgency nobody attacks.
  Simulation calm(scenario(standard_registry(), "mechanisms:\n  insurgency: {enabled: false}\n"));
  Simulation usual(scenario());
  calm.run();
  usual.run();
  const auto attacks = [](const Simulation& s) {
    return std::count_if(s.log().all().begin(), s.log().all().end(),
                         [](const Event& e) { return e.kind == EventKind::attack; });
  };
  EXPECT_EQ(attacks(calm), 0);
  EXPECT_GT(attacks(usual), 0);
}

TEST(Simulation, ACustomMechanismLeavesTheDrawsOfOthersAlone) {
  Record record;
  const Registry registry = with_probe(&record, "insurgency", [](StepContext& c) {
    Stream stream = c.stream(Purpose("custom"), {1});
    for (int i = 0; i < 10; ++i) uniform(stream);
  });
  Simulation with(scenario(registry), registry);
  Simulation without(scenario());
  with.run();
  without.run();
  EXPECT_EQ(hash(with.world()), hash(without.world()));
  EXPECT_EQ(with.log().hash(), without.log().hash());
}

/// Says that it has written nothing, and halves a resolve.
TEST(Simulation, WhoSaysThatNothingWasWrittenIsHeldToIt) {
  Record record;
  const auto run = [&](bool honest) {
    Registry r = standard_registry();
    const auto deed = [honest](StepContext& c) {
      if (!honest) c.world.actors.resolve[1] *= 0.5;
      c.wrote = false;
    };
    r.add([=, &record] {
      return std::make_unique<Probe>("probe", &record, deed,
                                     std::vector{std::string("actors.resolve")});
    });
    Simulation sim(scenario(r), r);
    sim.step();
  };
  EXPECT_NO_THROW(run(true));
#ifdef CASUS_ENABLE_ASSERTS
  EXPECT_THROW(run(false), ContractError);
#endif
}

TEST(Simulation, WhatIsWrittenWithoutSayingSoIsFoundInTheSameStep) {
  Record record;
  const auto registry = [&](std::vector<std::string> writes) {
    Registry r = standard_registry();
    const auto deed = [](StepContext& c) { c.world.actors.reserve[1] = -7.0; };
    r.add([=, &record] { return std::make_unique<Probe>("probe", &record, deed, writes); });
    return r;
  };
  for (const bool honest : {true, false}) {
    const Registry r = registry({honest ? "actors.reserve" : "actors.resolve"});
    Simulation sim(scenario(r), r);
    std::string said;
    try {
      sim.step();
    } catch (const std::exception& e) {
      said = e.what();
    }
#ifdef CASUS_ENABLE_ASSERTS
    const std::string liar = "'probe' writes actors.reserve";
#else
    const std::string liar = "mechanism 'the step', actor 'belmar': reserve became -7";
#endif
    EXPECT_NE(said.find(honest ? "mechanism 'probe', actor 'belmar': reserve became -7" : liar),
              std::string::npos)
        << said;
  }
  const Registry unknown = registry({"actors.nothing"});
  EXPECT_THROW(Simulation(scenario(unknown), unknown), ContractError);
}

}  // namespace
}  // namespace casus::test
