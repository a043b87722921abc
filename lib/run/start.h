#pragma once

#include "casus/sim/mechanism.h"

namespace casus {

/// Logs what is under way when the run begins (wars, crises, measures), so that everything that
/// follows from it has a cause to point to.
void log_starting_conditions(StepContext& context);

}  // namespace casus
