#pragma once

#include <cstdint>
#include <vector>

#include "casus/rules/hazard.h"
#include "casus/sim/mechanism.h"
#include "casus/world/hostile_rows.h"
#include "sim/cells.h"
#include "sim/ground.h"
#include "sim/tempo.h"

namespace casus {

/// A step's attacks of a presence on the owner's side and on civilians.
struct Raid {
  std::uint32_t by = 0;  ///< row of the presence
  std::uint32_t on_state = 0, on_civilians = 0;
  double taken = 0.0;       ///< from the state, share of the region
  double added = 0.0;       ///< excitation, an attack
  double expected = 0.0;    ///< attacks
  bool excited = false;     ///< more than half of what was expected came from past attacks
  std::uint32_t cells = 0;  ///< that consider moving

  std::uint32_t attacks() const { return on_state + on_civilians; }
};

/// By what raids are decided: rules, and what is known of the ground in this step.
struct RaidGrounds {
  const GroundRules& ground;
  const CellRules& cells;
  double branching = 0.0;
  const rules::HawkesStepper& kernel;
  const HostileRows& hostile;
  const Grievances& grievances;
  const Tempo& tempo;
};

/// Appends the raids in the region, of those who attack or whose cells consider moving.
void decide_raids(const StepView& context, const RaidGrounds& grounds, RegionId region,
                  const Defence& defence, std::vector<Raid>& found);

}  // namespace casus
