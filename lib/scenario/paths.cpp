#include "casus/scenario/paths.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "casus/world/columns.h"
#include "scenario/conditions.h"
#include "scenario/tables.h"

namespace casus {
namespace scenario {
namespace {

/// A path's meaning, or what is wrong with it.
struct Finding {
  std::optional<PathRef> ref;
  std::string code, message;
  std::string wrong;                 ///< the word at fault
  const NameTable* table = nullptr;  ///< what it should have been a name of
  std::vector<std::string> names;    ///< or one of these
};

Finding nowhere(std::string message) { return {{}, "E0307", std::move(message), {}, nullptr, {}}; }

Finding unknown(const NameTable& table, std::string_view word) {
  return {{},
          std::string(table.code),
          fmt::format("no {} '{}'", table.what, word),
          std::string(word),
          &table,
          {}};
}

std::vector<std::string> column_names(const Columns& columns, PathRef::Table table, bool to_set) {
  std::vector<std::string> names;
  for (const PathColumn& c : columns.paths()) {
    if (c.table == table && (c.info->settable || !to_set)) names.push_back(c.info->name);
  }
  return names;
}

Finding find_parameter(const Vocabulary& vocabulary, const std::vector<std::string>& parts,
                       PathRef ref) {
  const auto m = std::find_if(vocabulary.begin(), vocabulary.end(),
                              [&](const MechanismInfo& info) { return info.name == parts[1]; });
  if (m == vocabulary.end()) {
    Finding f{{}, "E0306", fmt::format("no mechanism '{}'", parts[1]), parts[1], nullptr, {}};
    for (const MechanismInfo& info : vocabulary) f.names.push_back(info.name);
    return f;
  }
  const auto p = std::find_if(m->parameters.begin(), m->parameters.end(),
                              [&](const ParameterInfo& info) { return info.name == parts[2]; });
  if (p == m->parameters.end()) {
    Finding f{
        {},       "E0306", fmt::format("mechanism '{}' has no parameter '{}'", m->name, parts[2]),
        parts[2], nullptr, {}};
    for (const ParameterInfo& info : m->parameters) f.names.push_back(info.name);
    return f;
  }
  ref.table = PathRef::Table::parameter;
  ref.row = static_cast<std::size_t>(m - vocabulary.begin());
  ref.row2 = static_cast<std::size_t>(p - m->parameters.begin());
  return {ref, {}, {}, {}, nullptr, {}};
}

Finding find_path(const NameTable& regions, const NameTable& actors, const Vocabulary& vocabulary,
                  const Columns& columns, std::string_view text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  PathRef ref;
  ref.path = text;
  const std::string& section = parts[0];
  const std::vector<std::string> sections{"regions", "actors", "relations", "mechanisms"};
  if (std::find(sections.begin(), sections.end(), section) == sections.end()) {
    return {{},
            "E0307",
            fmt::format("the path '{}' leads nowhere: it begins with none of {}", text,
                        fmt::join(sections, ", ")),
            section,
            nullptr,
            sections};
  }
  if (parts.size() != 3) {
    return nowhere(
        fmt::format("the path '{}' leads nowhere: it has {} parts, not 3", text, parts.size()));
  }
  if (section == "mechanisms") return find_parameter(vocabulary, parts, std::move(ref));
  const NameTable& table = section == "regions" ? regions : actors;
  const auto row = table.row(parts[1]);
  if (!row) return unknown(table, parts[1]);
  ref.row = *row;
  if (section == "relations") {
    const auto to = actors.row(parts[2]);
    if (!to) return unknown(actors, parts[2]);
    ref.table = PathRef::Table::relation;
    ref.row2 = *to;
    if (ref.row == ref.row2) {
      return {{}, "E0402", fmt::format("'{}' has no relation to itself", parts[1]),
              {}, nullptr, {}};
    }
    return {ref, {}, {}, {}, nullptr, {}};
  }
  ref.table = section == "regions" ? PathRef::Table::region : PathRef::Table::actor;
  const PathColumn* column = columns.find(ref.table, parts[2]);
  if (column == nullptr) {
    return {{},
            "E0307",
            fmt::format("{} have no '{}' that changes during a run", section, parts[2]),
            parts[2],
            nullptr,
            column_names(columns, ref.table, false)};
  }
  ref.column = column->column;
  return {ref, {}, {}, {}, nullptr, {}};
}

std::string suggestion(const Finding& f, const Sources* sources) {
  const std::string near = nearest(f.wrong, f.table != nullptr ? f.table->names : f.names);
  if (near.empty()) return {};
  if (sources != nullptr && f.table != nullptr) {
    const Position& at = f.table->at[*f.table->row(near)];
    if (at.line > 0) return fmt::format("did you mean '{}' ({})?", near, sources->place(at));
  }
  return fmt::format("did you mean '{}'?", near);
}

}  // namespace

std::optional<PathRef> read_path(Decoder& d, std::string_view text, const Position& at,
                                 const std::string& path, PathUse use) {
  Finding f = find_path(d.regions, d.actors, d.vocabulary, d.tables.columns, text);
  if (!f.ref) {
    if (!d.all_read && f.table != nullptr) return std::nullopt;
    d.fail(f.code, at, path, f.message, suggestion(f, &d.problems.sources()));
    return std::nullopt;
  }
  if (use == PathUse::set && !d.tables.columns.settable(*f.ref)) {
    d.fail("E0503", at, path, fmt::format("'{}' can be read, not set", text),
           fmt::format("set one of {}",
                       fmt::join(column_names(d.tables.columns, f.ref->table, true), ", ")));
    return std::nullopt;
  }
  return f.ref;
}

FieldInfo value_field(const Decoder& d, const PathRef& ref) {
  FieldInfo f;
  f.type = Type::real;
  if (ref.table == PathRef::Table::parameter) {
    const ParameterInfo& p = d.vocabulary[ref.row].parameters[ref.row2];
    f.name = p.name;
    f.unit = p.unit;
    f.low = p.low;
    f.high = p.high;
  } else {
    const ColumnInfo& c = d.tables.columns.info(ref);
    f.name = c.name;
    f.unit = c.unit;
    f.low = c.low;
    f.high = c.high;
  }
  return f;
}

}  // namespace scenario

PathRef resolve_path(const ScenarioData& data, const Vocabulary& vocabulary,
                     std::string_view path) {
  scenario::NameTable regions{"region", "E0302"}, actors{"actor", "E0301"};
  for (const RegionSpec& r : data.regions) regions.add(r.name, {});
  for (const ActorSpec& a : data.actors) actors.add(a.name, {});
  const scenario::Finding f = scenario::find_path(regions, actors, vocabulary, data.columns, path);
  if (f.ref) return *f.ref;
  Diagnostic d;
  d.code = f.code;
  d.path = path;
  d.message = f.message;
  d.suggestion = scenario::suggestion(f, nullptr);
  throw ScenarioError({d});
}

}  // namespace casus
