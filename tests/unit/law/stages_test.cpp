// Each stage alone.

#include <gtest/gtest.h>

#include <cmath>

#include "small_world.h"

namespace casus::law {
namespace {

struct StageTest : testing::Test, Court {
  ActorId a = world["a"], b = world["b"], c = world["c"], d = world["d"], e = world["e"];
  AreaNames areas;

  void SetUp() override {
    pacts = {pact("bcd", {b, c, d})};
    pacts[0].articles = {defence()};
  }
  Conditions& when() { return pacts[0].articles[0].when; }
  Article& article() { return pacts[0].articles[0]; }
  Reason covered(const Act& act) {
    memory.clear();
    decide({act});
    return why(Stage::covered);
  }
};

// --- attributed

TEST_F(StageTest, AStateActIsAttributedAtOnce) {
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::attributed), Reason::author_known);
  EXPECT_EQ(first(Stage::attributed)->member, a);
}

TEST_F(StageTest, AnUnknownAuthorNeedsEvidence) {
  Act act = attack({}, b);
  decide({act});
  EXPECT_EQ(why(Stage::attributed), Reason::author_unknown);
  act.sponsor = a;
  act.sponsor_evidence = 0.3;
  decide({act});
  EXPECT_EQ(why(Stage::attributed), Reason::evidence_insufficient);
  act.sponsor_evidence = 0.7;
  decide({act});
  EXPECT_EQ(why(Stage::attributed), Reason::evidence_sufficient);
  EXPECT_TRUE(helps(c, b, a));
}

TEST_F(StageTest, EvidenceIsDrawnWithItsProbability) {
  settings.drawing = Drawing::random;
  Act act = attack({}, b);
  act.sponsor = a;
  act.sponsor_evidence = 0.3;
  int shown = 0;
  constexpr int n = 4000;
  for (run = 0; run < n; ++run) {
    memory.clear();
    decide({act});
    shown += why(Stage::attributed) == Reason::evidence_sufficient;
  }
  EXPECT_NEAR(shown / double{n}, 0.3, 4.0 * std::sqrt(0.3 * 0.7 / n));
}

TEST_F(StageTest, AnAttackOnCiviliansIsOneOnTheSovereign) {
  Act act = attack(a, {});
  act.place.sovereign = b;
  decide({act});
  EXPECT_TRUE(helps(c, b, a));
  act.place.sovereign = {};
  decide({act});
  EXPECT_EQ(why(Stage::attributed), Reason::no_victim);
}

// --- covered

TEST_F(StageTest, EachConditionHasItsReason) {
  EXPECT_EQ(covered(attack(a, b)), Reason::article_applies);
  EXPECT_EQ(covered(attack(a, b, "1999-12-31")), Reason::not_in_force);
  EXPECT_EQ(covered(attack(a, b, "2010-06-01", ActKind::blockade)), Reason::act_not_listed);

  when().by.named = {e};
  EXPECT_EQ(covered(attack(a, b)), Reason::adversary_not_listed);
  EXPECT_EQ(covered(attack(e, b)), Reason::article_applies);
  when().by = {};
  when().by.excluded = {a};
  EXPECT_EQ(covered(attack(a, b)), Reason::adversary_excluded);
  when().by = {};

  when().from = day("2010-07-01");
  EXPECT_EQ(covered(attack(a, b)), Reason::before_start_date);
  when().from.reset();
  when().until = day("2010-06-01");
  EXPECT_EQ(covered(attack(a, b)), Reason::after_end_date);
  when().until.reset();

  when().conflict = conflict_key("the strait");
  EXPECT_EQ(covered(attack(a, b)), Reason::other_conflict);
  Act act = attack(a, b);
  act.conflict = conflict_key("the strait");
  EXPECT_EQ(covered(act), Reason::article_applies);
  when().conflict.reset();

  when().after_demand = true;
  EXPECT_EQ(covered(attack(a, b)), Reason::no_demand_made);
  act.demand_made = true;
  EXPECT_EQ(covered(act), Reason::article_applies);
  when().after_demand = false;

  when().min_severity = 0.5;
  act.severity = 0.4;
  EXPECT_EQ(covered(act), Reason::not_severe_enough);
  when().min_severity = 0.0;
  article().owed_to = {Role::protected_party};
  EXPECT_EQ(covered(attack(a, b)), Reason::victim_role);
}

