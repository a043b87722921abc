#include "casus/study/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/core/contracts.h"
#include "casus/study/value_range.h"

namespace casus {
namespace {

using Status = OutcomeValue::Status;

void describe_spread(std::vector<double> values, OutcomeSummary& s) {
  s.standard_deviation = standard_deviation(values);
  std::sort(values.begin(), values.end());
  s.minimum = quantile(values, 0.0);
  s.q05 = quantile(values, 0.05);
  s.q50 = quantile(values, 0.5);
  s.q95 = quantile(values, 0.95);
  s.maximum = quantile(values, 1.0);
}

}  // namespace

Range value_range(OutcomeForm::Form form, std::span<const double> values) {
  Range range{outcome_form(form).low, outcome_form(form).high};
  if (form == OutcomeForm::Form::count || form == OutcomeForm::Form::sum) range.low = 0.0;
  for (const double v : values) {
    if (v < range.low) range.low = Range{}.low;
    if (v > range.high) range.high = Range{}.high;
  }
  return range;
}

std::vector<OutcomeValue> values_of(std::span<const RunResult> runs, std::size_t row) {
  std::vector<OutcomeValue> values;
  values.reserve(runs.size());
  for (const RunResult& run : runs) {
    if (run.failure) continue;
    CASUS_EXPECTS(row < run.outcomes.size(),
                  fmt::format("outcome {} of a run with {}", row, run.outcomes.size()));
    values.push_back(run.outcomes[row]);
  }
  return values;
}

OutcomeSummary summarise(const OutcomeSpec& outcome, std::span<const OutcomeValue> values,
                         double confidence) {
  OutcomeSummary s;
  s.name = outcome.name;
  s.title = outcome.title.empty() ? outcome.name : outcome.title;
  s.unit = outcome.unit;
  s.form = outcome.form;
  s.statistic = outcome_form(outcome.form).statistic;
  std::vector<double> known;
  std::vector<Duration> durations;
  for (const OutcomeValue& v : values) {
    if (v.status == Status::undefined) {
      ++s.undefined;
      continue;
    }
    durations.push_back({v.value, v.status == Status::known});
    s.horizon = std::max(s.horizon, v.value);
    if (v.status == Status::known) {
      known.push_back(v.value);
    } else {
      ++s.censored;
    }
  }
  switch (s.statistic) {
    case Statistic::proportion:
      s.happened = static_cast<std::size_t>(
          std::count_if(known.begin(), known.end(), [](double v) { return v != 0.0; }));
      s.estimate = proportion_estimate(s.happened, known.size(), confidence);
      break;
    case Statistic::mean:
      s.estimate = mean_estimate(known, confidence);
      // Student's interval does not know that there are no fewer than no dead.
      s.estimate.low = std::max(s.estimate.low, value_range(s.form, known).low);
      s.estimate.high = std::min(s.estimate.high, value_range(s.form, known).high);
      break;
    case Statistic::median_duration:
      s.happened = known.size();
      s.estimate = median_duration(durations, confidence);
      break;
  }
  describe_spread(std::move(known), s);
  return s;
}

std::vector<OutcomeSummary> summarise(std::span<const OutcomeSpec> outcomes,
                                      const EnsembleResult& result, double confidence) {
  std::vector<OutcomeSummary> summaries;
  summaries.reserve(outcomes.size());
  for (std::size_t row = 0; row < outcomes.size(); ++row) {
    summaries.push_back(summarise(outcomes[row], values_of(result.runs, row), confidence));
  }
  return summaries;
}

}  // namespace casus
