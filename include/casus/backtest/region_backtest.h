#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "casus/backtest/region_forecast.h"
#include "casus/backtest/stylised_facts.h"
#include "casus/core/export.h"

/// Forecasts of deaths by region from many origins, each from what was known before it, scored
/// beside simple rivals on the same cells. See docs/backtest.md.
namespace casus {

struct RegionBacktestOptions {
  std::vector<Month> origins;  ///< ascending; empty: default_origins(months)
  std::size_t months = 12;     ///< of each window, >= 1
  std::size_t draws = 1000;    ///< >= 2
  std::uint64_t seed = 1;
};
/// Thirteen, every three months, the last such that its window ends in 2023-08: for windows of
/// twelve months 2019-09 to 2022-09, of 24 months 2018-09 to 2021-09.
CASUS_API std::vector<Month> default_origins(std::size_t months);

/// How one forecaster did.
struct ForecasterScores {
  std::string name;
  std::vector<CellScores> origins;
  double mean(Score score) const { return mean_score(origins, score); }
};

/// The first forecaster's score less a rival's.
struct RivalDifference {
  Score score = Score::crps;
  std::string rival;
  bool best_rival = false;    ///< of all by this score, found on these very cells
  ScoreDifference singly;     ///< resampling origins one by one
  ScoreDifference in_blocks;  ///< in runs as long as windows overlap
};

struct RegionBacktest {
  RegionBacktestOptions options;              ///< with the origins that were scored
  std::size_t block = 1;                      ///< origins whose windows overlap, for the intervals
  std::vector<ForecasterScores> forecasters;  ///< the one that is tested, then its rivals
  std::vector<RivalDifference> differences;
  std::vector<RegionForecast> forecasts;  ///< of the one that is tested, by origin
  std::vector<Month> apart;               ///< origins whose windows do not overlap
  std::vector<FactRow> facts;             ///< over those
  std::vector<CountryTotal> totals;       ///< likewise
  std::vector<std::string> notes;
};

/// Runs the backtest of a forecaster: for each origin it and the rivals are given
/// ConflictRecord::before and nothing else. Origins whose windows are not all observed are left
/// out, and so are rivals that would look back beyond the record; both are noted. Origins and draws
/// are shared out; the result is the same for any executor. Throws ContractError if no origin is
/// left, or the forecaster's months_back are not on record before the first.
/// `beside` are further forecasters, whose scores stand before the rivals'.
CASUS_API RegionBacktest backtest_regions(const ConflictRecord& record,
                                          const Forecaster& forecaster,
                                          const RegionBacktestOptions& options, Executor& executor,
                                          std::vector<Forecaster> beside = {});

/// The origins of a request that the record can score, in order.
CASUS_API std::vector<Month> scored_origins(const ConflictRecord& record,
                                            const RegionBacktestOptions& options);

}  // namespace casus
