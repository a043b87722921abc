#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "casus/scenario/make_world.h"

namespace casus::test {

// Two states, an armed group and a power from abroad: enough for every table to have rows.
inline constexpr ActorId north{0}, south{1}, rebels{2}, power{3};
inline constexpr RegionId hills{0}, plain{1}, coast{2}, island{3};

inline ScenarioData small() {
  using namespace std::chrono_literals;
  ScenarioData s;
  s.clock = {Date{2023y / 1 / 1}, Date{2024y / 1 / 1}, Minutes(24 * 60)};
  const auto actor = [&](const char* name, ActorKind kind, double forces) {
    ActorSpec a;
    a.name = name;
    a.kind = kind;
    a.forces = forces;
    s.actors.push_back(a);
  };
  actor("north", ActorKind::state, 10000.0);
  actor("south", ActorKind::state, 6000.0);
  actor("rebels", ActorKind::armed_group, 900.0);
  actor("power", ActorKind::external, 400.0);
  s.actors[power.row()][&ActorTable::home_power] = 30000.0;
  const auto region = [&](const char* name, ActorId owner, double population) {
    RegionSpec r;
    r.name = name;
    r.owner = owner;
    r.population = population;
    r[&RegionTable::area] = 1000.0;
    s.regions.push_back(r);
  };
  region("hills", north, 1e6);
  region("plain", north, 3e6);
  region("coast", south, 2e6);
  region("island", south, 5e5);
  const auto border = [&](RegionId a, RegionId b, double km) {
    s.regions[a.row()].neighbours.push_back({b, km});
    s.regions[b.row()].neighbours.push_back({a, km});
  };
  border(hills, plain, 300.0);
  border(hills, coast, 100.0);
  s.actors[north.row()].capital = plain;
  s.actors[south.row()].capital = coast;
  s.presence = {{north, plain, 4000.0, Role::garrison},
                {rebels, hills, 600.0, Role::insurgent},
                {power, plain, 300.0, Role::deployment}};
  return s;
}

inline World make(const ScenarioData& s, std::uint32_t run = 0) { return make_world(s, {1, run}); }

}  // namespace casus::test
