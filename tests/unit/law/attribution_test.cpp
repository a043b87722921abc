// Who did it, and to whom.

#include <cmath>

#include "stage_test.h"

namespace casus::law {
namespace {

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

}  // namespace
}  // namespace casus::law
