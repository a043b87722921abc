// Three openings under one treaty and one set of rules. Each is decided by another stage of the
// law: the place, the promise, the Council.
#include <gtest/gtest.h>

#include "verdict_log.h"

namespace casus::test {
namespace {

using enum EventKind;
using law::Reason;

TEST(Csto, KarabakhIsOutsideTheAreaSlow) {
  const VerdictLog log("csto/karabakh-2020.yaml");
  EXPECT_EQ(log.in_runs({.kind = hostile_act, .who = "azerbaijan", .whom = "armenia"}), runs);
  EXPECT_EQ(log.in_runs({.kind = law_no,
                         .pact = "csto",
                         .article = "4",
                         .reason = Reason::place_not_covered,
                         .whom = "armenia",
                         .where = "karabakh_districts"}),
            runs);
  EXPECT_EQ(log.in_runs({.kind = covered, .pact = "csto", .whom = "armenia"}), 0U);
  EXPECT_EQ(log.in_runs({.kind = honour, .pact = "csto", .whom = "armenia"}), 0U);
}

// The same attack in the same year, the border drawn otherwise: the place decides, and nothing
// else.
TEST(Csto, KarabakhRecognisedIsCoveredSlow) {
  const VerdictLog log("csto/policies/karabakh-recognised.yaml");
  EXPECT_EQ(log.in_runs({.kind = covered,
                         .pact = "csto",
                         .article = "4",
                         .reason = Reason::article_applies,
                         .where = "karabakh_districts"}),
            runs);
}

TEST(Csto, KazakhstanAsksAndTroopsComeWithinDaysSlow) {
  const VerdictLog log("csto/kazakhstan-2022.yaml");
  const Wanted asked{.kind = invoked,
                     .pact = "csto",
                     .article = "4",
                     .reason = Reason::adopted,
                     .whom = "kazakhstan",
                     .at_least = troops};
  EXPECT_EQ(log.in_runs({.kind = covered, .pact = "csto", .article = "4", .where = "almaty"}),
            runs);
  EXPECT_GT(log.in_runs(asked), runs * 8 / 10);
  EXPECT_GT(log.in_runs({.kind = honour, .pact = "csto", .whom = "kazakhstan", .at_least = troops}),
            runs / 2);
  const std::vector<double> adopted = log.days(asked);
  const std::vector<double> there =
      log.days({.kind = deployment, .pact = "csto", .whom = "kazakhstan"});
  ASSERT_GT(there.size(), runs / 2);
  EXPECT_EQ(adopted[adopted.size() / 2], 3.0);  // 5 January
  EXPECT_LE(there[there.size() / 2], 7.0);
  // They are called home within weeks of the day they came.
  const std::vector<double> home = log.days({.kind = withdrawal, .whom = "kazakhstan"});
  ASSERT_GT(home.size(), there.size() * 8 / 10);
  EXPECT_LE(home[home.size() / 2], 28.0);
  EXPECT_GE(home.front(), 10.0);  // a week after the first can be there
}

// What is quick is the standing force: without it the same promises are kept by the slow.
TEST(Csto, WithoutAStandingForceTroopsComeLateSlow) {
  const VerdictLog quick("csto/kazakhstan-2022.yaml");
  const VerdictLog slow("csto/policies/no-standing-force.yaml");
  const Wanted promise{.kind = honour, .pact = "csto", .whom = "kazakhstan", .at_least = troops};
  const Wanted arrival{.kind = deployment, .pact = "csto", .whom = "kazakhstan"};
  EXPECT_EQ(slow.events(promise), quick.events(promise));
  const auto early = [](const std::vector<double>& days) {
    return std::count_if(days.begin(), days.end(), [](double d) { return d <= 10.0; });
  };
  EXPECT_LT(early(slow.days(arrival)), early(quick.days(arrival)) / 2);
}

// A government that does not call it terror asks when it feels threatened, which takes long.
TEST(Csto, UnrestAtHomeIsSeldomAskedForSlow) {
  const VerdictLog log("csto/policies/terror-is-unrest.yaml");
  const Wanted refused{.kind = law_no,
                       .pact = "csto",
                       .article = "2",
                       .reason = Reason::not_requested,
                       .whom = "kazakhstan"};
  EXPECT_GT(log.in_runs(refused), runs / 2);
  EXPECT_EQ(log.in_runs({.kind = covered, .pact = "csto", .article = "4", .whom = "kazakhstan"}),
            0U);
}

TEST(Csto, ArmeniaIsCoveredAndGetsNoTroopsSlow) {
  const VerdictLog log("csto/armenia-2022.yaml");
  const auto four = [](EventKind kind, std::optional<Reason> reason, double at_least) {
    return Wanted{.kind = kind,
                  .pact = "csto",
                  .article = "4",
                  .reason = reason,
                  .whom = "armenia",
                  .at_least = at_least};
  };
  EXPECT_EQ(log.in_runs(four(covered, Reason::article_applies, 0.0)), runs);
  // The Council is asked in every run, and does not send troops.
  EXPECT_EQ(log.in_runs(four(law_no, Reason::objection, 0.0)) +
                log.in_runs(four(invoked, Reason::adopted, 0.0)),
            runs);
  EXPECT_LT(log.in_runs(four(invoked, {}, troops)), runs / 10);
  EXPECT_LT(log.in_runs({.kind = honour, .pact = "csto", .whom = "armenia", .at_least = troops}),
            runs / 10);
  // Counsel is owed without the Council, and somebody gives it more often than not.
  EXPECT_EQ(log.in_runs({.kind = invoked, .pact = "csto", .whom = "armenia"}), runs);
  EXPECT_GT(log.in_runs({.kind = honour, .pact = "csto", .whom = "armenia"}), runs / 2);
}

// The sympathies of three members are what stands in the way of troops.
TEST(Csto, AmongFriendsTheCouncilGoesFurtherSlow) {
  const Wanted adopted{.kind = invoked,
                       .pact = "csto",
                       .article = "4",
                       .reason = Reason::adopted,
                       .whom = "armenia",
                       .at_least = troops};
  const std::uint32_t before = VerdictLog("csto/armenia-2022.yaml").in_runs(adopted);
  const std::uint32_t after = VerdictLog("csto/policies/friends-of-armenia.yaml").in_runs(adopted);
  EXPECT_GT(after, before + 2);
}

}  // namespace
}  // namespace casus::test
