#include <gtest/gtest.h>

#include <cmath>

#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

using namespace test;

/// Two neighbours and a third state far away that likes the second; nobody is at war.
struct Three {
  explicit Three(Minutes step = Minutes(24 * 60)) : scenario(empty_scenario(step)) {
    a = add_actor(scenario, "a", ActorKind::state, 10000.0);
    b = add_actor(scenario, "b", ActorKind::state, 10000.0);
    c = add_actor(scenario, "c", ActorKind::state, 10000.0);
    for (const auto& [name, owner] : {std::pair{"ra", a}, std::pair{"rb", b}, std::pair{"rc", c}}) {
      add_region(scenario, name, owner);
    }
    add_border(scenario, RegionId(0), RegionId(1));
    scenario.relations.push_back({c, b, 0.5});
  }
  ScenarioData scenario;
  ActorId a, b, c;
};

TEST(Perception, TableIsInOrder) { expect_table_in_order(make_perception); }

TEST(Perception, NothingHappensNothingMoves) {
  Three s;
  Sandbox box(s.scenario);
  const std::uint64_t before = hash(box.world);
  box.run(*configured(make_perception()), 100.0);
  EXPECT_EQ(hash(box.world), before);
}

TEST(Perception, AnInvasionCostsTheVictimsAndItsFriendsGoodwill) {
  Three s;
  Sandbox box(s.scenario);
  const auto m = configured(make_perception(), {{"shock", 0.6}, {"third_party", 0.3}});
  box.run(*m, 1.0);
  box.happens(EventKind::invasion, s.a, s.b);
  box.run(*m, 1.0);
  const Relations& r = box.world.relations;
  EXPECT_NEAR(r.affinity(s.b, s.a), std::expm1(-0.6), 1e-12);
  // c's own feeling for b, .5, is at its baseline and does not fade.
  EXPECT_NEAR(r.affinity(s.c, s.a), std::expm1(-0.6 * 0.3 * 0.5), 1e-12);
  EXPECT_EQ(r.affinity(s.a, s.b), 0.0);
  EXPECT_EQ(r.affinity(s.c, s.b), 0.5);
}

TEST(Perception, ABattleCostsAsMuchGoodwillHoweverManyStepsADayHas) {
  const auto after_ten_days = [](int steps_a_day) {
    Three s(Minutes(24 * 60 / steps_a_day));
    Sandbox box(s.scenario);
    const auto m = configured(make_perception(), {{"shock", 0.6}, {"view_battle", 0.05}});
    box.run(*m, 1.0);  // from here on it looks at what happens
    for (int i = 0; i < 10 * steps_a_day; ++i) {
      box.happens(EventKind::battle, s.a, s.b);
      box.run(*m, 1.0 / steps_a_day);
    }
    return box.world.relations.affinity(s.b, s.a);
  };
  const double of_days = after_ten_days(1);
  EXPECT_LT(of_days, -0.2);
  EXPECT_NEAR(after_ten_days(2), of_days, 0.02 * std::abs(of_days));
}

// A world has many more groups than anybody could have a view of.
TEST(Perception, GroupsTakeSidesOnlyOverThoseWithWhomTheyHaveToDo) {
  Three s;
  const ActorId near = add_actor(s.scenario, "near", ActorKind::armed_group, 500.0);
  const ActorId far = add_actor(s.scenario, "far", ActorKind::armed_group, 500.0);
  for (const ActorId group : {near, far}) s.scenario.relations.push_back({group, s.b, 0.5});
  s.scenario.relations.push_back({near, s.a, 0.2});
  Sandbox box(s.scenario);
  const auto m = configured(make_perception(), {{"shock", 0.6}, {"third_party", 0.3}});
  box.run(*m, 1.0);
  box.happens(EventKind::invasion, s.a, s.b);
  box.run(*m, 1.0);
  const Relations& r = box.world.relations;
  const double moved = -std::expm1(-0.6 * 0.3 * 0.5);
  EXPECT_NEAR(r.affinity(near, s.a), 0.2 - moved * 1.2, 1e-12);
  EXPECT_EQ(r.affinity(far, s.a), 0.0);
  EXPECT_FALSE(r.known(far, s.a));
  EXPECT_NEAR(r.affinity(s.c, s.a), -moved, 1e-12) << "a government hears of everybody";
  // Being at war with somebody is to have to do with him.
  box.world.relations.add_hostility(far, s.a, 1);
  box.happens(EventKind::invasion, s.a, s.b);
  box.run(*m, 1.0);
  EXPECT_NEAR(r.affinity(far, s.a), -moved, 1e-12);
}

