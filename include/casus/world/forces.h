#pragma once

#include <cstddef>

#include "casus/core/export.h"
#include "casus/world/world.h"

namespace casus {

// People under arms: what they are worth, where they go, and how they die. What changes the world
// is for serial phases only.

/// Fighting power for a war away from home: reserve, home power and the share of garrisons that is
/// not needed at home, times quality and resolve.
CASUS_API double projectable_power(const World& world, ActorId a, double garrison_free);
/// Fighting power in its own country; `without_resolve`: the share that fights on all the same.
CASUS_API double home_defence(const World& world, ActorId a, double without_resolve);
/// Share of its strength an actor can send away, [0, 1]: what insurgents and wars leave free.
/// `garrison_free`: of a garrison whose region is in hand.
CASUS_API double free_share(const World& world, ActorId a, double garrison_free);

/// People it may still send onto the soil of others that it is not at war with: what its ceiling
/// leaves. An army on an enemy's soil is no guest.
CASUS_API double room_abroad(const World& world, ActorId a);

/// What each of its people is worth in the field: its quality, less what a surprise has taken.
inline double field_quality(const World& world, ActorId a) {
  return world.actors.quality[a.row()] * (1.0 - world.actors.disarray[a.row()]);
}
/// Fighting power of a presence: people x field_quality.
inline double field_power(const World& world, std::size_t presence) {
  return world.presences.strength[presence] * field_quality(world, world.presences.actor[presence]);
}

/// Kills `n` people of a presence (0 <= n <= its strength); they are counted where they fell.
CASUS_API void kill(World& world, std::size_t presence, double n);
/// Kills `n` residents (0 <= n <= residents).
CASUS_API void kill_civilians(World& world, RegionId region, double n);

/// The open (active) war in which a and b stand on opposite sides, or none.
CASUS_API WarId war_between(const World& world, ActorId a, ActorId b);
/// The side on which `a` actively fights in the war, -1 if on none.
CASUS_API int side_of(const War& war, ActorId a);

/// Moves up to `n` people from the reserve (then from home power) into a region; returns how many.
CASUS_API double deploy(World& world, ActorId actor, RegionId region, double n, Role role);
/// Moves `n` people of a presence back to the reserve; control they held goes back to the owner.
CASUS_API void recall(World& world, std::size_t presence, double n);

/// A region of `target` for `actor` to enter: that with the longest border to a region where
/// `actor` or a friend stands on owned soil, by value and weakness; the capital if it comes by air.
/// `daunting`: defenders that halve the draw.
CASUS_API RegionId entry_region(const World& world, ActorId actor, ActorId target, double daunting);

/// Where an army of `a` that leaves a region falls back to: the neighbouring region with most
/// ground that is its own, a host's, or taken by it; none: off the map, into the reserve.
CASUS_API RegionId refuge(const World& world, ActorId a, RegionId from);

}  // namespace casus
