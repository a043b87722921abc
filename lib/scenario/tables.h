#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casus/scenario/outcome_forms.h"
#include "casus/scenario/scenario.h"
#include "scenario/decoder.h"

// The tables of what a scenario may say, one for each section. Each is in the file that its comment
// names, where a newcomer adds a row and is done: decoder, defaults, schema and reference follow.
namespace casus::scenario {

struct ClockSpec {
  Date start{};
  std::optional<Date> end;
  std::optional<double> days;
  double step = 1.0;  ///< days
};

// tables_frame.cpp
std::span<const Field<ScenarioData>> title_fields();
std::span<const Field<ClockSpec>> clock_fields();
std::span<const Field<ScenarioData>> observe_fields();

// tables_places.cpp
std::span<const Field<RegionSpec>> region_fields();
std::span<const Field<PresenceSpec>> presence_fields();
std::span<const Field<RelationSpec>> relation_fields();

// tables_actors.cpp
std::span<const Field<ActorSpec>> actor_fields();

// tables_events.cpp
std::span<const Field<WarSpec>> war_fields();
std::span<const Field<CrisisSpec>> crisis_fields();
std::span<const Field<MeasureSpec>> measure_fields();
std::span<const Field<TimelineSpec>> timeline_fields();
std::span<const Field<EmitSpec>> emit_fields();
std::span<const Field<MoveSpec>> deploy_fields();
std::span<const Field<MoveSpec>> withdraw_fields();

// tables_outcomes.cpp
std::span<const Field<OutcomeSpec>> outcome_fields();

/// The columns of regions and actors, which outcomes can report.
std::vector<const PathColumn*> outcome_columns();
/// Does a form that is of totals, or of columns, take this one?
bool takes(OutcomeForm::Of of, const PathColumn& column);

// Words in the order of their enumerations.
std::span<const std::string_view> regime_words();
std::span<const std::string_view> role_words();
std::span<const std::string_view> issue_words();

}  // namespace casus::scenario
