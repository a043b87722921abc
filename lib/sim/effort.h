#pragma once

#include "casus/world/world.h"

namespace casus {

/// What the efforts of friends and foes do to one's own (Koenig et al. 2017).
struct EffortRules {
  double ally_effect = 0.0, enemy_effect = 0.0;
  double alliance_affinity = 0.0;  ///< above which two that fight the same enemy count as allies
};

/// Sets every actor's effort, relative to a group without friends or foes, so that a scenario's
/// attack rate keeps its meaning. Those who fight on the map play: groups with fighters, and the
/// states they attack. With too many enemies the game has no interior equilibrium; everyone then
/// fights at its own strength, which is what effort 1 says.
void review_effort(World& world, const EffortRules& rules);

}  // namespace casus
