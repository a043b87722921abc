#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace casus {

/// A column in which few rows hold anything but what `T{}` is: only theirs are kept, so that a pass
/// over many rows reads four bytes of each.
template <class T>
class FewRows {
 public:
  /// All rows are as `T{}`, and there are `rows` of them.
  void clear(std::size_t rows) {
    for (const std::uint32_t row : kept_) place_[row] = 0;
    kept_.clear();
    place_.resize(rows, 0);
    values_.assign(1, T{});
  }
  const T& operator[](std::size_t row) const { return values_[place_[row]]; }
  /// To be written; valid until another row is. Rows that are kept already can be written side by
  /// side.
  T& keep(std::size_t row) {
    if (place_[row] == 0) {
      place_[row] = static_cast<std::uint32_t>(values_.size());
      values_.emplace_back();
      kept_.push_back(static_cast<std::uint32_t>(row));
    }
    return values_[place_[row]];
  }

 private:
  std::vector<T> values_;             ///< the first is that of all others
  std::vector<std::uint32_t> place_;  ///< of each row in `values_`
  std::vector<std::uint32_t> kept_;
};

}  // namespace casus
