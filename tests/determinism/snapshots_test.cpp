// A run saved and loaded elsewhere, and a run that goes on under a policy.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "../support/shipped.h"
#include "casus/core/contracts.h"

namespace casus::test {
namespace {

class Snapshots : public ::testing::TestWithParam<std::string> {};

std::string bytes_of(const Simulation& s) {
  std::ostringstream out;
  s.save(out);
  return out.str();
}

// 2N = N + N, with the second N in a process that knows the bytes alone.
TEST_P(Snapshots, LoadedRunsGoOnToTheSameBytes) {
  const Scenario scenario = load(GetParam());
  RunOptions options;
  options.seed = 5;
  options.run = 3;
  Simulation whole = run_days(scenario, 40, options);
  std::istringstream in(bytes_of(whole));
  Simulation resumed = Simulation::load(load(GetParam()), standard_registry(), in);
  for (int i = 0; i < 40 && !whole.done(); ++i) {
    whole.step();
    resumed.step();
  }
  EXPECT_EQ(digest(resumed), digest(whole));
  EXPECT_TRUE(bytes_of(resumed) == bytes_of(whole));
}

INSTANTIATE_TEST_SUITE_P(Shipped, Snapshots, ::testing::ValuesIn(shipped()), FileName());

// --- forks into the shipped policies

struct Case {
  const char* policy;
  const char* base;
  /// The policy as it is dated the day of the fork: edits of the base; empty: the policy itself,
  /// whose dates lie after the fork.
  std::vector<Edit> dated;
  const char* refused = nullptr;  ///< or what it is refused for
};

Edit set(const std::string& path, const std::string& to) { return {Edit::Kind::set, path, to}; }
Edit on(const std::string& date, const std::string& values) {
  return {Edit::Kind::add, "timeline", "{title: dated, at: " + date + ", set: {" + values + "}}"};
}

const char* const sahel = "sahel/baseline.yaml";
const char* const july = "july-1914/baseline.yaml";
constexpr double fork_day = 8;
const std::string sahel_day = "2023-09-24", july_day = "1914-07-31";

std::vector<Case> cases() {
  const char* past = "which is past";
  return {
      {"sahel/policies/accession-of-chad.yaml", sahel, {}},
      {"sahel/policies/accession-of-guinea.yaml", sahel, {}},
      {"sahel/policies/accession-of-togo.yaml", sahel, {}},
      {"sahel/policies/blockade-of-bamako.yaml", sahel, {}},
      {"sahel/policies/coup-inside-the-alliance.yaml", sahel, {}},
      {"sahel/policies/drone-shot-down.yaml", sahel, {}},
      {"sahel/policies/ecowas-intervenes.yaml", sahel, {}},
      {"sahel/policies/ecowas-intervenes-without-nigeria.yaml", sahel, {}},
      {"sahel/policies/no-charter.yaml", sahel, {set("pacts.aes.ended", sahel_day)}},
      {"sahel/policies/no-promises.yaml",
       sahel,
       {set("pacts.aes.ended", sahel_day), set("pacts.pledge_to_niger.ended", sahel_day)}},
      {"sahel/policies/sanctions-kept.yaml",
       sahel,
       {on(sahel_day, "mechanisms.statecraft.sanction_fatigue: 0 /year")}},
      {"sahel/policies/sanctions-lifted-early.yaml",
       sahel,
       {on(sahel_day, "mechanisms.statecraft.sanction_fatigue: 10 /year")}},
      {"sahel/policies/algeria-mediates.yaml", sahel, {}, "wars.csp_mali"},
      {"sahel/policies/jihadists-allied.yaml", sahel, {}, "wars.jnim_issp"},
      {"sahel/policies/jihadists-truce.yaml", sahel, {}, "wars.jnim_issp"},
      {"sahel/policies/france-stays-in-niger.yaml", sahel, {}, past},
      {"sahel/policies/un-mission-stays.yaml", sahel, {}, past},
      {"sahel/policies/nigeria-for-force.yaml", sahel, {}, "crises.niger_coup"},
      {"sahel/policies/spill-over.yaml", sahel, {}, "presence.benin_north.jnim"},
      {"july-1914/policies/no-dual-alliance.yaml",
       july,
       {set("pacts.dual_alliance.ended", july_day)}},
      {"july-1914/policies/no-franco-russian.yaml",
       july,
       {set("pacts.franco_russian.ended", july_day)}},
      {"july-1914/policies/no-russian-assurance.yaml",
       july,
       {set("pacts.russian_assurance.ended", july_day)}},
      {"july-1914/policies/no-treaty-of-london.yaml",
       july,
       {set("pacts.treaty_of_london.ended", july_day)}},
      {"csto/policies/armenia-at-war.yaml", "csto/karabakh-2020.yaml", {}, "wars.karabakh"},
      {"csto/policies/karabakh-recognised.yaml",
       "csto/karabakh-2020.yaml",
       {},
       "regions.nagorno_karabakh"},
      {"csto/policies/russia-at-peace.yaml", "csto/armenia-2022.yaml", {}, "wars.ukraine"},
  };
}

// Events in terms of what does not depend on the rows of pacts, of which a fork keeps those that
// are gone behind the others.
std::vector<std::string> told(const Simulation& s) {
  std::vector<std::string> lines;
  const auto row = [](auto id) { return id.valid() ? std::to_string(id.row()) : std::string("-"); };
  for (const Event& e : s.log().all()) {
    const std::string pact = e.pact.valid() ? s.world().pacts[e.pact.row()].id : "-";
    lines.push_back(std::to_string(e.step) + " " + std::string(EventKinds().name(e.kind)) + " " +
                    row(e.who) + " " + row(e.whom) + " " + row(e.where) + " " + pact + " " +
                    std::to_string(e.reason) + " " + std::to_string(e.size) + " " +
                    std::to_string(e.deaths));
  }
  return lines;
}

TEST(Forks, IntoAShippedPolicyEqualTheRunWithThePolicyDatedThatDay) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.policy);
    const Scenario base = load(c.base);
    const Scenario policy = load(c.policy);
    const Simulation before = run_days(base, fork_day);
    if (c.refused != nullptr) {
      try {
        before.fork(policy);
        ADD_FAILURE() << "not refused";
      } catch (const ContractError& e) {
        EXPECT_NE(std::string(e.what()).find(c.refused), std::string::npos) << e.what();
      }
      continue;
    }
    Simulation::Fork fork = before.fork(policy);
    EXPECT_FALSE(fork.changes.empty());
    const Scenario dated = c.dated.empty() ? policy : load(c.base, c.dated);
    Simulation plain = run_days(dated, fork_day);
    for (int i = 0; i < 60 && !plain.done(); ++i) {
      plain.step();
      fork.simulation.step();
    }
    EXPECT_EQ(told(fork.simulation), told(plain));
    EXPECT_EQ(std::vector(fork.simulation.world().actors.reserve),
              std::vector(plain.world().actors.reserve));
    EXPECT_EQ(std::vector(fork.simulation.world().presences.strength),
              std::vector(plain.world().presences.strength));
  }
}

// Whatever a shipped policy edits: it is reconciled, or refused by name.
TEST(Forks, EveryShippedPolicyIsReconciledOrRefusedByName) {
  std::set<std::string> named;
  for (const Case& c : cases()) named.insert(c.policy);
  std::size_t others = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::string(CASUS_SOURCE_DIR) + "/scenarios/sahel/policies")) {
    const std::string file = "sahel/policies/" + entry.path().filename().string();
    if (entry.path().extension() != ".yaml" || named.contains(file)) continue;
    SCOPED_TRACE(file);
    ++others;
    const Simulation before = run_days(load(sahel), fork_day);
    try {
      Simulation::Fork fork = before.fork(load(file));
      for (int i = 0; i < 20; ++i) fork.simulation.step();
      EXPECT_FALSE(fork.changes.empty());
    } catch (const ContractError& e) {
      EXPECT_NE(std::string(e.what()).find("cannot go on from"), std::string::npos) << e.what();
    }
  }
  EXPECT_GT(others, 3U);
}

}  // namespace
}  // namespace casus::test
