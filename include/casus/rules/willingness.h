#pragma once

#include "casus/core/export.h"

/// Will to fight on a side: one rule for those whom a pact binds and for those who come unasked, in
/// scenarios and in the backtest of wars (Most & Starr 1989, Inquiry, Logic and International
/// Politics; Siverson & Starr 1991, The Diffusion of War).

namespace casus::rules {

/// What a state looks at.
struct WillInputs {
  double preference = 0.0;     ///< affinity to the side less that to its enemy, [-2, 2]
  double shared_threat = 0.0;  ///< danger from the enemy that both face, [0, 1]
  double cost = 0.0;           ///< the enemy's share of the power of the two, [0, 1]
  double weariness = 0.0;      ///< resolve lost, [0, 1]
};

/// Log odds per unit of each; cost and weariness are subtracted.
struct WillWeights {
  double preference = 0.0;
  double shared_threat = 0.0;
  double cost = 0.0;
  double weariness = 0.0;
};

/// What each adds: preference and shared threat as they are weighted, cost and weariness with their
/// signs turned.
struct WillParts {
  double preference = 0.0, shared_threat = 0.0, cost = 0.0, weariness = 0.0;
};
CASUS_API WillParts will_parts(const WillInputs& inputs, const WillWeights& weights);
/// Their sum.
CASUS_API double will(const WillInputs& inputs, const WillWeights& weights);

/// What the time adds to the log odds that a promise is kept: nothing up to 1945, and `since`
/// afterwards (Berkemeier & Fuhrmann 2018: 66 % of alliances that a war put to the test were
/// honoured up to 1944 and 22 % later). The logit of Leeds & Anac, on alliances of 1815 to 1989,
/// has a part of that fall in its terms for institutions, of which later pacts have more.
inline constexpr int last_year_without_era = 1945;
CASUS_API double era_of_honour(int year, double since);

}  // namespace casus::rules
