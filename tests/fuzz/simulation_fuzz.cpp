#include <cstddef>
#include <cstdint>
#include <string>

#include "casus/core/executor.h"
#include "casus/run/simulation.h"
#include "casus/scenario/schema.h"
#include "grammar.h"

// A scenario with the whole vocabulary that loads can be run: each step ends well or with an error
// of the run that says when and where. Nothing else may come out, and the numbers stay in their
// limits, at which the run looks after each mechanism.
namespace {

const casus::Registry& registry() {
  static const casus::Registry all = casus::standard_registry();
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  try {
    const casus::Scenario scenario =
        casus::Scenario::parse(text, "", registry().vocabulary(), {}, {.megabytes = 1});
    if (scenario->regions.size() > 60 || scenario->actors.size() > 60) return 0;
    casus::Simulation run(scenario, registry());
    for (int step = 0; step < 12 && !run.done(); ++step) run.step();
  } catch (const casus::ScenarioError& e) {
    if (e.diagnostics().empty()) __builtin_trap();
  } catch (const casus::SimulationError& e) {
    if (e.code().empty()) __builtin_trap();
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  static const casus::fuzz::Grammar grammar(casus::json_schema(registry().vocabulary()));
  return casus::fuzz::mutate(grammar, data, size, most, seed, LLVMFuzzerMutate);
}
