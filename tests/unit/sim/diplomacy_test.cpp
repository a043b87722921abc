#include <algorithm>
#include <cmath>

#include "casus/law/membership.h"
#include "organisations.h"
#include "sandbox.h"
#include "sim/mechanisms.h"
#include "sim/warfare.h"

namespace casus::test {
namespace {

ScenarioData wars(std::size_t n, Minutes step = Minutes(24 * 60)) {
  ScenarioData s = pairs(n, step);
  for (std::size_t i = 0; i < n; ++i) {
    s.wars.push_back(
        {"war" + std::to_string(i), "", "", {ActorId(2 * i)}, {ActorId(2 * i + 1)}, s.clock.start});
  }
  return s;
}

double ended(const ScenarioData& s, double days, Changes changes) {
  Sandbox box(s);
  box.run(*diplomacy_with(changes), days);
  double n = 0.0;
  for (const War& w : box.world.wars) n += w.state() == WarState::ended;
  return n / static_cast<double>(box.world.wars.size());
}

TEST(Diplomacy, TableIsInOrder) { expect_table_in_order(make_diplomacy); }

TEST(Diplomacy, WarsBetweenStatesEndAtTheirRateWhateverTheStep) {
  const std::size_t n = 1500;
  const Changes peace{{"interstate_peace", 1.0}};
  // Everybody's resolve is .7, so that weariness is .3.
  const double expected = 1.0 - std::exp(-1.0 * (0.5 + 0.3) * 180.0 / days_per_year);
  const double se = std::sqrt(expected * (1.0 - expected) / n);
  EXPECT_NEAR(ended(wars(n), 180.0, peace), expected, 4.0 * se);
  EXPECT_NEAR(ended(wars(n, Minutes(12 * 60)), 180.0, peace), expected, 4.0 * se);
}

TEST(Diplomacy, WarsWithGroupsEndAtThePublishedRate) {
  ScenarioData s = empty_scenario();
  const std::size_t n = 1500;
  for (std::size_t i = 0; i < n; ++i) {
    const ActorId a = add_actor(s, "state" + std::to_string(i), ActorKind::state, 1000.0);
    const ActorId g = add_actor(s, "group" + std::to_string(i), ActorKind::armed_group, 1000.0);
    s.presence.push_back(
        {g, add_region(s, "region" + std::to_string(i), a), 500.0, Role::insurgent});
  }
  // Gleditsch et al.: .156 a year; the push is 1 for half-weary sides.
  for (ActorSpec& a : s.actors) a[&ActorTable::resolve] = 0.5;
  const double se = std::sqrt(0.156 * 0.844 / n);
  EXPECT_NEAR(ended(s, 365.0, {{"civil_peace", 1.0}}), 0.156, 4.0 * se + 1e-3);
  EXPECT_EQ(ended(s, 365.0, {{"interstate_peace", 20.0}}), 0.0);
}

TEST(Diplomacy, WarsOfOneKeyAreOnRecordInTheOrderOfTheirRows) {
  // Two wars of a day between the same two have one key, and their noes one place in the record.
  const auto run = [](std::unique_ptr<Executor> executor) {
    Sandbox box(wars(60), std::move(executor));
    std::size_t i = 0;
    for (War& w : box.world.wars) w.key = i++ / 2 % 5;
    box.run(*diplomacy_with({{"interstate_peace", 1.0}, {"ceasefire_rate", 4.0}}), 40.0);
    std::vector<double> record;
    const auto put = [&](const Decision& d) {
      record.insert(record.end(), {static_cast<double>(d.kind), static_cast<double>(d.step),
                                   static_cast<double>(d.who.row()), d.draw, d.probability});
    };
    for (const Decision& d : box.log.decisions().all()) put(d);
    for (const Decision& d : box.log.decisions().nearest()) put(d);
    return record;
  };
  const std::vector<double> expected = run(serial_executor());
  EXPECT_GT(expected.size(), 100U);
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U})
    EXPECT_EQ(run(shuffled_executor(seed)), expected);
  EXPECT_EQ(run(thread_executor(3)), expected);
}

TEST(Diplomacy, TheWearyAndThoseWhoTalkMakePeaceSooner) {
  const auto share = [](double resolve, double mediated_until) {
    ScenarioData s = wars(400);
    for (ActorSpec& a : s.actors) a[&ActorTable::resolve] = resolve;
    Sandbox box(s);
    for (War& w : box.world.wars) w.mediated_until_day = mediated_until;
    box.run(*diplomacy_with({{"interstate_peace", 1.0}, {"mediation", 3.0}}), 90.0);
    return static_cast<double>(box.count(EventKind::war_ends));
  };
  EXPECT_GT(share(0.1, -1.0), share(0.9, -1.0));
  EXPECT_GT(share(0.9, 90.0), share(0.9, -1.0));
  // The draws are the same: talks that end early help for so long.
  EXPECT_GT(share(0.9, 90.0), share(0.9, 20.0));
}

