#include <gtest/gtest.h>

#include <filesystem>

#include "casus/scenario/paths.h"
#include "casus/world/columns.h"
#include "support.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

Scenario edited(const std::vector<Edit>& edits = {}) {
  return Scenario::parse(test::small_world, "small.yaml", test::vocabulary(), edits);
}
Edit set(const std::string& path, const std::string& yaml) { return {Edit::Kind::set, path, yaml}; }

/// Two scenarios are equal if they are written the same and hold the same numbers.
void expect_same(const Scenario& a, const Scenario& b) {
  EXPECT_EQ(a.resolved(), b.resolved());
  ASSERT_EQ(a->regions.size(), b->regions.size());
  for (std::size_t i = 0; i < a->regions.size(); ++i) {
    EXPECT_EQ(a->regions[i].population, b->regions[i].population);
    EXPECT_EQ(a->regions[i][&RegionTable::grievance], b->regions[i][&RegionTable::grievance]);
    EXPECT_EQ(a->regions[i].title, b->regions[i].title);
  }
  ASSERT_EQ(a->actors.size(), b->actors.size());
  for (std::size_t i = 0; i < a->actors.size(); ++i) {
    EXPECT_EQ(a->actors[i].forces, b->actors[i].forces);
    EXPECT_EQ(a->actors[i][&ActorTable::income], b->actors[i][&ActorTable::income]);
  }
  ASSERT_EQ(a->presence.size(), b->presence.size());
  ASSERT_EQ(a->relations.size(), b->relations.size());
  ASSERT_EQ(a->pacts.size(), b->pacts.size());
  for (std::size_t i = 0; i < a->pacts.size(); ++i) {
    EXPECT_EQ(law::hash(a->pacts[i]), law::hash(b->pacts[i]));
  }
  ASSERT_EQ(a->timeline.size(), b->timeline.size());
  ASSERT_EQ(a->outcomes.size(), b->outcomes.size());
  for (std::size_t i = 0; i < a->outcomes.size(); ++i) {
    EXPECT_EQ(a->outcomes[i].pact, b->outcomes[i].pact);
  }
  for (std::size_t i = 0; i < a->mechanisms.size(); ++i) {
    EXPECT_EQ(a->mechanisms[i].values, b->mechanisms[i].values);
  }
}

TEST(Resolved, LoadsToTheSameScenario) {
  const Scenario s = edited();
  expect_same(s, Scenario::parse(s.resolved(), "resolved.yaml", test::vocabulary()));
}

TEST(Resolved, KeepsTextThatLooksLikeSomethingElse) {
  const std::string odd =
      test::changed("title: The North", "title: \"no: [a] # 'x' \\\"y\\\" \\t\"");
  const Scenario s = Scenario::parse(odd, "odd.yaml", test::vocabulary());
  EXPECT_EQ(test::region(s, "north").title, "no: [a] # 'x' \"y\" \t");
  expect_same(s, Scenario::parse(s.resolved(), "resolved.yaml", test::vocabulary()));
}

TEST(Edits, SetValuesAndPriors) {
  const Scenario s =
      edited({set("actors.arland.forces", "{uniform: [10000, 14000]}"),
              set("actors.arland.resolve", "0.4"), set("mechanisms.coups.hazard", "5 %/year"),
              set("regions.north.grievance", "0.9"), set("clock.step", "1 day"),
              set("title", "Another world")});
  EXPECT_EQ(s->actors[0].forces, Number(Number::Shape::uniform, 10000, 14000));
  EXPECT_EQ(s->actors[0][&ActorTable::resolve], Number(0.4));
  EXPECT_EQ(s->mechanisms[1].values[0], Number(0.05));
  EXPECT_FALSE(s->mechanisms[1].enabled) << "what an edit does not name stays";
  EXPECT_EQ(test::region(s, "north")[&RegionTable::grievance], Number(0.9))
      << "a number in place of a prior";
  EXPECT_EQ(s->clock.step, Minutes(24 * 60));
  EXPECT_EQ(s->title, "Another world");
  expect_same(s, Scenario::parse(s.resolved(), "resolved.yaml", test::vocabulary()));
}

