#pragma once

#include <cstdint>

#include "casus/core/export.h"
#include "casus/rules/bargaining.h"

/// Crises in which the sides do not know all of each other: demands that risk war (Fearon 1995,
/// doi:10.1017/S0020818300033324), and alliances that are tested only where they look weak (Smith
/// 1995, International Studies Quarterly 39).

namespace casus::classics {

struct CrisisStudy {
  rules::Demand demand;           ///< the best one, and the risk of war that it takes
  double wars = 0.0;              ///< share of crises in which it is refused
  double gain = 0.0;              ///< of the challenger, mean
  double gain_of_caution = 0.0;   ///< what it gains by the most that is never refused
  double settlements_left = 0.0;  ///< share of wars in which both would have preferred some peace
};

/// A challenger that wins with probability p makes its best take-it-or-leave-it demand, `crises` >=
/// 1 times, of states whose costs of war are drawn from (0, cost_b_max).
CASUS_API CrisisStudy study_crises(double p, double cost_a, double cost_b_max, std::uint32_t crises,
                                   std::uint64_t seed);

struct DeterrenceStudy {
  double attacked = 0.0;            ///< share of alliances
  double fulfilled = 0.0;           ///< of those attacked, the share that was honoured
  double reliability = 0.0;         ///< mean over all alliances: what is not observed
  double expected_attacked = 0.0;   ///< by the threshold
  double expected_fulfilled = 0.0;  ///< NaN where nobody is attacked
};

/// `alliances` >= 1 of which an attacker knows how reliable they are, uniform on (0, 1), and
/// attacks where that pays. p0, p1, cost and status_quo as in rules::deterrence_threshold.
CASUS_API DeterrenceStudy study_deterrence(double p0, double p1, double cost, double status_quo,
                                           std::uint32_t alliances, std::uint64_t seed);

}  // namespace casus::classics
