// The war of armies: they go on, hold what they have people for, give way when they are losing, and
// kill civilians; columns retake what armed groups govern.
#include <algorithm>
#include <cmath>

#include "casus/world/forces.h"
#include "casus/world/supply.h"
#include "sandbox.h"
#include "sim/mechanisms.h"
#include "sim/warfare.h"

namespace casus::test {
namespace {

/// A land of `lands` regions in a row behind a border, an army of the other state in front of it.
ScenarioData row_of(std::size_t lands, double attackers, double defenders) {
  ScenarioData s = empty_scenario();
  const ActorId a = add_actor(s, "attacker", ActorKind::state, attackers);
  const ActorId d = add_actor(s, "defender", ActorKind::state, defenders);
  RegionId last = add_region(s, "base", a);
  s.presence.push_back({a, last, attackers, Role::garrison});
  for (std::size_t i = 0; i < lands; ++i) {
    const RegionId next = add_region(s, "land" + std::to_string(i), d);
    add_border(s, last, next);
    last = next;
    if (defenders > 0.0) {
      s.presence.push_back({d, next, defenders / static_cast<double>(lands), Role::garrison});
    }
  }
  s.wars.push_back({"war", "", "", {a}, {d}, s.clock.start});
  return s;
}

double strength(const World& w, ActorId a, RegionId r) {
  const PresenceId there = w.find(a, r);
  return there.valid() ? w.presences.strength[there.row()] : 0.0;
}
double held(const World& w, ActorId a, RegionId r) {
  const PresenceId there = w.find(a, r);
  return there.valid() ? w.presences.control[there.row()] : 0.0;
}

/// The army of `a` stands in the region at once.
void stand(World& w, ActorId a, RegionId r, double people) {
  const PresenceId there = w.require(a, r, Role::deployment);
  w.presences.strength[there.row()] = people;
}

// --- ground

TEST(Armies, HoldWhatTheyHavePeopleFor) {
  Sandbox box(row_of(1, 50000.0, 0.0));
  // A million live there: 5,000 hold it, 1,000 a fifth of it.
  stand(box.world, ActorId(0), RegionId(1), 1000.0);
  const auto control = configured(make_control(), {{"occupation", 5.0}});
  box.run(*control, 60.0);
  EXPECT_NEAR(held(box.world, ActorId(0), RegionId(1)), 0.2, 1e-9);
  stand(box.world, ActorId(0), RegionId(1), 5000.0);
  box.run(*control, 60.0);
  EXPECT_NEAR(held(box.world, ActorId(0), RegionId(1)), 1.0, 1e-9);
  // Who goes on and leaves nobody has it no longer.
  stand(box.world, ActorId(0), RegionId(1), 0.0);
  box.run(*control, 60.0);
  EXPECT_NEAR(held(box.world, ActorId(0), RegionId(1)), 0.0, 1e-9);
}

TEST(Armies, HoldTheirGroundWhenTheFireCeases) {
  Sandbox box(row_of(1, 50000.0, 6000.0));
  stand(box.world, ActorId(0), RegionId(1), 50000.0);
  const auto control = configured(make_control());
  box.run(*control, 3.0);
  const double taken = held(box.world, ActorId(0), RegionId(1));
  EXPECT_GT(taken, 0.1);
  StepContext context = box.context();
  stop_war(context, WarId(0), WarState::ceasefire, 1000.0, {});
  box.run(*control, 100.0);
  EXPECT_DOUBLE_EQ(held(box.world, ActorId(0), RegionId(1)), taken);
}

TEST(Armies, PeaceGivesBackWhatItsTermsSay) {
  const auto held_after = [](double restitution) {
    Sandbox box(row_of(1, 50000.0, 0.0));
    stand(box.world, ActorId(0), RegionId(1), 50000.0);
    box.run(*configured(make_control()), 20.0);
    box.run(
        *configured(make_diplomacy(), {{"interstate_peace", 1e5}, {"restitution", restitution}}),
        1.0);
    EXPECT_FALSE(box.world.relations.at_war(ActorId(0), ActorId(1)));
    return held(box.world, ActorId(0), RegionId(1));
  };
  EXPECT_DOUBLE_EQ(held_after(1.0), 0.0);
  EXPECT_DOUBLE_EQ(held_after(0.0), 1.0);
}

// --- battles

TEST(Armies, WhoIsLosingGivesWayAsOftenAsTheBattleIsLost) {
  const ScenarioData s = row_of(1, 20000.0, 10000.0);
  const std::size_t runs = 400;
  double attacker = 0.0, defender = 0.0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    Sandbox box(s, serial_executor(), run);
    stand(box.world, ActorId(0), RegionId(1), 20000.0);
    box.run(*configured(make_combat(), {{"decision_days", 1.0}, {"noise", 0.0}}), 1.0);
    for (const Event& e : box.log.all()) {
      attacker += e.kind == EventKind::battle && e.size < 0.0;
      defender += e.kind == EventKind::battle && e.size > 0.0;
    }
  }
  const double won = std::pow(2.0, 0.86) / (1.0 + std::pow(2.0, 0.86));
  EXPECT_EQ(attacker, 0.0);
  EXPECT_NEAR(defender / runs, won, 4.0 * std::sqrt(won * (1.0 - won) / runs));
}

TEST(Armies, BattlesKillCivilians) {
  const auto fought = [](double residents) {
    Sandbox box(row_of(1, 20000.0, 10000.0));
    stand(box.world, ActorId(0), RegionId(1), 20000.0);
    box.world.regions.residents[1] = residents;
    const double before = people(box.world);
    box.run(*configured(make_combat(), {{"civilian_share", 0.05}}), 5.0);
    EXPECT_NEAR(people(box.world), before, 1e-6);
    double deaths = 0.0, civilians = 0.0;
    for (const Event& e : box.log.all()) {
      deaths += e.deaths;
      civilians += e.civilian_deaths;
    }
    EXPECT_NEAR(civilians, box.world.regions.civilian_deaths[1], 1e-9);
    EXPECT_NEAR(deaths, box.world.regions.deaths[1], 1e-9);
    return civilians / (deaths - civilians);
  };
  EXPECT_NEAR(fought(1e6), 0.05, 1e-9);
  EXPECT_LT(fought(1.0), 0.05) << "no more than live there";
}

TEST(Armies, ASurpriseTakesStrengthAndFades) {
  const auto lost = [](double disarray) {
    Sandbox box(row_of(1, 20000.0, 20000.0));
    stand(box.world, ActorId(0), RegionId(1), 20000.0);
    box.world.actors.disarray[1] = disarray;
    box.run(*configured(make_combat(), {{"noise", 0.0}, {"decision_days", 365.0}}), 1.0);
    return box.world.actors.losses[1];
  };
  EXPECT_GT(lost(0.5), lost(0.0));
  Sandbox box(row_of(1, 20000.0, 20000.0));
  box.world.actors.disarray[1] = 0.5;
  box.run(*configured(make_mobilisation(), {{"reordering", 0.1}}), 10.0);
  EXPECT_NEAR(box.world.actors.disarray[1], 0.5 * std::exp(-1.0), 1e-12);
}

// --- offensives and reserves

std::unique_ptr<Mechanism> quick(Changes changes = {}) {
  std::vector<std::pair<std::string_view, double>> all{
      {"offensive_rate", 1e5}, {"dispute_rate", 0.0}, {"deployment_rate", 0.0}};
  all.insert(all.end(), changes.begin(), changes.end());
  auto mechanism = make_statecraft();
  std::vector<double> values;
  for (const ParameterInfo& row : mechanism->info().parameters) {
    double x = row.fallback;
    for (const auto& [name, value] : all) x = row.name == name ? value : x;
    values.push_back(x);
  }
  mechanism->configure(values);
  return mechanism;
}

TEST(Armies, GoOnIntoTheNextRegion) {
  Sandbox box(row_of(3, 100000.0, 3000.0));
  const auto statecraft = quick({{"offensive_share", 0.9}});
  const auto combat = configured(make_combat(), {{"decision_days", 0.5}});
  const auto control = configured(make_control());
  box.world.actors.mobilised[0] = 1.0;
  // Few live there, so that those who went first are enough to hold what they leave behind them.
  for (double& n : box.world.regions.residents) n = 1e5;
  for (Mechanism* m : {statecraft.get(), combat.get(), control.get()}) box.begin(*m);
  for (int day = 0; day < 60; ++day) {
    // It decides when it has had time to take what it stands on.
    if (day % 15 == 0) {
      box.run(*statecraft, 1.0);
      --box.step;
    }
    box.run(*combat, 1.0);
    --box.step;
    box.run(*control, 1.0);
  }
  for (const std::size_t land : {1U, 2U, 3U}) {
    EXPECT_GT(held(box.world, ActorId(0), RegionId(land)), 0.9) << land;
  }
  EXPECT_EQ(box.count(EventKind::invasion), 1U);
  EXPECT_GE(box.count(EventKind::occupation), 2U);
}

TEST(Armies, LeaveBehindWhatTheEnemyNextDoorWouldNotAttack) {
  // Two lands beside the base: a weak one to take, a strong one that would come if it could.
  ScenarioData s = row_of(1, 20000.0, 1000.0);
  const RegionId strong = add_region(s, "strong", ActorId(1));
  add_border(s, RegionId(0), strong);
  s.actors[1].forces = Number{21000.0};
  s.presence.push_back({ActorId(1), strong, 20000.0, Role::garrison});
  Sandbox box(s);
  box.world.actors.mobilised[0] = 1.0;
  box.run(*quick({{"offensive_share", 0.95}}), 1.0);
  const double odds = std::pow(0.6 / 0.4, 1.0 / 0.86);
  EXPECT_NEAR(strength(box.world, ActorId(0), RegionId(0)), 20000.0 / odds, 1.0);
}

TEST(Armies, DriveTheEnemyFromTheirOwnSoil) {
  Sandbox box(row_of(2, 30000.0, 60000.0));
  stand(box.world, ActorId(0), RegionId(1), 5000.0);
  const double before = strength(box.world, ActorId(1), RegionId(1));
  box.world.actors.mobilised[1] = 1.0;
  box.world.presences.strength[box.world.find(ActorId(1), RegionId(1)).row()] = 0.0;
  box.run(*quick(), 1.0);
  EXPECT_GT(before, 0.0);
  EXPECT_GT(strength(box.world, ActorId(1), RegionId(1)), 10000.0);
}

TEST(Armies, AreNoGuestsBeyondTheirCeiling) {
  // An ally of the defender next to the occupied land, which hosts it.
  const auto sent = [](double ceiling) {
    ScenarioData s = row_of(1, 30000.0, 100.0);
    const ActorId ally = add_actor(s, "ally", ActorKind::state, 90000.0);
    s.actors.back()[&ActorTable::deployment_ceiling] = ceiling;
    const RegionId land = add_region(s, "ally's", ally);
    add_border(s, RegionId(1), land);
    s.presence.push_back({ally, land, 90000.0, Role::garrison});
    s.wars[0].side_b.push_back(ally);
    Sandbox box(s);
    stand(box.world, ActorId(0), RegionId(1), 20000.0);
    box.world.relations.set_hosting(ActorId(1), ally, true);
    box.world.actors.mobilised[ally.row()] = 1.0;
    box.run(*quick({{"offensive_success", 0.05}}), 1.0);
    return strength(box.world, ally, RegionId(1));
  };
  EXPECT_DOUBLE_EQ(sent(0.0), 0.0);
  EXPECT_DOUBLE_EQ(sent(4000.0), 4000.0);
  EXPECT_GT(sent(1e6), 20000.0);
}

TEST(Armies, ReinforcementsComeByLand) {
  ScenarioData s = row_of(2, 50000.0, 0.0);
  const RegionId island = add_region(s, "island", ActorId(1));
  Sandbox box(s);
  World& w = box.world;
  Supply supply;
  const auto reaches = [&](RegionId r) {
    supply.begin(w, ActorId(0));
    return supply.reaches(r);
  };
  EXPECT_TRUE(reaches(RegionId(0)));
  EXPECT_TRUE(reaches(RegionId(1)));
  EXPECT_FALSE(reaches(RegionId(2))) << "the enemy is between";
  EXPECT_FALSE(reaches(island));
  stand(w, ActorId(0), RegionId(1), 1000.0);
  w.presences.control[w.find(ActorId(0), RegionId(1)).row()] = 0.6;
  EXPECT_TRUE(reaches(RegionId(2)));

  // The reserve goes to the front that it can reach, where an enemy stands or is next door.
  for (const RegionId r : {RegionId(2), island}) {
    stand(w, ActorId(0), r, 100.0);
    stand(w, ActorId(1), r, 5000.0);
  }
  w.actors.reserve[0] = 10000.0;
  w.actors.mobilised[0] = 1.0;
  box.run(*configured(make_mobilisation(), {{"desertion", 0.0}}), 1.0);
  EXPECT_GT(strength(w, ActorId(0), RegionId(2)), 200.0);
  EXPECT_GT(strength(w, ActorId(0), RegionId(1)), 1100.0);
  EXPECT_DOUBLE_EQ(strength(w, ActorId(0), island), 100.0);
}

TEST(Armies, NobodyIsSentWhereTheEnemyHoldsEverything) {
  const auto sent = [](double left) {
    Sandbox box(row_of(1, 50000.0, 1000.0));
    World& w = box.world;
    stand(w, ActorId(0), RegionId(1), 20000.0);
    w.regions.control[1] = left;
    w.actors.reserve[1] = 5000.0;
    w.actors.mobilised[1] = 1.0;
    const double before = strength(w, ActorId(1), RegionId(1));
    box.run(*configured(make_mobilisation(), {{"desertion", 0.0}}), 1.0);
    return strength(w, ActorId(1), RegionId(1)) - before;
  };
  EXPECT_GT(sent(0.5), 100.0);
  EXPECT_DOUBLE_EQ(sent(0.0), 0.0);
}

// --- campaigns against armed groups

ScenarioData lost_province(double rebels) {
  ScenarioData s = empty_scenario();
  const ActorId state = add_actor(s, "state", ActorKind::state, 9000.0);
  const ActorId group = add_actor(s, "group", ActorKind::armed_group, rebels + 50.0);
  const RegionId home = add_region(s, "home", state);
  const RegionId far = add_region(s, "far", state, 1e5);
  add_border(s, home, far);
  s.regions[home.row()].given[&RegionTable::control] = 0.7;
  s.regions[far.row()].given[&RegionTable::control] = 0.2;
  s.presence.push_back({state, home, 3000.0, Role::garrison});
  s.presence.push_back({state, far, 300.0, Role::garrison});
  s.presence.push_back({group, home, 50.0, Role::insurgent});
  s.presence.push_back({group, far, rebels, Role::insurgent});
  s.wars.push_back({"war", "", "", {state}, {group}, s.clock.start});
  return s;
}

TEST(Campaigns, RetakeWhatGroupsGovern) {
  const auto retaken = [](double rebels, Changes changes) {
    Sandbox box(lost_province(rebels));
    const double before = people(box.world);
    box.run(*configured(make_control(), changes), 300.0);
    EXPECT_NEAR(people(box.world), before, 1e-6);
    EXPECT_DOUBLE_EQ(box.world.regions.control[0], 0.7) << "what is only haunted is left alone";
    double ground = 0.0;
    for (const Event& e : box.log.all()) ground += e.kind == EventKind::advance ? e.ground : 0.0;
    EXPECT_NEAR(ground, box.world.regions.control[1] - 0.2, 1e-9);
    EXPECT_EQ(box.count(EventKind::operation) > 0, ground > 0.0)
        << "nobody goes where he would lose";
    return box.world.regions.control[1];
  };
  const std::pair<std::string_view, double> often{"campaign_rate", 50.0};
  EXPECT_GT(retaken(1700.0, {often}), 0.95);
  EXPECT_DOUBLE_EQ(retaken(1700.0, {{"campaign_rate", 0.0}}), 0.2);
  EXPECT_DOUBLE_EQ(retaken(20000.0, {often}), 0.2) << "where it would not win";
  EXPECT_GT(retaken(20000.0, {often, {"standing", 0.01}}), 0.95);
}

TEST(Campaigns, BeginAsOftenAsSaid) {
  const std::size_t runs = 300;
  double begun = 0.0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    Sandbox box(lost_province(1700.0), serial_executor(), run);
    box.run(*configured(make_control(), {{"campaign_rate", 0.5}}), 365.25);
    begun += box.count(EventKind::operation) > 0;
  }
  const double p = 1.0 - std::exp(-0.5);
  EXPECT_NEAR(begun / runs, p, 4.0 * std::sqrt(p * (1.0 - p) / runs));
}