TEST_F(StageTest, TheNumberOfAdversariesCounts) {
  when().min_adversaries = 2;
  EXPECT_EQ(covered(attack(a, b)), Reason::too_few_adversaries);
  memory.clear();
  decide({attack(a, b), attack(e, b)});
  EXPECT_TRUE(helps(c, b, a));
  EXPECT_TRUE(helps(c, b, e));
  world.war(e, b, "2010-05-01");
  EXPECT_EQ(covered(attack(a, b)), Reason::article_applies) << "the snapshot's enemy counts";
  when().min_adversaries = 0;
  when().max_adversaries = 1;
  EXPECT_EQ(covered(attack(a, b)), Reason::too_many_adversaries);
}

TEST_F(StageTest, PlacesInTermsOfTheTreaty) {
  const AreaSet atlantic = areas.intern("north_atlantic"), africa = areas.intern("africa");
  Act act = attack(a, b);
  act.place.areas = africa;
  when().where.areas = atlantic;
  EXPECT_EQ(covered(act), Reason::place_not_covered);
  act.place.areas = atlantic;
  EXPECT_EQ(covered(act), Reason::article_applies);
  when().where.areas = {};
  when().where.excluded = atlantic;
  EXPECT_EQ(covered(act), Reason::place_excluded);
  when().where = {};
  when().where.scope = Scope::listed;
  when().where.regions = {region_key("north"), region_key("east")};
  EXPECT_EQ(covered(act), Reason::place_not_covered);
  act.place.key = region_key("east");
  EXPECT_EQ(covered(act), Reason::article_applies);
  act.place.sovereign = c;
  when().where = {};
  when().where.scope = Scope::victim;
  EXPECT_EQ(covered(act), Reason::place_not_covered);
  when().where.scope = Scope::members;
  EXPECT_EQ(covered(act), Reason::article_applies) << "b's forces on c's soil";
}

TEST_F(StageTest, AnExtensionInheritsWhatItLeavesUnset) {
  Article vessels;
  vessels.id = "2";
  vessels.extends = "1";
  vessels.when.acts = {ActKind::attack_on_vessels};
  vessels.when.where.scope = Scope::anywhere;
  article().when.by.named = {a};
  pacts[0].articles.push_back(vessels);
  Act act = attack(a, b, "2010-06-01", ActKind::attack_on_vessels);
  act.place.sovereign = {};
  EXPECT_EQ(covered(act), Reason::extension_applies);
  EXPECT_EQ(first(Stage::covered)->article, 1);
  EXPECT_EQ(help_by(c)->level, Obligation::war);
  act.author = e;
  EXPECT_EQ(covered(act), Reason::adversary_not_listed);
}

TEST_F(StageTest, OffencePactsAreTriggeredByTheMembersOwnAct) {
  when().member_as_author = true;
  decide({attack(b, a)});
  EXPECT_TRUE(helps(c, b, a));
  EXPECT_EQ(result.acts.back().posture, Posture::attack);
  EXPECT_EQ(covered(attack(a, b)), Reason::none) << "it says nothing of attacks on members";
}

// --- invoked

TEST_F(StageTest, TheVictimMayPreferNotToAsk) {
  article().procedure = Procedure::on_request;
  world.asks[b] = 0.2;
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::invoked), Reason::not_requested);
  EXPECT_EQ(first(Stage::obliged), nullptr);
  // It does not ask every day anew...
  world.asks[b] = 1.0;
  decide({attack(a, b, "2010-06-02")});
  EXPECT_EQ(why(Stage::invoked), Reason::not_requested);
  // ...until decisions are open again.
  settings.reconsider_days = 30.0;
  decide({attack(a, b, "2010-07-02")});
  EXPECT_EQ(why(Stage::invoked), Reason::requested);
}

