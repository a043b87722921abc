#include <cstddef>
#include <cstdint>
#include <string>

#include "casus/core/diagnostics.h"
#include "casus/experiment/calibration_file.h"
#include "casus/sim/mechanism.h"
#include "folder.h"
#include "grammar.h"
#include "small_scenario.h"

// A calibration that can be read fits its scenario or says what does not, and its points can be
// made: with the whole vocabulary, over a scenario of a few days.
namespace {

const casus::Registry& registry() {
  static const casus::Registry all = casus::standard_registry();
  return all;
}

const std::string& scenario_file() {
  static const casus::fuzz::Folder folder("calibrations",
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
  try {
    casus::CalibrationSpec spec = casus::parse_calibration(text, "", {.megabytes = 1});
    // What is asked for in millions is made in millions: no fault, and no use here.
    if (spec.experiment.design.points > 200 || spec.experiment.design.levels > 20 ||
        spec.experiment.uncertainties.size() > 8) {
      return 0;
    }
    spec.experiment.scenario = scenario_file();
    const casus::Calibrating made =
        casus::make_calibration(spec, registry().vocabulary(), {}, {.megabytes = 1});
    if (made.targets.size() != made.rows.size()) __builtin_trap();
    for (const auto& point : made.design) {
      if (point.size() != spec.experiment.uncertainties.size()) __builtin_trap();
    }
  } catch (const casus::ScenarioError& e) {
    if (e.diagnostics().empty()) __builtin_trap();
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  static const casus::fuzz::Grammar grammar(casus::calibration_schema());
  return casus::fuzz::mutate(grammar, data, size, most, seed, LLVMFuzzerMutate);
}
