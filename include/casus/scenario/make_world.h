#pragma once

#include "casus/core/random.h"
#include "casus/scenario/scenario.h"
#include "casus/world/world.h"

namespace casus {

/// The world at the start of a run, priors drawn.
World make_world(const ScenarioData& scenario, Replicate replicate);

}  // namespace casus
