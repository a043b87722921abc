#include "casus/experiment/history_match.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "casus/experiment/experiment.h"
#include "casus/study/statistics.h"

namespace casus {
namespace {

constexpr Purpose luck("made-up luck");
constexpr std::uint64_t seed = 11;

/// What one run of a made-up model gives: targets from values and luck.
using OneRun = std::function<std::vector<double>(const std::vector<double>& x, Stream& draws)>;

MatchModel model_of(const OneRun& run) {
  return [run](const std::vector<double>& x, std::uint32_t first, std::size_t n) {
    MatchRuns out;
    for (std::size_t i = 0; i < n; ++i) {
      Stream draws({seed, first + static_cast<std::uint32_t>(i)}, 0, luck, {});
      out.push_back(run(x, draws));
    }
    return out;
  };
}

/// Priors uniform on [0, 1].
std::vector<MatchParameter> shares(std::size_t n) {
  std::vector<MatchParameter> out;
  for (std::size_t k = 0; k < n; ++k) {
    out.push_back({std::string(1, static_cast<char>('a' + k)), [](double u) { return u; }});
  }
  return out;
}

MatchTarget target(const std::string& name, double observed, double error) {
  MatchTarget t;
  t.name = t.title = name;
  t.observed = observed;
  t.error = error;
  return t;
}

MatchResult match(std::size_t parameters, const std::vector<MatchTarget>& targets,
                  const OneRun& run, MatchOptions options = {}, std::uint32_t points = 60,
                  Executor* executor = nullptr) {
  DesignSpec design;
  design.method = DesignMethod::lhs;
  design.points = points;
  const std::unique_ptr<Executor> serial = serial_executor();
  return match_history(shares(parameters), targets, model_of(run),
                       design_points(design, parameters, 5), options,
                       executor == nullptr ? *serial : *executor);
}

std::vector<double> column(const MatchResult& result, std::size_t k) {
  std::vector<double> out;
  for (const auto& row : result.rows) out.push_back(row[k]);
  return out;
}

TEST(HistoryMatch, FindsThePosteriorOfALinearModel) {
  // y1 = 10 a + e, y2 = 5 b + 3 a + e', with luck of standard deviation 1 and an error of .75: the
  // difference to what was observed has variance 1.5625, and the posterior is normal.
  const OneRun run = [](const std::vector<double>& x, Stream& draws) {
    const double first = normal(draws), second = normal(draws);
    return std::vector{10.0 * x[0] + first, 5.0 * x[1] + 3.0 * x[0] + second};
  };
  MatchOptions options;
  options.rows = 1000;
  options.replicates = 8;
  const MatchResult result =
      match(2, {target("y1", 5.0, 0.75), target("y2", 4.0, 0.75)}, run, options, 80);
  ASSERT_FALSE(result.empty);
  ASSERT_EQ(result.rows.size(), 1000U);
  EXPECT_EQ(result.runs, 80U * 8U * 4U);
  const double sd_a = 1.25 / 10.0;
  const double sd_b = std::sqrt(1.25 * 1.25 + 9.0 * sd_a * sd_a) / 5.0;
  // The luck of what emulators were made from moves a mean by some tenth of a deviation.
  EXPECT_NEAR(mean(column(result, 0)), 0.5, 0.25 * sd_a);
  EXPECT_NEAR(mean(column(result, 1)), 0.5, 0.25 * sd_b);
  EXPECT_NEAR(standard_deviation(column(result, 0)), sd_a, 0.15 * sd_a);
  // b ends at 0 and 1, some 1.7 deviations off, so that it spreads a little less.
  EXPECT_NEAR(standard_deviation(column(result, 1)), 0.85 * sd_b, 0.15 * sd_b);
  EXPECT_GT(result.parameters[0].learned, 0.7);
  EXPECT_LT(result.checked, 1.6) << "emulators are right where the posterior is";
  EXPECT_GT(result.checked, 0.5);
  for (const TargetFinding& f : result.findings) {
    EXPECT_LT(std::abs(f.strained), 0.3);
    EXPECT_LT(f.after.high - f.after.low, f.before.high - f.before.low);
  }
}

TEST(HistoryMatch, CoversTheTruthAsOftenAsItSaysSlow) {
  // Counts of two kinds that grow with both unknowns, one of them bent: thirty truths drawn from
  // the prior, one history of each observed.
  const OneRun run = [](const std::vector<double>& x, Stream& draws) {
    const double often = 20.0 + 80.0 * x[0] * x[0] + 10.0 * x[1], seldom = 10.0 + 40.0 * x[1];
    return std::vector{static_cast<double>(poisson(draws, often)),
                       static_cast<double>(poisson(draws, seldom))};
  };
  MatchOptions options;
  options.particles = 200;
  options.waves = 2;
  constexpr int truths = 30;
  int covered = 0;
  for (int i = 0; i < truths; ++i) {
    Stream truth({seed, static_cast<std::uint32_t>(i)}, 1, luck, {});
    const std::vector<double> x{uniform(truth), uniform(truth)};
    const std::vector<double> seen = run(x, truth);
    options.seed = static_cast<std::uint64_t>(i);
    const MatchResult result =
        match(2, {target("often", seen[0], 0.5), target("seldom", seen[1], 0.5)}, run, options, 40);
    for (std::size_t k = 0; k < 2 && !result.empty; ++k) {
      std::vector<double> values = column(result, k);
      std::sort(values.begin(), values.end());
      covered += quantile(values, 0.05) <= x[k] && x[k] <= quantile(values, 0.95) ? 1 : 0;
    }
  }
  // Of 60 intervals of 90 %: mean 54, standard deviation 2.3. Emulators widen them a little, so
  // that more may be right.
  EXPECT_GE(covered, 47);
}

TEST(HistoryMatch, TellsAnImpossibleTarget) {
  const OneRun run = [](const std::vector<double>& x, Stream& draws) {
    return std::vector{x[0] + 0.1 * normal(draws), x[0] + 0.1 * normal(draws)};
  };
  const MatchResult result = match(1, {target("near", 0.5, 0.1), target("far", 4.0, 0.1)}, run);
  EXPECT_TRUE(result.empty);
  EXPECT_TRUE(result.rows.empty());
  EXPECT_FALSE(result.findings[0].impossible);
  EXPECT_TRUE(result.findings[1].impossible);
  EXPECT_TRUE(result.conflicts.empty());
  EXPECT_DOUBLE_EQ(result.waves.back().left, 0.0);
  EXPECT_GT(result.nearest[0], 0.8) << "the end of the prior that is nearest to it";
  EXPECT_TRUE(std::isnan(result.findings[0].mean_after));
}

TEST(HistoryMatch, TellsTargetsThatCannotBeMetTogether) {
  const OneRun run = [](const std::vector<double>& x, Stream& draws) {
    return std::vector{x[0] + 0.03 * normal(draws), x[0] + 0.03 * normal(draws),
                       x[1] + 0.03 * normal(draws)};
  };
  const MatchResult result = match(
      2, {target("low", 0.1, 0.02), target("high", 0.9, 0.02), target("other", 0.5, 0.1)}, run);
  EXPECT_TRUE(result.empty);
  ASSERT_EQ(result.conflicts.size(), 1U);
  EXPECT_EQ(result.conflicts[0].a, 0U);
  EXPECT_EQ(result.conflicts[0].b, 1U);
  for (const TargetFinding& f : result.findings) EXPECT_FALSE(f.impossible);
}

TEST(HistoryMatch, SaysOfWhatItLearnsNothing) {
  const OneRun run = [](const std::vector<double>& x, Stream& draws) {
    return std::vector{x[0] + 0.1 * normal(draws)};
  };
  const MatchResult result = match(2, {target("y", 0.4, 0.05)}, run);
  EXPECT_GT(result.parameters[0].learned, 0.5);
  EXPECT_LT(result.parameters[1].learned, 0.1);
}

TEST(HistoryMatch, KeepsWhatIsKnownTogether) {
  const OneRun run = [](const std::vector<double>& x, Stream& draws) {
    return std::vector{x[0] + x[1] + 0.05 * normal(draws)};
  };
  const MatchResult result = match(2, {target("sum", 1.0, 0.05)}, run);
  ASSERT_EQ(result.together.size(), 1U);
  EXPECT_LT(result.together[0].size, -0.8);
  double far = 0.0;
  for (const auto& row : result.rows) far = std::max(far, std::abs(row[0] + row[1] - 1.0));
  EXPECT_LT(far, 0.5) << "rows are of the sum, where columns alone would reach 1";
}

TEST(HistoryMatch, TheLuckOfARunCountsForAHistoryAlone) {
  const OneRun run = [](const std::vector<double>& x, Stream& draws) {
    return std::vector{x[0] + 0.3 * normal(draws)};
  };
  MatchTarget history = target("y", 0.5, 0.05), average = history;
  average.of_mean = true;
  const double wide = match(1, {history}, run).parameters[0].learned;
  const double narrow = match(1, {average}, run).parameters[0].learned;
  EXPECT_GT(narrow, wide + 0.2);
}

TEST(HistoryMatch, DiscrepancyLeavesMoreRoom) {
  const OneRun run = [](const std::vector<double>& x, Stream& draws) {
    return std::vector{std::floor(100.0 * x[0] + 3.0 * normal(draws) + 20.0)};
  };
  MatchTarget exact = target("y", 70.0, 2.0), loose = exact, logs = exact;
  loose.discrepancy = 20.0;
  logs.log_scale = true;
  const double tight = match(1, {exact}, run).parameters[0].learned;
  EXPECT_LT(match(1, {loose}, run).parameters[0].learned, tight - 0.1);
  // On either scale the middle is where the count is.
  EXPECT_NEAR(match(1, {logs}, run).parameters[0].posterior.median, 0.5, 0.05);
}

/// The same whoever does it.
void expect_one_answer(const std::vector<std::function<std::unique_ptr<Executor>()>>& executors) {
  const OneRun run = [](const std::vector<double>& x, Stream& draws) {
    return std::vector{x[0] * x[1] + 0.1 * normal(draws), x[1] + 0.1 * normal(draws)};
  };
  const std::vector<MatchTarget> targets{target("p", 0.3, 0.05), target("q", 0.6, 0.05)};
  MatchOptions options;
  options.particles = 100;
  options.rows = 100;
  const MatchResult one = match(2, targets, run, options, 20);
  ASSERT_FALSE(one.rows.empty());
  for (const auto& make : executors) {
    const auto executor = make();
    const MatchResult other = match(2, targets, run, options, 20, executor.get());
    EXPECT_EQ(one.rows, other.rows);
    EXPECT_EQ(one.waves.back().left, other.waves.back().left);
    EXPECT_EQ(one.nearest, other.nearest);
  }
}

TEST(HistoryMatch, ThreadsAndOrdersChangeNothing) {
  expect_one_answer({[] { return thread_executor(3); }, [] { return shuffled_executor(3); }});
}

// The thread sanitizer sees nothing of how oneTBB keeps its tasks apart.
TEST(HistoryMatch, TasksOfTbbChangeNothing) {
  expect_one_answer({[] { return tbb_executor(2); }});
}

TEST(HistoryMatch, RunsWithoutAnAnswerCountForNothing) {
  // A third of the runs fail, and one target answers in half of the rest.
  const OneRun run = [](const std::vector<double>& x, Stream& draws) {
    const double u = uniform(draws), e = 0.1 * normal(draws);
    const double none = std::nan("");
    if (u < 1.0 / 3.0) return std::vector{none, none};
    return std::vector{x[0] + e, u < 2.0 / 3.0 ? none : x[0] + e};
  };
  MatchOptions options;
  options.replicates = 12;
  const MatchResult result =
      match(1, {target("y", 0.5, 0.05), target("z", 0.5, 0.05)}, run, options, 30);
  EXPECT_FALSE(result.empty);
  EXPECT_NEAR(result.parameters[0].posterior.median, 0.5, 0.1);
  EXPECT_GT(result.failed, 0U);
  EXPECT_LT(result.failed, result.runs / 2);
}

TEST(HistoryMatch, CanBeCancelled) {
  const OneRun run = [](const std::vector<double>& x, Stream&) { return std::vector{x[0]}; };
  MatchOptions options;
  options.cancelled = [] { return true; };
  const MatchResult result = match(1, {target("y", 0.5, 0.05)}, run, options);
  EXPECT_TRUE(result.cancelled);
  EXPECT_TRUE(result.rows.empty());
}

TEST(HistoryMatch, RefusesWhatItCannotDo) {
  const OneRun run = [](const std::vector<double>& x, Stream&) { return std::vector{x[0]}; };
  EXPECT_THROW(match(1, {}, run), ContractError);
  EXPECT_THROW(match(1, {target("y", 0.5, 0.0)}, run), ContractError);
  EXPECT_THROW(match(1, {target("y", 0.5, 0.1)}, run, {}, 3), ContractError);
  MatchOptions one;
  one.replicates = 1;
  EXPECT_THROW(match(1, {target("y", 0.5, 0.1)}, run, one), ContractError);
  MatchTarget below = target("y", -1.0, 0.1);
  below.log_scale = true;
  EXPECT_THROW(match(1, {below}, run), ContractError);
}

}  // namespace
}  // namespace casus
