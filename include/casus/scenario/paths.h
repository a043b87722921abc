#pragma once

#include <span>
#include <string_view>

#include "casus/scenario/scenario.h"

namespace casus {

/// What a dotted path means in a scenario: "regions.gao.grievance", "actors.jnim.forces",
/// "relations.mali.niger" (affinity), "mechanisms.combat.lethality". Throws ScenarioError (E0301,
/// E0302, E0306, E0307) with the nearest names if it leads nowhere.
PathRef resolve_path(const ScenarioData& scenario, const Vocabulary& vocabulary,
                     std::string_view path);

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
