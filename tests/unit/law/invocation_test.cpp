// Requests and decisions of organs.

#include "stage_test.h"

namespace casus::law {
namespace {

TEST_F(StageTest, TheVictimMayPreferNotToAsk) {
  article().procedure = Procedure::on_request;
  world.asks[b] = 0.2;
  decide({attack(a, b)});
  EXPECT_EQ(why(Stage::invoked), Reason::not_requested);
  EXPECT_EQ(first(Stage::obliged), nullptr);
  // Its silence is no waiver...
  world.asks[b] = 1.0;
  decide({attack(a, b, "2010-06-02")});
  EXPECT_EQ(why(Stage::invoked), Reason::requested);
  // ...and what it has asked for stands, unless it says otherwise.
  world.asks[b] = 0.2;
  decide({attack(a, b, "2010-06-03")});
  EXPECT_EQ(why(Stage::invoked), Reason::requested);
  Act alone = attack(a, b, "2010-06-04");
  alone.help_asked = false;
  decide({alone});
  EXPECT_EQ(why(Stage::invoked), Reason::not_requested);
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

}  // namespace
}  // namespace casus::law
