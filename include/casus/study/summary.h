#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/outcome_forms.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"
#include "casus/study/statistics.h"

namespace casus {

/// What an ensemble says about one outcome.
struct OutcomeSummary {
  using Statistic = casus::Statistic;
  std::string name, title, unit;
  OutcomeSpec::Form form = OutcomeSpec::Form::ever;
  Statistic statistic = Statistic::mean;
  /// The statistic with its interval. `n` counts the runs that have an answer, censored included; a
  /// median duration that is not reached is infinite.
  Estimate estimate{};
  std::size_t happened = 0;   ///< runs in which it came about (proportion, median duration)
  std::size_t censored = 0;   ///< runs that ended before it came
  std::size_t undefined = 0;  ///< runs without an answer
  double horizon = 0.0;  ///< days, the longest time for which a run was watched, or that it took
  // The spread over the runs that have an answer; of a duration, over those in which it came.
  double standard_deviation, minimum, q05, q50, q95, maximum;
};

/// Values of outcome `row` in the runs that ended, in order.
CASUS_API std::vector<OutcomeValue> values_of(std::span<const RunResult> runs, std::size_t row);

/// Summarises one outcome from its values.
CASUS_API OutcomeSummary summarise(const OutcomeSpec& outcome, std::span<const OutcomeValue> values,
                                   double confidence = 0.95);
/// Every outcome: EnsembleResult::outcomes. Failed runs are left out; how many there are is in the
/// result.
CASUS_API std::vector<OutcomeSummary> summarise(std::span<const OutcomeSpec> outcomes,
                                                const EnsembleResult& result,
                                                double confidence = 0.95);

}  // namespace casus
