#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <string_view>

#include "casus/world/world.h"

/// Claimants alike in all but their names, over many runs.
namespace casus::test {

inline constexpr std::uint32_t many_runs = 1000;

/// Rates far beyond their ranges, so that whoever may act does so every time.
inline constexpr double always = 1e9;

inline double people_in(const World& w, ActorId a, RegionId r) {
  const PresenceId there = w.find(a, r);
  return there.valid() ? w.presences.strength[there.row()] : 0.0;
}

/// `gain(run)`: what the first of two got more than the second. Over all runs it must be nothing,
/// within four standard errors. Where a lot decides, that one of the two got more must be the rule,
/// or the test would show nothing.
inline void expect_even(std::string_view what, const std::function<double(std::uint32_t)>& gain,
                        double least_share_decided) {
  double sum = 0.0, squares = 0.0, decided = 0.0;
  for (std::uint32_t run = 0; run < many_runs; ++run) {
    const double d = gain(run);
    sum += d;
    squares += d * d;
    decided += d != 0.0;
  }
  constexpr double n = many_runs;
  EXPECT_GE(decided / n, least_share_decided) << what << ": nothing is at stake";
  const double mean = sum / n;
  const double error = std::sqrt((squares / n - mean * mean) / n);
  EXPECT_LT(std::abs(mean), 4.0 * error) << what << ": mean advantage of the first " << mean;
}

}  // namespace casus::test
