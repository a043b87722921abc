#pragma once

#include <string>
#include <vector>

#include "casus/backtest/region_backtest.h"

namespace casus::cli {

/// What a folder of a backtest says about how it came to be.
struct SahelResultsInfo {
  std::vector<std::string> arguments;
  std::vector<std::string> inputs;  ///< files that were read
  bool overwrite = false;
};

/// All figures as JSON, for other programs.
std::string sahel_json(const std::vector<RegionBacktest>& backtests);

/// Writes a folder:
///
///     summary.json       what `--json` prints
///     scores.csv         a row a length of window, forecaster and origin ("all": over all)
///     differences.csv    the forecast's scores less those of rivals, with intervals
///     facts.csv, totals.csv
///     parameters.csv     what was fitted at each origin
///     forecasts-12.csv   a row a draw, region and month: origin, month, region, run, deaths,
///                        events
///     report.html        the page
///     manifest.json      version, arguments, digests of inputs and outputs
///
/// Throws OutputError as ResultsFolder does.
void write_sahel_results(const std::string& folder, const SahelResultsInfo& info,
                         const ConflictRecord& record, const std::vector<RegionBacktest>& backtests,
                         const std::string& page);

}  // namespace casus::cli
