#include "casus/world/columns.h"

#include <fmt/format.h>

#include "casus/core/contracts.h"

namespace casus {
namespace {

using Table = PathRef::Table;

/// A program may keep a reference for long, and carry it to another world.
void expect_row(const PathRef& ref, std::size_t row, std::size_t rows) {
  CASUS_EXPECTS(row < rows, fmt::format("{} leads to row {} of {}", ref.path, row, rows));
}

template <class T>
const Column<T>& column_at(const World& world, const PathRef& ref) {
  const auto columns = world.columns.of<T>();
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

void check_value(const ColumnInfo& info, const PathRef& ref, double value) {
  CASUS_EXPECTS(info.settable, ref.path + " cannot be set in the world");
  // A NaN is inside no limits.
  CASUS_EXPECTS(value >= info.low && value <= info.high,
                fmt::format("{} = {} is outside [{}, {}]", ref.path, value, info.low, info.high));
}

/// A value that is not stored, or what is wrong with the reference.
template <class T>
double find_in(const World& world, const T& table, const PathRef& ref) {
  expect_row(ref, ref.row, table.size());
  return derived(column_at<T>(world, ref), ref).get(world, ref.row);
}

template <class T>
void change_in(World& world, const T& table, const PathRef& ref, double value) {
  expect_row(ref, ref.row, table.size());
  const Column<T>& column = column_at<T>(world, ref);
  check_value(column.info, ref, value);
  derived(column, ref).set(world, ref.row, value);
}

// Programs read and write by reference at every step: what is stored, and fits, comes first, and
// whatever else there is to say is said behind it.
template <class T>
double get_in(const World& world, const T& table, const PathRef& ref) {
  const auto cells = world.columns.cells<T>();
  if (ref.column < cells.size()) {
    const std::vector<double>* values = cells[ref.column].in(table);
    if (values != nullptr && ref.row < values->size()) return (*values)[ref.row];
  }
  return find_in(world, table, ref);
}

template <class T>
void set_in(World& world, T& table, const PathRef& ref, double value) {
  const auto cells = world.columns.cells<T>();
  if (ref.column < cells.size()) {
    const Cells<T>& column = cells[ref.column];
    std::vector<double>* values = column.in(table);
    if (values != nullptr && ref.row < values->size() && value >= column.low &&
        value <= column.high) {
      (*values)[ref.row] = value;
      return;
    }
  }
  change_in(world, table, ref, value);
}

void expect_pair(const World& world, const PathRef& ref) {
  expect_row(ref, ref.row, world.actors.size());
  expect_row(ref, ref.row2, world.actors.size());
}

template <class T>
std::span<const double> find_values(const World& world, const T& table, std::string_view name) {
  for (const Column<T>& c : world.columns.of<T>()) {
    if (c.info.name != name) continue;
    if (const auto* values = c.values(table)) return *values;
  }
  return {};
}

}  // namespace

std::span<const double> column(const World& world, std::string_view path) {
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) return {};
  const auto table = path.substr(0, dot);
  const auto name = path.substr(dot + 1);
  if (table == "regions") return find_values(world, world.regions, name);
  if (table == "actors") return find_values(world, world.actors, name);
  if (table == "presences") return find_values(world, world.presences, name);
  return {};
}

double get(const World& world, const PathRef& ref) {
  switch (ref.table) {
    case Table::region:
      return get_in(world, world.regions, ref);
    case Table::actor:
      return get_in(world, world.actors, ref);
    case Table::relation:
      expect_pair(world, ref);
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
      expect_pair(world, ref);
      check_value(world.columns.info(ref), ref, value);
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
