#pragma once

#include "casus/core/export.h"

namespace casus::rules {

/// Price of fuel, relative to what it was, where a share of what is used is missing: demand falls
/// by .34 of one per cent for each per cent of the price (Brons, Nijkamp, Pels & Rietveld 2008,
/// doi:10.1016/j.eneco.2007.08.004, mean of 312 estimates), so it is (1 - missing)^(-1/.34), 4.5
/// where 40 % are missing. Never above most_fuel_price, beyond which an elasticity says nothing.
/// missing in [0, 1].
inline constexpr double fuel_price_elasticity = 0.34;
inline constexpr double most_fuel_price = 20.0;
CASUS_API double fuel_price(double missing);

}  // namespace casus::rules
