#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "casus/core/gather.h"
#include "casus/sim/mechanism.h"
#include "casus/world/hostile_rows.h"
#include "casus/world/row_lists.h"
#include "sim/ground.h"
#include "sim/tempo.h"

namespace casus {

/// A step's fights of two rival groups in a region.
struct RivalFight {
  std::uint32_t by = 0, on = 0;  ///< rows of presences
  std::uint32_t count = 0;
  double taken = 0.0;  ///< share of the region that changes hands
};

/// A step's operations of the owner's side in a region, on one group or on civilians.
struct Sweep {
  RegionId where;
  PresenceId on;  ///< none: civilians
  std::uint32_t count = 0;
  double lost = 0.0;      ///< of what the group holds, share
  double expected = 0.0;  ///< operations in the region, of all
};

/// Has the group people in that presence who fight?
inline bool fights(const World& w, std::size_t i) {
  return w.presences.role[i] == Role::insurgent && w.presences.strength[i] >= 1.0 &&
         w.actors.alive[w.presences.actor[i].row()] != 0;
}

/// Two armed groups that are or have been at war and have presences in one region.
struct Meeting {
  RegionId region;
  std::uint32_t first = 0, second = 0;  ///< rows of presences; the first's actor has the lesser key
  bool at_war = false;                  ///< they may have made peace since
};

/// With which other armed groups an armed group is at war, or has been, and where the two meet:
/// few, where as many may stand beside it. Follows from the world, so it is no state.
class GroupEnemies {
 public:
  /// To be called whenever wars may have changed since, or actors or presences been added.
  void update(const World& world, Executor& executor);
  /// Rows of actors.
  std::span<const std::uint32_t> of(ActorId actor) const { return of_[actor.row()]; }
  /// In the order of regions and, within one, of rows.
  const std::vector<Meeting>& meetings() const { return meetings_; }

 private:
  void know(const World& world, Executor& executor);
  static std::optional<Meeting> meeting(const World& world, std::size_t row, ActorId enemy);
  static void meet(const World& world, std::size_t row, ActorId enemy, std::vector<Meeting>& met);
  void look_again(const World& world, std::size_t row, ActorId enemy);
  void put_in_order(std::size_t known);

  std::uint64_t age_ = 0;
  std::size_t read_ = 0;  ///< changes of hostilities that were looked at
  std::size_t rows_ = 0;  ///< presences that were
  RowLists of_;           ///< each actor
  std::vector<Meeting> meetings_;
  // Of one update; their memory is kept.
  Gathered<std::pair<std::uint32_t, std::uint32_t>> enemies_;  ///< actors, of whom
  Gathered<Meeting> met_;
  std::vector<Meeting> merged_;
  std::vector<std::pair<ActorId, ActorId>> turned_;
};

/// Appends what two rivals that meet do to each other. One draw a pair, so that a truce moves
/// nothing else.
void decide_rival_fight(const StepView& context, const Meeting& meeting, const GroundRules& rules,
                        const Tempo& tempo, std::vector<RivalFight>& found);

/// Appends the operations of the owner's side in the region.
void decide_sweeps(const StepView& context, RegionId region, const Defence& defence,
                   const GroundRules& rules, const HostileRows& hostile, std::vector<Sweep>& found);

}  // namespace casus
