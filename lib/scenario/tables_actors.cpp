#include "scenario/tables.h"

namespace casus::scenario {
namespace {
constexpr unsigned anybody = states | groups | externals;
}

std::span<const std::string_view> actor_kind_words() {
  static constexpr std::string_view words[] = {"state", "armed_group", "external"};
  return words;
}

std::span<const std::string_view> regime_words() {
  static constexpr std::string_view words[] = {"democracy", "anocracy", "autocracy", "junta"};
  return words;
}

std::span<const Field<ActorSpec>> actor_fields() {
  static const std::vector<Field<ActorSpec>> rows{
      field<&ActorSpec::kind>({.name = "kind",
                               .required = true,
                               .kinds = anybody,
                               .words = actor_kind_words(),
                               .doc = "A state owns regions; an armed group fights in them; an "
                                      "external acts from beyond the map.",
                               .example = "state"}),
      field<&ActorSpec::title>({.name = "title", .kinds = anybody, .doc = "Its name for readers."}),
      field<&ActorSpec::source>(
          {.name = "source",
           .type = Type::source,
           .kinds = anybody,
           .doc = "Where the figures are from: a text, or keys of `sources`.",
           .example = "milbal2023"}),
      field<&ActorSpec::forces>({.name = "forces",
                                 .unit = Unit::people,
                                 .low = 0,
                                 .high = 1e8,
                                 .required = true,
                                 .kinds = anybody,
                                 .doc = "People under arms in all, in regions or in reserve.",
                                 .example = "40000"}),
      field<&ActorSpec::quality>({.name = "quality",
                                  .low = 0.01,
                                  .high = 100,
                                  .fallback = "1",
                                  .kinds = anybody,
                                  .doc = "Fighting power of one of them, 1 being an ordinary "
                                         "regular."}),
      field<&ActorSpec::resources>({.name = "resources",
                                    .unit = Unit::musd,
                                    .low = -1e7,
                                    .high = 1e7,
                                    .fallback = "0",
                                    .kinds = anybody,
                                    .doc = "Money in hand at the start."}),
      field<&ActorSpec::income>({.name = "income",
                                 .unit = Unit::musd_per_year,
                                 .low = 0,
                                 .high = 1e7,
                                 .fallback = "0",
                                 .kinds = anybody,
                                 .doc = "Money it can spend on war and security."}),
      field<&ActorSpec::resolve>({.name = "resolve",
                                  .low = 0,
                                  .high = 1,
                                  .fallback = "0.7",
                                  .kinds = anybody,
                                  .doc = "Readiness to go on fighting; losses wear it down."}),
      field<&ActorSpec::regime>({.name = "regime",
                                 .fallback = "anocracy",
                                 .kinds = states,
                                 .words = regime_words(),
                                 .doc = "How it is governed."}),
      field<&ActorSpec::legitimacy>({.name = "legitimacy",
                                     .low = 0,
                                     .high = 1,
                                     .fallback = "0.5",
                                     .kinds = states | externals,
                                     .doc = "How far its people accept its rule."}),
      field<&ActorSpec::last_coup>({.name = "last_coup",
                                    .kinds = states,
                                    .doc = "The day of the last coup or attempt; unset: never.",
                                    .example = "2021-05-24"}),
      field<&ActorSpec::gdp_per_capita>({.name = "gdp_per_capita",
                                         .unit = Unit::usd,
                                         .low = 10,
                                         .high = 1e6,
                                         .fallback = "1000",
                                         .kinds = states | externals,
                                         .doc = "Income a head in a year."}),
      field<&ActorSpec::capital>({.name = "capital",
                                  .kinds = states,
                                  .doc = "The region its government sits in; a state that owns "
                                         "regions needs one.",
                                  .example = "bamako"}),
      field<&ActorSpec::dependent_fuel>({.name = "dependent_fuel",
                                         .fallback = "false",
                                         .kinds = states,
                                         .doc = "It lives on imported fuel that a blockade can "
                                                "cut."}),
      field<&ActorSpec::recruitment>({.name = "recruitment",
                                      .low = 0,
                                      .high = 100,
                                      .fallback = "1",
                                      .kinds = groups,
                                      .doc = "Multiplies the rate at which it finds fighters."}),
      field<&ActorSpec::support>({.name = "support",
                                  .unit = Unit::musd_per_year,
                                  .low = 0,
                                  .high = 1e6,
                                  .fallback = "0",
                                  .kinds = groups,
                                  .doc = "Money from sponsors and from abroad."}),
      field<&ActorSpec::cohesion>({.name = "cohesion",
                                   .low = 0,
                                   .high = 1,
                                   .fallback = "0.7",
                                   .kinds = groups,
                                   .doc = "How well it holds together; groups of low cohesion "
                                          "split."}),
      field<&ActorSpec::sponsor>({.name = "sponsor",
                                  .kinds = groups,
                                  .of_kinds = states | externals,
                                  .doc = "Who is behind it, if anybody.",
                                  .example = "algeria"}),
      field<&ActorSpec::sponsor_evidence>({.name = "sponsor_evidence",
                                           .low = 0,
                                           .high = 1,
                                           .fallback = "0",
                                           .kinds = groups,
                                           .doc = "Probability that its acts can be laid to the "
                                                  "sponsor."}),
      field<&ActorSpec::pro_state>({.name = "pro_state",
                                    .fallback = "false",
                                    .kinds = groups,
                                    .doc = "A militia or auxiliary on the side of the owner of "
                                           "the region it is in."}),
      field<&ActorSpec::civilian_targeting>({.name = "civilian_targeting",
                                             .low = 0,
                                             .high = 1,
                                             .fallback = "0.3",
                                             .kinds = groups,
                                             .doc = "Share of its attacks aimed at civilians."}),
      field<&ActorSpec::home_power>({.name = "home_power",
                                     .unit = Unit::people,
                                     .low = 0,
                                     .high = 1e8,
                                     .fallback = "0",
                                     .kinds = states | externals,
                                     .doc = "People it could send at most beyond those on the "
                                            "map."}),
      field<&ActorSpec::appetite>({.name = "appetite",
                                   .low = 0,
                                   .high = 1,
                                   .fallback = "0.5",
                                   .kinds = states | externals,
                                   .doc = "Readiness to intervene abroad."}),
      field<&ActorSpec::deployment_ceiling>({.name = "deployment_ceiling",
                                             .unit = Unit::people,
                                             .low = 0,
                                             .high = 1e8,
                                             .fallback = "0",
                                             .kinds = states | externals,
                                             .doc = "People it will keep abroad at most."}),
  };
  return rows;
}

}  // namespace casus::scenario
