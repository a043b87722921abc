// Armies on the move: expeditions of an organisation, guests, offensives.

#include <cmath>

#include "crises.h"

namespace casus::test {
namespace {

TEST(Statecraft, MembersKeepTheirWordAsFarAsTheirWillGoes) {
  const Outcome out = summits(summit(0), 100, 10.0, {review, loyal});
  const double n = static_cast<double>(out.honoured + out.broken);
  ASSERT_EQ(n, 600.0);
  EXPECT_NEAR(static_cast<double>(out.honoured) / n, 0.7, 4.0 * std::sqrt(0.7 * 0.3 / n));
}

TEST(Statecraft, APledgeIsWhatAMemberSends) {
  ScenarioData s = summit(0);
  for (law::Member& m : s.pacts[0].members) m.contribution = 321.0;
  Sandbox box(s);
  box.run(*only({review, loyal}), 10.0);
  std::size_t sent = 0;
  for (const Event& e : box.log.all()) {
    if (e.kind != EventKind::intervention) continue;
    EXPECT_DOUBLE_EQ(e.size, 321.0);
    EXPECT_TRUE(box.log.causes(e)[0].valid());
    ++sent;
  }
  EXPECT_GT(sent, 0U);
  EXPECT_EQ(box.acts.size(), 0U) << "days later";
}

ScenarioData guests(double view) {
  ScenarioData s = empty_scenario();
  const ActorId host = add_actor(s, "host", ActorKind::state, 5000.0);
  const ActorId power = add_actor(s, "power", ActorKind::external, 0.0);
  s.actors[power.row()][&ActorTable::home_power] = 20000.0;
  s.actors[power.row()][&ActorTable::deployment_ceiling] = 4000.0;
  s.actors[power.row()][&ActorTable::appetite] = 1.0;
  add_region(s, "home", host);
  s.relations.push_back({host, power, view});
  return s;
}

TEST(Statecraft, AThreatenedHostAsksAFriendIn) {
  const auto arrived = [](double view, double threat) {
    Sandbox box(guests(view));
    box.world.actors.threat[0] = threat;
    const double before = people(box.world);
    box.run(*only({{"deployment_rate", 20.0}}), 365.0);
    EXPECT_DOUBLE_EQ(people(box.world), before);
    EXPECT_EQ(box.world.relations.hosts(ActorId(0), ActorId(1)),
              box.world.abroad(ActorId(1)) > 0.0);
    EXPECT_LE(box.count(EventKind::deployment), 1U);
    return box.world.abroad(ActorId(1));
  };
  EXPECT_DOUBLE_EQ(arrived(0.8, 0.9), 2000.0) << "half of what it would keep abroad";
  EXPECT_DOUBLE_EQ(arrived(0.8, 0.1), 0.0);
  EXPECT_DOUBLE_EQ(arrived(-0.1, 0.9), 0.0);
}

TEST(Statecraft, GuestsThatAreNoLongerWantedGo) {
  ScenarioData s = guests(-0.7);
  s.actors[1].forces = 1500.0;
  s.presence.push_back({ActorId(1), RegionId(0), 1500.0, Role::deployment});
  Sandbox box(s);
  ASSERT_TRUE(box.world.relations.hosts(ActorId(0), ActorId(1)));
  box.run(*only({{"expulsion_rate", 50.0}}), 200.0);
  ASSERT_EQ(box.count(EventKind::expulsion), 1U);
  EXPECT_EQ(box.log.all()[0].who, ActorId(0));
  EXPECT_DOUBLE_EQ(box.log.all()[0].size, 1500.0);
  EXPECT_DOUBLE_EQ(box.world.abroad(ActorId(1)), 0.0);
  EXPECT_FALSE(box.world.relations.hosts(ActorId(0), ActorId(1)));

  s.relations[0].affinity = 0.6;
  s.actors[1][&ActorTable::appetite] = 0.0;
  Sandbox idle(s);
  idle.run(*only({{"expulsion_rate", 50.0}}), 200.0);
  EXPECT_EQ(idle.log.size(), 0U);
  idle.run(*only({{"return_rate", 5.0}}), 600.0);
  ASSERT_EQ(idle.count(EventKind::withdrawal), 1U);
  EXPECT_EQ(idle.log.all()[0].who, ActorId(1));
}

TEST(Statecraft, AMobilisedArmyGoesOverTheBorderWhereItIsStronger) {
  const auto fight = [](double mobilised, double defenders, Sandbox* out) {
    ScenarioData s = trios(1);
    s.crises.clear();
    s.wars.push_back({"war", "", "", {ActorId(0)}, {ActorId(1)}, s.clock.start});
    s.presence = {{ActorId(0), RegionId(0), 8000.0, Role::garrison},
                  {ActorId(1), RegionId(1), defenders, Role::garrison}};
    Sandbox box(s);
    box.world.actors.mobilised[0] = mobilised;
    const double before = people(box.world);
    box.run(*only({{"offensive_rate", 1.0}}), 1.0);
    for (int day = 0; day < 20 && box.log.size() == 0; ++day) {
      box.run(*only({{"offensive_rate", 1.0}}), 1.0);
    }
    EXPECT_DOUBLE_EQ(people(box.world), before);
    if (out != nullptr) {
      out->world = box.world;
      out->log = box.log;
      out->acts = box.acts;
    }
    return box.count(EventKind::invasion);
  };
  Sandbox after(trios(1));
  EXPECT_EQ(fight(1.0, 2000.0, &after), 1U);
  EXPECT_DOUBLE_EQ(after.world.abroad(ActorId(0)), 0.6 * 8000.0);
  ASSERT_EQ(after.acts.size(), 1U);
  EXPECT_EQ(after.acts[0].victim, ActorId(1));
  EXPECT_EQ(fight(0.1, 2000.0, nullptr), 0U) << "not mobilised";
  EXPECT_EQ(fight(1.0, 9000.0, nullptr), 0U) << "not stronger";
}

}  // namespace
}  // namespace casus::test
