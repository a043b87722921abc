#include "casus/backtest/reliability_diagram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "casus/backtest/excitation_forecast.h"
#include "casus/core/contracts.h"
#include "made_up_conflict.h"

namespace casus {
namespace {

TEST(Reliability, ForecastsAreTakenTogetherByWhatTheySay) {
  const std::vector<double> p{0.0, 0.004, 0.06, 0.08, 0.75, 1.0, 0.9};
  const std::vector<std::uint8_t> y{0, 0, 1, 0, 1, 1, 0};
  const auto bins = reliability(p, y);
  ASSERT_EQ(bins.size(), 4U);
  EXPECT_EQ(bins[0].happened.n, 2U);
  EXPECT_DOUBLE_EQ(bins[0].forecast, 0.002);
  EXPECT_EQ(bins[1].from, 0.05);
  EXPECT_DOUBLE_EQ(bins[1].forecast, 0.07);
  EXPECT_DOUBLE_EQ(bins[1].happened.value, 0.5);
  EXPECT_LT(bins[1].happened.low, 0.5);
  EXPECT_EQ(bins[3].happened.n, 2U) << "a certainty is in the last class";
  EXPECT_EQ(bins[3].to, 1.0);
  EXPECT_THROW(reliability(p, {}), ContractError);
}

TEST(Reliability, TheTransformAddsUpToOneAndEachCellIsCounted) {
  const ConflictRecord record = testing::made_up_conflict();
  RegionBacktestOptions options;
  options.origins = {2017 * 12, 2017 * 12 + 6};
  options.months = 6;
  options.draws = 40;
  const RegionBacktest b =
      backtest_regions(record, excitation_forecaster({}), options, *serial_executor());
  const RegionCalibration c = region_calibration(b, record);
  EXPECT_EQ(c.cells, 2 * 6 * record.regions.size());
  const double sum = std::accumulate(c.transform.begin(), c.transform.end(), 0.0);
  EXPECT_NEAR(sum / static_cast<double>(c.transform.size()), 1.0, 1e-9);
  for (const auto& bins : c.at_least) {
    std::size_t cells = 0;
    for (const ReliabilityBin& bin : bins) cells += bin.happened.n;
    EXPECT_EQ(cells, c.cells);
  }
  // What came by the record is what the bins say, whatever was forecast.
  double came = 0.0, recorded = 0.0;
  for (const ReliabilityBin& bin : c.at_least[0]) {
    came += bin.happened.value * static_cast<double>(bin.happened.n);
  }
  for (const RegionForecast& f : b.forecasts) {
    for (std::size_t r = 0; r < f.regions; ++r) {
      for (std::size_t m = 0; m < f.months; ++m) {
        recorded += record.deaths_in(r, f.origin + static_cast<Month>(m)) >= 1.0 ? 1.0 : 0.0;
      }
    }
  }
  EXPECT_NEAR(came, recorded, 1e-9);
}

}  // namespace
}  // namespace casus
