#pragma once

#include "casus/core/ids.h"
#include "casus/sim/mechanism.h"

namespace casus {

struct RelapseRules {
  double rate = 0.0;  ///< a year, of a group that sees the state with indifference
};

/// Have the two laid down arms in a war that both fought to its end, or for a ceasefire?
bool laid_down_arms(const World& w, ActorId group, ActorId owner);

/// Groups take up arms again against states with which they have made peace. That is decided by the
/// group as a whole, the likelier the less it likes the state: were it left to each of its hundreds
/// of attacks, the least dislike would end any peace within days. Serial.
void relapse(StepContext& context, const RelapseRules& rules);

}  // namespace casus
