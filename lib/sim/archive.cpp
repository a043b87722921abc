#include "casus/core/archive.h"

#include "casus/sim/mechanism.h"

namespace casus {

void archive(Archive& a, LawRules& x) {
  auto& [settings, request_coup, request_threat, reputation, airlift_share, surge_share,
         distance_decay, mission_least, mission_ratio, garrison_free, garrison_sent, entry_defence,
         smallest_contingent, arrears_forces, arrears_aid, ultimatum_days, memory] = x;
  static_cast<void>(memory);  // another's state
  a(settings, request_coup, request_threat, reputation, airlift_share, surge_share, distance_decay,
    mission_least, mission_ratio, garrison_free, garrison_sent, entry_defence, smallest_contingent,
    arrears_forces, arrears_aid, ultimatum_days);
}

}  // namespace casus
