#pragma once

#include <cstdint>
#include <vector>

#include "casus/sim/mechanism.h"

namespace casus {

/// What the mechanisms ask of the law, in the world's terms.

/// An act as the law sees it, on the day of the step.
law::Act make_act(const StepView& context, law::ActKind kind, ActorId author, ActorId victim,
                  RegionId where, double size);

struct ExpectedAlly {
  ActorId actor;
  double probability = 0.0;  ///< that it comes with troops or goes to war
};

/// Who would come to the help of `victim` if `author` did this, as `author` believes. Secret pacts
/// that it does not know of are missing.
std::vector<ExpectedAlly> expected_allies(const StepView& context, law::ActKind kind,
                                          ActorId author, ActorId victim, RegionId where);

/// The first organ of a pact votes on force against those who hold power in `target`; `support` is
/// the logit of each actor's vote, by its row. Logs the vote. `about` tells proposals of one day
/// apart; `weighed` is put on record with the ballots.
bool organ_votes(StepContext& context, PactId pact, ActorId target,
                 const std::vector<double>& support, std::uint64_t about, EventId cause,
                 std::vector<Term> weighed, EventId* event);

/// May the organisation put force against those who hold power in `target` to the vote, as the
/// doctrine of regional force has it?
bool force_may_be_voted(const StepView& context, ActorId target);

/// Members of a pact entitled to vote on the day of the step.
void active_members(const StepView& context, PactId pact, std::vector<ActorId>& members);

}  // namespace casus
