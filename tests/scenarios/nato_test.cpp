// One treaty, one attack, and the same attack elsewhere or under less of a treaty: what each
// article adds is told by the verdicts of its own stage.
#include <gtest/gtest.h>

#include "verdict_log.h"

namespace casus::test {
namespace {

using enum EventKind;
using law::Reason;

TEST(Nato, AnAttackOnEstoniaIsTheCaseOfArticleFiveSlow) {
  const VerdictLog log("nato/article-5-exercise.yaml");
  EXPECT_EQ(log.in_runs({.kind = covered,
                         .pact = "nato",
                         .article = "5",
                         .reason = Reason::article_applies,
                         .whom = "estonia"}),
            runs);
  EXPECT_EQ(log.in_runs({.kind = invoked,
                         .pact = "nato",
                         .article = "5",
                         .reason = Reason::requested,
                         .whom = "estonia"}),
            runs);
  EXPECT_EQ(log.in_runs({.kind = obliged, .pact = "nato", .article = "5", .who = "hungary"}), runs);
  EXPECT_GT(log.in_runs({.kind = honour, .pact = "nato", .article = "5", .at_least = troops}),
            runs * 6 / 10);
  // Who stands there and dislikes the attacker comes more often than who does not.
  const auto comes = [&](const std::string& member) {
    return log.in_runs(
        {.kind = honour, .pact = "nato", .article = "5", .who = member, .at_least = troops});
  };
  EXPECT_GT(comes("united_states"), comes("hungary") + 5);
  EXPECT_GT(comes("united_kingdom"), comes("turkey") + 5);
}

TEST(Nato, WithoutArticleFiveNobodyOwesTroopsSlow) {
  const VerdictLog log("nato/policies/no-article-5.yaml");
  EXPECT_EQ(log.in_runs({.kind = honour, .pact = "nato", .at_least = troops}), 0U);
  EXPECT_EQ(log.in_runs({.kind = joins_war, .pact = "nato"}), 0U);
  EXPECT_EQ(log.in_runs({.kind = invoked, .pact = "nato", .article = "4", .whom = "estonia"}),
            runs);
}

// Counsel is owed to whoever feels threatened; measures need everybody's consent.
TEST(Nato, AThreatIsCounselAndSometimesMeasuresSlow) {
  const VerdictLog log("nato/policies/threat-only.yaml");
  const Wanted adopted{.kind = invoked,
                       .pact = "nato",
                       .article = "3",
                       .reason = Reason::adopted,
                       .whom = "estonia"};
  const Wanted objection{.kind = law_no,
                         .pact = "nato",
                         .article = "3",
                         .reason = Reason::objection,
                         .whom = "estonia"};
  const Wanted counsel{.kind = invoked,
                       .pact = "nato",
                       .article = "4",
                       .reason = Reason::requested,
                       .whom = "estonia"};
  EXPECT_GT(log.in_runs(adopted), 3U);
  EXPECT_GT(log.in_runs(objection), runs / 2);
  EXPECT_EQ(log.in_runs(counsel), log.in_runs(objection));
  EXPECT_EQ(log.in_runs({.kind = covered, .pact = "nato", .article = "5", .whom = "estonia"}), 0U);
}

// Missiles on Hawaii and on the mainland: article 6 is the difference.
TEST(Nato, ArticleSixDrawsTheLineSlow) {
  const Wanted five{.kind = covered, .pact = "nato", .article = "5", .whom = "united_states"};
  const Wanted four{.kind = invoked, .pact = "nato", .article = "4", .whom = "united_states"};
  const Wanted armed{.kind = honour, .pact = "nato", .whom = "united_states", .at_least = troops};
  const VerdictLog hawaii("nato/policies/outside-article-6.yaml");
  EXPECT_EQ(hawaii.in_runs(five), 0U);
  EXPECT_GT(hawaii.in_runs(four), runs / 2);
  EXPECT_EQ(hawaii.in_runs(armed), 0U);
  const VerdictLog mainland("nato/policies/inside-article-6.yaml");
  EXPECT_EQ(mainland.in_runs(five), runs);
  EXPECT_GT(mainland.in_runs(armed), runs / 2);
}

TEST(Nato, CeutaIsNeitherInEuropeNorAnIslandSlow) {
  const VerdictLog log("nato/policies/ceuta.yaml");
  EXPECT_EQ(log.in_runs({.kind = covered, .pact = "nato", .article = "5", .whom = "spain"}), 0U);
  EXPECT_EQ(log.in_runs({.kind = invoked, .pact = "nato", .article = "4", .whom = "spain"}), runs);
}

}  // namespace
}  // namespace casus::test
