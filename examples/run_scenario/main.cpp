// Loads a scenario, runs one replicate, and prints what came of it.
//   run_scenario FILE [RUN]

#include <cstdio>
#include <cstdlib>

#include "casus/run/simulation.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: run_scenario FILE [RUN]\n");
    return 2;
  }
  try {
    const casus::Scenario scenario = casus::load_scenario(argv[1]);
    casus::RunOptions options;
    options.seed = 1;
    options.run = argc > 2 ? static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10)) : 0;
    casus::Simulation simulation(scenario, options);
    simulation.run();

    double deaths = 0.0;
    for (const double d : simulation.column("regions.deaths")) deaths += d;
    std::printf("%s: %u steps, %zu events, %.0f deaths, world %016llx\n", scenario->title.c_str(),
                simulation.steps_done(), simulation.log().size(), deaths,
                static_cast<unsigned long long>(simulation.hash()));
  } catch (const casus::ScenarioError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
  return 0;
}
