#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "casus/backtest/conflict_record.h"
#include "casus/backtest/region_forecast.h"
#include "casus/core/executor.h"
#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/scenario/scenario.h"
#include "casus/sim/mechanism.h"

/// The simulator's own region-months, in the form of a forecast, so that the figures that say what
/// kind of violence there was can be taken of it as of any forecast.
namespace casus {

/// The scenario's regions of the three countries of the record, as the record names them
/// ("MLI:Gao"): by the titles of the region and of the state that owns it.
CASUS_API std::map<std::string, RegionId> conflict_regions(const ScenarioData& scenario);

/// Runs of the scenario, a draw each, from replicate `first_run` on: of the first months of each
/// run the deaths that are reported, whole ones, and the events that somebody is reported dead in.
/// A month is a twelfth of a year; `origin` is the first month of the record that they will be set
/// beside. Throws ContractError if a region of the record is not in the scenario, or the scenario
/// is shorter than the months.
CASUS_API RegionForecast simulated_regions(const Scenario& scenario, const Registry& registry,
                                           const ConflictRecord& record,
                                           const ForecastRequest& request, Executor& executor,
                                           std::uint32_t first_run = 0);

}  // namespace casus
