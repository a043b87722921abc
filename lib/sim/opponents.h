#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/executor.h"
#include "casus/world/world.h"

namespace casus {

/// Against whom each actor has to be on its guard: those it is at war with, and rivals next door.
/// That changes seldom, so it is looked for only where it may have. Follows from the world, so it
/// is no state.
class Opponents {
 public:
  /// To be called whenever relations may have changed since, or actors been born.
  void update(const World& world, Executor& executor);
  /// In the order of rows; the dead stay among them.
  const std::vector<ActorId>& of(ActorId actor) const { return of_[actor.row()]; }

 private:
  std::uint64_t age_ = 0;  ///< of the relations that were looked at
  std::size_t read_ = 0;   ///< changes that were looked at
  std::vector<ActorId> again_;
  std::vector<std::vector<ActorId>> of_;
};

}  // namespace casus
