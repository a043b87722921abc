#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "casus/scenario/fingerprint.h"
#include "casus/scenario/treaty.h"
#include "support.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

const std::string shipped = std::string(CASUS_SOURCE_DIR) + "/scenarios";

/// A scenario of states with a region each, and whatever else it says.
std::string world_of(const std::vector<std::string>& states, const std::string& rest) {
  std::string regions = "regions:\n", actors = "actors:\n";
  for (const std::string& name : states) {
    regions += fmt::format(
        "  {}_land: {{owner: {}, population: 1000000, area: 1000, at: [1, 1]}}\n", name, name);
    actors += fmt::format("  {}: {{kind: state, forces: 1000, capital: {}_land}}\n", name, name);
  }
  return "casus: scenario/1\ntitle: Mine\nclock: {start: 2023-09-16, days: 30}\n" + regions +
         actors + rest;
}

/// A folder of files, gone with the test.
class Treaties : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / (std::string("casus_treaties_") + info->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "library" / "treaties");
    write("library/treaties/league.yaml", league);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  ReadLimits limits() const { return {.library = (folder_ / "library").string()}; }
  Scenario load(const std::string& text, const std::vector<Edit>& edits = {}) const {
    write("mine.yaml", text);
    return Scenario::load((folder_ / "mine.yaml").string(), test::vocabulary(), edits, limits());
  }
  std::vector<Diagnostic> problems(const std::string& text) const {
    try {
      load(text);
    } catch (const ScenarioError& e) {
      return e.diagnostics();
    }
    return {};
  }

  static constexpr const char* league = R"YAML(casus: treaty/1
title: The League
description: A treaty for tests.
sources: {text1: "The text"}
areas: [the_gulf]
others: [xland, yland]
pacts:
  league:
    title: League
    source: text1
    in_force: 2000-01-01
    original_targets: [xland]
    members: {aland: {}, bland: {reservations: ["6"]}, cland: {}, dland: {}}
    organs: {council: {decision: majority, veto: [dland]}}
    articles:
      "1": {when: {act: [invasion]}, by: [xland], where: members, then: {assist: [aid]}, exempt: [dland]}
      "2": {extends: "1", when: {act: [strike]}}
      "3": {when: {act: [invasion]}, by: {kind: [armed_group], actors: [xland]}, where: members, then: {assist: [aid]}}
      "4": {when: {act: [invasion]}, where: [the_gulf], then: {assist: [aid]}}
      "5": {when: {act: [invasion], between_members: true}, where: members, then: {assist: [mediation]}}
      "6": {when: {act: [strike]}, by: {actors: [yland]}, where: members, then: {assist: [aid]}}
      "7": {when: {act: [strike]}, by: {kind: [state], except: [yland]}, where: members, then: {assist: [aid]}}
)YAML";

  fs::path folder_;
};

const std::string include = "include: treaties/league.yaml\n";

const law::Article* article(const law::Pact& pact, const std::string& id) {
  for (const law::Article& a : pact.articles) {
    if (a.id == id) return &a;
  }
  return nullptr;
}

TEST_F(Treaties, WhoIsNotHereIsLeftOutAndOneNoteSaysSo) {
  const Scenario s = load(world_of({"aland", "bland", "cland", "xland", "yland"}, include));
  ASSERT_EQ(s->pacts.size(), 1U);
  EXPECT_EQ(s->title, "Mine") << "the treaty's title is the treaty's";
  EXPECT_EQ(s->pacts[0].members.size(), 3U);
  EXPECT_EQ(s->pacts[0].articles.size(), 7U);
  EXPECT_TRUE(s->pacts[0].organs[0].veto.empty());
  EXPECT_TRUE(article(s->pacts[0], "1")->exempt.empty());
  ASSERT_EQ(s.notes().size(), 2U);  // and that there are no outcomes
  EXPECT_EQ(s.notes()[0].severity, Severity::note);
  EXPECT_EQ(s.notes()[1].code, "W0403");
  EXPECT_EQ(s.notes()[0].message,
            "league: 1 of 4 members are not in this scenario; no region is in the_gulf");
  ASSERT_EQ(s.inputs().size(), 2U);
  EXPECT_EQ(s.inputs()[1].second, league);
}

