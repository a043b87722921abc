#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/gather.h"
#include "casus/sim/mechanism.h"
#include "casus/world/block_lists.h"

namespace casus {

struct DesertionRules {
  double rate = 0.0;    ///< a year, of a force without will
  double unpaid = 0.0;  ///< a year, of a force without pay
};

/// Unpaid or beaten men go home: those in the field to the region's residents, the reserve to the
/// capital's. What comes home to a region is added up there in the order of actors, by one worker,
/// so regions need not wait for each other.
class Desertion {
 public:
  void run(StepContext& context, const DesertionRules& rules);

 private:
  /// The share that left when it was last found, and what from.
  struct Share {
    double rate = -1.0, years = 0.0;
    double share = 0.0;
  };
  /// Those of a state's reserve who go home to its capital.
  struct FromReserve {
    RegionId capital;
    ActorId of;
    double people = 0.0;
    std::uint32_t next = 0;  ///< of the same capital, 0: none, else 1 + its place
  };

  void put_in_order(const World& w);
  void leave(StepContext& context, const DesertionRules& rules, ActorId actor,
             std::vector<FromReserve>& from_reserve);
  void come_home(World& w, RegionId region) const;

  std::vector<Share> last_;
  /// Of each actor, the share that leaves and becomes residents on its own soil, and on that of
  /// others, as groups' do.
  std::vector<double> at_home_, anywhere_;
  Gathered<FromReserve> found_;
  std::vector<FromReserve> from_reserves_;
  std::vector<std::uint32_t> first_;  ///< of each region, as FromReserve::next
  BlockLists<std::uint32_t> rows_;    ///< of each region, in the order of actors
  std::size_t ordered_ = 0;           ///< presences that are there
  std::uint64_t age_ = 0;
};

}  // namespace casus