TEST(Perception, AnEventIsCountedOnce) {
  Three s;
  Sandbox box(s.scenario);
  const auto m = configured(make_perception());
  box.run(*m, 1.0);
  box.happens(EventKind::sanction, s.a, s.b);
  box.run(*m, 1.0);
  const double after = box.world.relations.affinity(s.b, s.a);
  EXPECT_LT(after, 0.0);
  box.run(*m, 1.0);
  EXPECT_GT(box.world.relations.affinity(s.b, s.a), after);
}

TEST(Perception, EventsBeforeTheRunAreNotCounted) {
  Three s;
  Sandbox box(s.scenario);
  box.happens(EventKind::invasion, s.a, s.b);
  box.run(*configured(make_perception()), 1.0);
  EXPECT_EQ(box.world.relations.affinity(s.b, s.a), 0.0);
}

TEST(Perception, HelpRaisesAffinityAndHarmLowersIt) {
  for (const auto kind : {EventKind::aid, EventKind::honour, EventKind::mediation,
                          EventKind::joins_war, EventKind::sanction_lifted}) {
    Three s;
    Sandbox box(s.scenario);
    const auto m = configured(make_perception());
    box.run(*m, 1.0);
    box.happens(kind, s.a, s.b);
    box.run(*m, 1.0);
    EXPECT_GT(box.world.relations.affinity(s.b, s.a), 0.0) << EventKinds().name(kind);
    EXPECT_GT(box.world.relations.affinity(s.c, s.a), 0.0) << EventKinds().name(kind);
  }
  for (const auto kind :
       {EventKind::attack, EventKind::strike, EventKind::occupation, EventKind::threat,
        EventKind::ultimatum, EventKind::sanction, EventKind::blockade, EventKind::breach,
        EventKind::expulsion, EventKind::war_begins, EventKind::battle, EventKind::operation}) {
    Three s;
    Sandbox box(s.scenario);
    const auto m = configured(make_perception());
    box.run(*m, 1.0);
    box.happens(kind, s.a, s.b);
    box.run(*m, 1.0);
    EXPECT_LT(box.world.relations.affinity(s.b, s.a), 0.0) << EventKinds().name(kind);
  }
}

TEST(Perception, TroopsAreWelcomeOnlyWhereTheyWereLetIn) {
  for (const bool invited : {true, false}) {
    Three s;
    Sandbox box(s.scenario);
    box.world.relations.set_hosting(s.b, s.a, invited);
    const auto m = configured(make_perception());
    box.run(*m, 1.0);
    box.happens(EventKind::intervention, s.a, s.b, 2000.0);
    box.run(*m, 1.0);
    EXPECT_EQ(box.world.relations.affinity(s.b, s.a) > 0.0, invited);
  }
}

TEST(Perception, TheEnemyOfAnEnemyGains) {
  Three s;
  s.scenario.relations.back().affinity = -0.5;
  Sandbox box(s.scenario);
  const auto m = configured(make_perception());
  box.run(*m, 1.0);
  box.happens(EventKind::invasion, s.a, s.b);
  box.run(*m, 1.0);
  EXPECT_GT(box.world.relations.affinity(s.c, s.a), 0.0);
}