// The heart of it: an article must not come to mean anybody because nobody it names is here.
TEST_F(Treaties, AnArticleNeverMeansMoreThanItDid) {
  const Scenario s = load(world_of({"aland", "bland", "zland"}, include));
  const law::Pact& pact = s->pacts.at(0);
  EXPECT_EQ(article(pact, "1"), nullptr) << "against xland, and not against anybody";
  EXPECT_EQ(article(pact, "2"), nullptr) << "which widens the same";
  EXPECT_EQ(article(pact, "5"), nullptr) << "between members, for a third that is not here";
  EXPECT_EQ(article(pact, "6"), nullptr);
  EXPECT_TRUE(pact.members[1].reservations.empty()) << "to an article that is gone";
  ASSERT_NE(article(pact, "3"), nullptr) << "against armed groups all the same";
  EXPECT_TRUE(article(pact, "3")->when.by.named.empty());
  EXPECT_FALSE(article(pact, "3")->when.by.kinds.empty());
  EXPECT_TRUE(article(pact, "7")->when.by.excluded.empty());
  EXPECT_TRUE(pact.original_targets.empty());
  // A place that no region is in is still a place, and none of those here.
  const law::Geography& where = article(pact, "4")->when.where;
  EXPECT_EQ(where.scope, law::Scope::listed);
  EXPECT_TRUE(where.areas.any());
  for (const RegionSpec& r : s->regions) EXPECT_FALSE(where.areas.meets(r.area_set));
  EXPECT_EQ(s.notes().at(0).message,
            "league: 2 of 4 members are not in this scenario; left out, because their adversaries "
            "are not here: articles 1, 6; left out, because they need a third member: article 5; "
            "left out, because what they extend is left out: article 2; no region is in the_gulf");
}

TEST_F(Treaties, OneMemberIsBoundToNobody) {
  const std::string rest = "outcomes: {kept: {title: Kept, count: honour, by: league}}\n";
  const Scenario s = load(world_of({"aland", "zland"}, include + rest));
  EXPECT_TRUE(s->pacts.empty());
  EXPECT_EQ(
      s.notes().at(0).message,
      "league: 3 of 4 members are not in this scenario, so it is left out: one alone is bound "
      "to nobody");
  EXPECT_EQ(s->outcomes.size(), 1U) << "which may name what is not there, and counts nothing";
}

TEST_F(Treaties, ASlipOfThePenIsAMistake) {
  const std::vector<std::string> states{"aland", "bland", "zland"};
  const auto code = [&](const std::string& rest) {
    const auto found = problems(world_of(states, include + rest));
    return found.empty() ? std::string() : found[0].code;
  };
  // Whom the scenario itself names has to be there, also as a member of an included treaty.
  EXPECT_EQ(code("pacts: {league: {members: {blandd: {}}}}\n"), "E0301");
  EXPECT_EQ(code("pacts: {league: {members: {cland: {joined: 2001-01-01}}}}\n"), "E0301");
  EXPECT_EQ(code("pacts: {league: {articles: {\"8\": {when: {act: [strike]}, by: [xland], where: "
                 "members, then: {assist: [aid]}}}}}\n"),
            "E0301");
  // And whom a treaty names without declaring it.
  std::string wrong = league;
  wrong.replace(wrong.find("by: [xland]"), 11, "by: [xlamd]");
  write("library/treaties/league.yaml", wrong);
  EXPECT_EQ(code(""), "E0301");
  EXPECT_THROW(load_treaty((folder_ / "library/treaties/league.yaml").string()), ScenarioError);
  wrong = league;
  wrong.replace(wrong.find("where: [the_gulf]"), 17, "where: [the_golf]");
  write("library/treaties/league.yaml", wrong);
  EXPECT_EQ(code(""), "E0302");
  write("library/treaties/league.yaml", std::string(league) + "actors: {aland: {kind: state}}\n");
  EXPECT_EQ(code(""), "E0203") << "a treaty has no actors of its own";
}

