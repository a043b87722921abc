#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/world/column_info.h"
#include "casus/world/paths.h"

namespace casus {

template <class Table>
struct Column;

/// Where the numbers of a column are and what may be put there: all that reading or writing one by
/// reference looks at. Programs do so at every step, and a Column is several cache lines.
template <class Table>
struct Cells {
  static constexpr std::size_t none = ~std::size_t{0};
  std::vector<double> Table::*member = nullptr;
  std::size_t own = none;         ///< a mechanism's: its place among the table's `own`
  double low = 1.0, high = -1.0;  ///< nothing fits where nothing may be set

  /// Those of a table; nullptr if they are not stored, or are no numbers.
  template <class T>
  auto* in(T& table) const {
    return member != nullptr ? &(table.*member) : own != none ? &table.own[own] : nullptr;
  }
};

/// The columns of a world's tables: those that every world has, and behind them, in the order of
/// their names, those that mechanisms own. A value; copies share the rows.
class CASUS_API Columns {
 public:
  /// Those that every world has.
  Columns();
  /// With those that mechanisms own. Throws ContractError for a name that is none or is another
  /// column's, of whichever table, and for limits that do not fit.
  explicit Columns(std::vector<OwnColumn> own);

  /// Of RegionTable, ActorTable or PresenceTable, in the order in which they are hashed and saved.
  template <class Table>
  std::span<const Column<Table>> of() const;
  /// Of RegionTable or ActorTable, in the same order.
  template <class Table>
  std::span<const Cells<Table>> cells() const;
  /// Those that mechanisms own.
  std::span<const OwnColumn> own() const;
  /// How many of them a table has.
  std::size_t own(ColumnTable table) const;

  /// The columns of numbers that paths may name, in the order of the tables' columns.
  std::span<const PathColumn> paths() const;
  /// The one of a name, or nullptr.
  const PathColumn* find(PathRef::Table table, std::string_view name) const;
  /// What is said of the column a path leads to. Throws ContractError for a parameter.
  const ColumnInfo& info(const PathRef& ref) const;
  /// May the timeline and programs change it during a run?
  bool settable(const PathRef& ref) const;
  /// Every name of a column of numbers that is stored ("regions.deaths"), sorted.
  std::vector<std::string> names() const;

 private:
  struct Rows;
  std::shared_ptr<const Rows> rows_;
};

/// Totals over events that no table of the world holds, since nothing in the world may follow from
/// them: rows for outcomes alone, by name.
CASUS_API std::span<const PathColumn> event_totals();
CASUS_API const PathColumn* find_event_total(std::string_view name);

struct RegionTable;
struct ActorTable;
struct PresenceTable;
template <>
CASUS_API std::span<const Column<RegionTable>> Columns::of() const;
template <>
CASUS_API std::span<const Column<ActorTable>> Columns::of() const;
template <>
CASUS_API std::span<const Column<PresenceTable>> Columns::of() const;
template <>
CASUS_API std::span<const Cells<RegionTable>> Columns::cells() const;
template <>
CASUS_API std::span<const Cells<ActorTable>> Columns::cells() const;

}  // namespace casus
