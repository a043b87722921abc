#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>

#include "casus/core/diagnostics.h"
#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

using namespace test;

constexpr double year = days_per_year;
// Only money matters: no legitimacy, no resolve.
const Changes plain{{"soldier_cost", 10000.0}, {"fighter_cost", 1000.0}, {"taxation", 0.0}};

/// A state with 1,000 soldiers, of quality 1, in a region of a million people.
struct One {
  explicit One(double income = 100.0, Minutes step = Minutes(24 * 60))
      : scenario(empty_scenario(step)) {
    state = add_actor(scenario, "state", ActorKind::state, 1000.0, income);
    scenario.actors.back()[&ActorTable::resources] = 500.0;
    add_region(scenario, "home", state);
  }
  ScenarioData scenario;
  ActorId state;
};

void impose(World& w, MeasureKind kind, ActorId by, ActorId on, double size) {
  Measure m;
  m.kind = kind;
  m.by = by;
  m.on = on;
  m.size = size;
  w.measures.push_back(m);
}

/// A state that had paid its men, 10 MUSD a year, and has this income from now on.
Sandbox impoverished(Mechanism& m, double income, double resources,
                     Minutes step = Minutes(24 * 60)) {
  One one(10.0, step);
  one.scenario.actors[0][&ActorTable::resources] = resources;
  Sandbox box(one.scenario);
  box.begin(m);
  box.world.actors.income[0] = income;
  return box;
}

/// What the state has gained in a hundred days, as MUSD a year.
double gain(Sandbox& box, Changes changes = plain) {
  const double before = box.world.actors.resources[0];
  box.run(*configured(make_economy(), changes), 100.0);
  return (box.world.actors.resources[0] - before) / 100.0 * year;
}

TEST(Economy, TableIsInOrder) { expect_table_in_order(make_economy); }

TEST(Economy, IncomeLessUpkeepIsSaved) {
  Sandbox box(One().scenario);
  EXPECT_NEAR(gain(box), 100.0 - 10.0, 1e-9);
}

TEST(Economy, SanctionsCutIncomeByAShareOfWhatIsLeft) {
  Sandbox box(One().scenario);
  impose(box.world, MeasureKind::sanction, {}, ActorId(0), 0.3);
  impose(box.world, MeasureKind::sanction, {}, ActorId(0), 0.5);
  EXPECT_NEAR(gain(box), 100.0 * 0.35 - 10.0, 1e-9);
  box.world.measures[1].active = false;
  EXPECT_NEAR(gain(box), 100.0 * 0.7 - 10.0, 1e-9);
}

TEST(Economy, ABlockadeCutsTheFuelOfWhoLivesOnIt) {
  for (const bool dependent : {false, true}) {
    One one;
    one.scenario.actors[0].dependent_fuel = dependent;
    Sandbox box(one.scenario);
    impose(box.world, MeasureKind::blockade, {}, ActorId(0), 0.4);
    EXPECT_NEAR(gain(box), 100.0 * (dependent ? 1.0 - 0.3 * 0.4 : 0.6) - 10.0, 1e-9);
    EXPECT_NEAR(box.world.actors.fuel_cut[0], dependent ? 0.4 : 0.0, 1e-12);
  }
}

TEST(Economy, TheFuelThatSeveralBlockadesLeaveIsMultiplied) {
  One one;
  one.scenario.actors[0].dependent_fuel = true;
  Sandbox box(one.scenario);
  impose(box.world, MeasureKind::blockade, {}, ActorId(0), 0.4);
  impose(box.world, MeasureKind::blockade, {}, ActorId(0), 0.5);
  gain(box);
  EXPECT_NEAR(box.world.actors.fuel_cut[0], 0.7, 1e-12);
}

TEST(Economy, OnlyTheBlockadeOfAnArmedGroupWearsOff) {
  One one;
  one.scenario.actors[0].dependent_fuel = true;
  const ActorId group = add_actor(one.scenario, "group", ActorKind::armed_group, 100.0);
  const ActorId navy = add_actor(one.scenario, "navy", ActorKind::external, 100.0);
  Sandbox box(one.scenario);
  impose(box.world, MeasureKind::blockade, group, ActorId(0), 0.4);
  impose(box.world, MeasureKind::blockade, navy, ActorId(0), 0.4);
  const auto m = configured(make_economy(), {{"blockade_half_life", 30.0}});
  box.run(*m, 60.0);
  EXPECT_NEAR(box.world.measures[0].size, 0.1, 1e-12);
  EXPECT_EQ(box.world.measures[1].size, 0.4);
  EXPECT_TRUE(box.world.measures[0].active);
  box.run(*m, 120.0);
  EXPECT_FALSE(box.world.measures[0].active);
  EXPECT_TRUE(box.world.measures[1].active);
  EXPECT_NEAR(box.world.actors.fuel_cut[0], 0.4, 1e-12);
}

TEST(Economy, AidGoesFromOneToTheOther) {
  One one;
  const ActorId donor = add_actor(one.scenario, "donor", ActorKind::external, 0.0, 50.0);
  Sandbox box(one.scenario);
  impose(box.world, MeasureKind::aid, donor, one.state, 20.0);
  EXPECT_NEAR(gain(box), 110.0, 1e-9);
  EXPECT_NEAR(box.world.actors.resources[1] / 100.0 * year, 30.0, 1e-9);
}

