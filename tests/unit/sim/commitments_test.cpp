#include <algorithm>
#include <cmath>
#include <set>

#include "alliance.h"
#include "sim/mechanisms.h"
#include "sim/warfare.h"

namespace casus::test {
namespace {

using A = law::ActKind;
using O = law::Obligation;

TEST(Commitments, TableIsInOrder) { expect_table_in_order(make_commitments); }

TEST(Commitments, AnAttackOnAMemberBringsTheAllyAfterItsDelay) {
  Sandbox box(alliance());
  box.run(*configured(make_commitments(), {faithful, {"reluctance_war", 0.0}, {"cost", 0.0}}),
          1200.0, invasion(5));
  const Event* attack = first(box, EventKind::invasion);
  const Event* kept = first(box, EventKind::honour);
  const Event* joins = first(box, EventKind::joins_war);
  ASSERT_NE(attack, nullptr);
  ASSERT_NE(kept, nullptr);
  ASSERT_NE(joins, nullptr);
  EXPECT_EQ(kept->step, 5U) << "it is decided at once";
  EXPECT_GT(joins->step, 5U) << "and takes its time";
  EXPECT_EQ(joins->who, ally);
  EXPECT_EQ(joins->whom, victim);
  EXPECT_EQ(joins->pact, PactId(0));
  EXPECT_EQ(joins->article, ArticleId(1));
  EXPECT_TRUE(follows_from(box.log, *joins, attack->id));
  // Stage by stage, each caused by the one before.
  const Event* stage = kept;
  for (const EventKind kind :
       {EventKind::able, EventKind::obliged, EventKind::invoked, EventKind::covered}) {
    ASSERT_EQ(box.log.causes(*stage).size(), 1U);
    stage = &box.log[box.log.causes(*stage)[0]];
    EXPECT_EQ(stage->kind, kind) << EventKinds().name(stage->kind);
    EXPECT_EQ(stage->article, ArticleId(1));
  }
  EXPECT_EQ(box.log.causes(*stage)[0], attack->id);
  EXPECT_TRUE(box.world.relations.at_war(ally, attacker));
  EXPECT_FALSE(box.world.relations.at_war(ally, victim));
  const War& war = box.world.wars[joins->war.row()];
  EXPECT_EQ(side_of(war, ally), side_of(war, victim));
  EXPECT_EQ(box.count(EventKind::joins_war), 1U);
  EXPECT_GT(box.world.abroad(ally), 0.0) << "its troops are there";
}

TEST(Commitments, WithoutThePactNobodyComes) {
  ScenarioData s = alliance();
  s.pacts[0].articles[1].when.acts = {A::blockade};
  Sandbox box(s);
  box.run(*configured(make_commitments(), {faithful, soon}), 60.0, invasion());
  EXPECT_EQ(box.count(EventKind::joins_war), 0U);
  EXPECT_EQ(box.count(EventKind::covered), 0U);
}

TEST(Commitments, APactSignedInMidWarDragsNobodyIn) {
  for (const bool before : {true, false}) {
    ScenarioData s = alliance();
    s.pacts[0].in_force = s.clock.start + std::chrono::days(before ? 5 : 15);
    Sandbox box(s);
    box.run(*configured(make_commitments(), {faithful, soon}), 120.0, [](Sandbox& b) {
      StepContext c = b.context();
      if (b.step == 10) act(c, A::invasion, attacker, victim, victims_land, 100.0, {}, {});
      if (b.step == 30) act(c, A::strike, attacker, victim, victims_land, 1.0, {}, {});
    });
    EXPECT_EQ(box.count(EventKind::joins_war), before ? 1U : 0U);
    if (!before) {
      bool said = false;
      for (const Event& e : box.log.all()) {
        said = said || (e.kind == EventKind::law_no && e.step == 30 &&
                        e.reason == static_cast<std::uint16_t>(law::Reason::war_began_before_pact));
      }
      EXPECT_TRUE(said) << "and the log says why";
    }
  }
}

TEST(Commitments, ABrokenWordCostsReputationAndAKeptOneEarnsIt) {
  Sandbox broken(alliance());
  broken.run(*configured(make_commitments(), {faithless}), 1.0, invasion());
  EXPECT_EQ(broken.count(EventKind::breach), 1U);
  EXPECT_EQ(first(broken, EventKind::breach)->who, ally);
  EXPECT_DOUBLE_EQ(broken.world.actors.reputation[ally.row()], 0.375);
  EXPECT_DOUBLE_EQ(broken.world.actors.reputation[victim.row()], 0.5);
  broken.run(*configured(make_commitments(), {faithless, {"reputation_memory", 100.0}}), 100.0);
  EXPECT_NEAR(broken.world.actors.reputation[ally.row()], 0.5 - 0.0625, 1e-9) << "it fades";
  EXPECT_EQ(broken.count(EventKind::joins_war), 0U);

  Sandbox kept(alliance());
  kept.run(*configured(make_commitments(), {faithful}), 1.0, invasion());
  EXPECT_DOUBLE_EQ(kept.world.actors.reputation[ally.row()], 0.625);
  EXPECT_EQ(kept.count(EventKind::breach), 0U);
}

/// The mechanism with a memory in which the ally owes the victim war by the tenth day, and will not
/// come.
std::unique_ptr<Mechanism> in_debt(const Sandbox& box, EventId cause) {
  const auto key = [&](ActorId a) { return box.world.actors.key[a.row()]; };
  law::Debt debt;
  debt.pact = box.world.pacts[0].key;
  debt.article = name_hash("1");
  debt.member = key(ally);
  debt.beneficiary = key(victim);
  debt.level = O::war;
  debt.decided = debt.since = box.scenario.clock.start;
  debt.due = debt.since + std::chrono::days{10};
  debt.against = {key(attacker)};
  debt.event = cause;
  law::DecisionMemory memory;
  memory.owe(debt);
  std::vector<std::uint8_t> none;  // help under way, conflicts looked at, acts held
  Writer writer;
  writer(memory, none, none, none);
  auto mechanism = configured(make_commitments(), {faithful, {"reputation_memory", 10000.0}});
  Reader reader(writer.bytes());
  reader(*mechanism);
  EXPECT_EQ(reader.left(), 0U);
  return mechanism;
}

TEST(Commitments, ATermRunsOutOnAQuietDay) {
  Sandbox box(alliance());
  const EventId cause = box.happens(EventKind::invasion, attacker, victim);
  const auto mechanism = in_debt(box, cause);
  box.run(*mechanism, 11.0);
  EXPECT_EQ(box.count(EventKind::breach), 0U) << "the last day is in time";
  box.run(*mechanism, 20.0);
  ASSERT_EQ(box.count(EventKind::breach), 1U) << "and it runs out once";
  const Event* breach = first(box, EventKind::breach);
  EXPECT_EQ(breach->step, 11U);
  EXPECT_EQ(breach->who, ally);
  EXPECT_EQ(breach->whom, victim);
  EXPECT_EQ(breach->pact, PactId(0));
  EXPECT_EQ(breach->article, ArticleId(1));
  EXPECT_EQ(breach->reason, static_cast<std::uint16_t>(law::Reason::term_run_out));
  EXPECT_TRUE(follows_from(box.log, *breach, cause));
  EXPECT_NEAR(box.world.actors.reputation[ally.row()], 0.375, 1e-3);
}

TEST(Commitments, WhatIsOwedIsPartOfTheMemory) {
  Sandbox box(alliance());
  const auto mechanism = in_debt(box, {});
  const auto copy = configured(make_commitments());
  EXPECT_NE(digest_of(*mechanism), digest_of(*copy));
  remember(*mechanism, *copy);
  EXPECT_EQ(digest_of(*mechanism), digest_of(*copy));
  box.run(*copy, 20.0);
  EXPECT_EQ(box.count(EventKind::breach), 1U);
}

TEST(Commitments, WhoHasATermComesInIt) {
  Sandbox box(alliance([](law::Pact& p) { p.articles[1].then.within_days = 5.0; }));
  box.run(*configured(make_commitments(), {faithful}), 60.0, invasion());
  ASSERT_NE(first(box, EventKind::joins_war), nullptr);
  EXPECT_LE(first(box, EventKind::joins_war)->step, 5U);
  EXPECT_EQ(box.count(EventKind::breach), 0U);
}

TEST(Commitments, AnAttackOnAnAllyIsABreachItself) {
  Sandbox box(alliance([](law::Pact& p) {
    p.articles[0].then.abstain = {law::Abstention::force};
    p.members.emplace_back();
    p.members.back().actor = attacker;
  }));
  box.run(*configured(make_commitments()), 1.0, invasion());
  const Event* breach = first(box, EventKind::breach);
  ASSERT_NE(breach, nullptr);
  EXPECT_EQ(breach->who, attacker);
  EXPECT_EQ(breach->whom, victim);
  EXPECT_EQ(breach->article, ArticleId(0));
  EXPECT_LT(box.world.actors.reputation[attacker.row()], 0.5);
}

TEST(Commitments, WhoIsBoundToBothSidesHasAConflictAndTheLogSaysWhatItChose) {
  std::set<std::uint16_t> reasons;
  for (std::uint32_t run = 0; run < 30; ++run) {
    ScenarioData s = alliance([](law::Pact& p) { p.articles[1].when.counts_responses = true; });
    law::Pact other = s.pacts[0];
    other.id = "other";
    other.key = pact_key(other.id);
    other.members[0].actor = attacker;
    s.pacts.push_back(other);
    s.pact_names.push_back("other");
    Sandbox box(s, serial_executor(), run);
    box.run(*configured(make_commitments()), 1.0, [](Sandbox& b) {
      StepContext c = b.context();
      act(c, A::invasion, attacker, victim, victims_land, 100.0, {}, {});
      act(c, A::strike, victim, attacker, attackers_land, 10.0, {}, {});
    });
    const Event* e = first(box, EventKind::conflict_of_obligation);
    ASSERT_NE(e, nullptr);
    EXPECT_EQ(e->who, ally);
    EXPECT_EQ(e->whom.valid(),
              e->reason == static_cast<std::uint16_t>(law::Reason::chose_other_side));
    reasons.insert(e->reason);
    for (const Event& kept : box.log.all()) {
      if (kept.kind != EventKind::honour) continue;
      EXPECT_EQ(kept.whom, e->whom);
    }
  }
  EXPECT_EQ(reasons,
            (std::set<std::uint16_t>{static_cast<std::uint16_t>(law::Reason::chose_other_side),
                                     static_cast<std::uint16_t>(law::Reason::chose_neither)}));
}

/// Days from the attack to the ally's entry; `limit` if it has not come by then.
double entry(Minutes step, std::uint32_t run, double limit) {
  Sandbox box(alliance({}, step), serial_executor(), run);
  const auto mechanism = configured(
      make_commitments(), {faithful, {"cost", 0.0}, {"delay_median", 76.0}, {"delay_shape", 0.7}});
  while (box.step * box.scenario.clock.days() < limit) {
    box.run(*mechanism, box.scenario.clock.days(), invasion());
    if (const Event* e = first(box, EventKind::joins_war))
      return e->step * box.scenario.clock.days();
  }
  return limit;
}

TEST(Commitments, DelaysAreThoseOfTheLawWhateverTheStep) {
  const std::uint32_t runs = 300;
  double within_median = 0.0;
  double within_month = 0.0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    const double day = entry(Minutes(24 * 60), run, 80.0);
    const double half = entry(Minutes(12 * 60), run, 80.0);
    // The draws are the same, so the days differ by no more than the step.
    EXPECT_NEAR(day, half, 1.0) << run;
    within_median += day < 76.0;
    within_month += day < days_per_month;
  }
  const double month = 1.0 - std::exp2(-std::pow(days_per_month / 76.0, 0.7));
  EXPECT_NEAR(within_median / runs, 0.5, 4.0 * std::sqrt(0.25 / runs));
  EXPECT_NEAR(within_month / runs, month, 4.0 * std::sqrt(month * (1.0 - month) / runs));
}

TEST(Commitments, HelpThatComesTooLateFindsNoWar) {
  Sandbox box(alliance());
  const auto mechanism = configured(make_commitments(), {faithful, {"delay_median", 50.0}});
  box.run(*mechanism, 1.0, invasion());
  ASSERT_EQ(box.count(EventKind::honour), 1U);
  StepContext c = box.context();
  stop_war(c, war_between(box.world, attacker, victim), WarState::ended, 0.0, {});
  box.run(*mechanism, 2000.0);
  EXPECT_EQ(box.count(EventKind::joins_war), 0U);
  EXPECT_FALSE(box.world.relations.at_war(ally, attacker));
}

TEST(Commitments, AnInsurgencyIsPutBeforeTheLawOnceAMonthAtMost) {
  const auto days_of_judgement = [](Minutes step, double reconsider) {
    Sandbox box(alliance([](law::Pact& p) { p.articles[1].when.acts = {A::rebellion}; }, step));
    box.run(*configured(make_commitments(), {{"reconsider", reconsider}}), 365.0, [](Sandbox& b) {
      StepContext c = b.context();
      report_act(c, A::rebellion, rebels, victim, victims_land, 1.0,
                 b.happens(EventKind::attack, rebels, victim));
    });
    std::set<double> days;
    for (const Event& e : box.log.all()) {
      if (e.kind == EventKind::covered) days.insert(std::floor(e.step * box.scenario.clock.days()));
    }
    return std::vector<double>(days.begin(), days.end());
  };
  for (const double reconsider : {180.0, 10.0}) {
    const double interval = std::min(reconsider, 30.0);
    const auto days = days_of_judgement(Minutes(24 * 60), reconsider);
    ASSERT_FALSE(days.empty());
    EXPECT_EQ(days.size(), static_cast<std::size_t>(std::ceil(365.0 / interval)));
    for (std::size_t i = 1; i < days.size(); ++i) EXPECT_EQ(days[i] - days[i - 1], interval);
    EXPECT_EQ(days_of_judgement(Minutes(12 * 60), reconsider), days);
  }
}

TEST(Commitments, TwoInsurgenciesAreTwoMatters) {
  ScenarioData s = alliance([](law::Pact& p) { p.articles[1].when.acts = {A::rebellion}; });
  const ActorId others = add_actor(s, "others", ActorKind::armed_group, 500.0);
  s.presence.push_back({others, victims_land, 500.0, Role::insurgent});
  Sandbox box(s);
  box.run(*configured(make_commitments()), 2.0, [&](Sandbox& b) {
    StepContext c = b.context();
    const ActorId who = b.step == 0 ? rebels : others;
    report_act(c, A::rebellion, who, victim, victims_land, 1.0,
               b.happens(EventKind::attack, who, victim));
  });
  EXPECT_EQ(box.count(EventKind::covered), 2U);
}

// --- memory

TEST(Commitments, ACopyWaitsForTheSameHelp) {
  Sandbox box(alliance());
  const auto mechanism = configured(make_commitments(), {faithful});
  const std::uint64_t fresh = mechanism->hash();
  box.run(*mechanism, 1.0, invasion());
  EXPECT_NE(mechanism->hash(), fresh);
  Sandbox other(alliance());
  other.world = box.world;
  other.log = box.log;
  other.step = box.step;
  other.begun = true;
  const auto copy = configured(make_commitments(), {faithful});
  remember(*mechanism, *copy);
  EXPECT_EQ(copy->hash(), mechanism->hash());
  box.run(*mechanism, 1500.0);
  other.run(*copy, 1500.0);
  EXPECT_EQ(box.count(EventKind::joins_war), 1U);
  EXPECT_EQ(digest(box, *mechanism), digest(other, *copy));
}

TEST(Commitments, AllianceAndMembersInAnyOrderComeToTheSame) {
  const auto story = [](bool turned) {
    ScenarioData s = alliance();
    law::Pact second = s.pacts[0];
    second.id = "second";
    second.key = pact_key(second.id);
    second.articles[1].then.assist = {O::aid};
    s.pacts.push_back(second);
    s.pact_names = {"pact", "second"};
    if (turned) {
      std::swap(s.pacts[0], s.pacts[1]);
      std::swap(s.pact_names[0], s.pact_names[1]);
      for (law::Pact& p : s.pacts) std::reverse(p.members.begin(), p.members.end());
    }
    Sandbox box(s);
    box.run(*configured(make_commitments(), {faithful}), 300.0, invasion());
    std::vector<std::tuple<std::uint32_t, EventKind, std::size_t, std::string>> told;
    for (const Event& e : box.log.all()) {
      told.emplace_back(e.step, e.kind, e.who.valid() ? e.who.row() : 99,
                        e.pact.valid() ? s.pact_names[e.pact.row()] : "");
    }
    std::sort(told.begin(), told.end());
    return told;
  };
  EXPECT_EQ(story(false), story(true));
  EXPECT_FALSE(story(false).empty());
}

/// Allies near and far who owe troops against rebels, and have pledged none.
double sent_against_rebels(Mechanism& mechanism, double insurgents = 800.0) {
  ScenarioData s = alliance([](law::Pact& p) {
    p.articles[1].then.assist = {O::troops};
    p.articles[1].when.acts = {A::rebellion};
    p.articles[1].procedure = law::Procedure::automatic;
  });
  s.actors[ally.row()].forces = 90000.0;
  s.actors[rebels.row()].forces = insurgents;
  s.presence.push_back({rebels, victims_land, insurgents, Role::insurgent});
  s.wars.push_back({"war", "", "", {rebels}, {victim}, s.clock.start, {}});
  const ActorId afar = add_actor(s, "afar", ActorKind::state, 90000.0);
  add_region(s, "afars_land", afar);
  s.regions[victims_land.row()].latitude = 10.0;
  s.regions.back().latitude = 30.0;
  s.pacts[0].members.emplace_back();
  s.pacts[0].members.back().actor = afar;
  Sandbox box(s);
  box.run(mechanism, 200.0, [&](Sandbox& b) {
    StepContext c = b.context();
    report_act(c, A::rebellion, rebels, victim, victims_land, 1.0,
               b.happens(EventKind::attack, rebels, victim));
  });
  return box.world.abroad(ally) + box.world.abroad(afar);
}

TEST(Commitments, AMissionIsAsLargeAsThoseItMeets) {
  const auto sent = [](double insurgents, Changes changes) {
    const auto m = configured(make_commitments(), changes);
    return sent_against_rebels(*m, insurgents);
  };
  const double usual = sent(800.0, {faithful, soon, {"airlift_share", 0.5}});
  EXPECT_GT(usual, 0.0);
  EXPECT_GT(sent(3000.0, {faithful, soon, {"airlift_share", 0.5}}), usual);
  EXPECT_LT(sent(800.0, {faithful, soon, {"airlift_share", 0.5}, {"distance_decay", 5.0}}), usual);
}

TEST(Commitments, EveryParameterCountsSlow) {
  expect_every_parameter_counts(make_commitments, [](Mechanism& mechanism) {
    const auto another = make_commitments();
    remember(*another, mechanism);
    std::uint64_t all = static_cast<std::uint64_t>(sent_against_rebels(mechanism) * 1e3);
    const auto fresh = make_commitments();
    for (std::uint32_t run = 0; run < 20; ++run) {
      ScenarioData s = alliance([](law::Pact& p) {
        p.formality = 1;  // honour is in doubt
        p.declaration = true;
        p.articles[1].then.assist = {O::mediation, O::aid, O::troops, O::war};
        p.articles[1].when.acts = {A::invasion, A::strike};
        p.articles[1].when.counts_responses = true;
        p.articles.push_back(p.articles[1]);
        p.articles.push_back(p.articles[1]);
        p.articles[3].id = "3";
        p.articles[3].when.acts = {A::coup};
        p.articles[3].then.assist = {O::sanction};
        p.articles[2].id = "2";
        p.articles[2].when.acts = {A::rebellion, A::coup_attempt};
        p.articles[2].then.peaceful_first = true;
        p.articles[2].procedure = law::Procedure::request_and_decision;
        p.organs.emplace_back();
        p.organs[0].rule = law::DecisionRule::majority;
      });
      s.actors[rebels.row()].forces = 9000.0;
      if (run % 2 == 1) s.doctrines.proportion = law::Proportion::to_the_attack;
      // A state afar, bound to both sides and with everything to lose.
      const ActorId afar = add_actor(s, "afar", ActorKind::state, 9000.0);
      add_region(s, "afars_land", afar);
      s.presence.push_back({afar, RegionId(3), 8500.0, Role::garrison});
      s.presence.push_back({attacker, attackers_land, 9900.0, Role::garrison});
      s.pacts[0].members.emplace_back();
      s.pacts[0].members.back().actor = afar;
      law::Pact other = s.pacts[0];
      other.id = "other";
      other.key = pact_key(other.id);
      other.members[0].actor = attacker;
      other.members.pop_back();
      other.members[1].actor = afar;
      s.pacts.push_back(other);
      s.pact_names.push_back("other");
      s.relations = {{ally, attacker, -0.2}, {victim, attacker, -0.4}, {ally, victim, -0.1},
                     {afar, victim, -0.1},   {ally, rebels, -0.2},     {afar, rebels, -0.2},
                     {victim, rebels, -0.5}};
      Sandbox box(s, serial_executor(), run);
      box.world.actors.threat[victim.row()] = 0.8;
      box.world.actors.power_at_start[ally.row()] *= 0.8;  // it has grown since
      box.world.actors.arrears[ally.row()] = 0.2;
      remember(*fresh, mechanism);  // decisions of one run are no precedent in the next
      box.run(mechanism, 260.0, [&](Sandbox& b) {
        StepContext c = b.context();
        report_act(c, A::rebellion, rebels, victim, victims_land, 1.0,
                   b.happens(EventKind::attack, rebels, victim));
        if (b.step == 3) act(c, A::invasion, attacker, victim, victims_land, 1000.0, {}, {});
        if (b.step == 5) act(c, A::coup, victim, victim, victims_land, 1.0, {}, {});
        if (b.step == 60) act(c, A::coup_attempt, victim, victim, victims_land, 1.0, {}, {});
        if (b.step == 80) {
          act(c, A::strike, attacker, victim, victims_land, 1.0, {.severity = 0.4}, {});
        }
        if (b.step == 3) act(c, A::strike, victim, attacker, attackers_land, 10.0, {}, {});
        if (b.step == 40) act(c, A::strike, attacker, victim, victims_land, 10.0, {}, {});
        // An answer graver than the attack.
        if (b.step == 100) {
          act(c, A::invasion, attacker, afar, RegionId(3), 1.0, {.severity = 0.35}, {});
        }
        if (b.step == 101) {
          act(c, A::strike, afar, attacker, attackers_land, 1.0, {.severity = 0.9}, {});
        }
      });
      // Rules of the law that others read count too.
      for (const double rule : {box.law.reputation, box.law.entry_defence}) {
        all = mix(all, static_cast<std::uint64_t>(rule * 1e6));
      }
      all = mix(all, digest(box, mechanism));
    }
    return all;
  });
}

}  // namespace
}  // namespace casus::test
