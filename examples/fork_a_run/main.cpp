// Saves a run to a file, goes on from it as another process would, and asks from the same day what
// would follow under an edited scenario and after an act ordered from outside.
//   fork_a_run FILE

#include <cstdio>
#include <fstream>
#include <string>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"

namespace {

std::size_t wars_begun(const casus::Simulation& simulation) {
  std::size_t n = 0;
  for (const casus::Event& e : simulation.log().all()) n += e.kind == casus::EventKind::war_begins;
  return n;
}

void report(const char* what, casus::Simulation& simulation) {
  simulation.run();
  std::printf("%-28s %6zu events, %3zu wars begun, world %016llx\n", what, simulation.log().size(),
              wars_begun(simulation), static_cast<unsigned long long>(simulation.hash()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: fork_a_run FILE\n");
    return 2;
  }
  try {
    const casus::Scenario scenario = casus::load_scenario(argv[1]);
    casus::Simulation simulation(scenario);
    for (int day = 0; day < 30 && !simulation.done(); ++day) simulation.step();

    const std::string file = "fork_a_run.state";
    {
      std::ofstream out(file, std::ios::binary);
      simulation.save(out);
    }
    std::ifstream in(file, std::ios::binary);
    casus::Simulation resumed = casus::Simulation::load(scenario, casus::standard_registry(), in);

    // The same day under another scenario: it says what it changed.
    const casus::Scenario edited =
        scenario.with({{casus::Edit::Kind::set, "mechanisms.insurgency.attack_rate", "0.5 /year"}});
    casus::Simulation::Fork fork = resumed.fork(edited);
    for (const std::string& change : fork.changes) std::printf("changed: %s\n", change.c_str());

    // And after an act: first who would come, then what comes of it.
    casus::Simulation::Fork attacked = resumed.fork(scenario);
    casus::ActOrder invasion;
    invasion.act = casus::law::ActKind::invasion;
    invasion.by = casus::ActorId(0);
    invasion.against = casus::ActorId(1);
    invasion.size = 1000.0;
    for (const auto& ally : attacked.simulation.expected(invasion, invasion.by)) {
      std::printf("expected against %s: %s, with probability %.2f\n",
                  attacked.simulation.name(invasion.by).c_str(),
                  attacked.simulation.name(ally.member).c_str(), ally.armed_probability);
    }
    attacked.simulation.order(invasion);

    report("as it was", simulation);
    report("saved, loaded, gone on", resumed);
    report("under the edited scenario", fork.simulation);
    report("after the act", attacked.simulation);
    return simulation.hash() == resumed.hash() ? 0 : 1;
  } catch (const casus::ScenarioError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
}
