#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/study/series.h"

namespace casus {

/// The quantiles of one column of the series over the runs, at each date.
struct SeriesQuantiles {
  static constexpr std::array<double, 5> levels{0.05, 0.25, 0.5, 0.75, 0.95};
  std::vector<SeriesColumn> columns;
  std::vector<Date> dates;
  std::size_t runs = 0;  ///< over so many runs
  /// By column, date and level; NaN where no run has a value.
  std::vector<double> values;

  bool empty() const { return values.empty(); }
  double at(std::size_t column, std::size_t date, std::size_t level) const {
    return values[(column * dates.size() + date) * levels.size() + level];
  }
};

}  // namespace casus
