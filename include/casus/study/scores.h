#pragma once

#include <cstdint>
#include <span>

#include "casus/core/export.h"

namespace casus {

// How good forecasts of yes or no were. `outcomes` are 0 or 1; the spans have the same size. What
// has no answer is NaN.

/// Area under the ROC curve: the probability that a random positive is ranked above a random
/// negative, ties counting one half (mid-ranks; Mann & Whitney 1947). NaN unless there are both.
CASUS_API double auc(std::span<const double> scores, std::span<const std::uint8_t> outcomes);

/// Brier's (1950) mean squared error of the probabilities. NaN for no forecasts.
CASUS_API double brier_score(std::span<const double> probabilities,
                             std::span<const std::uint8_t> outcomes);

/// Mean negative log likelihood, in nats; infinite where the impossible happened. NaN for none.
CASUS_API double log_score(std::span<const double> probabilities,
                           std::span<const std::uint8_t> outcomes);

// How good an ensemble was for one number. `sorted` are its members in ascending order, at least
// one (two where said), and finite.

/// Is an ensemble a sample of what is forecast, or all there is of it (the last twelve months, each
/// as likely as the other)?
enum class EnsembleKind : std::uint8_t { sample, whole };

/// Continuous ranked probability score, mean |x - y| - half the mean |x - x'| (Gneiting & Raftery
/// 2007, doi:10.1198/016214506000001437), in the unit of what is forecast; 0 is perfect. For a
/// sample the second mean is over pairs of different members, so that the score does not depend on
/// how many there are (Ferro 2014, doi:10.1002/qj.2270; two or more); for a whole over all pairs.
CASUS_API double crps(std::span<const double> sorted, double observed, EnsembleKind kind);

/// -ln P of the class that happened. `edges` (ascending) cut the numbers into classes, each
/// beginning at its edge; P is the share of members in it with half a member added to each class
/// (Krichevsky & Trofimov 1981, doi:10.1109/TIT.1981.1056331), as none is impossible.
CASUS_API double class_log_score(std::span<const double> sorted, double observed,
                                 std::span<const double> edges);

/// Brier's score of "at least `threshold`".
CASUS_API double threshold_score(std::span<const double> sorted, double observed, double threshold);

/// The chance that the randomised probability integral transform of what happened is in
/// (low, high): on average high - low for a calibrated forecast (Czado, Gneiting & Held 2009,
/// doi:10.1111/j.1541-0420.2009.01191.x). What ties with members is spread evenly over its step.
CASUS_API double pit_coverage(std::span<const double> sorted, double observed, double low,
                              double high);

}  // namespace casus
