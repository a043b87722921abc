#pragma once

#include <vector>

#include "casus/world/world.h"

namespace casus {

/// For each member of an organisation, in the order of its members, the pact with which it decides
/// whether to stay: an inner one of few of the organisation's members, who have promised each other
/// armed help. Of several the one with the most of them, of equal ones by key. None for who decides
/// by itself, and for everybody where the pact has no organs.
std::vector<PactId> blocs_in(const World& world, PactId organisation, Date today);

/// Members of an organisation who decide together.
struct Bloc {
  PactId pact;
  std::vector<ActorId> members;
  double estranged = 0.0;  ///< the sum over them
};
/// Adds a member to the bloc of its pact, which it opens if it is the first.
void add_to(std::vector<Bloc>& blocs, PactId pact, ActorId member, double estranged);

}  // namespace casus
