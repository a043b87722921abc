#pragma once

#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/parameter.h"
#include "casus/world/all_columns.h"
#include "casus/world/event_kinds.h"

namespace casus {

/// A mechanism as a scenario sees it.
struct MechanismInfo {
  std::string name;
  std::string doc;
  std::string source;
  std::vector<ParameterInfo> parameters;
  /// Columns of numbers that it may write ("regions.control"), looked at after it; none: any.
  /// Builds with internal checks on stop at a column that it writes and does not name.
  std::vector<std::string> writes = {};
  /// Columns of the built-in tables of which it writes few rows, each of which it notes
  /// (World::note): only those are looked at after it. Builds with internal checks stop at a row
  /// that it writes and does not note.
  std::vector<std::string> notes = {};
  /// Columns of regions, actors or presences that it owns, by the same rows as the world's.
  /// Scenarios give them where the row says so; they are hashed, guarded, saved and read like any
  /// other. It may write them without naming them in `writes`.
  std::vector<OwnColumn> columns = {};
  /// Kinds of event that it owns and logs: own_event_kind(name).
  std::vector<OwnEvent> events = {};
  /// It writes no column but its own: it looks on, and `writes` and `notes` are empty.
  bool looks_on = false;
};

/// The mechanisms a scenario may configure, in the order of the step. `sim` provides the standard
/// one; a program that registers custom mechanisms appends them.
using Vocabulary = std::vector<MechanismInfo>;

/// The columns and the kinds of event of a world with these mechanisms. Throw ContractError, naming
/// the mechanisms, where two own one name, or where the world or a scenario's entries have it.
CASUS_API Columns columns_of(const Vocabulary& vocabulary);
CASUS_API EventKinds event_kinds_of(const Vocabulary& vocabulary);

}  // namespace casus