TEST(Perception, AffinityReturnsToABaselineThatKeepsPartOfTheShock) {
  Three s;
  Sandbox box(s.scenario);
  const auto m = configured(make_perception(),
                            {{"shock", 1.0}, {"lasting", 0.2}, {"affinity_half_life", 100.0}});
  box.run(*m, 1.0);
  box.happens(EventKind::invasion, s.a, s.b);
  box.run(*m, 1.0);
  const double base = std::expm1(-0.2);
  EXPECT_NEAR(box.world.relations.baseline(s.b, s.a), base, 1e-12);
  const double shocked = box.world.relations.affinity(s.b, s.a);
  box.run(*m, 100.0);
  EXPECT_NEAR(box.world.relations.affinity(s.b, s.a) - base, 0.5 * (shocked - base), 1e-12);
}

TEST(Perception, ThreatGrowsWithViolenceAtHomeAndHalvesAtTheParameter) {
  Three s;
  Sandbox box(s.scenario);
  const auto m = configured(make_perception(), {{"violence_half", 50.0}});
  // A million people each; what is seen is reached after many half-lives.
  box.run(*m, 1000.0, [](Sandbox& x) { x.world.regions.recent_violence = {50.0, 100.0, 0.0}; });
  EXPECT_NEAR(box.world.actors.threat[0], 0.5, 1e-6);
  EXPECT_NEAR(box.world.actors.threat[1], 0.75, 1e-6);
  // c listens to b, and to nobody else.
  EXPECT_NEAR(box.world.actors.threat[2], 0.25 * 0.75, 1e-6);
}

TEST(Perception, ThreatMovesHalfWayInAHalfLife) {
  Three s;
  Sandbox box(s.scenario);
  const auto m =
      configured(make_perception(), {{"threat_half_life", 20.0}, {"violence_half", 50.0}});
  box.run(*m, 20.0, [](Sandbox& x) { x.world.regions.recent_violence[0] = 50.0; });
  EXPECT_NEAR(box.world.actors.threat[0], 0.25, 1e-12);
}

TEST(Perception, RivalsThreatenNeighboursAndEnemiesEverybody) {
  Three s;
  s.scenario.relations.push_back({s.a, s.b, 0.0, true});
  s.scenario.relations.push_back({s.a, s.c, 0.0, true});
  Sandbox box(s.scenario);
  const auto m = configured(make_perception(), {{"force_weight", 0.5}, {"susceptibility", 0.0}});
  box.run(*m, 1000.0);
  EXPECT_NEAR(box.world.actors.threat[0], 0.25, 1e-6);  // as strong as b, which is next door
  EXPECT_NEAR(box.world.actors.threat[2], 0.0, 1e-12);  // c is far away
  box.world.relations.add_hostility(s.a, s.c, 1);
  box.run(*m, 1000.0);
  EXPECT_NEAR(box.world.actors.threat[0], 0.5 * 2.0 / 3.0, 1e-6);
  EXPECT_NEAR(box.world.actors.threat[2], 0.25, 1e-6);
}

TEST(Perception, AnUltimatumThreatensItsTargetUntilItIsSettled) {
  Three s;
  Sandbox box(s.scenario);
  Crisis crisis;
  crisis.challenger = s.a;
  crisis.target = s.b;
  crisis.stake = 1.0;
  crisis.stage = Confrontation::ultimatum;
  box.world.crises.push_back(crisis);
  const auto m = configured(make_perception(), {{"crisis_weight", 0.5}});
  box.run(*m, 1000.0);
  EXPECT_NEAR(box.world.actors.threat[1], 0.35, 1e-6);
  EXPECT_NEAR(box.world.actors.threat[0], 0.0, 1e-12);
  box.world.crises[0].stage = Confrontation::force;
  box.run(*m, 1000.0);
  EXPECT_NEAR(box.world.actors.threat[1], 0.5, 1e-6);
  box.world.crises[0].stage = Confrontation::settled;
  box.run(*m, 1000.0);
  EXPECT_NEAR(box.world.actors.threat[1], 0.0, 1e-6);
}

