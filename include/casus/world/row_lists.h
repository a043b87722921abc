#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"

namespace casus {

/// Lists of rows, one for each row of another table: who stands in a region, what wars an actor is
/// in. All lie in one block of memory. A list that is full moves to the end of it, with twice the
/// room, so that adding a row costs the same on average whatever the size of the rest.
class CASUS_API RowLists {
 public:
  std::size_t size() const { return lists_.size(); }
  /// In ascending order; valid until a row is added.
  std::span<const std::uint32_t> operator[](std::size_t list) const {
    const List& l = lists_[list];
    return std::span(rows_).subspan(l.begin, l.count);
  }
  /// Empty lists behind those there are; nothing if there are as many.
  void extend(std::size_t lists);
  /// Puts a row into a list, unless it is there. Cheapest for the largest row so far.
  void add(std::size_t list, std::uint32_t row);
  /// All anew: row i goes into the list ids[i].
  template <class Id>
  void index(const std::vector<Id>& ids, std::size_t lists);

 private:
  struct List {
    std::uint32_t begin = 0, count = 0, room = 0;
  };
  void make_room(List& list);

  std::vector<List> lists_;
  std::vector<std::uint32_t> rows_;
};

template <class Id>
void RowLists::index(const std::vector<Id>& ids, std::size_t lists) {
  // A counting sort: rows of one list stay in their order.
  lists_.assign(lists, {});
  rows_.resize(ids.size());
  for (const Id id : ids) ++lists_[id.row()].room;
  std::uint32_t begin = 0;
  for (List& list : lists_) {
    list.begin = begin;
    begin += list.room;
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    List& list = lists_[ids[i].row()];
    rows_[list.begin + list.count++] = static_cast<std::uint32_t>(i);
  }
}

}  // namespace casus
