#pragma once

#include <cstddef>
#include <string_view>

#include "casus/sim/mechanism.h"

namespace casus {

/// Stops the run with date, mechanism and subject if any number of the world is not finite or left
/// its range: nothing is clamped in silence.
void check_world(const StepContext& context, std::string_view mechanism);

/// Stops the run with SimulationError if `value` is not finite. `what` names the quantity and,
/// where it has one, its subject.
void check_finite(const StepContext& context, std::string_view mechanism, double value,
                  std::string_view what);

/// Stops the run when it has logged more than `max_events`.
void check_log(const StepContext& context, std::size_t max_events);

}  // namespace casus
