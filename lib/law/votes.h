#pragma once

#include "casus/law/organ.h"
#include "casus/law/stages.h"

namespace casus::law {

enum class Ballot : std::uint8_t { in_favour, against, abstained };

/// Probabilities of a member's vote.
struct Leaning {
  double in_favour = 0.5;
  double against = 0.5;
};

Leaning leaning(PactId row, const Member& member, const Proposal& proposal, const Facts& facts,
                const Settings& settings);

/// One member's vote, at its own address: a vote on more and one on less share the draw.
Ballot vote_of(const Pact& pact, PactId row, const Member& member, const Proposal& proposal,
               const Facts& facts, const Settings& settings, Replicate replicate,
               std::uint32_t step);

/// How much rather a member sees `helped` prevail than `against`, [-2, 2].
double preference(ActorId member, const Act& act, ActorId helped, ActorId against,
                  const Facts& facts);

/// What it costs a member to help `helped` against `against` over an act: of an attack beside its
/// author, what it costs to overcome the attacked.
double cost_of_help(ActorId member, const Act& act, ActorId helped, ActorId against,
                    Obligation level, const Facts& facts);

/// What an organ is asked for in a case, at the given level.
Proposal proposed(const Case& c, const Coverage& coverage, Obligation level,
                  const Context& context);

/// May this member vote on this proposal?
bool entitled(const Pact& pact, const Organ& organ, const Member& member, const Proposal& proposal);

}  // namespace casus::law
