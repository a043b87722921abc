// Organs, membership, memory, expectations and the consistency of pacts.

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "casus/core/archive.h"
#include "casus/rules/bargaining.h"
#include "casus/rules/honour.h"
#include "casus/rules/logit.h"
#include "small_world.h"

namespace casus::law {
namespace {

Vote tally(DecisionRule rule, std::uint32_t yes, std::uint32_t no, std::uint32_t abstained = 0,
           std::uint32_t absent = 0) {
  Organ o;
  o.rule = rule;
  return count(o, yes, no, abstained, absent, yes, yes + no + abstained, false, yes > 0);
}

TEST(Organs, EachRuleCountsItsWay) {
  EXPECT_TRUE(tally(DecisionRule::unanimity, 3, 0).adopted);
  EXPECT_EQ(tally(DecisionRule::unanimity, 3, 1).reason, Reason::objection);
  EXPECT_EQ(tally(DecisionRule::unanimity, 3, 0, 1).reason, Reason::rejected);
  EXPECT_TRUE(tally(DecisionRule::consensus, 3, 0, 1).adopted);
  EXPECT_FALSE(tally(DecisionRule::consensus, 0, 0, 4).adopted);
  EXPECT_TRUE(tally(DecisionRule::majority, 3, 2).adopted);
  EXPECT_FALSE(tally(DecisionRule::majority, 2, 2).adopted);
  EXPECT_FALSE(tally(DecisionRule::majority, 2, 1, 1).adopted);
  EXPECT_TRUE(tally(DecisionRule::two_thirds, 4, 2).adopted);
  EXPECT_FALSE(tally(DecisionRule::two_thirds, 3, 2).adopted);
  EXPECT_EQ(tally(DecisionRule::chair, 0, 5).reason, Reason::chair_refused);
}

TEST(Organs, QuorumVetoAndWeight) {
  Organ o;
  o.rule = DecisionRule::majority;
  o.quorum = 0.6;
  EXPECT_EQ(count(o, 5, 0, 0, 5, 5, 5, false, false).reason, Reason::no_quorum);
  EXPECT_TRUE(count(o, 6, 0, 0, 4, 6, 6, false, false).adopted);
  EXPECT_EQ(count(o, 9, 1, 0, 0, 9, 10, true, false).reason, Reason::vetoed);
  o = {};
  o.rule = DecisionRule::weighted;
  o.threshold = 0.7;
  EXPECT_TRUE(count(o, 1, 3, 0, 0, 7.0, 10.0, false, false).adopted);
  EXPECT_FALSE(count(o, 3, 1, 0, 0, 6.9, 10.0, false, false).adopted);
}

struct Assembly : testing::Test {
  SmallWorld world;
  ActorId a = world["a"], b = world["b"], c = world["c"], d = world["d"], target = world["t"];
  Pact p = pact("assembly", {a, b, c, d});
  Settings settings;
  Proposal proposal;

