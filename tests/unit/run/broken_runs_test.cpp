// Who watches a run, and what breaks one.
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
#include "casus/run/simulation.h"
#include "probe.h"

namespace casus::test {
namespace {

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
    for (int i = 0; i < 20; ++i) sim.step();
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
    EXPECT_NO_THROW(sim.set("mechanisms.control.march", 3.0));
    EXPECT_NO_THROW(sim.save());
    ++refused;
  });
  while (refused == 0) sim.step();
  const std::uint32_t steps = sim.steps_done();
  sim.step();
  EXPECT_EQ(sim.steps_done(), steps + 1);
  EXPECT_EQ(sim.get("mechanisms.control.march"), 3.0);
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
    EXPECT_EQ(e.subject, "region 'plain'");
  }
}

TEST(Simulation, AFloodOfEventsStopsTheRun) {
  const Scenario s = scenario();
  Simulation sim(s, {.seed = 1, .run = 0, .executor = nullptr, .max_events = 3});
  EXPECT_THROW(sim.run(), SimulationError);
  EXPECT_FALSE(sim.done());
}

}  // namespace
}  // namespace casus::test
