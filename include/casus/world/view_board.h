#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"

namespace casus {

/// Affinities of those who have views of many, as governments have: for each of them a row with a
/// bit for every actor and a number for every bit that is set, so that a view costs nine bytes or
/// so, a quarter of what a pair costs that is stored by itself, and is found by counting bits.
class CASUS_API ViewBoard {
 public:
  static constexpr std::uint32_t none = ~0U;

  explicit ViewBoard(std::size_t actors = 0) : row_of_(actors, none) {}

  /// The number of a pair; nullptr if its viewer has no row, or the row no such number.
  const double* cell(ActorId from, ActorId to) const {
    if (rows_.empty()) return nullptr;
    const std::uint32_t row = row_of_[from.row()];
    return row != none ? rows_[row].cell(to.row()) : nullptr;
  }
  double* cell(ActorId from, ActorId to) {
    return const_cast<double*>(static_cast<const ViewBoard*>(this)->cell(from, to));
  }
  bool has_row(ActorId a) const { return !rows_.empty() && row_of_[a.row()] != none; }
  /// Who have rows, in the order of actors.
  std::span<const std::uint32_t> viewers() const { return viewers_; }
  /// The numbers of a viewer, in the order of who is seen; none for who has no row.
  std::span<const double> numbers(ActorId viewer) const {
    return has_row(viewer) ? std::span<const double>(rows_[row_of_[viewer.row()]].numbers)
                           : std::span<const double>();
  }
  std::span<double> numbers(ActorId viewer) { return rows_[row_of_[viewer.row()]].numbers; }

  /// Calls f(row of who is seen, number) for all of a viewer, in the order of actors.
  template <class F>
  void each_seen_by(ActorId from, F&& f) const {
    if (!has_row(from)) return;
    const Row& row = rows_[row_of_[from.row()]];
    const double* number = row.numbers.data();
    for (std::size_t w = 0; w < row.bits.size(); ++w) {
      for (std::uint64_t left = row.bits[w]; left != 0; left &= left - 1) {
        f(static_cast<std::uint32_t>(64 * w + std::countr_zero(left)), *number++);
      }
    }
  }
  /// Calls f(row of the viewer) for those who have a number of `to`, in the order of actors.
  template <class F>
  void each_viewer_of(ActorId to, F&& f) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].has(to.row())) f(viewers_[i]);
    }
  }

  /// One more actor, whom nobody sees and who sees nobody.
  void grow();
  /// Gives these rows, empty ones. They are sorted and have none yet.
  void add_rows(std::span<const std::uint32_t> viewers);
  /// Gives a viewer a number, 0, of each of these, who are sorted and of whom it has none yet.
  void add(ActorId viewer, std::span<const std::uint32_t> seen);
  std::size_t bytes() const;

  /// Is a number another one than the 0 of which there is nothing to say?
  static bool says(double x) { return std::bit_cast<std::uint64_t>(x) != 0; }

 private:
  struct Row {
    std::vector<std::uint64_t> bits;
    std::vector<std::uint32_t> before;  ///< bits that are set before those of each word
    std::vector<double> numbers;

    bool has(std::size_t to) const { return (bits[to / 64] >> (to % 64) & 1) != 0; }
    const double* cell(std::size_t to) const {
      const std::uint64_t word = bits[to / 64], bit = std::uint64_t{1} << (to % 64);
      if ((word & bit) == 0) return nullptr;
      return &numbers[before[to / 64] + static_cast<std::size_t>(std::popcount(word & (bit - 1)))];
    }
  };

  std::vector<std::uint32_t> row_of_;  ///< of each actor
  std::vector<std::uint32_t> viewers_;
  std::vector<Row> rows_;  ///< as viewers_
};

}  // namespace casus
