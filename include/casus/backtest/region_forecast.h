#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/backtest/conflict_record.h"
#include "casus/core/executor.h"
#include "casus/core/export.h"
#include "casus/study/scores.h"

/// Forecasts of deaths by region and month, whoever makes them, and how good they were. A cell is
/// one region in one month of the window of one origin.
namespace casus {

/// An ensemble from one origin, the first month forecast.
struct RegionForecast {
  Month origin = 0;
  std::size_t regions = 0, months = 0, draws = 0;
  std::vector<double> deaths;  ///< by region, month and draw, the draw running fastest
  std::vector<double> events;  ///< lethal ones, likewise; empty where the forecast has none
  std::vector<std::pair<std::string, double>> parameters;  ///< that were fitted, for the record

  RegionForecast() = default;
  /// All zero, and without events.
  RegionForecast(Month first, std::size_t region_count, std::size_t month_count,
                 std::size_t draw_count)
      : origin(first),
        regions(region_count),
        months(month_count),
        draws(draw_count),
        deaths(region_count * month_count * draw_count, 0.0) {}
  std::size_t at(std::size_t region, std::size_t ahead, std::size_t draw) const {
    return (region * months + ahead) * draws + draw;
  }
};

/// What is asked of whoever forecasts.
struct ForecastRequest {
  Month origin = 0;
  std::size_t months = 12;
  std::size_t draws = 1000;
  std::uint64_t seed = 1;
};

/// Somebody who forecasts. `make` is given what was known on the eve of the origin and no more
/// (ConflictRecord::before), and may be called for several origins at once.
struct Forecaster {
  std::string name;
  EnsembleKind kind = EnsembleKind::sample;
  int months_back = 12;  ///< that must be on record before the origin
  std::function<RegionForecast(const ConflictRecord& known, const ForecastRequest&, Executor&)>
      make;
};

/// The simple forecasts to beat: persistence, mean12, emp12, emp24, nb12, nb18, nb24, zi12 (see
/// docs/backtest.md).
CASUS_API std::vector<Forecaster> rival_forecasters();

enum class Score : std::uint8_t { crps, log, brier5, brier25, pit50, pit90, bias };
inline constexpr std::size_t score_count = 7;
struct ScoreInfo {
  std::string_view name, title, doc;
};
/// What is scored, in the order of `Score`.
CASUS_API std::span<const ScoreInfo, score_count> scores_of_cells();

/// The classes of the log score: 0, 1 to 4, 5 to 24, 25 to 99, 100 and more deaths.
inline constexpr std::array<double, 4> death_classes = {1.0, 5.0, 25.0, 100.0};

/// Scores of each cell, by region and month, the month running fastest.
struct CellScores {
  std::size_t regions = 0, months = 0;
  std::array<std::vector<double>, score_count> cells;
  const std::vector<double>& of(Score score) const {
    return cells[static_cast<std::size_t>(score)];
  }
};

/// Scores a forecast in all cells of its window, which `record` must have observed.
CASUS_API CellScores score_forecast(const RegionForecast& forecast, EnsembleKind kind,
                                    const ConflictRecord& record);

/// Mean over the cells of all origins.
CASUS_API double mean_score(std::span<const CellScores> origins, Score score);

/// One forecaster's score less another's.
struct ScoreDifference {
  double mean = 0.0;
  double low = 0.0, high = 0.0;  ///< 95 % interval
  double share_below = 0.0;      ///< of the resamples in which the first was better
};

/// Paired bootstrap of the mean difference over all cells. Cells of one origin share what happened
/// then, and cells of one region what happens there, so that both are drawn with replacement (the
/// pigeonhole bootstrap; Owen 2007, doi:10.1214/07-AOAS122), as whole rows and columns. Origins are
/// drawn in runs of `block` successive ones, the last followed by the first (circular blocks;
/// Politis & Romano 1992), for windows that overlap; 1 draws them singly.
CASUS_API ScoreDifference compare_scores(std::span<const CellScores> ours,
                                         std::span<const CellScores> theirs, Score score,
                                         std::size_t block, std::uint64_t seed = 1,
                                         std::size_t resamples = 4000);

}  // namespace casus
