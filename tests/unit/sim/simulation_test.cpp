#include "casus/sim/simulation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"

namespace casus::test {
namespace {

const char* const text = R"(casus: scenario/1
title: A test
clock: {start: 2030-01-01, days: 120, step: 1 day}
regions:
  plain: {owner: arden, population: 2000000, area: 20000, at: [10, 0],
    neighbours: {hills: 150, coast: 200}}
  hills: {owner: arden, population: 500000, area: 15000, at: [11, 0], grievance: 0.7, terrain: 0.8}
  coast: {owner: belmar, population: 3000000, area: 40000, at: [10, -2]}
actors:
  arden: {kind: state, capital: plain, forces: 10000, income: 200}
  belmar: {kind: state, capital: coast, forces: 15000, income: 300}
  hillmen: {kind: armed_group, forces: {triangular: [800, 1200, 2000]}, income: 3, cohesion: 0.1}
presence:
  plain: {arden: 5000}
  hills: {arden: 2000, hillmen: 1000}
  coast: {belmar: 9000}
relations:
  - {between: [arden, belmar], affinity: -0.6, rivalry: true}
  - {between: [arden, hillmen], affinity: -0.8}
pacts:
  truce:
    in_force: 2025-01-01
    members: [arden, belmar]
    articles:
      "1": {then: {abstain: [force]}}
)";

Scenario scenario(const Registry& registry = standard_registry(),
                  const std::string& more = std::string()) {
  return Scenario::parse(text + more, "test.yaml", registry.vocabulary());
}

struct ProbeParameters {
  double level = 0.0;
};

/// Notes what it is asked to do, in a place of the test's.
struct Record {
  std::vector<std::string> calls;
  std::vector<double> levels;
  std::vector<std::uint32_t> steps;
};

class Probe final : public MechanismWith<Probe, ProbeParameters> {
 public:
  Probe(std::string name, Record* record, std::function<void(StepContext&)> deed = {},
        std::vector<std::string> writes = {})
      : name_(std::move(name)),
        record_(record),
        deed_(std::move(deed)),
        writes_(std::move(writes)) {}
  static MechanismInfo about() { return {"probe", "A probe.", "none", {}}; }
  static const std::vector<Parameter<ProbeParameters>>& table() {
    static const std::vector<Parameter<ProbeParameters>> rows{
        {{"level", Unit::none, -1.0, 1.0, 0.5, "A level.", "none"}, &ProbeParameters::level}};
    return rows;
  }
  const MechanismInfo& info() const override {
    info_ = MechanismWith::info();
    info_.name = name_;
    info_.writes = writes_;
    return info_;
  }
  void begin(StepContext&) override { record_->calls.push_back(name_ + " begins"); }
  void step(StepContext& context) override {
    record_->calls.push_back(name_);
    record_->levels.push_back(p.level);
    record_->steps.push_back(context.step);
    memory_ = mix(memory_, context.step + 1);
    if (deed_) deed_(context);
  }
  void archive(Archive& a) override { a(memory_); }

 private:
  std::string name_;
  Record* record_;
  std::function<void(StepContext&)> deed_;
  std::vector<std::string> writes_;
  std::uint64_t memory_ = 0;
  mutable MechanismInfo info_;
};

Registry with_probe(Record* record, std::string_view before = {},
                    std::function<void(StepContext&)> deed = {}) {
  Registry r = standard_registry();
  r.add([=] { return std::make_unique<Probe>("probe", record, deed); }, before);
  return r;
}

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
  sim.set("mechanisms.control.pace", 3.5);
  EXPECT_EQ(sim.get("mechanisms.control.pace"), 3.5);
}

TEST(Simulation, RefusesWhatIsOutOfRangeOrNowhere) {
  Simulation sim(scenario());
  const std::uint64_t before = sim.hash();
  EXPECT_THROW(sim.set("regions.hills.grievance", 1.5), ContractError);
  EXPECT_THROW(sim.set("regions.hills.grievance", -0.5), ContractError);
  EXPECT_THROW(sim.set("actors.arden.resolve", std::numeric_limits<double>::quiet_NaN()),
               ContractError);
  EXPECT_THROW(sim.set("mechanisms.control.pace", 1e6), ContractError);
  EXPECT_THROW(sim.set("mechanisms.control.pace", std::numeric_limits<double>::quiet_NaN()),
               ContractError);
  EXPECT_THROW(sim.set("regions.hills.deaths", 5.0), ContractError) << "a result";
  EXPECT_THROW(sim.get("regions.hill.grievance"), ScenarioError);
  EXPECT_THROW(sim.get("regions.hills.grievances"), ScenarioError);
  EXPECT_THROW(sim.set("mechanisms.control.paces", 1.0), ScenarioError);
  EXPECT_EQ(sim.hash(), before);
  EXPECT_EQ(sim.get("mechanisms.control.pace"), 2.0);
  try {
    sim.set("mechanisms.control.pace", 1e6);
  } catch (const ContractError& e) {
    EXPECT_NE(std::string(e.what()).find("mechanisms.control.pace"), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("20"), std::string::npos) << e.what();
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

TEST(Simulation, ObserversSeeEveryEventOfTheRunInOrder) {
  Simulation sim(scenario());
  const std::size_t start = sim.log().size();
  std::vector<EventId> seen;
  std::size_t also = 0;
  sim.on_event([&](const Event& e) {
    seen.push_back(e.id);
    EXPECT_EQ(e.step + 1, sim.steps_done()) << "at the end of its step";
  });
  sim.on_event([&](const Event&) { ++also; });
  sim.run();
  ASSERT_EQ(seen.size(), sim.log().size() - start);
  ASSERT_GT(seen.size(), 10U);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], EventId(start + i));
  EXPECT_EQ(also, seen.size());
}

