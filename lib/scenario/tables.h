#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
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
std::vector<Field<ObserveSpec>> observe_fields(std::span<const std::string_view> variables);
/// What can be observed: the variables of every world, and the columns that mechanisms own.
std::vector<std::string_view> observe_words(const Columns& columns);

// tables_places.cpp
std::vector<Field<RegionSpec>> region_fields(const Columns& columns);
std::vector<Field<PresenceSpec>> presence_fields(const Columns& columns);
std::span<const Field<RelationSpec>> relation_fields();

// tables_actors.cpp
std::vector<Field<ActorSpec>> actor_fields(const Columns& columns);

// tables_events.cpp
std::span<const Field<WarSpec>> war_fields();
std::span<const Field<CrisisSpec>> crisis_fields();
std::span<const Field<MeasureSpec>> measure_fields();
std::span<const Field<TimelineSpec>> timeline_fields();
std::span<const Field<EmitSpec>> emit_fields();
std::span<const Field<MoveSpec>> deploy_fields();
std::span<const Field<MoveSpec>> withdraw_fields();
std::span<const Field<TruceSpec>> ceasefire_fields();

// tables_outcomes.cpp
/// What outcomes can name: kinds of event, and columns by the form that takes them.
struct OutcomeWords {
  OutcomeWords(const Columns& columns, const EventKinds& kinds);
  std::vector<std::string_view> events, totals, columns;
};
/// Regions, or states that stand for theirs. What an edit has taken out stays as an id of nothing.
bool read_places(Decoder& decoder, const Node& node, const std::string& path,
                 std::vector<RegionId>& out);
std::vector<Field<OutcomeSpec>> outcome_fields(const OutcomeWords& words);

/// The columns of regions and actors, which outcomes can report.
std::vector<const PathColumn*> outcome_columns(const Columns& columns);
/// Does a form that is of totals, or of columns, take this one?
bool takes(OutcomeForm::Of of, const PathColumn& column);

/// The tables of the sections whose keys depend on the mechanisms: columns and kinds of event that
/// these own are keys and words like any other. Rows point into it.
struct Tables {
  explicit Tables(const Vocabulary& vocabulary);
  Tables(const Tables&) = delete;
  Tables& operator=(const Tables&) = delete;

  Columns columns;
  EventKinds events;
  OutcomeWords words;
  std::vector<std::string_view> observed;
  std::vector<Field<RegionSpec>> region_rows;
  std::vector<Field<ActorSpec>> actor_rows;
  std::vector<Field<PresenceSpec>> presence_rows;
  std::vector<Field<OutcomeSpec>> outcome_rows;
  std::vector<Field<ObserveSpec>> observe_rows;

  std::span<const Field<RegionSpec>> regions() const { return region_rows; }
  std::span<const Field<ActorSpec>> actors() const { return actor_rows; }
  std::span<const Field<PresenceSpec>> presence() const { return presence_rows; }
  std::span<const Field<OutcomeSpec>> outcomes() const { return outcome_rows; }
  std::span<const Field<ObserveSpec>> observe() const { return observe_rows; }
};

// Words in the order of their enumerations.
std::span<const std::string_view> regime_words();
std::span<const std::string_view> role_words();
std::span<const std::string_view> issue_words();

}  // namespace casus::scenario
