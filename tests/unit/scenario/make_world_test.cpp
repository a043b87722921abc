#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "small.h"

namespace casus::test {
namespace {

TEST(MakeWorld, WhatIsNotPlacedIsTheReserve) {
  const World w = make(small());
  EXPECT_DOUBLE_EQ(w.actors.reserve[north.row()], 6000.0);
  EXPECT_DOUBLE_EQ(w.actors.reserve[rebels.row()], 300.0);
  EXPECT_DOUBLE_EQ(w.forces(north), 10000.0);
  EXPECT_DOUBLE_EQ(w.forces(south), 6000.0);
  EXPECT_DOUBLE_EQ(w.abroad(power), 300.0);
  EXPECT_DOUBLE_EQ(w.abroad(north), 0.0);
}

TEST(MakeWorld, AStateHasARowInEachOfItsRegions) {
  const World w = make(small());
  for (std::size_t r = 0; r < w.regions.size(); ++r) {
    const PresenceId own = w.find(w.regions.owner[r], RegionId(r));
    ASSERT_TRUE(own.valid()) << r;
    EXPECT_EQ(w.presences.role[own.row()], Role::garrison);
  }
  EXPECT_EQ(w.presences.size(), 3U + 3U);
}

TEST(MakeWorld, PresencesFollowTheDrawOfTheForces) {
  ScenarioData s = small();
  s.actors[north.row()].forces = Number(Number::Shape::uniform, 5000.0, 15000.0);
  double low = 1e9;
  double high = 0.0;
  for (std::uint32_t run = 0; run < 50; ++run) {
    const World w = make(s, run);
    const double forces = w.forces(north);
    // Four tenths of the mean were placed; four tenths of any draw are.
    EXPECT_NEAR(w.presences.strength[w.find(north, plain).row()], 0.4 * forces, 1e-9 * forces);
    low = std::min(low, forces);
    high = std::max(high, forces);
  }
  EXPECT_LT(low, 6000.0);
  EXPECT_GT(high, 14000.0);
}

TEST(MakeWorld, PresencesNeverExceedTheDraw) {
  ScenarioData s = small();
  s.actors[north.row()].forces = Number(Number::Shape::uniform, 1000.0, 9000.0);
  s.presence[0].strength = 8000.0;  // more than the mean
  for (std::uint32_t run = 0; run < 50; ++run) {
    const World w = make(s, run);
    EXPECT_GE(w.actors.reserve[north.row()], 0.0);
    EXPECT_NEAR(w.forces(north), w.actors.initial_forces[north.row()], 1e-6) << run;
  }
}

TEST(MakeWorld, PriorsAreDrawnByPathAndNotByRow) {
  ScenarioData s = small();
  s.actors[south.row()][&ActorTable::legitimacy] = Number(Number::Shape::uniform, 0.0, 1.0);
  s.regions[coast.row()][&RegionTable::grievance] = Number(Number::Shape::uniform, 0.0, 1.0);
  const World one = make(s, 3);
  ScenarioData more = s;
  ActorSpec stranger;
  stranger.name = "stranger";
  stranger[&ActorTable::legitimacy] = Number(Number::Shape::uniform, 0.0, 1.0);
  more.actors.push_back(stranger);
  const World two = make(more, 3);
  EXPECT_EQ(one.actors.legitimacy[south.row()], two.actors.legitimacy[south.row()]);
  EXPECT_EQ(one.regions.grievance[coast.row()], two.regions.grievance[coast.row()]);
  EXPECT_NE(two.actors.legitimacy[4], two.actors.legitimacy[south.row()]);
  EXPECT_NE(make(s, 4).actors.legitimacy[south.row()], one.actors.legitimacy[south.row()]);
}

TEST(MakeWorld, TheDisplacedAreCountedOnce) {
  ScenarioData s = small();
  s.regions[hills.row()].displaced = 8000.0;
  s.regions[island.row()].displaced = 500.0;  // nowhere to flee to
  const World w = make(s);
  EXPECT_DOUBLE_EQ(w.regions.residents[hills.row()], 1e6 - 8000.0);
  EXPECT_DOUBLE_EQ(w.regions.residents[island.row()], 5e5);
  const auto to_plain = w.regions.border(hills, plain);
  const auto to_coast = w.regions.border(hills, coast);
  EXPECT_DOUBLE_EQ(w.regions.displaced[to_plain], 6000.0);
  EXPECT_DOUBLE_EQ(w.regions.displaced[to_coast], 2000.0);
  // Everybody: four regions, three armies and a group, the power at home.
  EXPECT_NEAR(people(w), 6.5e6 + 10000 + 6000 + 900 + 400 + 30000, 1e-6);
}

TEST(MakeWorld, BordersAreInCompressedRows) {
  const World w = make(small());
  const auto [begin, end] = w.regions.borders(hills);
  ASSERT_EQ(end - begin, 2U);
  EXPECT_EQ(w.regions.border_to[begin], plain);
  EXPECT_DOUBLE_EQ(w.regions.border_share[begin], 0.75);
  EXPECT_DOUBLE_EQ(w.regions.border_share[begin + 1], 0.25);
  EXPECT_EQ(w.regions.borders(island).begin, w.regions.borders(island).end);
  EXPECT_EQ(w.regions.border(hills, plain), begin);
  EXPECT_EQ(w.regions.border(plain, coast), w.regions.borders(plain).end) << "they do not touch";
}

TEST(MakeWorld, InsurgentsAreAtWarWithTheOwnerAndRivalsWithEachOther) {
  ScenarioData s = small();
  ActorSpec other;
  other.name = "others";
  other.kind = ActorKind::armed_group;
  other.forces = 200.0;
  s.actors.push_back(other);
  const ActorId others(4);
  s.relations.push_back({rebels, others, -0.5, true});
  const World w = make(s);
  EXPECT_TRUE(w.relations.at_war(rebels, north));
  EXPECT_TRUE(w.relations.at_war(north, rebels));
  EXPECT_FALSE(w.relations.at_war(rebels, south));
  EXPECT_TRUE(w.relations.at_war(rebels, others));
  ASSERT_EQ(w.wars.size(), 2U);
  EXPECT_FALSE(w.wars[0].interstate());
  EXPECT_DOUBLE_EQ(w.wars[0].begun_day, -days_per_year);
  EXPECT_TRUE(w.hostile_in(rebels, hills));
  EXPECT_FALSE(w.hostile_in(rebels, coast));
  EXPECT_FALSE(w.hostile_in(north, hills));
}

TEST(MakeWorld, AWarOfTheScenarioIsNotOpenedTwice) {
  ScenarioData s = small();
  s.wars.push_back(
      {"insurgency", "", "", {rebels}, {north}, s.clock.start - std::chrono::days(90)});
  s.wars.push_back({"invasion", "", "", {south}, {north, power}, s.clock.start});
  const World w = make(s);
  ASSERT_EQ(w.wars.size(), 2U);
  EXPECT_DOUBLE_EQ(w.wars[0].begun_day, -90.0);
  EXPECT_FALSE(w.wars[0].interstate());
  EXPECT_TRUE(w.wars[1].interstate());
  EXPECT_TRUE(w.relations.at_war(power, south));
  EXPECT_FALSE(w.relations.at_war(power, north));
}

TEST(MakeWorld, GuestsWereLetInUnlessTheyWereNot) {
  ScenarioData s = small();
  const World w = make(s);
  EXPECT_TRUE(w.relations.hosts(north, power));
  EXPECT_FALSE(w.relations.hosts(south, power));
  EXPECT_FALSE(w.relations.hosts(power, north));
}

TEST(MakeWorld, TheHoldOnARegionFollowsTheStrengthThere) {
  ScenarioData s = small();
  s.presence.push_back({north, hills, 1400.0, Role::garrison});
  s.actors[rebels.row()][&ActorTable::quality] = 1.0;
  const World w = make(s);
  EXPECT_DOUBLE_EQ(w.regions.control[hills.row()], 0.7);
  EXPECT_DOUBLE_EQ(w.presences.control[w.find(rebels, hills).row()], 0.3);
  EXPECT_DOUBLE_EQ(w.regions.control[plain.row()], 1.0);
  EXPECT_DOUBLE_EQ(w.state_control(south), 1.0);
  EXPECT_DOUBLE_EQ(w.state_control(north), (0.7 * 1e6 + 3e6) / 4e6);
}

TEST(MakeWorld, CrisesAndMeasuresCountDaysFromTheStart) {
  ScenarioData s = small();
  CrisisSpec c;
  c.name = "quarrel";
  c.challenger = north;
  c.target = south;
  c.stage = CrisisStage::ultimatum;
  c.since = s.clock.start - std::chrono::days(10);
  c.deadline = s.clock.start + std::chrono::days(5);
  c.stake = 0.4;
  s.crises.push_back(c);
  MeasureSpec m;
  m.kind = MeasureKind::aid;
  m.by = power;
  m.on = north;
  m.size = 12.0;
  m.since = s.clock.start - std::chrono::days(3);
  s.measures.push_back(m);
  const World w = make(s);
  ASSERT_EQ(w.crises.size(), 1U);
  EXPECT_EQ(w.crises[0].stage, Confrontation::ultimatum);
  EXPECT_DOUBLE_EQ(w.crises[0].begun_day, -10.0);
  EXPECT_DOUBLE_EQ(w.crises[0].deadline_day, 5.0);
  EXPECT_DOUBLE_EQ(w.crises[0].stake, 0.4);
  ASSERT_EQ(w.measures.size(), 1U);
  EXPECT_DOUBLE_EQ(w.measures[0].begun_day, -3.0);
  EXPECT_TRUE(w.measures[0].active);
}

}  // namespace
}  // namespace casus::test
