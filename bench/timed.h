#pragma once

#include <memory>
#include <vector>

#include "casus/sim/mechanism.h"

namespace casus::bench {

/// The standard mechanisms, each with a clock around its step: `seconds[m]` grows by the time that
/// mechanism m takes. Nothing else differs, which benchmarks check by the hash. `seconds` outlives
/// the simulations made with the registry.
Registry timed_registry(std::vector<double>& seconds);

}  // namespace casus::bench
