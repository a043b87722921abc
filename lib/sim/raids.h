#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
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
  WarId war{};              ///< in which it stands against the owner, or none

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

/// Where else those who raid have people on the other side of a border, whom a raid excites too: of
/// many raids at once, as it is a search.
class Neighbours {
 public:
  /// `raids` as they were decided.
  void find(const StepView& context, std::span<const Raid> raids);
  /// Of the raid at this place: for each border of its region the group's presence there, or none.
  std::span<const PresenceId> of(std::size_t raid) const {
    return std::span(there_).subspan(begin_[raid], begin_[raid + 1] - begin_[raid]);
  }

 private:
  std::vector<std::size_t> begin_;
  std::vector<PresenceId> there_;
};

}  // namespace casus
