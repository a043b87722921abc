#pragma once

#include <cstddef>
#include <vector>

#include "casus/core/executor.h"

namespace casus {

/// What a parallel pass over rows finds, in the order of the rows: for passes in which few rows
/// yield something, or some yield several things. Keeps its memory from pass to pass.
template <class T>
class Gathered {
 public:
  /// Calls `f(i, found)` for every i in [0, n), which may append to the vector `found` and change
  /// what it has appended itself. As with for_rows, few rows are done where they are, unless there
  /// are many others within them.
  template <class F>
  void gather(Executor& executor, std::size_t n, F&& f, std::size_t per_block = block_size,
              std::size_t within = 0) {
    all_.clear();
    const bool few =
        (n < executor.few_rows() && within < executor.few_rows()) || executor.workers() == 1;
    if (few && executor.items_per_block(per_block) == per_block) {
      for (std::size_t i = 0; i < n; ++i) f(i, all_);
      return;
    }
    per_block = executor.items_per_block(per_block);
    const std::size_t blocks = (n + per_block - 1) / per_block;
    if (blocks > found_.size()) found_.resize(blocks);
    for_each_block(
        executor, n,
        [&](std::size_t begin, std::size_t end) {
          std::vector<T>& found = found_[begin / per_block];
          found.clear();
          for (std::size_t i = begin; i < end; ++i) f(i, found);
        },
        per_block);
    for (std::size_t b = 0; b < blocks; ++b) {
      all_.insert(all_.end(), found_[b].begin(), found_[b].end());
    }
  }

  /// Of the last pass.
  const std::vector<T>& all() const { return all_; }

 private:
  std::vector<T> all_;
  std::vector<std::vector<T>> found_;  // of each block
};

}  // namespace casus
