#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/output/results.h"
#include "casus/report/report.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"

namespace casus {

/// Gathers a report while the runs of an ensemble come in, and needs no run's events and series
/// after it has seen them.
class CASUS_API ReportCollector {
 public:
  /// Of more runs than these, the first are what the series are drawn from, and what inputs are
  /// compared in; of fewer series, where they are long (32 MB of them are kept).
  static constexpr std::size_t most_series = 2000;

  /// Of so few, three to tell would take long to make again: better to keep all logs meanwhile.
  static constexpr std::size_t few_runs = 60;

  ReportCollector(const Scenario& scenario, const ResultsInfo& info);
  ~ReportCollector();
  ReportCollector(const ReportCollector&) = delete;
  ReportCollector& operator=(const ReportCollector&) = delete;

  /// Before the run's series and events are given away. Runs come in order.
  void add(const RunResult& run);
  /// Would the series of another run be looked at?
  bool wants_series() const;
  /// After the last run: a typical run, the worst and the best, to tell them event by event. Asks
  /// `stored` for their logs, if there were more than a few runs, and makes again those that are
  /// not there either.
  using KeptLogs = std::function<std::optional<KeptEvents>(std::uint32_t run)>;
  void tell(const Registry& registry, const KeptLogs& stored = {});
  /// Of all runs that were added, which it gives away: once. `folder` is where the results are.
  ReportData finish(const std::string& folder);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One policy of several over the same worlds.
struct PolicyRuns {
  std::string name;
  std::vector<const RunResult*> runs;  ///< world by world; the same number of each policy
  /// Its scenario, where the runs have their series: these are drawn, and so are the differences
  /// world by world.
  const Scenario* scenario = nullptr;
};
/// Policies side by side, the first being what the others are compared with. `baseline` is its
/// scenario, and `outcomes` what stands in the runs.
CASUS_API ReportData report_of_policies(const Scenario& baseline,
                                        std::span<const OutcomeSpec> outcomes,
                                        std::span<const PolicyRuns> policies,
                                        const ResultsInfo& info, const std::string& folder);

/// What the manifest of a results folder says of how it came to be.
CASUS_API void read_provenance(const std::string& folder, ReportData& data);

/// The report of an ensemble from its folder: that which a collector has gathered while it ran, to
/// the byte. `registry` has the mechanisms of the program, by which three runs are made again;
/// `each` sees the runs, in order. Throws OutputError E0603 for what is no such folder or was
/// changed.
using SeenRun = std::function<void(const Scenario& scenario, const RunResult& run)>;
CASUS_API ReportData read_report(const std::string& folder, const Registry& registry,
                                 const SeenRun& each = {});

}  // namespace casus
