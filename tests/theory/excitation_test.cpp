// Weekly counts that excite themselves: the branching of Hawkes 1971 in means.
#include "casus/rules/excitation.h"

#include <gtest/gtest.h>

#include <vector>

namespace casus::rules {
namespace {

/// Expected events a week, region by region, after many weeks in which what is expected happens.
std::vector<double> settled(const Excitation& e, const Neighbours& neighbours, int weeks) {
  ExcitationMemory memory(1, neighbours);
  std::vector<double> rates(neighbours.size());
  for (int week = 0; week < weeks; ++week) {
    for (std::size_t r = 0; r < rates.size(); ++r) rates[r] = e.rate(1.0, memory.terms(0, r));
    memory.add_week(rates);
  }
  return rates;
}

TEST(ExcitationTheory, SettlesAtTheBackgroundOverOneLessTheBranching) {
  const Excitation e{.background = 0.2, .border = 0.15, .month = 0.3, .year = 0.25};
  // In a ring all have neighbours like themselves, so that what crosses borders comes back.
  const Neighbours ring{{1, 3}, {0, 2}, {1, 3}, {2, 0}};
  for (const double rate : settled(e, ring, 4000)) EXPECT_NEAR(rate, 0.2 / (1.0 - 0.7), 1e-9);
  // Without neighbours that part is missing.
  EXPECT_NEAR(settled(e, {{}}, 4000)[0], 0.2 / (1.0 - 0.55), 1e-9);
}

TEST(ExcitationTheory, GrowsWithoutBoundFromABranchingOfOne) {
  const Excitation critical{.background = 0.2, .border = 0.0, .month = 0.5, .year = 0.5};
  const double early = settled(critical, {{}}, 2000)[0], late = settled(critical, {{}}, 4000)[0];
  // At criticality the mean grows in proportion to time.
  EXPECT_NEAR(late / early, 2.0, 0.05);
  const Excitation capped_ = capped(critical, 0.9);
  EXPECT_NEAR(settled(capped_, {{}}, 6000)[0], 0.2 / 0.1, 1e-6);
}

}  // namespace
}  // namespace casus::rules
