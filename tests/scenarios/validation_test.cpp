// What docs/validation.md sets beside the record: totals by country and by who fought whom, and
// reports that nothing in the world follows from.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "../support/shipped.h"
#include "casus/study/outcome.h"

namespace casus::test {
namespace {

const std::vector<std::string> countries{"mali", "burkina_faso", "niger"};
const std::vector<std::string> dyads{"state_jnim",     "state_is",     "jnim_is",
                                     "jnim_civilians", "is_civilians", "state_civilians"};

/// The outcomes of a run by name.
std::map<std::string, double> outcomes_of(const Simulation& run) {
  const Scenario& s = run.scenario();
  const auto values = OutcomeSet(s.data()).evaluate(run.log(), run.world());
  std::map<std::string, double> out;
  for (std::size_t i = 0; i < values.size(); ++i) out[s->outcomes[i].name] = values[i].value;
  return out;
}

TEST(Validation, AsksForEveryDyadOfEveryCountryTrueAndReported) {
  const Scenario s = load("sahel/validation.yaml");
  EXPECT_EQ(s->clock.steps() * s->clock.days(), 365.0);
  std::map<std::string, std::string> asked;
  for (const OutcomeSpec& o : s->outcomes) asked[o.name] = o.what;
  for (const std::string& country : countries) {
    EXPECT_EQ(asked["deaths_" + country], "deaths");
    EXPECT_EQ(asked["all_" + country + "_reported"], "reported_deaths");
    for (const std::string& dyad : dyads) {
      const std::string column = dyad.ends_with("civilians") ? "civilian_deaths" : "combat_deaths";
      EXPECT_EQ(asked[dyad + "_" + country], column) << dyad;
      EXPECT_EQ(asked[dyad + "_" + country + "_reported"], "reported_" + column) << dyad;
    }
  }
}

// docs/validation.md: UCDP GED 25.1, 2022-09 to 2023-08, best estimates; militias with their state.
TEST(Validation, EveryTotalOnRecordIsInItsBandSlow) {
  const std::map<std::string, double> counted{{"state_jnim_mali", 711},
                                              {"state_is_mali", 111},
                                              {"jnim_is_mali", 599},
                                              {"jnim_civilians_mali", 257},
                                              {"is_civilians_mali", 172},
                                              {"state_civilians_mali", 137},
                                              {"all_mali", 2000},
                                              {"state_jnim_burkina_faso", 3433},
                                              {"state_is_burkina_faso", 714},
                                              {"jnim_is_burkina_faso", 155},
                                              {"jnim_civilians_burkina_faso", 711},
                                              {"is_civilians_burkina_faso", 128},
                                              {"state_civilians_burkina_faso", 377},
                                              {"all_burkina_faso", 5518},
                                              {"state_jnim_niger", 42},
                                              {"state_is_niger", 244},
                                              {"jnim_is_niger", 0},
                                              {"jnim_civilians_niger", 3},
                                              {"is_civilians_niger", 116},
                                              {"state_civilians_niger", 0},
                                              {"all_niger", 474}};
  constexpr std::uint32_t runs = 200;
  const Scenario s = load("sahel/validation.yaml");
  std::map<std::string, std::vector<double>> reported;
  for (std::uint32_t r = 0; r < runs; ++r) {
    RunOptions options;
    options.run = r;
    Simulation run(s, options);
    run.run();
    const auto found = outcomes_of(run);
    for (const auto& [name, count] : counted)
      reported[name].push_back(found.at(name + "_reported"));
  }
  for (auto& [name, values] : reported) {
    std::sort(values.begin(), values.end());
    EXPECT_LE(values[runs / 20], counted.at(name)) << name;
    EXPECT_GE(values[runs - 1 - runs / 20], counted.at(name)) << name;
  }
}

// No death is in two dyads, and what is in none is what others do.
TEST(Validation, DyadsDoNotOverlap) {
  const Simulation run = run_days(load("sahel/validation.yaml"), 365.0);
  std::map<std::string, double> found = outcomes_of(run);
  double some = 0.0;
  for (const std::string& country : countries) {
    double dyads_sum = 0.0, reported_sum = 0.0;
    for (const std::string& dyad : dyads) {
      dyads_sum += found.at(dyad + "_" + country);
      reported_sum += found.at(dyad + "_" + country + "_reported");
    }
    EXPECT_LE(dyads_sum, found.at("deaths_" + country) + 1e-6) << country;
    EXPECT_LE(reported_sum, found.at("all_" + country + "_reported") + 1e-6) << country;
    EXPECT_GT(reported_sum, 0.0) << country;
    some += dyads_sum / found.at("deaths_" + country) / 3.0;
  }
  EXPECT_GT(some, 0.8) << "these dyads are most of the violence";
}

TEST(Validation, NothingFollowsFromReports) {
  const auto run = [](const std::vector<Edit>& edits) {
    return run_days(load("sahel/baseline.yaml", edits), 120.0);
  };
  const auto reports = [](const Simulation& s) {
    std::vector<double> all;
    for (const Event& e : s.log().all()) all.push_back(e.reported_deaths);
    return all;
  };
  const auto truth = [](const Simulation& s) {
    std::vector<std::pair<std::uint32_t, double>> all;
    for (const Event& e : s.log().all()) all.emplace_back(e.step, e.deaths);
    return all;
  };
  const Simulation base = run({});
  std::set<std::vector<double>> seen{reports(base)};
  const std::pair<const char*, const char*> edits[] = {{"visibility", "0.2"}, {"dark_below", "1"},
                                                       {"dark_share", "0"},   {"noise", "1"},
                                                       {"claims", "3"},       {"enabled", "false"}};
  for (const auto& [key, value] : edits) {
    const Simulation other =
        run({{Edit::Kind::set, "mechanisms.reporting." + std::string(key), value}});
    EXPECT_EQ(casus::hash(other.world()), casus::hash(base.world())) << key;
    EXPECT_EQ(truth(other), truth(base)) << key;
    EXPECT_TRUE(seen.insert(reports(other)).second) << key << " changes no report";
  }
}

}  // namespace
}  // namespace casus::test
