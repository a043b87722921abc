#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "casus/core/diagnostics.h"
#include "casus/core/executor.h"
#include "casus/experiment/experiment.h"
#include "casus/sim/mechanism.h"
#include "folder.h"
#include "grammar.h"
#include "small_scenario.h"

// An experiment that can be read makes worlds or says what is wrong with them, and the worlds can
// be begun: with the whole vocabulary, over a scenario of a few days. Whatever files an experiment
// names, it gets that one.
namespace {

const casus::Registry& registry() {
  static const casus::Registry all = casus::standard_registry();
  return all;
}

const std::string& scenario_file() {
  static const casus::fuzz::Folder folder("experiments",
                                          {{"base.yaml", casus::fuzz::small_scenario}});
  static const std::string file = folder.name() + "/base.yaml";
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  // Ends the program if that scenario itself is wrong, as then nothing would be tried.
  static const casus::Scenario there =
      casus::Scenario::load(scenario_file(), registry().vocabulary());
  static const std::unique_ptr<casus::Executor> executor = casus::serial_executor();
  try {
    casus::ExperimentSpec spec = casus::parse_experiment(text, "", {.megabytes = 1});
    // What is asked for in millions is made in millions: no fault, and no use here.
    if (spec.design.points > 200 || spec.design.levels > 20 || spec.uncertainties.size() > 8 ||
        spec.policies.size() > 6) {
      return 0;
    }
    spec.scenario = scenario_file();
    for (casus::PolicySpec& policy : spec.policies) policy.file.clear();
    casus::Worlds worlds = casus::make_worlds(spec, registry().vocabulary(), {.megabytes = 1});
    worlds.replicates = 1;
    if (worlds.points.size() > 2) worlds.points.resize(2);
    for (const casus::Policy& policy : worlds.policies) {
      if (policy.scenario->clock.steps() > 12) return 0;
    }
    casus::ComparisonOptions options;
    options.executor = executor.get();
    options.only = spec.only;
    casus::run_worlds(worlds, registry(), options);
  } catch (const casus::ScenarioError& e) {
    if (e.diagnostics().empty()) __builtin_trap();
  } catch (const casus::SimulationError& e) {
    if (e.code().empty()) __builtin_trap();
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  static const casus::fuzz::Grammar grammar(casus::experiment_schema());
  return casus::fuzz::mutate(grammar, data, size, most, seed, LLVMFuzzerMutate);
}
