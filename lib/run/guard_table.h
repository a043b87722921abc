#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "casus/world/columns.h"
#include "casus/world/world.h"

/// The columns of numbers of a world with their limits: what is looked at after each mechanism
/// (guards.h) and what it must not write in secret (undeclared_writes.h).
namespace casus {

inline constexpr double no_limit = 1e300;

/// Numbers that do not stand in columns of their own.
enum class Scattered { none, war_deaths, crisis_stake, measure_size, affinity };

struct Guard {
  std::string name;  ///< of the column, as a mechanism declares it
  std::string what;  ///< as the message says it
  double low = -no_limit, high = no_limit;
  std::vector<double> RegionTable::*region = nullptr;
  std::vector<double> ActorTable::*actor = nullptr;
  std::vector<double> PresenceTable::*presence = nullptr;
  Scattered scattered = Scattered::none;
  bool per_border = false;
  const OwnColumn* own = nullptr;  ///< of a mechanism
  std::size_t own_at = 0;          ///< among those of its table
};

struct Limits {
  double low = -no_limit, high = no_limit;
};

Limits limits_of(Domain domain);

/// Of the world's own columns, in the order of their tables.
const std::vector<Guard>& all_guards();
/// Those of the columns that mechanisms own, in the order of Columns::own.
std::vector<Guard> own_guards(const Columns& columns);
/// The values of a column that a mechanism owns, by its number among those of its table.
std::span<const double> own_values(const World& w, ColumnTable table, std::size_t at);

/// Calls `f(i, guard)` for every guard of a world with these columns.
template <class F>
void for_guards(const Columns& columns, F&& f) {
  const std::vector<Guard>& built_in = all_guards();
  for (std::size_t i = 0; i < built_in.size(); ++i) f(i, built_in[i]);
  const std::vector<Guard> own = own_guards(columns);
  for (std::size_t i = 0; i < own.size(); ++i) f(built_in.size() + i, own[i]);
}

/// Calls `f` with each run of values of a guard that lie side by side in memory.
template <class F>
void for_values(const World& w, const Guard& g, F&& f) {
  if (g.own != nullptr) return f(own_values(w, g.own->table, g.own_at));
  if (g.region != nullptr) return f(std::span(w.regions.*g.region));
  if (g.actor != nullptr) return f(std::span(w.actors.*g.actor));
  if (g.presence != nullptr) return f(std::span(w.presences.*g.presence));
  const auto each = [&](const auto& rows, auto member) {
    for (const auto& row : rows) f(std::span(&(row.*member), 1));
  };
  switch (g.scattered) {
    case Scattered::war_deaths:
      return each(w.wars, &War::deaths);
    case Scattered::crisis_stake:
      return each(w.crises, &Crisis::stake);
    case Scattered::measure_size:
      return each(w.measures, &Measure::size);
    case Scattered::affinity:
      return w.relations.each_run_of_affinities(f);
    case Scattered::none:
      break;
  }
}

}  // namespace casus
