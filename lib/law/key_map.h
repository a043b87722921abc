#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "casus/core/ids.h"
#include "casus/core/row_index.h"

namespace casus::law {

/// Values by numbers; looked up, never iterated, so that it has no order.
template <class V>
class KeyMap {
 public:
  const V* find(std::uint64_t key) const {
    const std::uint32_t row = index_.find(mix(key), is(key));
    return row == RowIndex::none ? nullptr : &rows_[row].second;
  }
  /// The value of the key, and whether it is new. Valid until the next new one.
  std::pair<V&, bool> try_emplace(std::uint64_t key, V value) {
    const std::uint32_t row = index_.find_or_add(
        mix(key), rows_.size(), [&](std::size_t i) { return mix(rows_[i].first); }, is(key));
    const bool added = row == rows_.size();
    if (added) rows_.emplace_back(key, std::move(value));
    return {rows_[row].second, added};
  }
  V& operator[](std::uint64_t key) { return try_emplace(key, V{}).first; }
  bool contains(std::uint64_t key) const { return find(key) != nullptr; }
  void clear() {
    rows_.clear();
    index_.clear();
  }

 private:
  struct Is {
    const KeyMap* of;
    std::uint64_t key;
    bool operator()(std::uint32_t row) const { return of->rows_[row].first == key; }
  };
  Is is(std::uint64_t key) const { return {this, key}; }

  std::vector<std::pair<std::uint64_t, V>> rows_;
  RowIndex index_;
};

}  // namespace casus::law
