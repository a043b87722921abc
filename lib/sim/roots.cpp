#include "casus/sim/mechanism.h"

namespace casus {

EventId StepContext::happened_in(Event event, EventId cause) {
  const EventId id = happened(event, {cause});
  if (!cause.valid()) {
    decided({.event = id,
             .kind = DecisionKind::circumstance,
             .yes = true,
             .who = event.who,
             .whom = event.whom});
  }
  return id;
}

void StepContext::from_outside(std::size_t mark) {
  for (std::size_t i = mark; i < log.size(); ++i) {
    const Event e = log[EventId(i)];
    if (e.cause_count > 0) continue;
    decided({.event = e.id,
             .kind = DecisionKind::timeline,
             .yes = true,
             .times = 0,
             .who = e.who,
             .whom = e.whom,
             .pact = e.pact,
             .article = e.article});
  }
}

}  // namespace casus
