#include "casus/rules/sizes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "casus/core/contracts.h"

namespace casus::rules {
namespace {

TEST(EventSizes, HaveTheMedianTailAndMaximumAskedFor) {
  const EventSizes sizes(4.0, 2.4, 10.0, 1000.0);
  EXPECT_EQ(sizes.quantile(0.4999), 4U);
  EXPECT_NEAR(sizes.cdf(4), 0.5, 0.001);
  EXPECT_EQ(sizes.quantile(1.0 - 1e-12), 1000U);
  EXPECT_EQ(sizes.quantile(1e-12), 1U);
  EXPECT_DOUBLE_EQ(sizes.cdf(0), 0.0);
  EXPECT_DOUBLE_EQ(sizes.cdf(1000), 1.0);
  // Far from the cut the survival function falls with exponent 1 - 2.4 from the start of the tail.
  const EventSizes uncut(4.0, 2.4, 10.0, 1e6);
  EXPECT_NEAR(std::log((1 - uncut.cdf(100)) / (1 - uncut.cdf(10))) / std::log(10.0), -1.4, 1e-4);
}

TEST(EventSizes, DensityIsContinuousWhereTheTailBegins) {
  const double tail_from = 10.0;
  const EventSizes sizes(4.0, 2.4, tail_from, 1e6);
  // The lognormal's density at the join, over that of the tail.
  const double z = std::log(tail_from / 4.0) / sizes.log_sd();
  const double body =
      std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0)) / (sizes.log_sd() * tail_from);
  const double tail = (1.0 - sizes.cdf(10)) * 1.4 / tail_from;
  EXPECT_NEAR(body / tail, 1.0, 1e-6);
}

TEST(EventSizes, QuantileInvertsTheDistribution) {
  const EventSizes sizes;
  std::uint64_t before = 1;
  double mean = 0.0;
  constexpr int n = 200000;
  for (int i = 0; i < n; ++i) {
    const double u = (i + 0.5) / n;
    const std::uint64_t k = sizes.quantile(u);
    ASSERT_GE(k, before);
    ASSERT_GE(sizes.cdf(k), u - 1e-12);
    ASSERT_LT(sizes.cdf(k - 1), u + 1e-12);
    mean += static_cast<double>(k) / n;
    before = k;
  }
  EXPECT_NEAR(sizes.mean(), mean, 0.002 * mean);
}

TEST(EventSizes, TailExponentIsRecovered) {
  const EventSizes sizes(4.0, 2.4, 10.0, 1e6);
  std::vector<double> draws;
  for (int i = 0; i < 200000; ++i) {
    draws.push_back(static_cast<double>(sizes.quantile((i + 0.5) / 200000)));
  }
  // A value k stands for the interval (k - 1, k]: take its middle.
  for (double& x : draws) x -= 0.5;
  EXPECT_NEAR(power_law_exponent(draws, 30.0), 2.4, 0.005);
}

TEST(EventSizes, OtherShapesSolveToo) {
  for (const double exponent : {1.1, 1.7, 2.5, 4.0, 20.0}) {
    for (const double ratio : {1.01, 2.5, 100.0}) {
      const EventSizes sizes(3.0, exponent, 3.0 * ratio, 5000.0);
      const double z = std::log(ratio) / sizes.log_sd();
      const double hazard = std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0)) /
                            (0.5 * std::erfc(z / std::sqrt(2)));
      EXPECT_NEAR(hazard / sizes.log_sd(), exponent - 1.0, 1e-6 * exponent);
    }
  }
  EXPECT_THROW(EventSizes(4.0, 1.0), ContractError);
  EXPECT_THROW(EventSizes(4.0, 2.4, 4.0), ContractError);
  EXPECT_THROW(EventSizes(4.0, 2.4, 10.0, 9.0), ContractError);
}

TEST(PowerLaw, WarSizesOfTheCorrelatesOfWar) {
  const char* folder = std::getenv("CASUS_DATA");
  if (folder == nullptr) GTEST_SKIP() << "CASUS_DATA names no data folder";
  std::ifstream file(std::string(folder) + "/wars/war_sizes.csv");
  if (!file) GTEST_SKIP() << "no wars/war_sizes.csv in " << folder;
  std::vector<double> deaths;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const auto first = line.find(',');
    deaths.push_back(std::stod(line.substr(first + 1)));
  }
  ASSERT_EQ(deaths.size(), 95U);
  EXPECT_NEAR(power_law_exponent(deaths, 7061.0), 1.525, 0.0005);
}

TEST(FusionFragmentation, StationaryNumbers) {
  EXPECT_NEAR(fusion_fragmentation_groups(1e4, 0.05, 1), 5128.2, 0.05);
  EXPECT_NEAR(fusion_fragmentation_groups(1e4, 0.05, 2), 640.6, 0.05);
  EXPECT_NEAR(fusion_fragmentation_groups(1e4, 0.05, 3), 213.4, 0.05);
  EXPECT_NEAR(fusion_fragmentation_groups(1e4, 0.05, 10), 9.455, 0.0005);
}

TEST(FusionFragmentation, AccountsForEveryAgent) {
  double agents = 0.0;
  for (std::uint64_t s = 1; s < 20000; ++s) {
    agents += static_cast<double>(s) * fusion_fragmentation_groups(1e4, 0.05, s);
  }
  EXPECT_NEAR(agents, 1e4, 1e-4);
  // Exponent 5/2 below the cut-off.
  const double slope = std::log(fusion_fragmentation_groups(1e9, 1e-6, 1000) /
                                fusion_fragmentation_groups(1e9, 1e-6, 100)) /
                       std::log(10.0);
  EXPECT_NEAR(slope, -2.5, 0.01);
  EXPECT_DOUBLE_EQ(fusion_fragmentation_groups(100, 1.0, 1), 100.0);
  EXPECT_DOUBLE_EQ(fusion_fragmentation_groups(100, 1.0, 2), 0.0);
}

}  // namespace
}  // namespace casus::rules
