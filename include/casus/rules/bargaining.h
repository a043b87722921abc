#pragma once

#include <span>

#include "casus/core/export.h"

/// To attack or to settle. Prizes are normalised to 1; costs and values are in prizes.

namespace casus::rules {

struct BargainingRange {
  double low = 0.0;   ///< least share the challenger accepts, p - cost_a
  double high = 0.0;  ///< most the other side concedes, p + cost_b
};

/// Settlements both prefer to war (Fearon 1995, doi:10.1017/S0020818300033324). p is the
/// challenger's chance of winning, in [0, 1]; costs >= 0. May reach beyond [0, 1].
CASUS_API BargainingRange bargaining_range(double p, double cost_a, double cost_b);

struct Demand {
  double share = 0.0;  ///< demanded, in [p, 1]
  double war_probability = 0.0;
};

/// The challenger's best take-it-or-leave-it demand when it knows the other's cost only to be
/// uniform on (0, cost_b_max), cost_b_max > 0 (Fearon 1995): p + max(0, (cost_b_max - cost_a) / 2),
/// and P(war) = max(0, (1 - cost_a / cost_b_max) / 2), unless the whole prize caps the demand,
/// which makes war less likely.
CASUS_API Demand best_demand(double p, double cost_a, double cost_b_max);

/// Expected value of attacking a state whose ally helps with probability `reliability`:
/// (1 - reliability) p0 + reliability p1 - cost (Smith 1995, International Studies Quarterly 39),
/// with p0, p1 the chance of winning against the victim alone and against both. Probabilities in
/// [0, 1].
CASUS_API double attack_value(double p0, double p1, double reliability, double cost);

/// Whether it exceeds the value of peace.
CASUS_API bool attack_pays(double p0, double p1, double reliability, double cost,
                           double status_quo);

/// Chance that the attacker wins against the victim and whichever of its allies come, each
/// independently with its own reliability; the contest is Tullock's with decisiveness m > 0. Exact
/// (all 2^n coalitions, some 20 ns each) up to ten allies; beyond, the second-order expansion
/// around the expected strength. Strengths >= 0 in one unit, attacker's > 0; both spans of one
/// size.
CASUS_API double coalition_win_probability(double attacker, double victim,
                                           std::span<const double> allies,
                                           std::span<const double> reliabilities, double m);

}  // namespace casus::rules