TEST(Diplomacy, ACeasefireStopsTheFightingForItsTime) {
  Sandbox box(wars(1));
  const auto mechanism = diplomacy_with({{"ceasefire_rate", 10.0}, {"ceasefire_days", 40.0}});
  const ActorId a(0);
  const ActorId b(1);
  double began = -1.0;
  double resumed = -1.0;
  while (resumed < 0.0 && box.step < 3000) {
    const WarState before = box.world.wars[0].state();
    const double day = box.step;
    box.run(*mechanism, 1.0);
    const WarState now = box.world.wars[0].state();
    EXPECT_EQ(box.world.relations.at_war(a, b), now == WarState::active);
    if (before == WarState::active && now == WarState::ceasefire) began = day;
    if (before == WarState::ceasefire && now == WarState::active) resumed = day;
  }
  EXPECT_GE(began, 0.0);
  EXPECT_DOUBLE_EQ(resumed - began, 40.0);
  EXPECT_EQ(box.count(EventKind::war_ends), 0U);
  EXPECT_EQ(box.count(EventKind::ceasefire), 1U);
  EXPECT_EQ(box.count(EventKind::war_resumes), 1U);
}

TEST(Diplomacy, EachDayOfAWarItIsOnRecordWhatWasAskedOfIt) {
  Sandbox box(wars(20));
  const auto mechanism = diplomacy_with(
      {{"interstate_peace", 0.05}, {"ceasefire_rate", 0.05}, {"collapse_rate", 0.05}});
  const auto times = [&](DecisionKind kind, std::size_t war) {
    for (const Decision& d : box.log.decisions().nearest()) {
      if (d.kind == kind && d.who == ActorId(2 * war)) return d.times;
    }
    return 0U;
  };
  const auto stop = [&](std::size_t war, WarState state) {
    StepContext c = box.context();
    stop_war(c, WarId(war), state, 1000.0, {});
  };
  stop(1, WarState::ceasefire);
  box.run(*mechanism, 10.0);
  stop(2, WarState::ended);
  box.run(*mechanism, 5.0);
  ASSERT_EQ(box.world.wars[0].state(), WarState::active);
  EXPECT_EQ(times(DecisionKind::peace, 0), 15U);
  EXPECT_EQ(times(DecisionKind::ceasefire, 0), 15U);
  EXPECT_EQ(times(DecisionKind::collapse, 0), 0U);
  ASSERT_EQ(box.world.wars[1].state(), WarState::ceasefire);
  EXPECT_EQ(times(DecisionKind::peace, 1), 15U);
  EXPECT_EQ(times(DecisionKind::ceasefire, 1), 0U);
  EXPECT_EQ(times(DecisionKind::collapse, 1), 15U);
  EXPECT_EQ(times(DecisionKind::peace, 2), 10U) << "what has ended is asked no more";
  EXPECT_EQ(times(DecisionKind::ceasefire, 2), 10U);
}

TEST(Diplomacy, CeasefiresCollapseBetweenTheUnwearied) {
  const auto held = [](double resolve) {
    ScenarioData s = wars(300);
    for (ActorSpec& a : s.actors) a[&ActorTable::resolve] = resolve;
    Sandbox box(s);
    StepContext c = box.context();
    for (std::size_t i = 0; i < box.world.wars.size(); ++i) {
      stop_war(c, WarId(i), WarState::ceasefire, 1000.0, {});
    }
    box.run(*diplomacy_with({{"collapse_rate", 2.0}}), 100.0);
    return std::count_if(box.world.wars.begin(), box.world.wars.end(),
                         [](const War& w) { return w.state() == WarState::ceasefire; });
  };
  EXPECT_EQ(held(0.0), 300);
  EXPECT_LT(held(1.0), held(0.5));
  EXPECT_GT(held(1.0), 0);
}

