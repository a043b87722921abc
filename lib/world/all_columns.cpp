#include "casus/world/all_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/world/columns.h"

namespace casus {
namespace {

using Table = PathRef::Table;

const ColumnInfo& affinity() {
  static const ColumnInfo info{.name = "affinity",
                               .domain = Domain::balance,
                               .low = -1,
                               .high = 1,
                               .settable = true,
                               .aggregate = Aggregate::mean,
                               .doc = "How one sees the other."};
  return info;
}

void expect_fit(const ColumnInfo& c) {
  const auto says = [&](const char* what) { return fmt::format("column '{}': {}", c.name, what); };
  CASUS_EXPECTS(is_name(c.name), fmt::format("a column's name is no name: '{}'", c.name));
  CASUS_EXPECTS(c.low <= c.initial && c.initial <= c.high,
                says("its value at the start is outside its limits"));
  CASUS_EXPECTS(c.initial - c.initial == 0.0, says("its value at the start is no finite number"));
  const bool above = c.domain == Domain::nonnegative || c.domain == Domain::share;
  const double least = above ? 0.0 : -1.0, most = 1.0;
  const bool open = c.domain == Domain::real;
  const bool narrow = c.domain == Domain::share || c.domain == Domain::balance;
  const bool entered = c.given || c.settable;
  CASUS_EXPECTS(open || (c.initial >= least && (!narrow || c.initial <= most)),
                says("its value at the start is outside its domain"));
  CASUS_EXPECTS(!entered || open || (c.low >= least && (!narrow || c.high <= most)),
                says("what may be given is outside its domain"));
  CASUS_EXPECTS(!c.in_events || c.aggregate == Aggregate::sum,
                says("what events say of it can only be added up"));
  CASUS_EXPECTS(!c.required || c.given, says("it is required and cannot be given"));
}

template <class T>
void add_paths(Table table, std::span<const Column<T>> columns, std::vector<PathColumn>& paths) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!columns[c].is_number()) continue;
    paths.push_back({table, static_cast<std::uint16_t>(c), &columns[c].info});
  }
}

template <class T>
std::vector<Cells<T>> cells_of(std::span<const Column<T>> columns) {
  std::vector<Cells<T>> cells;
  cells.reserve(columns.size());
  for (const Column<T>& column : columns) {
    Cells<T>& c = cells.emplace_back();
    if (const auto member = column.numbers()) c.member = member;
    if (const auto* own = std::get_if<OwnRow>(&column.member)) c.own = own->at;
    if (column.info.settable) c.low = column.info.low, c.high = column.info.high;
  }
  return cells;
}

template <class T>
void add_names(std::string_view table, std::span<const Column<T>> columns,
               std::vector<std::string>& names) {
  for (const Column<T>& c : columns) {
    if (c.is_number() && !std::holds_alternative<Derived>(c.member)) {
      names.push_back(fmt::format("{}.{}", table, c.info.name));
    }
  }
}

template <class T>
const Column<T>& number_at(std::span<const Column<T>> columns, const PathRef& ref) {
  CASUS_EXPECTS(ref.column < columns.size() && columns[ref.column].is_number(),
                "no column of numbers: " + ref.path);
  return columns[ref.column];
}

}  // namespace

struct Columns::Rows {
  std::vector<OwnColumn> own;  ///< by table, then by name
  std::array<std::size_t, 3> own_of{0, 0, 0};
  std::vector<Column<RegionTable>> regions;
  std::vector<Column<ActorTable>> actors;
  std::vector<Column<PresenceTable>> presences;
  std::vector<Cells<RegionTable>> region_cells;
  std::vector<Cells<ActorTable>> actor_cells;
  std::vector<PathColumn> paths;

  explicit Rows(std::vector<OwnColumn> own_columns) : own(std::move(own_columns)) {
    std::sort(own.begin(), own.end(), [](const OwnColumn& a, const OwnColumn& b) {
      return std::pair(a.table, a.info.name) < std::pair(b.table, b.info.name);
    });
    make(ColumnTable::regions, regions);
    make(ColumnTable::actors, actors);
    make(ColumnTable::presences, presences);
    expect_names();
    region_cells = cells_of<RegionTable>(regions);
    actor_cells = cells_of<ActorTable>(actors);
    add_paths<RegionTable>(Table::region, regions, paths);
    add_paths<ActorTable>(Table::actor, actors, paths);
    paths.push_back({Table::relation, 0, &affinity()});
  }

