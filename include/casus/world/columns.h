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

#include "casus/core/units.h"
#include "casus/world/event_kinds.h"
#include "casus/world/paths.h"
#include "casus/world/world.h"

namespace casus {

/// A bit for each kind of actor, for ColumnInfo::kinds.
constexpr std::uint32_t kind_bit(ActorKind kind) { return 1U << static_cast<unsigned>(kind); }

/// What a value may be while a run lasts. A value outside stops the run.
enum class Domain : std::uint8_t {
  real,         ///< any finite number
  nonnegative,  ///< at least 0
  share,        ///< [0, 1]
  balance,      ///< [-1, 1]
};

/// How a column's values become one number for an outcome over several rows.
enum class Aggregate : std::uint8_t {
  sum,
  mean,
  by_residents,  ///< mean of regions, weighted by the people living there
};

/// What some events add up to.
struct EventToll {
  double deaths = 0.0, civilian_deaths = 0.0, size = 0.0;
};

/// How a column that grows by what events say is added up over some of them.
struct EventSum {
  std::optional<EventKind> only{};  ///< none: events of every kind
  double (*of)(const EventToll&);
};

/// What is said of a column, once, for everybody who reads it: decoder, schema, reference, start of
/// a run, paths, guards, outcomes.
struct ColumnInfo {
  std::string name{};
  Unit unit = Unit::none;
  Domain domain = Domain::real;
  /// What a scenario, a timeline or a program may give, in `unit`.
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool given = false;         ///< is a key of the scenario's entries
  bool required = false;      ///< a key that must be there
  bool constant = false;      ///< a key that takes no prior
  bool settable = false;      ///< may be set during a run
  double initial = 0.0;       ///< at the start, where the scenario says nothing
  std::uint32_t kinds = ~0U;  ///< of actors that have the key: one bit each
  Aggregate aggregate = Aggregate::sum;
  std::optional<EventSum> in_events{};  ///< unset: no event says what it grows by
  std::string doc{};                    ///< one or two sentences
  std::string example{};                ///< of the value
};

/// A value that is not stored but found: people under arms, say.
struct Derived {
  double (*get)(const World&, std::size_t row);
  void (*set)(World&, std::size_t row, double value);  ///< none: it can only be read
};

/// Where a column's values are.
template <class Table>
using ColumnMember =
    std::variant<std::vector<double> Table::*, std::vector<std::uint8_t> Table::*,
                 std::vector<std::uint32_t> Table::*, std::vector<std::string> Table::*,
                 std::vector<ActorId> Table::*, std::vector<RegionId> Table::*,
                 std::vector<ActorKey> Table::*, std::vector<RegionKey> Table::*,
                 std::vector<ActorKind> Table::*, std::vector<Regime> Table::*,
                 std::vector<Role> Table::*, Derived>;

/// One column: the only place, beside the member itself, that names it.
template <class Table>
struct Column {
  ColumnInfo info;
  ColumnMember<Table> member;
  bool per_border = false;  ///< of regions: a row for each border, not for each region

  /// The values, if it stores numbers with a row for each row of the table.
  std::vector<double> Table::*numbers() const {
    const auto* m = std::get_if<std::vector<double> Table::*>(&member);
    return m != nullptr && !per_border ? *m : nullptr;
  }
};

/// Every column of a table, in the order in which they are hashed and saved.
template <class Table>
std::span<const Column<Table>> columns_of();
template <>
std::span<const Column<RegionTable>> columns_of();
template <>
std::span<const Column<ActorTable>> columns_of();
template <>
std::span<const Column<PresenceTable>> columns_of();

/// Calls `f(info, values)` for every stored column of a table.
template <class T, class F>
void for_each_column(T& table, F&& f) {
  using Table = std::remove_const_t<T>;
  for (const Column<Table>& row : columns_of<Table>()) {
    std::visit(
        [&](const auto& member) {
          if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(member)>, Derived>) {
            f(row, table.*member);
          }
        },
        row.member);
  }
}

/// A column by its table and name ("regions.deaths"): a view, valid until the next step. Empty if
/// there is no such column, or if it is derived.
std::span<const double> column(const World& world, std::string_view path);
/// Every name of `column`, sorted.
std::vector<std::string> column_names();
/// Reads or writes the value a path leads to. Setting forces changes the reserve; below what is
/// placed, every presence shrinks by the same share. Setting an affinity sets what it returns to as
/// well. Throws ContractError where the column cannot be set or the value is outside its limits.
double get(const World& world, const PathRef& ref);
void set(World& world, const PathRef& ref, double value);

}  // namespace casus
