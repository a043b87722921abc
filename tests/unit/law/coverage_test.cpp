// Is it the casus foederis? Every condition of an article, and extensions.

#include "stage_test.h"

namespace casus::law {
namespace {

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
  EXPECT_EQ(first(Stage::covered)->article, ArticleId(1));
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

}  // namespace
}  // namespace casus::law
