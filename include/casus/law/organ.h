#pragma once

#include <cstdint>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/random.h"
#include "casus/core/weighed.h"
#include "casus/law/facts.h"
#include "casus/law/memory.h"
#include "casus/law/pact.h"
#include "casus/law/settings.h"

namespace casus::law {

/// What an organ is asked: help of a level for one party against another. Lifting a sanction or
/// mediating is asked with the roles that fit (lifting: the beneficiary is the party under it).
struct Proposal {
  Obligation level = Obligation::none;
  ActorId beneficiary{};
  ActorId against{};
  Act act{};              ///< that is answered; its date is the day of the vote
  std::uint64_t key = 0;  ///< name-derived, tells apart proposals of one step
};

/// The count, and why.
struct Vote {
  bool adopted = false;
  Reason reason = Reason::rejected;  ///< adopted, rejected, vetoed, no_quorum, objection, ...
  std::uint32_t in_favour = 0;
  std::uint32_t against = 0;
  std::uint32_t abstained = 0;
  std::uint32_t absent = 0;        ///< entitled, but stayed away
  std::uint32_t not_entitled = 0;  ///< suspended, party to the dispute, or not in force for it
  double weight_in_favour = 0.0;   ///< share of the weight present
};

/// Every member votes its interest; the organ's rule decides. Draws are keyed by pact, member and
/// proposal. Linear in members.
CASUS_API Vote organ_decides(const Pact& pact, PactId row, const Organ& organ,
                             const Proposal& proposal, const Facts& facts, const Settings& settings,
                             Replicate replicate, std::uint32_t step);

/// Adds how each member that is entitled to vote and attends has voted on it, with the chance that
/// it votes in favour.
CASUS_API void ballots(const Pact& pact, PactId row, const Organ& organ, const Proposal& proposal,
                       const Facts& facts, const Settings& settings, Replicate replicate,
                       std::uint32_t step, std::vector<Term>& out);

/// Probability that the organ adopts the proposal, exact for independent votes (weights are
/// rounded to 1/1000 of their sum; by members x votes in favour x weight).
CASUS_API double adoption_probability(const Pact& pact, PactId row, const Organ& organ,
                                      const Proposal& proposal, const Facts& facts,
                                      const Settings& settings);

/// May an organisation send arms against those who rule in one of its members? Under
/// RegionalForce::council not before the Security Council has allowed it; `known`: what it has.
CASUS_API bool may_send_arms(ActorId target, Date date, const Facts& facts,
                             const Settings& settings, const DecisionMemory* known);

/// Applies the rule to a finished count: a pure function of the numbers.
/// `weight_in_favour` and `weight_present` in the members' weights.
CASUS_API Vote count(const Organ& organ, std::uint32_t in_favour, std::uint32_t against,
                     std::uint32_t abstained, std::uint32_t absent, double weight_in_favour,
                     double weight_present, bool veto_cast, bool chair_in_favour);

}  // namespace casus::law
