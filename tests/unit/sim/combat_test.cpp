#include "sandbox.h"
#include "sim/mechanisms.h"
#include "sim/warfare.h"

namespace casus::test {
namespace {

/// Two states at war, the second's army in the first's only region.
ScenarioData front(double defenders, double attackers, Minutes step = Minutes(24 * 60)) {
  ScenarioData s = empty_scenario(step);
  const ActorId a = add_actor(s, "defender", ActorKind::state, defenders);
  const ActorId b = add_actor(s, "attacker", ActorKind::state, attackers);
  const RegionId home = add_region(s, "home", a);
  const RegionId base = add_region(s, "base", b);
  add_border(s, home, base);
  s.presence.push_back({a, home, defenders, Role::garrison});
  s.presence.push_back({b, home, attackers, Role::deployment});
  s.wars.push_back({"war", "", "", {b}, {a}, s.clock.start});
  return s;
}

double left(const Sandbox& box, const char* actor) {
  for (std::size_t a = 0; a < box.world.actors.size(); ++a) {
    if (box.world.actors.name[a] == actor) return box.world.forces(ActorId(a));
  }
  return -1.0;
}

TEST(Combat, EqualArmiesLoseAlikeInOpenCountry) {
  ScenarioData s = front(20000, 20000);
  s.regions[0][&RegionTable::terrain] = 0.0;
  Sandbox box(s);
  const auto mechanism = configured(make_combat(), {{"noise", 0.0}, {"decision_days", 365.0}});
  box.run(*mechanism, 60.0);
  EXPECT_NEAR(left(box, "defender"), left(box, "attacker"), 1e-6);
  EXPECT_LT(left(box, "defender"), 20000.0);
  EXPECT_GT(box.count(EventKind::battle), 0U);
}

TEST(Combat, LossesDoNotDependOnTheStep) {
  const Changes quiet{{"noise", 0.0}, {"decision_days", 365.0}};
  Sandbox day(front(20000, 30000));
  Sandbox half(front(20000, 30000, Minutes(12 * 60)));
  const auto one = configured(make_combat(), quiet);
  const auto two = configured(make_combat(), quiet);
  day.run(*one, 40.0);
  half.run(*two, 40.0);
  EXPECT_NEAR(left(day, "defender"), left(half, "defender"), 1e-3);
  EXPECT_NEAR(left(day, "attacker"), left(half, "attacker"), 1e-3);
}

TEST(Combat, TheWeakerSideRetreatsToItsOwnGround) {
  Sandbox box(front(30000, 2000));
  const auto mechanism = configured(make_combat(), {{"decision_days", 0.5}});
  box.run(*mechanism, 30.0);
  const ActorId attacker(1);
  const PresenceId abroad = box.world.find(attacker, RegionId(0));
  ASSERT_TRUE(abroad.valid());
  EXPECT_DOUBLE_EQ(box.world.presences.strength[abroad.row()], 0.0);
  EXPECT_GT(left(box, "attacker"), 0.0);
}

TEST(Combat, DeathsAreCountedOnceEverywhere) {
  Sandbox box(ring(9));
  const auto insurgency =
      configured(make_insurgency(), {{"attack_rate", 2.0}, {"relocation", 0.0}});
  const auto combat = configured(make_combat());
  const double before = people(box.world);
  double logged = 0.0;
  for (int day = 0; day < 200; ++day) {
    box.attacks.clear();
    box.operations.clear();
    StepContext context = box.context();
    if (day == 0) insurgency->begin(context);
    insurgency->step(context);
    combat->step(context);
    ++box.step;
  }
  for (const Event& e : box.log.all()) logged += e.deaths;
  double counted = 0.0;
  for (const double d : box.world.regions.deaths) counted += d;
  EXPECT_GT(counted, 100.0);
  EXPECT_NEAR(logged, counted, 1e-6 * counted);
  EXPECT_NEAR(people(box.world), before, 1e-3);
  double by_war = 0.0;
  for (const War& war : box.world.wars) {
    by_war += war.deaths;
    // A step is a day.
    double last = -1e9;
    for (const Event& e : box.log.all()) {
      const int who = side_of(war, e.who), whom = side_of(war, e.whom);
      if (e.kind == EventKind::attack && who >= 0 && whom >= 0 && who != whom) last = e.step;
    }
    EXPECT_DOUBLE_EQ(war.fought_day, last);
    EXPECT_GT(last, 0.0);
  }
  EXPECT_LE(by_war, counted * (1.0 + 1e-9));
}

TEST(Combat, TableIsInOrder) { expect_table_in_order(make_combat); }

/// Operations everywhere, and an army in every second region.
void armies_everywhere(Sandbox& box) {
  if (box.step > 0) return;
  StepContext c = box.context();
  for (std::size_t r = 0; r + 1 < box.world.regions.size(); r += 2) {
    open_war(c, ActorId(r + 1), ActorId(r), {});
    deploy(box.world, ActorId(r + 1), RegionId(r), 3000.0, Role::deployment);
    deploy(box.world, ActorId(r), RegionId(r), 2000.0 + 10.0 * static_cast<double>(r),
           Role::garrison);
  }
}

TEST(Combat, ShuffledOrderChangesNothing) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    expect_same_on(
        make_combat, [&] { return shuffled_executor(seed); }, armies_everywhere, 20.0);
  }
}

TEST(Combat, ThreadsChangeNothing) {
  expect_same_on(
      make_combat, [] { return thread_executor(3); }, armies_everywhere, 10.0);
}

}  // namespace
}  // namespace casus::test