TEST_F(StageTest, ALesserArticleIsTriedWhereTheGreaterIsNotInvoked) {
  article().procedure = Procedure::by_decision;
  pacts[0].organs.emplace_back();
  world.votes[d] = -50.0;
  world.votes[b] = world.votes[c] = 5.0;
  pacts[0].articles.push_back(defence("4", attacks, {Obligation::consult}));
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::invoked), Reason::objection);
  ASSERT_NE(help_by(c), nullptr);
  EXPECT_EQ(help_by(c)->level, Obligation::consult);
}

TEST_F(StageTest, AnOrganAdoptsWhatItsCompetenceAllows) {
  article().procedure = Procedure::by_decision;
  article().then.assist = {Obligation::sanction, Obligation::war};
  pacts[0].organs.emplace_back();
  pacts[0].organs[0].competence = {Obligation::sanction};
  for (const ActorId x : {b, c, d}) world.votes[x] = 5.0;
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::invoked), Reason::adopted);
  EXPECT_EQ(help_by(c)->level, Obligation::sanction);
  pacts[0].organs[0].competence = {Obligation::statement};
  memory.clear();
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::invoked), Reason::outside_competence);
}

TEST_F(StageTest, ADecisionOnLessIsNoDecisionOnMore) {
  article().procedure = Procedure::by_decision;
  pacts[0].organs.emplace_back();
  pacts[0].articles.push_back(defence("4", attacks, {Obligation::consult}, Procedure::by_decision));
  for (const ActorId x : {b, c, d}) world.votes[x] = 5.0;
  pacts[0].organs[0].competence = {Obligation::consult};
  settings.keep_all = false;
  decide({attack(a, b)});
  EXPECT_EQ(help_by(c)->level, Obligation::consult);
  pacts[0].organs[0].competence = {};
  // The council has met on this war; it does not meet anew every day, and nobody owes "nothing".
  decide({attack(a, b, "2010-06-02")});
  EXPECT_TRUE(result.commitments.empty());
  for (const Verdict& v : result.verdicts) {
    EXPECT_FALSE(v.stage == Stage::obliged && v.yes);
  }
}

TEST_F(StageTest, QuietResolutionsKeepRefusedVotes) {
  article().procedure = Procedure::by_decision;
  pacts[0].organs.emplace_back();
  for (const ActorId x : {b, c, d}) world.votes[x] = -5.0;
  settings.keep_all = false;
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::invoked), Reason::objection);
  decide({attack(a, b, "2010-06-02")});
  EXPECT_TRUE(result.verdicts.empty()) << "nothing new";
}

TEST_F(StageTest, ADecisionThatDoesNotBindBindsThoseInFavour) {
  article().procedure = Procedure::by_decision;
  pacts[0].organs.emplace_back();
  pacts[0].organs[0].rule = DecisionRule::majority;
  pacts[0].organs[0].opinions_bind = false;
  world.votes[b] = world.votes[c] = 5.0;
  world.votes[d] = -5.0;
  decide({attack(a, b)});
  EXPECT_TRUE(helps(c, b, a));
  EXPECT_EQ(why(Stage::obliged, d), Reason::not_bound_by_decision);
}

// --- obliged

TEST_F(StageTest, ReservationsExemptionsAndRoles) {
  pacts[0].members[1].reservations = {{"1", Obligation::none}};
  article().exempt = {d};
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::obliged, c), Reason::reserved);
  EXPECT_EQ(why(Stage::obliged, d), Reason::exempt);

  article().exempt.clear();
  article().then.assist = {Obligation::aid, Obligation::war};
  article().owed_by = {Role::protector};
  pacts[0].members[1].role = Role::protector;
  pacts[0].members[1].reservations = {{"1", Obligation::aid}};
  memory.clear();
  decide({attack(a, b)});
  EXPECT_EQ(help_by(c)->level, Obligation::aid);
  EXPECT_EQ(why(Stage::obliged, d), Reason::role_owes_nothing);
}

