#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "casus/core/export.h"

namespace casus {

struct ColumnInfo;

/// "actors.jnim.forces": a column of the world, or a mechanism's parameter, at a row.
struct PathRef {
  // What finds the value comes first, in one cache line.
  enum class Table { region, actor, parameter, relation, pact } table = Table::actor;
  std::uint16_t column = 0;  ///< of Columns::of<RegionTable>() or of<ActorTable>()
  std::size_t row = 0;       ///< region, actor or pact row; mechanism for a parameter
  std::size_t row2 = 0;      ///< the other actor of a relation; the parameter of a mechanism
  std::string path;          ///< as written
};

/// A column of numbers that paths may name.
struct PathColumn {
  PathRef::Table table;
  std::uint16_t column;  ///< as in PathRef
  const ColumnInfo* info;
};
/// Those of every world, in the order of the tables' columns; Columns::paths() has those of
/// mechanisms besides.
CASUS_API std::span<const PathColumn> path_columns();
/// The one of a name, or nullptr.
CASUS_API const PathColumn* find_path_column(PathRef::Table table, std::string_view name);

}  // namespace casus
