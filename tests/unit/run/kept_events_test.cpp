// A run that lets go of events long past: the same run, in less memory.
#include <gtest/gtest.h>

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"
#include "small_land.h"

namespace casus::test::of_kept_events {
namespace {

const std::string text = small_land(300, "-0.4", R"(pacts:
  league:
    in_force: 2025-01-01
    members: [arden, belmar]
    articles:
      "1": {when: {act: [rebellion, coup_attempt, invasion]}, then: {assist: [troops]}}
timeline:
  - title: Trouble
    at: 2030-02-10
    emit: {act: coup_attempt, by: arden, against: arden, size: 1, help_asked: true}
)");

Scenario scenario() { return Scenario::parse(text, "test.yaml", standard_registry().vocabulary()); }

RunOptions keeping(std::uint32_t steps) {
  RunOptions options;
  options.keep_events = steps;
  return options;
}

TEST(KeptEvents, ARunThatLetsGoOfEventsIsTheSameRun) {
  Simulation whole(scenario());
  Simulation short_of_memory(scenario(), keeping(1));
  std::vector<EventId> seen;
  short_of_memory.on_event([&](const Event& e) { seen.push_back(e.id); });
  const std::size_t before = whole.log().size();
  while (!whole.done()) {
    whole.step();
    short_of_memory.step();
    ASSERT_EQ(whole.hash(), short_of_memory.hash());
    ASSERT_EQ(whole.log().size(), short_of_memory.log().size());
    ASSERT_EQ(whole.log().hash(), short_of_memory.log().hash());
    for (const Event& e : short_of_memory.log().kept()) {
      ASSERT_EQ(e.step + 1, short_of_memory.steps_done());
      const auto causes = whole.log().causes(whole.log()[e.id]);
      const auto same = short_of_memory.log().causes(e);
      ASSERT_EQ(std::vector(causes.begin(), causes.end()), std::vector(same.begin(), same.end()));
    }
  }
  ASSERT_GT(whole.log().size(), before + 50);
  ASSERT_EQ(seen.size(), whole.log().size() - before) << "observers see all";
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], EventId(before + i));
}

TEST(KeptEvents, WhatIsGoneIsNotAnsweredFor) {
  Simulation s(scenario(), keeping(10));
  while (s.steps_done() < 100) s.step();
  const EventLog& log = s.log();
  ASSERT_GT(log.gone(), 0U);
  ASSERT_EQ(log.gone() + log.kept().size(), log.size());
  for (const Event& e : log.kept()) EXPECT_GE(e.step, 90U);
  EXPECT_THROW(log.all(), ContractError);
  EXPECT_THROW(log[EventId(log.gone() - 1)], ContractError);
  EXPECT_THROW(log[EventId(log.size())], ContractError);
  EXPECT_THROW(log.since(log.gone() - 1), ContractError);
  EXPECT_EQ(log.since(log.gone()).size(), log.kept().size());
  EXPECT_TRUE(log.since(log.size()).empty());
  EXPECT_THROW(s.on_event([](const Event&) {}, Simulation::From::start), ContractError);
}

TEST(KeptEvents, ASavedRunKnowsHowManyThereWere) {
  Simulation whole(scenario());
  Simulation s(scenario(), keeping(3));
  while (s.steps_done() < 120) whole.step(), s.step();
  std::stringstream bytes;
  s.save(bytes);
  Simulation back = Simulation::load(scenario(), standard_registry(), bytes, keeping(3));
  EXPECT_EQ(back.log().gone(), s.log().gone());
  whole.run();
  back.run();
  EXPECT_EQ(whole.hash(), back.hash());
  EXPECT_EQ(whole.log().hash(), back.log().hash());
  EXPECT_EQ(whole.log().size(), back.log().size());
}

}  // namespace
}  // namespace casus::test::of_kept_events
