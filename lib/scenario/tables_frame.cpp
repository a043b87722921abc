#include "scenario/tables.h"

namespace casus::scenario {

std::span<const Field<ScenarioData>> title_fields() {
  static const std::vector<Field<ScenarioData>> rows{
      field<&ScenarioData::title>({.name = "title",
                                   .doc = "What the scenario is called in tables and reports.",
                                   .example = "The Sahel, September 2023"}),
      field<&ScenarioData::description>(
          {.name = "description",
           .lines = true,
           .doc = "What it describes, for readers; a paragraph or two."}),
      field<&ScenarioData::limits>({.name = "limits",
                                    .lines = true,
                                    .doc = "What it leaves out and cannot say, for whoever reads "
                                           "its results; reports print it."}),
  };
  return rows;
}

std::span<const Field<ClockSpec>> clock_fields() {
  static const std::vector<Field<ClockSpec>> rows{
      field<&ClockSpec::start>({.name = "start",
                                .required = true,
                                .doc = "The first day of a run.",
                                .example = "2023-09-16"}),
      field<&ClockSpec::end>({.name = "end",
                              .doc = "The day a run ends; the last step begins before it. Either "
                                     "`end` or `days` is needed.",
                              .example = "2025-09-15"}),
      field<&ClockSpec::days>({.name = "days",
                               .unit = Unit::days,
                               .low = 1,
                               .high = 36525,
                               .doc = "The length of a run, in place of `end`: days, or a length "
                                      "such as 2 years, of which the whole days count. A year has "
                                      "365.25 days and a month a twelfth of that.",
                               .example = "730"}),
      field<&ClockSpec::step>({.name = "step",
                               .type = Type::duration,
                               .low = 1.0 / 24.0,
                               .fallback = "1 day",
                               .doc =
                                   "The length of a step, an hour to a day. Rates are converted, "
                                   "so that results do not depend on it beyond noise. With longer "
                                   "steps they would, since what is decided in a step sees nothing "
                                   "of what else happens in it.",
                               .example = "12 hours"}),
  };
  return rows;
}

std::vector<std::string_view> observe_words(const Columns& columns) {
  std::vector<std::string_view> words;
  for (const ObservedVariable& v : observed_variables()) words.push_back(v.name);
  for (const OwnColumn& column : columns.own()) words.emplace_back(column.info.name);
  return words;
}

namespace {

/// Which entities, as words; the encoder knows sets and single words.
Node write_of(const Encoder& e, const FieldInfo& f, const ObserveSpec& in) {
  Node list;
  for (const Observed whose : in.of) Encoder::add(list, e.write(f, whose));
  return list;
}

bool read_regions(Decoder& d, const Node& node, const FieldInfo&, const std::string& path,
                  ObserveSpec& out) {
  return read_places(d, node, path, out.regions);
}

/// Whom an edit has taken out is nobody, so that a list of such alone is not one of everybody.
bool read_actors(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                 ObserveSpec& out) {
  bool good = true;
  for (const Node* item : Decoder::items(node)) {
    ActorId actor;
    if (!item->is_scalar() || !d.was_removed("actors", item->text)) {
      good = d.read(*item, f, path, actor) && good;
    }
    out.actors.push_back(actor);
  }
  return good;
}

}  // namespace

std::vector<Field<ObserveSpec>> observe_fields(std::span<const std::string_view> variables) {
  std::vector<Field<ObserveSpec>> rows{
      field<&ObserveSpec::every_days>({.name = "every",
                                       .type = Type::duration,
                                       .low = 1.0 / 24.0,
                                       .high = 3660,
                                       .fallback = "30 days",
                                       .doc = "Time between two rows of the series."}),
      field<&ObserveSpec::variables>(
          {.name = "variables",
           .type = Type::words,
           .words = variables,
           .doc = "What is written down, of whoever has it; all if it is left out.",
           .example = "[deaths, control, strength]"}),
      field<&ObserveSpec::of>(
          {.name = "of",
           .type = Type::words,
           .words = observed_words(),
           .doc = "Whose series are written down; all but presences if it is left out, and of more "
                  "than 1,000 regions not those of regions. `presences`: people of one actor in "
                  "one region, of the actors in `actors`, or else of those there at the start.",
           .example = "[world, states, regions]"}),
      field<&ObserveSpec::regions>(
          {.name = "regions",
           .type = Type::places,
           .doc = "Of which regions (series of regions and presences); a state stands for its own. "
                  "All if it is left out.",
           .example = "[mali, tillaberi]"}),
      field<&ObserveSpec::actors>({.name = "actors",
                                   .doc = "Of which actors; all if it is left out.",
                                   .example = "[mali, jnim]"}),
  };
  for (Field<ObserveSpec>& row : rows) {
    if (row.info.name == "of") row.write = write_of;
    if (row.info.name == "regions") row.read = read_regions;
    if (row.info.name == "actors") row.read = read_actors;
  }
  return rows;
}

}  // namespace casus::scenario
