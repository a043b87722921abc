// Articles stand beside each other: one more takes nothing from what the others owe or allow.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "casus/casebook/opinion.h"

namespace casus::casebook {
namespace {

/// Ways in which an article asks for less than it says, or for nothing.
constexpr std::array<std::string_view, 8> limits{
    "",
    ", if_also: [cland]",
    ", jointly: true",
    ", unless_war_with: [xland]",
    ", peaceful_first: true",
    ", consent: parliament",
    ", exempt: [bland]",
    ", requester: incumbent",
};
constexpr std::array<std::string_view, 6> levels{"consult", "mediation", "aid",
                                                 "basing",  "troops",    "war"};

struct Spec {
  std::size_t limit = 0, level = 0;
  bool request = false, decision = false;
};

std::string article(std::size_t at, const Spec& s) {
  return fmt::format(
      "      \"{}\": {{when: {{act: invasion}}, procedure: {}{}, then: {{assist: [{}]}}}}\n", at,
      s.decision  ? "by_decision"
      : s.request ? "on_request"
                  : "automatic",
      limits[s.limit], levels[s.level]);
}

struct World {
  bool asks = true, parliament = true, way = true, peace = false;
  int votes = 0;
};

LegalCase of(const std::vector<std::string>& articles, const World& w) {
  std::string text = fmt::format(
      "casus: casebook/1\nchapter: obligations\nparties:\n  aland: {{asks: {}}}\n  bland: "
      "{{parliament_consents: {}}}\n  cland: state\n  xland: state\n",
      w.asks ? 1 : 0, w.parliament ? "true" : "false");
  if (!w.way) text += "routes: [{of: bland, to: aland, route: none}]\n";
  text += fmt::format("votes: {{pact: {{others: {}}}}}\n",
                      std::array{"for", "against", "aid"}[static_cast<std::size_t>(w.votes)]);
  text += "pacts:\n";
  if (w.peace) {
    text +=
        "  peace: {in_force: 1990-01-01, members: [bland, xland], "
        "articles: {\"1\": {then: {abstain: [force]}}}}\n";
  }
  text +=
      "  pact:\n    in_force: 1990-01-01\n    members: [aland, bland]\n"
      "    organs: {council: {decision: majority}}\n    articles:\n";
  for (const std::string& a : articles) text += a;
  text +=
      "cases:\n  one:\n    title: t\n    situation: s\n    acts: {a: {act: invasion, by: xland, "
      "against: aland, date: 2000-01-01}}\n    expect: {waves: 1}\n";
  return parse(text, "articles.yaml").cases.at(0);
}

/// The most that Bland gives; zero: nothing.
law::Obligation given(const LegalCase& c) {
  law::Obligation most = law::Obligation::none;
  const Opinion opinion = decide(c);
  for (const law::Commitment& h : opinion.steps[0].resolution.commitments) {
    if (c.steps[0].situation.parties[h.member.row()].name == "bland")
      most = std::max(most, h.level);
  }
  return most;
}

TEST(Articles, OneMoreTakesNothingFromWhatIsGiven) {
  EXPECT_TRUE(rc::check("beside each other", [] {
    const auto pick = [](std::size_t n) { return *rc::gen::inRange<std::size_t>(0, n); };
    World w;
    w.asks = pick(2) == 0;
    w.parliament = pick(2) == 0;
    w.way = pick(3) != 0;
    w.peace = pick(3) == 0;
    w.votes = static_cast<int>(pick(3));
    std::vector<std::string> articles;
    const std::size_t n = 1 + pick(3);
    for (std::size_t i = 0; i <= n; ++i) {
      Spec s{pick(limits.size()), pick(levels.size())};
      // One organ answers once for all that it is asked about one act, so votes are for one
      // article.
      s.decision = i == 0 && pick(3) == 0;
      s.request = !s.decision && pick(2) == 0;
      articles.push_back(article(i + 1, s));
    }
    std::vector<std::string> fewer(articles.begin(), articles.end() - 1);
    RC_ASSERT(given(of(articles, w)) >= given(of(fewer, w)));
  }));
}

// A right is there whatever is owed, by whichever article, and whatever came of that.
TEST(Articles, NoDutyTakesARightAway) {
  EXPECT_TRUE(rc::check("rights", [] {
    const auto pick = [](std::size_t n) { return *rc::gen::inRange<std::size_t>(0, n); };
    World w;
    w.asks = pick(2) == 0;
    w.parliament = pick(2) == 0;
    w.way = pick(3) != 0;
    w.peace = pick(3) == 0;
    std::vector<std::string> articles;
    const std::size_t n = pick(4);
    for (std::size_t i = 0; i < n; ++i) {
      articles.push_back(article(i + 1, {pick(limits.size()), pick(levels.size()), pick(2) == 0}));
    }
    articles.emplace_back("      \"9\": {when: {act: invasion}, then: {may: [troops]}}\n");
    const LegalCase c = of(articles, w);
    const law::Resolution r = decide(c).steps[0].resolution;
    const bool right =
        std::any_of(r.verdicts.begin(), r.verdicts.end(), [&](const law::Verdict& v) {
          return v.reason == law::Reason::right_not_duty &&
                 c.steps[0].situation.parties[v.member.row()].name == "bland";
        });
    RC_ASSERT(right);
  }));
}

}  // namespace
}  // namespace casus::casebook
