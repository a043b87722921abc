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

template <class S>
bool read_column(Decoder& decoder, const Node& node, const FieldInfo& f, const std::string& path,
                 S& out) {
  return decoder.read(node, f, path, out.given.at(f.column));
}

template <class S>
bool read_own(Decoder& decoder, const Node& node, const FieldInfo& f, const std::string& path,
              S& out) {
  Number number;
  if (!decoder.read(node, f, path, number)) return false;
  out.given.set_own(f.name, number);
  return true;
}

template <class S>
Node write_column(const Encoder& e, const FieldInfo& f, const S& in) {
  return in.given.says(f.column) ? e.write(f, in.given.at(f.column)) : Node();
}

template <class S>
Node write_own(const Encoder& e, const FieldInfo& f, const S& in) {
  for (const auto& [name, number] : in.given.own()) {
    if (name == f.name) return e.write(f, number);
  }
  return {};
}

/// Adds a key for every column of `Table` that entries give, those of mechanisms included, to the
/// keys that have rows of their own.
template <class Table, class S>
std::vector<Field<S>> with_columns(std::vector<Field<S>> rows, const Columns& all) {
  const auto columns = all.of<Table>();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!columns[c].info.given) continue;
    const bool own = std::holds_alternative<OwnRow>(columns[c].member);
    rows.push_back({column_field(columns[c].info, c), own ? read_own<S> : read_column<S>,
                    own ? write_own<S> : write_column<S>});
  }
  return rows;
}

}  // namespace casus::scenario
