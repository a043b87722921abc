// Drives a run from outside, as a coupled model would: watches events, reads columns, sets values
// by name, and goes back to a snapshot to try something else from the same day.
//   observe_and_override FILE

#include <cstdio>
#include <string>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: observe_and_override FILE\n");
    return 2;
  }
  try {
    const casus::Scenario scenario = casus::load_scenario(argv[1]);
    casus::Simulation simulation(scenario);
    std::size_t attacks = 0;
    simulation.on_event([&](const casus::Event& e) {
      if (e.kind == casus::EventKind::attack) ++attacks;
    });

    const auto half = scenario->clock.steps() / 2;
    while (simulation.steps_done() < half) simulation.step();
    const auto snapshot = simulation.save();
    std::printf("%s: %zu attacks so far\n", casus::to_string(simulation.date()).c_str(), attacks);

    simulation.run();
    const std::size_t as_it_was = attacks;

    // The same past, another future: every grievance halved on that day.
    simulation.restore(*snapshot);
    attacks = 0;
    for (const auto& region : scenario->regions) {
      const std::string path = "regions." + region.name + ".grievance";
      simulation.set(path, 0.5 * simulation.get(path));
    }
    simulation.run();
    std::printf("attacks in all %zu; in the second half with grievance halved %zu\n", as_it_was,
                attacks);

    // Names and ranges are checked.
    try {
      simulation.set("regions." + scenario->regions.front().name + ".grievance", 2.0);
    } catch (const casus::ContractError& error) {
      std::printf("refused: %s\n", error.what());
    }
  } catch (const casus::ScenarioError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
  return 0;
}
