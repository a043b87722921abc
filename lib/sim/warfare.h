#pragma once

#include <cstdint>

#include "casus/sim/mechanism.h"
#include "casus/world/forces.h"

namespace casus {

/// What several mechanisms do to the world, in one place each. Serial phases only.

/// Opens a war of `a` against `b` and logs war_begins (size 1 between states, 0 otherwise); if they
/// are at war already, returns that war; one in ceasefire is taken up again. `a != b`.
WarId open_war(StepContext& context, ActorId a, ActorId b, EventId cause);
/// `actor` enters the war on a side; logs joins_war. Nothing if it is in it, or if it would stand
/// against itself.
EventId join_war(StepContext& context, WarId war, ActorId actor, int side, PactId pact,
                 ArticleId article, EventId cause);
/// `actor` leaves the war; the war ends when a side is empty, and is no longer one between states
/// when no state is left on a side.
void leave_war(StepContext& context, WarId war, ActorId actor, EventId cause);
/// Ends or suspends hostilities of the whole war.
EventId stop_war(StepContext& context, WarId war, WarState state, double until_day, EventId cause);
/// Takes hostilities up again after a ceasefire and logs war_resumes.
EventId resume_war(StepContext& context, WarId war, EventId cause);

}  // namespace casus
