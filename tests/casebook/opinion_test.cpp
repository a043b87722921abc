// The text of an opinion, read as a reader would.
#include "casus/casebook/opinion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "casus/casebook/casebook.h"

namespace casus::casebook {
namespace {

const std::string opinion_head = R"(casus: casebook/1
chapter: coverage
parties: {aland: state, bland: state, cland: state}
places: {home: aland}
cases:
  one:
    title: A title
    situation: A situation.
    acts: {attack: {act: invasion, by: cland, against: aland, where: home, date: 2001-01-01}}
    expect: {verdicts: []}
    pacts:
      pact:
        in_force: 2000-01-01
        members: [aland, bland]
        articles:
)";

std::string opinion(const std::string& articles) {
  const Casebook book = parse(opinion_head + articles, "cases.yaml");
  const LegalCase& only = book.cases.at(0);
  return write_opinion(only, decide(only));
}

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

constexpr const char* spoken = R"(          "1":
            text: '"The Parties agree that an armed attack against one of them is one against all."'
            when: {act: invasion}
            procedure: automatic
            then: {assist: [aid, war]}
          "2":
            text: No member lends its soil to the enemy of another.
            then: {abstain: [hosting]}
)";

TEST(OpinionText, AnArticlesWordsStandOnceBesideTheVerdictItDecides) {
  const std::string text = opinion(spoken);
  const std::string words = "Article 1: \"The Parties agree that an armed attack";
  EXPECT_EQ(times(text, words), 1U) << text;
  const std::size_t covered = text.find("Covered: yes, article 1");
  const std::size_t invoked = text.find("Invoked: ");
  ASSERT_NE(covered, std::string::npos) << text;
  EXPECT_LT(covered, text.find(words)) << text;
  EXPECT_LT(text.find(words), invoked) << text;
  // The other article decides nothing here.
  EXPECT_EQ(times(text, "lends its soil"), 0U) << text;
}

TEST(OpinionText, WordsDecideNothing) {
  const auto hash_of = [](const std::string& articles) {
    return law::hash(parse(opinion_head + articles, "cases.yaml").cases.at(0).pacts.at(0));
  };
  const std::string bare = R"(          "1": {when: {act: invasion}, then: {assist: [war]}})";
  const std::string said =
      R"(          "1": {text: Help!, when: {act: invasion}, then: {assist: [war]}})";
  EXPECT_EQ(hash_of(bare), hash_of(said));
  EXPECT_EQ(times(opinion(bare), "Article 1:"), 0U);
  EXPECT_EQ(times(opinion(said), "Article 1: Help!"), 1U);
}

constexpr const char* with_reasons = R"(          "1":
            when: {act: invasion}
            procedure: automatic
            then: {assist: [aid, war]}
    expect:
      verdicts:
        - {article: "1", covered: article_applies, why: The soil is that of a member.}
        - {member: bland, honoured: declined, why: Nobody keeps a promise.}
      commitments:
        - {member: bland, level: war, why: It has no reason to do less.}
      breaches:
        - {member: bland, why: It was thought to refuse.}
)";

TEST(OpinionText, WhyAnExpectationHoldsIsPrintedUnderTheVerdictAndWithWhatDiffers) {
  std::string whole = opinion_head + with_reasons;
  const std::string bare = "    expect: {verdicts: []}\n";
  whole.erase(whole.find(bare), bare.size());
  const Casebook book = parse(whole, "cases.yaml");
  const Opinion decided = decide(book.cases.at(0));
  const std::string text = write_opinion(book.cases.at(0), decided);
  // Met: once, below the verdict.
  const std::string met = "Expected because: The soil is that of a member.";
  ASSERT_EQ(times(text, met), 1U) << text;
  EXPECT_LT(text.find("Covered: yes"), text.find(met));
  EXPECT_LT(text.find(met), text.find("Invoked: "));
  EXPECT_EQ(times(text, "Expected because: It has no reason to do less."), 1U) << text;
  EXPECT_LT(text.find("Consequence: "), text.find("It has no reason"));
  // Not met: with the difference alone.
  ASSERT_EQ(decided.differences().size(), 2U) << text;
  EXPECT_EQ(times(text, "Nobody keeps a promise."), 1U) << text;
  EXPECT_NE(decided.differences()[0].message.find("(expected because: Nobody keeps a promise.)"),
            std::string::npos);
  EXPECT_NE(decided.differences()[1].message.find("(expected because: It was thought to refuse.)"),
            std::string::npos);
}

