#include "casus/rules/attrition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>
#include <vector>

#include "casus/core/contracts.h"

namespace casus::rules {
namespace {

using Law = std::function<Strengths(Strengths, double, double, double)>;
using Slope = std::function<Strengths(Strengths, double, double)>;

Strengths ambush_slope(Strengths s, double area, double aimed) {
  return {-area * s.b * s.a, -aimed * s.a};
}

/// Fourth-order Runge-Kutta in small steps: slow, and independent of any closed form.
Strengths integrate(const Slope& slope, Strengths s, double alpha, double beta, double days) {
  constexpr int n = 4000;
  const double h = days / n;
  const auto at = [](Strengths x, Strengths d, double t) {
    return Strengths{std::max(0.0, x.a + t * d.a), std::max(0.0, x.b + t * d.b)};
  };
  for (int i = 0; i < n; ++i) {
    const Strengths k1 = slope(s, alpha, beta);
    const Strengths k2 = slope(at(s, k1, h / 2), alpha, beta);
    const Strengths k3 = slope(at(s, k2, h / 2), alpha, beta);
    const Strengths k4 = slope(at(s, k3, h), alpha, beta);
    s = at(s, {(k1.a + 2 * k2.a + 2 * k3.a + k4.a) / 6, (k1.b + 2 * k2.b + 2 * k3.b + k4.b) / 6},
           h);
  }
  return s;
}

struct Case {
  const char* name;
  Law law;
  Slope slope;
  std::function<double(Strengths, double, double)> invariant;
  double alpha, beta;
  std::vector<Strengths> starts;
};

std::vector<Case> cases() {
  const auto mixed = [](double p) {
    return Case{
        "mixed",
        [p](Strengths s, double a, double b, double t) { return mixed_step(s, a, b, p, t); },
        [p](Strengths s, double a, double b) {
          return Strengths{s.a > 0 ? -b * std::pow(s.a, p) * s.b : 0.0,
                           s.b > 0 ? -a * std::pow(s.b, p) * s.a : 0.0};
        },
        [p](Strengths s, double a, double b) {
          return a * std::pow(s.a, 2 - p) - b * std::pow(s.b, 2 - p);
        },
        0.05 * std::pow(300.0, -p),
        0.04 * std::pow(300.0, -p),
        {{400, 300}, {250, 450}, {300, 300}}};
  };
  std::vector<Case> all{
      {"square",
       square_step,
       [](Strengths s, double a, double b) {
         return Strengths{-b * s.b, -a * s.a};
       },
       [](Strengths s, double a, double b) { return a * s.a * s.a - b * s.b * s.b; },
       0.05,
       0.04,
       {{400, 300}, {250, 450}, {300, 300}}},
      {"linear",
       linear_step,
       [](Strengths s, double a, double b) {
         return Strengths{-b * s.a * s.b, -a * s.a * s.b};
       },
       [](Strengths s, double a, double b) { return a * s.a - b * s.b; },
       2e-4,
       1e-4,
       {{400, 300}, {100, 450}, {150, 300}}},
      {"ambush",
       ambush_step,
       ambush_slope,
       [](Strengths s, double a, double b) { return b * s.a - a / 2 * s.b * s.b; },
       1e-4,
       0.05,
       {{100, 300}, {60, 300}, {90, 300}}}};
  for (const double p : {0.2, 0.5, 0.9}) all.push_back(mixed(p));
  return all;
}

TEST(Attrition, AgreesWithNumericalIntegration) {
  for (const Case& c : cases()) {
    for (const Strengths s : c.starts) {
      const Strengths expected = integrate(c.slope, s, c.alpha, c.beta, 8.0);
      const Strengths exact = c.law(s, c.alpha, c.beta, 8.0);
      EXPECT_NEAR(exact.a, expected.a, 1e-7 * s.a) << c.name;
      EXPECT_NEAR(exact.b, expected.b, 1e-7 * s.b) << c.name;
    }
  }
}

TEST(Attrition, KeepsTheInvariantToTheEnd) {
  for (const Case& c : cases()) {
    for (const Strengths s : c.starts) {
      const double before = c.invariant(s, c.alpha, c.beta);
      const double scale = c.invariant({s.a, 0}, c.alpha, c.beta);
      for (const double days : {0.5, 5.0, 30.0, 300.0, 1e5}) {
        const Strengths end = c.law(s, c.alpha, c.beta, days);
        EXPECT_NEAR(c.invariant(end, c.alpha, c.beta), before, 1e-9 * scale) << c.name << days;
        EXPECT_GE(end.a, 0.0);
        EXPECT_GE(end.b, 0.0);
        EXPECT_LE(end.a, s.a);
        EXPECT_LE(end.b, s.b);
      }
    }
  }
}

TEST(Attrition, SmallStepsGiveTheTrajectoryOfLargeOnes) {
  for (const Case& c : cases()) {
    for (const Strengths s : c.starts) {
      for (const double days : {1.0, 20.0, 80.0}) {
        const Strengths once = c.law(s, c.alpha, c.beta, days);
        Strengths often = s;
        for (int i = 0; i < 64; ++i) often = c.law(often, c.alpha, c.beta, days / 64);
        EXPECT_NEAR(often.a, once.a, 1e-8 * s.a) << c.name << ' ' << days;
        EXPECT_NEAR(often.b, once.b, 1e-8 * s.b) << c.name << ' ' << days;
      }
    }
  }
}

TEST(Attrition, StopsWhenASideIsGone) {
  // 5 against 4 at equal skill: the square law leaves 3.
  const Strengths end = square_step({5, 4}, 0.1, 0.1, 1e6);
  EXPECT_NEAR(end.a, 3.0, 1e-12);
  EXPECT_DOUBLE_EQ(end.b, 0.0);
  // It takes atanh(4/5) / .1 days.
  const double last_day = std::atanh(0.8) / 0.1;
  EXPECT_GT(square_step({5, 4}, 0.1, 0.1, last_day * (1 - 1e-9)).b, 0.0);
  EXPECT_DOUBLE_EQ(square_step({5, 4}, 0.1, 0.1, last_day * (1 + 1e-9)).b, 0.0);
  // The law between: survivors from A^(2-p) - B^(2-p).
  const Strengths mixed = mixed_step({5, 4}, 0.1, 0.1, 0.5, 1e4);
  EXPECT_NEAR(mixed.a, std::pow(std::pow(5, 1.5) - std::pow(4, 1.5), 1 / 1.5), 1e-9);
  EXPECT_DOUBLE_EQ(mixed.b, 0.0);
}

TEST(Attrition, EqualSidesWearEachOtherOut) {
  const Strengths square = square_step({100, 100}, 0.1, 0.1, 10.0);
  EXPECT_NEAR(square.a, 100 * std::exp(-1.0), 1e-9);
  EXPECT_NEAR(square.b, square.a, 1e-12);
  const Strengths linear = linear_step({100, 100}, 0.001, 0.001, 10.0);
  EXPECT_NEAR(linear.a, 50.0, 1e-9);
}

TEST(Attrition, GuerrillasWinIffTheInvariantIsPositive) {
  // b G > a R^2 / 2 with a = 1e-4, b = .05, R = 300: from 90 guerrillas on.
  EXPECT_GT(ambush_step({91, 300}, 1e-4, 0.05, 1e5).a, 0.5);
  EXPECT_DOUBLE_EQ(ambush_step({91, 300}, 1e-4, 0.05, 1e5).b, 0.0);
  EXPECT_NEAR(ambush_step({89, 300}, 1e-4, 0.05, 1e5).a, 0.0, 1e-9);
  EXPECT_GT(ambush_step({89, 300}, 1e-4, 0.05, 1e5).b, 10.0);
}

TEST(Attrition, OneSidedFireIsLinearInTime) {
  EXPECT_NEAR(square_step({100, 50}, 0.0, 0.1, 2.0).a, 90.0, 1e-12);
  EXPECT_NEAR(square_step({100, 50}, 0.1, 0.0, 2.0).b, 30.0, 1e-12);
  EXPECT_NEAR(linear_step({100, 50}, 0.0, 0.001, 2.0).a, 100 * std::exp(-0.1), 1e-12);
  EXPECT_DOUBLE_EQ(linear_step({100, 50}, 0.0, 0.001, 2.0).b, 50.0);
  EXPECT_NEAR(ambush_step({100, 50}, 0.0, 0.1, 2.0).b, 30.0, 1e-12);
  EXPECT_NEAR(ambush_step({100, 50}, 0.001, 0.0, 2.0).a, 100 * std::exp(-0.1), 1e-12);
  EXPECT_NEAR(mixed_step({100, 50}, 0.0, 0.01, 0.5, 2.0).a, std::pow(10 - 0.5, 2), 1e-9);
}

TEST(Attrition, LawsBetweenMeetTheirEnds) {
  const Strengths s{400, 300};
  const auto near = [](Strengths x, Strengths y) {
    EXPECT_NEAR(x.a, y.a, 1e-3);
    EXPECT_NEAR(x.b, y.b, 1e-3);
  };
  near(mixed_step(s, 0.05, 0.04, 1e-7, 3.0), square_step(s, 0.05, 0.04, 3.0));
  near(mixed_step(s, 2e-4, 1e-4, 1 - 2e-6, 3.0), linear_step(s, 2e-4, 1e-4, 3.0));
}

TEST(Attrition, NobodyFightsNobody) {
  for (const Case& c : cases()) {
    const Strengths end = c.law({0, 70}, c.alpha, c.beta, 9.0);
    EXPECT_DOUBLE_EQ(end.a, 0.0) << c.name;
    EXPECT_DOUBLE_EQ(end.b, 70.0) << c.name;
    EXPECT_THROW(c.law({-1, 70}, c.alpha, c.beta, 9.0), ContractError);
    EXPECT_THROW(c.law({1, 70}, c.alpha, c.beta, -9.0), ContractError);
  }
}

TEST(StochasticCombat, LinearLawVectors) {
  EXPECT_NEAR(linear_win_probability(5, 5, 0.5), 0.5, 1e-12);
  EXPECT_NEAR(linear_win_probability(10, 12, 0.55), 0.511686, 5e-7);
  // The published sum, term by term.
  double sum = 0.0;
  double term = std::pow(0.4, 7);
  for (int k = 0; k < 9; ++k) {
    sum += term;
    term *= (7.0 + k) / (k + 1.0) * 0.6;
  }
  EXPECT_NEAR(linear_win_probability(9, 7, 0.4), sum, 1e-12);
  EXPECT_DOUBLE_EQ(linear_win_probability(3, 4, 1.0), 1.0);
}

TEST(StochasticCombat, SquareLawVectors) {
  EXPECT_NEAR(square_win_probability(10, 8, 1, 1), 0.791358, 5e-7);
  EXPECT_NEAR(square_win_probability(10, 12, 1.5, 1), 0.539646, 5e-7);
  EXPECT_NEAR(square_win_probability(10, 8, 1, 1) + square_win_probability(8, 10, 1, 1), 1.0,
              1e-12);
  EXPECT_DOUBLE_EQ(square_win_probability(4, 0, 1, 1), 1.0);
  EXPECT_DOUBLE_EQ(square_win_probability(0, 4, 1, 1), 0.0);
  EXPECT_THROW(square_win_probability(0, 0, 1, 1), ContractError);
  EXPECT_THROW(square_win_probability(1, 200'000, 1, 1), ContractError);
}

TEST(StochasticCombat, NormalApproximationIsClose) {
  for (const auto& [m, n, alpha, beta] : {std::tuple{10, 8, 1.0, 1.0}, std::tuple{10, 12, 1.5, 1.0},
                                          std::tuple{100, 105, 1.0, 1.0}}) {
    EXPECT_NEAR(square_win_probability_normal(m, n, alpha, beta),
                square_win_probability(static_cast<std::size_t>(m), static_cast<std::size_t>(n),
                                       alpha, beta),
                0.01);
  }
}

TEST(StochasticCombat, EqualFightsLeaveFewSurvivors) {
  EXPECT_NEAR(square_expected_survivors(100, 100, 1, 1), 32.9632, 5e-5);
  // 1.05065 N^(3/4) from N = 100 on, coming closer.
  double gap = 1.0;
  for (const std::size_t n : {100UL, 400UL, 1600UL}) {
    const double ratio =
        square_expected_survivors(n, n, 1, 1) / std::pow(static_cast<double>(n), 0.75);
    EXPECT_LT(std::abs(ratio - 1.05065), gap);
    gap = std::abs(ratio - 1.05065);
  }
  EXPECT_LT(gap, 0.003);
}

}  // namespace
}  // namespace casus::rules
