#include "sim/guards.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "casus/core/calendar.h"
#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "sim/column_scan.h"

namespace casus {
namespace {

// Rounding may leave a share a few ulps outside [0, 1]; more is an error of a mechanism.
constexpr double slack = 1e-9;
constexpr double one = 1.0 + slack;
constexpr double unbounded = 1e300;

/// Numbers that do not stand in columns of their own.
enum class Scattered { none, war_deaths, crisis_stake, measure_size, affinity };

struct Guard {
  std::string_view name;  ///< of the column, as a mechanism declares it
  const char* what;       ///< as the message says it
  double low, high;
  std::vector<double> RegionTable::*region = nullptr;
  std::vector<double> ActorTable::*actor = nullptr;
  std::vector<double> PresenceTable::*presence = nullptr;
  Scattered scattered = Scattered::none;
};

using R = RegionTable;
using A = ActorTable;
using P = PresenceTable;

constexpr Guard of(std::string_view name, const char* what, double low, double high,
                   std::vector<double> R::*column) {
  return {name, what, low, high, column};
}
constexpr Guard of(std::string_view name, const char* what, double low, double high,
                   std::vector<double> A::*column) {
  return {name, what, low, high, nullptr, column};
}
constexpr Guard of(std::string_view name, const char* what, double low, double high,
                   std::vector<double> P::*column) {
  return {name, what, low, high, nullptr, nullptr, column};
}
constexpr Guard of(std::string_view name, const char* what, double low, double high,
                   Scattered numbers) {
  return {name, what, low, high, nullptr, nullptr, nullptr, numbers};
}

constexpr std::array guards{
    of("regions.residents", "residents", -slack, unbounded, &R::residents),
    of("regions.control", "control", -slack, one, &R::control),
    of("regions.grievance", "grievance", -slack, one, &R::grievance),
    of("regions.area", "area", 0, unbounded, &R::area),
    of("regions.value", "value", 0, unbounded, &R::value),
    of("regions.terrain", "terrain", -slack, one, &R::terrain),
    of("regions.attacks", "attacks", 0, unbounded, &R::attacks),
    of("regions.deaths", "deaths", 0, unbounded, &R::deaths),
    of("regions.civilian_deaths", "civilian deaths", 0, unbounded, &R::civilian_deaths),
    of("regions.recent_violence", "recent violence", 0, unbounded, &R::recent_violence),
    of("regions.displaced", "displaced people", -slack, unbounded, &R::displaced),
    of("actors.reserve", "reserve", -slack, unbounded, &A::reserve),
    of("actors.resources", "resources", -slack, unbounded, &A::resources),
    of("actors.resolve", "resolve", -slack, one, &A::resolve),
    of("actors.legitimacy", "legitimacy", -slack, one, &A::legitimacy),
    of("actors.arrears", "arrears", -slack, one, &A::arrears),
    of("actors.cohesion", "cohesion", -slack, one, &A::cohesion),
    of("actors.threat", "threat", -slack, one, &A::threat),
    of("actors.mobilised", "mobilisation", -slack, one, &A::mobilised),
    of("actors.reputation", "reputation", -slack, one, &A::reputation),
    of("actors.home_power", "home power", -slack, unbounded, &A::home_power),
    of("actors.losses", "losses", 0, unbounded, &A::losses),
    of("actors.recent_losses", "recent losses", 0, unbounded, &A::recent_losses),
    of("actors.quality", "quality", 0, unbounded, &A::quality),
    of("actors.income", "income", -slack, unbounded, &A::income),
    of("actors.last_coup_day", "day of the last coup", -unbounded, unbounded, &A::last_coup_day),
    of("actors.institution_change_day", "day of the last change of regime", -unbounded, unbounded,
       &A::institution_change_day),
    of("actors.gdp_per_capita", "GDP per capita", 0, unbounded, &A::gdp_per_capita),
    of("actors.recruitment", "recruitment", 0, unbounded, &A::recruitment),
    of("actors.activity", "activity", 0, unbounded, &A::activity),
    of("actors.support", "support", 0, unbounded, &A::support),
    of("actors.civilian_targeting", "civilian targeting", -slack, one, &A::civilian_targeting),
    of("actors.sponsor_evidence", "evidence of sponsorship", -slack, one, &A::sponsor_evidence),
    of("actors.appetite", "appetite", -slack, one, &A::appetite),
    of("actors.deployment_ceiling", "deployment ceiling", 0, unbounded, &A::deployment_ceiling),
    of("actors.initial_forces", "forces at the start", 0, unbounded, &A::initial_forces),
    of("actors.power_at_start", "power at the start", 0, unbounded, &A::power_at_start),
    of("actors.effort", "effort", 0, unbounded, &A::effort),
    of("presences.strength", "strength", -slack, unbounded, &P::strength),
    of("presences.control", "control", -slack, one, &P::control),
    of("presences.excitation", "excitation", 0, unbounded, &P::excitation),
    of("wars.deaths", "a war's deaths", 0, unbounded, Scattered::war_deaths),
    of("crises.stake", "a crisis's stake", -slack, one, Scattered::crisis_stake),
    of("measures.size", "a measure's size", 0, unbounded, Scattered::measure_size),
    of("relations.affinity", "affinity", -one, one, Scattered::affinity),
};
static_assert(guards.size() <= ColumnSet().size());

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
std::string subject_of(const StepContext& context, const Guard& g, std::size_t row) {
  const World& w = context.world;
  const auto region = [&](RegionId r) { return context.scenario.regions[r.row()].name; };
  if (g.region == &R::displaced) return "a border";
  if (g.region != nullptr) return fmt::format("region '{}'", region(RegionId(row)));
  if (g.actor != nullptr) return fmt::format("actor '{}'", w.actors.name[row]);
  if (g.presence != nullptr) {
    return fmt::format("actor '{}' in region '{}'", w.actors.name[w.presences.actor[row].row()],
                       region(w.presences.region[row]));
  }
  return g.scattered == Scattered::affinity ? "a relation" : "";
}

[[noreturn]] void fail(const StepContext& context, std::string_view mechanism, const Guard& g,
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
  ColumnSet all;
  for (std::size_t i = 0; i < guards.size(); ++i) all.set(i);
  return all;
}

std::vector<std::string> guarded_columns() {
  std::vector<std::string> names;
  for (const Guard& g : guards) names.emplace_back(g.name);
  return names;
}

ColumnSet columns_named(std::span<const std::string> names) {
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

void check_world(const StepContext& context, std::string_view mechanism, const ColumnSet& columns) {
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

void check_finite(const StepContext& context, std::string_view mechanism, double value,
                  std::string_view what) {
  if (std::isfinite(value)) return;
  throw SimulationError(to_string(context.clock.date(context.step)), std::string(mechanism), {},
                        fmt::format("{} became {} [E0701]", what, value));
}

void check_log(const StepContext& context, std::size_t max_events) {
  if (context.log.size() <= max_events) return;
  throw SimulationError(to_string(context.clock.date(context.step)), "event log", "the run",
                        fmt::format("more than {} events", max_events));
}

}  // namespace casus
