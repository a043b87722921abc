#pragma once

#include <cstdint>
#include <span>

#include "casus/core/export.h"

/// How good forecasts of yes or no were. `outcomes` are 0 or 1; the spans have the same size. What
/// has no answer is NaN.
namespace casus {

/// Area under the ROC curve: the probability that a random positive is ranked above a random
/// negative, ties counting one half (mid-ranks; Mann & Whitney 1947). NaN unless there are both.
CASUS_API double auc(std::span<const double> scores, std::span<const std::uint8_t> outcomes);

/// Brier's (1950) mean squared error of the probabilities. NaN for no forecasts.
CASUS_API double brier_score(std::span<const double> probabilities,
                             std::span<const std::uint8_t> outcomes);

/// Mean negative log likelihood, in nats; infinite where the impossible happened. NaN for none.
CASUS_API double log_score(std::span<const double> probabilities,
                           std::span<const std::uint8_t> outcomes);

}  // namespace casus
