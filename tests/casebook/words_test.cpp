// The words of treaties and cases: each is explained, and the guide explains it in the same words.
#include "casus/casebook/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "casus/casebook/opinion.h"

namespace casus::casebook {
namespace {

std::string guide() {
  std::ifstream in(std::string(CASUS_SOURCE_DIR) + "/docs/casebook.md");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::size_t at = 2;
  for (std::size_t bar; (bar = line.find(" |", at)) != std::string::npos; at = bar + 3) {
    out.push_back(line.substr(at, bar - at));
  }
  return out;
}

/// The rows of the tables of reasons, by the stage under whose name they stand.
std::vector<std::pair<std::string, std::vector<std::string>>> rows_of_the_guide() {
  const std::string text = guide();
  std::size_t at = text.find("\n## Reasons\n");
  const std::size_t end = text.find("\n## ", at + 5);
  std::istringstream lines(text.substr(at, end - at));
  std::vector<std::pair<std::string, std::vector<std::string>>> rows;
  std::string stage;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("**")) stage = line.substr(2, line.find("**", 2) - 2);
    if (line.starts_with("| `")) rows.emplace_back(stage, cells(line));
  }
  return rows;
}

TEST(Words, TheGuideExplainsEveryReasonInTheTablesWords) {
  std::set<std::pair<std::string, std::string>> expected, found;
  std::map<std::string, std::string> meaning;
  for (const ReasonWords& r : reason_words()) {
    if (r.reason == law::Reason::none) continue;
    const std::string reason(name(r.reason));
    meaning["`" + reason + "`"] =
        std::string(answer_word(r.answer)) + ": " + std::string(r.sentence);
    if (r.stages.empty()) expected.emplace("Changes", reason);
    for (const std::string_view s : law::names<law::Stage>()) {
      std::string stage(s);
      if (!r.stages.contains(*law::parse<law::Stage>(s))) continue;
      stage.front() = static_cast<char>(stage.front() - 'a' + 'A');
      expected.emplace(stage, reason);
    }
  }
  for (const auto& [stage, row] : rows_of_the_guide()) {
    ASSERT_EQ(row.size(), 3U) << stage;
    EXPECT_EQ(meaning[row[0]], row[1] + ": " + row[2]) << row[0];
    found.emplace(stage, row[0].substr(1, row[0].size() - 2));
  }
  EXPECT_EQ(found, expected);
}

TEST(Words, EveryWordHasASentence) {
  const auto sentence = [](std::string_view text) {
    return text.size() > 4 && (text.ends_with('.') || text.ends_with('?')) && text.front() >= 'A' &&
           text.front() <= 'Z';
  };
  for (const ReasonWords& r : reason_words()) {
    EXPECT_TRUE(sentence(r.sentence)) << name(r.reason);
    EXPECT_FALSE(r.clause.empty() || r.clause.ends_with('.')) << name(r.reason);
    EXPECT_EQ(in_words(r.reason), r.clause);
  }
  std::size_t words = 0;
  for (const Words& w : all_words()) {
    EXPECT_TRUE(w.doc.ends_with('.')) << w.kind;
    for (const Word& x : w.words) EXPECT_TRUE(sentence(x.sentence)) << w.kind << " " << x.name;
    words += w.words.size();
  }
  EXPECT_GE(words, 70U);
}

TEST(Words, NoTwoOfOneKindAreExplainedAlike) {
  for (const Words& w : all_words()) {
    std::set<std::string_view> sentences;
    for (const Word& x : w.words) EXPECT_TRUE(sentences.insert(x.sentence).second) << x.name;
  }
  std::set<std::string_view> sentences;
  for (const ReasonWords& r : reason_words()) {
    // Reasons of different stages may be alike.
    EXPECT_TRUE(sentences.insert(r.sentence).second || r.stages.empty()) << r.sentence;
  }
}

TEST(Words, TheReferenceHasAPageForEverything) {
  for (const std::string& page : case_pages()) EXPECT_FALSE(case_reference(page).empty()) << page;
  const std::string whole = case_reference("");
  for (const std::string& word : case_words()) {
    EXPECT_NE(case_reference(word).find(word), std::string::npos) << word;
    EXPECT_NE(whole.find("  " + word), std::string::npos) << word;
  }
  EXPECT_EQ(case_reference("no_such_word"), "");
  EXPECT_NE(case_reference("sanction").find("obligations"), std::string::npos);
  EXPECT_NE(case_reference("sanction").find("acts"), std::string::npos);
}

// What the guide says a key means is there for every key of a case.
TEST(Words, TheGuideNamesEveryKey) {
  const std::string text = guide();
  for (const std::string& word : case_words()) {
    EXPECT_NE(text.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace casus::casebook
