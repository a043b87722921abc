#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casus/core/executor.h"
#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/sim/mechanism.h"
#include "casus/study/ensemble.h"
#include "casus/study/statistics.h"

namespace casus {

/// How an effect is shared out among more parts than all sets of can be run (Shapley): in each
/// world parts are taken out in an order that is drawn and in its reverse (Mitchell et al. 2022),
/// and a part has what it changes when it goes.
struct SharesOptions {
  std::size_t worlds = 200;  ///< at most
  std::uint32_t first_run = 0;
  std::uint64_t seed = 1;
  double confidence = 0.95;
  Executor* executor = nullptr;  ///< shares out the worlds; none: TBB
  std::vector<OwnOutcome> outcomes{};
  std::vector<std::string> only{};  ///< names of outcomes; empty: all
  /// Ends when half the interval of every share of every outcome is no more than this, in the
  /// outcome's unit. Looked at after so many worlds each time, in their order.
  std::optional<double> half_width{};
  std::size_t batch = 50;
  std::function<void(const EnsembleProgress&)> on_progress{};  ///< counts runs
  std::function<bool()> cancelled{};
};

struct SampledShares {
  struct OfOutcome {
    OutcomeSpec outcome;
    std::vector<Estimate> shares;  ///< by part
    Estimate together{};           ///< what all of them do, to which the shares add up
    std::size_t worlds = 0;        ///< in which all runs have an answer
  };
  std::vector<OfOutcome> outcomes;
  std::size_t worlds = 0, runs = 0, failed = 0;
  bool stopped = false;    ///< precise enough
  bool cancelled = false;  ///< before that
};

/// Of parts that can be removed, by path: 2 to 64. The same for any executor. Throws ScenarioError
/// where the scenario without some of them is none.
CASUS_API SampledShares sample_shares(const Scenario& scenario,
                                      const std::vector<std::string>& parts,
                                      const Registry& registry, const SharesOptions& options);

}  // namespace casus
