#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/study/statistics.h"

namespace casus {

// Which of the uncertain things matter for an outcome.

/// Sobol's indices of one input.
struct SobolIndex {
  Estimate first{};  ///< share of the variance that goes if this is known
  Estimate total{};  ///< share that stays while this alone is not known
};
/// From the outcomes of a design of Saltelli's arrangement, point by point (design_points). First
/// and total indices by Jansen's (1999) estimators; intervals from 500 bootstrap samples of the
/// base points. Shares of a variance of nothing are NaN.
CASUS_API std::vector<SobolIndex> sobol_indices(std::span<const double> outcomes,
                                                std::size_t inputs, std::uint64_t seed = 1,
                                                double confidence = 0.95);

/// Elementary effects of one input (Morris 1991; Campolongo et al. 2007).
struct MorrisEffect {
  double mean_absolute = 0.0;  ///< how much it matters
  double mean = 0.0;           ///< in which direction
  double deviation = 0.0;      ///< how much that depends on where, and on the other inputs
};
/// From the points of a Morris design in the unit cube and their outcomes.
CASUS_API std::vector<MorrisEffect> morris_effects(std::span<const std::vector<double>> points,
                                                   std::span<const double> outcomes);

/// What a linear regression on recorded inputs says of one of them.
struct RegressionEffect {
  double standardised = 0.0;  ///< coefficient in standard deviations of outcome and input (SRC)
  /// Partial rank correlation (PRCC): with the other inputs' part taken out of both, in ranks. Its
  /// interval is Fisher's.
  Estimate partial_rank{};
};
struct Regression {
  std::vector<RegressionEffect> inputs;
  double explained = 0.0;  ///< R² of the linear model
  std::size_t n = 0;
};
/// `inputs` has a row a run. Inputs that do not vary have NaN; so has everything where there are
/// not more runs than inputs + 2.
CASUS_API Regression regression_effects(std::span<const std::vector<double>> inputs,
                                        std::span<const double> outcomes, double confidence = 0.95);

/// Shapley's share of each of `parts` in an effect. `effects[s]` is what the set of parts in the
/// bits of s brings about, in each world; effects[0] is that of none.
struct ShapleyShare {
  Estimate share{};
};
/// Exact over all 2^parts sets; the shares add up to the effect of all parts. Intervals are
/// Student's over the worlds.
CASUS_API std::vector<ShapleyShare> shapley_shares(std::span<const std::vector<double>> effects,
                                                   std::size_t parts, double confidence = 0.95);

}  // namespace casus
