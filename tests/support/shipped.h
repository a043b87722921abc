#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "casus/run/simulation.h"

namespace casus::test {

inline std::string shipped_file(const std::string& name) {
  return std::string(CASUS_SOURCE_DIR) + "/scenarios/" + name;
}

/// The scenarios the project ships, by file.
inline const std::vector<std::string>& shipped() {
  static const std::vector<std::string> names{
      "sahel/baseline.yaml",          "july-1914/baseline.yaml",      "tutorial/three-states.yaml",
      "sahel/ecowas/niger-2023.yaml", "sahel/ecowas/benin-2025.yaml", "csto/kazakhstan-2022.yaml",
      "nato/article-5-exercise.yaml", "six-day-war/baseline.yaml"};
  return names;
}

/// The YAML files of a folder of scenarios, in the order of their names.
inline std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(shipped_file(folder))) {
    if (entry.path().extension() != ".yaml") continue;
    names.push_back(folder + "/" + entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Every scenario that is one by itself; that none is missing here is tested (Shipped).
inline const std::vector<std::string>& all_shipped() {
  static const std::vector<std::string> names{
      "csto/armenia-2022.yaml",       "csto/karabakh-2020.yaml",      "csto/kazakhstan-2022.yaml",
      "july-1914/baseline.yaml",      "nato/article-5-exercise.yaml", "sahel/baseline.yaml",
      "sahel/ecowas/benin-2025.yaml", "sahel/ecowas/niger-2023.yaml", "sahel/validation.yaml",
      "six-day-war/baseline.yaml",    "six-day-war/war.yaml",         "tutorial/three-states.yaml",
      "tutorial/two-promises.yaml",   "tutorial/without-pact.yaml"};
  return names;
}

/// Every policy: a scenario of its own that edits another.
inline std::vector<std::string> shipped_policies() {
  std::vector<std::string> names;
  for (const char* folder : {"csto", "july-1914", "nato", "sahel", "sahel/ecowas", "six-day-war"}) {
    for (std::string& name : files_in(std::string(folder) + "/policies")) {
      names.push_back(std::move(name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

inline Scenario load(const std::string& name, const std::vector<Edit>& edits = {}) {
  return load_scenario(shipped_file(name), edits);
}

/// A parameter's name for gtest: the scenario's file.
struct FileName {
  template <class Info>
  std::string operator()(const Info& parameter) const {
    std::string name = parameter.param.substr(0, parameter.param.rfind('.'));
    for (char& c : name) {
      if (c == '-' || c == '/') c = '_';
    }
    return name;
  }
};

struct Digest {
  std::uint64_t world = 0, events = 0;
  friend bool operator==(const Digest&, const Digest&) = default;
};

/// Runs the first `days` days of a run (all of them if there are fewer).
inline Simulation run_days(const Scenario& scenario, double days, RunOptions options = {}) {
  Simulation simulation(scenario, options);
  while (!simulation.done() && simulation.steps_done() * scenario->clock.days() < days) {
    simulation.step();
  }
  return simulation;
}

inline Digest digest(const Simulation& s) { return {s.hash(), s.log().hash()}; }

}  // namespace casus::test
