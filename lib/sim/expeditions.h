#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/sim/mechanism.h"

namespace casus {

/// The parts of statecraft that move armies.

/// An organ has decided on force: each member that keeps its word sends what it pledged, or else
/// `contribution` of what it has free; `lead` goes first.
void send_expedition(StepContext& context, const Crisis& crisis, ActorId lead, double contribution,
                     EventId decision);

}  // namespace casus
