// Groups that merge and shatter, agent by agent, against the stationary solution of the model.
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "casus/classics/fusion_fragmentation.h"
#include "casus/rules/sizes.h"
#include "casus/study/statistics.h"

namespace casus::classics {
namespace {

const FusionFragmentation model{
    .agents = 10'000, .shatter = 0.05, .settling = 200'000, .between = 4'000, .looks = 25};
constexpr std::size_t studies = 12;

/// Of independent studies: the mean of what is asked of each, and its standard error.
template <class Ask>
std::pair<double, double> over_studies(const std::vector<GroupSizes>& all, Ask ask) {
  std::vector<double> values;
  for (const GroupSizes& sizes : all) values.push_back(ask(sizes));
  return {mean(values), standard_deviation(values) / std::sqrt(static_cast<double>(all.size()))};
}

const std::vector<GroupSizes>& all_studies() {
  static const std::vector<GroupSizes> all = [] {
    std::vector<GroupSizes> out;
    for (std::uint64_t seed = 1; seed <= studies; ++seed) out.push_back(study_groups(model, seed));
    return out;
  }();
  return all;
}

TEST(FusionFragmentation, SizesSettleWhereTheTheoryPutsThem) {
  for (const GroupSizes& sizes : all_studies()) {
    double agents = 0.0;
    for (std::size_t s = 1; s < sizes.mean.size(); ++s) {
      agents += static_cast<double>(s) * sizes.mean[s];
    }
    EXPECT_NEAR(agents, 10'000.0, 1e-6);
  }
  for (const std::size_t s : {1U, 2U, 3U, 5U, 10U}) {
    const auto [number, error] =
        over_studies(all_studies(), [&](const GroupSizes& sizes) { return sizes.mean[s]; });
    const double expected = rules::fusion_fragmentation_groups(model.agents, model.shatter, s);
    EXPECT_NEAR(number, expected, 4.0 * error) << s;
    EXPECT_LT(error, 0.03 * expected) << s;  // or the line above says nothing
  }
}

TEST(FusionFragmentation, TailHasTheExponentOfFiveHalves) {
  // What the estimator gives for the stationary solution itself: the cut-off at 4 / shatter^2 bends
  // the tail a little, and no more than that.
  double groups = 0.0, logs = 0.0;
  for (std::uint64_t s = model.tail_from; s < 100'000; ++s) {
    const double n = rules::fusion_fragmentation_groups(model.agents, model.shatter, s);
    groups += n;
    logs += n * std::log(static_cast<double>(s) / (model.tail_from - 0.5));
  }
  const double expected = 1.0 + groups / logs;
  EXPECT_NEAR(expected, 2.5, 0.06);
  const auto [exponent, error] =
      over_studies(all_studies(), [](const GroupSizes& sizes) { return sizes.exponent; });
  EXPECT_NEAR(exponent, expected, 4.0 * error);
  EXPECT_LT(error, 0.03);
}

TEST(FusionFragmentation, WhoAlwaysShattersIsAlone) {
  FusionFragmentation alone = model;
  alone.shatter = 1.0;
  const GroupSizes sizes = study_groups(alone, 1);
  EXPECT_EQ(sizes.mean.size(), 2U);
  EXPECT_DOUBLE_EQ(sizes.mean[1], 10'000.0);
  EXPECT_TRUE(std::isnan(sizes.exponent));
}

}  // namespace
}  // namespace casus::classics
