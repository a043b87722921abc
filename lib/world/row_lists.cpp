#include "casus/world/row_lists.h"

#include <algorithm>

namespace casus {

void RowLists::add(std::size_t list, std::uint32_t row) {
  const std::span<const std::uint32_t> rows = lists_[list];
  const auto at = !rows.empty() && rows.back() < row
                      ? rows.end()
                      : std::lower_bound(rows.begin(), rows.end(), row);
  if (at != rows.end() && *at == row) return;
  lists_.insert(list, static_cast<std::size_t>(at - rows.begin()), row);
}

}  // namespace casus
