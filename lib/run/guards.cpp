#include "run/guards.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "casus/core/calendar.h"
#include "casus/core/column_scan.h"
#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/world/columns.h"

namespace casus {
namespace {

// Rounding may leave a share a few ulps outside [0, 1]; more is an error of a mechanism.
constexpr double slack = 1e-9;
constexpr double one = 1.0 + slack;
constexpr double unbounded = 1e300;

/// Numbers that do not stand in columns of their own.
enum class Scattered { none, war_deaths, crisis_stake, measure_size, affinity };

struct Guard {
  std::string name;  ///< of the column, as a mechanism declares it
  std::string what;  ///< as the message says it
  double low = -unbounded, high = unbounded;
  std::vector<double> RegionTable::*region = nullptr;
  std::vector<double> ActorTable::*actor = nullptr;
  std::vector<double> PresenceTable::*presence = nullptr;
  Scattered scattered = Scattered::none;
  bool per_border = false;
};

void limit(Guard& guard, Domain domain) {
  if (domain != Domain::real) guard.low = domain == Domain::balance ? -one : -slack;
  if (domain == Domain::share || domain == Domain::balance) guard.high = one;
}

template <class Table>
void add_columns(std::string_view table, std::vector<double> Table::*Guard::*member,
                 std::vector<Guard>& guards) {
  for (const Column<Table>& column : columns_of<Table>()) {
    const auto* values = std::get_if<std::vector<double> Table::*>(&column.member);
    if (values == nullptr) continue;
    Guard guard;
    guard.name = fmt::format("{}.{}", table, column.info.name);
    guard.what = column.info.name;
    std::replace(guard.what.begin(), guard.what.end(), '_', ' ');
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
  CASUS_EXPECTS(guards.size() <= ColumnSet().size(), "more columns than a set of them holds");
  return guards;
}

const std::vector<Guard>& all_guards() {
  static const std::vector<Guard> guards = make_guards();
  return guards;
}

/// Calls `f` with each run of values of a guard that lie side by side in memory.
template <class F>
void for_values(const World& w, const Guard& g, F&& f) {
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
      return f(std::span(w.relations.affinities()));
    case Scattered::none:
      break;
  }
}

/// Whose number it is; empty where the message needs no more than what it is.
std::string subject_of(const StepView& context, const Guard& g, std::size_t row) {
  const World& w = context.world;
  const auto region = [&](RegionId r) { return context.scenario.regions[r.row()].name; };
  if (g.per_border) return "a border";
  if (g.region != nullptr) return fmt::format("region '{}'", region(RegionId(row)));
  if (g.actor != nullptr) return fmt::format("actor '{}'", w.actors.name[row]);
  if (g.presence != nullptr) {
    return fmt::format("actor '{}' in region '{}'", w.actors.name[w.presences.actor[row].row()],
                       region(w.presences.region[row]));
  }
  return g.scattered == Scattered::affinity ? "a relation" : "";
}

[[noreturn]] void fail(const StepView& context, std::string_view mechanism, const Guard& g,
                       double value, std::size_t row) {
  const std::string message =
      std::isfinite(value)
          ? fmt::format("{} became {}, outside [{}, {}] [E0702]", g.what, value, g.low,
                        g.high >= unbounded ? std::string("inf") : fmt::format("{}", g.high))
          : fmt::format("{} became {} [E0701]", g.what, value);
  throw SimulationError(to_string(context.clock.date(context.step)), std::string(mechanism),
                        subject_of(context, g, row), message);
}

}  // namespace

ColumnSet every_column() {
  const std::vector<Guard>& guards = all_guards();
  ColumnSet all;
  for (std::size_t i = 0; i < guards.size(); ++i) all.set(i);
  return all;
}

std::vector<std::string> guarded_columns() {
  const std::vector<Guard>& guards = all_guards();
  std::vector<std::string> names;
  names.reserve(guards.size());
  for (const Guard& g : guards) names.push_back(g.name);
  return names;
}

ColumnSet columns_named(std::span<const std::string> names) {
  const std::vector<Guard>& guards = all_guards();
  if (names.empty()) return every_column();
  ColumnSet set;
  for (const std::string& name : names) {
    const auto g = std::find_if(guards.begin(), guards.end(),
                                [&](const Guard& guard) { return guard.name == name; });
    CASUS_EXPECTS(g != guards.end(), "no column '" + name + "' to write; nearest: '" +
                                         nearest(name, guarded_columns()) + "'");
    set.set(static_cast<std::size_t>(g - guards.begin()));
  }
  return set;
}

void check_world(const StepView& context, std::string_view mechanism, const ColumnSet& columns) {
  const std::vector<Guard>& guards = all_guards();
  for (std::size_t i = 0; i < guards.size(); ++i) {
    if (!columns[i]) continue;
    const Guard& g = guards[i];
    for_values(context.world, g, [&](std::span<const double> values) {
      const std::size_t row = first_outside(values, g.low, g.high);
      if (row < values.size()) fail(context, mechanism, g, values[row], row);
    });
  }
}

void UndeclaredWrites::watch(const World& world, const ColumnSet& declared) {
  const std::vector<Guard>& guards = all_guards();
  watched_ = every_column() & ~declared;
  before_.clear();
  sizes_.clear();
  for (std::size_t i = 0; i < guards.size(); ++i) {
    if (!watched_[i]) continue;
    const std::size_t begin = before_.size();
    for_values(world, guards[i], [&](std::span<const double> values) {
      before_.insert(before_.end(), values.begin(), values.end());
    });
    sizes_.push_back(before_.size() - begin);
  }
}

void UndeclaredWrites::expect_none(const World& world, std::string_view mechanism) {
  const std::vector<Guard>& guards = all_guards();
  const double* before = before_.data();
  std::size_t column = 0;
  for (std::size_t i = 0; i < guards.size(); ++i) {
    if (!watched_[i]) continue;
    // Rows that were added are no writes: they have the values of a parent, or none.
    std::size_t left = sizes_[column++];
    for_values(world, guards[i], [&](std::span<const double> values) {
      const std::size_t n = std::min(left, values.size());
      // Bit by bit: a NaN differs from itself.
      const bool same = n == 0 || std::memcmp(before, values.data(), n * sizeof(double)) == 0;
      CASUS_EXPECTS(same, fmt::format("mechanism '{}' writes {} and does not say so", mechanism,
                                      guards[i].name));
      before += n;
      left -= n;
    });
    CASUS_EXPECTS(left == 0,
                  fmt::format("mechanism '{}' removes rows of {}", mechanism, guards[i].name));
  }
}

void check_log(const StepView& context, std::size_t max_events) {
  if (context.log.size() <= max_events) return;
  throw SimulationError(to_string(context.clock.date(context.step)), "event log", "the run",
                        fmt::format("more than {} events [E0705]", max_events));
}

}  // namespace casus
