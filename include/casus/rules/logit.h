#pragma once

#include "casus/core/export.h"

namespace casus::rules {

/// Logistic function 1 / (1 + e^-x), in [0, 1]; no overflow for any finite x.
CASUS_API double logistic(double x);

/// Log odds ln(p / (1 - p)). Requires 0 < p < 1.
CASUS_API double log_odds(double p);

/// Standard normal distribution function, in [0, 1].
CASUS_API double normal_cdf(double z);

/// Its inverse. Requires 0 < p < 1.
CASUS_API double normal_quantile(double p);

}  // namespace casus::rules
