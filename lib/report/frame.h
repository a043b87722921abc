#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "casus/output/results.h"
#include "casus/report/report.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"
#include "casus/study/series.h"

namespace casus {

/// What a report says of a scenario, before any run: titles, places, outcomes, sources.
ReportData report_frame(const Scenario& scenario, std::span<const OutcomeSpec> outcomes);

/// Summaries from the values. Times that are not known of every run are not known.
void finish_arm(std::span<const OutcomeSpec> outcomes, ReportArm& arm);

/// Runs worth telling among `arm.runs`: a typical one, the worst and the best, with why and
/// without events. By what they add up to: deaths where they are known, or else the first outcome
/// that is a number.
std::vector<ReportRun> runs_to_tell(std::span<const OutcomeSpec> outcomes, const ReportArm& arm);

/// The log of a run with names for rows.
ReportRun log_of(const ScenarioData& scenario, std::uint32_t run, const KeptEvents& kept);

ReportProvenance provenance_of(const Scenario& scenario, const ResultsInfo& info,
                               const std::string& folder);

/// A command as a shell takes it.
std::string command_line(std::span<const std::string> arguments);

/// Keeps the series of so many runs, and gives their quantiles.
class SeriesGatherer {
 public:
  SeriesGatherer(const ScenarioData& scenario, std::size_t most);
  const std::vector<SeriesColumn>& columns() const { return columns_; }
  void add(std::span<const Observation> series, std::uint32_t world = 0);
  bool wants_more() const { return runs_ < most_; }
  ReportSeries quantiles() const;
  /// Of what these runs have more than those of another policy, world by world; nothing where they
  /// have other dates. Worlds are those that `add` was given, ascending.
  ReportSeries less(const SeriesGatherer& other) const;

 private:
  std::vector<Date> dates() const;

  Clock clock_;
  std::vector<SeriesColumn> columns_;
  std::vector<std::uint32_t> steps_;  ///< at which rows are due
  std::size_t most_, runs_ = 0;
  std::vector<float> values_;  ///< by run, step and column
  std::vector<std::uint32_t> worlds_;
};

}  // namespace casus
