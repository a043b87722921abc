#include "casus/law/act.h"
#include "stage_test.h"

namespace casus::law {
namespace {

Act incident(const Act& grave, double severity) {
  Act act = grave;
  act.severity = severity;
  return act;
}

// An article that owes war and is silent on gravity means an armed attack.
TEST_F(StageTest, AnArmedAttackHasScaleAndEffects) {
  const Act full = attack(a, b);
  EXPECT_EQ(covered(full), Reason::article_applies);
  EXPECT_EQ(covered(incident(full, settings.armed_attack)), Reason::article_applies);
  EXPECT_EQ(covered(incident(full, settings.armed_attack - 0.01)), Reason::not_severe_enough);
  EXPECT_TRUE(result.commitments.empty());
  settings.armed_attack = 0.1;
  EXPECT_EQ(covered(incident(full, 0.2)), Reason::article_applies);
}

TEST_F(StageTest, AnArticleMaySetItsOwnGravityOnEitherSideOfThatOfAnArmedAttack) {
  const Act small = incident(attack(a, b), 0.1);
  when().min_severity = 0.05;
  EXPECT_EQ(covered(small), Reason::article_applies);
  when().min_severity = 0.9;
  EXPECT_EQ(covered(incident(small, 0.8)), Reason::not_severe_enough);
}

// Counsel is owed over lesser force too, and over acts that use none.
TEST_F(StageTest, WhatOwesNoArmsNeedsNoArmedAttack) {
  const Act small = incident(attack(a, b), 0.1);
  article().then.assist = {Obligation::consult, Obligation::aid};
  EXPECT_EQ(covered(small), Reason::article_applies);
  article().then.assist = {Obligation::war};
  when().acts = {ActKind::blockade};
  Act blockade = small;
  blockade.kind = ActKind::blockade;
  EXPECT_EQ(covered(blockade), Reason::article_applies);
}

TEST_F(StageTest, LesserForceBetweenAlliesIsNoWarButBreaksAPromise) {
  article().then.abstain = {Abstention::force};
  when().acts = {};
  Act small = incident(attack(b, c), 0.1);
  decide({small});
  ASSERT_NE(breach_by(b), nullptr);
  EXPECT_EQ(breach_by(b)->kind, BreachKind::abstention_broken);
  EXPECT_EQ(conflict(ConflictKind::members_at_war), nullptr);
  memory.clear();
  small.severity = 1.0;
  decide({small});
  EXPECT_NE(conflict(ConflictKind::members_at_war), nullptr);
}

TEST(ArmedAttack, MakesWarAsDoDeclarationsAndUninvitedForces) {
  const Settings settings;
  const auto war = [&](ActKind kind, double severity, bool invited = false) {
    Act act;
    act.kind = kind;
    act.severity = severity;
    act.invited = invited;
    return makes_war(act, settings);
  };
  EXPECT_TRUE(war(ActKind::strike, 1.0));
  EXPECT_TRUE(war(ActKind::attack_on_vessels, settings.armed_attack));
  EXPECT_FALSE(war(ActKind::attack_on_vessels, settings.armed_attack / 2.0));
  EXPECT_TRUE(war(ActKind::declaration_of_war, 0.0)) << "words have no scale";
  EXPECT_TRUE(war(ActKind::intervention, 0.0)) << "nobody asked for it";
  EXPECT_FALSE(war(ActKind::intervention, 1.0, true));
  EXPECT_FALSE(war(ActKind::sanction, 1.0));
}

}  // namespace
}  // namespace casus::law
