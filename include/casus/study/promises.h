#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/world/events.h"

namespace casus {

/// What became of a member's promises under an article of a pact in one run. Rows are those of the
/// scenario: a record of a run must not need the run's own names.
struct PromiseCount {
  static constexpr std::uint32_t no_article = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t pact = 0, member = 0;
  std::uint32_t article = no_article;
  std::uint32_t obliged = 0, able = 0, honoured = 0, broken = 0, conflicts = 0;

  friend bool operator==(const PromiseCount&, const PromiseCount&) = default;
};

/// By pact, member and article, ascending. Promises of actors born during the run, and under pacts
/// that the scenario does not have, are not counted.
CASUS_API std::vector<PromiseCount> count_promises(const EventLog& log,
                                                   const ScenarioData& scenario);

}  // namespace casus
