#pragma once

#include <array>
#include <span>
#include <vector>

#include "backtest/war_situation.h"
#include "casus/backtest/reliability.h"

namespace casus {

/// Cases of a coding and those that kept faith.
struct PromisesKept {
  double cases = 0.0, kept = 0.0;
};
/// In the order of Reliability; a war is before 1945 or after.
using PromisesByCoding = std::array<PromisesKept, reliability_codings>;

/// What a member did about a pact in one course of a war.
struct PromiseAnswer {
  bool help_owed = false;  ///< the terms apply
  bool help_given = false;
};

/// One course of a war, counted. `answers`: per pact; `sides`: per candidate, 0 where it did not
/// fight. `after`: the war is fought after 1945.
PromisesByCoding count_promises(const WarSituation& situation,
                                std::span<const PromiseAnswer> answers, std::span<const int> sides,
                                bool after);

/// The same war as long after 1945 as it was before, and its pacts as old as they were and as much
/// of institutions as pacts have had since.
WarSituation after_1945(const WarSituation& situation);

/// Rates over histories: history r is run r of every war. `before` and `after` hold for each war
/// the counts of its runs, of the wars as they were and as if after 1945.
ReliabilityTable reliability_table(std::span<const std::vector<PromisesByCoding>> before,
                                   std::span<const std::vector<PromisesByCoding>> after);

}  // namespace casus
