#pragma once

#include <string_view>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/world/paths.h"

namespace casus {

/// What a dotted path means in a scenario: "regions.gao.grievance", "actors.jnim.forces",
/// "relations.mali.niger" (affinity), "mechanisms.combat.lethality". Throws ScenarioError (E0301,
/// E0302, E0306, E0307) with the nearest names if it leads nowhere.
CASUS_API PathRef resolve_path(const ScenarioData& scenario, const Vocabulary& vocabulary,
                               std::string_view path);

}  // namespace casus
