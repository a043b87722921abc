#include "casus/world/row_lists.h"

#include <algorithm>

namespace casus {

void RowLists::extend(std::size_t lists) {
  if (lists > lists_.size()) lists_.resize(lists);
}

void RowLists::make_room(List& list) {
  const std::size_t begin = rows_.size();
  const std::uint32_t room = std::max<std::uint32_t>(2, 2 * list.room);
  rows_.resize(begin + room);
  std::copy_n(rows_.begin() + list.begin, list.count,
              rows_.begin() + static_cast<std::ptrdiff_t>(begin));
  list.begin = static_cast<std::uint32_t>(begin);
  list.room = room;
}

void RowLists::add(std::size_t list, std::uint32_t row) {
  List& l = lists_[list];
  const auto find = [&] {
    const auto begin = rows_.begin() + l.begin;
    const auto end = begin + l.count;
    return l.count > 0 && *(end - 1) < row ? end : std::lower_bound(begin, end, row);
  };
  const auto at = find();
  const auto end = rows_.begin() + l.begin + l.count;
  if (at != end && *at == row) return;
  if (l.count == l.room) make_room(l);
  const auto place = find();
  std::copy_backward(place, rows_.begin() + l.begin + l.count,
                     rows_.begin() + l.begin + l.count + 1);
  *place = row;
  ++l.count;
}

}  // namespace casus
