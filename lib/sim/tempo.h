#pragma once

#include <cstdint>
#include <vector>

#include "casus/sim/mechanism.h"

namespace casus {

/// Campaigns and lulls: a factor on a group's rate in a region, lognormal with mean 1, that follows
/// an Ornstein-Uhlenbeck process of months of 30 days. It is looked up and not kept: a month's
/// value is a weighted sum of normals that stand at the addresses of this month and those before
/// it.
class Tempo {
 public:
  /// Log standard deviation, and days in which the correlation falls to 1/e.
  void configure(double sd, double memory_days);
  /// Looks up the factors of all presences, where the month or their number has changed.
  void look_up(const StepView& context);
  double of(std::size_t presence) const { return factors_[presence]; }
  /// Nothing is known any more.
  void forget() {
    factors_.clear();
    normals_.clear();
  }

 private:
  double sd_ = 0.0, kept_ = 0.0;
  std::uint32_t window_ = 1;  ///< months that count
  std::uint32_t month_ = 0;
  std::vector<double> factors_;
  std::vector<double> normals_;  ///< of each presence, `window_` months: each at its remainder
};

}  // namespace casus