TEST(Diplomacy, PeaceSendsArmiesHomeAndEndsTheEnmity) {
  ScenarioData s = wars(1);
  s.presence.push_back({ActorId(0), RegionId(1), 2000.0, Role::deployment});
  s.relations.push_back({ActorId(0), ActorId(1), -0.8, true});
  Sandbox box(s);
  const double before = people(box.world);
  const auto mechanism = diplomacy_with({{"interstate_peace", 20.0}});
  while (box.world.wars[0].state() != WarState::ended && box.step < 3000) box.run(*mechanism, 1.0);
  const World& w = box.world;
  ASSERT_EQ(w.wars[0].state(), WarState::ended);
  EXPECT_FALSE(w.relations.at_war(ActorId(0), ActorId(1)));
  EXPECT_DOUBLE_EQ(w.abroad(ActorId(0)), 0.0);
  EXPECT_DOUBLE_EQ(w.actors.reserve[0], 10000.0 - 5000.0);
  EXPECT_GT(w.relations.affinity(ActorId(0), ActorId(1)), 0.0);
  EXPECT_GT(w.relations.baseline(ActorId(0), ActorId(1)), 0.0);
  EXPECT_FALSE(w.relations.rivalry(ActorId(0), ActorId(1)));
  EXPECT_FALSE(w.relations.rivalry(ActorId(1), ActorId(0)));
  EXPECT_DOUBLE_EQ(people(w), before);
  box.run(*mechanism, 300.0);
  EXPECT_EQ(box.count(EventKind::war_ends), 1U);
  EXPECT_EQ(box.world.wars[0].state(), WarState::ended);
}

// Armies have a home to go to; groups live where they are.
TEST(Diplomacy, PeaceBetweenStatesLeavesGroupsWhereTheyStand) {
  ScenarioData s = wars(1);
  const ActorId ally = add_actor(s, "ally", ActorKind::armed_group, 300.0);
  s.presence.push_back({ally, RegionId(1), 300.0, Role::insurgent});
  s.wars[0].side_a.push_back(ally);
  Sandbox box(s);
  ASSERT_TRUE(box.world.wars[0].interstate());
  const auto mechanism = diplomacy_with({{"interstate_peace", 20.0}});
  while (box.world.wars[0].state() != WarState::ended && box.step < 3000) box.run(*mechanism, 1.0);
  const World& w = box.world;
  ASSERT_EQ(w.wars[0].state(), WarState::ended);
  EXPECT_FALSE(w.relations.at_war(ally, ActorId(1)));
  EXPECT_EQ(w.presences.strength[w.find(ally, RegionId(1)).row()], 300.0);
  EXPECT_EQ(w.actors.reserve[ally.row()], 0.0);
}

// --- pacts

/// Two states bound by a pact, the first under the organisation's sanctions and cold to the other.
ScenarioData estranged(Minutes step = Minutes(24 * 60)) {
  ScenarioData s = pairs(1, step);
  law::Pact p = pact_of({ActorId(0), ActorId(1)});
  p.notice_months = 6;
  s.pacts = {p};
  s.pact_names = {"pact"};
  s.relations.push_back({ActorId(0), ActorId(1), -0.5});
  s.relations.push_back({ActorId(1), ActorId(0), 0.9});
  MeasureSpec m;
  m.organisation = PactId(0);
  m.on = ActorId(0);
  m.size = 0.8;
  s.measures.push_back(m);
  return s;
}

TEST(Diplomacy, WhoGivesNoticeIsBoundUntilItHasRunOut) {
  for (const Minutes step : {Minutes(24 * 60), Minutes(12 * 60)}) {
    Sandbox box(estranged(step));
    const auto mechanism = diplomacy_with({{"exit_rate", 20.0}});
    Date given{};
    Date left{};
    while (box.count(EventKind::exit) == 0 && box.step < 2000) {
      const Date today = box.scenario.clock.date(box.step);
      const bool known = box.count(EventKind::exit_notice) > 0;
      box.run(*mechanism, box.scenario.clock.days());
      if (!known && box.count(EventKind::exit_notice) > 0) given = today;
      if (box.count(EventKind::exit) > 0) {
        left = today;
      } else {
        EXPECT_TRUE(law::is_member(box.world.pacts[0], ActorId(0), today));
      }
    }
    ASSERT_GT(given, Date{});
    EXPECT_EQ(left, add_months(given, 6));
    EXPECT_FALSE(law::is_member(box.world.pacts[0], ActorId(0), left));
    EXPECT_TRUE(law::is_member(box.world.pacts[0], ActorId(1), left));
    const Event& exit = box.log.all().back();
    EXPECT_EQ(exit.who, ActorId(0));
    ASSERT_EQ(box.log.causes(exit).size(), 1U);
    EXPECT_EQ(box.log[box.log.causes(exit)[0]].kind, EventKind::exit_notice);
    EXPECT_EQ(box.count(EventKind::exit_notice), 1U) << "one notice, and not of the other member";
  }
}

