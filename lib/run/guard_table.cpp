#include "run/guard_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <variant>

namespace casus {
namespace {

// Rounding may leave a share a few ulps outside [0, 1]; more is an error of a mechanism.
constexpr double slack = 1e-9;
constexpr double one = 1.0 + slack;

void limit(Guard& guard, Domain domain) {
  const Limits limits = limits_of(domain);
  guard.low = limits.low;
  guard.high = limits.high;
}

/// "the_name" as a message says it.
std::string in_words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

constexpr std::array<std::string_view, 3> table_names{"regions", "actors", "presences"};

template <class Table>
void add_columns(std::string_view table, std::vector<double> Table::*Guard::*member,
                 std::vector<Guard>& guards) {
  for (const Column<Table>& column : columns_of<Table>()) {
    const auto* values = std::get_if<std::vector<double> Table::*>(&column.member);
    if (values == nullptr) continue;
    Guard guard;
    guard.name = fmt::format("{}.{}", table, column.info.name);
    guard.what = in_words(column.info.name);
    guard.*member = *values;
    guard.per_border = column.per_border;
    limit(guard, column.info.domain);
    guards.push_back(std::move(guard));
  }
}

std::vector<Guard> make_guards() {
  std::vector<Guard> guards;
  add_columns<RegionTable>("regions", &Guard::region, guards);
  add_columns<ActorTable>("actors", &Guard::actor, guards);
  add_columns<PresenceTable>("presences", &Guard::presence, guards);
  const auto scattered = [&](const char* name, const char* what, Scattered where, Domain domain) {
    Guard guard;
    guard.name = name;
    guard.what = what;
    guard.scattered = where;
    limit(guard, domain);
    guards.push_back(std::move(guard));
  };
  scattered("wars.deaths", "a war's deaths", Scattered::war_deaths, Domain::nonnegative);
  scattered("crises.stake", "a crisis's stake", Scattered::crisis_stake, Domain::share);
  scattered("measures.size", "a measure's size", Scattered::measure_size, Domain::nonnegative);
  scattered("relations.affinity", "affinity", Scattered::affinity, Domain::balance);
  return guards;
}

}  // namespace

Limits limits_of(Domain domain) {
  Limits limits;
  if (domain != Domain::real) limits.low = domain == Domain::balance ? -one : -slack;
  if (domain == Domain::share || domain == Domain::balance) limits.high = one;
  return limits;
}

const std::vector<Guard>& all_guards() {
  static const std::vector<Guard> guards = make_guards();
  return guards;
}

std::vector<Guard> own_guards(const Columns& columns) {
  std::vector<Guard> guards;
  for (const OwnColumn& column : columns.own()) {
    Guard guard;
    guard.own = &column;
    const bool first = guards.empty() || guards.back().own->table != column.table;
    guard.own_at = first ? 0 : guards.back().own_at + 1;
    guard.name =
        fmt::format("{}.{}", table_names[static_cast<std::size_t>(column.table)], column.info.name);
    guard.what = in_words(column.info.name);
    limit(guard, column.info.domain);
    guards.push_back(std::move(guard));
  }
  return guards;
}

std::span<const double> own_values(const World& w, ColumnTable table, std::size_t at) {
  switch (table) {
    case ColumnTable::regions:
      return w.regions.own[at];
    case ColumnTable::actors:
      return w.actors.own[at];
    case ColumnTable::presences:
      return w.presences.own[at];
  }
  return {};
}

}  // namespace casus
