// The classes of error that games and research codes made, each at least twice.

#include <gtest/gtest.h>

#include <algorithm>

#include "small_world.h"

namespace casus::law {
namespace {

struct Errors : testing::Test, Court {
  ActorId a = world["a"], b = world["b"], c = world["c"], d = world["d"], e = world["e"];
};

// 1. A defender that is branded the aggressor.
TEST_F(Errors, HelpForTheVictimDoesNotTriggerTheAttackersPacts) {
  pacts = {pact("bc", {b, c}), pact("ad", {a, d})};
  for (Pact& p : pacts) p.articles = {defence()};
  decide({attack(a, b)});
  EXPECT_TRUE(helps(c, b, a));
  EXPECT_EQ(result.acts.size(), 2u);
  EXPECT_EQ(result.acts[1].posture, Posture::collective_defence);
  EXPECT_EQ(why(Stage::covered, {}, 1), Reason::defensive_act);
  EXPECT_EQ(help_by(d), nullptr);
}

TEST_F(Errors, ACounterStrikeIsSelfDefence) {
  world.war(a, b, "2010-05-01");
  pacts = {pact("ad", {a, d})};
  pacts[0].articles = {defence()};
  decide({attack(b, a, "2010-06-01", ActKind::strike)});
  EXPECT_EQ(result.acts[0].posture, Posture::self_defence);
  EXPECT_EQ(why(Stage::covered), Reason::defensive_act);
  // The aggressor's further attacks remain attacks.
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  decide({attack(a, b, "2010-06-02")});
  EXPECT_TRUE(helps(c, b, a));
}

TEST_F(Errors, AnArticleMayCountResponses) {
  pacts = {pact("bc", {b, c}), pact("ad", {a, d})};
  for (Pact& p : pacts) p.articles = {defence()};
  pacts[1].articles[0].when.counts_responses = true;
  decide({attack(a, b)});
  EXPECT_TRUE(helps(d, a, c));
  // Help for the side that attacked is an attack itself, and c's own allies may answer it.
  const auto act = std::find_if(result.acts.begin(), result.acts.end(),
                                [&](const Act& x) { return x.author == d; });
  ASSERT_NE(act, result.acts.end());
  EXPECT_EQ(act->posture, Posture::attack);
  EXPECT_TRUE(helps(b, c, d));
  // a, who began it, fights b already and is not asked to do so for d.
  EXPECT_FALSE(helps(a, d, b));
}

// 2. A pact signed in mid-war that drags in bystanders.
TEST_F(Errors, APactDoesNotCoverAWarBegunBeforeIt) {
  world.war(a, b, "2010-01-01");
  pacts = {pact("bc", {b, c}, "2010-05-01")};
  pacts[0].articles = {defence()};
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::covered), Reason::war_began_before_pact);
  pacts[0].articles[0].when.ongoing_wars = true;
  decide({attack(a, b)});
  EXPECT_TRUE(helps(c, b, a));
}

TEST_F(Errors, AMemberThatAccedesInMidWarIsNotDraggedIn) {
  pacts = {pact("bcd", {b, c, d})};
  pacts[0].articles = {defence()};
  pacts[0].members[2].joined = day("2010-05-01");
  Act act = attack(a, b);
  act.war_begun = day("2010-01-01");
  decide({act});
  EXPECT_TRUE(helps(c, b, a));
  EXPECT_EQ(why(Stage::obliged, d), Reason::war_began_before_pact);
  // Nor does its accession protect it in the war it brought along.
  act = attack(a, d);
  act.war_begun = day("2010-01-01");
  memory.clear();
  decide({act});
  EXPECT_EQ(why(Stage::covered), Reason::war_began_before_pact);
}

// 3. An ally at war with itself or with its own ally.
TEST_F(Errors, NobodyFightsItself) {
  pacts = {pact("abc", {a, b, c})};
  pacts[0].articles = {defence()};
  pacts[0].articles[0].when.between_members = true;
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::obliged, a), Reason::is_the_adversary);
  EXPECT_TRUE(helps(c, b, a));
  for (const Commitment& x : result.commitments) EXPECT_NE(x.member, x.against);
}

TEST_F(Errors, AHelperDoesNotFightItsOwnSide) {
  // c helps b against a; then d, on a's side, attacks c's side. e is bound to both a and b.
  pacts = {pact("be", {b, e}), pact("ae", {a, e}), pact("bc", {b, c})};
  for (Pact& p : pacts) p.articles = {defence()};
  pacts[1].articles[0].when.counts_responses = true;
  decide({attack(a, b)});
  EXPECT_TRUE(helps(e, b, a));
  EXPECT_FALSE(helps(e, a, c)) << "e fights on b's side, as c does";
  bool said = false;
  for (const Verdict& v : result.verdicts) {
    said |= v.stage == Stage::obliged && v.member == e && !v.yes &&
            v.reason == Reason::at_war_with_beneficiary;
  }
  EXPECT_TRUE(said);
}

