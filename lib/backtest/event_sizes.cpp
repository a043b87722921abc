#include "backtest/event_sizes.h"

#include <algorithm>
#include <cmath>

namespace casus {
namespace {

constexpr std::size_t few_events = 20;

double mean_or(double sum, std::size_t count, double otherwise) {
  return count > 0 ? sum / static_cast<double>(count) : otherwise;
}

}  // namespace

EventSizePools::EventSizePools(std::span<const SizedEvent> events, std::size_t camps,
                               std::size_t regions, double log_sd)
    : pools_(camps), factor_(regions, 1.0), log_sd_(log_sd) {
  std::vector<double> all, sums(camps, 0.0);
  double sum = 0.0;
  for (const SizedEvent& e : events) {
    const double cut = std::min(e.deaths, size_cut);
    pools_[e.camp].push_back(e.deaths);
    all.push_back(e.deaths);
    sums[e.camp] += cut;
    sum += cut;
  }
  const double usual = mean_or(sum, all.size(), 1.0);
  for (std::size_t c = 0; c < camps; ++c) {
    const bool few = pools_[c].size() <= few_events;
    sums[c] = few ? usual : sums[c] / static_cast<double>(pools_[c].size());
    if (few) pools_[c] = all;
  }
  std::vector<double> found(regions, pseudo_events * usual);
  std::vector<double> expected(found);
  for (const SizedEvent& e : events) {
    found[e.region] += std::min(e.deaths, size_cut);
    expected[e.region] += sums[e.camp];
  }
  for (std::size_t r = 0; r < regions; ++r) factor_[r] = found[r] / expected[r];
}

double EventSizePools::draw(Stream& stream, std::size_t camp, std::size_t region) const {
  const std::vector<double>& pool = pools_[camp];
  if (pool.empty()) return 1.0;
  const auto n = static_cast<double>(pool.size());
  const auto row = std::min(pool.size() - 1, static_cast<std::size_t>(uniform(stream) * n));
  const double noise = std::exp(log_sd_ * normal(stream) - 0.5 * log_sd_ * log_sd_);
  return std::max(1.0, std::floor(pool[row] * factor_[region] * noise + uniform(stream)));
}

}  // namespace casus