TEST(Diplomacy, ANoticeGivenBeforeTheRunTakesEffectInIt) {
  ScenarioData s = estranged();
  s.pacts[0].members[0].notice = s.clock.start - std::chrono::days(31 + 30);
  Sandbox box(s);
  const auto mechanism = diplomacy_with({});
  box.run(*mechanism, 365.0);
  ASSERT_EQ(box.count(EventKind::exit), 1U);
  EXPECT_EQ(s.clock.date(box.log.all()[0].step), add_months(*s.pacts[0].members[0].notice, 6));
}

TEST(Diplomacy, FriendsStayAndSoDoThoseWhoMayNotLeave) {
  ScenarioData s = estranged();
  s.relations[0].affinity = 0.9;
  Sandbox among_friends(s);
  const auto mechanism = diplomacy_with({{"exit_rate", 20.0}});
  among_friends.run(*mechanism, 1000.0);
  EXPECT_EQ(among_friends.log.size(), 0U);
  s = estranged();
  s.pacts[0].withdrawal_allowed = false;
  Sandbox bound(s);
  bound.run(*diplomacy_with({{"exit_rate", 20.0}}), 1000.0);
  EXPECT_EQ(bound.log.size(), 0U);
}

/// A pact of state 0; state 1, its neighbour and friend, may want to enter.
std::size_t accessions(const std::function<void(ScenarioData&)>& edit, Sandbox* out = nullptr) {
  ScenarioData s = pairs(2);
  law::Pact p = pact_of({ActorId(0)});
  s.pacts = {p};
  s.pact_names = {"pact"};
  for (std::size_t a = 0; a < 4; ++a) {
    for (std::size_t b = 0; b < 4; ++b) {
      if (a != b) s.relations.push_back({ActorId(a), ActorId(b), 0.8});
    }
  }
  edit(s);
  Sandbox box(s);
  box.run(*diplomacy_with({{"accession_rate", 5.0}}), 2000.0);
  if (out != nullptr) {
    out->world = box.world;
    out->log = box.log;
  }
  return box.count(EventKind::accession);
}

TEST(Diplomacy, StatesAccedeOnlyWhereTheyMay) {
  Sandbox box(pairs(2));
  EXPECT_EQ(accessions([](ScenarioData&) {}, &box), 1U) << "the neighbour, and not those afar";
  EXPECT_EQ(box.log.all()[0].who, ActorId(1));
  EXPECT_EQ(box.log.all()[0].pact, PactId(0));
  ASSERT_NE(law::find_member(box.world.pacts[0], ActorId(1)), nullptr);
  EXPECT_TRUE(law::find_member(box.world.pacts[0], ActorId(1))->joined.has_value());
  EXPECT_EQ(accessions([](ScenarioData& s) { s.pacts[0].accession = law::Accession::closed; }), 0U);
  EXPECT_EQ(accessions([](ScenarioData& s) { s.pacts[0].secret = true; }), 0U);
  EXPECT_EQ(accessions([](ScenarioData& s) { s.pacts[0].accession = law::Accession::invited; }),
            0U);
  EXPECT_EQ(accessions([](ScenarioData& s) {
              s.pacts[0].accession = law::Accession::invited;
              s.pacts[0].invited = {ActorId(1)};
            }),
            1U);
  EXPECT_EQ(accessions([](ScenarioData& s) { s.pacts[0].ended = s.clock.start; }), 0U);
  // Neither against the wish of the candidate nor against that of a member.
  EXPECT_EQ(accessions([](ScenarioData& s) {
              s.relations.push_back({ActorId(1), ActorId(0), -0.1});
            }),
            0U);
  EXPECT_EQ(accessions([](ScenarioData& s) {
              s.relations.push_back({ActorId(0), ActorId(1), -0.1});
            }),
            0U);
  EXPECT_EQ(accessions([](ScenarioData& s) {
              s.pacts[0].members.emplace_back();
              s.pacts[0].members.back().actor = ActorId(2);
              s.relations.push_back({ActorId(2), ActorId(1), -0.1});
              s.relations.push_back({ActorId(2), ActorId(3), -0.1});
            }),
            0U)
      << "every member is asked";
}

ScenarioData organisation() {
  ScenarioData s = pairs(2);
  law::Pact p = pact_of({ActorId(0), ActorId(1)});
  p.organs.emplace_back();
  p.articles.emplace_back();
  p.articles.back().id = "1";
  p.articles.back().when.acts = {law::ActKind::coup};
  p.articles.back().then.assist = {law::Obligation::sanction};
  s.pacts = {p, pact_of({ActorId(0), ActorId(2)}, "club")};
  s.pact_names = {"pact", "club"};
  return s;
}

