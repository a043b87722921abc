// Who can.

#include "stage_test.h"

namespace casus::law {
namespace {

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

}  // namespace
}  // namespace casus::law
