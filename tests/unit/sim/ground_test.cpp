// Ground changes hands by what is in the log, and the start is in balance.
#include "sim/ground.h"

#include <array>
#include <cmath>
#include <vector>

#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus::test {
namespace {

const GroundRules rules{.attack_rate = 0.05,
                        .civilian_rate = 0.05,
                        .rival_rate = 0.1,
                        .grievance_weight = 1.0,
                        .found_strength = 600.0,
                        .state_civilians = 0.3,
                        .company = 200.0,
                        .post = 100.0,
                        .decisiveness = 0.86,
                        .taken = 0.5};

/// One region, a garrison of 2,000 and a group of 600 that holds two fifths of it.
ScenarioData contested(Minutes step = Minutes(24 * 60)) {
  ScenarioData s = empty_scenario(step);
  const ActorId state = add_actor(s, "state", ActorKind::state, 3000.0);
  const ActorId group = add_actor(s, "group", ActorKind::armed_group, 600.0);
  s.actors.back()[&ActorTable::civilian_targeting] = 0.5;
  const RegionId r = add_region(s, "region", state);
  s.regions[0].given[&RegionTable::control] = 0.6;
  s.presence.push_back({state, r, 2000.0, Role::garrison});
  s.presence.push_back({group, r, 600.0, Role::insurgent});
  return s;
}

TEST(Ground, IsWhatTheScenarioSaysAtTheStart) {
  const Sandbox box(contested());
  EXPECT_DOUBLE_EQ(box.world.regions.control[0], 0.6);
  EXPECT_DOUBLE_EQ(box.world.presences.control[1], 0.4);
}

TEST(Ground, GuestsLieIdleWithTheArmyWhereThereIsNoFuel) {
  ScenarioData s = contested();
  const ActorId guest = add_actor(s, "guest", ActorKind::state, 1000.0);
  add_region(s, "elsewhere", guest);
  s.presence.push_back({guest, RegionId(0), 1000.0, Role::deployment});
  Sandbox box(s);
  GroundRules idle = rules;
  idle.fuel_idle = 0.5;
  HostileRows hostile;
  hostile.update(box.world, *box.executor);
  const double with = defence_of(box.world, RegionId(0), hostile, idle).ready;
  // The guest's own country lacks nothing, and its lack would not be felt here.
  box.world.actors.fuel_cut[guest.row()] = 1.0;
  EXPECT_DOUBLE_EQ(defence_of(box.world, RegionId(0), hostile, idle).ready, with);
  box.world.actors.fuel_cut[0] = 0.4;
  EXPECT_NEAR(defence_of(box.world, RegionId(0), hostile, idle).ready, 0.8 * with, 1e-9);
}

TEST(Ground, ChangesHandsByEventsOfTheLogAlone) {
  Sandbox box(contested());
  const auto mechanism =
      configured(make_insurgency(), {{"attack_rate", 1.0}, {"taken", 0.9}, {"relocation", 0.0}});
  double expected = 0.6;
  std::size_t seen = 0;
  for (int day = 0; day < 300; ++day) {
    box.attacks.clear();
    box.operations.clear();
    box.run(*mechanism, 1.0);
    for (const Event& e : box.log.since(seen)) {
      expected += (e.kind == EventKind::operation ? 1.0 : -1.0) * e.ground;
    }
    seen = box.log.size();
    ASSERT_NEAR(box.world.regions.control[0], expected, 1e-9) << day;
    ASSERT_NEAR(box.world.regions.control[0] + box.world.presences.control[1], 1.0, 1e-9);
  }
  EXPECT_GT(box.count(EventKind::attack), 50U);
  EXPECT_GT(box.count(EventKind::operation), 1U);
}

HostileRows hostile_rows(Sandbox& box) {
  HostileRows rows;
  rows.update(box.world, *box.executor);
  return rows;
}

// Each side's share of a region changes by what it wins; in balance the two are equal.
TEST(Ground, BalanceIsWhereBothWinAsMuch) {
  for (const double trend : {0.0, 0.05, -0.05}) {
    Sandbox box(contested());
    World& w = box.world;
    const RegionId r(0);
    const Defence d = defence_of(w, r, hostile_rows(box), rules);
    EXPECT_DOUBLE_EQ(d.people, 2000.0);
    EXPECT_DOUBLE_EQ(d.insurgents, 600.0);
    balance(w, 1, d, rules, trend);
    const double won = attacks_on_state(w, 1, rules) * attack_succeeds(w, 1, d, rules) *
                       ground_of_attack(w, 1, d, rules);
    const double lost = operations(w, r, d, rules) * (1.0 - rules.state_civilians * 0.4) *
                        operation_succeeds(w, 1, d, rules) * ground_of_operation(w, 1, rules);
    EXPECT_GT(won, 0.0);
    EXPECT_NEAR(won - lost, trend, 1e-9);
  }
}

TEST(Ground, ActivityOfAPlaceMovesFightsWithTheOwnersSideAlone) {
  Sandbox box(contested());
  World& w = box.world;
  const auto look = [&] {
    const Defence d = defence_of(w, RegionId(0), hostile_rows(box), rules);
    return std::array{attacks_on_state(w, 1, rules), d.insurgents,
                      operations(w, RegionId(0), d, rules), attacks_on_civilians(w, 1, rules)};
  };
  const auto usual = look();
  w.presences.activity[1] = 2.0;
  const auto busy = look();
  EXPECT_DOUBLE_EQ(busy[0], 2.0 * usual[0]);
  EXPECT_DOUBLE_EQ(busy[1], 1200.0);
  EXPECT_DOUBLE_EQ(busy[2] / usual[2], (1200.0 / 1800.0) / (600.0 / 1200.0));
  EXPECT_DOUBLE_EQ(busy[3], usual[3]);
  // In balance the one wins as much more as the other.
  balance(w, 1, defence_of(w, RegionId(0), hostile_rows(box), rules), rules, 0.0);
  EXPECT_GT(std::abs(w.presences.resistance[1]), 0.0);
}

TEST(Ground, WhatGrievanceMakesOfAttacksIsFoundAnewWhereItHasChanged) {
  Sandbox box(contested());
  World& w = box.world;
  Grievances known;
  for (const double grievance : {0.5, 0.5, 0.9, 0.1}) {
    w.regions.grievance[0] = grievance;
    known.update(w, rules);
    EXPECT_EQ(known.of(0), std::exp(rules.grievance_weight * (grievance - 0.5)));
    EXPECT_EQ(attacks_on_state(w, 1, rules, known.of(0)), attacks_on_state(w, 1, rules));
  }
  GroundRules others = rules;
  others.grievance_weight = 2.0;
  known.forget();
  known.update(w, others);
  EXPECT_EQ(known.of(0), by_grievance(0.1, others));
}

TEST(Ground, CiviliansAreAttackedAlongTheEdgeOfWhatAGroupHolds) {
  Sandbox box(contested());
  World& w = box.world;
  const auto at = [&](double held) {
    w.presences.control[1] = held;
    w.regions.control[0] = 1.0 - held;
    return attacks_on_civilians(w, 1, rules);
  };
  EXPECT_DOUBLE_EQ(at(0.5), 600.0 * 0.05 * 0.5);  // people, rate, targeting
  EXPECT_DOUBLE_EQ(at(0.2), at(0.8));
  EXPECT_NEAR(at(0.1), 0.36 * at(0.5), 1e-12);
  EXPECT_EQ(at(1.0), 0.0);
}

TEST(Ground, InBalanceTheHoldStaysOnAverage) {
  double sum = 0.0, squares = 0.0;
  constexpr int runs = 200;
  for (std::uint32_t run = 0; run < runs; ++run) {
    Sandbox box(contested(), serial_executor(), run);
    const auto mechanism = configured(make_insurgency(), {{"relocation", 0.0}, {"branching", 0.0}});
    box.run(*mechanism, 730.0, [](Sandbox& b) {
      b.attacks.clear();
      b.operations.clear();
    });
    const double x = box.world.regions.control[0] - 0.6;
    sum += x;
    squares += x * x;
  }
  const double mean = sum / runs;
  const double se = std::sqrt((squares / runs - mean * mean) / runs);
  EXPECT_LT(std::abs(mean), 0.01 + 3.0 * se) << "se " << se;
  EXPECT_GT(squares, 0.0) << "nothing happened";
}

TEST(Ground, StrengthDecidesWhoWins) {
  ScenarioData s = contested();
  const auto success = [&](double garrison, double group) {
    s.presence[0].strength = garrison;
    s.presence[1].strength = group;
    Sandbox box(s);
    const Defence d = defence_of(box.world, RegionId(0), hostile_rows(box), rules);
    return std::pair(attack_succeeds(box.world, 1, d, rules),
                     operation_succeeds(box.world, 1, d, rules));
  };
  EXPECT_DOUBLE_EQ(success(0.0, 600.0).first, 1.0) << "nobody defends";
  EXPECT_DOUBLE_EQ(success(0.0, 600.0).second, 0.0) << "nobody comes";
  EXPECT_GT(success(2000.0, 600.0).first, success(2000.0, 100.0).first);
  EXPECT_GT(success(50.0, 600.0).first, success(2000.0, 600.0).first);
  EXPECT_GT(success(2000.0, 30.0).second, success(2000.0, 600.0).second);
  EXPECT_DOUBLE_EQ(success(2000.0, 200.0).first, 0.5) << "a hundred against a post of a hundred";
}

// Where nobody attacks and nobody goes out nothing moves, however strong who stands there.
TEST(Ground, StrengthAloneMovesNothing) {
  const auto insurgency =
      configured(make_insurgency(), {{"attack_rate", 0.0}, {"civilian_rate", 0.0}});
  const auto control = configured(make_control());
  for (Mechanism* m : {insurgency.get(), control.get()}) {
    Sandbox box(contested());
    box.world.actors.initiative[0] = 0.0;
    box.world.presences.strength[1] = 30000.0;
    box.run(*m, 200.0);
    EXPECT_DOUBLE_EQ(box.world.regions.control[0], 0.6);
  }
}

// --- armies

/// A region of 22,500 km2, 150 km across, and an enemy's army in it.
Sandbox invaded(double army, double garrison) {
  ScenarioData s = empty_scenario();
  const ActorId state = add_actor(s, "state", ActorKind::state, garrison + 1.0);
  const ActorId enemy = add_actor(s, "enemy", ActorKind::state, army);
  const RegionId r = add_region(s, "region", state);
  s.regions[0].given[&RegionTable::area] = 22500.0;
  s.presence.push_back({state, r, garrison, Role::garrison});
  s.presence.push_back({enemy, r, army, Role::deployment});
  s.wars.push_back({"war", "", "", {enemy}, {state}, s.clock.start, {}});
  Sandbox box(s);
  box.world.regions.control[0] = 1.0;
  for (double& c : box.world.presences.control) c = 0.0;
  return box;
}

TEST(Armies, TakeAnEmptyRegionInTheDaysOfTheMarch) {
  Sandbox box = invaded(10000.0, 0.0);
  const auto control = configured(make_control(), {{"march", 15.0}});
  box.run(*control, 9.0);
  EXPECT_NEAR(box.world.regions.control[0], 0.1, 1e-9) << "150 km at 15 a day";
  box.run(*control, 2.0);
  EXPECT_NEAR(box.world.regions.control[0], 0.0, 1e-9);
  EXPECT_EQ(box.count(EventKind::region_lost), 1U);
}

TEST(Armies, StandStillAtEvenStrengthAndGiveGroundBack) {
  Sandbox box = invaded(10000.0, 10000.0);
  const auto control = configured(make_control(), {{"march", 15.0}});
  box.run(*control, 20.0);
  EXPECT_DOUBLE_EQ(box.world.regions.control[0], 1.0);
  box.world.presences.strength[1] = 30000.0;
  box.run(*control, 5.0);
  const double held = box.world.regions.control[0];
  // Three to one wins 72 in 100.
  const double odds = std::pow(3.0, 0.86) / (1.0 + std::pow(3.0, 0.86));
  EXPECT_NEAR(held, 1.0 - 5.0 * 0.1 * (2.0 * odds - 1.0), 1e-9);
  box.world.presences.strength[1] = 0.0;
  box.run(*control, 10.0);
  EXPECT_DOUBLE_EQ(box.world.regions.control[0], 1.0) << "who leaves holds nothing";
}

TEST(Armies, LoseGroundWhereNobodyIsLeftToHoldIt) {
  Sandbox box = invaded(10000.0, 0.0);
  const auto control = configured(make_control(), {{"march", 15.0}});
  box.run(*control, 5.0);
  box.world.presences.strength[1] = 0.0;
  EXPECT_NEAR(box.world.regions.control[0], 0.5, 1e-9);
  box.run(*control, 50.0);
  EXPECT_DOUBLE_EQ(box.world.regions.control[0], 1.0);
}

}  // namespace
}  // namespace casus::test