TEST_F(Treaties, AScenarioChangesAnIncludedTreaty) {
  const std::vector<std::string> states{"aland", "bland", "zland"};
  Scenario s = load(world_of(states, include + "pacts: {league: {members: {aland: {suspended: "
                                               "[2023-10-01], reservations: [\"7\"]}}}}\n"));
  const law::Member& aland = s->pacts.at(0).members.at(0);
  EXPECT_EQ(aland.suspensions.size(), 1U);
  EXPECT_EQ(aland.reservations.size(), 1U);
  s = load(world_of(
      states, include + "edits: [{set: pacts.league.articles.7.procedure, to: automatic}]\n"));
  EXPECT_EQ(article(s->pacts.at(0), "7")->procedure, law::Procedure::automatic);
  // The same value twice would be one too many.
  EXPECT_EQ(problems(world_of(states, include + "pacts: {league: {title: Mine}}\n")).at(0).code,
            "E0109");
  // Who comes in by an edit is a member at once.
  const Scenario with =
      s.with({{Edit::Kind::add, "regions.cland_land",
               "{owner: cland, population: 1000000, area: 1000, at: [1, 1]}"},
              {Edit::Kind::add, "actors.cland", "{kind: state, forces: 10, capital: cland_land}"}});
  EXPECT_EQ(with->pacts.at(0).members.size(), 3U);
  EXPECT_NE(article(with->pacts.at(0), "5"), nullptr) << "for which there is a third now";
}

TEST_F(Treaties, NothingDependsOnTheOrderOfFiles) {
  std::string second = league;
  for (std::size_t at = second.find("league:"); at != std::string::npos;
       at = second.find("league:", at + 8)) {
    second.replace(at, 7, "second:");
  }
  second.replace(second.find("the_gulf]"), 9, "a_strait]");
  second.replace(second.find("where: [the_gulf]"), 17, "where: [a_strait]");
  write("library/treaties/second.yaml", second);
  const std::vector<std::string> states{"aland", "bland", "cland", "xland"};
  const Scenario one =
      load(world_of(states, "include: [treaties/league.yaml, treaties/second.yaml]\n"));
  const Scenario other = load(world_of({"xland", "cland", "bland", "aland"},
                                       "include: [treaties/second.yaml, treaties/league.yaml]\n"));
  EXPECT_EQ(one->pacts.size(), 2U);
  EXPECT_EQ(fingerprint(one.data()), fingerprint(other.data()));
  EXPECT_EQ(one.notes().size(), 3U);  // and that there are no outcomes
  // Written out it stands alone, and is the same scenario.
  write("whole.yaml", one.resolved());
  const Scenario whole =
      Scenario::load((folder_ / "whole.yaml").string(), test::vocabulary(), {}, {});
  EXPECT_EQ(whole.resolved(), one.resolved());
  EXPECT_EQ(fingerprint(whole.data()), fingerprint(one.data()));
  EXPECT_EQ(Scenario::make(one.data(), test::vocabulary())->areas.names(), one->areas.names());
}