TEST(Edits, SetAParameterOfAMechanismThatTheFileDoesNotName) {
  const std::string text = test::changed("  coups: {enabled: false}\n", "");
  const Scenario s =
      Scenario::parse(text, "t.yaml", test::vocabulary(), {set("mechanisms.coups.hazard", "0.2")});
  EXPECT_EQ(s->mechanisms[1].values[0], Number(0.2));
}

TEST(Edits, SetRelations) {
  const Scenario s =
      edited({set("relations.arland.beland", "-0.5"), set("relations.front.beland", "0.1")});
  EXPECT_EQ(test::affinity(s, "arland", "beland"), Number(-0.5));
  EXPECT_EQ(test::affinity(s, "beland", "arland"), Number(0.5)) << "the other direction stays";
  EXPECT_EQ(test::affinity(s, "front", "beland"), Number(0.1));
}

TEST(Edits, ArticlesWithDotsInTheirNames) {
  const std::string text = test::changed("\"8\": {then", "\"II.3\": {then");
  const Scenario s = Scenario::parse(text, "t.yaml", test::vocabulary(),
                                     {{Edit::Kind::remove, "pacts.charter.articles.II.3", ""}});
  EXPECT_EQ(s->pacts[0].articles.size(), 3U);
}

TEST(Edits, WithoutAPactEverythingThatHangsOnItGoes) {
  const Scenario base = edited();
  const Scenario s = base.without("pacts.charter");
  EXPECT_EQ(base->pacts.size(), 1U) << "the baseline is untouched";
  EXPECT_TRUE(s->pacts.empty());
  EXPECT_TRUE(s->crises.empty()) << "its challenger is gone";
  ASSERT_EQ(s->measures.size(), 1U);
  // The outcomes stay comparable: what is asked of the pact is asked of nothing.
  ASSERT_EQ(s->outcomes.size(), 4U);
  EXPECT_EQ(s->outcomes[0].pact, std::vector<PactId>{PactId()});
  // "member(arland, charter)" is false from now on, so its entry never happens.
  ASSERT_EQ(s->timeline.size(), 3U);
  ASSERT_TRUE(s->timeline.back().when) << "what has no day comes last";
  ASSERT_EQ(s->timeline.back().when->terms.size(), 1U);
  EXPECT_LT(s->timeline.back().when->terms[0].value, 0.0);
  expect_same(s, Scenario::parse(s.resolved(), "resolved.yaml", test::vocabulary()));
}

TEST(Edits, WithoutAnActor) {
  const Scenario s = edited().without("actors.overseas");
  EXPECT_EQ(s->actors.size(), 4U);
  EXPECT_EQ(s->presence.size(), 5U);
  EXPECT_EQ(s->relations.size(), 2U);
  EXPECT_EQ(s->measures.size(), 1U);
  EXPECT_FALSE(s->actors[2].sponsor.valid());
  EXPECT_EQ(s->timeline.size(), 2U) << "it withdraws no more";
}

TEST(Edits, WithoutAStateItsRegionsGoToo) {
  const Scenario s = edited().without("actors.beland");
  EXPECT_EQ(s->regions.size(), 2U);
  EXPECT_EQ(s->regions[0].neighbours.size(), 1U);
  EXPECT_TRUE(s->pacts.empty()) << "a pact of one is none";
  EXPECT_EQ(s->outcomes[2].regions, (std::vector<RegionId>{RegionId(), RegionId(0)}));
  EXPECT_EQ(s->outcomes[0].against, std::vector<ActorId>{ActorId()});
  ASSERT_EQ(s->timeline.size(), 2U);
  EXPECT_LT(s->timeline.back().when->terms[0].value, 0.0) << "nothing is true of the removed";
  expect_same(s, Scenario::parse(s.resolved(), "resolved.yaml", test::vocabulary()));
}

