#pragma once

#include <vector>

#include "casus/sim/mechanism.h"

namespace casus::bench {

/// Seconds that have passed.
double real_time();
/// Seconds for which processors have worked for this process: the same on a busy machine.
double processor_time();

/// The standard mechanisms, each with a clock around its step: `seconds[m]` grows by the time that
/// mechanism m takes. Nothing else differs, which benchmarks check by the hash. `seconds` outlives
/// the simulations made with the registry.
Registry timed_registry(std::vector<double>& seconds, double (*clock)() = real_time);

}  // namespace casus::bench
