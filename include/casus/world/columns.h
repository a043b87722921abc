#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "casus/core/export.h"
#include "casus/world/all_columns.h"
#include "casus/world/column_info.h"
#include "casus/world/paths.h"
#include "casus/world/world.h"

namespace casus {

/// A value that is not stored but found: people under arms, say.
struct Derived {
  double (*get)(const World&, std::size_t row);
  void (*set)(World&, std::size_t row, double value);  ///< none: it can only be read
};

/// A column that a mechanism owns: its place among the table's `own`.
struct OwnRow {
  std::size_t at = 0;
};

/// Where a column's values are.
template <class Table>
using ColumnMember =
    std::variant<std::vector<double> Table::*, std::vector<std::uint8_t> Table::*,
                 std::vector<std::uint32_t> Table::*, std::vector<std::string> Table::*,
                 std::vector<ActorId> Table::*, std::vector<RegionId> Table::*,
                 std::vector<ActorKey> Table::*, std::vector<RegionKey> Table::*,
                 std::vector<ActorKind> Table::*, std::vector<Regime> Table::*,
                 std::vector<Role> Table::*, Derived, OwnRow>;

/// One column: the only place, beside the member itself, that names it.
template <class Table>
struct Column {
  ColumnInfo info;
  ColumnMember<Table> member;
  bool per_border = false;  ///< of regions: a row for each border, not for each region

  /// The member, if it stores numbers with a row for each row of the table.
  std::vector<double> Table::*numbers() const {
    const auto* m = std::get_if<std::vector<double> Table::*>(&member);
    return m != nullptr && !per_border ? *m : nullptr;
  }
  /// Its numbers in a table, those of a mechanism included; nullptr if it stores none.
  template <class T>
  auto values(T& table) const {
    using Values =
        std::conditional_t<std::is_const_v<T>, const std::vector<double>*, std::vector<double>*>;
    if (const auto m = numbers()) return Values(&(table.*m));
    const auto* own = std::get_if<OwnRow>(&member);
    return own != nullptr ? Values(&table.own[own->at]) : Values(nullptr);
  }
  /// Does it have numbers with a row for each row of the table, stored or found?
  bool is_number() const {
    return numbers() != nullptr || std::holds_alternative<Derived>(member) ||
           std::holds_alternative<OwnRow>(member);
  }
};

/// The columns that a table has in every world, in the order in which they are hashed and saved.
template <class Table>
std::span<const Column<Table>> columns_of();
template <>
CASUS_API std::span<const Column<RegionTable>> columns_of();
template <>
CASUS_API std::span<const Column<ActorTable>> columns_of();
template <>
CASUS_API std::span<const Column<PresenceTable>> columns_of();

/// Calls `f(row, values)` for every stored column among the rows.
template <class T, class Table, class F>
void for_each_column(T& table, std::span<const Column<Table>> rows, F&& f) {
  for (const Column<Table>& row : rows) {
    std::visit(
        [&](const auto& member) {
          using Member = std::remove_cvref_t<decltype(member)>;
          if constexpr (std::is_same_v<Member, OwnRow>) {
            f(row, table.own[member.at]);
          } else if constexpr (!std::is_same_v<Member, Derived>) {
            f(row, table.*member);
          }
        },
        row.member);
  }
}
/// The same for those that the table has in every world.
template <class T, class F>
void for_each_column(T& table, F&& f) {
  for_each_column(table, columns_of<std::remove_const_t<T>>(), f);
}

/// A column by its table and name ("regions.deaths"): a view, valid until the next step. Empty if
/// there is no such column, or if it is derived.
CASUS_API std::span<const double> column(const World& world, std::string_view path);
/// Reads or writes the value a path leads to. Setting forces changes the reserve; below what is
/// placed, every presence shrinks by the same share. Setting an affinity sets what it returns to as
/// well. Throws ContractError where there is no such row, where the column cannot be set, or where
/// the value is outside its limits.
CASUS_API double get(const World& world, const PathRef& ref);
CASUS_API void set(World& world, const PathRef& ref, double value);

}  // namespace casus