TEST_F(StageTest, PeacefulMeansComeFirst) {
  article().then.assist = {Obligation::mediation, Obligation::troops};
  article().then.peaceful_first = true;
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::obliged, c), Reason::peaceful_means_first);
  EXPECT_EQ(help_by(c)->level, Obligation::mediation);
  decide({attack(a, b, "2010-06-10")});
  EXPECT_EQ(why(Stage::obliged, c), Reason::already_decided);
  decide({attack(a, b, "2010-07-10")});
  EXPECT_EQ(help_by(c)->level, Obligation::troops) << "mediation did not suffice";
}

TEST_F(StageTest, AMemberDecidesOncePerPactAndConflict) {
  decide({attack(a, b), attack(a, b, "2010-06-01", ActKind::strike)});
  EXPECT_EQ(result.commitments.size(), 2u);  // c and d, once each
  decide({attack(a, b, "2010-06-02")});
  EXPECT_EQ(why(Stage::obliged, c), Reason::already_decided);
  EXPECT_EQ(result.decisions, 0u);
}

// --- able

TEST_F(StageTest, ForcesRouteAndMeans) {
  article().then.assist = {Obligation::aid, Obligation::troops};
  world.free[c] = 100.0;  // of 10,000
  world.reaches[d] = {Route::none, Reason::transit_refused, 0.0};
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::able, c), Reason::no_free_forces);
  EXPECT_EQ(help_by(c)->level, Obligation::aid) << "it gives what it can";
  EXPECT_EQ(why(Stage::able, d), Reason::transit_refused);

  world.cannot_afford[{d, Obligation::aid}] = true;
  world.cannot_afford[{d, Obligation::troops}] = true;
  memory.clear();
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::able, d), Reason::no_resources);
  EXPECT_FALSE(first(Stage::able, d)->yes);
  EXPECT_EQ(breach_by(d), nullptr) << "who cannot does not break its word";
}

TEST_F(StageTest, LiftLimitsWhatCanBeSent) {
  world.reaches[c] = {Route::airlift, Reason::none, 800.0};
  world.reaches[d] = {Route::airlift, Reason::none, 0.0};
  decide({attack(a, b)});
  EXPECT_DOUBLE_EQ(help_by(c)->people, 800.0);
  EXPECT_EQ(why(Stage::able, d), Reason::lift_limit);
}

TEST_F(StageTest, AStandingForceAddsToItsMembers) {
  article().procedure = Procedure::by_decision;
  article().then.assist = {Obligation::troops};
  pacts[0].organs.emplace_back();
  pacts[0].organs[0].rule = DecisionRule::majority;
  pacts[0].organs[0].force = StandingForce{3000.0, 5.0};
  pacts[0].members[1].contribution = 1000.0;
  pacts[0].members[2].contribution = 500.0;
  for (const ActorId x : {b, c, d}) world.votes[x] = 5.0;
  decide({attack(a, b)});
  EXPECT_DOUBLE_EQ(help_by(c)->people, 1000.0 + 2000.0);
  EXPECT_DOUBLE_EQ(help_by(d)->people, 500.0 + 1000.0);
  EXPECT_DOUBLE_EQ(help_by(c)->delay_days, 5.0);
}

TEST_F(StageTest, JointlyMeansTogetherOrNotAtAll) {
  article().then.assist = {Obligation::aid, Obligation::troops};
  article().then.jointly = true;
  decide({attack(a, b)});
  EXPECT_EQ(help_by(c)->level, Obligation::troops);
  world.bias[d] = -20.0;
  memory.clear();
  decide({attack(a, b)});
  EXPECT_EQ(first(Stage::honoured, c)->reason, Reason::not_joint);
  EXPECT_EQ(help_by(c)->level, Obligation::aid);
}

// --- honoured