TEST_F(Treaties, AreLookedUpBesideTheFileFirst) {
  const std::string text = world_of({"aland", "bland"}, include);
  EXPECT_EQ(load(text)->pacts.at(0).title, "League");
  fs::create_directories(folder_ / "treaties");
  std::string own = league;
  own.replace(own.find("title: League"), 13, "title: Nearer");
  write("treaties/league.yaml", own);
  EXPECT_EQ(load(text)->pacts.at(0).title, "Nearer");
  const auto found = problems(world_of({"aland", "bland"}, "include: treaties/leage.yaml\n"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "E0100");
  EXPECT_EQ(found[0].message,
            fmt::format("cannot read 'treaties/leage.yaml': there is neither '{}' nor '{}'",
                        (folder_ / "treaties/leage.yaml").string(),
                        (folder_ / "library/treaties/leage.yaml").string()));
  EXPECT_EQ(found[0].suggestion, "did you mean 'treaties/league.yaml'?");
}

TEST_F(Treaties, ATreatyIsNoScenario) {
  try {
    Scenario::load((folder_ / "library/treaties/league.yaml").string(), test::vocabulary());
    FAIL() << "it was read as one";
  } catch (const ScenarioError& e) {
    EXPECT_EQ(e.diagnostics()[0].message, "this is a treaty, and no scenario by itself");
  }
  EXPECT_TRUE(is_treaty((folder_ / "library/treaties/league.yaml").string()));
  write("mine.yaml", world_of({"aland"}, ""));
  EXPECT_FALSE(is_treaty((folder_ / "mine.yaml").string()));
  EXPECT_FALSE(is_treaty((folder_ / "none.yaml").string()));
}

class ShippedTreaty : public ::testing::TestWithParam<std::string> {};

std::vector<std::string> shipped_treaties() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(shipped + "/treaties")) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST_P(ShippedTreaty, LoadsAloneAndWithAnyTwoOfItsMembers) {
  const std::string name = "treaties/" + GetParam() + ".yaml";
  const TreatyFile treaty = load_treaty(shipped + "/" + name);
  EXPECT_FALSE(treaty.title.empty());
  EXPECT_FALSE(treaty.description.empty());
  for (const law::Pact& pact : treaty.pacts) {
    EXPECT_FALSE(pact.articles.empty()) << pact.id;
    for (const law::Article& a : pact.articles) {
      EXPECT_FALSE(a.title.empty()) << pact.id << ", " << a.id;
      EXPECT_FALSE(a.text.empty()) << pact.id << ", " << a.id;
    }
  }
  // Neighbours in the order of names, so that every party is tried with two others.
  for (std::size_t i = 1; i < treaty.parties.size(); ++i) {
    const std::string text =
        world_of({treaty.parties[i - 1], treaty.parties[i]}, fmt::format("include: {}\n", name));
    ASSERT_NO_THROW(
        try {
          const Scenario s =
              Scenario::parse(text, "mine.yaml", test::vocabulary(), {}, {.library = shipped});
          for (const law::Pact& pact : s->pacts) EXPECT_EQ(pact.members.size(), 2U);
          const auto notes = std::count_if(s.notes().begin(), s.notes().end(),
                                           [](const Diagnostic& d) { return d.code == "E0116"; });
          EXPECT_LE(static_cast<std::size_t>(notes), treaty.pacts.size()) << "one each at most";
        } catch (const ScenarioError& e) {
          ADD_FAILURE() << e.what();
          throw;
        });
  }
}

INSTANTIATE_TEST_SUITE_P(All, ShippedTreaty, ::testing::ValuesIn(shipped_treaties()),
                         [](const auto& each) { return each.param; });

// A scenario may have all of them, whose names must then not be the same.
TEST(ShippedTreaties, CanBeIncludedTogether) {
  const std::vector<std::string> names = shipped_treaties();
  EXPECT_GE(names.size(), 20U);
  std::vector<std::string> includes;
  for (const std::string& name : names) includes.push_back("treaties/" + name + ".yaml");
  const Scenario s = Scenario::parse(
      world_of({"france", "germany", "united_kingdom", "united_states", "russia", "mali", "niger"},
               fmt::format("include: [{}]\n", fmt::join(includes, ", "))),
      "all.yaml", test::vocabulary(), {}, {.library = shipped});
  EXPECT_GE(s->pacts.size(), 8U);
}

}  // namespace
}  // namespace casus
