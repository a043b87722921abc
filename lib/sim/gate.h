#pragma once

#include "casus/sim/mechanism.h"
#include "casus/world/mandates.h"

namespace casus {

// The gate abroad: how many people an actor can send to a place, and the mandate under which they
// then stand there.

/// People that it may keep abroad beside those it has there, >= 0.
double ceiling_left(const World& world, ActorId actor);

/// People that it can send into the region now, >= 0: what its ceiling leaves, and of a state no
/// more than LawRules::surge_share of its forces less those abroad, by the distance from its
/// capital where the two countries have no common border and it has no ceiling. Outside powers
/// send from what they have for the map (`home_power`), wherever that is.
double may_send(const World& world, const ScenarioData& scenario, const LawRules& rules,
                ActorId actor, RegionId where);
double may_send(const StepView& context, ActorId actor, RegionId where);

/// What people are sent for.
struct Posting {
  PactId pact = {};
  ActorId against = {};  ///< whom they help against; none: nobody by name
  EventId cause = {};
  double until_day = 0.0;  ///< `no_day`: until somebody calls them home; 0: the usual term
};

/// Those `people` who have come to the host's soil stand there under a mandate: that which the
/// sender has from the host already, or a new one. Nothing if the two are at war.
void post(StepContext& context, ActorId sender, ActorId host, double people,
          const Posting& posting);

}  // namespace casus