// --- everything

/// A lost province, a front of two armies and an army that holds what it has no people for.
std::uint64_t three_fronts(Mechanism& m) {
  ScenarioData s = lost_province(2000.0);
  const ActorId a = add_actor(s, "attacker", ActorKind::state, 30000.0);
  const ActorId d = add_actor(s, "defender", ActorKind::state, 10000.0);
  const RegionId base = add_region(s, "base", a);
  const RegionId land = add_region(s, "land", d);
  add_border(s, base, land);
  s.regions[land.row()][&RegionTable::terrain] = 0.5;
  s.presence.push_back({d, land, 10000.0, Role::garrison});
  s.wars.push_back({"other", "", "", {a}, {d}, s.clock.start});
  const ActorId rival = add_actor(s, "rival", ActorKind::armed_group, 500.0);
  s.presence.push_back({rival, RegionId(1), 300.0, Role::insurgent});
  std::uint64_t all = 0;
  for (std::uint32_t run = 0; run < 10; ++run) {
    Sandbox box(s, serial_executor(), run);
    stand(box.world, a, land, 3000.0 + 3000.0 * run);
    box.run(m, 400.0, [&](Sandbox& b) {
      b.attacks.clear();
      b.operations.clear();
      if (b.step % 50 != 10) return;
      // What insurgency would hand to combat.
      const PresenceId group = b.world.find(ActorId(1), RegionId(1));
      const EventId id = b.happens(EventKind::attack, ActorId(1), ActorId(0));
      b.attacks.push_back({group, ActorId(0), 8, id});
      b.attacks.push_back({group, {}, 4, id});
      b.attacks.push_back({group, rival, 2, id});
      b.operations.push_back({RegionId(1), group, 8, id});
    });
    all = mix(all, digest(box, m));
  }
  return all;
}

TEST(Combat, EveryParameterCounts) { expect_every_parameter_counts(make_combat, three_fronts); }

TEST(Control, EveryParameterCounts) { expect_every_parameter_counts(make_control, three_fronts); }

}  // namespace
}  // namespace casus::test
