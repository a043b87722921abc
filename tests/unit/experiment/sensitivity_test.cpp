#include "casus/experiment/sensitivity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/executor.h"
#include "casus/core/random.h"
#include "casus/experiment/comparison.h"
#include "casus/experiment/experiment.h"
#include "casus/experiment/shares.h"
#include "casus/run/simulation.h"

namespace casus {
namespace {

constexpr Purpose drawn_inputs("sensitivity test");

/// Ishigami & Homma (1990): a = 7, b = 0.1, inputs uniform on [-pi, pi].
double ishigami(const std::vector<double>& u) {
  const auto x = [&](std::size_t i) { return std::numbers::pi * (2.0 * u[i] - 1.0); };
  return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) +
         0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

/// Sobol's g with coefficients 0, 1, 4.5, 9, 99, 99, 99, 99.
const std::vector<double> g_coefficients{0, 1, 4.5, 9, 99, 99, 99, 99};
double g_function(const std::vector<double>& u) {
  double product = 1.0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    product *= (std::abs(4.0 * u[i] - 2.0) + g_coefficients[i]) / (1.0 + g_coefficients[i]);
  }
  return product;
}

template <class Function>
std::vector<SobolIndex> indices_of(Function f, std::size_t inputs, std::uint32_t points) {
  DesignSpec design;
  design.method = DesignMethod::saltelli;
  design.points = points;
  std::vector<double> outcomes;
  for (const auto& point : design_points(design, inputs, 1)) outcomes.push_back(f(point));
  return sobol_indices(outcomes, inputs);
}

TEST(Sensitivity, SobolsIndicesOfIshigamiAreTheKnownOnes) {
  const auto found = indices_of(ishigami, 3, 1U << 14U);
  const double first[] = {0.3139, 0.4424, 0.0}, total[] = {0.5576, 0.4424, 0.2437};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(found[i].first.value, first[i], 0.02) << i;
    EXPECT_NEAR(found[i].total.value, total[i], 0.02) << i;
    EXPECT_LE(found[i].total.low, found[i].total.value);
    EXPECT_GE(found[i].total.high, found[i].total.value);
  }
}

TEST(Sensitivity, SobolsIndicesOfHisOwnFunctionAreTheKnownOnes) {
  const auto found = indices_of(g_function, 8, 1U << 14U);
  // Partial variances are 1 / (3 (1 + a)²).
  double whole = 1.0;
  std::vector<double> partial;
  for (const double a : g_coefficients) {
    partial.push_back(1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    whole *= 1.0 + partial.back();
  }
  const double variance = whole - 1.0;
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_NEAR(found[i].first.value, partial[i] / variance, 0.02) << i;
    EXPECT_NEAR(found[i].total.value, partial[i] * whole / (1.0 + partial[i]) / variance, 0.02)
        << i;
  }
}

TEST(Sensitivity, NothingThatVariesHasNoIndices) {
  const std::vector<double> constant(40, 3.0);
  EXPECT_TRUE(std::isnan(sobol_indices(constant, 2)[0].first.value));
  EXPECT_THROW(sobol_indices(std::vector<double>(41, 3.0), 2), ContractError);
}

TEST(Sensitivity, MorrisRanksTheInputsOfG) {
  DesignSpec design;
  design.method = DesignMethod::morris;
  design.points = 200;
  const auto points = design_points(design, 8, 5);
  ASSERT_EQ(points.size(), 200U * 9U);
  std::vector<double> outcomes;
  for (const auto& point : points) outcomes.push_back(g_function(point));
  const auto effects = morris_effects(points, outcomes);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_GT(effects[i].mean_absolute, effects[i + 1].mean_absolute) << i;
  }
}

TEST(Sensitivity, MorrisOfALineIsItsSlopes) {
  DesignSpec design;
  design.method = DesignMethod::morris;
  design.points = 10;
  const auto points = design_points(design, 2, 5);
  std::vector<double> outcomes;
  for (const auto& p : points) outcomes.push_back(3.0 * p[0] - 5.0 * p[1]);
  const auto effects = morris_effects(points, outcomes);
  EXPECT_NEAR(effects[0].mean, 3.0, 1e-9);
  EXPECT_NEAR(effects[1].mean, -5.0, 1e-9);
  EXPECT_NEAR(effects[1].mean_absolute, 5.0, 1e-9);
  EXPECT_NEAR(effects[1].deviation, 0.0, 1e-9);
}

