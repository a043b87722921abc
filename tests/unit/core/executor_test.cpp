#include "casus/core/executor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

namespace casus {
namespace {

// A libtbb that is not instrumented floods the thread sanitizer with false reports, among which a
// true one is lost; under it the std::thread backend stands in.
#if defined(__SANITIZE_THREAD__)
constexpr bool thread_sanitizer = true;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
constexpr bool thread_sanitizer = true;
#else
constexpr bool thread_sanitizer = false;
#endif
#else
constexpr bool thread_sanitizer = false;
#endif

struct Named {
  std::string name;
  std::unique_ptr<Executor> executor;
};

std::vector<Named> all_executors() {
  std::vector<Named> all;
  all.push_back({"serial", serial_executor()});
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    all.push_back({"shuffled " + std::to_string(seed), shuffled_executor(seed)});
  }
  if (!thread_sanitizer) {
    for (const unsigned workers : {0U, 1U, 2U, 4U}) {
      all.push_back({"tbb " + std::to_string(workers), tbb_executor(workers)});
    }
  }
  for (const unsigned workers : {1U, 2U, 5U}) {
    all.push_back({"threads " + std::to_string(workers), thread_executor(workers)});
  }
  return all;
}

double draw(std::size_t i) {
  Stream stream({1, 0}, 0, Purpose("test"), {i});
  return normal(stream) * std::pow(10.0, static_cast<double>(i % 13));
}

// Most worlds have fewer actors than a block of the others holds.
TEST(Executor, TheShufflingOneCutsShortLoopsToo) {
  const auto visits = [](Executor& executor) {
    std::vector<std::size_t> order;
    for_each(
        executor, 12, [&](std::size_t i) { order.push_back(i); }, 64);
    return order;
  };
  const auto in_order = visits(*serial_executor());
  EXPECT_TRUE(std::is_sorted(in_order.begin(), in_order.end()));
  std::set<std::vector<std::size_t>> orders;
  for (std::uint64_t seed = 0; seed < 20; ++seed) orders.insert(visits(*shuffled_executor(seed)));
  EXPECT_GT(orders.size(), 5U);
}

TEST(ExecutorThreads, EveryIndexOnceForEverySize) {
  for (const auto& [name, executor] : all_executors()) {
    for (const std::size_t n : {0UL, 1UL, 255UL, 256UL, 257UL, 5000UL}) {
      std::vector<int> visits(n);
      for_each(*executor, n, [&](std::size_t i) { ++visits[i]; });
      EXPECT_EQ(visits, std::vector<int>(n, 1)) << name << ", n = " << n;
    }
    std::vector<int> visits(10);
    for_each(
        *executor, 10, [&](std::size_t i) { ++visits[i]; }, 1);
    EXPECT_EQ(visits, std::vector<int>(10, 1)) << name << ", one per block";
  }
}

TEST(ExecutorThreads, RowsAreEachDoneOnceBeTheyFewOrMany) {
  for (const auto& [name, executor] : all_executors()) {
    for (const std::size_t n : {0UL, 1UL, 9'999UL, 10'000UL, 30'001UL}) {
      std::vector<int> visits(n);
      for_rows(
          *executor, n, [&](std::size_t i) { ++visits[i]; }, 64);
      EXPECT_EQ(visits, std::vector<int>(n, 1)) << name << ", n = " << n;
    }
  }
}

// Who looks for what depends on order must be given every pass.
TEST(Executor, AShufflerFindsNoRowsFew) {
  EXPECT_EQ(shuffled_executor(1)->few_rows(), 0U);
  EXPECT_EQ(thread_executor(2)->few_rows(), 0U);
  EXPECT_GT(tbb_executor(2)->few_rows(), 1000U);
  std::vector<std::size_t> order;
  for_rows(
      *shuffled_executor(3), 40, [&](std::size_t i) { order.push_back(i); }, 1);
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end()));
}

TEST(ExecutorThreads, OrderedSumIsTheSameToTheBit) {
  constexpr std::size_t n = 20011;
  const double expected = ordered_sum(*serial_executor(), n, draw);
  for (const auto& [name, executor] : all_executors()) {
    for (int repeat = 0; repeat < 5; ++repeat) {
      const double sum = ordered_sum(*executor, n, draw);
      EXPECT_EQ(std::memcmp(&sum, &expected, sizeof sum), 0) << name;
    }
  }
}

TEST(ExecutorThreads, ResultsInSlotsAreTheSame) {
  std::vector<double> expected(3000);
  for_each(*serial_executor(), expected.size(), [&](std::size_t i) { expected[i] = draw(i); });
  for (const auto& [name, executor] : all_executors()) {
    std::vector<double> slots(expected.size());
    for_each(*executor, slots.size(), [&](std::size_t i) { slots[i] = draw(i); });
    EXPECT_EQ(slots, expected) << name;
  }
}