TEST_F(StageTest, HonourIsThePublishedLogit) {
  struct Vector {
    int milinst, formal;
    bool cap, inst, target;
    double p;
  };
  // Recomputed from the coefficients of Leeds & Anac 2005.
  const Vector vectors[] = {{0, 0, false, false, false, .9757},
                            {0, 1, false, false, false, .9406},
                            {0, 1, true, true, false, .4391},
                            {0, 1, true, true, true, .1674},
                            {2, 2, true, true, true, .0189}};
  for (const Vector& v : vectors) {
    pacts[0].military_institutions = static_cast<std::uint8_t>(v.milinst);
    pacts[0].formality = static_cast<std::uint8_t>(v.formal);
    pacts[0].original_targets = v.target ? std::vector{a} : std::vector<ActorId>{};
    world.change[c] = v.cap ? -0.11 : 0.09;
    world.coups.clear();
    if (v.inst) world.coups.insert(c);
    memory.clear();
    decide({attack(a, b)});
    EXPECT_NEAR(first(Stage::honoured, c)->probability, v.p, 1e-3);
  }
}

TEST_F(StageTest, HonourRateByMonteCarlo) {
  settings.drawing = Drawing::random;
  pacts[0].formality = 1;
  world.change[c] = 0.5;
  world.coups = {c};
  int kept = 0;
  constexpr int n = 4000;
  for (run = 0; run < n; ++run) {
    memory.clear();
    decide({attack(a, b)});
    kept += first(Stage::honoured, c)->yes;
    ASSERT_EQ(first(Stage::honoured, c)->yes, helps(c, b, a));
    ASSERT_EQ(!first(Stage::honoured, c)->yes, breach_by(c) != nullptr);
  }
  const double p = 0.43914;
  EXPECT_NEAR(kept / double{n}, p, 4.0 * std::sqrt(p * (1 - p) / n));
}

TEST_F(StageTest, EveryAdditionMovesTheLogit) {
  const auto logit = [&] {
    memory.clear();
    decide({attack(a, b)});
    const double p = first(Stage::honoured, c)->probability;
    return std::log(p / (1 - p));
  };
  EXPECT_NEAR(logit(), 3.6907, 1e-9);
  settings.honour.era = -1.9;
  EXPECT_NEAR(logit(), 3.6907 - 1.9, 1e-9);
  settings.honour.affinity = 2.0;
  world.affinities[{c, b}] = 0.5;
  world.affinities[{c, a}] = 0.25;
  EXPECT_NEAR(logit(), 3.6907 - 1.9 + 0.5, 1e-9);
  settings.honour.cost = 1.5;
  world.costs = 0.4;
  EXPECT_NEAR(logit(), 3.6907 - 1.9 + 0.5 - 0.6, 1e-9);
  settings.honour.shared_threat = 1.0;
  world.threat = 0.3;
  EXPECT_NEAR(logit(), 3.6907 - 1.9 + 0.5 - 0.6 + 0.3, 1e-9);
  settings.honour.war_weariness = 2.0;
  world.will[c] = 0.75;
  EXPECT_NEAR(logit(), 3.6907 - 1.9 + 0.5 - 0.6 + 0.3 - 0.5, 1e-9);
}

TEST_F(StageTest, TheLevelFollowsTheReluctance) {
  const ObligationSet set{Obligation::aid, Obligation::troops, Obligation::war};
  Settings s;
  s.honour.reluctance = {0, 0, 0, 0, 0, 0, 0, 1.0, 2.0};
  const double war = 1.0 / (1.0 + std::exp(2.0 - 1.0)), troops = 0.5;
  EXPECT_EQ(chosen_level(set, Obligation::war, 1.0, war - 1e-6, s), Obligation::war);
  EXPECT_EQ(chosen_level(set, Obligation::war, 1.0, war + 1e-6, s), Obligation::troops);
  EXPECT_EQ(chosen_level(set, Obligation::war, 1.0, troops + 1e-6, s), Obligation::aid);
  EXPECT_EQ(chosen_level(set, Obligation::troops, 1.0, 0.0, s), Obligation::troops);
}

