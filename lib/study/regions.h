#pragma once

#include "casus/world/world.h"

namespace casus {

/// People of `region` living as displaced in its neighbours.
inline double displaced_from(const RegionTable& regions, RegionId region) {
  const auto [begin, end] = regions.borders(region);
  double total = 0.0;
  for (std::size_t i = begin; i < end; ++i) total += regions.displaced[i];
  return total;
}

}  // namespace casus