TEST(Diplomacy, AnOrganisationThatAnswersCoupsSuspendsTheMember) {
  Sandbox box(organisation());
  const auto mechanism = diplomacy_with({{"suspension", 1.0}});
  box.begin(*mechanism);
  StepContext now = box.context();
  const EventId coup = box.happens(EventKind::coup, ActorId(0), ActorId(0));
  mechanism->step(now);
  const Date today = box.scenario.clock.date(box.step);
  EXPECT_EQ(law::standing(box.world.pacts[0], ActorId(0), today).reason, law::Reason::suspended);
  EXPECT_EQ(law::standing(box.world.pacts[1], ActorId(0), today).reason, law::Reason::bound)
      << "a club without organs has no say";
  ASSERT_EQ(box.count(EventKind::suspension), 1U);
  EXPECT_EQ(box.log.causes(box.log.all().back())[0], coup);
  // A second coup while suspended, or an attempt, changes nothing.
  ++box.step;
  StepContext later = box.context();
  box.happens(EventKind::coup, ActorId(0), ActorId(0));
  box.happens(EventKind::coup_attempt, ActorId(1), ActorId(1));
  mechanism->step(later);
  EXPECT_EQ(box.count(EventKind::suspension), 1U);
}

TEST(Diplomacy, TheLegitimateAreTakenBack) {
  const auto back = [](double legitimacy) {
    ScenarioData s = organisation();
    s.actors[0][&ActorTable::legitimacy] = legitimacy;
    s.pacts[0].members[0].suspensions.push_back({s.clock.start, {}});
    Sandbox box(s);
    box.run(*diplomacy_with({{"reinstatement_rate", 5.0}}), 700.0);
    return box.count(EventKind::reinstatement);
  };
  EXPECT_EQ(back(0.9), 1U);
  EXPECT_EQ(back(0.0), 0U);
}

TEST(Diplomacy, EveryParameterCountsSlow) {
  expect_every_parameter_counts(make_diplomacy, [](Mechanism& m) {
    ScenarioData s = wars(60);
    const ActorId g = add_actor(s, "group", ActorKind::armed_group, 500.0);
    s.presence.push_back({g, RegionId(0), 500.0, Role::insurgent});
    // The third member is a friend of the first, who is driven out.
    law::Pact p = pact_of({ActorId(0), ActorId(1), ActorId(4)});
    p.organs.emplace_back();
    p.articles.emplace_back();
    p.articles.back().when.acts = {law::ActKind::coup};
    law::Pact q = pact_of({ActorId(2)}, "open");
    s.pacts = {p, q};
    s.pact_names = {"pact", "open"};
    s.relations = {{ActorId(0), ActorId(1), -0.9},
                   {ActorId(4), ActorId(0), 0.4},
                   {ActorId(4), ActorId(1), -0.9},
                   {ActorId(2), ActorId(3), 0.9},
                   {ActorId(3), ActorId(2), 0.9}};
    s.pacts[0].members[1].suspensions.push_back({s.clock.start, {}});
    MeasureSpec measure;
    measure.organisation = PactId(0);
    measure.on = ActorId(0);
    measure.size = 1.0;
    s.measures.push_back(measure);
    measure.on = ActorId(4);
    s.measures.push_back(measure);
    // One exit is a draw or two; several runs tell rates apart.
    std::uint64_t all = 0;
    const auto fresh = make_diplomacy();
    for (std::uint32_t run = 0; run < 12; ++run) {
      Sandbox box(s, serial_executor(), run);
      for (std::size_t a = 10; a < 110; a += 2) {
        // Half of each second state's land is occupied by the first.
        const RegionId land = box.world.actors.capital[a + 1];
        const PresenceId there = box.world.require(ActorId(a), land, Role::deployment);
        box.world.presences.strength[there.row()] = 100.0;
        box.world.presences.control[there.row()] = 0.5;
      }
      for (War& w : box.world.wars) w.mediated_until_day = 300.0;
      remember(*fresh, m);
      box.begin(m);
      for (; box.step < 1500; ++box.step) {
        StepContext now = box.context();
        if (box.step % 50 == 0) box.happens(EventKind::coup, ActorId(0), ActorId(0));
        m.step(now);
      }
      all = mix(all, digest(box, m));
    }
    return all;
  });
}

}  // namespace
}  // namespace casus::test
