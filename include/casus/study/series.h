#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/world/world.h"

namespace casus {

/// One column of the series: what is watched of whom.
struct SeriesColumn {
  std::string kind;  ///< "world", "state", "armed_group", "external", "region" or "presence"
  /// The actor's or region's name; "all" for the world, "born" for groups split off, "gao.jnim" for
  /// a presence.
  std::string entity;
  std::string variable;  ///< "deaths"
  std::string unit;      ///< "people"; empty for a pure number
};

/// One moment of a run.
struct Observation {
  std::uint32_t step = 0;      ///< at whose beginning; the number of steps: the end of the run
  std::vector<double> values;  ///< in the order of the columns
};

/// Watches a world at intervals: what `observe` of its scenario chooses among
///
/// - the world's, the states' and the regions' variables: see observed_variables. What is of places
///   is, of a state, over the territory it has at the start. Control is that of who owns a region
///   at the start (a region that was lost counts as not controlled).
/// - the actors' variables; one entity "born" for all groups that split off during the run
/// - strengths of presences
/// - columns that mechanisms own: of regions each by itself, over the world and over each state's
///   territory at the start, of actors of those that have it, of presences over those of each
///   actor; added up, or the mean, as the column says
class CASUS_API SeriesObserver {
 public:
  explicit SeriesObserver(const ScenarioData& scenario);

  const std::vector<SeriesColumn>& columns() const { return columns_; }
  /// The values of all columns, in their order.
  Observation observe(const World& world, std::uint32_t step) const;
  /// Is an observation due at the beginning of `step`? The first and the last moment always are.
  bool due(std::uint32_t step) const;

 private:
  /// A column that a mechanism owns, and its place among the table's own.
  struct OwnSeries {
    OwnColumn column;
    std::size_t at = 0;
  };
  /// How a column is read.
  struct Probe {
    Observed whose = Observed::world;
    ObservedVariable::What what{};
    ActorId actor;    ///< none: the world, or those born
    RegionId region;  ///< of regions and presences
    std::optional<OwnSeries> own;
  };

  bool wants(Observed whose) const;
  void add_entity(Observed whose, const std::string& name, ActorId actor, RegionId region);
  void add_presences(const ScenarioData& scenario);
  void add_own(const ScenarioData& scenario);
  const std::vector<RegionId>& territory(ActorId actor) const;
  double value(const World& world, const Probe& probe) const;
  double over_territory(const World& world, const Probe& probe) const;
  double own_value(const Probe& probe, const World& world) const;

  Clock clock_;
  ObserveSpec spec_;
  std::size_t actors_;                            ///< of the scenario
  std::vector<ActorId> owner_;                    ///< of each region, at the start
  std::vector<std::vector<RegionId>> territory_;  ///< of each actor, at the start; last: all
  std::vector<SeriesColumn> columns_;
  std::vector<Probe> probes_;
};

}  // namespace casus
