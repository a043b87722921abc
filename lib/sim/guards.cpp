#include "sim/guards.h"

#include <fmt/format.h>

#include <cmath>

#include "casus/core/calendar.h"
#include "casus/core/diagnostics.h"

namespace casus {
namespace {

// Rounding may leave a share a few ulps outside [0, 1]; more is an error of a mechanism.
constexpr double slack = 1e-9;
constexpr double unbounded = 1e300;

/// Looked at after every mechanism of every step, so made for the case that all is well: four lanes
/// keep the least, the greatest and a sum, which a NaN does not leave. Only if one of them is off
/// does it look for the place.
std::size_t first_outside(const std::vector<double>& column, double low, double high) {
  constexpr std::size_t lanes = 4;
  double least[lanes] = {high, high, high, high};
  double greatest[lanes] = {low, low, low, low};
  double sum[lanes] = {};
  const std::size_t whole = column.size() / lanes * lanes;
  const auto take = [&](double x, std::size_t k) {
    least[k] = x < least[k] ? x : least[k];
    greatest[k] = x > greatest[k] ? x : greatest[k];
    sum[k] += x;
  };
  for (std::size_t i = 0; i < whole; i += lanes) {
    for (std::size_t k = 0; k < lanes; ++k) take(column[i + k], k);
  }
  for (std::size_t i = whole; i < column.size(); ++i) take(column[i], i - whole);
  bool sound = true;
  for (std::size_t k = 0; k < lanes; ++k) {
    sound = sound && least[k] >= low && greatest[k] <= high && sum[k] == sum[k];
  }
  std::size_t i = sound ? column.size() : 0;
  while (i < column.size() && column[i] >= low && column[i] <= high) ++i;
  return i;
}

class Checker {
 public:
  Checker(const StepContext& context, std::string_view mechanism)
      : context_(context), mechanism_(mechanism) {}

  template <class Name>
  void operator()(const std::vector<double>& column, const char* what, double low, double high,
                  Name&& name) const {
    const std::size_t i = first_outside(column, low, high);
    if (i < column.size()) fail(what, column[i], name(i), low, high);
  }

  void operator()(double value, const char* what, double low, double high) const {
    if (!(value >= low && value <= high)) fail(what, value, "", low, high);
  }

 private:
  [[noreturn]] void fail(const char* what, double value, const std::string& subject, double low,
                         double high) const {
    const std::string date = to_string(context_.clock.date(context_.step));
    const bool finite = std::isfinite(value);
    const std::string message =
        finite ? fmt::format("{} became {}, outside [{}, {}] [E0702]", what, value, low,
                             high >= unbounded ? std::string("inf") : fmt::format("{}", high))
               : fmt::format("{} became {} [E0701]", what, value);
    throw SimulationError(date, std::string(mechanism_), subject, message);
  }

  const StepContext& context_;
  std::string_view mechanism_;
};

/// What mechanisms rarely touch; but a timeline, a program or a mechanism of its own may.
template <class Name>
void check_traits(const Checker& check, const ActorTable& t, Name&& name) {
  const double one = 1.0 + slack;
  check(t.quality, "quality", 0, unbounded, name);
  check(t.income, "income", -slack, unbounded, name);
  check(t.last_coup_day, "day of the last coup", -unbounded, unbounded, name);
  check(t.institution_change_day, "day of the last change of regime", -unbounded, unbounded, name);
  check(t.gdp_per_capita, "GDP per capita", 0, unbounded, name);
  check(t.recruitment, "recruitment", 0, unbounded, name);
  check(t.activity, "activity", 0, unbounded, name);
  check(t.support, "support", 0, unbounded, name);
  check(t.civilian_targeting, "civilian targeting", -slack, one, name);
  check(t.sponsor_evidence, "evidence of sponsorship", -slack, one, name);
  check(t.appetite, "appetite", -slack, one, name);
  check(t.deployment_ceiling, "deployment ceiling", 0, unbounded, name);
  check(t.initial_forces, "forces at the start", 0, unbounded, name);
  check(t.power_at_start, "power at the start", 0, unbounded, name);
  check(t.effort, "effort", 0, unbounded, name);
}

void check_conflicts(const Checker& check, const World& w) {
  for (const War& war : w.wars) check(war.deaths, "a war's deaths", 0, unbounded);
  for (const Crisis& c : w.crises) check(c.stake, "a crisis's stake", -slack, 1.0 + slack);
  for (const Measure& m : w.measures) check(m.size, "a measure's size", 0, unbounded);
}

}  // namespace

void check_world(const StepContext& context, std::string_view mechanism) {
  const World& w = context.world;
  const Checker check(context, mechanism);
  const auto region = [&](std::size_t i) {
    return fmt::format("region '{}'", context.scenario.regions[i].name);
  };
  const auto actor = [&](std::size_t i) { return fmt::format("actor '{}'", w.actors.name[i]); };
  const auto presence = [&](std::size_t i) {
    return fmt::format("actor '{}' in region '{}'", w.actors.name[w.presences.actor[i].row()],
                       context.scenario.regions[w.presences.region[i].row()].name);
  };
  const double one = 1.0 + slack;
  check(w.regions.residents, "residents", -slack, unbounded, region);
  check(w.regions.control, "control", -slack, one, region);
  check(w.regions.grievance, "grievance", -slack, one, region);
  check(w.regions.area, "area", 0, unbounded, region);
  check(w.regions.value, "value", 0, unbounded, region);
  check(w.regions.terrain, "terrain", -slack, one, region);
  check(w.regions.attacks, "attacks", 0, unbounded, region);
  check(w.regions.deaths, "deaths", 0, unbounded, region);
  check(w.regions.civilian_deaths, "civilian deaths", 0, unbounded, region);
  check(w.regions.recent_violence, "recent violence", 0, unbounded, region);
  check(w.regions.displaced, "displaced people", -slack, unbounded,
        [](std::size_t) { return std::string("a border"); });
  check(w.actors.reserve, "reserve", -slack, unbounded, actor);
  check(w.actors.resources, "resources", -slack, unbounded, actor);
  check(w.actors.resolve, "resolve", -slack, one, actor);
  check(w.actors.legitimacy, "legitimacy", -slack, one, actor);
  check(w.actors.arrears, "arrears", -slack, one, actor);
  check(w.actors.cohesion, "cohesion", -slack, one, actor);
  check(w.actors.threat, "threat", -slack, one, actor);
  check(w.actors.mobilised, "mobilisation", -slack, one, actor);
  check(w.actors.reputation, "reputation", -slack, one, actor);
  check(w.actors.home_power, "home power", -slack, unbounded, actor);
  check(w.actors.losses, "losses", 0, unbounded, actor);
  check(w.actors.recent_losses, "recent losses", 0, unbounded, actor);
  check_traits(check, w.actors, actor);
  check(w.presences.strength, "strength", -slack, unbounded, presence);
  check(w.presences.control, "control", -slack, one, presence);
  check(w.presences.excitation, "excitation", 0, unbounded, presence);
  check_conflicts(check, w);
  check(w.relations.affinities(), "affinity", -one, one,
        [](std::size_t) { return std::string("a relation"); });
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
