#include "study/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <string_view>

#include "casus/core/contracts.h"
#include "casus/scenario/outcome_forms.h"
#include "casus/world/columns.h"
#include "casus/world/event_kinds.h"

namespace casus {
namespace {

const PathColumn* find_column(const Columns& columns, std::string_view name) {
  const PathColumn* region = columns.find(PathRef::Table::region, name);
  if (region != nullptr) return region;
  const PathColumn* actor = columns.find(PathRef::Table::actor, name);
  return actor != nullptr ? actor : find_event_total(name);
}

}  // namespace

Question make_question(const OutcomeSpec& spec, const ScenarioData& scenario) {
  Question q{spec.form,
             Filter(spec.by, scenario.actors.size()),
             Filter(spec.pact, scenario.pacts.size()),
             Filter(spec.against, scenario.actors.size()),
             Filter(spec.regions, scenario.regions.size()),
             spec.within_days.value_or(std::numeric_limits<double>::infinity()),
             spec.at_least};
  const auto kind = [&](const std::string& name) {
    const auto found = scenario.events.find(name);
    CASUS_EXPECTS(found.has_value(), fmt::format("outcome '{}': no event '{}'", spec.name, name));
    return *found;
  };
  const OutcomeForm& form = outcome_form(spec.form);
  if (form.of == OutcomeForm::Of::events) {
    q.kinds.push_back(kind(spec.what));
    for (const std::string& name : spec.also) q.kinds.push_back(kind(name));
    for (const std::string& name : spec.of) q.whole.push_back(kind(name));
    return q;
  }
  q.column = find_column(scenario.columns, spec.what);
  CASUS_EXPECTS(q.column != nullptr,
                fmt::format("outcome '{}': no column '{}'", spec.name, spec.what));
  const bool filters_events = !spec.against.empty() || !spec.pact.empty() ||
                              spec.within_days.has_value() || spec.at_least > 0.0;
  if (q.column->table == PathRef::Table::actor) {
    CASUS_EXPECTS(
        !filters_events && spec.regions.empty(),
        fmt::format("outcome '{}': '{}' can only be filtered with 'by'", spec.name, spec.what));
    std::copy_if(spec.by.begin(), spec.by.end(), std::back_inserter(q.actors),
                 [](ActorId a) { return a.valid(); });
    for (std::size_t i = 0; spec.by.empty() && i < scenario.actors.size(); ++i) {
      q.actors.emplace_back(i);
    }
    return q;
  }
  if (!filters_events && spec.by.empty() && !q.column->info->only_in_events) return q;
  CASUS_EXPECTS(
      q.column->info->in_events && form.of == OutcomeForm::Of::totals,
      fmt::format("outcome '{}': '{}' can only be filtered with 'where'", spec.name, spec.what));
  q.events = &*q.column->info->in_events;
  return q;
}

}  // namespace casus
