#include "casus/study/own_outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/scenario/outcome_forms.h"

namespace casus {

std::vector<OutcomeSpec> all_outcomes(const ScenarioData& scenario,
                                      std::span<const OwnOutcome> own) {
  std::vector<OutcomeSpec> all = scenario.outcomes;
  for (const OwnOutcome& outcome : own) {
    CASUS_EXPECTS(is_name(outcome.name),
                  fmt::format("an outcome's name is no name: '{}'", outcome.name));
    CASUS_EXPECTS((outcome.value != nullptr) != (outcome.watch != nullptr),
                  fmt::format("outcome '{}' needs one of 'value' and 'watch'", outcome.name));
    CASUS_EXPECTS(std::none_of(all.begin(), all.end(),
                               [&](const OutcomeSpec& o) { return o.name == outcome.name; }),
                  fmt::format("there are two outcomes '{}'", outcome.name));
    OutcomeSpec spec;
    spec.name = outcome.name;
    spec.title = outcome.title.empty() ? outcome.name : outcome.title;
    spec.unit = outcome.unit.empty() ? outcome_form(outcome.form).unit : outcome.unit;
    spec.form = outcome.form;
    all.push_back(std::move(spec));
  }
  return all;
}

OutcomeValue checked(const OwnOutcome& outcome, OutcomeValue value) {
  if (value.status == OutcomeValue::Status::undefined) return {};
  const OutcomeForm& form = outcome_form(outcome.form);
  const auto says = [&](const char* what) {
    return fmt::format("outcome '{}': {} is {}", outcome.name, value.value, what);
  };
  CASUS_EXPECTS(std::isfinite(value.value), says("no finite number"));
  CASUS_EXPECTS(value.value >= form.low && value.value <= form.high,
                says("outside the range of its form"));
  CASUS_EXPECTS(!form.whole_number || value.value == std::floor(value.value),
                says("no whole number"));
  CASUS_EXPECTS(
      value.status == OutcomeValue::Status::known || form.statistic == Statistic::median_duration,
      says("censored, and its form has no such values"));
  return value;
}

}  // namespace casus
