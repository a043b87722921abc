#pragma once

#include <vector>

#include "casus/law/resolve.h"
#include "casus/sim/mechanism.h"

namespace casus {

/// What the law has said, as events and crises of the run.

/// Every verdict of a pact becomes an event, caused by the verdict or act it follows from.
/// `events[i]` is that of verdict i; of a verdict that another event says already, that one.
void log_verdicts(StepContext& context, const law::Resolution& result,
                  std::vector<EventId>& events);

/// A conflict of obligations, and how it was decided.
/// `events` are those of the verdicts.
void log_conflict(StepContext& context, const law::Resolution& result, const law::Conflict& c,
                  const std::vector<EventId>& events);

/// An organisation whose organ has acted on a coup confronts those who took power: whether by
/// force is a matter of statecraft, vote by vote.
void open_crises(StepContext& context, const law::Resolution& result,
                 const std::vector<EventId>& events, double stake);

}  // namespace casus
