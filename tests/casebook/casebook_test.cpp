#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "casus/casebook/opinion.h"
#include "casus/casebook/schema.h"

namespace casus::casebook {
namespace {

std::string folder() { return std::string(CASUS_SOURCE_DIR) + "/tests/casebook"; }
std::string shipped() { return std::string(CASUS_SOURCE_DIR) + "/scenarios"; }

const std::vector<std::string>& files() {
  static const std::vector<std::string> all = find_files({folder()});
  return all;
}

/// All cases; files that do not load are the matter of the test of that file.
const std::vector<LegalCase>& all_cases() {
  static const std::vector<LegalCase> cases = [] {
    std::vector<LegalCase> all;
    for (const std::string& file : files()) {
      try {
        Casebook book = load(file, {.library = shipped()});
        std::move(book.cases.begin(), book.cases.end(), std::back_inserter(all));
      } catch (const ScenarioError&) {
        continue;
      }
    }
    return all;
  }();
  return cases;
}

class CaseFile : public ::testing::TestWithParam<std::string> {};

TEST_P(CaseFile, IsDecidedAsExpected) {
  Casebook book;
  ASSERT_NO_THROW(
      try { book = load(GetParam(), {.library = shipped()}); } catch (const ScenarioError& e) {
        ADD_FAILURE() << e.what();
        throw;
      });
  EXPECT_FALSE(book.cases.empty());
  for (const LegalCase& c : book.cases) {
    const Opinion opinion = decide(c);
    EXPECT_TRUE(opinion.as_expected()) << c.name << "\n" << render(opinion.differences());
    // The text has to say something of every verdict, whatever the case.
    EXPECT_NE(write_opinion(c, opinion).find(c.title), std::string::npos);
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(folder().size() + 1);
  name.resize(name.size() - std::string(".yaml").size());
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Casebook, CaseFile, ::testing::ValuesIn(files()), test_name);

// The corpus as a whole.

TEST(Corpus, IsLargeEnoughAndDrawsOnRealInstruments) {
  std::size_t real = 0;
  std::set<std::string> instruments;
  for (const LegalCase& c : all_cases()) {
    if (c.instrument.empty()) continue;
    ++real;
    instruments.insert(c.instrument);
    EXPECT_FALSE(c.source.empty())
        << c.name << " is drawn from " << c.instrument << " and gives no source";
  }
  EXPECT_GE(all_cases().size(), 900U);
  EXPECT_GE(real, 40U);
  EXPECT_GE(instruments.size(), 10U);
}

TEST(Corpus, HasTwoCasesOrMoreOfEveryClassOfError) {
  std::map<std::string, std::size_t> cases;
  for (const LegalCase& c : all_cases()) {
    for (const std::string& error : c.errors) ++cases[error];
  }
  EXPECT_GE(error_class_names().size(), 14U);
  for (const std::string_view error : error_class_names()) {
    EXPECT_GE(cases[std::string(error)], 2U) << error;
  }
}

TEST(Corpus, HasCasesInEveryChapterAndFilesThemUnderIt) {
  std::map<std::string, std::size_t> cases;
  for (const LegalCase& c : all_cases()) {
    const std::string chapter(chapter_names()[static_cast<std::size_t>(c.chapter)]);
    ++cases[chapter];
    const std::filesystem::path path(c.at.where.file);
    const std::string filed = path.parent_path().filename().string();
    if (filed == "treaties") {
      // By instrument instead: one file for each that is shipped.
      EXPECT_TRUE(std::filesystem::exists(shipped() + "/treaties/" + path.filename().string()));
      continue;
    }
    if (filed == "doctrines") continue;  // by question instead: each case names its chapter
    EXPECT_EQ(filed, chapter) << c.at.where.file << ": " << c.name;
  }
  for (const std::string_view chapter : chapter_names()) {
    EXPECT_GE(cases[std::string(chapter)], 5U) << chapter;
  }
}

/// Is there an expectation that the act is covered, or is not?
bool shows(const LegalCase& c, bool covered) {
  for (const Step& s : c.steps) {
    for (const ExpectedVerdict& v : s.expected.verdicts) {
      if (v.stage == law::Stage::covered && !v.absent && v.yes == covered) return true;
    }
    if (!covered && s.expected.commitments && s.expected.commitments->items.empty()) return true;
  }
  return false;
}

// A shipped treaty that nobody has tried on a case may say anything.
TEST(Corpus, DecidesCasesOfEveryShippedTreaty) {
  std::size_t treaties = 0;
  for (const auto& entry : std::filesystem::directory_iterator(shipped() + "/treaties")) {
    if (entry.path().extension() != ".yaml") continue;
    ++treaties;
    const std::string file = folder() + "/treaties/" + entry.path().filename().string();
    ASSERT_TRUE(std::filesystem::exists(file)) << file;
    const Casebook book = load(file, {.library = shipped()});
    for (const bool covered : {true, false}) {
      EXPECT_TRUE(std::any_of(book.cases.begin(), book.cases.end(),
                              [&](const LegalCase& c) { return shows(c, covered); }))
          << file << (covered ? ": nothing is covered" : ": everything is");
    }
  }
  EXPECT_GE(treaties, 20U);
}

TEST(Corpus, EveryCaseExpectsSomething) {
  for (const LegalCase& c : all_cases()) {
    const bool expects = std::any_of(c.steps.begin(), c.steps.end(), [](const Step& s) {
      const Expected& e = s.expected;
      return !e.verdicts.empty() || e.commitments || e.breaches || e.conflicts ||
             !e.votes.empty() || !e.foreseen.empty();
    });
    EXPECT_TRUE(expects) << c.at.where.file << ":" << c.at.where.line << ": " << c.name;
    EXPECT_GE(c.situation.size(), 40U) << c.name << " has no situation to speak of";
  }
}

TEST(Corpus, NamesOfCasesOfOneFileAreDistinctAndTitlesAreNotRepeated) {
  std::map<std::string, std::string> titles;
  for (const LegalCase& c : all_cases()) {
    const std::string where = c.at.where.file + ": " + c.name;
    const auto [first, added] = titles.emplace(c.title, where);
    EXPECT_TRUE(added) << where << " has the title of " << first->second;
  }
}

/// Every reason that the pipeline can give is shown by a case, so that the vocabulary is not a
/// promise. The few that need the order of events of a run are listed with why.
TEST(Corpus, ShowsEveryReasonOfTheVocabulary) {
  std::set<std::string> shown;
  for (const LegalCase& c : all_cases()) {
    for (const Step& s : c.steps) {
      for (const ExpectedVerdict& v : s.expected.verdicts) {
        if (v.reason) shown.insert(std::string(name(*v.reason)));
      }
      for (const ExpectedVote& v : s.expected.votes) {
        if (v.reason) shown.insert(std::string(name(*v.reason)));
      }
      for (const ChangeSpec& change : s.changes) shown.insert(std::string(name(change.expect)));
    }
  }
  for (const std::string_view reason : law::names<law::Reason>()) {
    if (reason == "none") continue;
    EXPECT_TRUE(shown.contains(std::string(reason))) << reason;
    EXPECT_FALSE(in_words(*law::parse<law::Reason>(reason)).empty()) << reason;
  }
}

TEST(Corpus, OrderOfActsMembersAndArticlesDoesNotMatter) {
  for (LegalCase c : all_cases()) {
    // Rows of members and acts are reversed; the opinion is compared with the same expectations.
    // Articles keep their rows, as expectations refer to them.
    for (law::Pact& p : c.pacts) std::reverse(p.members.begin(), p.members.end());
    for (Step& s : c.steps) {
      std::reverse(s.situation.wars.begin(), s.situation.wars.end());
      std::reverse(s.situation.votes.begin(), s.situation.votes.end());
      for (PartyFacts& p : s.situation.parties) {
        std::reverse(p.asks_under.begin(), p.asks_under.end());
      }
    }
    const Opinion opinion = decide(c);
    EXPECT_TRUE(opinion.as_expected()) << c.name << "\n" << render(opinion.differences());
  }
}

/// What came of a case: help and breaches of all its steps, and who is at war in the end.
std::vector<std::vector<std::size_t>> outcome(const LegalCase& c) {
  std::vector<std::vector<std::size_t>> out;
  const Opinion opinion = decide(c);
  for (const StepOpinion& s : opinion.steps) {
    for (const law::Commitment& h : s.resolution.commitments) {
      out.push_back({0, h.member.row(), h.beneficiary.row(), h.against.row(), h.pact.row(),
                     static_cast<std::size_t>(h.level)});
    }
    for (const law::Breach& b : s.resolution.breaches) {
      out.push_back({1, b.member.row(), b.towards.row(), b.pact.row(),
                     static_cast<std::size_t>(b.kind), static_cast<std::size_t>(b.abstention)});
    }
  }
  std::sort(out.begin(), out.end());
  for (const auto& [a, b] : opinion.steps.back().at_war) out.push_back({2, a.row(), b.row()});
  return out;
}

TEST(Corpus, WhereAStepIsCutByDaysDoesNotMatter) {
  std::size_t several = 0;
  for (const LegalCase& c : all_cases()) {
    LegalCase cut = c;
    cut.steps.clear();
    for (const Step& s : c.steps) {
      std::map<Date, std::vector<CaseAct>> days;
      for (const CaseAct& a : s.acts) days[a.act.date].push_back(a);
      if (days.empty()) cut.steps.push_back(s);
      for (const auto& [date, acts] : days) {
        Step day = s;
        day.acts = acts;
        day.expected = {};
        if (date != days.begin()->first) day.changes.clear();
        cut.steps.push_back(std::move(day));
      }
    }
    if (cut.steps.size() == c.steps.size()) continue;
    ++several;
    EXPECT_EQ(outcome(c), outcome(cut)) << c.name;
  }
  EXPECT_GE(several, 8U);
}

TEST(Corpus, NobodyEndsAtWarWithItselfAndCascadesEnd) {
  for (const LegalCase& c : all_cases()) {
    for (const StepOpinion& s : decide(c).steps) {
      for (const auto& [a, b] : s.at_war) EXPECT_NE(a, b) << c.name;
      // Whom it helps is a question of its own, and so is an enemy who comes in later.
      std::set<std::array<std::size_t, 6>> decided;
      for (const law::Verdict& v : s.resolution.verdicts) {
        // What has come to nothing under one article may be given under another.
        if (v.stage != law::Stage::honoured || !v.yes) continue;
        const law::Act& act = s.resolution.acts[v.act];
        const std::size_t author = act.author.valid() ? act.author.row() : act.sponsor.row();
        EXPECT_TRUE(decided
                        .insert({v.pact.row(), v.member.row(), act.conflict.value, v.towards.row(),
                                 author, static_cast<std::size_t>(v.level)})
                        .second)
            << c.name << ": a member helps another twice against one under one pact";
      }
    }
  }
}

TEST(Corpus, TheSchemaIsJsonAndNamesEveryKeyOfTheFormat) {
  const std::string schema = casebook_schema();
  for (const char* key :
       {"\"casebook/1\"", "\"cases\"", "\"situation\"", "\"not_covered\"", "\"commitments\"",
        "\"foreseen\"", "\"steps\"", "\"changes\"", "\"provocation\"", "\"asks_under\"",
        "\"defender_branded_aggressor\"", "\"article\"", "\"organs\""}) {
    EXPECT_NE(schema.find(key), std::string::npos) << key;
  }
}

}  // namespace
}  // namespace casus::casebook
