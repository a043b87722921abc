#pragma once

#include "casus/sim/mechanism.h"

namespace casus {

/// How states at war choose where to attack.
struct OffensiveRules {
  double rate = 0.0;          ///< a day, fully mobilised
  double success = 0.0;       ///< least chance of winning there
  double decisiveness = 0.0;  ///< of the contest that this chance comes from
  double mobilised = 0.0;     ///< from which a state thinks of offensives
  double least = 0.0;         ///< people, that go over a border
  double share = 0.0;         ///< of an army, that leaves where it stands
  double garrison = 0.0;      ///< people left for a thousand on ground that was taken
  double enough = 0.0;        ///< chance of winning for which no more are sent
};

/// A mobilised state at war goes with its armies into a region beside them: an enemy's, or its own
/// or a host's that an enemy holds. Of those where it would win it chooses the one whose ground,
/// by value and people, it gains the better chance of. An army that still has an enemy before it
/// keeps what it needs to win there, so that one that has taken a region goes on into the next.
void launch_offensives(StepContext& context, const OffensiveRules& rules);

}  // namespace casus