TEST_F(Errors, OnTheOtherSideAlready) {
  // d joined a's attack on b; its pact with c obliges it when a attacks c, b's helper. It is on
  // a's side.
  pacts = {pact("ad", {a, d}), pact("bc", {b, c}), pact("cd", {c, d})};
  for (Pact& p : pacts) p.articles = {defence()};
  pacts[0].articles[0].when.member_as_author = true;
  decide({attack(a, b)});
  EXPECT_TRUE(helps(d, a, b));
  Act on_helper = attack(a, c);
  on_helper.conflict = result.acts[0].conflict;
  memory.clear();
  decide({attack(a, b), on_helper});
  EXPECT_TRUE(helps(d, c, a) == false || helps(d, a, b) == false);
}

// 4. An unintended chain through an ally's ally.
TEST_F(Errors, NoChainThroughAnAllysAlly) {
  pacts = {pact("bc", {b, c}), pact("cd", {c, d})};
  for (Pact& p : pacts) p.articles = {defence()};
  decide({attack(a, b)});
  EXPECT_TRUE(helps(c, b, a));
  EXPECT_EQ(help_by(d), nullptr) << "c chose to fight; nobody attacked it";
}

TEST_F(Errors, ReprisalAgainstAHelperIsNotAnAttackOnIt) {
  pacts = {pact("cd", {c, d})};
  pacts[0].articles = {defence()};
  world.war(c, a, "2010-05-01", true);  // c joined against a
  decide({attack(a, c)});
  EXPECT_EQ(help_by(d), nullptr);
  const Reason reason = why(Stage::covered);
  EXPECT_EQ(reason, Reason::victim_joined_war);
  pacts[0].articles[0].when.joined_wars = true;
  decide({attack(a, c)});
  EXPECT_TRUE(helps(d, c, a));
}

TEST_F(Errors, AThirdStatesAttackOnAHelperIsFresh) {
  pacts = {pact("bc", {b, c}), pact("cd", {c, d}), pact("ae", {a, e})};
  for (Pact& p : pacts) p.articles = {defence()};
  pacts[2].articles[0].when.counts_responses = true;
  decide({attack(a, b)});
  EXPECT_TRUE(helps(e, a, c));
  EXPECT_TRUE(helps(d, c, e)) << "e attacked c, which had done nothing to e";
  EXPECT_FALSE(helps(d, c, a));
}

// 5. A member baited into a small war to void its pacts.
TEST_F(Errors, ABaitedMemberKeepsItsProtection) {
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  pacts[0].articles[0].when.unprovoked = true;
  Act act = attack(a, b);
  act.provocation = {.by_victim = true, .severity = 0.9, .baited = true};
  decide({act});
  EXPECT_TRUE(helps(c, b, a));
  act.provocation.baited = false;
  memory.clear();
  decide({act});
  EXPECT_EQ(why(Stage::covered), Reason::victim_provoked);
}

TEST_F(Errors, AnotherWarOfTheVictimDoesNotVoidThePact) {
  world.war(b, e, "2010-05-01");  // b attacked e, as a wanted
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  pacts[0].articles[0].when.unprovoked = true;
  Act act = attack(a, b);
  act.provocation = {.by_victim = true, .severity = 0.2, .baited = false};
  decide({act});
  EXPECT_TRUE(helps(c, b, a));
}

// 6. A declaration taken for an attack.
TEST_F(Errors, ADeclarationIsNotAnAttack) {
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  decide({attack(a, b, "2010-06-01", ActKind::declaration_of_war)});
  EXPECT_EQ(why(Stage::covered), Reason::act_not_listed);
  decide({attack(a, b, "2010-06-01", ActKind::threat)});
  EXPECT_EQ(why(Stage::covered), Reason::act_not_listed);
}

TEST_F(Errors, ADeclarationIsCoveredWhereThePactSaysSo) {
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence("1", {ActKind::declaration_of_war}, {Obligation::consult}),
                       defence("2")};
  decide({attack(a, b, "2010-06-01", ActKind::declaration_of_war)});
  ASSERT_NE(help_by(c), nullptr);
  EXPECT_EQ(help_by(c)->level, Obligation::consult);
  EXPECT_EQ(help_by(c)->article, ArticleId(0));
}

