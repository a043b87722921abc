#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casus/scenario/scenario.h"

namespace casus {

/// What a dotted path means in a scenario: "regions.gao.grievance", "actors.jnim.forces",
/// "relations.mali.niger" (affinity), "mechanisms.combat.lethality". Throws ScenarioError (E0301,
/// E0302, E0306, E0307) with the nearest names if it leads nowhere.
PathRef resolve_path(const ScenarioData& scenario, const Vocabulary& vocabulary,
                     std::string_view path);

/// May the timeline and programs change it during a run?
bool settable(const PathRef& ref);

/// The columns of a section ("regions", "actors") that paths may name, in the order of their table;
/// `to_set` leaves out those that can only be read.
std::vector<std::string> path_columns(std::string_view section, bool to_set);

}  // namespace casus
