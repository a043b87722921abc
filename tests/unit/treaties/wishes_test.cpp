#include "casus/treaties/wishes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "casus/casebook/opinion.h"
#include "casus/core/contracts.h"
#include "casus/scenario/vocabulary.h"

/// Drafting for a purpose, on treaties small enough to try every draft by hand.
namespace casus::treaties {
namespace {

/// A treaty of one article, word by word.
struct Wording {
  std::string act = "[invasion, strike]";
  std::string by = "{kind: [state, armed_group]}";
  std::string where = "members";
  std::string procedure = "automatic";
  std::string assist = "[aid, war]";
};

/// What is wanted: help against a state and a band, at home and unasked, and none against Yland.
std::string wishes(const Wording& w, const std::string& more = {}) {
  return R"(casus: casebook/1
title: wishes
chapter: coverage
parties: {aland: {asks: 0}, bland: state, cland: state, xland: state, yland: state, band: armed_group}
places: {home: aland, hills: bland}
date: 2010-05-01
pacts:
  pact:
    in_force: 2000-01-01
    members: [aland, bland, cland]
    articles:
      "1": {when: {act: )" +
         w.act + "}, by: " + w.by + ", where: " + w.where + ", procedure: " + w.procedure +
         ", then: {assist: " + w.assist + "}}\n" + R"(cases:
  against_a_state:
    title: t
    situation: s
    acts: {attack: {act: invasion, by: xland, against: aland, where: home}}
    expect: {verdicts: [{member: [bland, cland], obliged: bound, level: war}]}
  against_a_band:
    title: t
    situation: s
    acts: {attack: {act: strike, by: band, against: aland, where: home}}
    expect: {verdicts: [{member: [bland, cland], obliged: bound, level: war}]}
)" + more;
}

const std::string not_yland = R"(  not_against_yland:
    title: t
    situation: s
    acts: {attack: {act: invasion, by: yland, against: aland, where: home}}
    expect: {nobody: [bland, cland]}
)";

Search found(const std::string& text, const SearchOptions& options = {}) {
  const casebook::Casebook book = casebook::parse(text, "w.yaml");
  const Treaties t = parse_treaties(text, "w.yaml", Vocabulary{});
  return search(book, t, "pact", options);
}

std::size_t unmet_of(const Wording& w, const std::string& more) {
  const casebook::Casebook book = casebook::parse(wishes(w, more), "w.yaml");
  return static_cast<std::size_t>(
      std::count_if(book.cases.begin(), book.cases.end(),
                    [](const auto& c) { return !casebook::decide(c).as_expected(); }));
}

TEST(Wishes, WhatIsDoneAlreadyNeedsNoChange) {
  const Search s = found(wishes({}));
  EXPECT_TRUE(s.before.empty());
  EXPECT_TRUE(s.proposals.empty());
  EXPECT_EQ(write(s, "pact"), "2 wishes, 0 unmet as pact stands\n");
}

TEST(Wishes, ThePlantedWordIsFound) {
  Wording w;
  w.by = "{kind: [state]}";
  const Search s = found(wishes(w));
  ASSERT_EQ(s.before.size(), 1U);
  EXPECT_EQ(s.before.front().wish, "against_a_band");
  ASSERT_FALSE(s.proposals.empty());
  // To name that one band moves what is asked of it; to let bands in, what is asked of bands.
  EXPECT_EQ(in_short(s.proposals.front().changes),
            "article 1, by: {kind: [state], actors: [band]}");
  const auto bands = std::find_if(s.proposals.begin(), s.proposals.end(), [](const Proposal& p) {
    return in_short(p.changes) == "article 1, by: {kind: [state, armed_group]}";
  });
  ASSERT_NE(bands, s.proposals.end());
  EXPECT_GT(s.proposals.front().moved, 0U);
  EXPECT_GT(bands->moved, s.proposals.front().moved);
  EXPECT_EQ(bands->difference.text.size(), 1U);
  EXPECT_FALSE(bands->difference.verdicts.empty());
  for (const Proposal& p : s.proposals) {
    EXPECT_TRUE(p.unmet.empty());
    EXPECT_EQ(p.changes.size(), 1U);
  }
}

TEST(Wishes, WhomOneIsNotToBeBoundAgainstIsLeftOut) {
  const Search s = found(wishes({}, not_yland));
  ASSERT_FALSE(s.proposals.empty());
  EXPECT_TRUE(s.proposals.front().unmet.empty());
  EXPECT_EQ(in_short(s.proposals.front().changes),
            "article 1, by: {kind: [state, armed_group], except: [yland]}");
}

// Nobody can have both: the nearest is proposed, and what it leaves is said.
TEST(Wishes, WhatCannotAllBeHadIsSaid) {
  const std::string contrary = R"(  and_yet_nobody:
    title: t
    situation: s
    acts: {attack: {act: invasion, by: xland, against: aland, where: home}}
    expect: {nobody: [bland, cland]}
)";
  Wording w;
  w.by = "{kind: [state]}";
  const Search s = found(wishes(w, contrary));
  ASSERT_EQ(s.before.size(), 2U);
  ASSERT_FALSE(s.proposals.empty());
  for (const Proposal& p : s.proposals) {
    ASSERT_EQ(p.unmet.size(), 1U);
    EXPECT_NE(write(p, "pact").find("{set: pacts.pact.articles.1."), std::string::npos);
  }
  EXPECT_NE(write(s, "pact").find("Still unmet:"), std::string::npos);
}

