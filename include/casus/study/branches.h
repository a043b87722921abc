#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/sim/mechanism.h"
#include "casus/study/ensemble.h"

namespace casus {

/// A run that is another one for so many steps, and goes on from there under an edited scenario.
struct Branch {
  Scenario scenario;
  std::uint32_t step = 0;  ///< steps done when it branches off; 0: a run of its own
};

/// One run of a scenario and what branches off it; what they have in common is made once. `take` is
/// called with 0 and the run, then with 1, 2 and so on and each branch, and may keep what it is
/// given. A branch that cannot be (Simulation::fork) has failed, and says why. Of the options it
/// reads `inner`, `outcomes` and `cancelled`; where it is cancelled, RunCancelled leaves it.
/// Outcomes of the program that watch runs cannot follow a branch (ContractError).
CASUS_API void run_branches(const Scenario& trunk, std::span<const Branch> branches,
                            const Registry& registry, const RunSpec& spec,
                            const EnsembleOptions& options,
                            const std::function<void(std::size_t which, RunResult&)>& take);

/// For how many steps runs of two scenarios with the same draws are certain to be the same: up to
/// the first day for which the timeline of one has an entry that the other's has not, if nothing
/// else differs; else 0. (Of what the timeline has done by then, decisions name the entry by its
/// row in the first.)
CASUS_API std::uint32_t shared_steps(const ScenarioData& a, const ScenarioData& b);

}  // namespace casus
