#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/backtest/backtest.h"
#include "casus/backtest/region_backtest.h"
#include "casus/core/export.h"
#include "casus/study/statistics.h"

/// Did things come as often as forecasts said they would?
namespace casus {

/// Forecasts of about the same probability, and how often it came.
struct ReliabilityBin {
  double from = 0.0, to = 1.0;  ///< probabilities in [from, to), the last up to 1
  double forecast = 0.0;        ///< their mean
  Estimate happened{};          ///< the share that came, with Wilson's interval
};

/// The classes that have a forecast, in order: finer where the probabilities are small.
CASUS_API std::vector<ReliabilityBin> reliability(std::span<const double> probabilities,
                                                  std::span<const std::uint8_t> outcomes);

/// Of the candidates of wars, those up to `train_until` (each war forecast from the others) or the
/// later ones.
CASUS_API std::vector<ReliabilityBin> war_reliability(const WarBacktest& backtest, bool later);

/// Of the forecasts of deaths by region and month.
struct RegionCalibration {
  static constexpr std::array<double, 2> thresholds{1.0, 25.0};
  /// Of "so many deaths or more", for each of the thresholds.
  std::array<std::vector<ReliabilityBin>, thresholds.size()> at_least;
  /// Density of the probability integral transform in ten classes (pit_coverage); 1 everywhere for
  /// a calibrated forecast.
  std::array<double, 10> transform{};
  std::size_t cells = 0;
};
CASUS_API RegionCalibration region_calibration(const RegionBacktest& backtest,
                                               const ConflictRecord& record);

}  // namespace casus
