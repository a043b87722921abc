#include "casus/backtest/simulator_forecast.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include "casus/backtest/simulated_regions.h"
#include "casus/backtest/start_levels.h"
#include "casus/core/contracts.h"

namespace casus {
namespace {

constexpr std::array<PlacedGroup, 2> groups_by_events = {
    {{"jnim", Camp::jnim, "JNIM and what it was made of", ""},
     // Around Lake Chad the Islamic State is its other province.
     {"issp", Camp::islamic_state, "the Islamic State, but for Diffa, where it is ISWAP",
      "NER:Diffa"}}};

std::size_t actor_row(const ScenarioData& scenario, std::string_view name) {
  const auto at = std::find_if(scenario.actors.begin(), scenario.actors.end(),
                               [&](const ActorSpec& a) { return a.name == name; });
  CASUS_EXPECTS(at != scenario.actors.end(), fmt::format("the scenario has no group '{}'", name));
  return static_cast<std::size_t>(at - scenario.actors.begin());
}

/// A number so many times as large, as YAML.
std::string times(const Number& n, double by) {
  switch (n.shape) {
    case Number::Shape::uniform:
      return fmt::format("{{uniform: [{}, {}]}}", n.a * by, n.b * by);
    case Number::Shape::triangular:
      return fmt::format("{{triangular: [{}, {}, {}]}}", n.a * by, n.b * by, n.c * by);
    case Number::Shape::normal:
      return fmt::format("{{normal: [{}, {}]}}", n.a * by, n.b * by);
    case Number::Shape::lognormal:
      return fmt::format("{{lognormal: [{}, {}]}}", n.a * by, n.b);
    case Number::Shape::constant:
    case Number::Shape::beta:
    case Number::Shape::rows:
      break;
  }
  return fmt::format("{}", n.mean() * by);
}

/// Regions of a record, by row.
std::vector<RegionId> rows_of_record(const ScenarioData& scenario, const ConflictRecord& record) {
  const std::map<std::string, RegionId> named = conflict_regions(scenario);
  std::vector<RegionId> out;
  for (const ConflictRegion& r : record.regions) {
    const auto at = named.find(r.name);
    CASUS_EXPECTS(at != named.end(), fmt::format("the scenario has no region {}", r.name));
    out.push_back(at->second);
  }
  return out;
}

void move_group(const ScenarioData& data, const GroupInputs& group,
                std::span<const RegionId> regions, std::vector<Edit>& edits) {
  const ActorSpec& actor = data.actors[actor_row(data, group.actor)];
  double before = 0.0, elsewhere = 0.0;
  std::vector<bool> there(data.regions.size(), false), had = there;
  const auto path = [&](const char* section, std::size_t region) {
    return fmt::format("{}.{}.{}", section, data.regions[region].name, group.actor);
  };
  for (const GroupInputs::Place& p : group.places) {
    if (p.people >= 1.0) there[regions[p.region].row()] = true;
  }
  for (const PresenceSpec& p : data.presence) {
    if (data.actors[p.actor.row()].name != group.actor) continue;
    const bool here = std::find(regions.begin(), regions.end(), p.region) != regions.end();
    (here ? before : elsewhere) += p.strength.mean();
    if (!here) continue;
    had[p.region.row()] = true;
    if (p.resistance) edits.push_back({Edit::Kind::remove, path("resistance", p.region.row()), ""});
    if (!there[p.region.row()]) {
      edits.push_back({Edit::Kind::remove, path("presence", p.region.row()), ""});
    }
  }
  double placed = 0.0;
  for (const GroupInputs::Place& p : group.places) {
    if (p.people < 1.0) continue;
    const std::size_t region = regions[p.region].row();
    placed += p.people;
    edits.push_back({had[region] ? Edit::Kind::set : Edit::Kind::add, path("presence", region),
                     fmt::format("{:.0f}", p.people)});
  }
  // Who stands elsewhere stays; who is not placed goes with those who are.
  edits.push_back({Edit::Kind::set, "actors." + group.actor + ".forces",
                   times(actor.forces, (elsewhere + placed) / (elsewhere + before))});
}

/// Ground moves with the people: what a region's insurgents hold, where the scenario says it, is so
/// many times as much as there are more of them, up to nearly all.
void move_ground(const ScenarioData& data, const ConflictInputs& now,
                 std::span<const RegionId> regions, std::vector<Edit>& edits) {
  constexpr double most_held = 0.95;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    const RegionSpec& region = data.regions[regions[r].row()];
    if (!region.given.says(&RegionTable::control)) continue;
    double before = 0.0, after = 0.0;
    for (const PresenceSpec& p : data.presence) {
      const ActorSpec& actor = data.actors[p.actor.row()];
      if (p.region != regions[r] || p.role != Role::insurgent || actor.pro_state) continue;
      const bool moved = std::any_of(now.groups.begin(), now.groups.end(),
                                     [&](const GroupInputs& g) { return g.actor == actor.name; });
      before += p.strength.mean();
      after += moved ? 0.0 : p.strength.mean();
    }
    for (const GroupInputs& g : now.groups) {
      for (const GroupInputs::Place& p : g.places) after += p.region == r ? p.people : 0.0;
    }
    const std::string path = fmt::format("regions.{}.control", region.name);
    if (before < 1.0 || after < 1.0) {
      edits.push_back({Edit::Kind::remove, path, ""});  // then it follows who stands there
      continue;
    }
    const double held = 1.0 - region[&RegionTable::control].mean();
    edits.push_back({Edit::Kind::set, path,
                     fmt::format("{:.4f}", 1.0 - std::min(most_held, held * after / before))});
  }
}

/// A parameter of the scenario, with its prior at its mean, and within which limits it may be.
struct ParameterNow {
  double value = 0.0, low = 0.0, high = 0.0;
};
ParameterNow parameter(const Scenario& scenario, std::string_view mechanism,
                       std::string_view name) {
  for (std::size_t m = 0; m < scenario->mechanisms.size(); ++m) {
    if (scenario->mechanisms[m].name != mechanism) continue;
    const auto& rows = scenario.vocabulary().at(m).parameters;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].name != name) continue;
      return {scenario->mechanisms[m].values.at(i).mean(), rows[i].low, rows[i].high};
    }
  }
  CASUS_EXPECTS(false, fmt::format("there is no parameter {} of {}", name, mechanism));
  return {};
}

