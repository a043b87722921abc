// Halving the step must not change what comes out, beyond the noise of the runs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <iostream>

#include "../support/shipped.h"
#include "casus/study/ensemble.h"

namespace casus::test {
namespace {

struct Moments {
  double mean = 0.0, se = 0.0;
  std::size_t n = 0;
};

/// Censored durations count at their horizon, in both ensembles alike.
Moments moments(const EnsembleResult& result, std::size_t outcome) {
  Moments m;
  double sum = 0.0;
  double squares = 0.0;
  for (const RunResult& run : result.runs) {
    if (run.failure) continue;
    const double x = run.outcomes[outcome].value;
    if (!std::isfinite(x)) continue;
    sum += x;
    squares += x * x;
    ++m.n;
  }
  if (m.n < 2) return m;
  const auto n = static_cast<double>(m.n);
  m.mean = sum / n;
  m.se = std::sqrt(std::max(0.0, (squares / n - m.mean * m.mean) / (n - 1.0)));
  return m;
}

void halve(std::uint64_t seed) {
  EnsembleOptions options;
  options.runs = 250;
  options.seed = seed;
  const Scenario day = load("sahel/baseline.yaml");
  const Scenario half = day.with({{Edit::Kind::set, "clock.step", "12 hours"}});
  ASSERT_EQ(half->clock.steps(), 2 * day->clock.steps());
  const EnsembleResult a = run_ensemble(day, standard_registry(), options);
  const EnsembleResult b = run_ensemble(half, standard_registry(), options);
  ASSERT_EQ(a.failed(), 0U);
  ASSERT_EQ(b.failed(), 0U);
  std::size_t outside = 0;
  for (std::size_t i = 0; i < day->outcomes.size(); ++i) {
    const Moments x = moments(a, i);
    const Moments y = moments(b, i);
    const double se = std::sqrt(x.se * x.se + y.se * y.se);
    const double z = se > 0.0 ? (x.mean - y.mean) / se : 0.0;
    std::cout << fmt::format("{:45} {:12.4f} {:12.4f}  z {:6.2f}\n", day->outcomes[i].title, x.mean,
                             y.mean, z);
    outside += std::abs(z) > 1.96;
    // Over all outcomes together a false alarm is rarer than one in a thousand.
    EXPECT_LT(std::abs(z), 4.1) << day->outcomes[i].title;
  }
  // Of independent outcomes one in twenty lies outside its 95 % interval by chance; these are not
  // independent, so that a few more may do so together.
  EXPECT_LE(outside, day->outcomes.size() / 6);
}

TEST(Step, HalvingItLeavesTheOutcomesOfTheSahelSlow) { halve(11); }

// What is beyond chance with one seed by chance is not with another.
TEST(Step, HalvingItLeavesThemWithOtherLuckTooSlow) { halve(12); }

}  // namespace
}  // namespace casus::test
