#pragma once

#include <vector>

#include "casus/backtest/backtest.h"
#include "casus/backtest/region_backtest.h"
#include "casus/report/document.h"
#include "cli/commands.h"

namespace casus::cli {

// Backtests as pages: how good forecasts were beside simple rivals, and whether things came as
// often as they said.

Document war_page(const WarBacktest& backtest, const Common& common);
Document sahel_page(const std::vector<RegionBacktest>& backtests, const ConflictRecord& record,
                    const Common& common);

}  // namespace casus::cli
