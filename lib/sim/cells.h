#pragma once

#include <vector>

#include "casus/core/random.h"
#include "casus/world/world.h"

namespace casus {

/// How cells of armed groups move to where fighting promises more.
struct CellRules {
  double relocation = 0.0;  ///< a year, at which a fighter's cell considers moving
  double cell = 0.0;        ///< people that move together
  double crossing = 0.0;    ///< readiness to cross into another state, relative to within one
  double calm_draw = 0.0;   ///< of a region without grievance; full grievance adds 1
  double open_draw = 0.0;   ///< of open country; the most difficult terrain adds 1
  double daunting_strength = 0.0;  ///< enemies, by their quality, that halve the draw
  double friendly_draw = 0.0;      ///< of a region whose owner they do not dislike
};

/// Where a cell of the group in `from` goes: a neighbour, or `from` if it stays. `weights` is room
/// to work in.
RegionId destination(const World& world, ActorId group, RegionId from, const CellRules& rules,
                     Stream& stream, std::vector<double>& weights);

}  // namespace casus
