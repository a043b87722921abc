#include "casus/study/series.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/core/contracts.h"
#include "casus/core/units.h"
#include "study/aggregation.h"

namespace casus {
namespace {

struct Toll {
  double deaths = 0.0, civilian_deaths = 0.0, displaced = 0.0;
  void add(const RegionTable& regions, RegionId r) {
    deaths += regions.deaths[r.row()];
    civilian_deaths += regions.civilian_deaths[r.row()];
    displaced += regions.displaced_from(r);
  }
};

/// Regions of which `group` holds at least half against the owner.
double regions_held(const World& world, ActorId group) {
  double held = 0.0;
  for (const std::uint32_t p : world.presences_of(group)) {
    if (world.presences.control[p] >= 0.5) held += 1.0;
  }
  return held;
}

}  // namespace

SeriesObserver::SeriesObserver(const ScenarioData& scenario)
    : clock_(scenario.clock), every_days_(scenario.observe_days) {
  CASUS_EXPECTS(every_days_ > 0.0, "an interval of observation that is not above 0");
  territory_.resize(scenario.actors.size());
  for (std::size_t r = 0; r < scenario.regions.size(); ++r) {
    const ActorId owner = scenario.regions[r].owner;
    if (owner.valid()) territory_[owner.row()].emplace_back(r);
  }
  for (const char* variable : {"deaths", "civilian_deaths", "displaced"}) {
    columns_.push_back({"world", "all", variable, "people"});
  }
  columns_.push_back({"world", "all", "wars", ""});
  for (const ActorSpec& actor : scenario.actors) {
    kinds_.push_back(actor.kind);
    add(actor.kind, actor.name);
  }
  columns_.push_back({"armed_group", "born", "forces", "people"});
  columns_.push_back({"armed_group", "born", "regions", ""});
  add_own(scenario);
}

void SeriesObserver::add_own(const ScenarioData& scenario) {
  constexpr const char* kinds[] = {"state", "armed_group", "external"};
  std::size_t at = 0;
  const OwnColumn* before = nullptr;
  for (const OwnColumn& column : scenario.columns.own()) {
    at = before != nullptr && before->table == column.table ? at + 1 : 0;
    before = &column;
    const auto push = [&](const char* kind, const std::string& entity, ActorId actor) {
      columns_.push_back(
          {kind, entity, column.info.name, std::string(unit_name(column.info.unit))});
      own_.push_back({column, at, actor});
    };
    if (column.table == ColumnTable::regions) push("world", "all", {});
    for (std::size_t a = 0; a < kinds_.size(); ++a) {
      const bool has = column.table == ColumnTable::regions
                           ? kinds_[a] == ActorKind::state && !territory_[a].empty()
                           : (column.info.kinds & kind_bit(kinds_[a])) != 0;
      if (has)
        push(kinds[static_cast<std::size_t>(kinds_[a])], scenario.actors[a].name, ActorId(a));
    }
  }
}

double SeriesObserver::own_value(const OwnSeries& series, const World& world) const {
  Aggregation all(series.column.info.aggregate);
  switch (series.column.table) {
    case ColumnTable::regions: {
      const auto& values = world.regions.own[series.at];
      const auto add = [&](std::size_t r) { all.add(values[r], world.regions.residents[r]); };
      if (series.actor.valid()) {
        for (const RegionId r : territory_[series.actor.row()]) add(r.row());
      } else {
        for (std::size_t r = 0; r < values.size(); ++r) add(r);
      }
      break;
    }
    case ColumnTable::actors:
      return world.actors.own[series.at][series.actor.row()];
    case ColumnTable::presences:
      for (const std::uint32_t p : world.presences_of(series.actor)) {
        const RegionId where = world.presences.region[p];
        all.add(world.presences.own[series.at][p], world.regions.residents[where.row()]);
      }
      break;
  }
  return all.value();
}

void SeriesObserver::add(ActorKind kind, const std::string& name) {
  switch (kind) {
    case ActorKind::state:
      if (!territory_[kinds_.size() - 1].empty()) {
        columns_.push_back({"state", name, "deaths", "people"});
        columns_.push_back({"state", name, "civilian_deaths", "people"});
        columns_.push_back({"state", name, "displaced", "people"});
        columns_.push_back({"state", name, "control", ""});
      }
      columns_.push_back({"state", name, "forces", "people"});
      columns_.push_back({"state", name, "abroad", "people"});
      columns_.push_back({"state", name, "legitimacy", ""});
      columns_.push_back({"state", name, "resources", "MUSD"});
      return;
    case ActorKind::armed_group:
      columns_.push_back({"armed_group", name, "forces", "people"});
      columns_.push_back({"armed_group", name, "regions", ""});
      return;
    case ActorKind::external:
      columns_.push_back({"external", name, "abroad", "people"});
      return;
  }
}

void SeriesObserver::append_state(const World& world, ActorId state,
                                  std::vector<double>& values) const {
  const std::vector<RegionId>& territory = territory_[state.row()];
  if (!territory.empty()) {
    Toll toll;
    double residents = 0.0, controlled = 0.0;
    for (const RegionId r : territory) {
      toll.add(world.regions, r);
      residents += world.regions.residents[r.row()];
      if (world.regions.owner[r.row()] == state) {
        controlled += world.regions.residents[r.row()] * world.regions.control[r.row()];
      }
    }
    values.insert(values.end(), {toll.deaths, toll.civilian_deaths, toll.displaced,
                                 residents > 0.0 ? controlled / residents
                                                 : std::numeric_limits<double>::quiet_NaN()});
  }
  values.insert(values.end(),
                {world.forces(state), world.abroad(state), world.actors.legitimacy[state.row()],
                 world.actors.resources[state.row()]});
}

Observation SeriesObserver::observe(const World& world, std::uint32_t step) const {
  Observation row{step, {}};
  row.values.reserve(columns_.size());
  Toll toll;
  for (std::size_t r = 0; r < world.regions.size(); ++r) toll.add(world.regions, RegionId(r));
  const auto fought = std::count_if(world.wars.begin(), world.wars.end(),
                                    [](const War& w) { return w.state == WarState::active; });
  row.values = {toll.deaths, toll.civilian_deaths, toll.displaced, static_cast<double>(fought)};
  row.values.reserve(columns_.size());
  double born_forces = 0.0, born_regions = 0.0;
  for (std::size_t a = 0; a < world.actors.size(); ++a) {
    const ActorId actor(a);
    if (a >= kinds_.size()) {
      born_forces += world.forces(actor);
      born_regions += regions_held(world, actor);
    } else if (kinds_[a] == ActorKind::state) {
      append_state(world, actor, row.values);
    } else if (kinds_[a] == ActorKind::armed_group) {
      row.values.push_back(world.forces(actor));
      row.values.push_back(regions_held(world, actor));
    } else {
      row.values.push_back(world.abroad(actor));
    }
  }
  row.values.insert(row.values.end(), {born_forces, born_regions});
  for (const OwnSeries& series : own_) row.values.push_back(own_value(series, world));
  CASUS_ASSERT(row.values.size() == columns_.size());
  return row;
}

bool SeriesObserver::due(std::uint32_t step) const {
  if (step == 0 || step >= clock_.steps()) return true;
  // The first step that begins in a new interval, whatever the step's length.
  const double day = step * clock_.days();
  return std::floor(day / every_days_) > std::floor((day - clock_.days()) / every_days_);
}

}  // namespace casus
