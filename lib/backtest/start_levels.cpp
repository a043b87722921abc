#include "casus/backtest/start_levels.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "backtest/event_sizes.h"
#include "casus/core/calendar.h"
#include "casus/core/contracts.h"
#include "casus/run/simulation.h"

namespace casus {
namespace {

// Sizes of events count as in forecasts made of the record alone.
constexpr double size_cut = EventSizePools::size_cut, pseudo_events = EventSizePools::pseudo_events;
// A level that the runs miss by more than this is left to what else happens there.
constexpr double most_moved = 20.0;
// Events a year that runs cannot tell from none.
constexpr double little = 0.25;

Date months_before(Date day, int months) {
  const std::chrono::year_month_day d{day};
  const std::chrono::year_month_day then = d - std::chrono::months(months);
  return then.ok() ? Date{then} : Date{then.year() / then.month() / std::chrono::last};
}

/// By how much an event counts: of the windows that it lies in, the weights over their years.
double weight_of(const ConflictEvent& e, std::span<const std::pair<Date, double>> windows) {
  double sum = 0.0;
  for (const auto& [from, weight] : windows) sum += e.first >= from ? weight : 0.0;
  return sum;
}

/// What the runs of a scenario came to, by region of the record.
struct Seen {
  std::vector<double> events;               ///< reported, a year
  std::vector<std::vector<double>> fights;  ///< of them by group: with the owner's side
  double deaths = 0.0, count = 0.0;         ///< of all of them, each size up to the cut
};

Seen look(const Scenario& scenario, const Registry& registry, std::span<const RegionId> regions,
          std::span<const GroupInputs> groups, const PilotRuns& pilot, Executor& executor) {
  constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> row_of(scenario->regions.size(), none);
  for (std::size_t r = 0; r < regions.size(); ++r) row_of[regions[r].row()] = r;
  std::vector<std::size_t> group_of(scenario->actors.size(), none);
  for (std::size_t a = 0; a < group_of.size(); ++a) {
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (groups[g].actor == scenario->actors[a].name) group_of[a] = g;
    }
  }
  const double days = std::min(pilot.days, scenario->clock.steps() * scenario->clock.days());
  std::vector<Seen> of_run(pilot.runs);
  for_each(executor, pilot.runs, [&](std::size_t i) {
    Seen& seen = of_run[i];
    seen.events.assign(regions.size(), 0.0);
    seen.fights.assign(groups.size(), seen.events);
    Simulation run(scenario, registry,
                   {pilot.seed, pilot.first_run + static_cast<std::uint32_t>(i)});
    while (!run.done() && run.steps_done() * scenario->clock.days() < days) run.step();
    const World& w = run.world();
    const auto group = [&](ActorId a) {
      return a.valid() && a.row() < group_of.size() ? group_of[a.row()] : none;
    };
    for (const Event& e : run.log().all()) {
      if (e.reported_deaths <= 0.0 || !e.where.valid()) continue;
      const std::size_t r = row_of[e.where.row()];
      if (r == none) continue;
      seen.events[r] += 1.0;
      if (e.kind == EventKind::attack || e.kind == EventKind::operation) {
        seen.deaths += e.reported_deaths;
        seen.count += 1.0;
      }
      const ActorId owner = w.regions.owner[e.where.row()];
      std::size_t g = none;
      if (e.kind == EventKind::operation) g = group(e.whom);
      if (e.kind == EventKind::attack && e.whom == owner && e.civilian_deaths <= 0.0) {
        g = group(e.who);
      }
      if (g != none) seen.fights[g][r] += 1.0;
    }
  });
  Seen out;
  out.events.assign(regions.size(), 0.0);
  out.fights.assign(groups.size(), out.events);
  const double years = static_cast<double>(pilot.runs) * days / days_per_year;
  for (const Seen& seen : of_run) {
    for (std::size_t r = 0; r < regions.size(); ++r) {
      out.events[r] += seen.events[r] / years;
      for (std::size_t g = 0; g < groups.size(); ++g) {
        out.fights[g][r] += seen.fights[g][r] / years;
      }
    }
    out.deaths += seen.deaths;
    out.count += seen.count;
  }
  return out;
}

/// What sets them, where the groups stand.
std::vector<Edit> edits_of(const Scenario& scenario, std::span<const RegionId> regions,
                           std::span<const GroupInputs> groups, const LocalLevels& levels) {
  std::vector<Edit> edits;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    const std::string& region = scenario->regions[regions[r].row()].name;
    edits.push_back({Edit::Kind::set, "regions." + region + ".lethality",
                     fmt::format("{:.4f}", levels.lethality[r])});
    for (const PresenceSpec& p : scenario->presence) {
      if (p.region != regions[r]) continue;
      const std::string& actor = scenario->actors[p.actor.row()].name;
      const auto its = std::find_if(groups.begin(), groups.end(),
                                    [&](const GroupInputs& g) { return g.actor == actor; });
      if (its == groups.end()) continue;
      const auto g = static_cast<std::size_t>(its - groups.begin());
      edits.push_back({Edit::Kind::set, "presence." + region + "." + actor,
                       fmt::format("{{strength: {:.0f}, activity: {:.4f}}}", p.strength.mean(),
                                   levels.activity[g][r])});
    }
  }
  return edits;
}

}  // namespace