/// `set` of a parameter, as near as its limits let it be: what a record of few events says of its
/// tail may be beyond what any tail is.
Edit moved(const ParameterNow& from, double to, std::string_view path) {
  return {Edit::Kind::set, std::string(path),
          fmt::format("{:.4f}", std::clamp(to, from.low, from.high))};
}

/// The groups with people in proportion to their events, of which they have as many as in the
/// scenario where they had the events of `then`.
std::vector<ConflictGroup> in_proportion(const ConflictRecord& known, Date day,
                                         std::vector<ConflictGroup> groups,
                                         const ConflictInputs& then) {
  const ConflictInputs now = conflict_inputs(known, day, groups);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const double ratio = now.groups[g].events / then.groups[g].events;
    groups[g].people = std::max(1.0, std::round(groups[g].people * ratio));
  }
  return groups;
}

}  // namespace

std::span<const PlacedGroup> placed_groups() { return groups_by_events; }

std::vector<ConflictGroup> groups_of(const ScenarioData& scenario,
                                     const std::map<std::string, RegionId>& regions) {
  std::vector<ConflictGroup> out;
  for (const PlacedGroup& g : groups_by_events) {
    const std::size_t actor = actor_row(scenario, g.actor);
    ConflictGroup group{std::string(g.actor), g.camp, 0.0, {}};
    if (!g.not_in.empty()) group.elsewhere.emplace_back(g.not_in);
    for (const PresenceSpec& p : scenario.presence) {
      const bool here = std::any_of(regions.begin(), regions.end(),
                                    [&](const auto& r) { return r.second == p.region; });
      if (here && p.actor.row() == actor) group.people += p.strength.mean();
    }
    out.push_back(std::move(group));
  }
  return out;
}

Scenario scenario_as_of(const Scenario& scenario, const ConflictInputs& now,
                        const ConflictInputs& then, std::span<const RegionId> regions) {
  std::vector<Edit> edits;
  for (const GroupInputs& group : now.groups) {
    move_group(scenario.data(), group, regions, edits);
  }
  move_ground(scenario.data(), now, regions, edits);
  if (now.in_tail > 0 && then.in_tail > 0) {
    const ParameterNow median = parameter(scenario, "combat", "size_median");
    const ParameterNow exponent = parameter(scenario, "combat", "size_exponent");
    edits.push_back(moved(median, median.value * now.size_median / then.size_median,
                          "mechanisms.combat.size_median"));
    edits.push_back(moved(exponent, exponent.value + now.size_exponent - then.size_exponent,
                          "mechanisms.combat.size_exponent"));
  }
  return scenario.with(edits);
}

Forecaster simulator_forecaster(const Scenario& scenario, const Registry& registry,
                                const ConflictRecord& record) {
  const std::vector<RegionId> regions = rows_of_record(scenario.data(), record);
  const std::vector<ConflictGroup> groups =
      groups_of(scenario.data(), conflict_regions(scenario.data()));
  const Date own_start = std::min(scenario->clock.start, first_day(record.until));
  const ConflictInputs then = conflict_inputs(record, own_start, groups);
  for (const GroupInputs& g : then.groups) {
    CASUS_EXPECTS(g.events > 0.0, fmt::format("'{}' has no event in the year before {}", g.actor,
                                              to_string(own_start)));
  }
  Forecaster out;
  out.name = "simulator";
  out.months_back = 24;
  out.make = [=, &registry](const ConflictRecord& known, const ForecastRequest& request,
                            Executor& executor) {
    const Date day = first_day(request.origin);
    const std::vector<ConflictGroup> now = in_proportion(known, day, groups, then);
    ConflictInputs inputs = conflict_inputs(known, day, now);
    const StartLevels levels = start_levels(known, day, now);
    place_by_levels(inputs.groups, levels);
    const Scenario placed = scenario_as_of(scenario, inputs, then, regions);
    // Origins do not share their luck; 100,000 is the most draws that can be asked for.
    const auto first = static_cast<std::uint32_t>(request.origin) * 100'000U;
    const PilotRuns pilot{.seed = request.seed, .first_run = first};
    const Scenario made =
        levelled(placed, registry, regions, inputs.groups, levels, pilot, executor);
    RegionForecast forecast = simulated_regions(made, registry, known, request, executor, first);
    for (const GroupInputs& g : inputs.groups) {
      forecast.parameters.emplace_back(g.actor + ".people", g.people);
    }
    forecast.parameters.emplace_back("size_median", parameter(made, "combat", "size_median").value);
    forecast.parameters.emplace_back("size_exponent",
                                     parameter(made, "combat", "size_exponent").value);
    return forecast;
  };
  return out;
}

}  // namespace casus
