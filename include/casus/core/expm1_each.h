#pragma once

#include <span>

#include "casus/core/export.h"

namespace casus {

/// `of[i]` becomes std::expm1(of[i]), to the bit, in half the time and less: within one such call
/// every sum waits for the one before it. For passes that need one of every row. It is made for
/// what hazards are in a step, |x| < .34; of what is larger the library is asked.
CASUS_API void expm1_each(std::span<double> of);

}  // namespace casus
