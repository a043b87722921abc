#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/backtest/conflict_inputs.h"
#include "casus/backtest/conflict_record.h"
#include "casus/backtest/region_forecast.h"
#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/scenario/scenario.h"
#include "casus/sim/mechanism.h"

/// A scenario as it would have been made at another day, and the simulator as a forecaster.
namespace casus {

/// A group whose places follow from events, with the camp that events name; and where events of a
/// camp are not its own.
struct PlacedGroup {
  std::string_view actor;
  Camp camp = Camp::jnim;
  std::string_view title, not_in;
};
CASUS_API std::span<const PlacedGroup> placed_groups();

/// The groups with as many people as the scenario has of each in these regions (none: 0). Throws
/// ContractError for a scenario without one of the groups.
CASUS_API std::vector<ConflictGroup> groups_of(const ScenarioData& scenario,
                                               const std::map<std::string, RegionId>& regions);

/// The scenario as it would be at another day: where the groups stand and how many they are, and
/// event sizes, of which the median moves as much by a factor as that of the record has since
/// `then`, and the exponent as much. Groups fight as much a head as before. Regions are those of
/// the record, by row. Ground that is said to be held moves with the people there. What a
/// scenario was balanced for goes, so that runs begin in balance.
CASUS_API Scenario scenario_as_of(const Scenario& scenario, const ConflictInputs& now,
                                  const ConflictInputs& then, std::span<const RegionId> regions);

/// The simulator, its scenario made anew at each origin from what was known then. A group has as
/// many people as its lethal events of the twelve months before are to those of the twelve before
/// the scenario's own start, or to the last on `record`; that, and all other numbers of the
/// scenario, are its own and the same at every origin. Throws ContractError where the scenario
/// lacks a region of the record or a group, or one has no event in that year.
CASUS_API Forecaster simulator_forecaster(const Scenario& scenario, const Registry& registry,
                                          const ConflictRecord& record);

}  // namespace casus
