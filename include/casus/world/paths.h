#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "casus/core/units.h"

namespace casus {

/// "actors.jnim.forces": a column of the world, or a mechanism's parameter, at a row.
struct PathRef {
  enum class Table { region, actor, parameter, relation, pact } table = Table::actor;
  std::string path;      ///< as written
  std::size_t row = 0;   ///< region, actor or pact row; mechanism for a parameter
  std::size_t row2 = 0;  ///< the other actor of a relation; the parameter of a mechanism
  std::string column;    ///< "forces"
};

/// May the timeline and programs change it during a run?
bool settable(const PathRef& ref);

/// A value of the world that paths may name, with the limits within which it may be set.
struct PathColumn {
  PathRef::Table table;
  std::string_view name;
  bool settable;
  Unit unit;
  double low, high;
  std::string_view doc;
};
/// All of them: the only place that says what may be set, and within which limits.
std::span<const PathColumn> path_columns();
/// The row of a name, or nullptr.
const PathColumn* find_path_column(PathRef::Table table, std::string_view name);

}  // namespace casus
