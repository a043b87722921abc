#include "sim/borders.h"

namespace casus {

void Borders::update(const World& world) {
  const RegionTable& t = world.regions;
  if (actors_ == world.actors.size() && owner_ == t.owner) return;
  actors_ = world.actors.size();
  owner_ = t.owner;
  touch_.assign(actors_ * actors_, 0);
  for (std::size_t r = 0; r < t.size(); ++r) {
    const auto [begin, end] = t.borders(RegionId(r));
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t a = t.owner[r].row();
      const std::size_t b = t.owner[t.border_to[i].row()].row();
      if (a == b) continue;
      touch_[a * actors_ + b] = 1;
      touch_[b * actors_ + a] = 1;
    }
  }
}

}  // namespace casus
