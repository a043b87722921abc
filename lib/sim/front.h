#pragma once

#include "casus/world/world.h"

namespace casus {

/// Has the state an enemy who may have land or an army beside its own? Guerrillas make no front,
/// and many mobilise who are at war with nobody: who asks for nothing else asks this first.
bool may_have_front(const World& world, ActorId state);

/// What a front calls for on this side of it: reinforcements go where an enemy's army stands next
/// door, and a few everywhere along his borders, `front_need` for a kilometre.
double called_along_borders(const World& world, ActorId state, RegionId region, double front_need);

}  // namespace casus
