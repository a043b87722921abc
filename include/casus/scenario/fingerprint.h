#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"

namespace casus {

/// A digest for each thing of which a run depends, by its path: "actors.mali", "pacts.aes",
/// "mechanisms.combat". In the order of the scenario.
using Fingerprint = std::vector<std::pair<std::string, std::uint64_t>>;

/// Of what a scenario says, whatever file it says it in: texts, outcomes and the end of the clock,
/// on which no step depends, are left out.
CASUS_API Fingerprint fingerprint(const ScenarioData& scenario);

/// The paths that are in one only, or differ, in the order of `a`, then of `b`.
CASUS_API std::vector<std::string> differences(const Fingerprint& a, const Fingerprint& b);
/// The same as one phrase: "actors.mali, pacts.aes and 3 more"; empty if they are the same.
CASUS_API std::string phrase(const std::vector<std::string>& paths);

}  // namespace casus
