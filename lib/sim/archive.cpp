#include "casus/core/archive.h"

#include "casus/core/contracts.h"
#include "casus/sim/events.h"
#include "casus/sim/mechanism.h"

namespace casus {

static void archive(Archive& a, Event& x) {
  auto& [id, kind, step, who, whom, where, pact, article, reason, war, size, deaths,
         civilian_deaths, cause_begin, cause_count] = x;
  a(id, kind, step, who, whom, where, pact, article, reason, war, size, deaths, civilian_deaths,
    cause_begin, cause_count);
}

void EventLog::archive(Archive& a) {
  a(events_, causes_);
  if (!a.reads()) return;
  for (const Event& e : events_) {
    CASUS_EXPECTS(
        e.cause_begin <= causes_.size() && e.cause_count <= causes_.size() - e.cause_begin,
        "causes of an event are not in the log");
  }
}

void archive(Archive& a, LawRules& x) {
  auto& [settings, request_coup, request_threat, reputation, airlift_share, garrison_free,
         garrison_sent, entry_defence, smallest_contingent, arrears_forces, arrears_aid,
         ultimatum_days] = x;
  a(settings, request_coup, request_threat, reputation, airlift_share, garrison_free, garrison_sent,
    entry_defence, smallest_contingent, arrears_forces, arrears_aid, ultimatum_days);
}

}  // namespace casus
