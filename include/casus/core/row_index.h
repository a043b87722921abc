#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace casus {

/// Finds the rows of a table by keys that are hashes already: open addressing, a quarter of what a
/// tree takes. The table is its owner's, who says which row is meant; it only grows. Not state:
/// what is read or copied in another way is indexed anew.
class RowIndex {
 public:
  static constexpr std::uint32_t none = 0xffffffffU;

  /// The row of this hash of which `is(row)`, none if there is none.
  template <class Is>
  std::uint32_t find(std::uint64_t hash, Is is) const {
    return places_.empty() ? none : places_[place(hash, is)] - 1U;
  }

  /// The same, or `rows`, which is the row to be added. `hash_of(row)` is asked where there is no
  /// more room; rows of one key are found where the first is.
  template <class HashOf, class Is>
  std::uint32_t find_or_add(std::uint64_t hash, std::size_t rows, HashOf hash_of, Is is) {
    if (2 * (rows + 1) > places_.size()) index(rows, hash_of);
    std::uint32_t& at = places_[place(hash, is)];
    if (at == 0) at = static_cast<std::uint32_t>(rows + 1);
    return at - 1;
  }

  /// Indexes the first `rows` rows anew, with room for one more.
  template <class HashOf>
  void index(std::size_t rows, HashOf hash_of) {
    places_.assign(std::max<std::size_t>(64, std::bit_ceil(2 * (rows + 1))), 0);
    for (std::size_t row = 0; row < rows; ++row) {
      places_[place(hash_of(row), [](std::uint32_t) { return false; })] =
          static_cast<std::uint32_t>(row + 1);
    }
  }

  void clear() { places_.clear(); }

 private:
  template <class Is>
  std::size_t place(std::uint64_t hash, Is is) const {
    const std::size_t mask = places_.size() - 1;
    std::size_t at = hash & mask;
    while (places_[at] != 0 && !is(places_[at] - 1)) at = (at + 1) & mask;
    return at;
  }

  std::vector<std::uint32_t> places_;  ///< 0: free, else 1 + the row; a power of two of them
};

}  // namespace casus
