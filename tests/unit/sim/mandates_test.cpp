// Troops abroad: the gate, and the mandates under which they stand there.

#include "casus/world/mandates.h"

#include <cmath>

#include "casus/core/contracts.h"
#include "sandbox.h"
#include "sim/acts.h"
#include "sim/mechanisms.h"
#include "sim/warfare.h"

namespace casus::test {
namespace abroad {
namespace {

constexpr ActorId host(0), neighbour(1), friend_afar(2), power(3), rival(4), rebels(5);
constexpr RegionId home(0);

/// A host that fights rebels, a neighbour and a friend 2,000 km away with 40,000 soldiers each, and
/// two outside powers at odds with each other, of which one likes to come.
ScenarioData theatre(double view_of_power = 0.8) {
  ScenarioData s = empty_scenario();
  add_actor(s, "host", ActorKind::state, 5000.0);
  add_actor(s, "neighbour", ActorKind::state, 40000.0);
  add_actor(s, "friend", ActorKind::state, 40000.0);
  add_actor(s, "power", ActorKind::external, 0.0);
  add_actor(s, "rival", ActorKind::external, 0.0);
  add_actor(s, "rebels", ActorKind::armed_group, 1000.0);
  s.actors[power.row()][&ActorTable::home_power] = 20000.0;
  s.actors[power.row()][&ActorTable::deployment_ceiling] = 4000.0;
  s.actors[power.row()][&ActorTable::appetite] = 1.0;
  add_region(s, "home", host);
  add_region(s, "next", neighbour);
  add_region(s, "afar", friend_afar);
  add_border(s, home, RegionId(1));
  s.regions[0].latitude = s.regions[1].latitude = 10.0;
  s.regions[2].latitude = 10.0 + 2000.0 / 111.195;  // km a degree
  s.presence.push_back({rebels, home, 1000.0, Role::insurgent});
  s.relations.push_back({host, power, view_of_power});
  s.relations.push_back({power, host, view_of_power});
  s.relations.push_back({power, rival, -0.9});
  s.relations.push_back({rival, power, -0.9});
  s.wars.push_back({"war", "", "", {rebels}, {host}, s.clock.start, {}});
  return s;
}

std::unique_ptr<Mechanism> mandates(Changes changes = {}) {
  return configured(make_mandates(), changes);
}

/// Sends people by invitation; how many came.
double send(Sandbox& box, ActorId by, double people, Posting posting = {}) {
  StepContext now = box.context();
  return send_force(now, by, home, people, true, posting);
}

TEST(Gate, LetsThroughAShareOfTheForcesThatFallsWithDistance) {
  Sandbox box(theatre());
  EXPECT_NEAR(send(box, neighbour, 1e6), 0.25 * 40000.0, 1e-6);
  EXPECT_NEAR(send(box, friend_afar, 1e6), 0.25 * 40000.0 * std::pow(5.0, -1.38), 1.0);
  EXPECT_DOUBLE_EQ(send(box, friend_afar, 1e6), 0.0) << "those abroad count";
}

TEST(Gate, NobodyIsEverAboveItsCeiling) {
  ScenarioData s = theatre();
  s.actors[neighbour.row()][&ActorTable::deployment_ceiling] = 300.0;
  Sandbox box(s);
  EXPECT_DOUBLE_EQ(send(box, neighbour, 200.0), 200.0);
  EXPECT_DOUBLE_EQ(send(box, neighbour, 200.0), 100.0);
  EXPECT_DOUBLE_EQ(send(box, power, 1e6), 4000.0);
  StepContext now = box.context();
  EXPECT_DOUBLE_EQ(send_force(now, neighbour, RegionId(2), 1e6, false, {}), 0.0) << "uninvited";
  s.actors[neighbour.row()][&ActorTable::deployment_ceiling] = 0.0;
  Sandbox none(s);
  EXPECT_DOUBLE_EQ(send(none, neighbour, 1e6), 0.0);
}

TEST(Mandates, WhoStandsAbroadHasOne) {
  Sandbox box(theatre());
  send(box, neighbour, 500.0, {.against = rebels});
  send(box, neighbour, 700.0, {.against = rebels});
  ASSERT_EQ(box.world.mandates.size(), 1U);
  EXPECT_DOUBLE_EQ(box.world.mandates[0].people, 1200.0);
  EXPECT_NO_THROW(expect_mandates(box.world));
  box.world.mandates[0].active = false;
  EXPECT_THROW(expect_mandates(box.world), ContractError);
  // What has none, be it left over by a peace, gets one.
  box.run(*mandates(), 1.0);
  EXPECT_NO_THROW(expect_mandates(box.world));
}

TEST(Mandates, AThreatenedHostAsksAFriendIn) {
  const auto arrived = [](double view, double threat) {
    Sandbox box(theatre(view));
    box.world.actors.threat[host.row()] = threat;
    const double before = people(box.world);
    box.run(*mandates({{"deployment_rate", 20.0}}), 300.0);
    EXPECT_DOUBLE_EQ(people(box.world), before);
    EXPECT_EQ(box.world.relations.hosts(host, power), box.world.abroad(power) > 0.0);
    EXPECT_LE(box.count(EventKind::deployment), 1U);
    return box.world.abroad(power);
  };
  EXPECT_DOUBLE_EQ(arrived(0.8, 0.9), 2000.0) << "half of what it would keep abroad";
  EXPECT_DOUBLE_EQ(arrived(0.8, 0.1), 0.0);
  EXPECT_DOUBLE_EQ(arrived(-0.1, 0.9), 0.0);
}

TEST(Mandates, AHostSendsAwayWhomItLikesLessThanTheGuestsRival) {
  const auto expelled = [](double view, double of_rival) {
    ScenarioData s = theatre(view);
    s.relations.push_back({host, rival, of_rival});
    Sandbox box(s);
    send(box, power, 1000.0);
    box.run(*mandates({{"deployment_rate", 0.0}, {"renewal", 10.0}}), 1000.0);
    return box.count(EventKind::expulsion);
  };
  EXPECT_EQ(expelled(-0.8, 0.3), 1U);
  EXPECT_EQ(expelled(0.3, 0.3), 0U);
  EXPECT_EQ(expelled(0.1, -0.5), 0U) << "none is better";
}

TEST(Mandates, ThoseWhoAreRecalledGoInEvenPartsUntilNobodyIsLeft) {
  ScenarioData s = theatre(-0.9);
  s.relations.push_back({host, rival, 0.9});
  Sandbox box(s);
  send(box, power, 1000.0);
  const auto m = mandates({{"consent_rate", 50.0}, {"recall", 100.0}, {"deployment_rate", 0.0}});
  while (box.count(EventKind::expulsion) == 0) box.run(*m, 1.0);
  EXPECT_NEAR(box.world.abroad(power), 990.0, 1e-9);
  box.run(*m, 49.0);
  EXPECT_NEAR(box.world.abroad(power), 500.0, 1e-6);
  box.run(*m, 50.0);
  EXPECT_DOUBLE_EQ(box.world.abroad(power), 0.0);
  EXPECT_FALSE(box.world.mandates[0].active);
  EXPECT_FALSE(box.world.relations.hosts(host, power));
}

TEST(Mandates, EndWithTheirCause) {
  const auto after = [](double days, bool ends) {
    Sandbox box(theatre());
    send(box, neighbour, 1000.0, {.against = rebels});
    const auto m = mandates({{"renewal", 10.0}, {"quiet", 3650.0}});
    box.run(*m, 200.0);
    EXPECT_DOUBLE_EQ(box.world.abroad(neighbour), 1000.0);
    if (ends) {
      StepContext now = box.context();
      stop_war(now, WarId(0), WarState::ended, 0.0, {});
    }
    box.run(*m, days);
    return box.world.abroad(neighbour);
  };
  EXPECT_DOUBLE_EQ(after(270.0, false), 1000.0);
  EXPECT_DOUBLE_EQ(after(270.0, true), 0.0);
  EXPECT_GT(after(60.0, true), 400.0);
}

TEST(Mandates, AnEmergencyIsOverInDays) {
  Sandbox box(theatre());
  send(box, neighbour, 1000.0, {.against = host});
  const auto m = mandates({{"emergency", 14.0}, {"recall", 10.0}});
  box.run(*m, 14.0);
  EXPECT_DOUBLE_EQ(box.world.abroad(neighbour), 1000.0);
  box.run(*m, 10.0);
  EXPECT_DOUBLE_EQ(box.world.abroad(neighbour), 0.0);
  EXPECT_EQ(box.count(EventKind::withdrawal), 1U);
}

TEST(Mandates, AnArmedGroupThatFallsSilentKeepsNobodyAbroad) {
  // Days until the first leave, when the group attacks last on day `attack`.
  const auto gone_on = [](double attack, Posting posting) {
    Sandbox box(theatre());
    send(box, neighbour, 1000.0, posting);
    const auto m = mandates({{"quiet", 20.0}, {"recall", 10.0}, {"deployment_rate", 0.0}});
    double day = 0.0;
    for (; day < 100.0 && box.count(EventKind::withdrawal) == 0; day += 1.0) {
      if (day <= attack) box.world.wars[0].fought_day = box.context().day();
      box.run(*m, 1.0);
    }
    return day;
  };
  const double from_posting = gone_on(-1.0, {.against = rebels});
  EXPECT_GE(from_posting, 20.0);
  EXPECT_LE(from_posting, 22.0);
  EXPECT_DOUBLE_EQ(gone_on(30.0, {.against = rebels}), from_posting + 30.0);
  // Who came against nobody by name, or stays until he is called, does not mind.
  EXPECT_DOUBLE_EQ(gone_on(-1.0, {.until_day = no_day}), 100.0);
}

TEST(Mandates, AreRenewedForFriends) {
  const auto stays = [](double view) {
    std::size_t gone = 0;
    for (std::uint32_t run = 0; run < 200; ++run) {
      ScenarioData s = theatre();
      s.relations.push_back({neighbour, host, view});
      Sandbox box(s, serial_executor(), run);
      const auto m = mandates({{"consent_rate", 0.0}, {"renewal", 0.0}, {"renewal_liking", 2.0}});
      box.begin(*m);
      send(box, neighbour, 1000.0, {.until_day = 30.0});
      box.run(*m, 40.0);
      gone += box.count(EventKind::withdrawal);
    }
    return 1.0 - static_cast<double>(gone) / 200.0;
  };
  const double se = 3.0 * std::sqrt(0.25 / 200.0);
  EXPECT_NEAR(stays(0.0), 0.5, se);
  EXPECT_NEAR(stays(0.8), 1.0 / (1.0 + std::exp(-1.6)), se);
}

TEST(Mandates, WhoCannotPayOrIsNoMemberAnyMoreGoesHome) {
  Sandbox broke(theatre());
  send(broke, neighbour, 1000.0, {.against = rebels});
  broke.world.actors.arrears[neighbour.row()] = 0.9;
  broke.run(*mandates(), 1.0);
  EXPECT_EQ(broke.count(EventKind::withdrawal), 1U);

  ScenarioData s = theatre();
  law::Pact pact;
  pact.id = "club";
  pact.key = pact_key("club");
  pact.in_force = s.clock.start;
  s.pacts = {pact};
  s.pact_names = {"club"};
  Sandbox left(s);
  send(left, neighbour, 1000.0, {.pact = PactId(0), .against = rebels});
  left.run(*mandates(), 1.0);
  EXPECT_EQ(left.count(EventKind::withdrawal), 1U);
}

TEST(Mandates, AfterTheSurgeAStateKeepsWhatItCanSustain) {
  Sandbox box(theatre());
  send(box, neighbour, 1e6, {.against = rebels});
  const auto m = mandates({{"renewal", 10.0}, {"recall", 20.0}, {"quiet", 3650.0}});
  box.run(*m, 90.0);
  EXPECT_DOUBLE_EQ(box.world.abroad(neighbour), 10000.0);
  box.run(*m, 200.0);
  EXPECT_NEAR(box.world.abroad(neighbour), 4000.0, 5.0);
}

TEST(Mandates, ALoweredCeilingBringsThemHome) {
  Sandbox box(theatre());
  send(box, power, 4000.0);
  box.world.actors.deployment_ceiling[power.row()] = 0.0;
  box.run(*mandates({{"recall", 10.0}, {"deployment_rate", 0.0}, {"renewal", 10.0}}), 200.0);
  EXPECT_LT(box.world.abroad(power), 1.0);
}

TEST(Mandates, TableIsInOrder) { expect_table_in_order(make_mandates); }

/// All of it in one place, in several runs.
std::uint64_t busy(Mechanism& m, std::unique_ptr<Executor> executor, std::uint32_t run) {
  ScenarioData s = theatre(0.6);
  s.relations.push_back({host, rival, 0.9});
  s.relations.push_back({neighbour, host, 0.7});
  Sandbox box(s, std::move(executor), run);
  box.world.actors.threat[host.row()] = 0.9;
  send(box, neighbour, 1e6, {.against = rebels, .until_day = 40.0});
  send(box, friend_afar, 500.0, {.against = host});
  box.run(m, 400.0);
  return digest(box, m);
}

TEST(Mandates, EveryParameterCounts) {
  expect_every_parameter_counts(make_mandates, [](Mechanism& m) {
    std::uint64_t all = 0;
    for (std::uint32_t run = 0; run < 8; ++run) all = mix(all, busy(m, serial_executor(), run));
    return all;
  });
}

TEST(Mandates, ShuffledOrderChangesNothing) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    const auto a = mandates(), b = mandates();
    EXPECT_EQ(busy(*a, serial_executor(), seed), busy(*b, shuffled_executor(seed), seed));
  }
}

}  // namespace
}  // namespace abroad
}  // namespace casus::test
