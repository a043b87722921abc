#pragma once

#include "casus/sim/mechanism.h"

namespace casus {

/// The parts of statecraft that move armies.

struct GuestRules {
  double deployment_rate = 0.0;  ///< a year
  double expulsion_rate = 0.0;   ///< a year
  double return_rate = 0.0;      ///< a year
};

/// Foreign troops come where a threatened government asks a friend with an appetite, go when the
/// host no longer wants them, and go home by themselves where nothing threatens any more.
void move_guests(StepContext& context, const GuestRules& rules);

struct OffensiveRules {
  double rate = 0.0;  ///< a day, fully mobilised
  double odds = 0.0;  ///< local odds, times the region's value, from which a state attacks
};

/// Mobilised states at war go over a border where they are stronger than what stands behind it.
void launch_offensives(StepContext& context, const OffensiveRules& rules);

/// An organ has decided on force: each member that keeps its word sends what it pledged, or else
/// `contribution` of what it has free; `lead` goes first.
void send_expedition(StepContext& context, const Crisis& crisis, ActorId lead, double contribution,
                     EventId decision);

}  // namespace casus