TEST(Sensitivity, RegressionFindsSlopesAndDirections) {
  Stream stream({3, 0}, 0, drawn_inputs, {});
  std::vector<std::vector<double>> inputs;
  std::vector<double> outcomes;
  for (int i = 0; i < 500; ++i) {
    const double a = normal(stream), b = 10.0 * normal(stream), noise = normal(stream);
    inputs.push_back({a, b, 4.0, uniform(stream)});
    outcomes.push_back(3.0 * a - 0.4 * b + noise);
  }
  const Regression r = regression_effects(inputs, outcomes);
  const double sd = std::sqrt(9.0 + 16.0 + 1.0);
  EXPECT_NEAR(r.inputs[0].standardised, 3.0 / sd, 0.05);
  EXPECT_NEAR(r.inputs[1].standardised, -4.0 / sd, 0.05);
  EXPECT_TRUE(std::isnan(r.inputs[2].standardised));
  EXPECT_GT(r.inputs[0].partial_rank.low, 0.8);
  EXPECT_LT(r.inputs[1].partial_rank.high, -0.8);
  EXPECT_LT(r.inputs[3].partial_rank.low, 0.0);
  EXPECT_GT(r.inputs[3].partial_rank.high, 0.0);
  EXPECT_NEAR(r.explained, 25.0 / 26.0, 0.02);
}

TEST(Sensitivity, TooFewRunsSayNothing) {
  const std::vector<std::vector<double>> inputs{{1, 2}, {2, 1}, {3, 5}};
  const Regression r = regression_effects(inputs, std::vector<double>{1, 2, 3});
  EXPECT_TRUE(std::isnan(r.inputs[0].standardised));
}

TEST(Sensitivity, SharesAddUpAndEqualTheOrdersCounted) {
  // Three parts of which two need each other, in four worlds.
  std::vector<std::vector<double>> effects(8);
  const auto value = [](std::size_t set, double world) {
    const bool a = (set & 1U) != 0, b = (set & 2U) != 0, c = (set & 4U) != 0;
    return world + (a && b ? 6.0 * world : 0.0) + (c ? -1.0 : 0.0) + (a && b && c ? 3.0 : 0.0);
  };
  for (std::size_t set = 0; set < 8; ++set) {
    for (const double world : {1.0, 2.0, 3.0, 5.0}) effects[set].push_back(value(set, world));
  }
  const auto shares = shapley_shares(effects, 3);
  double sum = 0.0;
  for (const auto& s : shares) sum += s.share.value;
  EXPECT_NEAR(sum, mean(effects[7]) - mean(effects[0]), 1e-12);
  // All six orders, one by one.
  const std::size_t orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  double counted[3] = {0, 0, 0};
  for (const auto& order : orders) {
    std::size_t set = 0;
    for (const std::size_t part : order) {
      const std::size_t with = set | std::size_t{1} << part;
      counted[part] += (mean(effects[with]) - mean(effects[set])) / 6.0;
      set = with;
    }
  }
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(shares[i].share.value, counted[i], 1e-12) << i;
}

/// Three articles and a war that each of them has a part in.
struct ThreeParts {
  Scenario scenario =
      load_scenario(std::string(CASUS_SOURCE_DIR) + "/scenarios/tutorial/three-states.yaml",
                    {{Edit::Kind::set, "clock.days", "150"}});
  std::vector<std::string> parts{"pacts.entente.articles.1", "pacts.entente.articles.2",
                                 "crises.tolls"};
  std::string outcome = scenario->outcomes.front().name;
  SharesOptions options() const {
    SharesOptions o;
    o.worlds = 150;
    o.only = {outcome};
    return o;
  }
};

