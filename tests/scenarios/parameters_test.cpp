// No parameter without effect: every parameter of every mechanism, moved across its range, changes
// some shipped scenario; every mechanism switched off changes an outcome. And no number of a
// scenario without one: what may be said of actors and regions moves what happens, for every kind
// of actor that may say it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "../support/shipped.h"
#include "casus/world/columns.h"

namespace casus::test {
namespace {

/// A digest of the world at the end and of what is reported of it, on which nothing in the world
/// may depend.
std::uint64_t after(const Scenario& scenario, std::uint32_t run) {
  RunOptions options;
  options.run = run;
  Simulation s(scenario, options);
  s.run();
  std::uint64_t digest = casus::hash(s.world());
  for (const Event& e : s.log().all()) {
    digest = mix(digest, std::bit_cast<std::uint64_t>(e.reported_deaths));
  }
  return digest;
}

const Scenario& scenario(const std::string& name) {
  static std::map<std::string, Scenario> loaded;
  const auto found = loaded.find(name);
  return found != loaded.end() ? found->second : loaded.emplace(name, load(name)).first->second;
}

// The first run in which the parameter moves the world settles the matter. All scenarios are tried
// run by run: what one never moves, another often moves in its first.
bool moves_something(const std::string& path, double low, double high) {
  struct Trial {
    Scenario base;
    std::uint32_t runs, first = 0;
    std::optional<Scenario> least = {}, most = {};  // made when they are first run, as few are
  };
  // Few of those who vote on force like its target: one vote of 400 runs turns on `friendship`.
  std::vector<Trial> trials{{scenario("tutorial/three-states.yaml"), 40},
                            {scenario("tutorial/two-promises.yaml"), 80},
                            {scenario("july-1914/baseline.yaml"), 40},
                            {scenario("nato/article-5-exercise.yaml"), 10},
                            {scenario("sahel/ecowas/benin-2025.yaml"), 10},
                            {scenario("sahel/ecowas/niger-2023.yaml"), 40},
                            {scenario("sahel/ecowas/niger-2023.yaml"), 4, 120},
                            {scenario("six-day-war/baseline.yaml"), 4},
                            {scenario("sahel/policies/joint-force-15000.yaml"), 4},
                            {scenario("sahel/policies/blockade-of-bamako.yaml"), 4},
                            // Allies decide together; without a pact in company.
                            {scenario("sahel/policies/no-charter.yaml"), 24},
                            {scenario("sahel/baseline.yaml"), 15}};
  // How grave acts are is for scenarios to say, and it is a doctrine that weighs them.
  static const Scenario weighed =
      scenario("tutorial/three-states.yaml")
          .with({
              {Edit::Kind::set, "doctrines.proportion", "to_the_attack"},
              {Edit::Kind::add, "pacts.league",
               "{in_force: 2025-01-01, members: [belmar, corvia], articles: "
               "{'1': {when: {act: [strike]}, "
               "then: {assist: [aid, troops, war]}}}}"},
              {Edit::Kind::emit,
               {},
               "{at: 2030-01-10, act: invasion, by: corvia, against: arden, "
               "where: arden_plain, size: 10, severity: 0.35}"},
              {Edit::Kind::emit,
               {},
               "{at: 2030-01-11, act: strike, by: arden, against: corvia, "
               "where: corvia_land, size: 10, severity: 0.9}"},
          });
  trials.push_back({weighed, 2});
  const auto with = [&](const Scenario& base, double value) {
    return base.with({{Edit::Kind::set, path, fmt::format("{}", value)}});
  };
  for (std::uint32_t run = 0; run < 80; ++run) {
    for (Trial& t : trials) {
      if (run >= t.runs) continue;
      if (!t.least) t.least = with(t.base, low), t.most = with(t.base, high);
      const std::uint32_t number = t.first + run;
      if (after(*t.least, number) != after(*t.most, number)) return true;
    }
  }
  return false;
}

TEST(Parameters, EveryOneHasAnEffectSlow) {
  std::size_t tried = 0;
  for (const MechanismInfo& mechanism : standard_registry().vocabulary()) {
    for (const ParameterInfo& parameter : mechanism.parameters) {
      const std::string path = "mechanisms." + mechanism.name + "." + parameter.name;
      EXPECT_TRUE(moves_something(path, parameter.low, parameter.high)) << path;
      ++tried;
    }
  }
  EXPECT_GT(tried, 80U);
}

TEST(Parameters, EveryMechanismSwitchedOffChangesTheWorldSlow) {
  std::vector<std::string> names = shipped();
  names.emplace_back("sahel/policies/joint-force-15000.yaml");  // none of the others founds one
  for (const MechanismInfo& mechanism : standard_registry().vocabulary()) {
    bool changed = false;
    for (const std::string& name : names) {
      const Scenario& base = scenario(name);
      const Scenario off =
          base.with({{Edit::Kind::set, "mechanisms." + mechanism.name + ".enabled", "false"}});
      for (std::uint32_t run = 0; run < 2 && !changed; ++run) {
        changed = after(base, run) != after(off, run);
      }
    }
    EXPECT_TRUE(changed) << mechanism.name;
  }
}

/// What happens; what is merely so is no effect of itself.
std::uint64_t happened(const Scenario& scenario, std::uint32_t run) {
  RunOptions options;
  options.run = run;
  Simulation s(scenario, options);
  s.run();
  return s.log().hash();
}

/// Those of whom a column says something, by the beginning of their paths.
using Rows = std::vector<std::string> (*)(const ScenarioData&, const ColumnInfo&, unsigned kind);

std::vector<std::string> actors_of(const ScenarioData& s, const ColumnInfo& column, unsigned kind) {
  std::vector<std::string> rows;
  for (const ActorSpec& a : s.actors) {
    // Evidence is of a sponsor.
    if (column.name == "sponsor_evidence" && !a.sponsor.valid()) continue;
    if (static_cast<unsigned>(a.kind) == kind) rows.push_back("actors." + a.name);
  }
  return rows;
}

std::vector<std::string> regions_of(const ScenarioData& s, const ColumnInfo& column, unsigned) {
  std::vector<std::string> rows;
  for (const RegionSpec& r : s.regions) {
    // Ground is shared with enemies, and where it is said there are some.
    const bool said = r.given.says(&RegionTable::control);
    if (column.name == "control" && (!said || r[&RegionTable::control].mean() == 1.0)) continue;
    rows.push_back("regions." + r.name);
  }
  return rows;
}

// The first run in which it moves anything settles the matter; what one scenario never turns on,
// another often does in its first.
bool column_moves_something(const ColumnInfo& column, Rows rows, unsigned kind) {
  struct Tried {
    const char* name;
    std::uint32_t runs;
  };
  const double high = std::min(column.high, 1000.0);
  for (const auto& [name, runs] : {Tried{"sahel/baseline.yaml", 2},
                                   {"tutorial/three-states.yaml", 40},
                                   {"tutorial/two-promises.yaml", 40},
                                   {"july-1914/baseline.yaml", 10},
                                   {"six-day-war/baseline.yaml", 2},
                                   {"nato/article-5-exercise.yaml", 5},
                                   {"csto/kazakhstan-2022.yaml", 5},
                                   {"sahel/ecowas/benin-2025.yaml", 5},
                                   {"sahel/ecowas/niger-2023.yaml", 10}}) {
    std::vector<Edit> low_edits, high_edits;
    for (const std::string& row : rows(scenario(name).data(), column, kind)) {
      const std::string path = row + "." + column.name;
      low_edits.push_back({Edit::Kind::set, path, fmt::format("{}", column.low)});
      high_edits.push_back({Edit::Kind::set, path, fmt::format("{}", high)});
    }
    if (low_edits.empty()) continue;
    // Money in hand and money from sponsors are what pays where income does not.
    if (column.name == "support" || column.name == "resources") {
      for (const std::string& row : rows(scenario(name).data(), column, kind)) {
        low_edits.push_back({Edit::Kind::set, row + ".income", "0"});
        high_edits.push_back(low_edits.back());
      }
    }
    const Scenario low = scenario(name).with(low_edits), most = scenario(name).with(high_edits);
    for (std::uint32_t run = 0; run < runs; ++run) {
      if (happened(low, run) != happened(most, run)) return true;
    }
  }
  return false;
}

/// On what no shipped scenario turns: its outside powers are never suspended, nor are they short of
/// money; nobody expects a group or one of them to keep a promise; the groups that have a sponsor
/// attack no state.
bool never_turned_on(std::string_view column, ActorKind kind) {
  if (kind == ActorKind::state) return false;
  if (kind == ActorKind::armed_group) return column == "sponsor_evidence" || column == "reputation";
  return column == "legitimacy" || column == "resources" || column == "reputation";
}

TEST(GivenNumbers, EveryOneOfAnActorMovesSomethingSlow) {
  std::size_t tried = 0;
  for (const Column<ActorTable>& c : columns_of<ActorTable>()) {
    if (!c.info.given) continue;
    for (const ActorKind kind : {ActorKind::state, ActorKind::armed_group, ActorKind::external}) {
      if ((c.info.kinds & kind_bit(kind)) == 0) continue;
      if (never_turned_on(c.info.name, kind)) continue;
      EXPECT_TRUE(column_moves_something(c.info, actors_of, static_cast<unsigned>(kind)))
          << c.info.name << " of kind " << static_cast<unsigned>(kind);
      ++tried;
    }
  }
  EXPECT_GE(tried, 30U);
}

TEST(GivenNumbers, EveryOneOfARegionMovesSomethingSlow) {
  std::size_t tried = 0;
  for (const Column<RegionTable>& c : columns_of<RegionTable>()) {
    if (!c.info.given) continue;
    EXPECT_TRUE(column_moves_something(c.info, regions_of, 0)) << c.info.name;
    ++tried;
  }
  EXPECT_GT(tried, 5U);
}

TEST(Parameters, EveryOneIsDocumented) {
  for (const MechanismInfo& mechanism : standard_registry().vocabulary()) {
    EXPECT_FALSE(mechanism.doc.empty()) << mechanism.name;
    for (const ParameterInfo& p : mechanism.parameters) {
      EXPECT_FALSE(p.doc.empty()) << mechanism.name << '.' << p.name;
      EXPECT_FALSE(p.source.empty()) << mechanism.name << '.' << p.name;
      EXPECT_LE(p.low, p.fallback) << mechanism.name << '.' << p.name;
      EXPECT_LE(p.fallback, p.high) << mechanism.name << '.' << p.name;
      EXPECT_LT(p.low, p.high) << mechanism.name << '.' << p.name;
    }
  }
}

}  // namespace
}  // namespace casus::test
