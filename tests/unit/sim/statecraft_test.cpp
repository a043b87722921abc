#include <cmath>

#include "crises.h"

namespace casus::test {
namespace {

TEST(Statecraft, TableIsInOrder) { expect_table_in_order(make_statecraft); }

TEST(Statecraft, AnAttackIsAnActOfWarCausedByTheCrisis) {
  ScenarioData s = trios(1, 1.0);
  Sandbox box(s);
  box.world.crises[0].cause = box.happens(EventKind::starting_condition, ActorId(0), ActorId(1));
  const double before = people(box.world);
  box.run(*only({{"review_rate", 5.0}, {"war_cost", 0.01}}), 10.0);
  ASSERT_EQ(box.count(EventKind::invasion), 1U);
  EXPECT_TRUE(box.world.relations.at_war(ActorId(0), ActorId(1)));
  EXPECT_EQ(box.world.crises[0].stage, Confrontation::force);
  EXPECT_GT(box.world.abroad(ActorId(0)), 1000.0);
  EXPECT_DOUBLE_EQ(people(box.world), before);
  for (const Event& e : box.log.all()) {
    if (e.kind != EventKind::invasion) continue;
    ASSERT_EQ(box.log.causes(e).size(), 1U);
    EXPECT_EQ(box.log.causes(e)[0], EventId(0));
  }
}

TEST(Statecraft, NobodyDecidesBeforeTheUltimatumHasRunOut) {
  ScenarioData s = trios(30, 1.0);
  for (CrisisSpec& c : s.crises) c.deadline = s.clock.start + std::chrono::days(5);
  EXPECT_EQ(invasions(s, 5.0), 0U);
  EXPECT_GT(invasions(s, 6.0), 0U);
}

TEST(Statecraft, ADisputeBecomesAnUltimatumWithSanctions) {
  ScenarioData s = trios(1);
  s.crises[0].stage = CrisisStage::dispute;
  s.crises[0].deadline.reset();
  Sandbox box(s);
  const auto mechanism = only({{"escalation_rate", 50.0}, {"sanction_size", 0.3}});
  while (box.count(EventKind::ultimatum) == 0 && box.step < 1000) box.run(*mechanism, 1.0);
  const Crisis& c = box.world.crises[0];
  EXPECT_EQ(c.stage, Confrontation::ultimatum);
  EXPECT_DOUBLE_EQ(c.deadline_day, box.step - 1 + 7.0);
  ASSERT_EQ(box.world.measures.size(), 1U);
  EXPECT_EQ(box.world.measures[0].by, ActorId(0));
  EXPECT_EQ(box.world.measures[0].on, ActorId(1));
  EXPECT_DOUBLE_EQ(box.world.measures[0].size, 0.3);
  ASSERT_EQ(box.acts.size(), 1U);
  EXPECT_EQ(box.acts[0].kind, law::ActKind::threat);
  EXPECT_EQ(box.log[box.world.measures[0].cause].kind, EventKind::sanction);
  EXPECT_EQ(box.log.causes(box.log[box.world.measures[0].cause])[0], c.cause);
}

TEST(Statecraft, StakesFadeAndCrisesLapseOrSettle) {
  Sandbox box(trios(1, 0.5));
  box.run(*only({{"stake_half_life", 100.0}}), 100.0);
  EXPECT_NEAR(box.world.crises[0].stake, 0.25, 1e-12);
  box.run(*only({{"stake_half_life", 100.0}}), 400.0);
  EXPECT_EQ(box.world.crises[0].stage, Confrontation::lapsed);

  const std::size_t n = 150;
  const double share = 1.0 - std::exp(-2.0 * (1.0 - 0.5) * 180.0 / days_per_year);
  Sandbox many(trios(n, 0.5));
  many.run(*only({{"settlement_rate", 2.0}, {"stake_half_life", 2000.0}}), 180.0);
  double settled = 0.0;
  for (const Crisis& c : many.world.crises) settled += c.stage == Confrontation::settled;
  // The stake falls by a sixteenth in that time, which settles a few more.
  EXPECT_NEAR(settled / n, share, 4.0 * std::sqrt(share * (1.0 - share) / n) + 0.01);
  many.run(*only({{"review_rate", 5.0}, {"war_cost", 0.01}}), 3.0);
  for (const Event& e : many.log.all()) {
    if (e.kind != EventKind::invasion) continue;
    for (const Crisis& c : many.world.crises) {
      EXPECT_FALSE(c.stage == Confrontation::settled && c.challenger == e.who);
    }
  }
}

// --- sanctions and disputes

TEST(Statecraft, SanctionsTireAndSoonerOnceTheirCrisisIsOver) {
  const std::size_t n = 150;
  const auto lifted = [&](bool open) {
    ScenarioData s = trios(n);
    Sandbox box(s);
    for (std::size_t i = 0; i < n; ++i) {
      Measure m;
      m.key = 1000 + i;
      m.by = ActorId(3 * i);
      m.on = ActorId(3 * i + 1);
      m.size = 0.2;
      box.world.measures.push_back(m);
      if (!open) box.world.crises[i].stage = Confrontation::settled;
    }
    Measure aid = box.world.measures[0];
    aid.kind = MeasureKind::aid;
    box.world.measures.push_back(aid);
    box.run(*only({{"sanction_fatigue", 0.8}}), 120.0);
    EXPECT_TRUE(box.world.measures.back().active) << "aid is not a sanction";
    return static_cast<double>(box.count(EventKind::sanction_lifted)) / static_cast<double>(n);
  };
  for (const bool open : {true, false}) {
    const double p = 1.0 - std::exp(-(open ? 0.8 : 3.2) * 120.0 / days_per_year);
    EXPECT_NEAR(lifted(open), p, 4.0 * std::sqrt(p * (1.0 - p) / n)) << open;
  }
}

TEST(Statecraft, NeighboursThatThinkIllOfEachOtherQuarrel) {
  ScenarioData s = trios(20);
  s.crises.clear();
  for (std::size_t i = 0; i < 20; ++i) {
    s.relations.push_back({ActorId(3 * i), ActorId(3 * i + 1), -0.9});
    s.relations.push_back({ActorId(3 * i), ActorId(3 * i + 2), -0.9});  // no border between them
  }
  Sandbox box(s);
  box.run(*only({{"dispute_rate", 2.0}}), 365.0);
  EXPECT_GT(box.world.crises.size(), 5U);
  for (const Crisis& c : box.world.crises) {
    EXPECT_EQ(c.challenger.row() % 3, 0U);
    EXPECT_EQ(c.target.row(), c.challenger.row() + 1);
    EXPECT_EQ(c.stage, Confrontation::dispute);
    EXPECT_GE(c.stake, 0.3 - 0.1);
  }
  EXPECT_LE(box.world.crises.size(), 20U) << "one open crisis each";
  for (std::size_t i = 0; i < box.world.crises.size(); ++i) {
    for (std::size_t j = i + 1; j < box.world.crises.size(); ++j) {
      EXPECT_NE(box.world.crises[i].key, box.world.crises[j].key);
    }
  }
}

// --- everything

/// Crises of every kind, of states and of an organisation, some with allies on either side.
ScenarioData crowded() {
  ScenarioData s = summit(3, law::DecisionRule::majority);
  s.crises[0].stake = 0.7;
  const std::size_t first = s.actors.size();
  for (std::size_t i = 0; i < 40; ++i) {
    const std::string tail = std::to_string(i);
    const ActorId a = add_actor(s, "one" + tail, ActorKind::state, 12000.0);
    const ActorId b = add_actor(s, "two" + tail, ActorKind::state, 8000.0);
    const ActorId c = add_actor(s, "three" + tail, ActorKind::state, 9000.0);
    const RegionId ra = add_region(s, "ra" + tail, a);
    const RegionId rb = add_region(s, "rb" + tail, b);
    add_border(s, ra, rb);
    add_border(s, rb, add_region(s, "rc" + tail, c));
    s.relations.push_back({c, a, 0.7});
    s.relations.push_back({b, a, -0.6});
    s.relations.push_back({a, c, -0.5});
    if (i % 2 == 0) s.pacts.push_back(mutual_defence(b, c, "bc" + tail));
    if (i % 3 == 0) s.pacts.push_back(mutual_defence(a, c, "ac" + tail));
    CrisisSpec crisis;
    crisis.name = "quarrel" + tail;
    crisis.challenger = a;
    crisis.target = b;
    crisis.stake = 0.5 + 0.01 * static_cast<double>(i);
    crisis.since = s.clock.start;
    crisis.stage = i % 4 == 0 ? CrisisStage::dispute : CrisisStage::ultimatum;
    if (i % 4 != 0) crisis.deadline = s.clock.start;
    s.crises.push_back(crisis);
    s.presence.push_back({a, ra, 6000.0, Role::garrison});
    s.presence.push_back({b, rb, 3000.0, Role::garrison});
    if (i % 5 != 4) continue;
    s.actors[c.row()][&ActorTable::deployment_ceiling] = 2500.0;
    s.presence.push_back({c, RegionId(1 + i / 5 % 6), 700.0, Role::deployment});
  }
  for (const law::Pact& p : s.pacts) {
    if (s.pact_names.size() < s.pacts.size()) s.pact_names.push_back(p.id);
  }
  s.actors[first].kind = ActorKind::external;
  s.actors[first][&ActorTable::deployment_ceiling] = 3000.0;
  s.relations.push_back({ActorId(first + 1), ActorId(first), 0.8});
  s.actors[first + 3][&ActorTable::deployment_ceiling] = 3000.0;
  s.presence.push_back({ActorId(first + 3), RegionId(0), 1000.0, Role::deployment});
  s.relations.push_back({ActorId(0), ActorId(first + 3), -0.8});
  return s;
}

std::uint64_t crowded_run(Mechanism& m, std::unique_ptr<Executor> executor, double days,
                          std::uint32_t run = 0) {
  Sandbox box(crowded(), std::move(executor), run);
  box.world.actors.threat.assign(box.world.actors.size(), 0.5);
  box.run(m, days, [](Sandbox& b) {
    for (double& x : b.world.actors.mobilised) x = 0.5;
  });
  return digest(box, m);
}

/// Years in which neighbours that dislike each other quarrel, and threatened states ask for guests.
std::uint64_t uneasy_years(Mechanism& m) {
  ScenarioData s = empty_scenario(Minutes(30 * 24 * 60));
  for (std::size_t i = 0; i < 30; ++i) {
    const std::string tail = std::to_string(i);
    const ActorId a = add_actor(s, "one" + tail, ActorKind::state, 12000.0);
    const ActorId b = add_actor(s, "two" + tail, ActorKind::state, 8000.0);
    const ActorId guest = add_actor(s, "guest" + tail, ActorKind::external, 5000.0);
    s.actors.back()[&ActorTable::deployment_ceiling] = 3000.0;
    add_border(s, add_region(s, "ra" + tail, a), add_region(s, "rb" + tail, b));
    s.relations.push_back({a, b, -0.9});
    s.relations.push_back({b, a, -0.9});
    s.relations.push_back({b, guest, 0.8});
  }
  Sandbox box(s);
  box.world.actors.threat.assign(box.world.actors.size(), 0.5);
  box.run(m, 3600.0);
  return digest(box, m);
}

/// An army that has taken a region where many live, with the next before it.
std::uint64_t gone_in(Mechanism& m) {
  ScenarioData s = empty_scenario();
  const ActorId a = add_actor(s, "attacker", ActorKind::state, 20000.0);
  const ActorId b = add_actor(s, "defender", ActorKind::state, 1000.0);
  add_region(s, "base", a);
  const RegionId taken = add_region(s, "taken", b);
  const RegionId next = add_region(s, "next", b);
  add_border(s, taken, next);
  s.presence.push_back({a, taken, 20000.0, Role::deployment});
  s.presence.push_back({b, next, 1000.0, Role::garrison});
  s.wars.push_back({"war", "", "", {a}, {b}, s.clock.start});
  Sandbox box(s);
  box.world.regions.control[taken.row()] = 0.0;
  box.world.presences.control[box.world.find(a, taken).row()] = 1.0;
  box.world.actors.mobilised[a.row()] = 1.0;
  box.run(m, 30.0);
  return digest(box, m);
}

TEST(Statecraft, EveryParameterCountsSlow) {
  // An organisation votes a few times in a run, and one mood may carry it whatever the rest.
  expect_every_parameter_counts(make_statecraft, [](Mechanism& m) {
    std::uint64_t all = mix(uneasy_years(m), gone_in(m));
    for (std::uint32_t run = 0; run < 4; ++run) {
      all = mix(all, crowded_run(m, serial_executor(), 45.0, run));
    }
    return all;
  });
}

TEST(Statecraft, ShuffledOrderChangesNothing) {
  const auto mechanism = configured(make_statecraft());
  const std::uint64_t serial = crowded_run(*mechanism, serial_executor(), 20.0);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    EXPECT_EQ(crowded_run(*mechanism, shuffled_executor(seed), 20.0), serial) << seed;
  }
}

TEST(Statecraft, ThreadsChangeNothing) {
  const auto mechanism = configured(make_statecraft());
  EXPECT_EQ(crowded_run(*mechanism, thread_executor(3), 10.0),
            crowded_run(*mechanism, serial_executor(), 10.0));
}

}  // namespace
}  // namespace casus::test