// 7. A pact broken silently by a declaration of war.
TEST_F(Errors, ADeclarationAgainstAMemberIsANamedBreach) {
  pacts = {pact("abc", {a, b, c})};
  pacts[0].articles = {defence(), abstain("2", {Abstention::force})};
  decide({attack(a, b, "2010-06-01", ActKind::declaration_of_war)});
  ASSERT_NE(breach_by(a), nullptr);
  EXPECT_EQ(breach_by(a)->kind, BreachKind::abstention_broken);
  EXPECT_EQ(breach_by(a)->article, ArticleId(1));
  EXPECT_TRUE(is_member(pacts[0], a, day("2010-06-02"))) << "the pact does not vanish";
}

TEST_F(Errors, GoodFaithNeedsNoArticle) {
  pacts = {pact("ab", {a, b})};
  pacts[0].articles = {defence()};
  decide({attack(a, b)});
  ASSERT_NE(breach_by(a), nullptr);
  EXPECT_EQ(breach_by(a)->kind, BreachKind::member_attacked);
  EXPECT_FALSE(breach_by(a)->article.valid());
  decide({attack(a, b)});
  EXPECT_EQ(breach_by(a), nullptr) << "named once per conflict";
}

// 8. Two members at war with each other.
TEST_F(Errors, BetweenMembersOnlyIfThePactSaysSo) {
  pacts = {pact("abc", {a, b, c})};
  pacts[0].articles = {defence()};
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::covered), Reason::author_is_member);
  EXPECT_EQ(help_by(c), nullptr);
  EXPECT_NE(conflict(ConflictKind::members_at_war), nullptr);
}

TEST_F(Errors, AThirdMemberMediatesWhereThePactProvidesForIt) {
  pacts = {pact("abc", {a, b, c})};
  Article pacify = defence("7", attacks, {Obligation::mediation});
  pacify.when.between_members = true;
  pacts[0].articles = {defence(), pacify};
  decide({attack(a, b)});
  ASSERT_NE(help_by(c), nullptr);
  EXPECT_EQ(help_by(c)->level, Obligation::mediation);
  EXPECT_EQ(first(Stage::covered)->article, ArticleId(1));
}

// 9. An attack on peacekeepers of a member abroad.
TEST_F(Errors, PeacekeepersAbroadAreNotTerritory) {
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence("6", attacks | ActSet{ActKind::attack_on_peacekeepers})};
  Act act = attack(a, b, "2010-06-01", ActKind::attack_on_peacekeepers);
  act.place.sovereign = e;
  decide({act});
  EXPECT_EQ(why(Stage::covered), Reason::place_not_covered);
}

TEST_F(Errors, AnExtensionCoversPeacekeepersAnywhere) {
  pacts = {pact("bc", {b, c})};
  Article abroad;
  abroad.id = "7";
  abroad.extends = "6";
  abroad.when.acts = {ActKind::attack_on_peacekeepers};
  abroad.when.where.scope = Scope::anywhere;
  pacts[0].articles = {abroad, defence("6")};
  Act act = attack(a, b, "2010-06-01", ActKind::attack_on_peacekeepers);
  act.place.sovereign = e;
  decide({act});
  EXPECT_EQ(why(Stage::covered), Reason::extension_applies);
  EXPECT_TRUE(helps(c, b, a));
}

// 10. A coup inside a member.
TEST_F(Errors, TheNewJuntaIsStillBoundAndItsPromiseIsWorthLess) {
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  pacts[0].formality = 1;
  pacts[0].original_targets = {a};
  world.change[c] = 0.3;
  decide({attack(a, b)});
  const double before = first(Stage::honoured, c)->probability;
  world.coups.insert(c);
  memory.clear();
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::obliged, c), Reason::bound);
  const double after = first(Stage::honoured, c)->probability;
  EXPECT_NEAR(after, 0.1674, 1e-3);
  EXPECT_GT(before, after);
}

TEST_F(Errors, AUsurperDoesNotAskForHelpAgainstItself) {
  pacts = {pact("bcd", {b, c, d})};
  Article coups = defence("25", {ActKind::coup, ActKind::coup_attempt}, {Obligation::troops},
                          Procedure::on_request);
  pacts[0].articles = {coups};
  Act act = attack(b, b, "2010-06-01", ActKind::coup);
  decide({act});
  EXPECT_EQ(why(Stage::invoked), Reason::usurper_cannot_ask);
  // The incumbent may ask where the pact listens to it.
  pacts[0].articles[0].requester = Requester::incumbent;
  decide({act});
  ASSERT_NE(help_by(c), nullptr);
  EXPECT_TRUE(help_by(c)->enforcement);
  world.governments[b] = {.ousted = true, .incumbent_can_ask = false};
  memory.clear();
  decide({act});
  EXPECT_EQ(why(Stage::invoked), Reason::government_cannot_ask);
}

