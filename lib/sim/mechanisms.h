#pragma once

#include <memory>

#include "casus/sim/mechanism.h"

// The standard mechanisms, in the order of the step. A new one is a row here and a file of its name
// in lib/sim/mechanisms that defines make_<name>().
#define CASUS_MECHANISMS(ROW) \
  ROW(timeline)               \
  ROW(perception)             \
  ROW(insurgency)             \
  ROW(statecraft)             \
  ROW(coups)                  \
  ROW(commitments)            \
  ROW(combat)                 \
  ROW(control)                \
  ROW(mobilisation)           \
  ROW(economy)                \
  ROW(displacement)           \
  ROW(diplomacy)              \
  ROW(pools)                  \
  ROW(mandates)               \
  ROW(reporting)

namespace casus {

// Each is returned as it is by itself, not yet configured.
#define CASUS_DECLARE(name) std::unique_ptr<Mechanism> make_##name();
CASUS_MECHANISMS(CASUS_DECLARE)
#undef CASUS_DECLARE

}  // namespace casus
