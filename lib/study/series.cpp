#include "casus/study/series.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/core/units.h"
#include "study/aggregation.h"

namespace casus {
namespace {

using What = ObservedVariable::What;

constexpr Observed entity_of(ActorKind kind) {
  switch (kind) {
    case ActorKind::state:
      return Observed::states;
    case ActorKind::armed_group:
      return Observed::armed_groups;
    case ActorKind::external:
      break;
  }
  return Observed::externals;
}

/// What series.csv calls an entity.
constexpr const char* kind_name(Observed whose) {
  constexpr const char* names[] = {"world",    "state",  "armed_group",
                                   "external", "region", "presence"};
  return names[static_cast<std::size_t>(whose)];
}

/// Regions of which `group` holds at least half against the owner.
double regions_held(const World& world, ActorId group) {
  double held = 0.0;
  for (const std::uint32_t p : world.presences_of(group)) {
    if (world.presences.control[p] >= 0.5) held += 1.0;
  }
  return held;
}

/// Of one region; control against who owned it at the start.
double region_value(const World& world, What what, std::size_t r, ActorId owner) {
  const RegionTable& regions = world.regions;
  switch (what) {
    case What::deaths:
      return regions.deaths[r];
    case What::civilian_deaths:
      return regions.civilian_deaths[r];
    case What::attacks:
      return regions.attacks[r];
    case What::displaced:
      return regions.displaced_from(RegionId(r));
    case What::control:
      return regions.owner[r] == owner ? regions.control[r] : 0.0;
    default:
      break;
  }
  CASUS_ASSERT(false);
  return std::numeric_limits<double>::quiet_NaN();
}

double actor_value(const World& world, What what, ActorId actor) {
  switch (what) {
    case What::forces:
      return world.forces(actor);
    case What::abroad:
      return world.abroad(actor);
    case What::legitimacy:
      return world.actors.legitimacy[actor.row()];
    case What::resources:
      return world.actors.resources[actor.row()];
    case What::regions:
      return regions_held(world, actor);
    default:
      break;
  }
  CASUS_ASSERT(false);
  return std::numeric_limits<double>::quiet_NaN();
}

bool of_places(What what) {
  return what == What::deaths || what == What::civilian_deaths || what == What::attacks ||
         what == What::displaced || what == What::control;
}

template <class T>
bool chosen(const std::vector<T>& among, const T& one) {
  return among.empty() || std::find(among.begin(), among.end(), one) != among.end();
}

}  // namespace

SeriesObserver::SeriesObserver(const ScenarioData& scenario)
    : clock_(scenario.clock), spec_(scenario.observe), actors_(scenario.actors.size()) {
  CASUS_EXPECTS(spec_.every_days > 0.0, "an interval of observation that is not above 0");
  owner_.reserve(scenario.regions.size());
  territory_.resize(scenario.actors.size() + 1);
  for (std::size_t r = 0; r < scenario.regions.size(); ++r) {
    const ActorId owner = scenario.regions[r].owner;
    owner_.push_back(owner);
    territory_.back().emplace_back(r);
    if (owner.valid()) territory_[owner.row()].emplace_back(r);
  }
  if (wants(Observed::world)) add_entity(Observed::world, "all", {}, {});
  for (std::size_t a = 0; a < actors_; ++a) {
    const ActorSpec& actor = scenario.actors[a];
    const Observed whose = entity_of(actor.kind);
    if (wants(whose) && chosen(spec_.actors, ActorId(a))) {
      add_entity(whose, actor.name, ActorId(a), {});
    }
  }
  // Those that split off are of nobody's choosing.
  if (wants(Observed::armed_groups) && spec_.actors.empty()) {
    add_entity(Observed::armed_groups, "born", {}, {});
  }
  for (std::size_t r = 0; r < owner_.size() && wants(Observed::regions); ++r) {
    if (chosen(spec_.regions, RegionId(r))) {
      add_entity(Observed::regions, scenario.regions[r].name, {}, RegionId(r));
    }
  }
  if (wants(Observed::presences)) add_presences(scenario);
  add_own(scenario);
}

bool SeriesObserver::wants(Observed whose) const {
  if (!spec_.of.empty()) return chosen(spec_.of, whose);
  if (whose == Observed::regions) {
    return !spec_.regions.empty() || owner_.size() <= ObserveSpec::most_regions;
  }
  return whose != Observed::presences;
}

void SeriesObserver::add_entity(Observed whose, const std::string& name, ActorId actor,
                                RegionId region) {
  for (const ObservedVariable& v : observed_variables()) {
    if ((v.of & observed_bit(whose)) == 0) continue;
    if (!chosen(spec_.variables, std::string(v.name))) continue;
    // A state without land has nothing that is of places.
    const bool landless = whose == Observed::states && territory_[actor.row()].empty();
    if (landless && of_places(v.what)) continue;
    columns_.push_back({kind_name(whose), name, std::string(v.name), std::string(v.unit)});
    probes_.push_back({whose, v.what, actor, region, {}});
  }
}

void SeriesObserver::add_presences(const ScenarioData& scenario) {
  std::vector<std::pair<RegionId, ActorId>> pairs;
  if (spec_.actors.empty()) {
    for (const PresenceSpec& p : scenario.presence) pairs.emplace_back(p.region, p.actor);
  } else {
    for (std::size_t r = 0; r < owner_.size(); ++r) {
      for (const ActorId actor : spec_.actors) {
        if (actor.valid()) pairs.emplace_back(r, actor);
      }
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  for (const auto& [region, actor] : pairs) {
    if (!chosen(spec_.regions, region)) continue;
    add_entity(Observed::presences,
               scenario.regions[region.row()].name + "." + scenario.actors[actor.row()].name, actor,
               region);
  }
}

void SeriesObserver::add_own(const ScenarioData& scenario) {
  std::size_t at = 0;
  const OwnColumn* before = nullptr;
  for (const OwnColumn& column : scenario.columns.own()) {
    at = before != nullptr && before->table == column.table ? at + 1 : 0;
    before = &column;
    if (!chosen(spec_.variables, column.info.name)) continue;
    const auto push = [&](Observed whose, const std::string& entity, ActorId actor,
                          RegionId region) {
      columns_.push_back(
          {kind_name(whose), entity, column.info.name, std::string(unit_name(column.info.unit))});
      probes_.push_back({whose, {}, actor, region, OwnSeries{column, at}});
    };
    const bool regional = column.table == ColumnTable::regions;
    if (regional && wants(Observed::world)) push(Observed::world, "all", {}, {});
    for (std::size_t a = 0; a < actors_; ++a) {
      const ActorKind kind = scenario.actors[a].kind;
      const bool has = regional ? kind == ActorKind::state && !territory_[a].empty()
                                : (column.info.kinds & kind_bit(kind)) != 0;
      if (has && wants(entity_of(kind)) && chosen(spec_.actors, ActorId(a))) {
        push(entity_of(kind), scenario.actors[a].name, ActorId(a), {});
      }
    }
    for (std::size_t r = 0; regional && r < owner_.size() && wants(Observed::regions); ++r) {
      if (chosen(spec_.regions, RegionId(r))) {
        push(Observed::regions, scenario.regions[r].name, {}, RegionId(r));
      }
    }
  }
}

double SeriesObserver::own_value(const Probe& probe, const World& world) const {
  const OwnSeries& series = *probe.own;
  Aggregation all(series.column.info.aggregate);
  switch (series.column.table) {
    case ColumnTable::regions: {
      const auto& values = world.regions.own[series.at];
      if (probe.region.valid()) return values[probe.region.row()];
      for (const RegionId r : territory(probe.actor)) {
        all.add(values[r.row()], world.regions.residents[r.row()]);
      }
      break;
    }
    case ColumnTable::actors:
      return world.actors.own[series.at][probe.actor.row()];
    case ColumnTable::presences:
      for (const std::uint32_t p : world.presences_of(probe.actor)) {
        const RegionId where = world.presences.region[p];
        all.add(world.presences.own[series.at][p], world.regions.residents[where.row()]);
      }
      break;
  }
  return all.value();
}

const std::vector<RegionId>& SeriesObserver::territory(ActorId actor) const {
  return actor.valid() ? territory_[actor.row()] : territory_.back();
}

/// Over the regions that a state had at the start, or over all: totals, and control by residents.
double SeriesObserver::over_territory(const World& world, const Probe& probe) const {
  double total = 0.0, weight = 0.0;
  const bool mean = probe.what == What::control;
  for (const RegionId r : territory(probe.actor)) {
    const double value = region_value(world, probe.what, r.row(), owner_[r.row()]);
    const double residents = world.regions.residents[r.row()];
    total += mean ? value * residents : value;
    weight += residents;
  }
  if (!mean) return total;
  return weight > 0.0 ? total / weight : std::numeric_limits<double>::quiet_NaN();
}

double SeriesObserver::value(const World& world, const Probe& probe) const {
  if (probe.own) return own_value(probe, world);
  if (probe.what == What::wars) {
    return static_cast<double>(
        std::count_if(world.wars.begin(), world.wars.end(),
                      [](const War& w) { return w.state() == WarState::active; }));
  }
  if (probe.whose == Observed::presences) {
    double people = 0.0;
    for (const std::uint32_t p : world.presences_of(probe.actor)) {
      if (world.presences.region[p] == probe.region) people += world.presences.strength[p];
    }
    return people;
  }
  if (probe.region.valid()) {
    return region_value(world, probe.what, probe.region.row(), owner_[probe.region.row()]);
  }
  if (of_places(probe.what)) return over_territory(world, probe);
  if (probe.actor.valid()) return actor_value(world, probe.what, probe.actor);
  double born = 0.0;
  for (std::size_t a = actors_; a < world.actors.size(); ++a) {
    born += actor_value(world, probe.what, ActorId(a));
  }
  return born;
}

Observation SeriesObserver::observe(const World& world, std::uint32_t step) const {
  Observation row{step, {}};
  row.values.reserve(columns_.size());
  for (const Probe& probe : probes_) row.values.push_back(value(world, probe));
  return row;
}

bool SeriesObserver::due(std::uint32_t step) const {
  if (step == 0 || step >= clock_.steps()) return true;
  // The first step that begins in a new interval, whatever the step's length.
  const double day = step * clock_.days();
  return std::floor(day / spec_.every_days) > std::floor((day - clock_.days()) / spec_.every_days);
}

}  // namespace casus