TEST(Economy, ADonorGivesOnlyWhatItHasLeft) {
  One one;
  const ActorId donor = add_actor(one.scenario, "donor", ActorKind::external, 1000.0, 25.0);
  Sandbox box(one.scenario);
  impose(box.world, MeasureKind::aid, donor, one.state, 40.0);
  EXPECT_NEAR(gain(box), 90.0 + 15.0, 1e-9);
  EXPECT_NEAR(box.world.actors.resources[1], 0.0, 1e-9);
  EXPECT_EQ(box.world.actors.arrears[1], 0.0);
}

TEST(Economy, WhoHasNoMoneyInTheScenarioKeepsNoAccounts) {
  One one(0.0);
  one.scenario.actors[0][&ActorTable::resources] = 0.0;
  const ActorId donor = add_actor(one.scenario, "donor", ActorKind::external, 1000.0);
  Sandbox box(one.scenario);
  EXPECT_EQ(gain(box), 0.0);
  EXPECT_EQ(box.world.actors.arrears[0], 0.0);
  impose(box.world, MeasureKind::aid, donor, one.state, 40.0);
  EXPECT_NEAR(gain(box), 40.0 - 10.0, 40.0 / 100.0 + 1e-9);  // its first day is free
}

TEST(Economy, ForcesAbroadAndMobilisedCostMore) {
  One one;
  const ActorId host = add_actor(one.scenario, "host", ActorKind::state, 0.0);
  add_region(one.scenario, "there", host);
  one.scenario.presence.push_back({one.state, RegionId(1), 400.0, Role::deployment});
  Sandbox box(one.scenario);
  const Changes premium{{"soldier_cost", 10000.0}, {"campaign_premium", 2.0}};
  EXPECT_NEAR(gain(box, premium), 100.0 - 10.0 * (0.6 + 0.4 * 3.0), 1e-9);
  box.world.actors.mobilised[0] = 1.0;
  EXPECT_NEAR(gain(box, premium), 100.0 - 10.0 * 3.0, 1e-9);
}

TEST(Economy, GroupsTaxThoseTheyHold) {
  One one;
  const ActorId group = add_actor(one.scenario, "group", ActorKind::armed_group, 100.0);
  one.scenario.actors.back()[&ActorTable::support] = 1.0;
  one.scenario.presence.push_back({group, RegionId(0), 100.0, Role::insurgent});
  Sandbox box(one.scenario);
  box.world.presences.control[box.world.find(group, RegionId(0)).row()] = 0.25;
  box.run(*configured(make_economy(), {{"taxation", 8.0}, {"fighter_cost", 1000.0}}), 100.0);
  EXPECT_NEAR(box.world.actors.resources[1] / 100.0 * year, 1.0 + 2.0 - 0.1, 1e-9);
}

TEST(Economy, MoneyRunsOutIntoArrearsAndNeverBelowZero) {
  const auto m = configured(make_economy(), {{"soldier_cost", 10000.0}, {"arrears_memory", 50.0}});
  Sandbox box = impoverished(*m, 4.0, 1.0);
  // Six million a year are lacking, and savings are spread over thirty days: they do until half of
  // them are gone, after 31 days.
  box.run(*m, 30.0, [](Sandbox& x) { EXPECT_GE(x.world.actors.resources[0], 0.0); });
  EXPECT_GT(box.world.actors.resources[0], 0.49);
  EXPECT_EQ(box.world.actors.arrears[0], 0.0);
  box.run(*m, 30.0);
  EXPECT_GT(box.world.actors.resources[0], 0.0);
  EXPECT_GT(box.world.actors.arrears[0], 0.0);
  box.run(*m, 2000.0, [](Sandbox& x) { EXPECT_GE(x.world.actors.resources[0], 0.0); });
  EXPECT_NEAR(box.world.actors.arrears[0], 0.6, 1e-6);
  EXPECT_NEAR(box.world.actors.resources[0], 0.0, 1e-12);
  box.world.actors.income[0] = 20.0;
  box.run(*m, 50.0);
  EXPECT_NEAR(box.world.actors.arrears[0], 0.3, 1e-6);
}

TEST(Economy, NobodyBeginsWithAnArmyItCannotPay) {
  One one(4.0);
  one.scenario.actors[0][&ActorTable::resources] = 0.0;
  Sandbox box(one.scenario);
  const auto m = configured(make_economy(), {{"soldier_cost", 10000.0}});
  box.run(*m, 100.0);
  EXPECT_NEAR(box.world.actors.arrears[0], 0.0, 1e-12);
  // But it has nothing to spare.
  impose(box.world, MeasureKind::sanction, {}, ActorId(0), 0.5);
  box.run(*m, 2000.0);
  EXPECT_NEAR(box.world.actors.arrears[0], 0.5, 1e-3);
}

