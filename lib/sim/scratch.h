#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace casus {

/// `n` times `value`, for a list that is made anew each step and is one longer whenever a row is
/// born: it asks for memory as push_back does, where assign() would ask for exactly `n` each time.
template <class T>
void refill(std::vector<T>& list, std::size_t n, const T& value = {}) {
  list.resize(n, value);
  std::fill(list.begin(), list.end(), value);
}

}  // namespace casus
