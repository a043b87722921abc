#include "sim/guards.h"

#include <fmt/format.h>

#include "casus/core/calendar.h"
#include "casus/core/diagnostics.h"

namespace casus {
namespace {

// Rounding may leave a share a few ulps outside [0, 1]; more is an error of a mechanism.
constexpr double slack = 1e-9;
constexpr double unbounded = 1e300;

// Written so that NaN counts as outside, and without a branch per element.
std::size_t first_outside(const std::vector<double>& column, double low, double high) {
  bool bad = false;
  for (const double x : column) bad |= !((x >= low) & (x <= high));
  if (!bad) return column.size();
  std::size_t i = 0;
  while (column[i] >= low && column[i] <= high) ++i;
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

 private:
  [[noreturn]] void fail(const char* what, double value, const std::string& subject, double low,
                         double high) const {
    const std::string date = to_string(context_.clock.date(context_.step));
    const bool finite = value - value == 0.0;
    const std::string message =
        finite ? fmt::format("{} became {}, outside [{}, {}] [E0702]", what, value, low,
                             high >= unbounded ? std::string("inf") : fmt::format("{}", high))
               : fmt::format("{} became {} [E0701]", what, value);
    throw SimulationError(date, std::string(mechanism_), subject, message);
  }

  const StepContext& context_;
  std::string_view mechanism_;
};

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
  check(w.regions.deaths, "deaths", 0, unbounded, region);
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
  check(w.actors.recent_losses, "recent losses", 0, unbounded, actor);
  check(w.presences.strength, "strength", -slack, unbounded, presence);
  check(w.presences.control, "control", -slack, one, presence);
  check(w.presences.excitation, "excitation", 0, unbounded, presence);
  if (mechanism == "perception" || mechanism == "commitments") {
    check(w.relations.affinities(), "affinity", -one, one,
          [](std::size_t) { return std::string("a relation"); });
  }
}

void check_log(const StepContext& context, std::size_t max_events) {
  if (context.log.size() <= max_events) return;
  throw SimulationError(to_string(context.clock.date(context.step)), "event log", "the run",
                        fmt::format("more than {} events", max_events));
}

}  // namespace casus