TEST_F(Errors, EnforcementAgainstAJuntaMeetsItsOwnPacts) {
  pacts = {pact("organisation", {b, c, d}), pact("alliance", {b, e})};
  Article coups = defence("25", {ActKind::coup}, {Obligation::troops}, Procedure::by_decision);
  pacts[0].articles = {coups};
  pacts[0].organs.emplace_back();
  pacts[0].organs[0].rule = DecisionRule::majority;
  world.votes[c] = world.votes[d] = 5.0;
  pacts[1].articles = {defence()};
  decide({attack(b, b, "2010-06-01", ActKind::coup)});
  EXPECT_EQ(why(Stage::invoked), Reason::adopted);
  EXPECT_TRUE(helps(c, b, b));
  EXPECT_TRUE(helps(e, b, c)) << "an uninvited intervention is an invasion";
}

TEST_F(Errors, AnInvitedInterventionTriggersNothing) {
  pacts = {pact("organisation", {b, c}), pact("alliance", {b, e})};
  pacts[0].articles = {defence("25", {ActKind::coup_attempt}, {Obligation::troops})};
  pacts[1].articles = {defence()};
  decide({attack(b, b, "2010-06-01", ActKind::coup_attempt)});
  EXPECT_TRUE(helps(c, b, b));
  EXPECT_EQ(result.acts.size(), 1u);
  EXPECT_EQ(help_by(e), nullptr);
}

// 11. Suspended members.
TEST_F(Errors, ASuspendedMemberOwesNothingAndDoesNotVote) {
  pacts = {pact("bcd", {b, c, d})};
  pacts[0].articles = {defence("1", attacks, {Obligation::war}, Procedure::by_decision)};
  pacts[0].organs.emplace_back();
  pacts[0].members[2].suspensions = {{day("2010-01-01"), std::nullopt}};
  world.votes[d] = -50.0;  // it would object
  world.votes[b] = world.votes[c] = 5.0;
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::invoked), Reason::adopted);
  EXPECT_EQ(why(Stage::obliged, d), Reason::suspended);
  EXPECT_TRUE(helps(c, b, a));
}

TEST_F(Errors, WhatASuspensionTakesAwayIsInThePact) {
  pacts = {pact("bcd", {b, c, d})};
  pacts[0].articles = {defence()};
  pacts[0].members[0].suspensions = {{day("2010-01-01"), day("2010-12-31")}};
  decide({attack(a, b)});
  EXPECT_TRUE(helps(c, b, a)) << "protection goes on by default";
  pacts[0].suspension.loses_protection = true;
  memory.clear();
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::covered), Reason::victim_suspended);
  decide({attack(a, b, "2011-01-01")});
  EXPECT_TRUE(helps(c, b, a)) << "the suspension is over";
}

// 12. Notice periods that have not run out.
TEST_F(Errors, AMemberThatGaveNoticeIsBoundUntilItRunsOut) {
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  pacts[0].notice_months = 12;
  pacts[0].members[1].notice = day("2010-01-29");
  decide({attack(a, b, "2011-01-28")});
  EXPECT_EQ(why(Stage::obliged, c), Reason::bound_during_notice);
  EXPECT_TRUE(helps(c, b, a));
  memory.clear();
  decide({attack(a, b, "2011-01-29")});
  EXPECT_EQ(why(Stage::obliged, c), Reason::has_left);
}

TEST_F(Errors, AVictimIsProtectedDuringItsNotice) {
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  pacts[0].notice_days = 30;
  EXPECT_TRUE(give_notice(pacts[0], b, day("2010-05-20")).done);
  decide({attack(a, b)});
  EXPECT_TRUE(helps(c, b, a));
  memory.clear();
  decide({attack(a, b, "2010-07-01")});
  EXPECT_EQ(why(Stage::covered), Reason::victim_has_left);
}