// Every draft of one or two words of a grid, written by hand and loaded as a file: none is smaller
// than what the search finds, and what it finds is met.
TEST(Wishes, AgreesWithTryingEverythingSlow) {
  const std::vector<std::pair<std::string Wording::*, std::vector<std::string>>> grid{
      {&Wording::act, {"[invasion]", "[strike]", "[invasion, strike]"}},
      {&Wording::by,
       {"{kind: [state]}", "{kind: [armed_group]}", "{kind: [state, armed_group]}",
        "{kind: [state], except: [yland]}", "{kind: [state, armed_group], except: [yland]}"}},
      {&Wording::where, {"members", "anywhere", "[hills]"}},
      {&Wording::procedure, {"automatic", "on_request"}},
      {&Wording::assist, {"[aid]", "[war]", "[aid, war]"}}};
  std::vector<Wording> planted(6);
  planted[0].where = "[hills]";
  planted[1].procedure = "on_request";
  planted[2].assist = "[aid]";
  planted[3].by = "{kind: [state]}";
  planted[3].procedure = "on_request";
  planted[4].where = "[hills]";
  planted[4].assist = "[aid]";
  planted[5].procedure = "on_request";
  for (const std::string& more : {std::string(), not_yland}) {
    for (const Wording& now : planted) {
      ASSERT_GT(unmet_of(now, more), 0U);
      std::size_t smallest = 3;
      for (std::size_t i = 0; i < grid.size(); ++i) {
        for (const std::string& first : grid[i].second) {
          Wording one = now;
          one.*grid[i].first = first;
          if (unmet_of(one, more) == 0) smallest = std::min<std::size_t>(smallest, 1);
          for (std::size_t j = i + 1; j < grid.size(); ++j) {
            for (const std::string& second : grid[j].second) {
              Wording two = one;
              two.*grid[j].first = second;
              if (unmet_of(two, more) == 0) smallest = std::min<std::size_t>(smallest, 2);
            }
          }
        }
      }
      const Search s = found(wishes(now, more), {.most_changes = 2});
      const std::string what = now.by + now.where + now.procedure + now.assist + more;
      if (smallest > 2) {
        EXPECT_TRUE(s.proposals.empty() || !s.proposals.front().unmet.empty()) << what;
        continue;
      }
      ASSERT_FALSE(s.proposals.empty()) << what;
      EXPECT_TRUE(s.proposals.front().unmet.empty()) << what;
      EXPECT_EQ(s.proposals.front().changes.size(), smallest) << what;
    }
  }
}

// What moves less else comes first among drafts of one size.
TEST(Wishes, TheLeastElseIsChanged) {
  Wording w;
  w.where = "[hills]";
  const Search s = found(wishes(w), {.most_changes = 1, .keep = 50});
  ASSERT_GE(s.proposals.size(), 2U);
  for (std::size_t i = 1; i < s.proposals.size(); ++i) {
    EXPECT_LE(s.proposals[i - 1].moved, s.proposals[i].moved);
  }
  EXPECT_NE(in_short(s.proposals.front().changes), "article 1, where: anywhere");
}

// A draft that leaves a party out is weighed by what it changes for that party.
TEST(Wishes, WhomADraftNamesIsAskedAbout) {
  const Search s = found(wishes({}, not_yland));
  ASSERT_FALSE(s.proposals.empty());
  const Proposal& best = s.proposals.front();
  ASSERT_NE(in_short(best.changes).find("yland"), std::string::npos) << in_short(best.changes);
  EXPECT_GT(best.moved, 0U);
  EXPECT_NE(write(best, "pact").find("by yland"), std::string::npos) << write(best, "pact");
}

TEST(Wishes, APactThatNoCaseHasIsTheCallersMistake) {
  const std::string text = wishes({});
  const casebook::Casebook book = casebook::parse(text, "w.yaml");
  const Treaties t = parse_treaties(text, "w.yaml", Vocabulary{});
  EXPECT_THROW(search(book, t, "other"), ContractError);
  EXPECT_THROW(search(book, t, "pact", {.most_changes = 4}), ContractError);
}

}  // namespace
}  // namespace casus::treaties
