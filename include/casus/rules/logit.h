#pragma once

namespace casus::rules {

/// Logistic function 1 / (1 + e^-x), in [0, 1]; no overflow for any finite x.
double logistic(double x);

/// Log odds ln(p / (1 - p)). Requires 0 < p < 1.
double log_odds(double p);

/// Standard normal distribution function, in [0, 1].
double normal_cdf(double z);

/// Its inverse. Requires 0 < p < 1.
double normal_quantile(double p);

}  // namespace casus::rules
