#include "experiment/tables.h"

namespace casus::experiment {
namespace {

template <auto Member>
constexpr auto field(FieldInfo info) {
  return text::field<Member, Decoder>(info);
}

/// A key whose value is read when more is known.
template <class S, const Node* S::*Member>
Field<S> kept(FieldInfo info) {
  return {info, [](Decoder&, const Node& node, const FieldInfo&, const std::string&, S& out) {
            out.*Member = &node;
            return true;
          }};
}

constexpr std::string_view method_words[] = {"random", "grid",     "lhs",  "sobol",
                                             "morris", "saltelli", "table"};

}  // namespace

std::string_view method_name(DesignMethod method) {
  return method_words[static_cast<std::size_t>(method)];
}

std::span<const Field<Frame>> frame_fields() {
  static const std::vector<Field<Frame>> fields = {
      field<&Frame::format>({.name = "casus",
                             .required = true,
                             .doc = "The format of the file.",
                             .example = "experiment/1"}),
      field<&Frame::title>({.name = "title", .doc = "What is asked.", .example = "What if"}),
      field<&Frame::description>({.name = "description", .doc = "More about it."}),
      field<&Frame::scenario>({.name = "scenario",
                               .required = true,
                               .doc = "The scenario that policies change, relative to this file.",
                               .example = "baseline.yaml"}),
      field<&Frame::replicates>(
          {.name = "replicates",
           .low = 1,
           .high = 1e7,
           .doc = "How many worlds; with a design, how many at each of its points.",
           .example = "1000"}),
      field<&Frame::seed>({.name = "seed",
                           .type = Type::whole,
                           .low = 0,
                           .high = 9007199254740992.0,
                           .doc = "Of all random draws; 1 if not given.",
                           .example = "42"}),
      kept<Frame, &Frame::uncertainties>(
          {.name = "uncertainties",
           .type = Type::custom,
           .section = "uncertainties",
           .doc = "Paths of the scenario and their priors, drawn once a world and the same under "
                  "every policy.",
           .example = "{actors.jnim.forces: {triangular: [3000, 5000, 6000]}}"}),
      kept<Frame, &Frame::design>({.name = "design",
                                   .type = Type::section,
                                   .section = "design",
                                   .doc = "How the values of the uncertain things are chosen."}),
      kept<Frame, &Frame::policies>({.name = "policies",
                                     .type = Type::entries,
                                     .section = "policy",
                                     .doc = "What is done otherwise, by name.",
                                     .example = "{baseline: {}, none: {remove: [pacts.aes]}}"}),
      kept<Frame, &Frame::outcomes>(
          {.name = "outcomes",
           .type = Type::custom,
           .section = "outcomes",
           .doc = "Names of the scenario's outcomes that are looked at, or outcomes of the "
                  "experiment's own, as a scenario would declare them.",
           .example = "[deaths, intervention]"}),
      kept<Frame, &Frame::compare>({.name = "compare",
                                    .type = Type::section,
                                    .section = "compare",
                                    .doc = "What is compared with what."}),
      kept<Frame, &Frame::stop>({.name = "stop",
                                 .type = Type::section,
                                 .section = "stop",
                                 .doc = "Until when worlds are made, in place of 'replicates'."}),
  };
  return fields;
}

std::span<const Field<DesignKeys>> design_fields() {
  static const std::vector<Field<DesignKeys>> fields = {
      field<&DesignKeys::method>(
          {.name = "method",
           .required = true,
           .words = method_words,
           .doc = "random: each world draws from the priors. grid: all combinations of `levels` "
                  "values of each. lhs: a Latin hypercube. sobol: Sobol's sequence. morris: "
                  "trajectories for elementary effects. saltelli: samples for Sobol's indices. "
                  "table: the values of `rows`.",
           .example = "sobol"}),
      field<&DesignKeys::points>(
          {.name = "points",
           .low = 1,
           .high = 1e6,
           .doc = "How many points (lhs, sobol), base points (saltelli: times two more than there "
                  "are uncertainties) or trajectories (morris); 64 if not given.",
           .example = "256"}),
      field<&DesignKeys::levels>({.name = "levels",
                                  .low = 2,
                                  .high = 1000,
                                  .doc = "Values of each (grid, morris); 4 if not given.",
                                  .example = "4"}),
      kept<DesignKeys, &DesignKeys::rows>(
          {.name = "rows",
           .type = Type::custom,
           .section = "rows",
           .doc = "Of a table: a list of values a point, in the order of the uncertainties.",
           .example = "[[5000, 0.2], [8000, 0.4]]"}),
  };
  return fields;
}

std::span<const Field<PolicyKeys>> policy_fields() {
  static const std::vector<Field<PolicyKeys>> fields = {
      field<&PolicyKeys::file>({.name = "file",
                                .doc = "A scenario of its own, relative to the experiment; as a "
                                       "rule one that includes the experiment's.",
                                .example = "policies/no-charter.yaml"}),
      field<&PolicyKeys::title>(
          {.name = "title", .doc = "What it is, for readers; its scenario's title by itself."}),
      field<&PolicyKeys::from>(
          {.name = "from",
           .doc =
               "The day from which it holds: up to then its worlds are those of the policy it is "
               "compared with. What it changes has to be something that can change in mid-run: "
               "values, relations, parameters, doctrines, pacts and what the timeline still has "
               "before it.",
           .example = "2024-01-01"}),
      kept<PolicyKeys, &PolicyKeys::about>(
          {.name = "about",
           .type = Type::custom,
           .section = "about",
           .doc = "The outcomes that it is about: names, or names and whether each is held to go "
                  "'higher' or 'lower' ('either' says nothing). What came of them is printed, "
                  "policy by policy, in place of every outcome under every policy.",
           .example = "{control_mali: lower, deaths_mali: either}"}),
      kept<PolicyKeys, &PolicyKeys::remove>({.name = "remove",
                                             .type = Type::custom,
                                             .section = "paths",
                                             .doc = "Paths of entries that are taken out.",
                                             .example = "[pacts.aes]"}),
      kept<PolicyKeys, &PolicyKeys::set>({.name = "set",
                                          .type = Type::custom,
                                          .section = "values",
                                          .doc = "Paths and the values they get.",
                                          .example = "{actors.jnim.forces: 8000}"}),
      kept<PolicyKeys, &PolicyKeys::add>(
          {.name = "add",
           .type = Type::custom,
           .section = "values",
           .doc = "Paths of entries that are not there yet, and what they are.",
           .example = "{pacts.aes.members.togo: {joined: 2023-10-01}}"}),
      kept<PolicyKeys, &PolicyKeys::timeline>(
          {.name = "timeline",
           .type = Type::custom,
           .section = "timeline",
           .doc = "Entries for the timeline, as scenarios have them.",
           .example = "[{at: 2024-01-01, set: {actors.jnim.forces: 8000}}]"}),
  };
  return fields;
}

std::span<const Field<CompareKeys>> compare_fields() {
  static const std::vector<Field<CompareKeys>> fields = {
      field<&CompareKeys::baseline>(
          {.name = "baseline",
           .doc = "The policy that the others are compared with; the first if not given.",
           .example = "baseline"}),
      field<&CompareKeys::confidence>({.name = "confidence",
                                       .low = 0.5,
                                       .high = 0.9999,
                                       .doc = "Of the intervals; 0.95 if not given.",
                                       .example = "0.95"}),
  };
  return fields;
}

std::span<const Field<StopKeys>> stop_fields() {
  static const std::vector<Field<StopKeys>> fields = {
      kept<StopKeys, &StopKeys::when>({.name = "when",
                                       .type = Type::section,
                                       .required = true,
                                       .section = "stop_when",
                                       .doc = "What is precise enough.",
                                       .example = "{outcome: intervention, half_width: 0.01}"}),
      field<&StopKeys::batch>(
          {.name = "batch",
           .low = 2,
           .high = 1e6,
           .doc =
               "Worlds after which the rule is looked at; 200 if not given. The number of worlds "
               "is a multiple of it, whatever the number of workers.",
           .example = "200"}),
      field<&StopKeys::most>({.name = "max_replicates",
                              .low = 1,
                              .high = 1e7,
                              .doc = "Worlds at which it ends in any case; 20000 if not given.",
                              .example = "20000"}),
  };
  return fields;
}

std::span<const Field<WhenKeys>> when_fields() {
  static const std::vector<Field<WhenKeys>> fields = {
      field<&WhenKeys::outcome>({.name = "outcome",
                                 .required = true,
                                 .doc = "The outcome that has to be precise.",
                                 .example = "intervention"}),
      field<&WhenKeys::half_width>(
          {.name = "half_width",
           .low = 0,
           .required = true,
           .doc = "Half the interval of the difference from the baseline, under every policy, or "
                  "of the estimate where there is one policy; in the outcome's unit, 0.01 being a "
                  "percentage point.",
           .example = "0.01"}),
  };
  return fields;
}

}  // namespace casus::experiment

namespace casus {

std::string_view design_name(DesignMethod method) { return experiment::method_name(method); }

}  // namespace casus
