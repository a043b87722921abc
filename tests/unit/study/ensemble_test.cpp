#include "casus/study/ensemble.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <stdexcept>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

// A libtbb that is not instrumented floods the thread sanitizer with false reports; what it shares
// with the std::thread backend is checked there.
#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define CASUS_UNDER_TSAN
#endif
#endif

namespace casus {
namespace {

/// A model of no conflict at all: run r reports one draw.
RunResult toy(const RunSpec& spec) {
  Stream stream({spec.seed, spec.run}, 0, Purpose("test"), {7});
  RunResult result;
  result.outcomes = {{uniform(stream), OutcomeValue::Status::known}};
  result.world_hash = mix(spec.seed, spec.run);
  return result;
}

EnsembleOptions options(std::size_t runs, Executor& executor) {
  EnsembleOptions o;
  o.runs = runs;
  o.executor = &executor;
  return o;
}

std::vector<std::uint32_t> numbers(const EnsembleResult& result) {
  std::vector<std::uint32_t> runs;
  for (const RunResult& run : result.runs) runs.push_back(run.spec.run);
  return runs;
}

/// Fails in the runs named, and takes longer the earlier it is, so that results come out of order.
std::function<RunResult(const RunSpec&)> failing_in(std::vector<std::uint32_t> bad) {
  return [bad](const RunSpec& spec) {
    volatile double x = 0.0;
    for (std::uint32_t i = 0; i < 20000 / (spec.run + 1); ++i) x = x + 1.0;
    if (std::find(bad.begin(), bad.end(), spec.run) != bad.end()) {
      throw SimulationError("2024-03-01", "combat", "actor 'jnim'", "strength became NaN [E0701]");
    }
    return toy(spec);
  };
}

struct Backend {
  const char* name;
  std::function<std::unique_ptr<Executor>()> make;
};
std::vector<Backend> backends() {
  std::vector<Backend> all{{"serial", serial_executor},
                           {"shuffled", [] { return shuffled_executor(3); }},
                           {"threads", [] { return thread_executor(4); }}};
#if !defined(__SANITIZE_THREAD__) && !defined(CASUS_UNDER_TSAN)
  all.push_back({"tbb", [] { return tbb_executor(3); }});
#endif
  return all;
}

TEST(EnsembleThreads, SlotIsReplicateOnEveryExecutor) {
  for (const Backend& backend : backends()) {
    const auto executor = backend.make();
    EnsembleOptions o = options(50, *executor);
    o.first_run = 100;
    o.seed = 9;
    const EnsembleResult result = run_each(toy, o);
    ASSERT_EQ(result.runs.size(), 50U) << backend.name;
    EXPECT_FALSE(result.cancelled);
    for (std::uint32_t r = 0; r < 50; ++r) {
      const RunResult alone = toy({9, 100 + r, false});
      EXPECT_EQ(result.runs[r].spec.run, 100 + r);
      EXPECT_EQ(result.runs[r].outcomes, alone.outcomes) << backend.name;
      EXPECT_EQ(result.runs[r].world_hash, alone.world_hash);
    }
  }
}

TEST(EnsembleThreads, ResultsAreHandedOnInOrderAndOneAtATime) {
  for (const Backend& backend : backends()) {
    const auto executor = backend.make();
    EnsembleOptions o = options(64, *executor);
    std::vector<std::uint32_t> seen;
    std::atomic<int> inside{0};
    o.on_result = [&](RunResult& run) {
      EXPECT_EQ(++inside, 1);
      seen.push_back(run.spec.run);
      --inside;
    };
    run_each(failing_in({}), o);
    std::vector<std::uint32_t> expected(64);
    for (std::uint32_t i = 0; i < 64; ++i) expected[i] = i;
    EXPECT_EQ(seen, expected) << backend.name;
  }
}

TEST(Ensemble, WhatTheSinkTakesIsNotKept) {
  const auto executor = serial_executor();
  EnsembleOptions o = options(3, *executor);
  const auto with_series = [](const RunSpec& spec) {
    RunResult result = toy(spec);
    result.series.resize(5);
    return result;
  };
  EXPECT_EQ(run_each(with_series, o).runs[1].series.size(), 5U);
  o.on_result = [](RunResult& run) { run.series.clear(); };
  EXPECT_TRUE(run_each(with_series, o).runs[1].series.empty());
}

TEST(EnsembleThreads, AFailedRunIsRecordedAndTheOthersGoOn) {
  for (const Backend& backend : backends()) {
    const auto executor = backend.make();
    EnsembleOptions o = options(20, *executor);
    EnsembleProgress last;
    o.on_progress = [&](const EnsembleProgress& p) { last = p; };
    const EnsembleResult result = run_each(failing_in({4, 11}), o);
    ASSERT_EQ(result.runs.size(), 20U) << backend.name;
    EXPECT_EQ(result.failed(), 2U);
    EXPECT_EQ(last.finished, 20U);
    EXPECT_EQ(last.failed, 2U);
    EXPECT_EQ(last.planned, 20U);
    const RunResult& bad = result.runs[11];
    ASSERT_TRUE(bad.failure.has_value());
    EXPECT_EQ(bad.spec.run, 11U);
    EXPECT_EQ(bad.failure->what,
              "2024-03-01, mechanism 'combat', actor 'jnim': strength became NaN [E0701]");
    EXPECT_EQ(bad.failure->date, "2024-03-01");
    EXPECT_EQ(bad.failure->mechanism, "combat");
    EXPECT_EQ(bad.failure->subject, "actor 'jnim'");
    EXPECT_FALSE(result.runs[12].failure.has_value());
  }
}

TEST(EnsembleThreads, StoppingAtAFailureKeepsTheSameRunsOnEveryExecutor) {
  for (const Backend& backend : backends()) {
    const auto executor = backend.make();
    EnsembleOptions o = options(200, *executor);
    o.on_failure = OnFailure::stop;
    const EnsembleResult result = run_each(failing_in({7, 9, 30}), o);
    EXPECT_EQ(numbers(result), (std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6, 7}))
        << backend.name;
    EXPECT_EQ(result.failed(), 1U);
    EXPECT_FALSE(result.cancelled);
    EXPECT_EQ(result.planned, 200U);
  }
}

TEST(Ensemble, AnyExceptionIsAFailureOfItsRun) {
  const auto executor = serial_executor();
  const auto what = [&](const std::function<RunResult(const RunSpec&)>& run) {
    return run_each(run, options(1, *executor)).runs.at(0).failure.value().what;
  };
  EXPECT_EQ(what([](const RunSpec&) -> RunResult { throw std::runtime_error("odd"); }), "odd");
  EXPECT_EQ(what([](const RunSpec&) -> RunResult { throw std::bad_alloc(); }), "out of memory");
  EXPECT_EQ(what([](const RunSpec&) -> RunResult { throw 3; }), "an exception of an unknown type");
}

TEST(EnsembleThreads, CancellingFinishesTheRunsInFlightAndKeepsThem) {
  for (const Backend& backend : backends()) {
    const auto executor = backend.make();
    EnsembleOptions o = options(500, *executor);
    std::atomic<std::size_t> made{0};
    std::size_t handed = 0;
    o.cancelled = [&] { return made >= 10; };
    o.on_result = [&](RunResult&) { ++handed; };
    const EnsembleResult result = run_each(
        [&](const RunSpec& spec) {
          ++made;
          return toy(spec);
        },
        o);
    EXPECT_TRUE(result.cancelled) << backend.name;
    EXPECT_EQ(result.runs.size(), made.load()) << backend.name;
    EXPECT_EQ(handed, made.load());
    EXPECT_LT(result.runs.size(), 500U);
    const auto runs = numbers(result);
    EXPECT_TRUE(std::is_sorted(runs.begin(), runs.end()));
    if (executor->workers() > 1) {
      EXPECT_EQ(runs.back(), runs.size() - 1) << "the first few, without holes";
    }
  }
}

TEST(EnsembleThreads, AnErrorOfTheSinkEndsTheEnsemble) {
  constexpr int runs = 200000;
  for (const Backend& backend : backends()) {
    const auto executor = backend.make();
    // So many that no worker makes them all while the one that met the error waits for a processor.
    EnsembleOptions o = options(runs, *executor);
    std::atomic<int> made{0};
    int handed = 0;
    o.on_result = [&](RunResult&) {
      if (++handed == 3) throw std::runtime_error("disk full");
    };
    const auto count = [&](const RunSpec& spec) {
      ++made;
      return toy(spec);
    };
    EXPECT_THROW(run_each(count, o), std::runtime_error) << backend.name;
    EXPECT_EQ(handed, 3);
    EXPECT_LT(made.load(), runs);
  }
}

TEST(Ensemble, KeepsTheEventsOfTheRunsNamed) {
  const auto executor = serial_executor();
  EnsembleOptions o = options(4, *executor);
  o.first_run = 10;
  o.keep_events = [](std::uint32_t run) { return run == 12; };
  std::vector<bool> asked;
  run_each(
      [&](const RunSpec& spec) {
        asked.push_back(spec.keep_events);
        return toy(spec);
      },
      o);
  EXPECT_EQ(asked, (std::vector<bool>{false, false, true, false}));
}

TEST(Ensemble, RunNumbersThatDoNotFitAreRefused) {
  EnsembleOptions o;
  o.runs = 10;
  o.first_run = 0xfffffff8U;
  EXPECT_THROW(run_each(toy, o), ContractError);
}

TEST(Ensemble, NoRunsIsAnEmptyResult) {
  EnsembleOptions o;
  o.runs = 0;
  EXPECT_TRUE(run_each(toy, o).runs.empty());
}

}  // namespace
}  // namespace casus
