#include <cmath>

#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus::test {
namespace {

void forget_the_day(Sandbox& b) {
  b.attacks.clear();
  b.operations.clear();
}

/// Attacks by all groups over some years, summed over runs.
double attacks(Minutes step, Changes changes, std::uint32_t runs = 40, double days = 365.0) {
  double total = 0.0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    Sandbox box(ring(12, step), serial_executor(), run);
    const auto mechanism = configured(make_insurgency(), changes);
    box.run(*mechanism, days, [](Sandbox& b) {
      b.attacks.clear();
      b.operations.clear();
      // The state holds all, so that the rate is the parameter's.
      b.world.regions.control.assign(b.world.regions.size(), 1.0);
      b.world.presences.control.assign(b.world.presences.size(), 0.0);
    });
    for (const double x : box.world.regions.attacks) total += x;
  }
  return total / runs;
}

TEST(Insurgency, LongRunRateIsTheParameter) {
  // Four groups of 500, one grievance (.3), no rivals: only the friends of groups raise effort.
  const Changes calm{{"attack_rate", 0.1}, {"ally_effect", 0.0},      {"enemy_effect", 0.0},
                     {"relocation", 0.0},  {"grievance_weight", 0.0}, {"branching", 0.0},
                     {"tempo_sd", 0.0}};
  const double expected = 4 * 500 * 0.1 * 365.0 / days_per_year;
  EXPECT_NEAR(attacks(Minutes(24 * 60), calm), expected, 4.0 * std::sqrt(expected / 40));
}

TEST(Insurgency, ExcitationKeepsTheRateAndTheStepDoesNotMatter) {
  const Changes excited{{"attack_rate", 0.1}, {"ally_effect", 0.0},      {"enemy_effect", 0.0},
                        {"relocation", 0.0},  {"grievance_weight", 0.0}, {"branching", 0.5},
                        {"spread", 0.0}};
  // Runs start without a past, so that the first half-lives fall a little short of the long run.
  const double expected = 4 * 500 * 0.1 * 365.0 / days_per_year;
  const double se = std::sqrt(expected / 40) / (1.0 - 0.5);
  const double daily = attacks(Minutes(24 * 60), excited);
  const double half = attacks(Minutes(12 * 60), excited);
  EXPECT_NEAR(daily, expected, 4.0 * se + 0.03 * expected);
  EXPECT_NEAR(daily, half, 4.0 * std::sqrt(2.0) * se);
}

TEST(Insurgency, MovingCellsConserveFighters) {
  Sandbox box(ring(30));
  const auto mechanism = configured(make_insurgency(), {{"relocation", 10.0}});
  const double before = people(box.world);
  const std::size_t rows = box.world.presences.size();
  box.run(*mechanism, 200.0, forget_the_day);
  EXPECT_GT(box.world.presences.size(), rows);  // somebody went somewhere new
  EXPECT_NEAR(people(box.world), before, 1e-6);
}

TEST(Insurgency, NoAttacksDuringACeasefire) {
  Sandbox box(ring(3));
  const auto mechanism = configured(make_insurgency(), {{"attack_rate", 2.0}, {"relocation", 0.0}});
  box.run(*mechanism, 30.0, forget_the_day);
  EXPECT_GT(box.count(EventKind::attack), 0U);
  for (std::size_t i = 0; i < box.world.wars.size(); ++i) {
    box.world.wars.set_state(WarId(i), WarState::ceasefire);
    const War& war = box.world.wars[i];
    box.world.relations.add_hostility(war.belligerents()[0].actor, war.belligerents()[1].actor, -1);
  }
  const std::size_t before = box.count(EventKind::attack);
  box.run(*mechanism, 60.0, forget_the_day);
  EXPECT_EQ(box.count(EventKind::attack), before);
}

/// Share of runs in which a group that made peace is at war with the state again within a year.
double relapsed(double view, double attack_rate, Minutes step, std::uint32_t runs) {
  std::uint32_t again = 0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    Sandbox box(ring(3, step), serial_executor(), run);
    const War& war = box.world.wars[0];
    const ActorId a = war.belligerents()[0].actor, b = war.belligerents()[1].actor;
    box.world.wars.set_state(WarId(0), WarState::ended);
    box.world.relations.add_hostility(a, b, -1);
    box.world.relations.set_affinity(a, b, view);
    box.world.relations.set_affinity(b, a, view);
    const auto mechanism = configured(
        make_insurgency(), {{"attack_rate", attack_rate}, {"relocation", 0.0}, {"relapse", 0.4}});
    box.run(*mechanism, days_per_year, forget_the_day);
    EXPECT_EQ(box.world.wars.size() > 1, box.count(EventKind::war_begins) > 0);
    again += box.world.relations.at_war(a, b);
    if (box.world.wars.size() == 1) {
      EXPECT_EQ(box.count(EventKind::attack), 0U);
    }
  }
  return static_cast<double>(again) / runs;
}

TEST(Insurgency, APeaceIsBrokenByEnmityAndNotByTheNumberOfAttacksThatThereWouldBeSlow) {
  const Minutes day(24 * 60);
  EXPECT_EQ(relapsed(1.0, 2.0, day, 20), 0.0);
  const auto expect = [](double view, double share) {
    const double expected = 1.0 - std::exp(-0.4 * (1.0 - view));
    EXPECT_NEAR(share, expected, 4.0 * std::sqrt(expected * (1.0 - expected) / 300)) << view;
  };
  expect(-0.9, relapsed(-0.9, 2.0, day, 300));
  expect(-0.9, relapsed(-0.9, 0.1, day, 300));
  expect(-0.9, relapsed(-0.9, 0.1, Minutes(12 * 60), 300));
  expect(0.5, relapsed(0.5, 2.0, day, 300));
  // Whether the view is just below indifference or just above decides in hardly any run.
  EXPECT_NEAR(relapsed(-0.02, 2.0, day, 300), relapsed(0.02, 2.0, day, 300), 0.04);
}

TEST(Insurgency, EnemiesRaiseAndAlliesLowerEffort) {
  ScenarioData s = ring(12);
  // group0 and group3 become friends; group6 and group9 rivals.
  const auto group = [&](const std::string& name) {
    for (std::size_t a = 0; a < s.actors.size(); ++a) {
      if (s.actors[a].name == name) return ActorId(a);
    }
    return ActorId{};
  };
  s.relations.push_back({group("group0"), group("group3"), 0.8});
  s.relations.push_back({group("group3"), group("group0"), 0.8});
  s.relations.push_back({group("group6"), group("group9"), -0.8, true});
  Sandbox box(s);
  const auto mechanism = configured(make_insurgency());
  box.run(*mechanism, 1.0);
  const auto effort = [&](const char* name) { return box.world.actors.effort[group(name).row()]; };
  EXPECT_LT(effort("group0"), effort("group6"));
  EXPECT_DOUBLE_EQ(effort("group0"), effort("group3"));
}

TEST(Insurgency, TableIsInOrder) { expect_table_in_order(make_insurgency); }

TEST(Insurgency, ShuffledOrderChangesNothing) {
  expect_same_on(
      make_insurgency, [] { return shuffled_executor(3); }, forget_the_day, 20.0);
}

TEST(Insurgency, ThreadsChangeNothing) {
  expect_same_on(
      make_insurgency, [] { return thread_executor(3); }, forget_the_day, 10.0);
}

}  // namespace
}  // namespace casus::test
