#pragma once

#include <cstdint>

#include "casus/sim/mechanism.h"

namespace casus {

/// What several mechanisms do to the world, in one place each. Serial phases only.

/// Kills `n` people of a presence (0 <= n <= its strength); they are counted where they fell.
void kill(World& world, std::size_t presence, double n);
/// Kills `n` residents (0 <= n <= residents).
void kill_civilians(World& world, RegionId region, double n);

/// The open (active) war in which a and b stand on opposite sides, or none.
WarId war_between(const World& world, ActorId a, ActorId b);
/// The side on which `a` actively fights in the war, -1 if on none.
int side_of(const War& war, ActorId a);

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
void stop_war(StepContext& context, WarId war, WarState state, double until_day, EventId cause);
/// Takes hostilities up again after a ceasefire and logs war_resumes.
void resume_war(StepContext& context, WarId war, EventId cause);

/// Moves up to `n` people from the reserve (then from home power) into a region; returns how many.
double deploy(World& world, ActorId actor, RegionId region, double n, Role role);
/// Moves `n` people of a presence back to the reserve; control they held goes back to the owner.
void recall(World& world, std::size_t presence, double n);

/// A region of `target` for `actor` to enter: that with the longest border to a region where
/// `actor` or a friend stands on owned soil, by value and weakness; the capital if it comes by air.
RegionId entry_region(const World& world, ActorId actor, ActorId target);

}  // namespace casus