  template <class T>
  void make(ColumnTable table, std::vector<Column<T>>& rows) {
    const auto built_in = columns_of<T>();
    rows.assign(built_in.begin(), built_in.end());
    std::size_t& at = own_of[static_cast<std::size_t>(table)];
    for (const OwnColumn& column : own) {
      if (column.table == table) rows.push_back({column.info, OwnRow{at++}});
    }
  }

  /// Outcomes name columns without their table, so a name is taken in all of them.
  void expect_names() const {
    std::vector<std::string> taken;
    for (const PathColumn& c : event_totals()) taken.push_back(c.info->name);
    const auto take = [&](const auto& columns) {
      for (const auto& c : columns) {
        if (!std::holds_alternative<OwnRow>(c.member)) taken.push_back(c.info.name);
      }
    };
    take(regions);
    take(actors);
    take(presences);
    for (const OwnColumn& column : own) {
      expect_fit(column.info);
      const std::string& name = column.info.name;
      CASUS_EXPECTS(std::find(taken.begin(), taken.end(), name) == taken.end(),
                    fmt::format("there is a column '{}' already", name));
      taken.push_back(name);
    }
  }
};

Columns::Columns() {
  static const auto built_in = std::make_shared<const Rows>(std::vector<OwnColumn>{});
  rows_ = built_in;
}

Columns::Columns(std::vector<OwnColumn> own) {
  *this = Columns();
  if (!own.empty()) rows_ = std::make_shared<const Rows>(std::move(own));
}

template <>
std::span<const Column<RegionTable>> Columns::of() const {
  return rows_->regions;
}
template <>
std::span<const Column<ActorTable>> Columns::of() const {
  return rows_->actors;
}
template <>
std::span<const Column<PresenceTable>> Columns::of() const {
  return rows_->presences;
}

template <>
std::span<const Cells<RegionTable>> Columns::cells() const {
  return rows_->region_cells;
}
template <>
std::span<const Cells<ActorTable>> Columns::cells() const {
  return rows_->actor_cells;
}

std::span<const OwnColumn> Columns::own() const { return rows_->own; }
std::size_t Columns::own(ColumnTable table) const {
  return rows_->own_of[static_cast<std::size_t>(table)];
}

std::span<const PathColumn> Columns::paths() const { return rows_->paths; }

const PathColumn* Columns::find(Table table, std::string_view name) const {
  for (const PathColumn& c : paths()) {
    if (c.table == table && c.info->name == name) return &c;
  }
  return nullptr;
}

const ColumnInfo& Columns::info(const PathRef& ref) const {
  switch (ref.table) {
    case Table::region:
      return number_at(of<RegionTable>(), ref).info;
    case Table::actor:
      return number_at(of<ActorTable>(), ref).info;
    case Table::relation:
      return affinity();
    case Table::parameter:
    case Table::pact:
      break;
  }
  CASUS_EXPECTS(false, "not a value of the world: " + ref.path);
  return affinity();
}

bool Columns::settable(const PathRef& ref) const {
  return ref.table == Table::parameter || info(ref).settable;
}

std::vector<std::string> Columns::names() const {
  std::vector<std::string> names;
  add_names("regions", of<RegionTable>(), names);
  add_names("actors", of<ActorTable>(), names);
  add_names("presences", of<PresenceTable>(), names);
  std::sort(names.begin(), names.end());
  return names;
}

namespace {

/// Pointers into it are handed out, so it is kept.
const Columns& built_in() {
  static const Columns columns;
  return columns;
}

}  // namespace

std::span<const PathColumn> path_columns() { return built_in().paths(); }

const PathColumn* find_path_column(Table table, std::string_view name) {
  return built_in().find(table, name);
}

}  // namespace casus
