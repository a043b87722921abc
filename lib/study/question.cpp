#include "study/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <string_view>

#include "casus/core/contracts.h"
#include "casus/world/event_kinds.h"

namespace casus {
namespace {

struct ColumnName {
  std::string_view name;
  Column column;
  bool of_events;  ///< can be added up over events, so every filter applies
  bool of_actors;
};
constexpr std::array<ColumnName, 9> column_table{{
    {"deaths", Column::deaths, true, false},
    {"civilian_deaths", Column::civilian_deaths, true, false},
    {"combat_deaths", Column::combat_deaths, true, false},
    {"attacks", Column::attacks, true, false},
    {"displaced", Column::displaced, false, false},
    {"control", Column::control, false, false},
    {"forces", Column::forces, false, true},
    {"legitimacy", Column::legitimacy, false, true},
    {"resources", Column::resources, false, true},
}};

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
    const auto found = parse_event_kind(name);
    CASUS_EXPECTS(found.has_value(), fmt::format("outcome '{}': no event '{}'", spec.name, name));
    return *found;
  };
  if (spec.form != OutcomeSpec::Form::sum && spec.form != OutcomeSpec::Form::final) {
    q.kind = kind(spec.what);
    for (const std::string& name : spec.of) q.whole.push_back(kind(name));
    return q;
  }
  const auto column = std::find_if(column_table.begin(), column_table.end(),
                                   [&](const ColumnName& c) { return c.name == spec.what; });
  CASUS_EXPECTS(column != column_table.end(),
                fmt::format("outcome '{}': no column '{}'", spec.name, spec.what));
  q.column = column->column;
  const bool filters_events = !spec.against.empty() || !spec.pact.empty() ||
                              spec.within_days.has_value() || spec.at_least > 0.0;
  if (column->of_actors) {
    CASUS_EXPECTS(
        !filters_events && spec.regions.empty(),
        fmt::format("outcome '{}': '{}' can only be filtered with 'by'", spec.name, spec.what));
    q.of_actors = true;
    std::copy_if(spec.by.begin(), spec.by.end(), std::back_inserter(q.actors),
                 [](ActorId a) { return a.valid(); });
    for (std::size_t i = 0; spec.by.empty() && i < scenario.actors.size(); ++i) {
      q.actors.emplace_back(i);
    }
    return q;
  }
  q.from_events = filters_events || !spec.by.empty();
  CASUS_EXPECTS(
      !q.from_events || (column->of_events && spec.form == OutcomeSpec::Form::sum),
      fmt::format("outcome '{}': '{}' can only be filtered with 'where'", spec.name, spec.what));
  return q;
}

}  // namespace casus
