// Another process that knows a run by its bytes alone: loads saved runs of a scenario, goes on to
// a given step, and saves them again.
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>

#include "casus/run/simulation.h"
#include "rumours.h"

// resume SCENARIO standard|rumours STEP (SAVED RESULT)...
int main(int argc, char** argv) {
  try {
    const std::string mechanisms = argc > 2 ? argv[2] : "";
    if (argc < 6 || argc % 2 != 0 || (mechanisms != "standard" && mechanisms != "rumours")) {
      std::cerr << "usage: resume SCENARIO standard|rumours STEP (SAVED RESULT)...\n";
      return 2;
    }
    const casus::Registry registry =
        mechanisms == "standard" ? casus::standard_registry() : casus::test::with_rumours();
    const casus::Scenario scenario = casus::Scenario::load(argv[1], registry.vocabulary());
    const unsigned long end = std::strtoul(argv[3], nullptr, 10);
    for (int i = 4; i < argc; i += 2) {
      std::ifstream in(argv[i], std::ios::binary);
      casus::Simulation run = casus::Simulation::load(scenario, registry, in);
      while (run.steps_done() < end && !run.done()) run.step();
      std::ofstream out(argv[i + 1], std::ios::binary);
      run.save(out);
    }
    return 0;
  } catch (const std::exception& e) {
    std::cerr << "resume: " << e.what() << '\n';
    return 1;
  }
}
