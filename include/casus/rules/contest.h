#pragma once

#include <span>

#include "casus/core/export.h"

/// Contest success functions: who wins with what effort (Hirshleifer 1989, Public
/// Choice 63; axioms in Skaperdas 1996, Economic Theory 7).

namespace casus::rules {

/// Tullock's ratio form x^m / (x^m + y^m), in [0, 1]; 1/2 if both are 0. x, y >= 0 in one unit,
/// decisiveness m > 0.
CASUS_API double tullock(double x, double y, double m);

/// Hirshleifer's difference form 1 / (1 + e^(k (y - x))). k >= 0 per unit of x.
CASUS_API double hirshleifer(double x, double y, double k);

/// Tullock's form for n sides: shares[i] = x_i^m / sum x^m, equal shares if all are 0. The spans
/// have the same size >= 1 and may be the same memory; the shares sum to 1.
CASUS_API void tullock_shares(std::span<const double> efforts, double m, std::span<double> shares);

/// Hirshleifer's form for n sides: shares[i] = e^(k x_i) / sum e^(k x).
CASUS_API void hirshleifer_shares(std::span<const double> efforts, double k,
                                  std::span<double> shares);

}  // namespace casus::rules
