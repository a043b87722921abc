#pragma once

#include <vector>

#include "casus/law/act.h"
#include "casus/law/memory.h"
#include "casus/law/stages.h"

// What the Security Council allows (Charter of the United Nations, chapter VII, articles 51, 53 and
// 103). It is remembered like a decision, so that it is saved with a run and carried from step to
// step.
namespace casus::law {

/// The most that is allowed against a party on that day: arms, measures short of them, or none.
Obligation allowed_against(ActorId target, Date date, const Context& context);

/// Is the act, as it is done to that victim, one that the Council has allowed?
bool allowed(const Act& act, ActorId victim, const Context& context);

/// Does it defend a party against which the Council has allowed arms? There is no defence against
/// what the Council allows.
bool defenceless(const Act& act, ActorId author, const Context& context);

/// What an authorisation or a revocation leaves behind; nothing if it has no effect.
struct CouncilAct {
  bool yes = false;
  Reason reason = Reason::none;
  std::vector<Remembered> left;
};
CouncilAct council_act(const Act& act, const Attribution& who, const Facts& facts);

}  // namespace casus::law
