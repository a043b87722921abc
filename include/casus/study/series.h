#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/world/world.h"

namespace casus {

/// One column of the series: what is watched of whom.
struct SeriesColumn {
  std::string kind;      ///< "world", "state", "armed_group" or "external"
  std::string entity;    ///< the actor's name; "all" for the world, "born" for groups split off
  std::string variable;  ///< "deaths"
  std::string unit;      ///< "people"; empty for a pure number
};

/// One moment of a run.
struct Observation {
  std::uint32_t step = 0;      ///< at whose beginning; the number of steps: the end of the run
  std::vector<double> values;  ///< in the order of the columns
};

/// Watches a world at intervals.
///
/// - world: deaths, civilian_deaths so far, displaced at the time, wars that are being fought
/// - state with regions: deaths, civilian_deaths, displaced and control over the territory it has
///   at the start (a region it lost counts as not controlled), weighted by residents
/// - state: forces, abroad (part of forces), legitimacy, resources
/// - armed group: forces, regions (those of which it holds at least half); one entity "born" for
///   all groups that split off during the run
/// - external actor: abroad
/// - columns that mechanisms own: of regions over the world and over each state's territory at the
///   start, of actors of those that have it, of presences over those of each actor; added up, or
///   the mean, as the column says
class CASUS_API SeriesObserver {
 public:
  explicit SeriesObserver(const ScenarioData& scenario);

  const std::vector<SeriesColumn>& columns() const { return columns_; }
  /// The values of all columns, in their order.
  Observation observe(const World& world, std::uint32_t step) const;
  /// Is an observation due at the beginning of `step`? The first and the last moment always are.
  bool due(std::uint32_t step) const;

 private:
  void add(ActorKind kind, const std::string& name);
  void append_state(const World& world, ActorId state, std::vector<double>& values) const;

  Clock clock_;
  double every_days_;
  std::vector<ActorKind> kinds_;                  ///< of the scenario's actors
  std::vector<std::vector<RegionId>> territory_;  ///< of each actor, at the start
  std::vector<SeriesColumn> columns_;
  /// Behind the rest: of each column of a mechanism whom it is of.
  struct OwnSeries {
    OwnColumn column;
    std::size_t at = 0;  ///< among the table's own
    ActorId actor;       ///< none: the whole world
  };
  std::vector<OwnSeries> own_;
  void add_own(const ScenarioData& scenario);
  double own_value(const OwnSeries& series, const World& world) const;
};

}  // namespace casus
