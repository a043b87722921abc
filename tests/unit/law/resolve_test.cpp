// The resolution as a whole: stages can be replaced, quiet ones keep what matters, bad acts throw.

#include "stage_test.h"

namespace casus::law {
namespace {

TEST_F(StageTest, AStageCanBeReplaced) {
  Stages stages;
  stages.cover = [](const Case&, const Context&) {
    return Coverage{.reason = Reason::act_not_listed};
  };
  decide({attack(a, b)}, stages);
  EXPECT_TRUE(result.commitments.empty());
  stages = {};
  stages.willing = [](const Case&, const Coverage&, const Invocation&, std::uint32_t, Obligation,
                      const Context&) {
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
