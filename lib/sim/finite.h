#pragma once

#include <string_view>

#include "casus/sim/mechanism.h"

namespace casus {

/// Stops the run with SimulationError if `value` is not finite. `what` names the quantity and,
/// where it has one, its subject.
void check_finite(const StepView& context, std::string_view mechanism, double value,
                  std::string_view what);

}  // namespace casus
