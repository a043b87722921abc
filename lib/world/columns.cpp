#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/world/world.h"

namespace casus {
namespace {

// Where the values stand; what may be set, and within which limits, is said by path_columns().
template <class Table>
struct Column {
  std::string_view name;
  std::vector<double> Table::*values;
};

constexpr std::array<Column<RegionTable>, 10> region_columns{{
    {"attacks", &RegionTable::attacks},
    {"civilian_deaths", &RegionTable::civilian_deaths},
    {"control", &RegionTable::control},
    {"deaths", &RegionTable::deaths},
    {"grievance", &RegionTable::grievance},
    {"recent_violence", &RegionTable::recent_violence},
    {"residents", &RegionTable::residents},
    {"terrain", &RegionTable::terrain},
    {"value", &RegionTable::value},
    {"area", &RegionTable::area},
}};

constexpr std::array<Column<ActorTable>, 23> actor_columns{{
    {"activity", &ActorTable::activity},
    {"appetite", &ActorTable::appetite},
    {"arrears", &ActorTable::arrears},
    {"civilian_targeting", &ActorTable::civilian_targeting},
    {"cohesion", &ActorTable::cohesion},
    {"deployment_ceiling", &ActorTable::deployment_ceiling},
    {"effort", &ActorTable::effort},
    {"gdp_per_capita", &ActorTable::gdp_per_capita},
    {"home_power", &ActorTable::home_power},
    {"income", &ActorTable::income},
    {"legitimacy", &ActorTable::legitimacy},
    {"losses", &ActorTable::losses},
    {"mobilised", &ActorTable::mobilised},
    {"quality", &ActorTable::quality},
    {"recent_losses", &ActorTable::recent_losses},
    {"recruitment", &ActorTable::recruitment},
    {"reputation", &ActorTable::reputation},
    {"reserve", &ActorTable::reserve},
    {"resolve", &ActorTable::resolve},
    {"resources", &ActorTable::resources},
    {"support", &ActorTable::support},
    {"sponsor_evidence", &ActorTable::sponsor_evidence},
    {"threat", &ActorTable::threat},
}};

/// The column of that name, or nullptr.
template <class Columns>
auto* find_column(const Columns& columns, std::string_view name) {
  const auto c = std::find_if(columns.begin(), columns.end(),
                              [&](const auto& column) { return column.name == name; });
  return c != columns.end() ? &*c : nullptr;
}

// Raised and disbanded at home first; what the reserve cannot give is taken everywhere alike.
void set_forces(World& world, ActorId a, double value) {
  double& reserve = world.actors.reserve[a.row()];
  const double placed = world.forces(a) - reserve;
  reserve = std::max(0.0, value - placed);
  if (value >= placed) return;
  for (const auto row : world.presences_of(a)) world.presences.strength[row] *= value / placed;
}

double displaced_from(const World& world, RegionId r) {
  const auto [begin, end] = world.regions.borders(r);
  double total = 0.0;
  for (std::size_t i = begin; i < end; ++i) total += world.regions.displaced[i];
  return total;
}

}  // namespace

std::span<const double> column(const World& world, std::string_view path) {
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) return {};
  const auto table = path.substr(0, dot);
  const auto name = path.substr(dot + 1);
  if (table == "regions") {
    if (const auto* c = find_column(region_columns, name)) return world.regions.*(c->values);
  } else if (table == "actors") {
    if (const auto* c = find_column(actor_columns, name)) return world.actors.*(c->values);
  } else if (table == "presences") {
    if (name == "strength") return world.presences.strength;
    if (name == "control") return world.presences.control;
  }
  return {};
}

std::vector<std::string> column_names() {
  std::vector<std::string> names{"presences.control", "presences.strength"};
  for (const auto& c : region_columns) names.push_back("regions." + std::string(c.name));
  for (const auto& c : actor_columns) names.push_back("actors." + std::string(c.name));
  std::sort(names.begin(), names.end());
  return names;
}

double get(const World& world, const PathRef& ref) {
  switch (ref.table) {
    case PathRef::Table::region: {
      if (ref.column == "displaced") return displaced_from(world, RegionId(ref.row));
      const auto* c = find_column(region_columns, ref.column);
      CASUS_EXPECTS(c != nullptr, ref.path);
      return (world.regions.*(c->values))[ref.row];
    }
    case PathRef::Table::actor: {
      if (ref.column == "forces") return world.forces(ActorId(ref.row));
      const auto* c = find_column(actor_columns, ref.column);
      CASUS_EXPECTS(c != nullptr, ref.path);
      return (world.actors.*(c->values))[ref.row];
    }
    case PathRef::Table::relation:
      return world.relations.affinity(ActorId(ref.row), ActorId(ref.row2));
    case PathRef::Table::parameter:
    case PathRef::Table::pact:
      break;
  }
  CASUS_EXPECTS(false, "not a value of the world: " + ref.path);
  return 0.0;
}

void set(World& world, const PathRef& ref, double value) {
  CASUS_EXPECTS(std::isfinite(value), ref.path);
  const PathColumn* limits = find_path_column(ref.table, ref.column);
  CASUS_EXPECTS(limits != nullptr && limits->settable, ref.path + " cannot be set in the world");
  CASUS_EXPECTS(
      value >= limits->low && value <= limits->high,
      fmt::format("{} = {} is outside [{}, {}]", ref.path, value, limits->low, limits->high));
  if (ref.table == PathRef::Table::relation) {
    world.relations.set_affinity(ActorId(ref.row), ActorId(ref.row2), value);
    world.relations.set_baseline(ActorId(ref.row), ActorId(ref.row2), value);
  } else if (ref.table == PathRef::Table::region) {
    (world.regions.*(find_column(region_columns, ref.column)->values))[ref.row] = value;
  } else if (ref.column == "forces") {
    set_forces(world, ActorId(ref.row), value);
  } else {
    (world.actors.*(find_column(actor_columns, ref.column)->values))[ref.row] = value;
  }
}

}  // namespace casus
