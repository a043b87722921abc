#include "casus/core/executor.h"

#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/core/ids.h"

namespace casus {
namespace {

/// Keeps the exception of the lowest block. Every backend runs every block even if one throws, so
/// that what a failed call leaves behind is the same for all of them too.
class FirstFailure {
 public:
  void guard(BlockTask task, std::size_t block) {
    try {
      task(block);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (block < block_) {
        block_ = block;
        exception_ = std::current_exception();
      }
    }
  }
  void rethrow() {
    const std::lock_guard lock(mutex_);
    if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
  }

 private:
  std::mutex mutex_;
  std::size_t block_ = std::numeric_limits<std::size_t>::max();
  std::exception_ptr exception_;
};

void run_in_order(std::size_t blocks, BlockTask task) {
  FirstFailure failure;
  for (std::size_t b = 0; b < blocks; ++b) failure.guard(task, b);
  failure.rethrow();
}

class SerialExecutor final : public Executor {
 public:
  void run(std::size_t blocks, BlockTask task) override { run_in_order(blocks, task); }
  unsigned workers() const override { return 1; }
  /// There is nobody to hand them to.
  std::size_t few_rows() const override { return std::size_t{1} << 40; }
};

class ShuffledExecutor final : public Executor {
 public:
  explicit ShuffledExecutor(std::uint64_t seed) : state_(mix(seed)) {}

  void run(std::size_t blocks, BlockTask task) override {
    std::vector<std::size_t> order(blocks);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = blocks; i > 1; --i) {
      std::swap(order[i - 1], order[static_cast<std::size_t>(next() % i)]);
    }
    FirstFailure failure;
    for (const std::size_t b : order) failure.guard(task, b);
    failure.rethrow();
  }
  unsigned workers() const override { return 1; }
  std::size_t items_per_block(std::size_t asked) const override {
    return std::min<std::size_t>(asked, 3);
  }

 private:
  std::uint64_t next() {
    // Atomic because executors may be shared by the runs of an ensemble.
    return mix(state_.fetch_add(0x9e3779b97f4a7c15ULL, std::memory_order_relaxed));
  }
  std::atomic<std::uint64_t> state_;
};

class TbbExecutor final : public Executor {
 public:
  explicit TbbExecutor(unsigned workers) {
    if (workers == 0) return;
    // TBB keeps to the machine's concurrency unless told otherwise; whoever asks for more workers
    // than cores, as the determinism tests do, shall get them.
    if (workers > static_cast<unsigned>(tbb::info::default_concurrency())) {
      limit_.emplace(tbb::global_control::max_allowed_parallelism, workers);
    }
    arena_.emplace(static_cast<int>(workers));
  }

  void run(std::size_t blocks, BlockTask task) override {
    // In the arena even so: what the task starts in turn shall find its workers and no others.
    if (blocks < 2 && !arena_) return run_in_order(blocks, task);
    FirstFailure failure;
    // Isolated: a thread that waits for a nested run must not pick up another block of the outer
    // one meanwhile, or the memory of several unfinished runs piles up on its stack.
    const auto work = [&] {
      tbb::this_task_arena::isolate([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, blocks, 1),
            [&](const tbb::blocked_range<std::size_t>& range) {
              for (std::size_t b = range.begin(); b != range.end(); ++b) failure.guard(task, b);
            },
            tbb::simple_partitioner());
      });
    };
    // What blocks throw is kept until they have ended: this is TBB's own.
    try {
      if (arena_) {
        arena_->execute(work);
      } else {
        work();
      }
    } catch (const std::runtime_error&) {
      throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    }
    failure.rethrow();
  }

  // Handing out and waiting cost two to seven microseconds.
  std::size_t few_rows() const override { return 10'000; }
  unsigned workers() const override {
    return static_cast<unsigned>(arena_ ? arena_->max_concurrency()
                                        : tbb::this_task_arena::max_concurrency());
  }

 private:
  std::optional<tbb::global_control> limit_;
  std::optional<tbb::task_arena> arena_;
};

/// A pool of `workers` - 1 threads; the caller is the last worker.
class ThreadExecutor final : public Executor {
 public:
  explicit ThreadExecutor(unsigned workers) {
    threads_.reserve(workers - 1);
    try {
      for (unsigned i = 1; i < workers; ++i) threads_.emplace_back([this] { serve(); });
    } catch (...) {
      stop();
      throw;
    }
  }
  ThreadExecutor(const ThreadExecutor&) = delete;
  ThreadExecutor& operator=(const ThreadExecutor&) = delete;
  ~ThreadExecutor() override { stop(); }

  void run(std::size_t blocks, BlockTask task) override {
    // A nested call, or one from a second thread, finds the pool busy and does its work itself:
    // waiting for the pool from inside one of its blocks would wait for ever.
    if (threads_.empty() || blocks < 2 || busy_.exchange(true, std::memory_order_acquire)) {
      run_in_order(blocks, task);
      return;
    }
    Job job{task, blocks, {0}, {}};
    {
      const std::lock_guard lock(mutex_);
      job_ = &job;
      pending_ = threads_.size();
      ++generation_;
    }
    start_.notify_all();
    work(job);
    {
      std::unique_lock lock(mutex_);
      done_.wait(lock, [this] { return pending_ == 0; });
      job_ = nullptr;
    }
    busy_.store(false, std::memory_order_release);
    job.failure.rethrow();
  }
  unsigned workers() const override { return static_cast<unsigned>(threads_.size()) + 1; }

 private:
  struct Job {
    BlockTask task;
    std::size_t blocks;
    std::atomic<std::size_t> next;
    FirstFailure failure;
  };

  static void work(Job& job) {
    for (std::size_t b = job.next++; b < job.blocks; b = job.next++) job.failure.guard(job.task, b);
  }

  void serve() {
    std::uint64_t seen = 0;
    std::unique_lock lock(mutex_);
    for (;;) {
      start_.wait(lock, [&] { return stopping_ || generation_ != seen; });
      if (stopping_) return;
      seen = generation_;
      Job& job = *job_;
      lock.unlock();
      work(job);
      lock.lock();
      if (--pending_ == 0) done_.notify_one();
    }
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    start_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  std::atomic<bool> busy_{false};
  std::mutex mutex_;
  std::condition_variable start_, done_;
  Job* job_ = nullptr;
  std::size_t pending_ = 0;
  std::uint64_t generation_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

constexpr unsigned max_workers = 4096;

}  // namespace

std::unique_ptr<Executor> serial_executor() { return std::make_unique<SerialExecutor>(); }

std::unique_ptr<Executor> shuffled_executor(std::uint64_t seed) {
  return std::make_unique<ShuffledExecutor>(seed);
}

std::unique_ptr<Executor> tbb_executor(unsigned workers) {
  CASUS_EXPECTS(workers <= max_workers, fmt::format("{} workers are above 4096", workers));
  return std::make_unique<TbbExecutor>(workers);
}

std::unique_ptr<Executor> thread_executor(unsigned workers) {
  CASUS_EXPECTS(workers >= 1 && workers <= max_workers,
                fmt::format("{} workers are not in [1, 4096]", workers));
  return std::make_unique<ThreadExecutor>(workers);
}

}  // namespace casus
