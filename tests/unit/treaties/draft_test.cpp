#include "casus/treaties/draft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "casus/scenario/vocabulary.h"

/// What a drafter could change, on treaties whose gap was put there.
namespace casus::treaties {
namespace {

Treaties read(const std::string& article) {
  const std::string text = R"(casus: casebook/1
title: t
parties: {aland: state, bland: state, cland: state, band: armed_group}
places: {home: aland, hills: bland, plain: cland}
pacts:
  pact:
    in_force: 2000-01-01
    members: [aland, bland]
    organs: {council: {decision: majority}}
    articles:
)" + article;
  return parse_treaties(text, "t.yaml", Vocabulary{});
}

std::vector<Amendment> amendments(const std::string& article) {
  const Treaties t = read(article);
  return draft(t, by_name(t.pacts));
}

TEST(Draft, ATreatyWithoutAGapNeedsNoChange) {
  EXPECT_TRUE(
      amendments(R"(      "1": {when: {act: [invasion]}, where: members, procedure: automatic,
            then: {assist: [aid, war]}}
)")
          .empty());
}

TEST(Draft, TheAuthorThatWasLeftOutIsLetIn) {
  // The act of a band falls between: to let bands in closes it, and nothing else of it does.
  const auto found = amendments(
      R"(      "1": {when: {act: [invasion, strike]}, by: {kind: state}, where: members,
            procedure: automatic, then: {assist: [aid, war]}}
)");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().key, "by");
  EXPECT_EQ(found.front().said, "also armed groups");
  EXPECT_TRUE(found.front().opens.empty());
  EXPECT_GT(found.front().covered_after, found.front().covered_before);
}

TEST(Draft, TheProcedureThatCannotBeSatisfiedIsReplaced) {
  // The organ may not decide on what the article owes.
  const Treaties t = parse_treaties(R"(casus: casebook/1
title: t
parties: {aland: state, bland: state, cland: state}
pacts:
  pact:
    in_force: 2000-01-01
    members: [aland, bland]
    organs: {council: {decision: majority, competence: [statement]}}
    articles:
      "1": {when: {act: [invasion]}, where: members, procedure: by_decision,
            then: {assist: [aid, war]}}
)",
                                    "t.yaml", Vocabulary{});
  const auto found = draft(t, by_name(t.pacts));
  ASSERT_FALSE(found.empty());
  EXPECT_TRUE(std::all_of(found.begin(), found.end(), [](const Amendment& a) {
    return a.key == "procedure" && (a.value == "automatic" || a.value == "on_request");
  }));
}

// Whatever is proposed does what is said of it: made by hand, the gap is gone, and what it opens is
// there.
TEST(Draft, WhatIsProposedClosesWhatItSays) {
  const Treaties t = read(R"(      "1": {when: {act: [invasion]}, by: {kind: state}, where: [home],
            procedure: automatic, then: {assist: [aid, war]}}
      "2": {when: {act: [strike]}, where: members, procedure: on_request, then: {assist: [aid]}}
)");
  const auto rows = by_name(t.pacts);
  const auto before = gaps(t, rows);
  const auto found = draft(t, rows);
  ASSERT_FALSE(found.empty());
  for (const Amendment& a : found) {
    EXPECT_FALSE(a.closes.empty());
    for (const Finding& f : a.closes) {
      EXPECT_TRUE(std::any_of(before.begin(), before.end(),
                              [&](const Finding& b) { return b.text == f.text; }));
    }
    for (const Finding& f : a.opens) {
      EXPECT_FALSE(std::any_of(before.begin(), before.end(),
                               [&](const Finding& b) { return b.text == f.text; }));
    }
  }
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.opens.size() < b.opens.size();
  }));
}

/// A treaty of one article that is small enough to try every word it could say instead.
struct Words {
  std::string acts = "[invasion, strike]";
  std::string by = "[state, armed_group, external]";
  std::string where = "members";
  std::string procedure = "automatic";

  Treaties treaties() const {
    return read("      \"1\": {when: {act: " + acts + "}, by: {kind: " + by + "}, where: " + where +
                ",\n            procedure: " + procedure + ", then: {assist: [aid, war]}}\n");
  }
  std::vector<Finding> faults() const {
    const Treaties t = treaties();
    return gaps(t, by_name(t.pacts));
  }
};

std::size_t not_in(const std::vector<Finding>& all, const std::vector<Finding>& others) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Finding& f) {
    return std::none_of(others.begin(), others.end(),
                        [&](const Finding& o) { return o.text == f.text && o.fault == f.fault; });
  }));
}

// Every single change of such a treaty, written by hand: none is better than the first that is
// proposed, and where one word was planted, it is that word.
TEST(Draft, AgreesWithTryingEverything) {
  const std::vector<std::pair<std::string Words::*, std::vector<std::string>>> alternatives{
      {&Words::by,
       {"[state]", "[state, armed_group]", "[state, external]", "[armed_group, external]",
        "[state, armed_group, external]"}},
      {&Words::where, {"members", "victim", "anywhere", "[home]"}},
      {&Words::procedure, {"automatic", "on_request", "by_decision", "request_and_decision"}}};
  const Words sound;
  ASSERT_TRUE(sound.faults().empty()) << sound.faults().front().text;
  for (const auto& [key, planted] : std::vector<std::pair<std::string Words::*, std::string>>{
           {&Words::by, "[state, external]"}, {&Words::where, "[home]"}}) {
    Words faulty = sound;
    faulty.*key = planted;
    const std::vector<Finding> before = faulty.faults();
    ASSERT_FALSE(before.empty()) << planted;
    std::pair<std::size_t, std::size_t> best{before.size(), 0};  // opened, left open
    best.second = before.size();
    for (const auto& [changed, words] : alternatives) {
      for (const std::string& word : words) {
        Words tried = faulty;
        tried.*changed = word;
        const std::vector<Finding> after = tried.faults();
        if (not_in(before, after) == 0) continue;
        best = std::min(best, {not_in(after, before), before.size() - not_in(before, after)});
      }
    }
    EXPECT_EQ(best, std::pair(std::size_t{0}, std::size_t{0})) << planted;
    const Treaties t = faulty.treaties();
    const auto found = draft(t, by_name(t.pacts));
    ASSERT_FALSE(found.empty()) << planted;
    EXPECT_EQ(found.front().opens.size(), best.first);
    EXPECT_EQ(before.size() - found.front().closes.size(), best.second);
    EXPECT_EQ(found.front().key, key == &Words::by ? "by" : "where");
  }
}

}  // namespace
}  // namespace casus::treaties
