#pragma once

#include <vector>

#include "casus/core/export.h"
#include "casus/sim/mechanism.h"
#include "casus/study/own_outcome.h"

namespace casus {

class RunPlaces;

/// The program `casus`, all its commands, with these mechanisms: scenarios may configure them, the
/// reference and the schema describe them, runs and replays step them. Reads argv, prints, and
/// returns the exit code; never throws. `outcomes` are asked of every run besides those of the
/// scenario. With `places` the runs of its ensembles are made there. Link casus::program.
///
///     int main(int argc, char** argv) {
///       casus::Registry registry = casus::standard_registry();
///       registry.add([] { return std::make_unique<Drought>(); }, "insurgency");
///       return casus::program(argc, argv, registry);
///     }
CASUS_API int program(int argc, const char* const* argv, const Registry& registry,
                      const std::vector<OwnOutcome>& outcomes = {}, RunPlaces* places = nullptr);

}  // namespace casus
