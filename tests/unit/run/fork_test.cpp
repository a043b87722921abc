// Going on under an edited scenario.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"
#include "small_land.h"

namespace casus::test::of_fork {
namespace {

const std::string lands = small_land(200, "0.6", R"(pacts:
  first:
    in_force: 2020-01-01
    members: [arden, belmar]
    articles:
      "1": {then: {abstain: [force]}}
  league:
    in_force: 2025-01-01
    members: [arden, belmar]
    articles:
      "1": {when: {act: [rebellion, coup_attempt, invasion, threat]}, then: {assist: [troops]}}
timeline:
  - {title: Late, at: 2030-04-10, emit: {act: coup_attempt, by: belmar, against: belmar}}
  - {title: Early, at: 2030-01-10, emit: {act: coup_attempt, by: arden, against: arden}}
  - {title: Leaving, at: 2030-02-10, withdraw: {actor: arden, region: hills, over: 60 days}}
)");

/// `without`: the title of an entry of the timeline that is not there.
Scenario scenario(const std::vector<Edit>& edits = {}, const std::string& without = {}) {
  std::string text = lands;
  if (!without.empty()) {
    const std::size_t begin = text.find("  - {title: " + without);
    text.erase(begin, text.find('\n', begin) + 1 - begin);
  }
  return Scenario::parse(text, "test.yaml", standard_registry().vocabulary(), edits);
}

Edit set(const std::string& path, const std::string& to) { return {Edit::Kind::set, path, to}; }
Edit add(const std::string& path, const std::string& what) { return {Edit::Kind::add, path, what}; }
Edit remove(const std::string& path) { return {Edit::Kind::remove, path, {}}; }
Edit emit(const std::string& what) { return {Edit::Kind::emit, {}, what}; }

Simulation walked(const Scenario& s, std::uint32_t steps) {
  Simulation simulation(s, {.seed = 11, .run = 2});
  while (simulation.steps_done() < steps) simulation.step();
  return simulation;
}

constexpr std::uint32_t day = 60;  // 2030-03-02

/// A fork into `policy` goes as the run from the start in which the same is `dated` that day.
void expect_same_future(const std::vector<Edit>& policy, const std::vector<Edit>& dated) {
  const Simulation before = walked(scenario(), day);
  Simulation forked = before.fork(scenario(policy)).simulation;
  Simulation plain = walked(scenario(dated), day);
  forked.run();
  plain.run();
  EXPECT_EQ(forked.log().hash(), plain.log().hash()) << policy[0].path;
  if (before.world().pacts.size() == plain.world().pacts.size()) {
    EXPECT_EQ(hash(forked.world()), hash(plain.world())) << policy[0].path;
  }
  Simulation untouched = walked(scenario(), day);
  untouched.run();
  EXPECT_NE(hash(forked.world()), hash(untouched.world())) << "the policy has no effect";
}

TEST(Fork, WithoutAnEditIsTheRunItself) {
  const Simulation before = walked(scenario(), day);
  const std::uint64_t here = before.hash();
  Simulation::Fork fork = before.fork(scenario());
  EXPECT_TRUE(fork.changes.empty());
  EXPECT_EQ(fork.simulation.hash(), here);
  fork.simulation.run();
  Simulation whole = walked(scenario(), 200);
  EXPECT_EQ(fork.simulation.hash(), whole.hash());
  EXPECT_EQ(before.hash(), here) << "the run forked from stays";
}

TEST(Fork, IntoAnEditEqualsTheRunWithTheEditDatedThatDay) {
  const std::string date = "2030-03-02";
  const auto dated = [&](const std::string& path, const std::string& value) {
    return add("timeline", "{title: dated, at: " + date + ", set: {" + path + ": " + value + "}}");
  };
  for (const auto& [path, value] : std::vector<std::pair<std::string, std::string>>{
           {"mechanisms.insurgency.attack_rate", "0.9 /year"},
           {"relations.arden.hillmen", "0.5"},
           {"actors.arden.income", "20 MUSD/year"},
           {"actors.hillmen.cohesion", "0.9"},
           {"regions.hills.grievance", "0.1"}}) {
    expect_same_future({set(path, value)}, {dated(path, value)});
  }
  expect_same_future({remove("pacts.league")}, {set("pacts.league.ended", date)});
  // What is dated already, dated later.
  const Edit threat = emit("{at: 2030-03-20, act: threat, by: belmar, against: arden}");
  expect_same_future({threat}, {threat});
  const Edit gone = set("pacts.league.ended", "2030-03-15");
  expect_same_future({gone}, {gone});
}

TEST(Fork, SaysWhatItChanged) {
  const Simulation before = walked(scenario(), day);
  const auto changes =
      before
          .fork(scenario({set("mechanisms.control.march", "4"), remove("pacts.first"),
                          set("pacts.league.articles.1.then.assist", "[war]"),
                          emit("{at: 2030-03-20, act: threat, by: belmar, against: arden}")},
                         "Late"))
          .changes;
  const auto said = [&](const std::string& what) {
    return std::find(changes.begin(), changes.end(), what) != changes.end();
  };
  EXPECT_EQ(changes.size(), 5U);
  EXPECT_TRUE(said("mechanisms.control.march: 15 becomes 4"));
  EXPECT_TRUE(said("pacts.first: ends on 2030-03-02"));
  EXPECT_TRUE(said("pacts.league: amended"));
  EXPECT_TRUE(said("timeline.'Late': taken out"));
  for (const std::string& c : changes) SCOPED_TRACE(c);
}

TEST(Fork, APactThatIsTakenOutLeavesTheOthersTheirRows) {
  const Simulation before = walked(scenario(), day);
  Simulation fork = before.fork(scenario({remove("pacts.first")})).simulation;
  ASSERT_EQ(fork.world().pacts.size(), 2U);
  EXPECT_EQ(fork.world().pacts[0].id, "league");
  EXPECT_EQ(fork.world().pacts[1].id, "first");
  // What the log says of pacts it says of the same ones.
  ASSERT_EQ(fork.log().size(), before.log().size());
  std::size_t of_pacts = 0;
  for (std::size_t i = 0; i < fork.log().size(); ++i) {
    const PactId a = before.log().all()[i].pact;
    const PactId b = fork.log().all()[i].pact;
    ASSERT_EQ(a.valid(), b.valid());
    if (!a.valid()) continue;
    EXPECT_EQ(before.world().pacts[a.row()].id, fork.world().pacts[b.row()].id);
    ++of_pacts;
  }
  EXPECT_GT(of_pacts, 0U);
  EXPECT_NO_THROW(fork.run());
  // And once more, from the fork.
  Simulation again = before.fork(scenario({remove("pacts.first")})).simulation;
  again.step();
  Simulation third =
      again.fork(scenario({remove("pacts.first"), remove("pacts.league")})).simulation;
  EXPECT_EQ(third.world().pacts.size(), 2U);
  EXPECT_NO_THROW(third.run());
}

TEST(Fork, AWithdrawalUnderWayGoesOnWhenTheTimelineShifts) {
  const Simulation before = walked(scenario(), day);
  const Scenario edited =
      scenario({emit("{at: 2030-05-01, act: statement, by: belmar, against: arden}")}, "Late");
  Simulation fork = before.fork(edited).simulation;
  fork.run();
  std::size_t withdrawn = 0;
  for (const Event& e : fork.log().all()) withdrawn += e.kind == EventKind::withdrawal;
  EXPECT_EQ(withdrawn, 1U);
}

TEST(Fork, RefusesByNameWhatHasNoMeaningInMidRun) {
  const Simulation before = walked(scenario(), day);
  const auto refused = [&](const std::vector<Edit>& edits, std::string_view words,
                           const std::string& without = {}) {
    try {
      before.fork(scenario(edits, without));
      ADD_FAILURE() << "not refused: " << words;
    } catch (const ContractError& e) {
      EXPECT_NE(std::string(e.what()).find(words), std::string::npos) << e.what();
    }
  };
  refused({add("actors.corva", "{kind: external, forces: 10}")}, "actors.corva");
  refused({add("regions.isle", "{owner: belmar, population: 10, area: 5, at: [0, 0]}")},
          "regions.isle");
  refused({set("regions.hills.owner", "belmar")}, "regions.hills");
  refused({set("presence.plain.arden", "4000")}, "presence.plain.arden");
  refused({add("wars.old", "{sides: [[arden], [belmar]], since: 2029-01-01}")}, "wars.old");
  refused({set("clock.start", "2029-12-01")}, "clock");
  refused({set("pacts.league.in_force", "2030-02-01")}, "pacts.league.in_force is 2030-02-01");
  refused({set("pacts.league.ended", "2030-03-01")}, "pacts.league.ended is 2030-03-01");
  refused({add("pacts.third",
               "{in_force: 2030-02-01, members: [arden, belmar], articles: {\"1\": "
               "{then: {abstain: [force]}}}}")},
          "pacts.third.in_force");
  refused({emit("{at: 2030-02-01, act: threat, by: belmar, against: arden}")}, "2030-02-01");
  refused({}, "'Early' has happened", "Early");
  // All of it at once, not the first only.
  refused({set("regions.hills.owner", "belmar")}, "'Early' has happened", "Early");
  refused({set("regions.hills.owner", "belmar")}, "regions.hills", "Early");
}

}  // namespace
}  // namespace casus::test::of_fork