/// The lines of an opinion, without what they are indented by.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line.substr(std::min(line.find_first_not_of(' '), line.size())));
  }
  return lines;
}

// Every case of the corpus: one block a pact and member, the stages in their order, acts by date.
TEST(OpinionText, IsReadFromTheFirstStageToTheLast) {
  const std::vector<std::string> stages{
      "Attributed:",         "Covered:",  "Invoked:",    "Obliged:", "Able:",
      "In the end obliged:", "Honoured:", "Consequence:"};
  std::size_t opinions = 0;
  for (const std::string& file : find_files({std::string(CASUS_SOURCE_DIR) + "/tests/casebook"})) {
    for (const LegalCase& c :
         load(file, {.library = std::string(CASUS_SOURCE_DIR) + "/scenarios"}).cases) {
      const std::string text = write_opinion(c, decide(c));
      ++opinions;
      std::vector<std::string> pacts;  // of this act
      std::size_t stage = 0;
      std::string date;
      for (const std::string& line : lines_of(text)) {
        if (line.starts_with("Step ")) date.clear();
        if (line.starts_with("Act ") || line.starts_with("Answer:") || line.starts_with("Term:")) {
          const std::string day = line.substr(line.size() - 10);
          EXPECT_LE(date, day) << file << " " << c.name << ": " << line;
          date = day;
          pacts.clear();
        }
        if (line.starts_with("Under ")) {
          EXPECT_EQ(std::count(pacts.begin(), pacts.end(), line), 0) << file << " " << c.name;
          pacts.push_back(line);
        }
        const auto at = std::find_if(stages.begin(), stages.end(),
                                     [&](const std::string& s) { return line.starts_with(s); });
        const auto now = static_cast<std::size_t>(at - stages.begin());
        // Attributed, covered and invoked are asked article by article; what members are asked
        // follows in one block each.
        if (now >= 3 && now < stages.size() && stage >= 3) {
          EXPECT_GE(now, stage) << file << " " << c.name << ": " << line;
        }
        stage = now == stages.size() ? 0 : now;
        if (now == stages.size()) continue;
        for (const char* bad : {": ;", ":;", " .", " ,", "  ", "under,"}) {
          EXPECT_EQ(line.find(bad), std::string::npos) << file << " " << c.name << ": " << line;
        }
      }
    }
  }
  EXPECT_GT(opinions, 400U);
}

TEST(OpinionText, EndsWithWhoOwesWhat) {
  const std::string war = opinion(
      R"(          "1": {when: {act: invasion}, procedure: automatic, then: {assist: [war]}})");
  EXPECT_EQ(times(war, "In sum: bland owes aland war under pact, article 1."), 1U) << war;
  EXPECT_EQ(times(war, "(model)"), 2U) << war;
  const std::string aid = opinion(
      R"(          "1": {when: {act: invasion}, procedure: automatic, then: {assist: [aid]}})");
  EXPECT_EQ(times(aid, "Nobody owes arms: bland owes aland aid under pact, article 1."), 1U) << aid;
  const std::string none =
      opinion(R"(          "1": {when: {act: strike}, then: {assist: [war]}})");
  EXPECT_EQ(times(none,
                  "Nobody owes arms, because under pact, article 1 acts of this kind are not "
                  "among those it lists."),
            1U)
      << none;
  const std::string left_out = opinion(
      R"(          "1": {when: {act: invasion}, procedure: automatic, exempt: [bland], then: {assist: [war]}})");
  EXPECT_EQ(times(left_out,
                  "Nobody owes arms: bland does not under pact, article 1, because the article "
                  "exempts it."),
            1U)
      << left_out;
}

}  // namespace
}  // namespace casus::casebook
