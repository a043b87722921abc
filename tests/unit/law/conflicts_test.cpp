// Conflicts of obligation: both sides, and help against a promise to abstain.

#include <gtest/gtest.h>

#include <cmath>

#include "small_world.h"

namespace casus::law {
namespace {

struct BoundTwice : Court, testing::Test {
  ActorId a = world["a"], b = world["b"], c = world["c"];
};

TEST_F(BoundTwice, ToBothSidesAMemberChoosesOneOrNeither) {
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

TEST_F(BoundTwice, PrecedenceDecidesBetweenSides) {
  pacts = {pact("ac", {a, c}), pact("bc", {b, c})};
  for (Pact& p : pacts) p.articles = {defence()};
  pacts[0].yields_to = {pacts[1].key};
  decide({attack(a, b), attack(b, a)});
  EXPECT_EQ(conflict(ConflictKind::both_sides)->decided_by, Decision::precedence);
  EXPECT_TRUE(helps(c, b, a));
  EXPECT_TRUE(result.breaches.empty());
}

TEST_F(BoundTwice, APromiseOfPeaceToTheAttackerIsAConflict) {
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

TEST_F(BoundTwice, ThePromiseEndsTowardsAnAggressorWhereItSaysSo) {
  pacts = {pact("bc", {b, c}), pact("ac", {a, c})};
  pacts[0].articles = {defence()};
  pacts[1].articles = {abstain("1", {Abstention::force, Abstention::neutrality})};
  pacts[1].articles[0].void_if_partner_attacks = true;
  decide({attack(a, b)});
  EXPECT_EQ(conflict(ConflictKind::help_or_abstain)->decided_by, Decision::release);
  EXPECT_TRUE(helps(c, b, a));
  EXPECT_TRUE(result.breaches.empty());
}

TEST_F(BoundTwice, WhatThePromiseDoesNotForbidIsStillGiven) {
  pacts = {pact("bc", {b, c}), pact("ac", {a, c})};
  pacts[0].articles = {defence("1", attacks, {Obligation::aid, Obligation::war})};
  pacts[1].articles = {abstain("1", {Abstention::force})};
  pacts[0].yields_to = {pacts[1].key};
  decide({attack(a, b)});
  ASSERT_NE(help_by(c), nullptr);
  EXPECT_EQ(help_by(c)->level, Obligation::aid);
  EXPECT_TRUE(result.breaches.empty());
}

TEST_F(BoundTwice, APromiseBindsOnlyThoseItNames) {
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

TEST_F(BoundTwice, BreakingThePromiseIsABreachToo) {
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

}  // namespace
}  // namespace casus::law