TEST(Simulation, AnObserverFromTheStartSeesTheStartingConditions) {
  Simulation sim(scenario());
  std::vector<EventId> late, early;
  for (int i = 0; i < 60; ++i) sim.step();
  const std::size_t so_far = sim.log().size();
  sim.on_event([&](const Event& e) { early.push_back(e.id); }, Simulation::From::start);
  sim.on_event([&](const Event& e) { late.push_back(e.id); });
  EXPECT_EQ(early.size(), so_far);
  sim.run();
  ASSERT_EQ(early.size(), sim.log().size());
  EXPECT_EQ(late.size(), sim.log().size() - so_far);
  for (std::size_t i = 0; i < early.size(); ++i) EXPECT_EQ(early[i], EventId(i));
}

TEST(Simulation, AnObserverCanLeave) {
  Simulation::Observer outlives;
  std::size_t kept = 0, gone = 0, once = 0;
  {
    Simulation sim(scenario());
    sim.on_event([&](const Event&) { ++kept; });
    outlives = sim.on_event([&](const Event&) { ++gone; });
    Simulation::Observer self;
    self = sim.on_event([&](const Event&) {
      ++once;
      self.remove();  // in the middle of a step's events
    });
    for (int i = 0; i < 60; ++i) sim.step();
    EXPECT_EQ(gone, kept);
    const std::size_t before = gone;
    outlives.remove();
    outlives.remove();
    sim.run();
    EXPECT_EQ(gone, before);
    EXPECT_GT(kept, gone);
    EXPECT_EQ(once, 1U);
  }
  outlives.remove();
}

TEST(Simulation, AnObserverMayNotStepNorGoBack) {
  Simulation sim(scenario());
  const auto start = sim.save();
  int refused = 0;
  sim.on_event([&](const Event&) {
    EXPECT_THROW(sim.step(), ContractError);
    EXPECT_THROW(sim.run(), ContractError);
    EXPECT_THROW(sim.restore(*start), ContractError);
    EXPECT_NO_THROW(sim.set("mechanisms.control.pace", 3.0));
    EXPECT_NO_THROW(sim.save());
    ++refused;
  });
  while (refused == 0) sim.step();
  const std::uint32_t steps = sim.steps_done();
  sim.step();
  EXPECT_EQ(sim.steps_done(), steps + 1);
  EXPECT_EQ(sim.get("mechanisms.control.pace"), 3.0);
}

TEST(Simulation, AnObserverThatThrowsLeavesAWholeStep) {
  Simulation sim(scenario());
  Simulation plain(scenario());
  std::size_t others = 0;
  sim.on_event([&](const Event&) { throw std::out_of_range("an observer's own"); });
  sim.on_event([&](const Event&) { ++others; });
  std::size_t thrown = 0;
  while (!sim.done()) {
    try {
      sim.step();
    } catch (const std::out_of_range& e) {
      EXPECT_STREQ(e.what(), "an observer's own");
      ++thrown;
    }
  }
  plain.run();
  EXPECT_GT(thrown, 5U);
  EXPECT_EQ(others, sim.log().size() - 1) << "those after it have seen everything";
  EXPECT_EQ(sim.hash(), plain.hash());
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
  sim.set("mechanisms.control.pace", 5.0);
  const auto snapshot = sim.save();
  const std::uint64_t here = sim.hash();
  const auto onward = [&] {
    for (int i = 0; i < 40; ++i) sim.step();
    return mix(sim.hash(), sim.log().hash());
  };
  const std::uint64_t first = onward();
  sim.set("regions.hills.grievance", 0.0);
  sim.set("mechanisms.control.pace", 0.1);
  sim.step();
  sim.restore(*snapshot);
  EXPECT_EQ(sim.hash(), here);
  EXPECT_EQ(sim.steps_done(), 40U);
  EXPECT_EQ(sim.get("mechanisms.control.pace"), 5.0);
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
  ASSERT_EQ(v.size(), 15U);
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
  EXPECT_EQ(standard_registry().vocabulary().size(), 12U) << "a copy was changed";
}

TEST(Simulation, TheOrderOfTheStepIsFixed) {
  std::vector<std::string> names;
  for (const MechanismInfo& m : standard_registry().vocabulary()) names.push_back(m.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"timeline", "perception", "insurgency", "statecraft", "coups",
                                      "commitments", "combat", "control", "mobilisation", "economy",
                                      "displacement", "diplomacy"}));
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
  EXPECT_EQ(registry.vocabulary().size(), 13U);
}

