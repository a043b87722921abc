#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/study/outcome.h"
#include "casus/study/statistics.h"
#include "casus/study/value_range.h"

namespace casus {

// What two worlds that differ in one thing say about that thing. Values come in pairs, made with
// the same luck, so that what both worlds have in common drops out of the difference.

/// The difference `other` - `base` of one outcome.
struct PairedEffect {
  Estimate difference{};  ///< `n` counts the pairs in which both have an answer
  double base = 0.0;      ///< the same statistic of those pairs alone, in the one world
  double other = 0.0;     ///< and in the other
  double p_value = 1.0;   ///< that a difference so large is luck; 1 where nothing differs
  double lower = 0.0, higher = 0.0;  ///< shares of the pairs in which `other` is so; the rest ties
  /// How many times more pairs of independent seeds would be needed for the same precision: the sum
  /// of the two variances over that of the differences. Infinite where all differences are the
  /// same, NaN where nothing varies.
  double gain = 1.0;
  double horizon = 0.0;  ///< durations: days up to which they are compared
};

/// The difference of two means, by Student's t over the pairs. The interval leaves out what the
/// range of the values forbids.
CASUS_API PairedEffect paired_means(std::span<const double> base, std::span<const double> other,
                                    double confidence = 0.95, Range range = {});

/// The difference of two proportions, with the score interval for matched pairs (Tango 1998). It
/// rests on the pairs that disagree alone, stays within [-1, 1] and says something sensible where
/// no pair disagrees. The p-value is that of McNemar's statistic without correction, which is the
/// same test. Values are 0 or 1.
CASUS_API PairedEffect paired_proportions(std::span<const double> base,
                                          std::span<const double> other, double confidence = 0.95);

/// The difference of two durations: of the mean time that passes before the event within a horizon,
/// up to which every pair was watched. A run is censored because it ends, at a day that was fixed
/// beforehand, and not because of what happened in it; so min(duration, horizon) is known in every
/// run, no curve has to be estimated, and the pairs stay pairs. Medians, by contrast, are often not
/// reached, and the difference of two is not the median of the differences.
CASUS_API PairedEffect paired_durations(std::span<const OutcomeValue> base,
                                        std::span<const OutcomeValue> other,
                                        double confidence = 0.95);

/// p-values of several comparisons, adjusted by Holm's (1979) step-down: comparing each with 0.05
/// is wrong about any of them in at most one of twenty experiments.
CASUS_API std::vector<double> holm(std::span<const double> p_values);

}  // namespace casus
