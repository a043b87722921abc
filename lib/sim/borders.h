#pragma once

#include <cstdint>
#include <vector>

#include "casus/world/world.h"

namespace casus {

/// Which owners of regions share a land border; looked at again only when a region has changed
/// hands or an actor was born. Derived from the world, so no part of a mechanism's memory.
class Borders {
 public:
  void update(const World& world);
  /// Requires update() of the same world. False for a == b.
  bool touch(ActorId a, ActorId b) const { return touch_[a.row() * actors_ + b.row()] != 0; }

 private:
  std::size_t actors_ = 0;
  std::vector<ActorId> owner_;
  std::vector<std::uint8_t> touch_;
};

}  // namespace casus
