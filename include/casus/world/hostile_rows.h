#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/executor.h"
#include "casus/core/export.h"
#include "casus/world/world.h"

namespace casus {

/// Which presences stand on the soil of somebody they are at war with: hostile_in() of every row.
/// Owners stay, so from step to step only pairs whose hostilities have changed are looked at, and
/// new rows. Follows from the world, so it is no state.
class CASUS_API HostileRows {
 public:
  /// To be called whenever wars or rows may have changed since.
  void update(const World& world, Executor& executor);
  bool operator[](std::size_t row) const { return rows_[row] != 0; }
  /// Is there one in the region? In most there is none, so who looks for one asks this first.
  bool any_in(RegionId region) const { return in_region_[region.row()] != 0; }

 private:
  std::uint64_t age_ = 0;
  std::size_t read_ = 0;  ///< changes that were looked at
  std::vector<std::uint8_t> rows_;
  std::vector<std::uint32_t> in_region_;  ///< how many of each region
  std::vector<std::uint8_t> owns_;        ///< has the actor soil of its own? Those born have none
};

}  // namespace casus
