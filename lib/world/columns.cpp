#include <algorithm>
#include <array>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/world/world.h"

namespace casus {
namespace {

// One table of columns serves reading by name, setting by name, and the limits of both.
template <class Table>
struct Column {
  std::string_view name;
  std::vector<double> Table::*values;
  bool settable;
  double low, high;
};

constexpr double unbounded = 1e300;

constexpr std::array<Column<RegionTable>, 10> region_columns{{
    {"attacks", &RegionTable::attacks, false, 0, unbounded},
    {"civilian_deaths", &RegionTable::civilian_deaths, false, 0, unbounded},
    {"control", &RegionTable::control, false, 0, 1},
    {"deaths", &RegionTable::deaths, false, 0, unbounded},
    {"grievance", &RegionTable::grievance, true, 0, 1},
    {"recent_violence", &RegionTable::recent_violence, false, 0, unbounded},
    {"residents", &RegionTable::residents, false, 0, unbounded},
    {"terrain", &RegionTable::terrain, true, 0, 1},
    {"value", &RegionTable::value, true, 0, unbounded},
    {"area", &RegionTable::area, false, 0, unbounded},
}};

constexpr std::array<Column<ActorTable>, 23> actor_columns{{
    {"activity", &ActorTable::activity, true, 0, unbounded},
    {"appetite", &ActorTable::appetite, true, 0, 1},
    {"arrears", &ActorTable::arrears, false, 0, 1},
    {"civilian_targeting", &ActorTable::civilian_targeting, true, 0, 1},
    {"cohesion", &ActorTable::cohesion, true, 0, 1},
    {"deployment_ceiling", &ActorTable::deployment_ceiling, true, 0, unbounded},
    {"effort", &ActorTable::effort, false, 0, unbounded},
    {"gdp_per_capita", &ActorTable::gdp_per_capita, false, 0, unbounded},
    {"home_power", &ActorTable::home_power, true, 0, unbounded},
    {"income", &ActorTable::income, true, 0, unbounded},
    {"legitimacy", &ActorTable::legitimacy, true, 0, 1},
    {"losses", &ActorTable::losses, false, 0, unbounded},
    {"mobilised", &ActorTable::mobilised, false, 0, 1},
    {"quality", &ActorTable::quality, true, 0, unbounded},
    {"recent_losses", &ActorTable::recent_losses, false, 0, unbounded},
    {"recruitment", &ActorTable::recruitment, true, 0, unbounded},
    {"reputation", &ActorTable::reputation, false, 0, 1},
    {"reserve", &ActorTable::reserve, false, 0, unbounded},
    {"resolve", &ActorTable::resolve, true, 0, 1},
    {"resources", &ActorTable::resources, true, 0, unbounded},
    {"support", &ActorTable::support, true, 0, unbounded},
    {"sponsor_evidence", &ActorTable::sponsor_evidence, false, 0, 1},
    {"threat", &ActorTable::threat, false, 0, 1},
}};

template <class Columns>
auto find_column(const Columns& columns, std::string_view name) {
  return std::find_if(columns.begin(), columns.end(),
                      [&](const auto& c) { return c.name == name; });
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
    const auto c = find_column(region_columns, name);
    if (c != region_columns.end()) return world.regions.*(c->values);
  } else if (table == "actors") {
    const auto c = find_column(actor_columns, name);
    if (c != actor_columns.end()) return world.actors.*(c->values);
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
      const auto c = find_column(region_columns, ref.column);
      CASUS_EXPECTS(c != region_columns.end(), ref.path);
      return (world.regions.*(c->values))[ref.row];
    }
    case PathRef::Table::actor: {
      if (ref.column == "forces") return world.forces(ActorId(ref.row));
      const auto c = find_column(actor_columns, ref.column);
      CASUS_EXPECTS(c != actor_columns.end(), ref.path);
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
  const auto check = [&](double low, double high) {
    CASUS_EXPECTS(value >= low && value <= high,
                  ref.path + " = " + std::to_string(value) + " is out of range");
  };
  switch (ref.table) {
    case PathRef::Table::region: {
      const auto c = find_column(region_columns, ref.column);
      CASUS_EXPECTS(c != region_columns.end() && c->settable, ref.path + " cannot be set");
      check(c->low, c->high);
      (world.regions.*(c->values))[ref.row] = value;
      return;
    }
    case PathRef::Table::actor: {
      if (ref.column == "forces") {
        check(0.0, unbounded);
        // What stands in the field stays there: the difference is raised or disbanded at home.
        const double placed = world.forces(ActorId(ref.row)) - world.actors.reserve[ref.row];
        world.actors.reserve[ref.row] = std::max(0.0, value - placed);
        return;
      }
      const auto c = find_column(actor_columns, ref.column);
      CASUS_EXPECTS(c != actor_columns.end() && c->settable, ref.path + " cannot be set");
      check(c->low, c->high);
      (world.actors.*(c->values))[ref.row] = value;
      return;
    }
    case PathRef::Table::relation:
      check(-1.0, 1.0);
      world.relations.set_affinity(ActorId(ref.row), ActorId(ref.row2), value);
      world.relations.set_baseline(ActorId(ref.row), ActorId(ref.row2), value);
      return;
    case PathRef::Table::parameter:
    case PathRef::Table::pact:
      break;
  }
  CASUS_EXPECTS(false, "cannot be set in the world: " + ref.path);
}

}  // namespace casus
