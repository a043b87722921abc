#pragma once

#include "casus/core/export.h"

/// How views and threats move.

namespace casus::rules {

/// Exponential relaxation of x toward `target` over `days` >= 0 at `rate` >= 0 per day; exact, so
/// two half steps are one step.
CASUS_API double relax(double x, double target, double rate, double days);

/// One agent's update in Friedkin & Johnsen 1990 (doi:10.1080/0022250X.1990.9990069):
/// susceptibility * (weighted view of others) + (1 - susceptibility) * own first view.
/// 0 <= susceptibility <= 1.
CASUS_API double anchored_view(double susceptibility, double view_of_others, double first_view);

}  // namespace casus::rules