TEST(Shapley, DrawnOrdersAgreeWithAllOfThemSlow) {
  const ThreeParts three;
  Worlds worlds;
  worlds.replicates = three.options().worlds;
  for (std::size_t set = 0; set < 8; ++set) {
    std::vector<Edit> edits;
    for (std::size_t i = 0; i < 3; ++i) {
      if ((set >> i & 1U) != 0) edits.push_back({Edit::Kind::remove, three.parts[i], ""});
    }
    worlds.policies.push_back({std::to_string(set), three.scenario.with(edits)});
  }
  ComparisonOptions all;
  all.only = {three.outcome};
  const ComparedRuns runs = run_worlds(worlds, standard_registry(), all);
  std::vector<std::vector<double>> effects(8);
  for (const WorldResult& world : runs.worlds) {
    for (std::size_t set = 0; set < 8; ++set) {
      effects[7 - set].push_back(world.runs[set].outcomes[0].value);
    }
  }
  const auto exact = shapley_shares(effects, 3);
  const SampledShares drawn =
      sample_shares(three.scenario, three.parts, standard_registry(), three.options());
  ASSERT_EQ(drawn.outcomes.size(), 1U);
  const SampledShares::OfOutcome& of = drawn.outcomes.front();
  EXPECT_EQ(of.worlds, 150U);
  EXPECT_EQ(drawn.runs, 150U * 6U);
  // The same worlds: what all parts do is the same number, and the shares add up to it.
  EXPECT_NEAR(of.together.value, mean(effects[7]) - mean(effects[0]), 1e-12);
  double sum = 0.0, moved = 0.0;
  for (std::size_t i = 0; i < 3; ++i) {
    sum += of.shares[i].value;
    moved += std::abs(exact[i].share.value);
    const double half = 0.5 * (of.shares[i].high - of.shares[i].low);
    EXPECT_NEAR(of.shares[i].value, exact[i].share.value, 1.5 * half + 1e-12) << i;
  }
  EXPECT_NEAR(sum, of.together.value, 1e-12);
  EXPECT_GT(moved, 0.05) << "no part does anything";
}

TEST(Shapley, SamplingEndsWhenItIsPreciseWhateverTheWorkersSlow) {
  const ThreeParts three;
  SharesOptions options = three.options();
  options.worlds = 400;
  options.batch = 40;
  options.half_width = 0.12;
  const auto serial = serial_executor();
  options.executor = serial.get();
  const SampledShares one =
      sample_shares(three.scenario, three.parts, standard_registry(), options);
  const auto four = tbb_executor(4);
  options.executor = four.get();
  const SampledShares many =
      sample_shares(three.scenario, three.parts, standard_registry(), options);
  EXPECT_TRUE(one.stopped);
  EXPECT_LT(one.worlds, 400U);
  EXPECT_EQ(one.worlds % 40, 0U);
  EXPECT_EQ(one.worlds, many.worlds);
  for (std::size_t i = 0; i < 3; ++i) {
    const Estimate &a = one.outcomes[0].shares[i], &b = many.outcomes[0].shares[i];
    EXPECT_EQ(a.value, b.value);
    EXPECT_LE(0.5 * (a.high - a.low), 0.12);
  }
  options.half_width = 1e-9;
  options.worlds = 50;
  EXPECT_FALSE(sample_shares(three.scenario, three.parts, standard_registry(), options).stopped);
}

TEST(Designs, PointsAreInsideAndSpread) {
  for (const DesignMethod method : {DesignMethod::grid, DesignMethod::lhs, DesignMethod::sobol,
                                    DesignMethod::morris, DesignMethod::saltelli}) {
    DesignSpec design;
    design.method = method;
    design.points = 16;
    const auto points = design_points(design, 3, 9);
    EXPECT_EQ(points, design_points(design, 3, 9));
    double sum = 0.0;
    for (const auto& point : points) {
      ASSERT_EQ(point.size(), 3U);
      for (const double u : point) {
        EXPECT_GT(u, 0.0);
        EXPECT_LT(u, 1.0);
        sum += u;
      }
    }
    EXPECT_NEAR(sum / (3.0 * static_cast<double>(points.size())), 0.5, 0.1);
  }
}

TEST(Designs, ALatinHypercubeHasOnePointAStratum) {
  DesignSpec design;
  design.method = DesignMethod::lhs;
  design.points = 20;
  const auto points = design_points(design, 2, 4);
  for (std::size_t d = 0; d < 2; ++d) {
    std::vector<int> strata(20, 0);
    for (const auto& p : points) ++strata[static_cast<std::size_t>(p[d] * 20.0)];
    EXPECT_EQ(strata, std::vector<int>(20, 1));
  }
}

}  // namespace
}  // namespace casus
