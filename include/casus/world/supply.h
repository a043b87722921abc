#pragma once

#include <cstdint>
#include <vector>

#include "casus/core/export.h"
#include "casus/world/world.h"

namespace casus {

/// Where the men and supplies of an actor come by land: to what borders its own soil, a host's, or
/// a region most of which it has taken, when a road leads there through such regions. A crossing by
/// sea that is a border on the map is a road too. Looked for when it is first asked; keeps its
/// memory from one actor and day to the next.
class CASUS_API Supply {
 public:
  /// The world must stay as it is until the last question.
  void begin(const World& world, ActorId actor);
  bool reaches(RegionId region);

 private:
  bool lets_through(RegionId region) const;
  void look();

  const World* world_ = nullptr;
  ActorId actor_;
  bool looked_ = false;
  std::vector<std::uint8_t> reached_;
  std::vector<RegionId> open_;
};

}  // namespace casus
