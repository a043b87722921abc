#pragma once

#include "casus/world/world.h"

namespace casus {

/// Fighting power for a war away from home: reserve, home power and the share of garrisons that is
/// not needed at home, times quality and resolve.
double projectable_power(const World& world, ActorId a);
/// Fighting power in its own country.
double home_defence(const World& world, ActorId a);
/// Share of its strength an actor can send away, [0, 1]: what insurgents and wars leave free.
double free_share(const World& world, ActorId a);

}  // namespace casus
