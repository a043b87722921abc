#pragma once

#include <cstddef>

#include "casus/core/export.h"
#include "casus/core/random.h"
#include "casus/scenario/scenario.h"
#include "casus/world/relations.h"
#include "casus/world/world.h"

namespace casus {

/// The world at the start of a run, priors drawn. `dense_relations`: see Relations.
CASUS_API World make_world(const ScenarioData& scenario, Replicate replicate,
                           std::size_t dense_relations = Relations::usual_dense);

}  // namespace casus
