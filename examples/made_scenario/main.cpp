// Makes a scenario in C++, without a file: two states on a line of regions, one of them with an
// insurgency, as many regions as one likes. It is looked at as a file is, and can be written out.
//   made_scenario

#include <cstdio>
#include <string>

#include "casus/core/diagnostics.h"
#include "casus/run/simulation.h"

namespace {

casus::ActorSpec actor(const char* name, casus::ActorKind kind, double forces, double income) {
  casus::ActorSpec a;
  a.name = name;
  a.kind = kind;
  a.forces = forces;  // a casus::Number: a constant, or a prior
  a[&casus::ActorTable::income] = income;
  return a;
}

/// A line of regions: the first half is the west's, the rest the east's.
casus::ScenarioData line(std::size_t regions) {
  casus::ScenarioData data;
  data.title = "A line of regions";
  data.clock.start = *casus::parse_date("2030-01-01");
  data.clock.end = *casus::parse_date("2031-01-01");
  const casus::ActorId west(0), east(1), rebels(2);
  data.actors = {actor("west", casus::ActorKind::state, 9000, 200),
                 actor("east", casus::ActorKind::state, 12000, 300),
                 actor("rebels", casus::ActorKind::armed_group, 1500, 5)};
  for (std::size_t i = 0; i < regions; ++i) {
    casus::RegionSpec region;
    region.name = "part_" + std::to_string(i);
    region.owner = 2 * i < regions ? west : east;
    region.population = 5e5;
    region.longitude = static_cast<double>(i);
    region[&casus::RegionTable::area] = 8000.0;
    if (i > 0) region.neighbours = {{casus::RegionId(i - 1), 120.0}};  // one side is enough
    data.regions.push_back(region);
  }
  data.regions[0][&casus::RegionTable::grievance] = 0.8;
  data.actors[0].capital = casus::RegionId(0);
  data.actors[1].capital = casus::RegionId(regions - 1);
  data.presence = {{west, casus::RegionId(0), 3000.0, casus::Role::garrison},
                   {rebels, casus::RegionId(0), 1200.0, casus::Role::insurgent}};
  return data;
}

}  // namespace

int main() {
  const casus::Vocabulary known = casus::standard_registry().vocabulary();
  try {
    const casus::Scenario scenario = casus::Scenario::make(line(12), known);
    casus::Simulation simulation(scenario, {.seed = 1});
    simulation.run();
    std::printf("%zu regions, %zu events, deaths in part_0: %.0f\n", scenario->regions.size(),
                simulation.log().size(), simulation.get("regions.part_0.deaths"));
    std::printf("as a file it has %zu bytes\n", scenario.resolved().size());

    // What a file may not say, a program may not either, and hears of it in the same words.
    casus::ScenarioData wrong = line(3);
    wrong.regions[1].owner = {};
    wrong.actors[0].forces = -1.0;
    casus::Scenario::make(wrong, known);
  } catch (const casus::ScenarioError& error) {
    std::printf("refused, as it should be:\n%s\n", error.what());
    return 0;
  }
  return 1;
}
