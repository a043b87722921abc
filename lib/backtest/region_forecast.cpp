#include "casus/backtest/region_forecast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "casus/study/statistics.h"

namespace casus {
namespace {

constexpr Purpose resample_draw("score resample");

constexpr std::array<ScoreInfo, score_count> score_infos = {{
    {"crps", "CRPS", "continuous ranked probability score, deaths"},
    {"log", "log score", "-ln P of the class that happened: 0, 1-4, 5-24, 25-99, 100+ deaths"},
    {"brier5", "Brier>=5", "Brier score of at least 5 deaths"},
    {"brier25", "Brier>=25", "Brier score of at least 25 deaths"},
    {"pit50", "PIT 50", "share of outcomes in the middle 50 % of the forecast"},
    {"pit90", "PIT 90", "share of outcomes in the middle 90 % of the forecast"},
    {"bias", "bias", "mean of the forecast less what happened, deaths"},
}};

/// A number below n, all equally likely but for 1 part in 2^50.
std::size_t any_of(Stream& stream, std::size_t n) {
  return std::min(n - 1, static_cast<std::size_t>(uniform(stream) * static_cast<double>(n)));
}

double total(std::span<const double> values) {
  double sum = 0.0;
  for (const double x : values) sum += x;
  return sum;
}

}  // namespace

std::span<const ScoreInfo, score_count> scores_of_cells() { return score_infos; }

CellScores score_forecast(const RegionForecast& f, EnsembleKind kind,
                          const ConflictRecord& record) {
  CASUS_EXPECTS(f.regions == record.regions.size(), "a forecast for other regions");
  const Month end = f.origin + static_cast<Month>(f.months);
  CASUS_EXPECTS(
      f.origin >= record.from && end <= record.until,
      fmt::format("{} to {} is not all observed", month_name(f.origin), month_name(end - 1)));
  CellScores out;
  out.regions = f.regions;
  out.months = f.months;
  for (std::vector<double>& cells : out.cells) cells.resize(f.regions * f.months);
  std::vector<double> sorted(f.draws);
  for (std::size_t cell = 0; cell < f.regions * f.months; ++cell) {
    const auto members = f.deaths.begin() + static_cast<std::ptrdiff_t>(cell * f.draws);
    std::copy_n(members, f.draws, sorted.begin());
    std::sort(sorted.begin(), sorted.end());
    const double y =
        record.deaths_in(cell / f.months, f.origin + static_cast<Month>(cell % f.months));
    const std::array<double, score_count> values = {
        crps(sorted, y, kind),
        class_log_score(sorted, y, death_classes),
        threshold_score(sorted, y, 5.0),
        threshold_score(sorted, y, 25.0),
        pit_coverage(sorted, y, 0.25, 0.75),
        pit_coverage(sorted, y, 0.05, 0.95),
        total(sorted) / static_cast<double>(f.draws) - y};
    for (std::size_t s = 0; s < score_count; ++s) out.cells[s][cell] = values[s];
  }
  return out;
}

double mean_score(std::span<const CellScores> origins, Score score) {
  double sum = 0.0, cells = 0.0;
  for (const CellScores& o : origins) {
    sum += total(o.of(score));
    cells += static_cast<double>(o.of(score).size());
  }
  return sum / cells;
}

ScoreDifference compare_scores(std::span<const CellScores> ours, std::span<const CellScores> theirs,
                               Score score, std::size_t block, std::uint64_t seed,
                               std::size_t resamples) {
  CASUS_EXPECTS(ours.size() == theirs.size() && !ours.empty(), "the same origins, one at least");
  CASUS_EXPECTS(block >= 1 && resamples >= 1, "blocks of an origin or more, and a resample");
  const std::size_t origins = ours.size(), regions = ours[0].regions;
  // Mean difference over the months of each origin and region.
  std::vector<double> cell(origins * regions, 0.0);
  for (std::size_t o = 0; o < origins; ++o) {
    const std::vector<double>&a = ours[o].of(score), &b = theirs[o].of(score);
    CASUS_EXPECTS(a.size() == b.size() && ours[o].regions == regions, "the same cells");
    const std::size_t months = ours[o].months;
    for (std::size_t i = 0; i < a.size(); ++i) {
      cell[o * regions + i / months] += (a[i] - b[i]) / static_cast<double>(months);
    }
  }
  ScoreDifference out;
  out.mean = total(cell) / static_cast<double>(cell.size());
  std::vector<double> means(resamples), drawn(regions), weight(regions);
  std::size_t below = 0;
  for (std::size_t i = 0; i < resamples; ++i) {
    Stream stream({seed, static_cast<std::uint32_t>(i)}, 0, resample_draw, {block});
    std::fill(drawn.begin(), drawn.end(), 0.0);
    for (std::size_t n = 0; n < origins;) {
      const std::size_t first = any_of(stream, origins);
      for (std::size_t k = 0; k < block && n < origins; ++k, ++n) {
        const std::size_t o = (first + k) % origins;
        for (std::size_t r = 0; r < regions; ++r) drawn[r] += cell[o * regions + r];
      }
    }
    std::fill(weight.begin(), weight.end(), 0.0);
    for (std::size_t r = 0; r < regions; ++r) weight[any_of(stream, regions)] += 1.0;
    double sum = 0.0;
    for (std::size_t r = 0; r < regions; ++r) sum += weight[r] * drawn[r];
    means[i] = sum / static_cast<double>(cell.size());
    if (means[i] < 0.0) ++below;
  }
  std::sort(means.begin(), means.end());
  out.low = quantile(means, 0.025);
  out.high = quantile(means, 0.975);
  out.share_below = static_cast<double>(below) / static_cast<double>(resamples);
  return out;
}

}  // namespace casus
