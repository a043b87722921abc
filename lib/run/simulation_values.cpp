#include <fmt/format.h>

#include <algorithm>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/run/simulation.h"
#include "casus/scenario/paths.h"
#include "casus/world/columns.h"
#include "run/simulation_state.h"

// Reading and writing a run from outside, by path.
namespace casus {
namespace {

using Table = PathRef::Table;

template <class Rows>
std::size_t row_of(const Rows& names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

/// All or none.
void expect_values(const ColumnInfo& info, std::string_view path, std::span<const double> values,
                   std::size_t rows) {
  CASUS_EXPECTS(values.size() == rows,
                fmt::format("{} values for the {} rows of {}", values.size(), rows, path));
  for (std::size_t i = 0; i < rows; ++i) {
    CASUS_EXPECTS(
        values[i] >= info.low && values[i] <= info.high,
        fmt::format("{}, row {}: {} is outside [{}, {}]", path, i, values[i], info.low, info.high));
  }
}

/// No path leads to a presence; a column of them that may be set is a mechanism's.
void set_presences(World& world, std::string_view name, std::span<const double> values) {
  for (const Column<PresenceTable>& column : world.columns.of<PresenceTable>()) {
    if (column.info.name != name || !column.info.settable) continue;
    expect_values(column.info, name, values, world.presences.size());
    std::copy(values.begin(), values.end(), column.values(world.presences)->begin());
    return;
  }
  CASUS_EXPECTS(false, fmt::format("no column 'presences.{}' that can be set", name));
}

}  // namespace

ActorId Simulation::actor(std::string_view name) const {
  const auto& names = state_->world.actors.name;
  const std::size_t row = row_of(names, name);
  CASUS_EXPECTS(row < names.size(),
                fmt::format("no actor '{}'; nearest: '{}'", name, nearest(name, names)));
  return ActorId(row);
}

RegionId Simulation::region(std::string_view name) const {
  std::vector<std::string> names;
  for (const RegionSpec& r : state_->scenario->regions) names.push_back(r.name);
  const std::size_t row = row_of(names, name);
  CASUS_EXPECTS(row < names.size(),
                fmt::format("no region '{}'; nearest: '{}'", name, nearest(name, names)));
  return RegionId(row);
}

const std::string& Simulation::name(ActorId actor) const {
  CASUS_EXPECTS(actor.valid() && actor.row() < state_->world.actors.size(), "no such actor");
  return state_->world.actors.name[actor.row()];
}

const std::string& Simulation::name(RegionId region) const {
  CASUS_EXPECTS(region.valid() && region.row() < state_->world.regions.size(), "no such region");
  return state_->scenario->regions[region.row()].name;
}

PathRef Simulation::resolve(std::string_view path) const {
  // Who was born during the run is not in the scenario.
  const ActorTable& actors = state_->world.actors;
  const std::size_t end = path.rfind('.');
  if (path.substr(0, 7) == "actors." && end != std::string_view::npos && end > 7) {
    const std::string_view who = path.substr(7, end - 7);
    const PathColumn* column = state_->world.columns.find(Table::actor, path.substr(end + 1));
    for (std::size_t a = state_->scenario->actors.size(); a < actors.size(); ++a) {
      if (actors.name[a] != who || column == nullptr) continue;
      PathRef ref;
      ref.path = path;
      ref.row = a;
      ref.column = column->column;
      return ref;
    }
  }
  return resolve_path(state_->scenario.data(), state_->scenario.vocabulary(), path);
}

double Simulation::get(std::string_view path) const { return get(resolve(path)); }
void Simulation::set(std::string_view path, double value) { set(resolve(path), value); }

double Simulation::get(const PathRef& ref) const {
  if (ref.table != Table::parameter) return casus::get(state_->world, ref);
  return state_->parameter(ref);
}

void Simulation::set(const PathRef& ref, double value) {
  State& s = *state_;
  CASUS_EXPECTS(s.phase != State::Phase::mechanisms, "a value set from outside inside a step");
  if (ref.table != Table::parameter) return casus::set(s.world, ref, value);
  double& parameter = s.parameter(ref);
  const ParameterInfo& info = s.scenario.vocabulary()[ref.row].parameters[ref.row2];
  CASUS_EXPECTS(value >= info.low && value <= info.high,
                ref.path + " = " + std::to_string(value) + " is outside [" +
                    std::to_string(info.low) + ", " + std::to_string(info.high) + "]");
  parameter = value;
  s.changed[ref.row] = 1;
}

double& Simulation::State::parameter(const PathRef& ref) {
  const bool there = ref.row < parameters.size() && ref.row2 < parameters[ref.row].size();
  CASUS_EXPECTS(there, ref.path + " leads to no parameter of these mechanisms");
  return parameters[ref.row][ref.row2];
}

std::span<const double> Simulation::column(std::string_view path) const {
  const auto values = casus::column(state_->world, path);
  CASUS_EXPECTS(!values.empty(), "no column '" + std::string(path) + "'; nearest: '" +
                                     nearest(path, state_->world.columns.names()) + "'");
  return values;
}

void Simulation::set_column(std::string_view path, std::span<const double> values) {
  State& s = *state_;
  CASUS_EXPECTS(s.phase != State::Phase::mechanisms, "a column set from outside inside a step");
  const std::size_t dot = std::min(path.find('.'), path.size());
  const std::string_view table = path.substr(0, dot);
  const std::string_view name = path.substr(std::min(dot + 1, path.size()));
  const Columns& columns = s.world.columns;
  if (table == "presences") return set_presences(s.world, name, values);
  const bool regions = table == "regions";
  const PathColumn* column = regions || table == "actors"
                                 ? columns.find(regions ? Table::region : Table::actor, name)
                                 : nullptr;
  CASUS_EXPECTS(column != nullptr && column->info->settable,
                fmt::format("no column '{}' that can be set", path));
  const std::size_t rows = regions ? s.world.regions.size() : s.world.actors.size();
  expect_values(*column->info, path, values, rows);
  PathRef ref;
  ref.table = column->table;
  ref.path = path;
  ref.column = column->column;
  for (ref.row = 0; ref.row < rows; ++ref.row) casus::set(s.world, ref, values[ref.row]);
}

}  // namespace casus