// The shuffled executor exists to catch these: each is what a careless mechanism might do.
TEST(ShuffledExecutor, CatchesPlantedOrderDependence) {
  const auto append = [](Executor& executor) {
    std::vector<std::size_t> out;
    for_each(executor, 2000, [&](std::size_t i) { out.push_back(i); });
    return std::vector<double>(out.begin(), out.end());
  };
  const auto running_sum = [](Executor& executor) {
    double sum = 0.0;
    for_each(executor, 20011, [&](std::size_t i) { sum += draw(i); });
    return std::vector<double>{sum};
  };
  const auto shared_stream = [](Executor& executor) {
    std::vector<double> out(2000);
    Stream stream({1, 0}, 0, Purpose("test"), {});
    for_each(executor, out.size(), [&](std::size_t i) { out[i] = uniform(stream); });
    return out;
  };
  const auto first_wins = [](Executor& executor) {
    std::vector<double> out(1, -1.0);
    for_each(executor, 2000, [&](std::size_t i) {
      if (out[0] < 0.0) out[0] = static_cast<double>(i);
    });
    return out;
  };
  const auto caught = [](auto bug) {
    const auto expected = bug(*serial_executor());
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      if (bug(*shuffled_executor(seed)) != expected) return true;
    }
    return false;
  };
  EXPECT_TRUE(caught(append));
  EXPECT_TRUE(caught(running_sum));
  EXPECT_TRUE(caught(shared_stream));
  EXPECT_TRUE(caught(first_wins));
}

std::vector<std::size_t> order_of(Executor& executor, std::size_t blocks) {
  std::vector<std::size_t> order;
  auto task = [&](std::size_t b) { order.push_back(b); };
  executor.run(blocks, BlockTask(task));
  return order;
}

TEST(ShuffledExecutor, NewOrderAtEachCallAndTheSameForTheSameSeed) {
  const auto a = shuffled_executor(1), b = shuffled_executor(1), c = shuffled_executor(2);
  const auto first = order_of(*a, 20);
  const auto second = order_of(*a, 20);
  EXPECT_NE(first, second);
  EXPECT_EQ(order_of(*b, 20), first);
  EXPECT_EQ(order_of(*b, 20), second);
  EXPECT_NE(order_of(*c, 20), first);
  // Every block comes first some time.
  std::set<std::size_t> firsts;
  for (int i = 0; i < 200; ++i) firsts.insert(order_of(*a, 5).front());
  EXPECT_EQ(firsts.size(), 5U);
}

TEST(ExecutorThreads, RethrowsTheLowestBlockAndRunsTheOthers) {
  for (const auto& [name, executor] : all_executors()) {
    for (int repeat = 0; repeat < 20; ++repeat) {
      std::vector<int> done(40);
      auto task = [&](std::size_t b) {
        done[b] = 1;
        if (b == 7 || b == 23 || b == 39) throw std::runtime_error("block " + std::to_string(b));
      };
      try {
        executor->run(done.size(), BlockTask(task));
        FAIL() << name;
      } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "block 7") << name;
      }
      EXPECT_EQ(done, std::vector<int>(40, 1)) << name;
    }
    // And is as good as new afterwards.
    EXPECT_EQ(ordered_sum(*executor, 1000, [](std::size_t) { return 1.0; }), 1000.0) << name;
  }
}

TEST(ExecutorThreads, NestedRunsFinishAndPassOnExceptions) {
  for (const auto& [name, executor] : all_executors()) {
    std::vector<double> sums(8);
    for_each(
        *executor, sums.size(),
        [&, &e = *executor](std::size_t i) { sums[i] = ordered_sum(e, 1000 * (i + 1), draw); }, 1);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      EXPECT_EQ(sums[i], ordered_sum(*serial_executor(), 1000 * (i + 1), draw)) << name;
    }
    const auto nested_failure = [&, &e = *executor] {
      for_each(
          e, 4,
          [&](std::size_t i) {
            for_each(
                e, 4,
                [&](std::size_t j) {
                  if (i + j == 5) throw std::out_of_range("inner");
                },
                1);
          },
          1);
    };
    EXPECT_THROW(nested_failure(), std::out_of_range) << name;
  }
}

TEST(ThreadsExecutor, ReallyUsesItsWorkers) {
  const auto executor = thread_executor(3);
  EXPECT_EQ(executor->workers(), 3U);
  // Three blocks that wait for one another finish only if three threads run them.
  std::atomic<int> arrived{0};
  std::mutex mutex;
  std::set<std::thread::id> ids;
  auto task = [&](std::size_t) {
    ++arrived;
    while (arrived < 3) std::this_thread::yield();
    const std::lock_guard lock(mutex);
    ids.insert(std::this_thread::get_id());
  };
  executor->run(3, BlockTask(task));
  EXPECT_EQ(ids.size(), 3U);
}

TEST(ThreadsExecutor, CallsFromSeveralThreadsAllFinish) {
  const auto executor = thread_executor(2);
  std::vector<double> sums(4);
  std::vector<std::thread> callers;
  for (std::size_t t = 0; t < sums.size(); ++t) {
    callers.emplace_back([&, t] {
      for (int repeat = 0; repeat < 20; ++repeat) sums[t] = ordered_sum(*executor, 3000, draw);
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(sums, std::vector<double>(4, ordered_sum(*serial_executor(), 3000, draw)));
}

TEST(TbbExecutor, ReportsItsWorkersAndRespectsTheSurroundingArena) {
  if (thread_sanitizer) GTEST_SKIP() << "libtbb is not instrumented";
  EXPECT_EQ(tbb_executor(3)->workers(), 3U);
  const auto inner = tbb_executor(0);
  EXPECT_GE(inner->workers(), 1U);
  // Inside an arena of one, an executor without an arena of its own has that one worker.
  const auto outer = tbb_executor(1);
  unsigned seen = 0;
  for_each(*outer, 1, [&](std::size_t) { seen = inner->workers(); });
  EXPECT_EQ(seen, 1U);
}

TEST(ExecutorThreads, WorkerCountsAreChecked) {
  EXPECT_THROW(thread_executor(0), ContractError);
  EXPECT_THROW(thread_executor(100000), ContractError);
  EXPECT_THROW(tbb_executor(100000), ContractError);
}

}  // namespace
}  // namespace casus
