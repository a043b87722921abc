#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "casus/core/contracts.h"
#include "casus/world/all_columns.h"
#include "casus/world/world.h"

namespace casus {

/// A mechanism's hold on a column that it owns. Where the column is has been found once, before the
/// first step; reading and writing it costs what a member of the table costs.
template <class Table>
class ColumnOf {
  static constexpr bool of_regions = std::is_same_v<Table, RegionTable>;
  static constexpr bool of_actors = std::is_same_v<Table, ActorTable>;

 public:
  static constexpr ColumnTable table = of_regions  ? ColumnTable::regions
                                       : of_actors ? ColumnTable::actors
                                                   : ColumnTable::presences;

  /// A value for each row, valid until rows are added.
  std::span<double> in(World& world) const { return rows(world).own[at_]; }
  std::span<const double> in(const World& world) const { return rows(world).own[at_]; }

  /// Throws ContractError if no mechanism of the run owns a column of this name and table.
  void bind(const Columns& columns, std::string_view name) {
    std::size_t at = 0;
    for (const OwnColumn& column : columns.own()) {
      if (column.table != table) continue;
      if (column.info.name == name) {
        at_ = at;
        return;
      }
      ++at;
    }
    CASUS_EXPECTS(false, "no mechanism owns the column '" + std::string(name) + "'");
  }

 private:
  template <class W>
  static auto& rows(W& world) {
    if constexpr (of_regions) {
      return world.regions;
    } else if constexpr (of_actors) {
      return world.actors;
    } else {
      return world.presences;
    }
  }
  std::size_t at_ = ~std::size_t{0};
};

using RegionColumn = ColumnOf<RegionTable>;
using ActorColumn = ColumnOf<ActorTable>;
using PresenceColumn = ColumnOf<PresenceTable>;

}  // namespace casus
