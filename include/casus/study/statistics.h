#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"

namespace casus {

// What an ensemble is summarised with. Sums go through the values in their order, so that the same
// runs give the same figures to the bit. Values must be finite; what has no answer (a mean of
// nothing, an interval of one value) is NaN.

/// An estimate with its two-sided confidence interval.
struct Estimate {
  double value, low, high;
  std::size_t n = 0;  ///< values it rests on
};

CASUS_API double mean(std::span<const double> values);
/// Standard deviation of the sample, with n - 1 in the denominator; NaN for fewer than two values.
CASUS_API double standard_deviation(std::span<const double> values);
/// Quantile at `p` in [0, 1], linear between order statistics (Hyndman & Fan 1996, type 7, the
/// default of R and NumPy). `sorted` is in ascending order.
CASUS_API double quantile(std::span<const double> sorted, double p);
CASUS_API double median(std::span<const double> values);

/// The mean with Student's t interval. `confidence` in (0, 1).
CASUS_API Estimate mean_estimate(std::span<const double> values, double confidence = 0.95);
/// The median with the distribution-free interval between two order statistics: the narrowest
/// symmetric pair that covers at least `confidence`; NaN limits where no pair does (n < 6 at 95 %).
CASUS_API Estimate median_estimate(std::span<const double> values, double confidence = 0.95);
/// A proportion with Wilson's score interval (Wilson 1927), which keeps its meaning at 0 and 1.
/// `successes` <= `n`.
CASUS_API Estimate proportion_estimate(std::size_t successes, std::size_t n,
                                       double confidence = 0.95);

/// A duration of one run: how long until the event, or for how long it is known not to have come.
struct Duration {
  double time = 0.0;     ///< >= 0
  bool happened = true;  ///< false: censored at `time`
};

/// One step of a survival curve, at a time at which the event happened.
struct SurvivalStep {
  double time = 0.0;
  double survival = 1.0;  ///< P(later than `time`)
  double low = 0.0, high = 1.0;
  std::size_t at_risk = 0;
  std::size_t events = 0;
};

/// The curve of Kaplan & Meier (1958). Limits are pointwise, from Greenwood's variance on the scale
/// of log(-log S) (Kalbfleisch & Prentice 1980); NaN where the curve is at 0.
CASUS_API std::vector<SurvivalStep> kaplan_meier(std::span<const Duration> durations,
                                                 double confidence = 0.95);
/// The median duration: the first time at which the curve is at or below one half, and the same of
/// its limits (Brookmeyer & Crowley 1982). Infinite where it is never reached.
CASUS_API Estimate median_duration(std::span<const Duration> durations, double confidence = 0.95);

}  // namespace casus
