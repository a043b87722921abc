// Who owes what.

#include "stage_test.h"

namespace casus::law {
namespace {

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

/// Less is asked over the enemy who comes later than was asked over the first: what was decided on
/// the first stands, and the same acts put no question again.
TEST_F(StageTest, WhatIsDecidedLaterTakesNothingFromWhatWasDecided) {
  Article small = defence("2", {ActKind::attack_on_forces}, {Obligation::troops});
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence(), small};
  Act later = attack(e, b, "2010-07-01", ActKind::attack_on_forces);
  later.conflict = ConflictKey{77};
  later.on_behalf_of = a;
  Act now = attack(a, b);
  now.conflict = later.conflict;
  decide({now, later});
  ASSERT_TRUE(helps(c, b, a));
  ASSERT_TRUE(helps(c, b, e)) << "another enemy is another question";
  EXPECT_EQ(result.decisions, 2u);
  const DecisionMemory known = memory;
  decide({now});
  EXPECT_EQ(result.decisions, 0u);
  EXPECT_EQ(why(Stage::obliged, c), Reason::already_decided);
  EXPECT_EQ(memory, known);
  // Nor does it take away that there was war when it decided, that another only threatens it.
  Article threats = defence("3", {ActKind::threat}, {Obligation::war});
  pacts[0].articles = {small, threats};
  memory.clear();
  Act threat = attack(e, b, "2010-08-01", ActKind::threat);
  now.kind = ActKind::attack_on_forces;
  threat.conflict = now.conflict;
  decide({now, threat});
  EXPECT_EQ(result.decisions, 2u) << "more is asked for";
  decide({now});
  EXPECT_EQ(result.decisions, 0u);
}

TEST_F(StageTest, WhatIsReconsideredIsDecidedAnew) {
  Article small = defence("2", {ActKind::attack_on_forces}, {Obligation::troops});
  pacts = {pact("bc", {b, c})};
  pacts[0].articles = {defence(), small};
  settings.reconsider_days = 180.0;
  Act first_act = attack(a, b);
  first_act.conflict = ConflictKey{77};
  Act later = attack(a, b, "2010-12-01", ActKind::attack_on_forces);
  later.conflict = first_act.conflict;
  world.bias[c] = -20.0;
  decide({first_act, later});
  EXPECT_EQ(result.decisions, 2u);
  first_act.date = day("2010-12-02");
  decide({first_act});
  EXPECT_EQ(result.decisions, 1u) << "war has not been asked for since troops were asked for anew";
}

}  // namespace
}  // namespace casus::law