TEST(Perception, AGroupFeelsItsLosses) {
  ScenarioData s = empty_scenario();
  const ActorId state = add_actor(s, "state", ActorKind::state, 1000.0);
  add_actor(s, "group", ActorKind::armed_group, 900.0);
  add_region(s, "r", state);
  Sandbox box(s);
  box.world.actors.recent_losses[1] = 100.0;
  box.run(*configured(make_perception()), 1000.0);
  EXPECT_NEAR(box.world.actors.threat[1], 0.1, 1e-6);
}

TEST(Perception, TheDeadSeeNothing) {
  Three s;
  Sandbox box(s.scenario);
  box.world.actors.alive[1] = 0;
  box.world.actors.threat[1] = 0.7;
  box.run(*configured(make_perception()), 10.0,
          [](Sandbox& x) { x.world.regions.recent_violence[1] = 500.0; });
  EXPECT_EQ(box.world.actors.threat[1], 0.7);
  EXPECT_EQ(box.world.actors.threat[2], 0.0);
}

/// What happens in the scene of the property tests, on given days.
void incidents(Sandbox& box) {
  shake(box);
  const std::size_t n = box.world.actors.size();
  const std::size_t a = (box.step * 7) % n;
  const std::size_t b = (a + 1 + box.step % 3) % n;
  if (a != b) {
    box.happens(box.step % 2 == 0 ? EventKind::attack : EventKind::aid, ActorId(a), ActorId(b));
    box.happens(EventKind::threat, ActorId(b), ActorId(a));
  }
}

TEST(Perception, EveryParameterCounts) {
  expect_every_parameter_counts(make_perception, [](Mechanism& m) {
    ScenarioData s = ring(9);
    CrisisSpec crisis;
    crisis.name = "crisis";
    crisis.challenger = ActorId(0);
    crisis.target = ActorId(1);
    s.crises.push_back(crisis);
    crisis.name = "ultimatum";
    crisis.target = ActorId(2);
    crisis.stage = CrisisStage::ultimatum;
    s.crises.push_back(crisis);
    Sandbox box(s);
    using K = EventKind;
    box.run(m, 20.0, [](Sandbox& b) {
      incidents(b);
      const std::size_t a = b.step % 6;
      for (const K kind :
           {K::occupation, K::strike, K::ultimatum, K::breach, K::sanction, K::battle, K::joins_war,
            K::honour, K::deployment, K::mediation, K::statement}) {
        b.happens(kind, ActorId(a), ActorId(a + 1));
      }
    });
    return digest(box, m);
  });
}

TEST(Perception, HalvingTheStepChangesLittle) {
  const auto end = [](Minutes step) {
    Three s(step);
    Sandbox box(s.scenario);
    const auto m = configured(make_perception());
    box.run(*m, 60.0, [&](Sandbox& x) {
      x.world.regions.recent_violence[1] = 40.0;
      const double day = x.context().day();
      if (day == 20.0) x.happens(EventKind::invasion, s.a, s.b);
    });
    const auto& w = box.world;
    return std::vector<double>{w.actors.threat[1], w.actors.threat[2],
                               w.relations.affinity(s.b, s.a), w.relations.affinity(s.c, s.a)};
  };
  const auto day = end(Minutes(24 * 60));
  const auto half = end(Minutes(12 * 60));
  for (std::size_t i = 0; i < day.size(); ++i) {
    EXPECT_NEAR(day[i], half[i], 0.01 * std::abs(half[i])) << i;
    EXPECT_NE(half[i], 0.0) << i;
  }
}

TEST(Perception, OrderOfBlocksDoesNotMatter) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    expect_same_on(
        make_perception, [&] { return shuffled_executor(seed); }, incidents, 20.0);
  }
}

TEST(Perception, ThreadsAgreeWithOne) {
  expect_same_on(
      make_perception, [] { return thread_executor(3); }, incidents, 5.0);
}

TEST(Perception, ACloneGoesOn) { expect_memory_is_whole(make_perception, incidents); }

}  // namespace
}  // namespace casus
