#include "casus/world/columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/core/contracts.h"

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

/// Numbers that have a row for each row of their table, stored or found.
template <class T>
bool is_number(const Column<T>& column) {
  return column.numbers() != nullptr || std::holds_alternative<Derived>(column.member);
}

template <class T>
void add_path_columns(Table table, std::vector<PathColumn>& rows) {
  const auto columns = columns_of<T>();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!is_number(columns[c])) continue;
    rows.push_back({table, static_cast<std::uint16_t>(c), &columns[c].info});
  }
}

template <class T>
std::span<const double> find_values(const T& table, std::string_view name) {
  for (const Column<T>& c : columns_of<T>()) {
    if (c.info.name == name && c.numbers() != nullptr) return table.*(c.numbers());
  }
  return {};
}

template <class T>
void add_names(std::string_view table, std::vector<std::string>& names) {
  for (const Column<T>& c : columns_of<T>()) {
    if (c.numbers() != nullptr) names.push_back(fmt::format("{}.{}", table, c.info.name));
  }
}

template <class T>
const Column<T>& column_at(const PathRef& ref) {
  const auto columns = columns_of<T>();
  CASUS_EXPECTS(ref.column < columns.size(), "no column of numbers: " + ref.path);
  return columns[ref.column];
}

/// How a value that is not stored is found.
template <class T>
const Derived& derived(const Column<T>& column, const PathRef& ref) {
  const auto* found = std::get_if<Derived>(&column.member);
  CASUS_EXPECTS(found != nullptr, "no column of numbers: " + ref.path);
  return *found;
}

template <class T>
const Column<T>& number_at(const PathRef& ref) {
  const Column<T>& column = column_at<T>(ref);
  if (column.numbers() == nullptr) derived(column, ref);
  return column;
}

void check_value(const ColumnInfo& info, const PathRef& ref, double value) {
  CASUS_EXPECTS(info.settable, ref.path + " cannot be set in the world");
  // A NaN is inside no limits.
  CASUS_EXPECTS(value >= info.low && value <= info.high,
                fmt::format("{} = {} is outside [{}, {}]", ref.path, value, info.low, info.high));
}

// Programs read and write by reference at every step, so what a reference leads to is looked at
// once.
template <class T>
double get_in(const World& world, const T& table, const PathRef& ref) {
  const Column<T>& column = column_at<T>(ref);
  const auto values = column.numbers();
  return values != nullptr ? (table.*values)[ref.row] : derived(column, ref).get(world, ref.row);
}

template <class T>
void set_in(World& world, T& table, const PathRef& ref, double value) {
  const Column<T>& column = column_at<T>(ref);
  check_value(column.info, ref, value);
  const auto values = column.numbers();
  if (values != nullptr) {
    (table.*values)[ref.row] = value;
  } else {
    derived(column, ref).set(world, ref.row, value);
  }
}

}  // namespace

std::span<const PathColumn> path_columns() {
  static const std::vector<PathColumn> rows = [] {
    std::vector<PathColumn> all;
    add_path_columns<RegionTable>(Table::region, all);
    add_path_columns<ActorTable>(Table::actor, all);
    all.push_back({Table::relation, 0, &affinity()});
    return all;
  }();
  return rows;
}

const PathColumn* find_path_column(Table table, std::string_view name) {
  for (const PathColumn& c : path_columns()) {
    if (c.table == table && c.info->name == name) return &c;
  }
  return nullptr;
}

const ColumnInfo& column_info(const PathRef& ref) {
  switch (ref.table) {
    case Table::region:
      return number_at<RegionTable>(ref).info;
    case Table::actor:
      return number_at<ActorTable>(ref).info;
    case Table::relation:
      return affinity();
    case Table::parameter:
    case Table::pact:
      break;
  }
  CASUS_EXPECTS(false, "not a value of the world: " + ref.path);
  return affinity();
}

bool settable(const PathRef& ref) {
  return ref.table == Table::parameter || column_info(ref).settable;
}

std::span<const double> column(const World& world, std::string_view path) {
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) return {};
  const auto table = path.substr(0, dot);
  const auto name = path.substr(dot + 1);
  if (table == "regions") return find_values(world.regions, name);
  if (table == "actors") return find_values(world.actors, name);
  if (table == "presences") return find_values(world.presences, name);
  return {};
}

std::vector<std::string> column_names() {
  std::vector<std::string> names;
  add_names<RegionTable>("regions", names);
  add_names<ActorTable>("actors", names);
  add_names<PresenceTable>("presences", names);
  std::sort(names.begin(), names.end());
  return names;
}

double get(const World& world, const PathRef& ref) {
  switch (ref.table) {
    case Table::region:
      return get_in(world, world.regions, ref);
    case Table::actor:
      return get_in(world, world.actors, ref);
    case Table::relation:
      return world.relations.affinity(ActorId(ref.row), ActorId(ref.row2));
    case Table::parameter:
    case Table::pact:
      break;
  }
  CASUS_EXPECTS(false, "not a value of the world: " + ref.path);
  return 0.0;
}

void set(World& world, const PathRef& ref, double value) {
  switch (ref.table) {
    case Table::region:
      return set_in(world, world.regions, ref, value);
    case Table::actor:
      return set_in(world, world.actors, ref, value);
    case Table::relation:
      check_value(affinity(), ref, value);
      world.relations.set_affinity(ActorId(ref.row), ActorId(ref.row2), value);
      world.relations.set_baseline(ActorId(ref.row), ActorId(ref.row2), value);
      return;
    case Table::parameter:
    case Table::pact:
      break;
  }
  CASUS_EXPECTS(false, "not a value of the world: " + ref.path);
}

}  // namespace casus