TEST(Economy, ArrearsCostResolve) {
  const auto resolve = [](double income) {
    const auto m = configured(make_economy());
    Sandbox box = impoverished(*m, income, 0.0);
    box.run(*m, 365.0);
    return box.world.actors.resolve[0];
  };
  EXPECT_EQ(resolve(10.0), 0.7);
  EXPECT_LT(resolve(5.0), 0.7);
  EXPECT_LT(resolve(1.0), resolve(5.0));
}

TEST(Economy, LegitimacyFallsWithDeathsLossAndArrearsAndRecovers) {
  const auto after = [](const std::function<void(World&)>& strain, double income = 100.0) {
    const auto m = configured(make_economy());
    Sandbox box = impoverished(*m, income, 0.0);
    box.run(*m, 365.0, [&](Sandbox& x) { strain(x.world); });
    return box.world.actors.legitimacy[0];
  };
  const double calm = after([](World&) {});
  EXPECT_NEAR(calm, 0.5, 1e-12);
  const double deaths = after([](World& w) { w.regions.recent_violence[0] = 100.0; });
  const double more = after([](World& w) { w.regions.recent_violence[0] = 300.0; });
  EXPECT_LT(deaths, calm);
  EXPECT_LT(more, deaths);
  EXPECT_LT(after([](World& w) { w.regions.control[0] = 0.5; }), calm);
  EXPECT_LT(after([](World&) {}, 1.0), calm);
  EXPECT_GT(after([](World& w) { w.actors.regime[0] = Regime::democracy; }), calm);
}

TEST(Economy, HalvingTheStepChangesNothing) {
  const auto end = [](Minutes step) {
    One one(20.0, step);
    Sandbox box(one.scenario);
    const auto m = configured(make_economy());
    box.run(*m, 400.0, [](Sandbox& x) {
      x.world.regions.recent_violence[0] = 100.0;
      x.world.regions.control[0] = 0.7;
    });
    return std::vector<double>{box.world.actors.resources[0], box.world.actors.legitimacy[0]};
  };
  const auto day = end(Minutes(24 * 60));
  const auto half = end(Minutes(12 * 60));
  for (std::size_t i = 0; i < day.size(); ++i) EXPECT_NEAR(day[i], half[i], 1e-9 * half[i]);
  const auto poor = [](Minutes step) {
    const auto m = configured(make_economy());
    Sandbox box = impoverished(*m, 5.0, 0.0, step);
    box.run(*m, 400.0);
    return std::vector<double>{box.world.actors.arrears[0], box.world.actors.resolve[0]};
  };
  const auto poor_day = poor(Minutes(24 * 60));
  const auto poor_half = poor(Minutes(12 * 60));
  for (std::size_t i = 0; i < poor_day.size(); ++i) {
    EXPECT_NEAR(poor_day[i], poor_half[i], 2e-3 * poor_half[i]);
  }
}

TEST(Economy, ANumberThatWentWrongStopsTheRun) {
  Sandbox box(One().scenario);
  box.world.actors.income[0] = std::numeric_limits<double>::infinity();
  try {
    box.run(*configured(make_economy()), 1.0);
    FAIL() << "no error";
  } catch (const SimulationError& e) {
    EXPECT_EQ(e.mechanism, "economy");
    EXPECT_EQ(e.date, "2023-01-01");
  }
}

/// Aid in both directions of the ring, sanctions here and there, everybody poorer and poorer.
void hardship(Sandbox& box) {
  shake(box);
  World& w = box.world;
  if (box.step == 0) {
    for (std::size_t a = 0; a + 1 < w.actors.size(); ++a) {
      impose(w, MeasureKind::aid, ActorId(a), ActorId(a + 1), 8.0);
      impose(w, a % 2 == 0 ? MeasureKind::sanction : MeasureKind::blockade, {}, ActorId(a), 0.4);
      w.actors.dependent_fuel[a] = a % 4 == 1;
      if (w.actors.kind[a] == ActorKind::armed_group) {
        impose(w, MeasureKind::blockade, ActorId(a), ActorId(1), 0.1);
      }
      w.actors.mobilised[a] = a % 2 == 0 ? 0.5 : 0.0;
    }
    for (double& x : w.presences.control) x = 0.2;
  }
}

TEST(Economy, EveryParameterCounts) {
  expect_every_parameter_counts(make_economy, [](Mechanism& m) {
    ScenarioData s = ring(9);
    // One that cannot pay its men, though it has saved.
    s.actors[0][&ActorTable::cost_per_man] = 50000.0;
    s.actors[0][&ActorTable::resources] = 10.0;
    Sandbox box(std::move(s));
    box.run(m, 30.0, hardship);
    return digest(box, m);
  });
}

TEST(Economy, OrderOfBlocksDoesNotMatter) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    expect_same_on(
        make_economy, [&] { return shuffled_executor(seed); }, hardship, 30.0);
  }
}

TEST(Economy, ThreadsAgreeWithOne) {
  expect_same_on(
      make_economy, [] { return thread_executor(3); }, hardship, 5.0);
}

TEST(Economy, ACloneGoesOn) { expect_memory_is_whole(make_economy, hardship); }

}  // namespace
}  // namespace casus