  void SetUp() override {
    p.organs.emplace_back();
    p.organs[0].rule = DecisionRule::majority;
    proposal.level = Obligation::troops;
    proposal.beneficiary = a;
    proposal.against = target;
    proposal.act = attack(target, a);
    proposal.key = 5;
  }
  Vote vote(std::uint32_t run = 0) {
    return organ_decides(p, PactId{0}, p.organs[0], proposal, world, settings, {3, run}, 0);
  }
};

TEST_F(Assembly, SuspendedAbsentAndInterestedMembers) {
  p.members[1].suspensions = {{day("2010-01-01"), std::nullopt}};
  world.absent = {c};
  Vote v = vote();
  EXPECT_EQ(v.not_entitled, 1u);
  EXPECT_EQ(v.absent, 1u);
  EXPECT_EQ(v.in_favour + v.against + v.abstained, 2u);
  p.organs[0].parties_vote = false;
  v = vote();
  EXPECT_EQ(v.not_entitled, 2u);
}

TEST_F(Assembly, MembersVoteTheirInterest) {
  settings.vote.affinity = 20.0;
  for (const ActorId m : {b, c, d}) world.affinities[{m, target}] = 0.8;
  EXPECT_FALSE(vote().adopted) << "friends of the target";
  for (const ActorId m : {b, c, d}) world.affinities[{m, a}] = 1.0;
  for (const ActorId m : {b, c, d}) world.affinities[{m, target}] = -0.5;
  EXPECT_TRUE(vote().adopted);
  settings.vote.cost = 100.0;
  world.costs = 1.0;
  EXPECT_FALSE(vote().adopted) << "too dear";
}

TEST_F(Assembly, AdoptionProbabilityIsThatOfTheVotes) {
  world.votes = {{a, -1.0}, {b, 0.4}, {c, -0.5}, {d, 1.2}};
  settings.vote.affinity = 0.5;
  settings.vote.band = 0.3;
  p.members[0].weight = 3.0;
  p.members[3].weight = 2.0;
  for (const DecisionRule rule :
       {DecisionRule::unanimity, DecisionRule::consensus, DecisionRule::majority,
        DecisionRule::two_thirds, DecisionRule::weighted, DecisionRule::chair}) {
    p.organs[0].rule = rule;
    p.organs[0].threshold = 0.6;
    p.organs[0].chair = d;
    p.organs[0].veto = {c};
    const double p_adopted =
        adoption_probability(p, PactId{0}, p.organs[0], proposal, world, settings);
    int adopted = 0;
    constexpr int n = 6000;
    for (int i = 0; i < n; ++i) adopted += vote(static_cast<std::uint32_t>(i)).adopted;
    const double se = std::sqrt(std::max(p_adopted * (1 - p_adopted), 1e-4) / n);
    EXPECT_NEAR(adopted / double{n}, p_adopted, 4 * se) << name(rule);
  }
}

TEST(Memberships, NoticeSuspensionAccession) {
  const ActorId a{0}, b{1}, c{2};
  Pact p = pact("p", {a, b});
  p.notice_months = 6;
  const Change notice = give_notice(p, a, day("2010-08-31"));
  EXPECT_TRUE(notice.done);
  EXPECT_EQ(notice.effective, day("2011-02-28"));
  EXPECT_EQ(give_notice(p, a, day("2010-09-01")).reason, Reason::already_given_notice);
  EXPECT_TRUE(is_member(p, a, day("2011-02-27")));
  EXPECT_FALSE(is_member(p, a, day("2011-02-28")));
  EXPECT_EQ(withdraw_notice(p, a, day("2011-03-01")).reason, Reason::not_a_member);
  EXPECT_TRUE(withdraw_notice(p, a, day("2011-01-01")).done);
  EXPECT_TRUE(is_member(p, a, day("2011-03-01")));

  EXPECT_TRUE(suspend(p, b, day("2010-01-01")).done);
  EXPECT_EQ(suspend(p, b, day("2010-02-01")).reason, Reason::already_suspended);
  EXPECT_FALSE(standing(p, b, day("2010-02-01")).votes);
  EXPECT_TRUE(lift_suspension(p, b, day("2010-03-01")).done);
  EXPECT_TRUE(standing(p, b, day("2010-03-01")).votes);
  EXPECT_FALSE(standing(p, b, day("2010-02-28")).votes) << "history stays";
  EXPECT_EQ(lift_suspension(p, b, day("2010-04-01")).reason, Reason::not_suspended);

  EXPECT_EQ(accede(p, c, day("2010-05-01")).reason, Reason::needs_decision);
  EXPECT_TRUE(accede(p, c, day("2010-05-01"), true).done);
  EXPECT_FALSE(is_member(p, c, day("2010-04-30")));
  EXPECT_EQ(accede(p, c, day("2010-06-01"), true).reason, Reason::already_member);
  EXPECT_TRUE(expel(p, c, day("2011-01-01")).done);
  EXPECT_EQ(standing(p, c, day("2011-01-01")).reason, Reason::has_left);
  p.accession = Accession::invited;
  EXPECT_EQ(accede(p, c, day("2012-01-01")).reason, Reason::not_invited);
  p.invited = {c};
  EXPECT_TRUE(accede(p, c, day("2012-01-01")).done);
  p.accession = Accession::closed;
  EXPECT_EQ(accede(p, ActorId{5}, day("2012-01-01")).reason, Reason::accession_closed);
  p.withdrawal_allowed = false;
  EXPECT_EQ(give_notice(p, b, day("2012-01-01")).reason, Reason::withdrawal_forbidden);
  EXPECT_TRUE(end(p, day("2013-01-01")).done);
  EXPECT_FALSE(in_force(p, day("2013-01-01")));
  EXPECT_EQ(end(p, day("2014-01-01")).reason, Reason::already_ended);
}

TEST(Memberships, TermAndRenewal) {
  Pact p = pact("p", {ActorId{0}, ActorId{1}});
  p.expires = day("2010-01-01");
  EXPECT_TRUE(in_force(p, day("2009-12-31")));
  EXPECT_FALSE(in_force(p, day("2010-01-01")));
  p.term_years = 10;
  EXPECT_TRUE(in_force(p, day("2010-01-01")));
}

TEST(Memberships, AnExtensionOfScope) {
  AreaNames areas;
  const AreaSet border = areas.intern("border"), rest = areas.intern("rest");
  Pact p = pact("p", {ActorId{0}, ActorId{1}});
  p.articles = {defence()};
  p.articles[0].when.where.areas = border;
  p.articles[0].when.where.excluded = rest;
  const std::uint64_t before = hash(p);
  EXPECT_EQ(extend_scope(p, "1", {.areas = rest}, day("2005-01-01")).effective, day("2005-01-01"));
  const Geography& g = p.articles[0].when.where;
  EXPECT_EQ(on(g, day("2004-12-31")).areas, border) << "an extension does not reach back";
  EXPECT_TRUE(on(g, day("2004-12-31")).excluded.any());
  EXPECT_EQ(on(g, day("2005-01-01")).areas, border | rest);
  EXPECT_FALSE(on(g, day("2005-01-01")).excluded.any());
  EXPECT_NE(hash(p), before);
  EXPECT_EQ(extend_scope(p, "9", {}, day("2005-01-01")).reason, Reason::no_such_article);
}

TEST(Memory, RemembersByNameAndHashesWithoutOrder) {
  DecisionMemory x, y;
  for (std::uint64_t i = 0; i < 500; ++i) {
    x.record({{i}, {i * 7}, {i % 5}, day("2010-01-01"), {}, Obligation::war, Obligation::aid, {}});
  }
  for (std::uint64_t i = 500; i-- > 0;) {
    y.record({{i}, {i * 7}, {i % 5}, day("2010-01-01"), {}, Obligation::war, Obligation::aid, {}});
  }
  EXPECT_EQ(x.hash(), y.hash());
  EXPECT_TRUE(x == y);
  EXPECT_EQ(x.size(), 500u);
  EXPECT_EQ(x.find({3}, {20}, {3}), nullptr);
  y.record({{3}, {21}, {3}, day("2010-02-01"), {}, Obligation::war, Obligation::war, {}});
  ASSERT_NE(y.find({3}, {21}, {3}), nullptr);
  EXPECT_EQ(y.find({3}, {21}, {3})->first, day("2010-01-01"));
  EXPECT_EQ(y.find({3}, {21}, {3})->given, Obligation::war);
  EXPECT_EQ(y.size(), 500u);
  EXPECT_NE(x.hash(), y.hash());
  DecisionMemory copy = y;
  EXPECT_EQ(copy.hash(), y.hash());
}

// What is read comes all at once, so the table that finds it has to grow at once.
TEST(Memory, ThatWasReadIsFoundAgain) {
  for (const std::uint64_t n : {0U, 1U, 31U, 32U, 33U, 64U, 65U, 500U}) {
    DecisionMemory written, read;
    for (std::uint64_t i = 0; i < n; ++i) {
      written.record(
          {{i}, {i * 7}, {i % 5}, day("2010-01-01"), {}, Obligation::war, Obligation::aid, {}});
    }
    Writer writer;
    writer(written);
    Reader reader(writer.bytes());
    reader(read);
    EXPECT_TRUE(read == written) << n;
    for (std::uint64_t i = 0; i < n; ++i) {
      EXPECT_NE(read.find({i}, {i * 7}, {i % 5}), nullptr) << i << " of " << n;
    }
    EXPECT_EQ(read.find({n}, {n * 7}, {n % 5}), nullptr) << n;
  }
}

TEST(Memory, ADecisionLastsAsLongAsTheSettingsSay) {
  Court court;
  const ActorId a = court.world["a"], b = court.world["b"], c = court.world["c"];
  court.pacts = {pact("bc", {b, c})};
  court.pacts[0].articles = {defence("1", {ActKind::strike}, {Obligation::aid}),
                             defence("2", {ActKind::invasion}, {Obligation::war})};
  court.settings.reconsider_days = 60.0;
  court.decide({attack(a, b, "2010-01-01", ActKind::strike)});
  EXPECT_EQ(court.result.decisions, 1u);
  court.decide({attack(a, b, "2010-02-01", ActKind::strike)});
  EXPECT_EQ(court.result.decisions, 0u);
  court.decide({attack(a, b, "2010-02-02", ActKind::invasion)});
  EXPECT_EQ(court.result.decisions, 1u) << "an escalation is a new question";
  court.decide({attack(a, b, "2010-05-01", ActKind::strike)});
  EXPECT_EQ(court.result.decisions, 1u);
}

// --- what an attacker expects

struct Deterrence : testing::Test, Court {
  ActorId a = world["a"], b = world["b"], c = world["c"], d = world["d"];
  void SetUp() override {
    pacts = {pact("bcd", {b, c, d})};
    pacts[0].articles = {defence()};
    pacts[0].formality = 1;
  }
  std::vector<Expected> coalition(const Act& act) {
    const PactIndex index(pacts, world.party_count());
    return expected_coalition(act, act.author, index, world, settings);
  }
};

TEST_F(Deterrence, ExpectedIsWhatHappensOnAverage) {
  world.bias[c] = -2.0;
  world.free[d] = 0.0;
  pacts[0].articles[0].procedure = Procedure::request_and_decision;
  world.asks[b] = 0.7;
  pacts[0].organs.emplace_back();
  pacts[0].organs[0].rule = DecisionRule::majority;
  settings.drawing = Drawing::random;
  const std::vector<Expected> e = coalition(attack(a, b));
  ASSERT_EQ(e.size(), 1u) << "d has nothing to send";
  EXPECT_EQ(e[0].member, c);
  EXPECT_EQ(e[0].level, Obligation::war);
  int came = 0;
  constexpr int n = 6000;
  for (run = 0; run < n; ++run) {
    memory.clear();
    decide({attack(a, b)});
    came += helps(c, b, a);
  }
  const double p = e[0].armed_probability;
  EXPECT_NEAR(came / double{n}, p, 4 * std::sqrt(p * (1 - p) / n));
  EXPECT_NEAR(expected_people(e), p * e[0].people, 1e-9);
}

TEST_F(Deterrence, TheAttackerBelievesInReputation) {
  const double before = coalition(attack(a, b))[0].probability;
  for (const ActorId m : {c, d}) world.reputations[{a, m}] = -3.0;
  const std::vector<Expected> after = coalition(attack(a, b));
  EXPECT_LT(after[0].probability, before - 0.3);
  EXPECT_NEAR(after[0].probability, rules::logistic(rules::honour_logit({.formal = 1}, -3.0)),
              1e-12);
}

TEST_F(Deterrence, ProvocationCostsTheCoalition) {
  pacts[0].articles[0].when.unprovoked = true;
  Act act = attack(a, b);
  EXPECT_EQ(coalition(act).size(), 2u);
  act.provocation = {.by_victim = true, .severity = 1.0};
  EXPECT_TRUE(coalition(act).empty());
  const PactIndex index(pacts, world.party_count());
  const std::vector<Bound> bound = who_is_bound(act, index, world, settings);
  ASSERT_EQ(bound.size(), 2u);
  EXPECT_TRUE(bound[0].lost_if_provoked);
}

TEST_F(Deterrence, SelectionHidesReliability) {
  // Attackers choose whom to attack by the reliability they know; what is observed is that of the
  // pacts that did not deter (Smith 1995): E[rho | rho < rho*] = rho* / 2.
  const double p0 = 0.8, p1 = 0.3, cost = 0.2, status_quo = 0.35;
  const double threshold = rules::deterrence_threshold(p0, p1, cost, status_quo);
  ASSERT_NEAR(threshold, 0.5, 1e-12);
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  settings.drawing = Drawing::random;
  int attacks_seen = 0, kept = 0;
  constexpr std::uint32_t n = 20000;
  for (run = 0; run < n; ++run) {
    Stream s({1, run}, 0, Purpose("test"), {9});
    const double rho = uniform(s);
    world.bias[c] = std::log(rho / (1 - rho)) - 3.6907;
    const std::vector<Expected> e = coalition(attack(a, b));
    ASSERT_NEAR(e[0].armed_probability, rho, 1e-9);
    if (!rules::attack_pays(p0, p1, e[0].armed_probability, cost, status_quo)) continue;
    ++attacks_seen;
    memory.clear();
    decide({attack(a, b)});
    kept += helps(c, b, a);
  }
  EXPECT_NEAR(attacks_seen / double{n}, threshold, 4 * std::sqrt(0.25 / n));
  const double q = threshold / 2;
  EXPECT_NEAR(kept / double(attacks_seen), q, 4 * std::sqrt(q * (1 - q) / attacks_seen));
}

// --- consistency

TEST(Check, ASoundPactHasNoProblems) {
  Pact p = pact("p", {ActorId{0}, ActorId{1}});
  p.articles = {defence(), abstain("2", {Abstention::force})};
  EXPECT_TRUE(check(p).empty());
}

TEST(Check, EveryContradictionIsNamed) {
  Pact p = pact("p", {ActorId{0}, ActorId{1}, ActorId{0}});
  p.expires = day("1999-01-01");
  p.members[1].reservations = {{"9", Obligation::none}};
  Article x;
  x.id = "2";
  x.extends = "3";
  Article y = x;
  y.id = "3";
  y.extends = "2";
  Article z = x;
  z.id = "4";
  z.extends = "8";
  Article w = defence("5");
  w.procedure = Procedure::by_decision;
  w.when.min_adversaries = 3;
  w.when.max_adversaries = 2;
  p.articles = {x, y, z, w};
  const std::vector<std::string> expected = {
      "pact 'p': it expires on 1999-01-01, not after its entry into force on 2000-01-01",
      "pact 'p': member 2 makes a reservation to article '9', which does not exist",
      "pact 'p': member 3 is listed twice",
      "pact 'p': article '2' extends itself in a circle",
      "pact 'p': article '3' extends itself in a circle",
      "pact 'p': article '4' extends '8', which does not exist",
      "pact 'p': article '5' asks for more adversaries than it allows",
      "pact 'p': article '5' needs a decision and there is no organ"};
  EXPECT_EQ(check(p), expected);
  EXPECT_THROW(PactIndex(std::vector<Pact>{p}, 3), ContractError);
}

// A condition that nobody asks would be relied on for nothing.
TEST(Check, WhatOnlyForbidsHasTheConditionsOfPromises) {
  const auto said = [](auto&& edit, AbstentionSet what = {Abstention::force}) {
    Pact p = pact("p", {ActorId{0}, ActorId{1}});
    p.articles = {abstain("1", what)};
    edit(p.articles[0]);
    return check(p);
  };
  const auto refused = [](const char* key) {
    return std::vector<std::string>{std::string("pact 'p': article '1' only forbids, and '") + key +
                                    "' is a condition of help alone"};
  };
  const auto by = [](Article& a) { a.when.by.kinds = {PartyKind::state}; };
  const auto where = [](Article& a) { a.when.where.scope = Scope::anywhere; };
  const auto unprovoked = [](Article& a) { a.when.unprovoked = true; };
  EXPECT_EQ(said(by), refused("by"));
  EXPECT_EQ(said(where), refused("where"));
  EXPECT_EQ(said(unprovoked), refused("unprovoked"));
  EXPECT_EQ(said([](Article& a) { a.when.after_demand = true; }), refused("after_demand"));
  EXPECT_EQ(said([](Article& a) { a.when.min_adversaries = 2; }), refused("min_adversaries"));
  EXPECT_EQ(said([](Article& a) { a.when.victims = {ActorId{2}}; }), refused("victims"));
  const auto sound = [&](auto&& edit, AbstentionSet what = {Abstention::force}) {
    EXPECT_TRUE(said(edit, what).empty()) << said(edit, what)[0];
  };
  sound(by, {Abstention::separate_peace});
  sound([](Article& a) { a.when.conflict = conflict_key("war"); });
  sound([](Article& a) { a.when.from = day("2001-01-01"); });
  sound([](Article& a) { a.when.until = day("2001-01-01"); });
  sound([](Article& a) { a.when.min_severity = 0.5; });
  sound([](Article& a) { a.when.acts = attacks; });
  // Beside a duty they are conditions of that.
  for (const auto& edit : {std::function<void(Article&)>(by), std::function<void(Article&)>(where),
                           std::function<void(Article&)>(unprovoked)}) {
    sound([&](Article& a) {
      a.then.assist = {Obligation::war};
      a.when.acts = attacks;
      edit(a);
    });
  }
}

TEST(Vocabulary, NamesGoBothWays) {
  for (const std::string_view n : names<ActKind>()) EXPECT_EQ(name(*parse<ActKind>(n)), n);
  for (const std::string_view n : names<Reason>()) EXPECT_EQ(name(*parse<Reason>(n)), n);
  for (const std::string_view n : names<Obligation>()) EXPECT_EQ(name(*parse<Obligation>(n)), n);
  EXPECT_FALSE(parse<ActKind>("invasoin"));
  EXPECT_EQ(name(ActKind::intervention), "intervention");
  EXPECT_EQ(name(Reason::no_such_article), "no_such_article");
  EXPECT_THROW(name(static_cast<ActKind>(200)), ContractError);
  EXPECT_EQ(highest({Obligation::aid, Obligation::troops}), Obligation::troops);
  EXPECT_EQ(lowest({Obligation::aid, Obligation::troops}), Obligation::aid);
  EXPECT_EQ(highest_up_to({Obligation::aid, Obligation::war}, Obligation::troops), Obligation::aid);
  AreaNames areas;
  for (int i = 0; i < 64; ++i) areas.intern("area" + std::to_string(i));
  EXPECT_EQ(areas.intern("area3"), *areas.find("area3"));
  EXPECT_THROW(areas.intern("one more"), ContractError);
}

}  // namespace
}  // namespace casus::law
