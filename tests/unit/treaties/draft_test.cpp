#include "casus/treaties/draft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
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
  EXPECT_EQ(found.front().value, "also armed groups");
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

}  // namespace
}  // namespace casus::treaties
