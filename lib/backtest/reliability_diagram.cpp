#include "casus/backtest/reliability_diagram.h"

#include <algorithm>

#include "casus/core/contracts.h"
#include "casus/study/scores.h"

namespace casus {
namespace {

constexpr std::array<double, 14> edges{0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3,
                                       0.4, 0.5,  0.6,  0.7,  0.8, 0.9, 1.0};

}  // namespace

std::vector<ReliabilityBin> reliability(std::span<const double> probabilities,
                                        std::span<const std::uint8_t> outcomes) {
  CASUS_EXPECTS(probabilities.size() == outcomes.size(), "a forecast without an outcome");
  constexpr std::size_t classes = edges.size() - 1;
  std::array<double, classes> sums{};
  std::array<std::size_t, classes> counts{}, came{};
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const auto above = std::upper_bound(edges.begin() + 1, edges.end() - 1, probabilities[i]);
    const auto k = static_cast<std::size_t>(above - edges.begin()) - 1;
    sums[k] += probabilities[i];
    ++counts[k];
    came[k] += outcomes[i];
  }
  std::vector<ReliabilityBin> bins;
  bins.reserve(classes);
  for (std::size_t k = 0; k < classes; ++k) {
    if (counts[k] == 0) continue;
    bins.push_back({edges[k], edges[k + 1], sums[k] / static_cast<double>(counts[k]),
                    proportion_estimate(came[k], counts[k])});
  }
  return bins;
}

std::vector<ReliabilityBin> war_reliability(const WarBacktest& backtest, bool later) {
  std::vector<double> p;
  std::vector<std::uint8_t> y;
  for (const WarForecast& war : backtest.wars) {
    if ((war.year > backtest.options.train_until) != later) continue;
    for (const CandidateForecast& c : war.candidates) {
      p.push_back(c.probability);
      y.push_back(c.joined ? 1 : 0);
    }
  }
  return reliability(p, y);
}

RegionCalibration region_calibration(const RegionBacktest& backtest, const ConflictRecord& record) {
  RegionCalibration out;
  constexpr std::size_t events = RegionCalibration::thresholds.size();
  std::array<std::vector<double>, events> p;
  std::array<std::vector<std::uint8_t>, events> y;
  std::vector<double> draws;
  for (const RegionForecast& f : backtest.forecasts) {
    for (std::size_t r = 0; r < f.regions; ++r) {
      for (std::size_t m = 0; m < f.months; ++m) {
        const auto first = f.deaths.begin() + static_cast<std::ptrdiff_t>(f.at(r, m, 0));
        draws.assign(first, first + static_cast<std::ptrdiff_t>(f.draws));
        std::sort(draws.begin(), draws.end());
        const double observed = record.deaths_in(r, f.origin + static_cast<Month>(m));
        for (std::size_t e = 0; e < events; ++e) {
          const double threshold = RegionCalibration::thresholds[e];
          const auto reach = draws.end() - std::lower_bound(draws.begin(), draws.end(), threshold);
          p[e].push_back(static_cast<double>(reach) / static_cast<double>(f.draws));
          y[e].push_back(observed >= threshold ? 1 : 0);
        }
        const auto classes = static_cast<double>(out.transform.size());
        for (std::size_t k = 0; k < out.transform.size(); ++k) {
          const double low = static_cast<double>(k) / classes;
          out.transform[k] += classes * pit_coverage(draws, observed, low, low + 1.0 / classes);
        }
        ++out.cells;
      }
    }
  }
  for (std::size_t e = 0; e < events; ++e) out.at_least[e] = reliability(p[e], y[e]);
  for (double& density : out.transform)
    density /= static_cast<double>(std::max<std::size_t>(1, out.cells));
  return out;
}

}  // namespace casus
