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
                               .high = 31,
                               .fallback = "1 day",
                               .doc = "The length of a step. Rates are converted, so that results "
                                      "do not depend on it beyond noise.",
                               .example = "12 hours"}),
  };
  return rows;
}

std::span<const Field<ScenarioData>> observe_fields() {
  static const std::vector<Field<ScenarioData>> rows{
      field<&ScenarioData::observe_days>({.name = "every",
                                          .type = Type::duration,
                                          .low = 1.0 / 24.0,
                                          .high = 3660,
                                          .fallback = "30 days",
                                          .doc = "Time between two rows of the series."}),
  };
  return rows;
}

}  // namespace casus::scenario
