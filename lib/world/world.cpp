#include "casus/world/world.h"

#include <algorithm>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/world/columns.h"

namespace casus {
namespace {

/// A row of what the columns of mechanisms are at the start.
template <class Table>
void append_own(std::span<const Column<Table>> columns, Table& table) {
  if (table.own.empty()) return;
  for (const Column<Table>& c : columns) {
    if (const auto* own = std::get_if<OwnRow>(&c.member)) {
      table.own[own->at].push_back(c.info.initial);
    }
  }
}

}  // namespace

double RegionTable::displaced_from(RegionId r) const {
  const auto [begin, end] = borders(r);
  double total = 0.0;
  for (std::size_t i = begin; i < end; ++i) total += displaced[i];
  return total;
}

std::size_t RegionTable::border(RegionId a, RegionId b) const {
  const auto [begin, end] = borders(a);
  for (std::size_t i = begin; i < end; ++i) {
    if (border_to[i] == b) return i;
  }
  return end;
}

PresenceId World::find(ActorId a, RegionId r) const {
  // The shorter of the two lists; both ascend, so the first row found is the same.
  const auto here = presences_in(r);
  const auto own = presences_of(a);
  if (own.size() < here.size()) {
    for (const auto row : own) {
      if (presences.region[row] == r) return PresenceId(row);
    }
  } else {
    for (const auto row : here) {
      if (presences.actor[row] == a) return PresenceId(row);
    }
  }
  return {};
}

PresenceId World::require(ActorId a, RegionId r, Role role) {
  const PresenceId there = find(a, r);
  if (there.valid()) return there;
  auto& p = presences;
  p.actor.push_back(a);
  p.region.push_back(r);
  p.role.push_back(role);
  p.strength.push_back(0.0);
  p.control.push_back(0.0);
  p.excitation.push_back(0.0);
  p.resistance.push_back(0.0);
  p.activity.push_back(1.0);
  append_own(columns.of<PresenceTable>(), p);
  const PresenceId added(p.size() - 1);
  p.by_region.add(r.row(), static_cast<std::uint32_t>(added.row()));
  p.by_actor.add(a.row(), static_cast<std::uint32_t>(added.row()));
  return added;
}

void NotedRows::drop_repeated() {
  std::sort(rows_.begin(), rows_.end());
  rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
}

double World::forces(ActorId a) const {
  double total = actors.reserve[a.row()];
  for (const auto row : presences_of(a)) total += presences.strength[row];
  return total;
}

double World::abroad(ActorId a) const {
  double total = 0.0;
  for (const auto row : presences_of(a)) {
    if (regions.owner[presences.region[row].row()] != a) total += presences.strength[row];
  }
  return total;
}

double World::state_control(ActorId state) const {
  double held = 0.0;
  double all = 0.0;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    if (regions.owner[r] != state) continue;
    held += regions.control[r] * regions.residents[r];
    all += regions.residents[r];
  }
  return all > 0.0 ? held / all : 1.0;
}

bool neighbours(const World& world, ActorId a, ActorId b) {
  return std::binary_search(world.bordering.begin(), world.bordering.end(), std::pair(a, b));
}

bool World::hostile_in(ActorId a, RegionId r) const {
  const ActorId owner = regions.owner[r.row()];
  return a != owner && relations.at_war(a, owner);
}

namespace {

constexpr std::size_t actor_kinds = static_cast<std::size_t>(ActorKind::external) + 1;

void enter_kind(ActorTable& actors, std::size_t a) {
  actors.by_kind.add(static_cast<std::size_t>(actors.kind[a]), static_cast<std::uint32_t>(a));
}

}  // namespace

void index_rows(World& world) {
  auto& p = world.presences;
  p.by_region.index(p.region, world.regions.size());
  p.by_actor.index(p.actor, world.actors.size());
  RowLists& by_kind = world.actors.by_kind;
  by_kind = {};
  by_kind.extend(actor_kinds);
  for (std::size_t a = 0; a < world.actors.size(); ++a) enter_kind(world.actors, a);
}

namespace {

/// On the side on which the parent fights.
void enter_wars_of(World& world, ActorId parent, ActorId born, std::uint32_t step) {
  const auto of_parent = world.wars.of(parent);
  // A copy: entering a war moves the list.
  for (const std::uint32_t row : std::vector(of_parent.begin(), of_parent.end())) {
    const War& war = world.wars[row];
    int side = -1;
    for (const Belligerent& b : war.belligerents()) {
      if (b.actor == parent && b.active != 0) side = b.side;
    }
    if (side < 0) continue;
    for (const Belligerent& b : war.belligerents()) {
      if (b.active != 0 && b.side != side && war.state() == WarState::active) {
        world.relations.add_hostility(born, b.actor, 1);
      }
    }
    world.wars.enter(WarId(row), {born, static_cast<std::uint8_t>(side), step, 1});
  }
}

}  // namespace

ActorId spawn(World& world, ActorId parent, std::string name, ActorKey key, std::uint32_t step) {
  auto& t = world.actors;
  const std::size_t from = parent.row();
  for_each_column(t, [&](const auto&, auto& values) {
    auto copy = values[from];
    values.push_back(std::move(copy));
  });
  append_own(world.columns.of<ActorTable>(), t);
  const ActorId born(t.size() - 1);
  t.key.back() = key;
  t.name.back() = std::move(name);
  for (auto* column : {&t.reserve, &t.losses, &t.recent_losses, &t.resources, &t.initial_forces,
                       &t.power_at_start, &t.home_power}) {
    column->back() = 0.0;
  }
  world.relations.grow(parent);
  enter_wars_of(world, parent, born, step);
  world.presences.by_actor.extend(t.size());
  enter_kind(t, t.size() - 1);
  world.pacts.add_parties(t.size());
  return born;
}

double people(const World& world) {
  double total = 0.0;
  const auto add = [&](const std::vector<double>& column) {
    for (const double x : column) total += x;
  };
  add(world.regions.residents);
  add(world.regions.displaced);
  add(world.regions.deaths);
  add(world.actors.reserve);
  add(world.actors.home_power);
  add(world.presences.strength);
  return total;
}

}  // namespace casus
