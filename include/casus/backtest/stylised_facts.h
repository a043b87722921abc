#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "casus/backtest/region_forecast.h"
#include "casus/core/export.h"

namespace casus {

/// A figure that says what kind of violence this is, and not how much there was where.
struct FactRow {
  std::string_view name;
  double observed = 0.0;
  double median = 0.0, low = 0.0, high = 0.0;  ///< of the draws: 90 % lie in [low, high]
  bool inside() const { return observed >= low && observed <= high; }
};

/// The stylised facts of the windows of these forecasts, which must have the same months, draws and
/// regions, and say how many events there are; observed, and of each draw. The windows should not
/// overlap. What each is, casus/study/region_facts.h says.
CASUS_API std::vector<FactRow> stylised_facts(std::span<const RegionForecast* const> windows,
                                              const ConflictRecord& record, Executor& executor);

/// Deaths of a country in the window of one origin.
struct CountryTotal {
  Month origin = 0;
  std::string country;
  double observed = 0.0;
  double median = 0.0, low = 0.0, high = 0.0;  ///< 90 % of the draws
};
CASUS_API std::vector<CountryTotal> country_totals(std::span<const RegionForecast* const> windows,
                                                   const ConflictRecord& record);

}  // namespace casus
