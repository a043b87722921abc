#pragma once

#include <cstdint>
#include <vector>

#include "casus/core/export.h"

/// Groups that merge and shatter (Bohorquez et al. 2009, doi:10.1038/nature08631), agent by agent:
/// why the sizes of attacks follow a power law of exponent 5/2 whoever fights.

namespace casus::classics {

struct FusionFragmentation {
  std::uint32_t agents = 10000;  ///< >= 2
  double shatter = 0.05;         ///< probability that the group picked falls apart, in (0, 1]
  /// Picks before the first look, picks between two looks, and looks; the last two >= 1.
  std::uint32_t settling = 1000000, between = 10000, looks = 100;
  std::uint32_t tail_from = 10;  ///< sizes of which the exponent is estimated, >= 2
};

struct GroupSizes {
  std::vector<double> mean;      ///< number of groups by size, [0] unused
  std::vector<double> expected;  ///< by the stationary solution, same sizes
  double exponent = 0.0;         ///< of the groups from tail_from on, all looks; NaN without any
  std::uint64_t tail = 0;        ///< how many those are
};

/// Depends on (model, seed) alone. All agents begin alone.
CASUS_API GroupSizes study_groups(const FusionFragmentation& model, std::uint64_t seed);

}  // namespace casus::classics