TEST(Edits, AddEntriesAndItems) {
  const Scenario s = edited(
      {{Edit::Kind::add, "actors.corland", "{kind: external, forces: 100}"},
       {Edit::Kind::add, "pacts.accord", "{in_force: 2024-01-01, members: [arland, corland]}"},
       {Edit::Kind::add, "presence.west.corland", "50"},
       {Edit::Kind::add, "measures",
        "{kind: aid, by: corland, against: arland, size: 3, since: 2023-01-01}"},
       {Edit::Kind::add, "pacts.charter.articles.9", "{then: {abstain: [threat]}}"},
       {Edit::Kind::emit, "", "{at: 2024-02-01, act: strike, by: beland, against: arland}"}});
  EXPECT_EQ(s->actors.size(), 6U);
  EXPECT_EQ(s->pacts.size(), 2U);
  EXPECT_EQ(s->presence.size(), 7U);
  EXPECT_EQ(s->measures.size(), 3U);
  EXPECT_EQ(s->pacts[1].articles.size(), 5U) << "the accord comes first by name";
  ASSERT_EQ(s->timeline.size(), 4U);
  EXPECT_EQ(s->timeline[2].emit->act, law::ActKind::strike);
  EXPECT_EQ(s->timeline[2].at, parse_date("2024-02-01"));
}

TEST(Edits, AreExplainedWhereTheyDoNotFit) {
  try {
    edited({set("actors.arland.forces", "lots")});
    FAIL();
  } catch (const ScenarioError& e) {
    EXPECT_STREQ(e.what(),
                 "edit 'set actors.arland.forces':1:1: error: expected a number, found 'lots' "
                 "[E0201]\n    1 | lots\n      | ^~~~");
  }
  EXPECT_EQ(test::complaint(test::small_world, {{Edit::Kind::remove, "pacts.chartr", ""}}),
            "edit 'remove pacts.chartr': error: pacts.chartr: there is no 'pacts.chartr' to remove "
            "[E0501]; did you mean 'charter'?");
}

TEST(Edits, APolicyFileIsAPatchOfItsBaseline) {
  const fs::path scratch = fs::temp_directory_path() / "casus_scenario_policy";
  fs::create_directories(scratch / "policies");
  std::ofstream(scratch / "base.yaml") << test::small_world;
  std::ofstream(scratch / "policies" / "no_charter.yaml") << R"(casus: scenario/1
title: No charter
include: ../base.yaml
edits:
  - {remove: pacts.charter}
  - {set: actors.arland.resolve, to: 0.2}
  - {add: relations, value: {from: beland, to: front, affinity: -0.9}}
  - {emit: {at: 2024-01-05, act: threat, by: beland, against: arland}}
)";
  const Scenario s =
      Scenario::load((scratch / "policies" / "no_charter.yaml").string(), test::vocabulary());
  fs::remove_all(scratch);
  EXPECT_EQ(s->title, "No charter");
  EXPECT_TRUE(s->pacts.empty());
  EXPECT_EQ(s->actors[0][&ActorTable::resolve], Number(0.2));
  EXPECT_EQ(s->relations.size(), 4U);
  EXPECT_EQ(s->timeline.size(), 4U);
  ASSERT_EQ(s.inputs().size(), 2U);
  EXPECT_EQ(s.inputs()[1].second, test::small_world);
  expect_same(s, Scenario::parse(s.resolved(), "resolved.yaml", test::vocabulary()));
}

TEST(Paths, AreResolved) {
  const Scenario s = edited();
  const auto resolve = [&](const char* path) {
    return resolve_path(s.data(), s.vocabulary(), path);
  };
  const PathRef forces = resolve("actors.front.forces");
  EXPECT_EQ(forces.table, PathRef::Table::actor);
  EXPECT_EQ(forces.row, 2U);
  EXPECT_EQ(Columns().info(forces).name, "forces");
  EXPECT_TRUE(Columns().settable(forces));
  EXPECT_FALSE(Columns().settable(resolve("regions.north.deaths")));
  const PathRef relation = resolve("relations.beland.front");
  EXPECT_EQ(relation.row, 1U);
  EXPECT_EQ(relation.row2, 2U);
  const PathRef parameter = resolve("mechanisms.insurgency.memory");
  EXPECT_EQ(parameter.table, PathRef::Table::parameter);
  EXPECT_EQ(parameter.row2, 1U);
  for (const char* wrong : {"actors.front", "actors.frnt.forces", "regions.north.forces",
                            "pacts.charter.depth", "", ".", "relations.front.front"}) {
    EXPECT_THROW(resolve(wrong), ScenarioError) << wrong;
  }
  try {
    resolve("actors.frnot.forces");
  } catch (const ScenarioError& e) {
    EXPECT_EQ(e.diagnostics()[0].suggestion, "did you mean 'front'?");
  }
}

}  // namespace
}  // namespace casus
