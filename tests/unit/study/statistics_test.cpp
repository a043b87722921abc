#include "casus/study/statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

namespace casus {
namespace {

TEST(Statistics, MeanAndStandardDeviation) {
  const std::vector<double> values{1, 2, 3, 4, 5};
  EXPECT_DOUBLE_EQ(mean(values), 3.0);
  EXPECT_DOUBLE_EQ(standard_deviation(values), std::sqrt(2.5));
  EXPECT_TRUE(std::isnan(mean({})));
  EXPECT_TRUE(std::isnan(standard_deviation(std::vector<double>{7.0})));
}

// R: quantile(c(1, 2, 4, 8, 16), c(0, .1, .25, .5, .9, 1))
TEST(Statistics, QuantilesAreOfTypeSeven) {
  const std::vector<double> values{1, 2, 4, 8, 16};
  EXPECT_DOUBLE_EQ(quantile(values, 0.0), 1.0);
  EXPECT_DOUBLE_EQ(quantile(values, 0.1), 1.4);
  EXPECT_DOUBLE_EQ(quantile(values, 0.25), 2.0);
  EXPECT_DOUBLE_EQ(quantile(values, 0.5), 4.0);
  EXPECT_DOUBLE_EQ(quantile(values, 0.9), 12.8);
  EXPECT_DOUBLE_EQ(quantile(values, 1.0), 16.0);
  EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
  EXPECT_THROW(quantile(values, 1.1), ContractError);
  EXPECT_DOUBLE_EQ(median(std::vector<double>{9, 1, 5, 3}), 4.0);
}

// NIST/SEMATECH e-Handbook, 1.3.5.2: 195 heat flow readings with mean 9.261460 and standard
// deviation .022789 have the 95 % interval 9.258242 to 9.264679. One value at the mean and 97 pairs
// at one standard deviation from it have the same moments.
TEST(Statistics, StudentIntervalOfTheMean) {
  const double m = 9.261460, sd = 0.022789;
  std::vector<double> values{m};
  for (int i = 0; i < 97; ++i) values.insert(values.end(), {m - sd, m + sd});
  const Estimate e = mean_estimate(values);
  EXPECT_EQ(e.n, 195U);
  EXPECT_NEAR(standard_deviation(values), sd, 1e-12);
  EXPECT_NEAR(e.low, 9.258242, 1.5e-6);
  EXPECT_NEAR(e.high, 9.264679, 1.5e-6);
}

TEST(Statistics, SmallSamplesHaveWideOrNoIntervals) {
  // t(.975, 4) = 2.776445
  const Estimate five = mean_estimate(std::vector<double>{1, 2, 3, 4, 5});
  EXPECT_NEAR(five.high - five.value, 2.776445 * std::sqrt(2.5 / 5.0), 1e-6);
  const Estimate one = mean_estimate(std::vector<double>{3});
  EXPECT_DOUBLE_EQ(one.value, 3.0);
  EXPECT_TRUE(std::isnan(one.low) && std::isnan(one.high));
  EXPECT_THROW(mean_estimate({}, 1.0), ContractError);
}

// Order statistics that hold the median with at least 95 %: published tables give (1, 6), (2, 8),
// (2, 9), (6, 15), (18, 33) and (40, 61) for n = 6, 9, 10, 20, 50 and 100 (Conover, table A3).
TEST(Statistics, MedianIntervalByOrderStatistics) {
  struct Case {
    int n, low, high;
  };
  for (const Case c : {Case{6, 1, 6}, Case{9, 2, 8}, Case{10, 2, 9}, Case{20, 6, 15},
                       Case{50, 18, 33}, Case{100, 40, 61}}) {
    std::vector<double> values;
    for (int i = c.n; i >= 1; --i) values.push_back(i);
    const Estimate e = median_estimate(values);
    EXPECT_DOUBLE_EQ(e.low, c.low) << c.n;
    EXPECT_DOUBLE_EQ(e.high, c.high) << c.n;
    EXPECT_DOUBLE_EQ(e.value, (c.n + 1) / 2.0);
  }
  EXPECT_TRUE(std::isnan(median_estimate(std::vector<double>{1, 2, 3, 4, 5}).low));
}

// Newcombe 1998, Statistics in Medicine 17, table I, method 3.
TEST(Statistics, WilsonIntervalsOfNewcombe) {
  struct Case {
    std::size_t r, n;
    double low, high;
  };
  for (const Case& c : {Case{81, 263, .2553, .3662}, Case{15, 148, .0624, .1605},
                        Case{0, 20, .0, .1611}, Case{1, 29, .0061, .1718}}) {
    const Estimate e = proportion_estimate(c.r, c.n);
    EXPECT_NEAR(e.low, c.low, 5e-5) << c.r;
    EXPECT_NEAR(e.high, c.high, 5e-5) << c.r;
    const Estimate mirror = proportion_estimate(c.n - c.r, c.n);
    EXPECT_NEAR(mirror.low, 1.0 - e.high, 1e-12);
    EXPECT_NEAR(mirror.high, 1.0 - e.low, 1e-12);
  }
  EXPECT_EQ(proportion_estimate(0, 20).low, 0.0);
  EXPECT_EQ(proportion_estimate(20, 20).high, 1.0);
  EXPECT_TRUE(std::isnan(proportion_estimate(0, 0).value));
  EXPECT_THROW(proportion_estimate(3, 2), ContractError);
}

// The exact coverage of Wilson's interval averages close to its name (Agresti & Coull 1998), and
// of Student's for normal values equals it: counted over keyed draws, 4 standard errors wide.
TEST(Statistics, IntervalsCoverAsTheySay) {
  constexpr int samples = 4000, n = 12;
  int covered = 0;
  for (std::uint32_t s = 0; s < samples; ++s) {
    std::vector<double> values;
    for (std::uint64_t i = 0; i < n; ++i) {
      Stream stream({1, s}, 0, Purpose("test"), {i});
      values.push_back(2.0 + 3.0 * normal(stream));
    }
    const Estimate e = mean_estimate(values);
    if (e.low <= 2.0 && e.high >= 2.0) ++covered;
  }
  EXPECT_NEAR(covered / double{samples}, 0.95, 4.0 * std::sqrt(0.95 * 0.05 / samples));
}

/// Remission of leukaemia, weeks: Gehan 1965, as in Kalbfleisch & Prentice.
std::vector<Duration> treated() {
  return {{6, true},   {6, true},   {6, true},   {6, false}, {7, true},   {9, false},
          {10, true},  {10, false}, {11, false}, {13, true}, {16, true},  {17, false},
          {19, false}, {20, false}, {22, true},  {23, true}, {25, false}, {32, false},
          {32, false}, {34, false}, {35, false}};
}
std::vector<Duration> controls() {
  std::vector<Duration> all;
  for (const double t : {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}) {
    all.push_back({t, true});
  }
  return all;
}

TEST(Statistics, KaplanMeierOfTheLeukaemiaTrial) {
  auto shuffled = treated();
  std::reverse(shuffled.begin(), shuffled.end());
  const auto curve = kaplan_meier(shuffled);
  // Kalbfleisch & Prentice: S(6) = .857, S(7) = .807, S(10) = .753, S(13) = .690, S(16) = .627,
  // S(22) = .538, S(23) = .448.
  const std::vector<std::pair<double, double>> published{
      {6, .857}, {7, .807}, {10, .753}, {13, .690}, {16, .627}, {22, .538}, {23, .448}};
  ASSERT_EQ(curve.size(), published.size());
  for (std::size_t i = 0; i < curve.size(); ++i) {
    EXPECT_EQ(curve[i].time, published[i].first);
    EXPECT_NEAR(curve[i].survival, published[i].second, 5e-4);
  }
  EXPECT_EQ(curve[0].at_risk, 21U);
  EXPECT_EQ(curve[0].events, 3U);
  EXPECT_EQ(curve[2].at_risk, 15U);
  // R, survfit(..., conf.type = "log-log"): .620 to .952 at 6 weeks.
  EXPECT_NEAR(curve[0].low, .620, 5e-4);
  EXPECT_NEAR(curve[0].high, .952, 5e-4);
}

// R, survfit(Surv(time, cens) ~ treat, gehan, conf.type = "log-log"): medians 23 (13 to no end) and
// 8 (4 to 11).
TEST(Statistics, MedianDurationsOfTheLeukaemiaTrial) {
  const Estimate long_one = median_duration(treated());
  EXPECT_EQ(long_one.value, 23.0);
  EXPECT_EQ(long_one.low, 13.0);
  EXPECT_TRUE(std::isinf(long_one.high));
  EXPECT_EQ(long_one.n, 21U);
  const Estimate short_one = median_duration(controls());
  EXPECT_EQ(short_one.value, 8.0);
  EXPECT_EQ(short_one.low, 4.0);
  EXPECT_EQ(short_one.high, 11.0);
}

TEST(Statistics, AMedianThatIsNotReachedIsInfinite) {
  std::vector<Duration> durations(60, Duration{730.0, false});
  for (std::size_t i = 0; i < 20; ++i) durations[i] = {double(10 + i), true};
  const Estimate e = median_duration(durations);
  EXPECT_TRUE(std::isinf(e.value));
  EXPECT_TRUE(std::isinf(e.high));
  EXPECT_TRUE(std::isnan(median_duration({}).value));
  EXPECT_THROW(median_duration(std::vector<Duration>{{-1.0, true}}), ContractError);
}

TEST(Statistics, SurvivalOfExactlyOneHalfCounts) {
  // (1 - 1/4)(1 - 1/3) is a hair above one half in binary.
  const std::vector<Duration> durations{{1, true}, {2, true}, {9, false}, {9, false}};
  EXPECT_EQ(median_duration(durations).value, 2.0);
}

}  // namespace
}  // namespace casus