// 13. The same two states bound by two pacts with different answers.
TEST_F(Errors, OfTwoPactsTheSpecialOnePrevails) {
  pacts = {pact("general", {b, c}), pact("special", {b, c})};
  pacts[0].articles = {defence()};
  pacts[1].articles = {defence("1", attacks, {Obligation::aid})};
  pacts[1].speciality = 1;
  decide({attack(a, b)});
  ASSERT_NE(conflict(ConflictKind::two_pacts), nullptr);
  EXPECT_EQ(conflict(ConflictKind::two_pacts)->decided_by, Decision::precedence);
  EXPECT_EQ(conflict(ConflictKind::two_pacts)->first.row(), 1u);
  ASSERT_EQ(result.commitments.size(), 1u);
  EXPECT_EQ(result.commitments[0].level, Obligation::aid);
  EXPECT_EQ(answer(Stage::obliged, c, 0)->reason, Reason::lower_precedence);
  EXPECT_TRUE(result.breaches.empty());
}

TEST_F(Errors, OfTwoPactsBothAreFulfilledByTheGreaterHelp) {
  pacts = {pact("first", {b, c, e}), pact("second", {b, c, d})};
  pacts[0].articles = {defence()};
  pacts[1].articles = {defence("1", attacks, {Obligation::aid})};
  decide({attack(a, b)});
  ASSERT_NE(conflict(ConflictKind::two_pacts), nullptr);
  EXPECT_EQ(conflict(ConflictKind::two_pacts)->decided_by, Decision::cumulation);
  ASSERT_NE(help_by(c), nullptr);
  EXPECT_EQ(help_by(c)->level, Obligation::war);
}

TEST_F(Errors, TheLaterPactReplacesTheEarlierBetweenTheSameParties) {
  pacts = {pact("early", {b, c}, "1990-01-01"), pact("late", {b, c}, "2005-01-01")};
  pacts[0].articles = {defence()};
  pacts[1].articles = {defence("1", attacks, {Obligation::consult})};
  decide({attack(a, b)});
  ASSERT_EQ(result.commitments.size(), 1u);
  EXPECT_EQ(result.commitments[0].level, Obligation::consult);
}

// 14. A secret pact that deters nobody.
TEST_F(Errors, ASecretPactDetersNobodyButObliges) {
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  pacts[0].secret = true;
  const PactIndex index(pacts, world.party_count());
  EXPECT_TRUE(expected_coalition(attack(a, b), a, index, world, settings).empty());
  EXPECT_EQ(who_is_bound(attack(a, b), index, world, settings).size(), 1u);
  decide({attack(a, b)});
  EXPECT_TRUE(helps(c, b, a));
}

TEST_F(Errors, ASecretPactDetersWhomItWasToldTo) {
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  pacts[0].secret = true;
  pacts[0].known_to = {a};
  const PactIndex index(pacts, world.party_count());
  EXPECT_EQ(expected_coalition(attack(a, b), a, index, world, settings).size(), 1u);
  EXPECT_TRUE(expected_coalition(attack(d, b), d, index, world, settings).empty());
}

// 15. A group attacking from a neighbour's soil.
TEST_F(Errors, TheHostOfAGroupIsNotItsAuthor) {
  const ActorId group = world.add("group", PartyKind::armed_group);
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  pacts[0].articles[0].when.by.kinds = {PartyKind::state};
  Act act = attack(group, b);
  act.host = e;
  act.host_evidence = 0.2;
  decide({act});
  EXPECT_EQ(why(Stage::covered), Reason::sponsor_not_proven);
  act.host = {};
  decide({act});
  EXPECT_EQ(why(Stage::covered), Reason::adversary_not_listed);
}

TEST_F(Errors, WithEvidenceTheSponsorIsTheAdversary) {
  const ActorId group = world.add("group", PartyKind::armed_group);
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence()};
  pacts[0].articles[0].when.by.kinds = {PartyKind::state};
  Act act = attack(group, b);
  act.sponsor = e;
  act.sponsor_evidence = 0.8;
  decide({act});
  EXPECT_TRUE(helps(c, b, e));
  pacts[0].articles[0].when.min_evidence = 0.9;
  memory.clear();
  decide({act});
  EXPECT_EQ(why(Stage::covered), Reason::sponsor_not_proven);
}

TEST_F(Errors, HelpAgainstAGroupIsNoWarWithTheNeighbour) {
  const ActorId group = world.add("group", PartyKind::armed_group);
  pacts = {pact("bc", {b, c}), pact("de", {d, e})};
  pacts[0].articles = {defence("5", {ActKind::rebellion}, {Obligation::troops})};
  pacts[1].articles = {defence()};
  Act act = attack(group, b, "2010-06-01", ActKind::rebellion);
  act.host = e;
  act.host_evidence = 0.9;
  decide({act});
  EXPECT_TRUE(helps(c, b, group));
  EXPECT_EQ(result.acts.size(), 1u);
  EXPECT_EQ(help_by(d), nullptr);
}

}  // namespace
}  // namespace casus::law
