#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "casus/casebook/opinion.h"

namespace casus::casebook {
namespace {

namespace fs = std::filesystem;

/// Cases that include a treaty of four, of whom they have fewer.
class Include : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / (std::string("casus_include_") + info->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "treaties");
    write("treaties/league.yaml", R"YAML(casus: treaty/1
title: The League
sources: {text1: "The text"}
areas: [the_gulf]
others: [xland]
pacts:
  league:
    title: League
    source: text1
    in_force: 2000-01-01
    members: {aland: {}, bland: {}, cland: {}, dland: {}}
    articles:
      "1": {title: Against one, when: {act: [strike]}, by: [xland], where: members, then: {assist: [aid]}}
      "2": {title: At sea, when: {act: [attack_on_vessels]}, where: [the_gulf], then: {assist: [aid]}}
)YAML");
    write("scenario.yaml", "casus: scenario/1\npacts: {}\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  Casebook read(const std::string& parties, const std::string& more, const std::string& act,
                const std::string& expect,
                const std::string& include = "treaties/league.yaml") const {
    return parse("casus: casebook/1\ninclude: " + include + "\nchapter: coverage\nparties: {" +
                     parties + "}\nplaces: {port: {sovereign: aland, areas: [a_bay]}}\n" + more +
                     "cases:\n  one:\n    title: One\n    situation: Something happens\n    acts: "
                     "{act: {" +
                     act + ", date: 2010-01-01}}\n    expect: {" + expect + "}\n",
                 "cases.yaml", {.library = folder_.string()});
  }
  std::string code(const std::string& parties, const std::string& more,
                   const std::string& include = "treaties/league.yaml") const {
    try {
      read(parties, more, "act: strike, by: bland, against: aland", "breaches: []", include);
    } catch (const ScenarioError& e) {
      return e.diagnostics()[0].code;
    }
    return {};
  }

  fs::path folder_;
};

const std::string three = "aland: state, bland: state, zland: state";

TEST_F(Include, WhoIsNoPartyIsLeftOut) {
  const Casebook book = read(three + ", xland: state", "", "act: strike, by: xland, against: aland",
                             "commitments: [{member: bland, article: \"1\"}]");
  EXPECT_EQ(book.cases.at(0).pacts.at(0).members.size(), 2U);
  const Opinion opinion = decide(book.cases[0]);
  EXPECT_TRUE(opinion.as_expected()) << render(opinion.differences());
}

// Not against anybody, because the one whom it is against is not here.
TEST_F(Include, AnArticleMeansNobodyElse) {
  const Casebook book = read(three, "", "act: strike, by: zland, against: aland",
                             "commitments: [], verdicts: [{not_covered: act_not_listed}]");
  EXPECT_EQ(book.cases.at(0).pacts.at(0).articles.size(), 1U);
  const Opinion opinion = decide(book.cases[0]);
  EXPECT_TRUE(opinion.as_expected()) << render(opinion.differences());
}

TEST_F(Include, AnAreaThatNoPlaceHasIsATermAllTheSame) {
  const Casebook book = read(three, "areas: [a_bay]\n",
                             "act: attack_on_vessels, by: zland, against: aland, where: port",
                             "verdicts: [{article: \"2\", not_covered: place_not_covered}]");
  const Opinion opinion = decide(book.cases[0]);
  EXPECT_TRUE(opinion.as_expected()) << render(opinion.differences());
}

TEST_F(Include, AFileStandsOverWhatItIncludes) {
  const Casebook book =
      read(three,
           "pacts: {league: {title: Mine, members: {bland: {notice: 2005-01-01, reservations: "
           "[\"2\"]}}, articles: {\"2\": {procedure: automatic}}}}\n",
           "act: strike, by: zland, against: aland", "commitments: []");
  const law::Pact& pact = book.cases.at(0).pacts.at(0);
  EXPECT_EQ(pact.title, "Mine");
  EXPECT_TRUE(pact.members[1].notice.has_value());
  EXPECT_EQ(pact.members[1].reservations.size(), 1U);
  EXPECT_EQ(pact.articles[0].procedure, law::Procedure::automatic);
}

TEST_F(Include, WhomTheFileItselfNamesHasToBeThere) {
  EXPECT_EQ(code(three, ""), "");
  EXPECT_EQ(code(three, "pacts: {league: {members: {cland: {notice: 2005-01-01}}}}\n"), "E0301");
  EXPECT_EQ(code(three, "pacts: {league: {members: {blandd: {}}}}\n"), "E0301");
  EXPECT_EQ(code(three, "", "treaties/leage.yaml"), "E0100");
  EXPECT_EQ(code(three, "", "scenario.yaml"), "E0208") << "cases include treaties only";
}

// One alone is bound to nobody, so there is no pact; a case that expects something of it says so.
TEST_F(Include, APactOfOneIsNone) {
  EXPECT_TRUE(read("aland: state, zland: state", "", "act: strike, by: zland, against: aland",
                   "commitments: []")
                  .cases.at(0)
                  .pacts.empty());
}

}  // namespace
}  // namespace casus::casebook