TEST_F(StageTest, DelaysMatchThePublishedQuantiles) {
  const Settings s;
  EXPECT_NEAR(delay(Obligation::war, 0.5, nullptr, s), 173.5, 0.1);
  EXPECT_NEAR(delay(Obligation::war, 0.31, nullptr, s), 365.25 / 12, 0.1);
  EXPECT_NEAR(delay(Obligation::troops, 0.64, nullptr, s), 365.25, 1.0);
  EXPECT_DOUBLE_EQ(delay(Obligation::consult, 0.5, nullptr, s), 3.0);
}

// --- conflicts of obligation

struct Bound : Court, testing::Test {
  ActorId a = world["a"], b = world["b"], c = world["c"];
};

TEST_F(Bound, ToBothSidesAMemberChoosesOneOrNeither) {
  pacts = {pact("ac", {a, c}), pact("bc", {b, c})};
  for (Pact& p : pacts) p.articles = {defence()};
  settings.drawing = Drawing::random;
  world.bias[c] = -3.6907;  // even odds for each side and for neither
  int for_a = 0, for_b = 0, neither = 0;
  constexpr int n = 3000;
  for (run = 0; run < n; ++run) {
    memory.clear();
    decide({attack(a, b), attack(b, a)});
    ASSERT_NE(conflict(ConflictKind::both_sides), nullptr);
    const bool x = helps(c, a, b), y = helps(c, b, a);
    ASSERT_FALSE(x && y);
    for_a += x;
    for_b += y;
    neither += !x && !y;
    ASSERT_EQ(result.breaches.size(), x || y ? 1u : 2u);
    for (const Breach& broken : result.breaches) ASSERT_TRUE(broken.excused);
  }
  const double se = std::sqrt(2.0 / 9.0 / n);
  EXPECT_NEAR(for_a / double{n}, 1.0 / 3, 4 * se);
  EXPECT_NEAR(for_b / double{n}, 1.0 / 3, 4 * se);
  EXPECT_NEAR(neither / double{n}, 1.0 / 3, 4 * se);
}

TEST_F(Bound, PrecedenceDecidesBetweenSides) {
  pacts = {pact("ac", {a, c}), pact("bc", {b, c})};
  for (Pact& p : pacts) p.articles = {defence()};
  pacts[0].yields_to = {pacts[1].key};
  decide({attack(a, b), attack(b, a)});
  EXPECT_EQ(conflict(ConflictKind::both_sides)->decided_by, Decision::precedence);
  EXPECT_TRUE(helps(c, b, a));
  EXPECT_TRUE(result.breaches.empty());
}

TEST_F(Bound, APromiseOfPeaceToTheAttackerIsAConflict) {
  pacts = {pact("bc", {b, c}), pact("ac", {a, c})};
  pacts[0].articles = {defence()};
  pacts[1].articles = {abstain("1", {Abstention::force})};
  world.bias[c] = -8.0;  // neither promise weighs much
  decide({attack(a, b)});
  ASSERT_NE(conflict(ConflictKind::help_or_abstain), nullptr);
  EXPECT_EQ(conflict(ConflictKind::help_or_abstain)->decided_by, Decision::choice);
  EXPECT_EQ(help_by(c), nullptr);
  EXPECT_TRUE(breach_by(c)->excused);
}

TEST_F(Bound, ThePromiseEndsTowardsAnAggressorWhereItSaysSo) {
  pacts = {pact("bc", {b, c}), pact("ac", {a, c})};
  pacts[0].articles = {defence()};
  pacts[1].articles = {abstain("1", {Abstention::force, Abstention::neutrality})};
  pacts[1].articles[0].void_if_partner_attacks = true;
  decide({attack(a, b)});
  EXPECT_EQ(conflict(ConflictKind::help_or_abstain)->decided_by, Decision::release);
  EXPECT_TRUE(helps(c, b, a));
  EXPECT_TRUE(result.breaches.empty());
}

