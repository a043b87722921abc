#pragma once

#include <cstdint>
#include <vector>

#include "casus/world/world.h"

namespace casus {

/// Where the men and supplies of an actor come by land: to what borders its own soil, a host's, or
/// a region most of which it has taken, when a road leads there through such regions. A crossing by
/// sea that is a border on the map is a road too. Looked for when it is first asked.
class Supply {
 public:
  Supply(const World& world, ActorId actor) : world_(world), actor_(actor) {}
  bool reaches(RegionId region);

 private:
  bool lets_through(RegionId region) const;
  void look();

  const World& world_;
  ActorId actor_;
  std::vector<std::uint8_t> reached_;
};

}  // namespace casus
