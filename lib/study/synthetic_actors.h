#pragma once

#include <cstdint>
#include <vector>

#include "study/synthetic_map.h"

namespace casus::study {

struct SyntheticStand {
  std::uint32_t region = 0;
  std::uint32_t fighters = 0;
};

/// Who stands on the ground, and who is whose enemy.
struct SyntheticPeople {
  std::vector<std::uint32_t> population;  ///< of each region
  std::vector<double> grievance;          ///< [0, 1]
  struct Group {
    std::uint32_t state = 0;  ///< where it began
    bool loyal = false;       ///< fights on that state's side
    std::vector<SyntheticStand> stands;
  };
  std::vector<Group> groups;
  std::vector<std::uint32_t> garrison;  ///< of each region, people of its owner
  struct Tie {
    std::uint32_t a = 0, b = 0;  ///< a < b
    bool rivals = false;
  };
  std::vector<Tie> ties;  ///< of groups that share ground, sorted
};

SyntheticPeople make_synthetic_people(const SyntheticSize& size, const SyntheticMap& map,
                                      const SyntheticDraws& draw);

}  // namespace casus::study
