// Joint forces that call themselves.

#include <utility>

#include "casus/law/pact.h"
#include "casus/world/mandates.h"
#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus::test {
namespace {

constexpr ActorId first(0), second(1), outsider(2), rebels(3);
constexpr RegionId quiet_first(0), troubled(1), quiet_second(2), elsewhere(3), lesser(4);

/// Two members and an outsider. Rebels hold half of a region of the first and a tenth of another,
/// and half of one of the outsider's. The first keeps its army in a quiet region.
ScenarioData founded(double strength = 4000.0, double readiness = 40.0) {
  ScenarioData s = empty_scenario();
  add_actor(s, "first", ActorKind::state, 20000.0);
  add_actor(s, "second", ActorKind::state, 20000.0);
  add_actor(s, "outsider", ActorKind::state, 20000.0);
  add_actor(s, "rebels", ActorKind::armed_group, 1000.0);
  add_region(s, "quiet_first", first);
  add_region(s, "troubled", first);
  add_region(s, "quiet_second", second);
  add_region(s, "elsewhere", outsider);
  add_region(s, "lesser", first);
  s.presence.push_back({first, quiet_first, 20000.0, Role::garrison});
  for (const RegionId r : {troubled, elsewhere, lesser}) {
    s.presence.push_back({rebels, r, 300.0, Role::insurgent});
  }
  s.wars.push_back({"war", "", "", {rebels}, {first}, s.clock.start, {}});
  s.wars.push_back({"war_elsewhere", "", "", {rebels}, {outsider}, s.clock.start, {}});
  law::Pact p;
  p.id = "alliance";
  p.key = pact_key("alliance");
  p.in_force = s.clock.start;
  for (const ActorId m : {first, second}) {
    p.members.emplace_back();
    p.members.back().actor = m;
  }
  p.organs.emplace_back();
  p.organs.back().force = law::StandingForce{strength, readiness};
  s.pacts = {p};
  s.pact_names = {"alliance"};
  s.actors[second.row()][&ActorTable::deployment_ceiling] = 1500.0;
  return s;
}

/// The ground that the rebels hold at the start.
struct Scene : Sandbox {
  explicit Scene(ScenarioData s) : Sandbox(std::move(s)) {
    for (const RegionId r : {troubled, elsewhere, lesser}) hold(r, r == lesser ? 0.1 : 0.5);
  }
  void hold(RegionId r, double share) {
    world.presences.control[world.find(rebels, r).row()] = share;
    world.regions.control[r.row()] = 1.0 - share;
  }
};

double people(const Sandbox& box, ActorId actor, RegionId region) {
  const PresenceId p = box.world.find(actor, region);
  return p.valid() ? box.world.presences.strength[p.row()] : 0.0;
}

double all_people(const Sandbox& box) {
  double sum = 0.0;
  for (const ActorId a : {first, second, outsider}) sum += box.world.forces(a);
  return sum;
}

TEST(Pools, AJointForceIsPlacedOnceItIsReady) {
  Scene box(founded());
  const auto m = configured(make_pools(), {{"meeting", 10.0}});
  box.run(*m, 39.0);
  EXPECT_EQ(people(box, first, troubled), 0.0);
  const double before = all_people(box);
  box.run(*m, 20.0);
  EXPECT_NEAR(all_people(box), before, 1e-6) << "men come out of the national armies";
  // Of 4,000 half are each one's. Most of what a contingent finds is in the troubled region.
  const double own = people(box, first, troubled) + people(box, first, lesser);
  EXPECT_NEAR(own, 2000.0, 1e-6);
  EXPECT_GT(people(box, first, troubled), people(box, first, lesser));
  EXPECT_NEAR(people(box, first, quiet_first), 18000.0, 1e-6);
  // The second sends what its ceiling allows, under a mandate of its host.
  const double abroad = people(box, second, troubled) + people(box, second, lesser);
  EXPECT_NEAR(abroad, 1500.0, 1e-6);
  const Mandate* mandate = mandate_of(box.world, second, first);
  ASSERT_NE(mandate, nullptr);
  EXPECT_EQ(mandate->pact, PactId(0));
  EXPECT_EQ(mandate->people, 1500.0);
  EXPECT_NO_THROW(expect_mandates(box.world));
  // Nobody goes to who is no member.
  EXPECT_EQ(people(box, first, elsewhere) + people(box, second, elsewhere), 0.0);
  EXPECT_EQ(people(box, outsider, troubled), 0.0);
  EXPECT_GE(box.count(EventKind::deployment), 1U);
}

TEST(Pools, ItStaysWhereItIsWhileNothingChanges) {
  Scene box(founded());
  const auto m = configured(make_pools(), {{"meeting", 10.0}});
  box.run(*m, 60.0);
  const double there = people(box, second, troubled);
  const std::size_t events = box.log.size();
  box.run(*m, 100.0);
  EXPECT_EQ(people(box, second, troubled), there);
  EXPECT_EQ(box.log.size(), events);
}

TEST(Pools, ItGoesWhereGroupsHoldMoreAndHomeWhenTheyHoldNothing) {
  Scene box(founded());
  const auto m = configured(make_pools(), {{"meeting", 10.0}});
  box.run(*m, 60.0);
  box.hold(troubled, 0.0);
  box.run(*m, 20.0);
  EXPECT_EQ(people(box, first, troubled) + people(box, second, troubled), 0.0);
  EXPECT_NEAR(people(box, first, lesser), 2000.0, 1e-6);
  box.hold(lesser, 0.0);
  box.run(*m, 20.0);
  EXPECT_EQ(people(box, first, lesser) + people(box, second, lesser), 0.0);
}

TEST(Pools, NoForceIsNoPool) {
  Scene box(founded(0.0));
  const auto m = configured(make_pools());
  box.run(*m, 200.0);
  EXPECT_EQ(people(box, first, troubled), 0.0);
  EXPECT_EQ(box.log.size(), 0U);
}

TEST(Pools, WhoCannotPayTakesNoPart) {
  Scene box(founded());
  box.world.actors.arrears[first.row()] = 0.9;
  const auto m = configured(make_pools());
  box.run(*m, 60.0);
  EXPECT_EQ(people(box, first, troubled), 0.0);
  // The members' regions are those of who takes part.
  EXPECT_EQ(people(box, second, troubled), 0.0);
}

TEST(Pools, EveryParameterCounts) {
  expect_every_parameter_counts(make_pools, [](Mechanism& m) {
    Scene box(founded(9000.0, 0.0));
    box.run(m, 50.0);
    box.hold(troubled, 0.0);
    box.run(m, 50.0);
    return digest(box, m);
  });
}

}  // namespace
}  // namespace casus::test
