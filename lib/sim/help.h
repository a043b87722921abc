#pragma once

#include "casus/law/resolve.h"
#include "casus/sim/mechanism.h"

namespace casus {

struct HelpRules {
  double aid = 0.0;       ///< MUSD a year
  double sanction = 0.0;  ///< share of income cut
  double mediation_days = 0.0;
};

/// Help that was promised is given, at the request of the government in place or not: words, good
/// offices, a measure, bases, troops, a side in the war. Returns its event; none where nothing came
/// of it (the member is gone, the war is over), and for measures, which log and report themselves.
EventId give_help(StepContext& context, const law::Commitment& help, const HelpRules& rules,
                  bool invited, EventId cause);

}  // namespace casus
