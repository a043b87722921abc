#include "casus/scenario/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "casus/core/contracts.h"
#include "scenario/tables.h"

namespace casus {
namespace {

template <class S>
bool has_key(const std::vector<scenario::Field<S>>& fields, std::string_view name) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const auto& f) { return f.info.name == name; });
}

/// Is it a key of the table's entries that is no column?
bool is_key(ColumnTable where, std::string_view name) {
  switch (where) {
    case ColumnTable::regions:
      return has_key(scenario::region_fields({}), name);
    case ColumnTable::actors:
      return has_key(scenario::actor_fields({}), name);
    case ColumnTable::presences:
      return has_key(scenario::presence_fields({}), name);
  }
  return false;
}

/// Notes who owns a name; complains if another mechanism does.
void own(std::map<std::string, std::string, std::less<>>& owners, std::string_view what,
         const std::string& name, const std::string& mechanism) {
  const auto [other, added] = owners.emplace(name, mechanism);
  CASUS_EXPECTS(added, fmt::format("mechanisms '{}' and '{}' both own {} '{}'", other->second,
                                   mechanism, what, name));
}

/// Says whose names do not fit.
template <class Made, class Parts>
Made make(const MechanismInfo& m, Parts parts) {
  try {
    return Made(std::move(parts));
  } catch (const ContractError& e) {
    throw ContractError(fmt::format("mechanism '{}': {}", m.name, e.what()));
  }
}

}  // namespace

Columns columns_of(const Vocabulary& vocabulary) {
  std::map<std::string, std::string, std::less<>> owners;
  std::vector<OwnColumn> all;
  for (const MechanismInfo& m : vocabulary) {
    for (const OwnColumn& column : m.columns) {
      own(owners, "a column", column.info.name, m.name);
      CASUS_EXPECTS(!is_key(column.table, column.info.name),
                    fmt::format("mechanism '{}': '{}' is a key of scenarios already", m.name,
                                column.info.name));
      all.push_back(column);
    }
    if (!m.columns.empty()) make<Columns>(m, m.columns);
  }
  return Columns(std::move(all));
}

EventKinds event_kinds_of(const Vocabulary& vocabulary) {
  std::map<std::string, std::string, std::less<>> owners;
  std::vector<OwnEvent> all;
  for (const MechanismInfo& m : vocabulary) {
    for (const OwnEvent& event : m.events) {
      own(owners, "a kind of event", event.name, m.name);
      all.push_back(event);
    }
    if (!m.events.empty()) make<EventKinds>(m, m.events);
  }
  return EventKinds(std::move(all));
}

}  // namespace casus