StartLevels start_levels(const ConflictRecord& record, Date day,
                         std::span<const ConflictGroup> groups, const LevelWeights& weights) {
  CASUS_EXPECTS(!groups.empty(), "levels of no group");
  const std::pair<Date, double> windows[] = {{months_before(day, 3), weights.months_3 * 4.0},
                                             {months_before(day, 12), weights.months_12},
                                             {months_before(day, 60), weights.months_60 / 5.0}};
  const Date two_years = months_before(day, 24), one_year = months_before(day, 12);
  const std::size_t n = record.regions.size();
  StartLevels out;
  out.events.assign(n, weights.anywhere);
  out.of_group.assign(groups.size(), std::vector<double>(n, 0.0));
  out.fights = out.of_group;
  std::vector<double> found(n, 0.0), count(n, 0.0);
  double all = 0.0, events = 0.0, whole = 0.0, recent = 0.0;
  for (const ConflictEvent& e : record.events) {
    if (e.deaths <= 0.0 || e.last >= day) continue;
    const double weight = weight_of(e, windows);
    out.events[e.region] += weight;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (e.a != groups[g].camp && e.b != groups[g].camp) continue;
      const auto& not_its = groups[g].elsewhere;
      const std::string& name = record.regions[e.region].name;
      if (std::find(not_its.begin(), not_its.end(), name) != not_its.end()) continue;
      out.of_group[g][e.region] += weight;
      const Camp other = e.a == groups[g].camp ? e.b : e.a;
      if (other == Camp::state || other == Camp::other) out.fights[g][e.region] += weight;
    }
    if (e.first < two_years) continue;
    found[e.region] += std::min(e.deaths, size_cut);
    count[e.region] += 1.0;
    all += std::min(e.deaths, size_cut);
    events += 1.0;
    if (e.first < one_year) continue;
    whole += e.deaths;
    recent += 1.0;
  }
  const double usual = events > 0.0 ? all / events : 1.0;
  out.usual_size = recent > 0.0 ? whole / recent : usual;
  out.size.resize(n);
  for (std::size_t r = 0; r < n; ++r) {
    out.size[r] = (found[r] / usual + pseudo_events) / (count[r] + pseudo_events);
  }
  return out;
}

void place_by_levels(std::vector<GroupInputs>& groups, const StartLevels& levels) {
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const std::vector<double>& there = levels.of_group[g];
    double sum = 0.0;
    for (const double x : there) sum += x;
    groups[g].places.clear();
    if (sum <= 0.0) continue;
    for (std::size_t r = 0; r < there.size(); ++r) {
      const double people = std::round(groups[g].people * there[r] / sum);
      if (people < 1.0) continue;
      GroupInputs::Place place;
      place.region = static_cast<std::uint32_t>(r);
      place.events = there[r];
      place.people = people;
      groups[g].places.push_back(place);
    }
  }
}

LocalLevels local_levels(const Scenario& scenario, const Registry& registry,
                         std::span<const RegionId> regions, std::span<const GroupInputs> groups,
                         const StartLevels& levels, LevelOf of, const PilotRuns& pilot,
                         Executor& executor) {
  LocalLevels out;
  out.activity.assign(groups.size(), std::vector<double>(regions.size(), 1.0));
  out.lethality.assign(regions.size(), 1.0);
  std::vector<std::vector<double>> wanted_of = out.activity;
  double size = 1.0;
  // From what is so everywhere, whatever the scenario says already.
  Scenario now = scenario.with(edits_of(scenario, regions, groups, out));
  for (std::size_t round = 0; round < pilot.rounds; ++round) {
    const Seen seen = look(now, registry, regions, groups, pilot, executor);
    if (seen.deaths > 0.0) size *= levels.usual_size * seen.count / seen.deaths;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      out.lethality[r] = levels.size[r] * size;
      double fights = 0.0;
      for (const auto& its : seen.fights) fights += its[r];
      const double others = std::max(0.0, seen.events[r] - fights);
      for (std::size_t g = 0; g < groups.size(); ++g) {
        double& activity = out.activity[g][r];
        if (of == LevelOf::all_events) {
          const double wanted = std::max(0.0, levels.events[r] - others);
          activity *= (wanted + 1.0) / (fights + 1.0);
        } else {
          // A year's count of few is luck: it is weighed against what the runs have of themselves,
          // as if that had been seen in an event.
          const double found = seen.fights[g][r];
          if (round == 0) wanted_of[g][r] = found * (levels.fights[g][r] + 1.0) / (found + 1.0);
          activity *= (wanted_of[g][r] + little) / (found + little);
        }
        activity = std::clamp(activity, 1.0 / most_moved, most_moved);
      }
    }
    now = scenario.with(edits_of(scenario, regions, groups, out));
  }
  return out;
}

Scenario levelled(const Scenario& scenario, const Registry& registry,
                  std::span<const RegionId> regions, std::span<const GroupInputs> groups,
                  const StartLevels& levels, const PilotRuns& pilot, Executor& executor) {
  return scenario.with(edits_of(scenario, regions, groups,
                                local_levels(scenario, registry, regions, groups, levels,
                                             LevelOf::all_events, pilot, executor)));
}

}  // namespace casus