TEST(Simulation, AMechanismCanBeReplacedOrTakenOut) {
  Record record;
  Registry registry = standard_registry();
  registry.replace([&] { return std::make_unique<Probe>("combat", &record); });
  ASSERT_EQ(registry.vocabulary().size(), 12U);
  EXPECT_EQ(registry.vocabulary()[6].name, "combat");
  EXPECT_EQ(registry.vocabulary()[6].doc, "A probe.");
  registry.remove("diplomacy");
  EXPECT_EQ(registry.vocabulary().size(), 11U);
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
    Stream stream = c.stream(Purpose::custom, {1});
    for (int i = 0; i < 10; ++i) uniform(stream);
  });
  Simulation with(scenario(registry), registry);
  Simulation without(scenario());
  with.run();
  without.run();
  EXPECT_EQ(hash(with.world()), hash(without.world()));
  EXPECT_EQ(with.log().hash(), without.log().hash());
}

// --- when numbers go wrong

TEST(Simulation, ANumberThatGoesWrongStopsTheRunAndSaysWhere) {
  Record record;
  const Registry registry = with_probe(&record, "combat", [](StepContext& c) {
    if (c.step == 31) c.world.actors.reserve[1] = std::numeric_limits<double>::quiet_NaN();
  });
  Simulation sim(scenario(registry), registry);
  try {
    sim.run();
    FAIL() << "the saboteur was not noticed";
  } catch (const SimulationError& e) {
    EXPECT_EQ(e.date, "2030-02-01");
    EXPECT_EQ(e.mechanism, "probe");
    EXPECT_EQ(e.subject, "actor 'belmar'");
    EXPECT_STREQ(e.what(),
                 "2030-02-01, mechanism 'probe', actor 'belmar': reserve became nan [E0701]");
  }
  EXPECT_EQ(sim.steps_done(), 31U);
}

TEST(Simulation, AMechanismThatThrowsBreaksTheRunUntilItIsRestored) {
  Record record;
  const Registry registry = with_probe(&record, "combat", [](StepContext& c) {
    if (c.step == 31) throw std::out_of_range("no such thing");
  });
  Simulation sim(scenario(registry), registry);
  for (int i = 0; i < 20; ++i) sim.step();
  const auto snapshot = sim.save();
  try {
    sim.run();
    FAIL();
  } catch (const SimulationError& e) {
    EXPECT_EQ(e.date, "2030-02-01");
    EXPECT_EQ(e.mechanism, "probe");
    EXPECT_NE(std::string(e.what()).find("no such thing [E0704]"), std::string::npos) << e.what();
    try {
      std::rethrow_if_nested(e);
      FAIL() << "the cause is lost";
    } catch (const std::out_of_range& cause) {
      EXPECT_STREQ(cause.what(), "no such thing");
    }
  }
  EXPECT_EQ(sim.steps_done(), 31U) << "can be looked at";
  try {
    sim.step();
    FAIL() << "half a step was taken for a whole one";
  } catch (const ContractError& e) {
    EXPECT_NE(std::string(e.what()).find("no such thing"), std::string::npos) << e.what();
  }
  EXPECT_THROW(sim.save(), ContractError);
  sim.restore(*snapshot);
  EXPECT_EQ(sim.steps_done(), 20U);
  EXPECT_NO_THROW(sim.step());
}

TEST(Simulation, AMechanismMayNotReachForTheSimulationItIsIn) {
  Record record;
  Simulation* itself = nullptr;
  int refused = 0;
  const Registry registry = with_probe(&record, "combat", [&](StepContext&) {
    EXPECT_THROW(itself->step(), ContractError);
    EXPECT_THROW(itself->set("regions.hills.grievance", 0.5), ContractError);
    EXPECT_THROW(itself->save(), ContractError);
    EXPECT_THROW(
        itself->order({.act = law::ActKind::threat, .by = ActorId(0), .against = ActorId(1)}),
        ContractError);
    ++refused;
  });
  Simulation sim(scenario(registry), registry);
  itself = &sim;
  sim.step();
  EXPECT_EQ(refused, 1);
}

TEST(Simulation, AShareThatLeavesItsRangeStopsTheRun) {
  Record record;
  const Registry registry = with_probe(&record, {}, [](StepContext& c) {
    if (c.step == 1) c.world.regions.control[2] = 1.25;
  });
  Simulation sim(scenario(registry), registry);
  sim.step();
  try {
    sim.step();
    FAIL();
  } catch (const SimulationError& e) {
    EXPECT_EQ(e.mechanism, "probe");
    EXPECT_EQ(e.subject, "region 'coast'");
  }
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

TEST(Simulation, AFloodOfEventsStopsTheRun) {
  const Scenario s = scenario();
  Simulation sim(s, {.seed = 1, .run = 0, .executor = nullptr, .max_events = 3});
  EXPECT_THROW(sim.run(), SimulationError);
  EXPECT_FALSE(sim.done());
}

}  // namespace
}  // namespace casus::test
