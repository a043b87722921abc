#pragma once

#include <initializer_list>
#include <type_traits>
#include <utility>
#include <vector>

#include "casus/world/columns.h"
#include "casus/world/world.h"

namespace casus::test {

// Two states, an armed group and a power from abroad: enough for every table to have rows. Made by
// hand: the world knows no scenario.
inline constexpr ActorId north{0}, south{1}, rebels{2}, power{3};
inline constexpr RegionId hills{0}, plain{1}, coast{2}, island{3};

/// Gives every column of a table with a row a thing so many rows, of what it is at the start.
template <class Table>
void fill(Table& table, std::size_t rows) {
  for_each_column(table, [&](const auto& column, auto& values) {
    using Value = typename std::remove_reference_t<decltype(values)>::value_type;
    if (column.per_border) return;
    if constexpr (std::is_same_v<Value, double>) {
      values.assign(rows, column.info.initial);
    } else {
      values.resize(rows);
    }
  });
}

inline void place(World& w, ActorId actor, RegionId region, double people, Role role) {
  w.presences.strength[w.require(actor, region, role).row()] = people;
  w.actors.reserve[actor.row()] -= people;
}

inline World small_world() {
  World w;
  fill(w.actors, 4);
  w.actors.name = {"north", "south", "rebels", "power"};
  for (std::size_t a = 0; a < 4; ++a) {
    w.actors.key[a] = actor_key(w.actors.name[a]);
    w.actors.alive[a] = 1;
  }
  w.actors.kind = {ActorKind::state, ActorKind::state, ActorKind::armed_group, ActorKind::external};
  w.actors.reserve = {10000.0, 6000.0, 900.0, 400.0};
  w.actors.home_power[power.row()] = 30000.0;
  w.actors.capital = {plain, coast, {}, {}};

  fill(w.regions, 4);
  w.regions.key = {region_key("hills"), region_key("plain"), region_key("coast"),
                   region_key("island")};
  w.regions.owner = {north, north, south, south};
  w.regions.residents = {1e6, 3e6, 2e6, 5e5};
  w.regions.area = {1000.0, 1000.0, 1000.0, 1000.0};
  // hills - plain 300 km, hills - coast 100 km; the island touches nothing.
  w.regions.border_begin = {0, 2, 3, 4, 4};
  w.regions.border_to = {plain, coast, hills, hills};
  w.regions.border_km = {300.0, 100.0, 300.0, 100.0};
  w.regions.border_share = {0.75, 0.25, 1.0, 1.0};
  w.regions.displaced = {0.0, 0.0, 0.0, 0.0};
  w.bordering = {{north, south}, {south, north}};

  w.relations = Relations(4);
  index_rows(w);
  place(w, north, plain, 4000.0, Role::garrison);
  place(w, rebels, hills, 600.0, Role::insurgent);
  place(w, power, plain, 300.0, Role::deployment);

  War war;
  war.key = 1;
  w.wars.add(war, {{rebels, 0, 0, 1}, {north, 1, 0, 1}});
  w.relations.add_hostility(rebels, north, 1);
  return w;
}

}  // namespace casus::test
