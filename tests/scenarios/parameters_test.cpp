// No parameter without effect: every parameter of every mechanism, moved across its range, changes
// some shipped scenario; every mechanism switched off changes an outcome.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "../support/shipped.h"

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
    std::uint32_t first, runs;
    Scenario least, most;
  };
  std::vector<Trial> trials;
  struct Tried {
    std::string name;
    std::uint32_t runs, first = 0;
  };
  // Few of those who vote on force like its target: one vote of 400 runs turns on `friendship`.
  for (const auto& [name, runs, first] : {Tried{"tutorial/three-states.yaml", 40},
                                          {"tutorial/two-promises.yaml", 80},
                                          {"july-1914/baseline.yaml", 40},
                                          {"nato/article-5-exercise.yaml", 10},
                                          {"sahel/ecowas/benin-2025.yaml", 10},
                                          {"sahel/ecowas/niger-2023.yaml", 40},
                                          {"sahel/ecowas/niger-2023.yaml", 4, 120},
                                          {"six-day-war/baseline.yaml", 4},
                                          {"sahel/policies/joint-force-15000.yaml", 4},
                                          {"sahel/policies/blockade-of-bamako.yaml", 4},
                                          // Allies decide together; without a pact in company.
                                          {"sahel/policies/no-charter.yaml", 24},
                                          {"sahel/baseline.yaml", 15}}) {
    const Scenario& base = scenario(name);
    trials.push_back({first, runs, base.with({{Edit::Kind::set, path, fmt::format("{}", low)}}),
                      base.with({{Edit::Kind::set, path, fmt::format("{}", high)}})});
  }
  // How grave acts are is for scenarios to say, and it is a doctrine that weighs them.
  const Scenario weighed = scenario("tutorial/three-states.yaml")
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
  trials.push_back({0, 2, weighed.with({{Edit::Kind::set, path, fmt::format("{}", low)}}),
                    weighed.with({{Edit::Kind::set, path, fmt::format("{}", high)}})});
  for (std::uint32_t run = 0; run < 80; ++run) {
    for (const Trial& t : trials) {
      if (run >= t.runs) continue;
      const std::uint32_t number = t.first + run;
      if (after(t.least, number) != after(t.most, number)) return true;
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
