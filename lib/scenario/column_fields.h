#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "casus/scenario/given.h"
#include "scenario/decoder.h"

namespace casus::scenario {

/// The key of a column, which says all that the key's row would.
inline FieldInfo column_field(const ColumnInfo& c, std::size_t row) {
  FieldInfo f;
  f.name = c.name;
  f.type = c.constant ? Type::real : Type::number;
  f.unit = c.unit;
  f.low = c.low;
  f.high = c.high;
  f.required = c.required;
  if (!c.required) f.fallback = fmt::format("{}", c.initial);
  f.implicit = true;
  f.kinds = c.kinds;
  f.doc = c.doc;
  f.example = c.example;
  f.column = row;
  return f;
}

/// Adds a key for every column of `Table` that entries give to the keys that have rows of their
/// own.
template <class Table, class S>
std::vector<Field<S>> with_columns(std::vector<Field<S>> rows) {
  const auto columns = columns_of<Table>();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!columns[c].info.given) continue;
    rows.push_back(
        {column_field(columns[c].info, c),
         [](Decoder& decoder, const Node& node, const FieldInfo& f, const std::string& path,
            S& out) { return decoder.read(node, f, path, out.given.at(f.column)); }});
  }
  return rows;
}

}  // namespace casus::scenario
