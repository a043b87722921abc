#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/world/block_lists.h"

namespace casus {

/// Lists of rows, one for each row of another table: who stands in a region, what wars an actor is
/// in.
class CASUS_API RowLists {
 public:
  std::size_t size() const { return lists_.size(); }
  /// In ascending order; valid until a row is added.
  std::span<const std::uint32_t> operator[](std::size_t list) const { return lists_[list]; }
  /// Empty lists behind those there are; nothing if there are as many.
  void extend(std::size_t lists) { lists_.extend(lists); }
  /// Puts a row into a list, unless it is there. Cheapest for the largest row so far.
  void add(std::size_t list, std::uint32_t row);
  /// Takes the rows out of a list of which `gone(row)`.
  template <class F>
  void remove_if(std::size_t list, F&& gone);
  /// Puts all side by side, in their order.
  void pack() { lists_.pack(); }
  /// All anew: row i goes into the list ids[i].
  template <class Id>
  void index(const std::vector<Id>& ids, std::size_t lists);
  std::size_t bytes() const { return lists_.bytes(); }

 private:
  BlockLists<std::uint32_t> lists_;
};

template <class F>
void RowLists::remove_if(std::size_t list, F&& gone) {
  const std::span<std::uint32_t> rows = lists_[list];
  const auto end = std::remove_if(rows.begin(), rows.end(), gone);
  lists_.shorten(list, static_cast<std::size_t>(end - rows.begin()));
}

template <class Id>
void RowLists::index(const std::vector<Id>& ids, std::size_t lists) {
  // A counting sort: rows of one list stay in their order.
  std::vector<std::uint32_t> lengths(lists, 0);
  for (const Id id : ids) ++lengths[id.row()];
  lists_.lay_out(lengths);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::size_t list = ids[i].row();
    lists_.lengthen(list, 1);
    lists_[list].back() = static_cast<std::uint32_t>(i);
  }
}

}  // namespace casus
