#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "casus/core/export.h"

namespace casus {

/// Items per block. Constant, so that neither the partition of work nor the order in which sums
/// are combined depends on the number of workers.
inline constexpr std::size_t block_size = 256;

/// A non-owning reference to a callable taking a block's number.
class BlockTask {
 public:
  template <class F>
  explicit BlockTask(F& f)
      : object_(&f), call_([](void* o, std::size_t b) { (*static_cast<F*>(o))(b); }) {}
  void operator()(std::size_t block) const { call_(object_, block); }

 private:
  void* object_;
  void (*call_)(void*, std::size_t);
};

/// Runs numbered blocks, in any order and on any thread, and returns when all are done. Work given
/// to it may write only to slots of its own block. If blocks throw, the others still run, and then
/// the exception of the lowest block is rethrown; std::system_error if the system gives no threads.
/// `run` may be called from inside a block: TBB shares the work among idle workers, the others do
/// it on the calling thread.
class CASUS_API Executor {
 public:
  virtual ~Executor() = default;
  virtual void run(std::size_t blocks, BlockTask task) = 0;
  virtual unsigned workers() const = 0;
  /// Passes over fewer rows than this are not worth handing out (see for_rows).
  virtual std::size_t few_rows() const { return 0; }
  /// How many items a block of `asked` items gets: the same, but for the executor that looks for
  /// dependence on order.
  virtual std::size_t items_per_block(std::size_t asked) const { return asked; }
};

/// One thread, blocks in order.
CASUS_API std::unique_ptr<Executor> serial_executor();
/// One thread, blocks of at most three items in a seeded random order, a different one at each
/// call: finds what depends on order, where comparing worker counts often does not. The blocks are
/// small because shipped scenarios have fewer actors than a block of the others holds.
CASUS_API std::unique_ptr<Executor> shuffled_executor(std::uint64_t seed);
/// oneTBB. `workers` >= 1; 0 means the surrounding task_arena's or the machine's concurrency.
CASUS_API std::unique_ptr<Executor> tbb_executor(unsigned workers);
/// std::thread: slower to start, but fully visible to the thread sanitizer. `workers` >= 1.
CASUS_API std::unique_ptr<Executor> thread_executor(unsigned workers);

/// Calls `f(begin, end)` for blocks that make up [0, n): for work that needs scratch of its own.
/// What it writes must not depend on where a block ends; an executor may cut blocks finer than
/// `per_block` (see Executor::items_per_block), never coarser.
template <class F>
void for_each_block(Executor& executor, std::size_t n, F&& f, std::size_t per_block = block_size) {
  per_block = executor.items_per_block(per_block);
  auto block = [&](std::size_t b) {
    const std::size_t begin = b * per_block;
    f(begin, begin + per_block < n ? begin + per_block : n);
  };
  executor.run((n + per_block - 1) / per_block, BlockTask(block));
}

/// Calls `f(i)` for every i in [0, n).
template <class F>
void for_each(Executor& executor, std::size_t n, F&& f, std::size_t per_block = block_size) {
  for_each_block(
      executor, n,
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) f(i);
      },
      per_block);
}

/// The same for a pass over a table, of some hundred instructions a row: on an executor for which
/// they are few, the rows are done where they are. The result is the same by construction, as
/// blocks know nothing of each other. `within`: how many rows of another table stand within those,
/// if it is they that are looked at.
template <class F>
void for_rows(Executor& executor, std::size_t n, F&& f, std::size_t per_block = block_size,
              std::size_t within = 0) {
  if (n >= executor.few_rows() || within >= executor.few_rows())
    return for_each(executor, n, f, per_block);
  for (std::size_t i = 0; i < n; ++i) f(i);
}

/// Sum of `f(i)` over [0, n), the same to the bit for every executor: groups of `block_size` are
/// summed in index order, then their sums in the order of the groups. A group is one item of work,
/// so its sum does not depend on how the executor cuts blocks.
template <class F>
double ordered_sum(Executor& executor, std::size_t n, F&& f) {
  std::vector<double> partial((n + block_size - 1) / block_size, 0.0);
  const auto add_group = [&](std::size_t g) {
    const std::size_t end = (g + 1) * block_size < n ? (g + 1) * block_size : n;
    for (std::size_t i = g * block_size; i < end; ++i) partial[g] += f(i);
  };
  for_each(executor, partial.size(), add_group, 1);
  double total = 0.0;
  for (const double p : partial) total += p;
  return total;
}

}  // namespace casus
