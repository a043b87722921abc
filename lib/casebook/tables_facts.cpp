#include "casebook/case_decoder.h"
#include "casus/law/vocabulary.h"
#include "scenario/pact_tables.h"

namespace casus::casebook {

namespace {

/// Numbers by name: `{aes: 1, ecowas: 0}`, `{russia: 0.8}`.
template <class Id, std::vector<std::pair<Id, double>> PartyFacts::*Member,
          NameTable scenario::PactDecoder::*Table>
bool read_by_name(CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                  PartyFacts& out) {
  if (!d.expect(node, Node::Kind::map, path)) return false;
  bool good = true;
  for (const Entry& e : node.entries) {
    const std::string at = path + "." + e.key;
    const auto row = d.look_up(d.*Table, scalar_node(e.key, e.key_at), at);
    double value = 0.0;
    good = d.read(e.value, f, at, value) && row.has_value() && good;
    if (row) (out.*Member).emplace_back(Id(*row), value);
  }
  return good;
}

/// A word by name: `{niger: ousted}`.
bool read_recognised(CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                     PartyFacts& out) {
  if (!d.expect(node, Node::Kind::map, path)) return false;
  FieldInfo one = f;
  one.type = Type::word;
  bool good = true;
  for (const Entry& e : node.entries) {
    const std::string at = path + "." + e.key;
    const auto row = d.look_up(d.actors, scalar_node(e.key, e.key_at), at);
    law::Claimant government{};
    good = d.read(e.value, one, at, government) && row.has_value() && good;
    if (row) out.recognises.emplace_back(ActorId(*row), government);
  }
  return good;
}

}  // namespace

std::span<const Field<PartyFacts>> party_fields() {
  static const std::vector<Field<PartyFacts>> rows{
      field<&PartyFacts::kind>({.name = "kind",
                                .fallback = "state",
                                .words = law::names<law::PartyKind>(),
                                .doc = "What it is."}),
      field<&PartyFacts::title>({.name = "title", .doc = "Its name for readers."}),
      field<&PartyFacts::forces>({.name = "forces",
                                  .unit = Unit::people,
                                  .low = 0,
                                  .high = 1e8,
                                  .fallback = "10000",
                                  .doc = "People under arms."}),
      field<&PartyFacts::free_forces>({.name = "free_forces",
                                       .type = Type::real,
                                       .unit = Unit::people,
                                       .low = 0,
                                       .high = 1e8,
                                       .doc = "Those not tied down; all if unset."}),
      field<&PartyFacts::affords>({.name = "affords",
                                   .fallback = "war",
                                   .words = law::names<law::Obligation>(),
                                   .doc = "The most it can pay for."}),
      field<&PartyFacts::resolve>(
          {.name = "resolve", .low = 0, .high = 1, .fallback = "1", .doc = "Will to go on."}),
      field<&PartyFacts::ousted>({.name = "ousted",
                                  .doc = "Its lawful government has been removed; unset: since a "
                                         "coup among the acts, if there is one."}),
      field<&PartyFacts::can_ask>({.name = "can_ask",
                                   .fallback = "true",
                                   .doc = "The ousted government can still make itself heard."}),
      field<&PartyFacts::asks>({.name = "asks",
                                .low = 0,
                                .high = 1,
                                .fallback = "1",
                                .doc = "Probability that it asks for help; from .5 on it does."}),
      {{.name = "asks_under",
        .type = Type::custom,
        .low = 0,
        .high = 1,
        .section = "by_pact",
        .doc = "The same for single pacts.",
        .example = "{aes: 1, ecowas: 0}"},
       read_by_name<PactId, &PartyFacts::asks_under, &scenario::PactDecoder::pacts>},
      {{.name = "recognises",
        .type = Type::custom,
        .words = law::names<law::Claimant>(),
        .section = "claimant_by_party",
        .doc = "Which of two governments of a state it recognises; either, if it has not said.",
        .example = "{niger: ousted}"},
       read_recognised},
      field<&PartyFacts::comes_after>({.name = "comes_after",
                                       .type = Type::duration,
                                       .low = 0,
                                       .high = 36525,
                                       .doc = "How long its help takes; unset: as the settings "
                                              "have it."}),
      field<&PartyFacts::parliament_consents>(
          {.name = "parliament_consents",
           .fallback = "true",
           .doc = "Its parliament agrees to send arms, where a pact has it asked."}),
      field<&PartyFacts::power_change>({.name = "power_change",
                                        .low = -1,
                                        .high = 1000,
                                        .fallback = "0",
                                        .doc = "Relative change of its power since it signed."}),
      field<&PartyFacts::institutional_change>(
          {.name = "institutional_change",
           .fallback = "false",
           .doc = "Its institutions changed since it signed: a coup, a revolution."}),
      field<&PartyFacts::willing>({.name = "willing",
                                   .low = -100,
                                   .high = 100,
                                   .fallback = "0",
                                   .doc = "Added to the logit of its honour."}),
      field<&PartyFacts::cost>({.name = "cost",
                                .low = 0,
                                .high = 1,
                                .fallback = "0",
                                .doc = "Of armed help, as a share of what it can bear."}),
      {{.name = "threatened_by",
        .type = Type::custom,
        .low = 0,
        .high = 1,
        .section = "by_party",
        .doc = "Danger it sees from others; two parties share the lesser.",
        .example = "{russia: 0.8}"},
       read_by_name<ActorId, &PartyFacts::threatened_by, &scenario::PactDecoder::actors>},
  };
  return rows;
}

std::span<const Field<PlaceSpec>> place_fields() {
  static const std::vector<Field<PlaceSpec>> rows{
      field<&PlaceSpec::title>({.name = "title", .doc = "Its name for readers."}),
      field<&PlaceSpec::sovereign>(
          {.name = "sovereign", .doc = "Whose it is; unset: nobody's, as the high seas."}),
      field<&PlaceSpec::areas>({.name = "areas",
                                .doc = "Geographical terms that apply to it.",
                                .example = "[north_atlantic]"}),
  };
  return rows;
}

std::span<const Field<WarFacts>> war_fields() {
  static const std::vector<Field<WarFacts>> rows{
      field<&WarFacts::title>({.name = "title", .doc = "Its name for readers."}),
      field<&WarFacts::attackers>(
          {.name = "attackers", .required = true, .doc = "Those who began it and theirs."}),
      field<&WarFacts::defenders>(
          {.name = "defenders", .required = true, .doc = "Those who were attacked and theirs."}),
      field<&WarFacts::joined>(
          {.name = "joined", .doc = "Those of either side that entered by their own choice."}),
      field<&WarFacts::since>(
          {.name = "since", .required = true, .doc = "When it began.", .example = "1914-07-28"}),
  };
  return rows;
}

std::span<const Field<Affinity>> relation_fields() {
  static const std::vector<Field<Affinity>> rows{
      field<&Affinity::from>({.name = "from", .required = true, .doc = "Who is disposed so."}),
      field<&Affinity::to>({.name = "to", .required = true, .doc = "To whom."}),
      field<&Affinity::value>({.name = "affinity",
                               .low = -1,
                               .high = 1,
                               .required = true,
                               .doc = "From -1, an enemy, to 1, a friend.",
                               .example = "0.6"}),
  };
  return rows;
}

std::span<const Field<RouteSpec>> route_fields() {
  static constexpr std::string_view obstacles[] = {"no_route", "transit_refused", "lift_limit"};
  static const std::vector<Field<RouteSpec>> rows{
      {{.name = "of", .type = Type::actors, .required = true, .doc = "Whose forces."},
       [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
          RouteSpec& out) { return d.read(node, f, path, out.rule.of); }},
      kept<RouteSpec, &RouteSpec::to>({.name = "to",
                                       .type = Type::text,
                                       .doc = "A place, or a party for its territory; unset: "
                                              "anywhere."}),
      {{.name = "route",
        .type = Type::word,
        .words = law::names<law::Route>(),
        .doc = "How they can get there; unset: over the border, or not at all if an obstacle is "
               "given."},
       [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
          RouteSpec& out) { return d.read(node, f, path, out.rule.reach.route); }},
      {{.name = "obstacle",
        .type = Type::word,
        .words = obstacles,
        .doc = "Why not, where there is no route."},
       [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
          RouteSpec& out) {
         const auto word = d.read_word(node, f, path);
         if (word) out.rule.reach.obstacle = *law::parse<law::Reason>(obstacles[*word]);
         return word.has_value();
       }},
      {{.name = "capacity",
        .type = Type::real,
        .unit = Unit::people,
        .low = 0,
        .high = 1e12,
        .doc = "People that can be brought there."},
       [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
          RouteSpec& out) { return d.read(node, f, path, out.rule.reach.capacity); }},
  };
  return rows;
}

}  // namespace casus::casebook
