#include "casus/experiment/paired.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

namespace casus {
namespace {

constexpr Purpose purpose("paired test");

/// Is the truth within the interval?
bool covers(const Estimate& e, double truth) { return e.low <= truth && truth <= e.high; }

/// Pairs of 0 and 1 with the given chances of (0,1), (1,0) and (1,1).
void draw_pairs(Stream& stream, std::size_t n, double up, double down, double both,
                std::vector<double>& base, std::vector<double>& other) {
  for (std::size_t i = 0; i < n; ++i) {
    const double u = uniform(stream);
    base.push_back(u >= up && u < up + down + both ? 1.0 : 0.0);
    other.push_back(u < up || (u >= up + down && u < up + down + both) ? 1.0 : 0.0);
  }
}

double coverage_of_means(std::uint32_t experiments) {
  std::uint32_t covered = 0;
  for (std::uint32_t e = 0; e < experiments; ++e) {
    Stream stream({7, e}, 0, purpose, {1});
    std::vector<double> base, other;
    for (int i = 0; i < 40; ++i) {
      const double world = 100.0 + 20.0 * normal(stream);
      base.push_back(world + 3.0 * normal(stream));
      other.push_back(world + 2.0 + 3.0 * normal(stream));
    }
    covered += covers(paired_means(base, other, 0.95, {0.0}).difference, 2.0) ? 1 : 0;
  }
  return static_cast<double>(covered) / experiments;
}

double coverage_of_proportions(std::uint32_t experiments) {
  std::uint32_t covered = 0;
  for (std::uint32_t e = 0; e < experiments; ++e) {
    Stream stream({8, e}, 0, purpose, {2});
    std::vector<double> base, other;
    draw_pairs(stream, 100, 0.15, 0.05, 0.2, base, other);
    covered += covers(paired_proportions(base, other).difference, 0.1) ? 1 : 0;
  }
  return static_cast<double>(covered) / experiments;
}

/// Exponential times, of which the second is that of a hazard a quarter larger, watched to a year.
double coverage_of_durations(std::uint32_t experiments) {
  const double horizon = 365.0, mean_base = 300.0, mean_other = 240.0;
  const auto restricted = [&](double m) { return m * (1.0 - std::exp(-horizon / m)); };
  const double truth = restricted(mean_other) - restricted(mean_base);
  const auto watched = [&](double t) {
    return t < horizon ? OutcomeValue::of(t) : OutcomeValue::censored_at(horizon);
  };
  std::uint32_t covered = 0;
  for (std::uint32_t e = 0; e < experiments; ++e) {
    Stream stream({9, e}, 0, purpose, {3});
    std::vector<OutcomeValue> base, other;
    for (int i = 0; i < 60; ++i) {
      const double luck = exponential(stream, 1.0), own = exponential(stream, 1.0);
      base.push_back(watched(mean_base * luck));
      other.push_back(watched(mean_other * (i % 2 == 0 ? luck : own)));
    }
    covered += covers(paired_durations(base, other).difference, truth) ? 1 : 0;
  }
  return static_cast<double>(covered) / experiments;
}

TEST(Paired, MeansOfPairsLoseWhatTheWorldsShare) {
  const std::vector<double> base{100, 200, 300, 400}, other{101, 203, 302, 402};
  const PairedEffect e = paired_means(base, other);
  EXPECT_DOUBLE_EQ(e.difference.value, 2.0);
  // sd of 1, 3, 2, 2 is 0.8165; t of 3 degrees of freedom at 97.5 % is 3.182446.
  EXPECT_NEAR(e.difference.high - e.difference.value, 3.182446 * 0.816497 / 2.0, 1e-5);
  EXPECT_GT(e.gain, 1000.0);
  EXPECT_DOUBLE_EQ(e.higher, 1.0);
  EXPECT_DOUBLE_EQ(e.lower, 0.0);
  EXPECT_LT(e.p_value, 0.02);
}

TEST(Paired, WhatChangesNothingDiffersByNothing) {
  const std::vector<double> values{0, 1, 1, 0, 1};
  const PairedEffect means = paired_means(values, values);
  EXPECT_EQ(means.difference.value, 0.0);
  EXPECT_EQ(means.difference.low, 0.0);
  EXPECT_EQ(means.difference.high, 0.0);
  EXPECT_EQ(means.p_value, 1.0);
  EXPECT_TRUE(std::isinf(means.gain));
  const PairedEffect shares = paired_proportions(values, values);
  EXPECT_EQ(shares.difference.value, 0.0);
  EXPECT_EQ(shares.p_value, 1.0);
  // Five pairs do not prove that no sixth would differ: z²/(n + z²).
  EXPECT_NEAR(shares.difference.high, 1.959964 * 1.959964 / (5 + 1.959964 * 1.959964), 1e-6);
  EXPECT_NEAR(shares.difference.low, -shares.difference.high, 1e-9);
}

TEST(Paired, IntervalsStayWhereTheirQuantityIs) {
  // Two runs with few dead: Student's interval alone would have more saved than ever died.
  const std::vector<double> base{10, 2000}, other{8, 20};
  const PairedEffect e = paired_means(base, other, 0.95, {0.0});
  const Estimate most = mean_estimate(base);
  EXPECT_GE(e.difference.low, -most.high);
  const std::vector<double> zeros(3, 0.0), ones(3, 1.0);
  const PairedEffect up = paired_proportions(zeros, ones);
  EXPECT_EQ(up.difference.value, 1.0);
  EXPECT_EQ(up.difference.high, 1.0);
  EXPECT_GT(up.difference.low, -1.0);
  const PairedEffect down = paired_proportions(ones, zeros);
  EXPECT_EQ(down.difference.low, -1.0);
  EXPECT_NEAR(down.difference.high, -up.difference.low, 1e-9);
}

TEST(Paired, AQuantityThatLeavesItsRangeHasNone) {
  const std::vector<double> base{-5, -9, -7}, other{-50, -90, -71};
  const PairedEffect limited = paired_means(base, other, 0.95, {0.0});
  const PairedEffect free = paired_means(base, other);
  EXPECT_EQ(limited.difference.low, free.difference.low);
  EXPECT_EQ(limited.difference.high, free.difference.high);
}

TEST(Paired, TangosIntervalSolvesItsScore) {
  // Tango (1998), table: 44 pairs, b = 9 and c = 12 give -0.27 to 0.13 or so by the score.
  std::vector<double> base, other;
  for (int i = 0; i < 9; ++i) base.push_back(0), other.push_back(1);
  for (int i = 0; i < 12; ++i) base.push_back(1), other.push_back(0);
  for (int i = 0; i < 23; ++i) base.push_back(1), other.push_back(1);
  const PairedEffect e = paired_proportions(base, other);
  EXPECT_NEAR(e.difference.value, -3.0 / 44.0, 1e-12);
  EXPECT_LT(e.difference.low, -0.2);
  EXPECT_GT(e.difference.high, 0.1);
  // Turning the pairs round turns the interval round.
  const PairedEffect turned = paired_proportions(other, base);
  EXPECT_NEAR(turned.difference.low, -e.difference.high, 1e-9);
  EXPECT_NEAR(turned.difference.high, -e.difference.low, 1e-9);
  // The statistic at 0 is McNemar's: (9 - 12)² / 21.
  EXPECT_NEAR(e.p_value, std::erfc(std::sqrt(9.0 / 21.0 / 2.0)), 1e-12);
}

TEST(Paired, DurationsAreComparedUpToWhereAllWereWatched) {
  const auto known = [](double d) { return OutcomeValue::of(d); };
  const auto censored = [](double d) { return OutcomeValue::censored_at(d); };
  const std::vector<OutcomeValue> base{known(10), censored(100), known(150), censored(120)};
  const std::vector<OutcomeValue> other{known(20), known(50), censored(120), censored(120)};
  const PairedEffect e = paired_durations(base, other);
  EXPECT_EQ(e.horizon, 100.0);
  EXPECT_DOUBLE_EQ(e.base, (10 + 100 + 100 + 100) / 4.0);
  EXPECT_DOUBLE_EQ(e.other, (20 + 50 + 100 + 100) / 4.0);
  EXPECT_DOUBLE_EQ(e.difference.value, -10.0);
  EXPECT_GE(e.difference.low, -100.0);
}

TEST(Paired, PairsWithoutAnAnswerAreLeftOut) {
  const std::vector<OutcomeValue> base{OutcomeValue::of(10), OutcomeValue{}, OutcomeValue::of(30)};
  const std::vector<OutcomeValue> other{OutcomeValue::of(20), OutcomeValue::of(5), OutcomeValue{}};
  const PairedEffect e = paired_durations(base, other);
  EXPECT_EQ(e.difference.n, 1U);
  EXPECT_DOUBLE_EQ(e.difference.value, 10.0);
  EXPECT_TRUE(std::isnan(e.difference.low));
}

TEST(Paired, HolmStepsDown) {
  const std::vector<double> adjusted = holm(std::vector<double>{0.04, 0.01, 0.03});
  EXPECT_NEAR(adjusted[1], 0.03, 1e-12);
  EXPECT_NEAR(adjusted[2], 0.06, 1e-12);
  EXPECT_NEAR(adjusted[0], 0.06, 1e-12);
  EXPECT_TRUE(holm({}).empty());
}

TEST(Paired, RefusesWhatAreNoPairs) {
  const std::vector<double> two{1, 0}, three{1, 0, 1}, odd{0.5, 0};
  EXPECT_THROW(paired_means(two, three), ContractError);
  EXPECT_THROW(paired_proportions(two, odd), ContractError);
  EXPECT_THROW(paired_means(two, two, 1.0), ContractError);
}

// 300 experiments: a share of 95 % has a standard error of 1.3 %; the limits are three and a half.
TEST(Paired, IntervalsCoverAKnownEffect) {
  for (const double share :
       {coverage_of_means(300), coverage_of_proportions(300), coverage_of_durations(300)}) {
    EXPECT_GT(share, 0.906);
    EXPECT_LT(share, 0.994);
  }
}

TEST(Paired, IntervalsCoverAKnownEffectAsOftenAsTheySaySlow) {
  for (const double share :
       {coverage_of_means(2000), coverage_of_proportions(2000), coverage_of_durations(2000)}) {
    EXPECT_GT(share, 0.93);
    EXPECT_LT(share, 0.97);
  }
}

}  // namespace
}  // namespace casus
