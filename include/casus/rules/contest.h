#pragma once

#include "casus/core/export.h"

/// Contest success functions: who wins with what effort (Hirshleifer 1989, Public
/// Choice 63; axioms in Skaperdas 1996, Economic Theory 7).

namespace casus::rules {

/// Tullock's ratio form x^m / (x^m + y^m), in [0, 1]; 1/2 if both are 0. x, y >= 0 in one unit,
/// decisiveness m > 0.
CASUS_API double tullock(double x, double y, double m);

}  // namespace casus::rules
