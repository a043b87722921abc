#include "scenario/column_fields.h"
#include "scenario/tables.h"

namespace casus::scenario {
namespace {
constexpr unsigned anybody = states | groups | externals;
}

std::span<const std::string_view> regime_words() {
  static constexpr std::string_view words[] = {"democracy", "anocracy", "autocracy", "junta"};
  return words;
}

std::vector<Field<ActorSpec>> actor_fields(const Columns& columns) {
  return with_columns<ActorTable>(
      std::vector<Field<ActorSpec>>{
          field<&ActorSpec::kind>({.name = "kind",
                                   .required = true,
                                   .kinds = anybody,
                                   .words = actor_kind_words(),
                                   .doc = "A state owns regions; an armed group fights in them; an "
                                          "external acts from beyond the map.",
                                   .example = "state"}),
          field<&ActorSpec::title>(
              {.name = "title", .kinds = anybody, .doc = "Its name for readers."}),
          field<&ActorSpec::source>(
              {.name = "source",
               .type = Type::source,
               .kinds = anybody,
               .doc = "Where the figures are from: a text, or keys of `sources`.",
               .example = "milbal2023"}),
          field<&ActorSpec::forces>(
              {.name = "forces",
               .unit = Unit::people,
               .low = 0,
               .high = find_path_column(PathRef::Table::actor, "forces")->info->high,
               .required = true,
               .kinds = anybody,
               .doc = "People under arms in all, in regions or in reserve.",
               .example = "40000"}),
          field<&ActorSpec::regime>({.name = "regime",
                                     .fallback = "anocracy",
                                     .kinds = states,
                                     .words = regime_words(),
                                     .doc = "How it is governed."}),
          field<&ActorSpec::last_coup>({.name = "last_coup",
                                        .kinds = states,
                                        .doc = "The day of the last coup or attempt; unset: never.",
                                        .example = "2021-05-24"}),
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
          field<&ActorSpec::sponsor>({.name = "sponsor",
                                      .kinds = groups,
                                      .of_kinds = states | externals,
                                      .doc = "Who is behind it, if anybody.",
                                      .example = "algeria"}),
          field<&ActorSpec::pro_state>({.name = "pro_state",
                                        .fallback = "false",
                                        .kinds = groups,
                                        .doc = "A militia or auxiliary on the side of the owner of "
                                               "the region it is in."}),
      },
      columns);
}

}  // namespace casus::scenario
