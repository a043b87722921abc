#include "experiment/calibration_tables.h"

#include <array>

#include "casus/study/region_facts.h"

namespace casus::experiment {
namespace {

template <auto Member>
constexpr auto calibration_field(FieldInfo info) {
  return text::field<Member, Decoder>(info);
}

/// A key whose value is read when more is known.
template <class S, const Node* S::*Member>
Field<S> kept_for_later(FieldInfo info) {
  return {info, [](Decoder&, const Node& node, const FieldInfo&, const std::string&, S& out) {
            out.*Member = &node;
            return true;
          }};
}

constexpr std::string_view scale_words[] = {"linear", "log"};
constexpr std::string_view of_words[] = {"run", "mean"};

}  // namespace

std::span<const Field<CalibrationFrame>> calibration_fields() {
  using F = CalibrationFrame;
  static const std::vector<Field<F>> fields = {
      calibration_field<&F::format>({.name = "casus",
                                     .required = true,
                                     .doc = "The format of the file.",
                                     .example = "calibration/1"}),
      calibration_field<&F::title>(
          {.name = "title", .doc = "What is calibrated.", .example = "The year before"}),
      calibration_field<&F::description>({.name = "description", .doc = "More about it."}),
      calibration_field<&F::scenario>({.name = "scenario",
                                       .required = true,
                                       .doc = "The scenario, relative to this file.",
                                       .example = "baseline.yaml"}),
      kept_for_later<F, &F::uncertainties>(
          {.name = "uncertainties",
           .type = Type::custom,
           .required = true,
           .section = "uncertainties",
           .doc = "Paths of the scenario and their priors, as in an experiment.",
           .example = "{mechanisms.insurgency.attack_rate: {uniform: [0.5, 2]}}"}),
      kept_for_later<F, &F::targets>({.name = "targets",
                                      .type = Type::entries,
                                      .required = true,
                                      .section = "target",
                                      .doc = "What was observed, by name.",
                                      .example = "{deaths: {observed: 120, error: 10}}"}),
      kept_for_later<F, &F::outcomes>(
          {.name = "outcomes",
           .type = Type::custom,
           .section = "outcomes",
           .doc = "Outcomes that the scenario does not have, as it would declare them."}),
      kept_for_later<F, &F::design>(
          {.name = "design",
           .type = Type::section,
           .section = "design",
           .doc = "The points of the first wave, as in an experiment; 64 of a Latin hypercube if "
                  "not given. The other waves have as many.",
           .example = "{method: lhs, points: 80}"}),
      calibration_field<&F::replicates>({.name = "replicates",
                                         .low = 2,
                                         .high = 1e5,
                                         .doc = "Runs of each point; 4 if not given.",
                                         .example = "4"}),
      calibration_field<&F::waves>({.name = "waves",
                                    .low = 1,
                                    .high = 20,
                                    .doc = "Of points; 3 if not given. As many more runs as a wave "
                                           "has look at the posterior.",
                                    .example = "3"}),
      calibration_field<&F::cut>(
          {.name = "cut",
           .low = 1,
           .high = 10,
           .doc = "Implausibility beyond which a value is ruled out, in standard deviations; 3 if "
                  "not given (Pukelsheim 1994).",
           .example = "3"}),
      calibration_field<&F::rows>({.name = "rows",
                                   .low = 20,
                                   .high = 1000,
                                   .doc = "Of the posterior; 200 if not given.",
                                   .example = "200"}),
      calibration_field<&F::seed>({.name = "seed",
                                   .type = Type::whole,
                                   .low = 0,
                                   .high = 9007199254740992.0,
                                   .doc = "Of all random draws; 1 if not given.",
                                   .example = "42"}),
  };
  return fields;
}

std::span<const Field<TargetKeys>> target_fields() {
  using T = TargetKeys;
  static const std::array<std::string_view, region_fact_count> facts = [] {
    std::array<std::string_view, region_fact_count> out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = region_fact_list()[i].key;
    return out;
  }();
  static const std::vector<Field<T>> fields = {
      calibration_field<&T::outcome>(
          {.name = "outcome",
           .doc = "An outcome of the scenario or of this file; the one of the target's name if "
                  "neither this nor 'fact' is given. Of a duration, the days for which it was "
                  "watched count where it did not come.",
           .example = "deaths_mali"}),
      calibration_field<&T::fact>(
          {.name = "fact",
           .type = Type::word,
           .words = facts,
           .doc = "A figure of reported deaths by region and month in place of an outcome, as "
                  "'casus backtest sahel' prints it.",
           .example = "zeros"}),
      calibration_field<&T::where>({.name = "where",
                                    .doc = "Of a fact: regions, or states for all of theirs; all "
                                           "regions if not given.",
                                    .example = "[mali, niger]"}),
      calibration_field<&T::observed>({.name = "observed",
                                       .doc = "What was observed, in the outcome's unit.",
                                       .example = "582"}),
      calibration_field<&T::error>(
          {.name = "error",
           .low = 0,
           .doc = "Standard deviation of the observation: how far the count may be from the truth "
                  "that it counts. Above 0.",
           .example = "60"}),
      kept_for_later<T, &T::band>(
          {.name = "band",
           .type = Type::custom,
           .section = "band",
           .doc = "In place of 'observed' and 'error': the middle 90 % of what is taken for "
                  "possible.",
           .example = "[400, 800]"}),
      calibration_field<&T::discrepancy>(
          {.name = "discrepancy",
           .low = 0,
           .doc = "Standard deviation of what the model lacks: how far its best run of luck may be "
                  "from the truth. 0 if not given, which takes the model for true.",
           .example = "100"}),
      calibration_field<&T::scale>(
          {.name = "scale",
           .words = scale_words,
           .doc = "linear, or log: compared as ln(1 + value), for counts that differ by factors.",
           .example = "log"}),
      calibration_field<&T::of>(
          {.name = "of",
           .words = of_words,
           .doc = "run: what was observed is one history, so that the luck of a run counts. mean: "
                  "it is an average over many cases, as the mean of runs is.",
           .example = "mean"}),
      calibration_field<&T::title>({.name = "title", .doc = "What it is, for readers."}),
      calibration_field<&T::source>({.name = "source",
                                     .required = true,
                                     .doc = "Who says so.",
                                     .example = "UCDP GED 24.1, 2022-09 to 2023-08"}),
  };
  return fields;
}

}  // namespace casus::experiment
