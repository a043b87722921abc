#pragma once

#include "casus/core/export.h"

/// Who joins a war that no pact obliges it to join: opportunity and willingness (Most & Starr 1989,
/// Inquiry, Logic and International Politics; Siverson & Starr 1991, The Diffusion of War).

namespace casus::rules {

/// Kilometres over which strength begins to fade; see distance_discount.
inline constexpr double reach_scale_km = 500.0;

/// What distance takes from the will to fight, after Boulding's loss-of-strength gradient (1962,
/// Conflict and Defense): ln(1 + km / 500), in [0, 4) on Earth. 0 for a state at whose border the
/// war is, and for a major power, which can bring force to bear anywhere. km >= 0.
CASUS_API double distance_discount(double distance_km, bool at_border, bool major_power);

/// Weights of the rule beside those of the will. Calibrated on inter-state wars, see
/// docs/backtest.md.
struct InterventionWeights {
  double level = -5.2;    ///< log of the expected joinings of a state that is near and indifferent
  double distance = 1.4;  ///< per unit of distance_discount; subtracted
};

/// Cumulative hazard, over a whole war, of joining one side unasked:
/// exp(level - distance * discount + will), with the will of casus/rules/willingness.h. The hazards
/// of the two sides compete.
CASUS_API double intervention_hazard(double discount, double will,
                                     const InterventionWeights& weights);

}  // namespace casus::rules
