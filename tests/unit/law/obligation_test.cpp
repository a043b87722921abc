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

}  // namespace
}  // namespace casus::law
