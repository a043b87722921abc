#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/study/statistics.h"
#include "casus/why/target.h"

namespace casus::why {

/// A run of a scenario, in which something is there, and the run of the other, in which it is not.
struct Recorded {
  const ScenarioData& scenario;
  const KeptEvents& events;
};

/// Where two runs on the same luck part: the first event of either that the other does not have, by
/// names. What the law thinks on the way to a decision is left out: a pact that is asked and says
/// no has had no effect.
struct Divergence {
  bool parts = false;
  std::uint32_t step = 0;  ///< of the earlier of the two events
  EventId with, without;   ///< none: that run has no further event
  std::size_t common = 0;  ///< events before, the same in both
};
CASUS_API Divergence first_divergence(const Recorded& with, const Recorded& without);

/// What taking something away does, over pairs of runs that share their luck.
///
/// Pearl's probabilities (Causality, 2000, chapter 9), which a pair answers outright, as it shows
/// what would have happened in either world. Necessity: of the runs in which it was there and the
/// outcome came, the share in which the outcome does not come without it. Sufficiency: of the runs
/// in which it was not there and the outcome did not come, the share in which it comes with it.
struct ButFor {
  std::size_t runs = 0, failed = 0;
  std::size_t both = 0, only_with = 0, only_without = 0, neither = 0;
  std::size_t parted = 0;                    ///< pairs that part
  std::optional<std::uint32_t> median_step;  ///< of those that part
  std::vector<std::uint32_t> never;          ///< runs that never part, the first few
  Estimate necessity{}, sufficiency{}, necessary_and_sufficient{};
};
CASUS_API ButFor but_for(const Scenario& with, const Scenario& without, const Registry& registry,
                         const std::string& target, const Runs& runs);

/// The figures from the four counts: Wilson's intervals; NaN where there is nothing to take a share
/// of.
CASUS_API void estimate(ButFor& pairs);

/// The edit that takes away what a path names: "pacts.aes" is removed, "actors.jnim.forces=100" is
/// set.
CASUS_API Edit taking_away(const std::string& path);

}  // namespace casus::why