TEST_F(Bound, WhatThePromiseDoesNotForbidIsStillGiven) {
  pacts = {pact("bc", {b, c}), pact("ac", {a, c})};
  pacts[0].articles = {defence("1", attacks, {Obligation::aid, Obligation::war})};
  pacts[1].articles = {abstain("1", {Abstention::force})};
  pacts[0].yields_to = {pacts[1].key};
  decide({attack(a, b)});
  ASSERT_NE(help_by(c), nullptr);
  EXPECT_EQ(help_by(c)->level, Obligation::aid);
  EXPECT_TRUE(result.breaches.empty());
}

TEST_F(Bound, APromiseBindsOnlyThoseItNames) {
  pacts = {pact("bc", {b, c}), pact("ac", {a, c})};
  pacts[0].articles = {defence()};
  pacts[1].articles = {abstain("1", {Abstention::force})};
  const auto free_of_it = [&] {
    memory.clear();
    decide({attack(a, b)});
    return conflict(ConflictKind::help_or_abstain) == nullptr && helps(c, b, a);
  };
  world.bias[c] = -0.5;
  EXPECT_FALSE(free_of_it());
  Article& promise = pacts[1].articles[0];
  promise.owed_to = {Role::protected_party};
  EXPECT_TRUE(free_of_it());
  promise.owed_to = {};
  promise.exempt = {c};
  EXPECT_TRUE(free_of_it());
  promise.exempt.clear();
  promise.when.until = day("2010-01-01");
  EXPECT_TRUE(free_of_it());
  promise.when.until.reset();
  pacts[1].members[1].reservations = {{"1", Obligation::none}};
  EXPECT_TRUE(free_of_it());
}

TEST_F(Bound, BreakingThePromiseIsABreachToo) {
  pacts = {pact("bc", {b, c}), pact("ac", {a, c})};
  pacts[0].articles = {defence()};
  pacts[1].articles = {abstain("1", {Abstention::force})};
  pacts[1].military_institutions = pacts[1].formality = 2;
  pacts[1].original_targets = {a};  // a hollow promise
  decide({attack(a, b)});
  EXPECT_TRUE(helps(c, b, a));
  ASSERT_NE(breach_by(c), nullptr);
  EXPECT_EQ(breach_by(c)->kind, BreachKind::abstention_broken);
  EXPECT_EQ(breach_by(c)->pact.row(), 1u);
}

// --- mutation: each stage matters

TEST_F(StageTest, AStageCanBeReplaced) {
  Stages stages;
  stages.cover = [](const Case&, const Context&) {
    return Coverage{.reason = Reason::act_not_listed};
  };
  decide({attack(a, b)}, stages);
  EXPECT_TRUE(result.commitments.empty());
  stages = {};
  stages.willing = [](const Case&, const Coverage&, std::uint32_t, Obligation, const Context&) {
    return Willingness{-9.0, 0.0};
  };
  decide({attack(a, b)}, stages);
  EXPECT_EQ(first(Stage::honoured, c)->reason, Reason::declined);
}

TEST_F(StageTest, QuietResolutionsKeepWhatLedToDecisions) {
  settings.keep_all = false;
  decide({attack(a, b, "2010-06-01", ActKind::blockade)});
  EXPECT_TRUE(result.verdicts.empty());
  decide({attack(a, b)});
  EXPECT_NE(first(Stage::honoured, c), nullptr);
  for (std::size_t i = 0; i < result.verdicts.size(); ++i) {
    const std::uint32_t cause = result.verdicts[i].cause;
    EXPECT_TRUE(cause == no_index || cause < i);
  }
}

TEST_F(StageTest, ImpossibleActsAreTheCallersFault) {
  Act act = attack(a, b);
  act.severity = 1.5;
  EXPECT_THROW(decide({act}), ContractError);
  EXPECT_THROW(decide({attack(ActorId{99}, b)}), ContractError);
}

}  // namespace
}  // namespace casus::law
