#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/backtest/conflict_inputs.h"
#include "casus/backtest/conflict_record.h"
#include "casus/core/executor.h"
#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/scenario/scenario.h"
#include "casus/sim/mechanism.h"

/// How much violence a scenario begins with, region by region: what the record leads one to expect,
/// and what makes a scenario begin with it.
namespace casus {

/// Lethal events a year to be expected after a day, from those that were over before it: of the
/// last three months, twelve and sixty the rates that weigh as `LevelWeights` says.
struct LevelWeights {
  double months_3 = 0.42, months_12 = 0.35, months_60 = 0.63;  ///< of each rate
  double anywhere = 0.72;                                      ///< events a year of no past
};

struct StartLevels {
  std::vector<double> events;                 ///< a year, by region of the record
  std::vector<std::vector<double>> of_group;  ///< of them by group, and region
  std::vector<std::vector<double>> fights;    ///< of those, with the state's side
  double usual_size = 0.0;                    ///< mean deaths of an event of the last 12 months
  /// The mean of a region relative to that of all, by region, over 24 months: each event
  /// counted as 60 at most, and
  /// drawn towards 1 by 20 events.
  std::vector<double> size;
};

/// Throws ContractError for no group.
CASUS_API StartLevels start_levels(const ConflictRecord& record, Date day,
                                   std::span<const ConflictGroup> groups,
                                   const LevelWeights& weights = {});

/// The groups with their people where the levels are, whole ones, as many in all.
CASUS_API void place_by_levels(std::vector<GroupInputs>& groups, const StartLevels& levels);

/// Runs that say what a scenario begins with, from `first_run` on, in each round the same.
struct PilotRuns {
  std::size_t runs = 32, rounds = 4;
  double days = 182.0;
  std::uint64_t seed = 1;
  std::uint32_t first_run = 0;
};

/// What is to be as on record: all events of a region together, by the same activity of each group
/// there; or, of each group there, its fights with the state's side (militias among it).
enum class LevelOf { all_events, fights_of_groups };

/// By what a scenario begins with the levels, as the means of runs have it.
struct LocalLevels {
  /// `presence.*.*.activity` by group and region, 1/20 to 20. It moves fights with the owner's
  /// side, and nothing else.
  std::vector<std::vector<double>> activity;
  std::vector<double> lethality;  ///< `regions.*.lethality`, by region
};

/// Regions are those of the record, by row.
CASUS_API LocalLevels local_levels(const Scenario& scenario, const Registry& registry,
                                   std::span<const RegionId> regions,
                                   std::span<const GroupInputs> groups, const StartLevels& levels,
                                   LevelOf of, const PilotRuns& pilot, Executor& executor);

/// The scenario as it begins with the levels of all events.
CASUS_API Scenario levelled(const Scenario& scenario, const Registry& registry,
                            std::span<const RegionId> regions, std::span<const GroupInputs> groups,
                            const StartLevels& levels, const PilotRuns& pilot, Executor& executor);

}  // namespace casus
