#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/output/results.h"
#include "casus/report/report.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"

namespace casus {

class Simulation;

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

  /// EnsembleOptions::observe: watches a run for when things first happen, and for promises. On
  /// several threads at once; without it these are known of runs that keep their events.
  void watch(Simulation& simulation, const RunSpec& spec);
  /// Before the run's series and events are given away. Runs come in order.
  void add(const RunResult& run);
  /// After the last run: a typical run, the worst and the best, to tell them event by event. Makes
  /// them again, if there were more than a few, or they did not keep their events.
  void tell(const Registry& registry);
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

/// What can be known of a report from a folder of results. `vocabulary` is that of the program's
/// mechanisms. Throws OutputError E0603 for what is no such folder or was changed.
CASUS_API ReportData read_report(const std::string& folder, const Vocabulary& vocabulary);

}  // namespace casus
