#include "casus/why/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "why/phrases.h"

namespace casus::why {
namespace {

bool of_events(const OutcomeSpec& spec) {
  return outcome_form(spec.form).of == OutcomeForm::Of::events;
}

}  // namespace

Target::Target(const ScenarioData& scenario, const std::string& text)
    : scenario_(&scenario), outcomes_(scenario) {
  const std::size_t sign = text.find_first_of("<>");
  const std::string name = text.substr(0, sign);
  std::vector<std::string> names;
  names.reserve(scenario.outcomes.size());
  for (const OutcomeSpec& o : scenario.outcomes) names.push_back(o.name);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    const std::string near = nearest(name, names);
    throw ContractError(fmt::format(
        "no outcome '{}'{}", name,
        near.empty() ? (names.empty() ? "; the scenario has none" : "; there are " + listing(names))
                     : fmt::format("; did you mean '{}'?", near)));
  }
  row_ = static_cast<std::size_t>(found - names.begin());
  if (sign != std::string::npos) {
    limit_ = text[sign] == '>' ? Limit::above : Limit::below;
    const char* const begin = text.data() + sign + 1;
    const char* const end = text.data() + text.size();
    const auto [last, error] = std::from_chars(begin, end, value_);
    CASUS_EXPECTS(error == std::errc() && last == end && std::isfinite(value_),
                  fmt::format("'{}' is no number", text.substr(sign + 1)));
  } else {
    CASUS_EXPECTS(
        of_events(outcome()),
        fmt::format("outcome '{}' is a quantity: say from where on it has happened, as in "
                    "'{}>1000' or '{}<0.5'",
                    name, name, name));
  }
}

std::string Target::title() const {
  const std::string title = outcome().title.empty() ? outcome().name : outcome().title;
  if (limit_ == Limit::none) return title;
  return fmt::format("{} {} {}", title, limit_ == Limit::above ? "above" : "below",
                     number_phrase(value_));
}

bool Target::happened(const RunResult& run) const {
  if (run.failure || row_ >= run.outcomes.size()) return false;
  const OutcomeValue& x = run.outcomes[row_];
  if (x.status != OutcomeValue::Status::known) return false;
  if (limit_ == Limit::above) return x.value > value_;
  if (limit_ == Limit::below) return x.value < value_;
  // When it came, it came: on the first day as well.
  const bool when =
      outcome().form == OutcomeSpec::Form::first || outcome().form == OutcomeSpec::Form::last;
  return when || x.value > 0.0;
}

EventId Target::event(const EventLog& log) const {
  const std::vector<EventId> events = outcomes_.events(row_, log);
  if (events.empty()) return {};
  if (of_events(outcome())) return events.front();
  return *std::max_element(events.begin(), events.end(),
                           [&](EventId a, EventId b) { return log[a].deaths < log[b].deaths; });
}

}  // namespace casus::why
