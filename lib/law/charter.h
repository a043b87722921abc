#pragma once

#include <span>
#include <vector>

#include "casus/law/act.h"
#include "casus/law/memory.h"
#include "casus/law/stages.h"

// What is allowed without being owed: by the right that a pact gives, and by the Security Council
// (Charter of the United Nations, chapter VII, articles 51, 53 and
// 103). Both are remembered like decisions, so that they are saved with a run and carried from step
// to step.
namespace casus::law {

/// The most that is allowed against a party on that day: arms, measures short of them, or none.
Obligation allowed_against(ActorId target, Date date, const Context& context);

/// Is the act, as it is done to that victim, one that the Council has allowed?
bool allowed(const Act& act, ActorId victim, const Context& context);

/// Does it defend a party against which the Council has allowed arms? There is no defence against
/// what the Council allows.
bool defenceless(const Act& act, ActorId author, const Context& context);

/// Has a pact given the author the right to act so, for whom it helps or on whose soil it acts? The
/// right is there once an act has set it in motion, and for as long as that act can be answered.
bool by_right(const Act& act, ActorId author, const Context& context);

/// How far a pact gives the member the right to help that party, on that day; `today`: what is to
/// be remembered of the acts of that day.
Obligation right_to_help(ActorId member, ActorId beneficiary, Date date, const Context& context,
                         std::span<const Remembered> today = {});

/// What an authorisation or a revocation leaves behind; nothing if it has no effect.
struct CouncilAct {
  bool yes = false;
  Reason reason = Reason::none;
  std::vector<Remembered> left;
};
CouncilAct council_act(const Act& act, const Attribution& who, const Facts& facts);

}  // namespace casus::law
