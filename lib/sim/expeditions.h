#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/sim/mechanism.h"

namespace casus {

/// The parts of statecraft that move armies.

struct OffensiveRules {
  double rate = 0.0;       ///< a day, fully mobilised
  double odds = 0.0;       ///< local odds, times the region's value, from which a state attacks
  double mobilised = 0.0;  ///< from which a state thinks of offensives
  double least = 0.0;      ///< people, that an army must have
  double share = 0.0;      ///< of that army, that goes over the border
};

/// Mobilised states at war go over a border where they are stronger than what stands behind it.
void launch_offensives(StepContext& context, const OffensiveRules& rules);

/// An organ has decided on force: each member that keeps its word sends what it pledged, or else
/// `contribution` of what it has free; `lead` goes first.
void send_expedition(StepContext& context, const Crisis& crisis, ActorId lead, double contribution,
                     EventId decision);

}  // namespace casus
