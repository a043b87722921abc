#include "casus/law/vocabulary.h"
#include "scenario/casebook_decoder.h"
#include "scenario/tables.h"

namespace casus::casebook {
namespace {

using scenario::Decoder;
using scenario::field;
using scenario::Type;

/// Sections are put together before they are read.
template <class S, const Node* S::*Member>
Field<S> kept(FieldInfo info) {
  return {info, [](Decoder&, const Node& node, const FieldInfo&, const std::string&, S& out) {
            out.*Member = &node;
            return true;
          }};
}

template <class S, class T, T S::*Member, std::span<const Field<T>> (*Fields)()>
bool read_inside(Decoder& d, const Node& node, const FieldInfo&, const std::string& path, S& out) {
  return scenario::read_fields(d, node, node.at, path, Fields(), out.*Member);
}

template <auto Member>
Field<ActSpec> of_act(FieldInfo info) {
  using Value = typename scenario::detail::MemberOf<decltype(Member)>::Value;
  if (info.type == Type::automatic) info.type = scenario::type_of<Value>();
  return {info, [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                   ActSpec& out) { return d.read(node, f, path, out.act.*Member); }};
}

bool read_provocation(Decoder& d, const Node& node, const FieldInfo&, const std::string& path,
                      ActSpec& out) {
  out.act.provocation.by_victim = true;
  return scenario::read_fields(d, node, node.at, path, provocation_fields(), out.act.provocation);
}

/// Numbers by name: `{aes: 1, ecowas: 0}`, `{russia: 0.8}`.
template <class Id, std::vector<std::pair<Id, double>> PartyFacts::*Member,
          scenario::NameTable Decoder::*Table>
bool read_by_name(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                  PartyFacts& out) {
  if (!d.expect(node, Node::Kind::map, path)) return false;
  bool good = true;
  for (const Entry& e : node.entries) {
    const std::string at = path + "." + e.key;
    const auto row = d.look_up(d.*Table, scenario::scalar_node(e.key, e.key_at), at);
    double value = 0.0;
    good = d.read(e.value, f, at, value) && row.has_value() && good;
    if (row) (out.*Member).emplace_back(Id(*row), value);
  }
  return good;
}

}  // namespace

std::span<const std::string_view> chapter_names() {
  static constexpr std::string_view words[] = {"attribution", "coverage",  "invocation", "organs",
                                               "obligations", "conflicts", "ability",    "honour",
                                               "cascades",    "changes"};
  return words;
}

std::span<const std::string_view> error_class_names() {
  static constexpr std::string_view words[] = {"defender_branded_aggressor",
                                               "mid_war_signature",
                                               "war_with_itself_or_ally",
                                               "chain_through_allys_ally",
                                               "baited_into_small_war",
                                               "declaration_taken_for_attack",
                                               "silently_broken",
                                               "members_at_war",
                                               "peacekeepers_abroad",
                                               "coup_inside_member",
                                               "suspended_member",
                                               "notice_not_run_out",
                                               "two_pacts_different_answers",
                                               "secret_pact",
                                               "neighbours_soil"};
  return words;
}

std::span<const Field<CaseSpec>> file_fields() {
  static const std::vector<Field<CaseSpec>> rows{
      field<&CaseSpec::chapter>({.name = "chapter",
                                 .type = Type::word,
                                 .words = chapter_names(),
                                 .doc = "Of the cases that name none."}),
      field<&CaseSpec::instrument>({.name = "instrument", .doc = "Of the cases that name none."}),
      field<&CaseSpec::source>({.name = "source", .doc = "Of the cases that name none."}),
  };
  return rows;
}

std::span<const Field<CaseSpec>> case_fields() {
  static const std::vector<Field<CaseSpec>> rows{
      field<&CaseSpec::title>({.name = "title",
                               .required = true,
                               .doc = "The rule that the case shows, in one line.",
                               .example = "An attack on a member's territory is covered"}),
      field<&CaseSpec::situation>({.name = "situation",
                                   .required = true,
                                   .doc = "One paragraph, readable without the rest.",
                                   .example = "Cland bombs the capital of Aland."}),
      field<&CaseSpec::chapter>({.name = "chapter",
                                 .type = Type::word,
                                 .words = chapter_names(),
                                 .doc = "What the case is about; by itself that of the file."}),
      field<&CaseSpec::instrument>(
          {.name = "instrument", .doc = "The real treaty it is drawn from, with its date."}),
      field<&CaseSpec::source>({.name = "source", .doc = "Where the history or the text is from."}),
      field<&CaseSpec::errors>({.name = "errors",
                                .type = Type::words,
                                .words = error_class_names(),
                                .doc = "Kinds of known mistake that it guards against."}),
      kept<CaseSpec, &CaseSpec::changes>({.name = "changes",
                                          .type = Type::list,
                                          .section = "change",
                                          .doc = "What happens to the pacts before the acts."}),
      kept<CaseSpec, &CaseSpec::acts>({.name = "acts",
                                       .type = Type::entries,
                                       .section = "act",
                                       .doc = "What happens, by a name to refer to."}),
      kept<CaseSpec, &CaseSpec::expect>(
          {.name = "expect", .type = Type::section, .section = "expect", .doc = "What follows."}),
      kept<CaseSpec, &CaseSpec::steps>({.name = "steps",
                                        .type = Type::list,
                                        .section = "step",
                                        .doc = "Several rounds, instead of acts and expect."}),
  };
  return rows;
}

std::span<const Field<CaseSpec>> step_fields() {
  static const std::vector<Field<CaseSpec>> rows{
      field<&CaseSpec::step_title>({.name = "title", .doc = "Of the step."}),
      kept<CaseSpec, &CaseSpec::changes>({.name = "changes",
                                          .type = Type::list,
                                          .section = "change",
                                          .doc = "What happens to the pacts before the acts."}),
      kept<CaseSpec, &CaseSpec::acts>({.name = "acts",
                                       .type = Type::entries,
                                       .section = "act",
                                       .doc = "What happens, by a name to refer to."}),
      kept<CaseSpec, &CaseSpec::expect>(
          {.name = "expect", .type = Type::section, .section = "expect", .doc = "What follows."}),
  };
  return rows;
}

std::span<const Field<FactsSpec>> facts_fields() {
  static const std::vector<Field<FactsSpec>> rows{
      kept<FactsSpec, &FactsSpec::parties>(
          {.name = "parties",
           .type = Type::entries,
           .section = "party",
           .doc = "Who there is: a mapping of names to a kind, or to particulars."}),
      kept<FactsSpec, &FactsSpec::places>(
          {.name = "places",
           .type = Type::entries,
           .section = "place",
           .doc = "Territory: a mapping of names to a sovereign, or to particulars."}),
      kept<FactsSpec, &FactsSpec::pacts>({.name = "pacts",
                                          .type = Type::entries,
                                          .section = "pact",
                                          .doc = "Treaties, alliances and organisations."}),
      kept<FactsSpec, &FactsSpec::wars>({.name = "wars",
                                         .type = Type::entries,
                                         .section = "war",
                                         .doc = "Wars in progress before the first act."}),
      kept<FactsSpec, &FactsSpec::disputes>(
          {.name = "disputes",
           .type = Type::tags,
           .doc = "Names of conflicts that acts and articles may give besides wars."}),
      kept<FactsSpec, &FactsSpec::relations>({.name = "relations",
                                              .type = Type::list,
                                              .section = "relation",
                                              .doc = "How parties are disposed to each other."}),
      kept<FactsSpec, &FactsSpec::routes>({.name = "routes",
                                           .type = Type::list,
                                           .section = "route",
                                           .doc = "What stands in the way of forces."}),
      kept<FactsSpec, &FactsSpec::votes>({.name = "votes",
                                          .type = Type::custom,
                                          .section = "votes",
                                          .doc = "How members vote in the organs of a pact."}),
      kept<FactsSpec, &FactsSpec::settings>({.name = "settings",
                                             .type = Type::section,
                                             .section = "settings",
                                             .doc = "Parameters of the law."}),
      kept<FactsSpec, &FactsSpec::sources>(
          {.name = "sources",
           .type = Type::custom,
           .section = "sources",
           .doc = "Publications by a short name, which the `source` of a pact may use."}),
      field<&FactsSpec::date>({.name = "date", .doc = "Of the acts and changes that give none."}),
  };
  return rows;
}

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
                                  .fallback = "false",
                                  .doc = "Its lawful government has been removed."}),
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
       read_by_name<PactId, &PartyFacts::asks_under, &Decoder::pacts>},
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
       read_by_name<ActorId, &PartyFacts::threatened_by, &Decoder::actors>},
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

std::span<const Field<RelationRow>> relation_fields() {
  static const std::vector<Field<RelationRow>> rows{
      field<&RelationRow::from>({.name = "from", .doc = "Who is disposed so."}),
      field<&RelationRow::to>({.name = "to", .doc = "To whom."}),
      field<&RelationRow::between>({.name = "between", .doc = "Two, each to the other."}),
      field<&RelationRow::among>({.name = "among", .doc = "Several, each to all others."}),
      field<&RelationRow::affinity>({.name = "affinity",
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
       [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
          RouteSpec& out) { return d.read(node, f, path, out.rule.of); }},
      kept<RouteSpec, &RouteSpec::to>({.name = "to",
                                       .type = Type::text,
                                       .doc = "A place, or a party for its territory; unset: "
                                              "anywhere."}),
      {{.name = "route",
        .type = Type::word,
        .required = true,
        .words = law::names<law::Route>(),
        .doc = "How they can get there."},
       [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
          RouteSpec& out) { return d.read(node, f, path, out.rule.reach.route); }},
      {{.name = "obstacle",
        .type = Type::word,
        .words = obstacles,
        .doc = "Why not, where there is no route."},
       [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
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
       [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
          RouteSpec& out) { return d.read(node, f, path, out.rule.reach.capacity); }},
  };
  return rows;
}

std::span<const Field<law::Settings>> settings_fields() {
  using law::Settings;
  static const std::vector<Field<Settings>> rows{
      field<&Settings::provocation_threshold>({.name = "provocation_threshold",
                                               .low = 0,
                                               .high = 1,
                                               .doc = "Severity from which a provocation counts."}),
      field<&Settings::min_free_share>({.name = "min_free_share",
                                        .low = 0,
                                        .high = 1,
                                        .doc = "Of its forces a member must have free to send "
                                               "any."}),
      field<&Settings::deployable_share>({.name = "deployable_share",
                                          .low = 0,
                                          .high = 1,
                                          .doc = "Of the free forces, at most, that it sends."}),
      field<&Settings::peaceful_days>({.name = "peaceful_days",
                                       .low = 0,
                                       .high = 1e6,
                                       .doc = "How long peaceful means are given."}),
      field<&Settings::reconsider_days>({.name = "reconsider_days",
                                         .low = 0,
                                         .high = 1e6,
                                         .doc = "A decision is taken anew after this time; 0: "
                                                "never."}),
      field<&Settings::horizon_days>({.name = "horizon_days",
                                      .low = 0,
                                      .high = 1e9,
                                      .doc = "Help that arrives later starts no further wave."}),
      field<&Settings::max_waves>(
          {.name = "max_waves", .low = 1, .high = 10000, .doc = "Of the cascade."}),
      {{.name = "honour",
        .type = Type::section,
        .section = "honour_settings",
        .doc = "Weights of honour."},
       read_inside<Settings, law::HonourSettings, &Settings::honour, honour_fields>},
      {{.name = "vote",
        .type = Type::section,
        .section = "vote_settings",
        .doc = "Weights of a member's vote."},
       read_inside<Settings, law::VoteSettings, &Settings::vote, vote_fields>},
  };
  return rows;
}

std::span<const Field<law::HonourSettings>> honour_fields() {
  using law::HonourSettings;
  const auto weight = [](std::string_view name, std::string_view doc) {
    return FieldInfo{.name = name, .low = -100, .high = 100, .doc = doc};
  };
  static const std::vector<Field<HonourSettings>> rows{
      field<&HonourSettings::era>(weight("era", "A constant.")),
      field<&HonourSettings::affinity>(weight("affinity", "Per unit of affinity.")),
      field<&HonourSettings::cost>(weight("cost", "Per unit of cost; subtracted.")),
      field<&HonourSettings::shared_threat>(weight("shared_threat", "Per unit of threat shared.")),
      field<&HonourSettings::war_weariness>(
          weight("war_weariness", "Per unit of 1 - resolve; subtracted.")),
      field<&HonourSettings::neutral>(
          weight("neutral", "Logit of standing aside, for a member bound to both sides.")),
      field<&HonourSettings::power_change>(
          weight("power_change", "Relative change since signing that counts as one.")),
  };
  return rows;
}

std::span<const Field<law::VoteSettings>> vote_fields() {
  using law::VoteSettings;
  const auto weight = [](std::string_view name, std::string_view doc) {
    return FieldInfo{.name = name, .low = -100, .high = 100, .doc = doc};
  };
  static const std::vector<Field<VoteSettings>> rows{
      field<&VoteSettings::intercept>(weight("intercept", "A constant.")),
      field<&VoteSettings::affinity>(weight("affinity", "Per unit of affinity.")),
      field<&VoteSettings::shared_threat>(weight("shared_threat", "Per unit of threat shared.")),
      field<&VoteSettings::cost>(weight("cost", "Per unit of cost; subtracted.")),
      field<&VoteSettings::band>(
          {.name = "band", .low = 0, .high = 100, .doc = "Half-width of abstention."}),
  };
  return rows;
}

std::span<const Field<ActSpec>> act_fields() {
  using law::Act;
  static const std::vector<Field<ActSpec>> rows{
      of_act<&Act::kind>({.name = "act",
                          .required = true,
                          .words = law::names<law::ActKind>(),
                          .doc = "What was done.",
                          .example = "invasion"}),
      of_act<&Act::author>({.name = "by", .doc = "Who did it; unset: unknown."}),
      of_act<&Act::victim>(
          {.name = "against", .doc = "To whom; unset: the sovereign of the place."}),
      kept<ActSpec, &ActSpec::where>({.name = "where",
                                      .type = Type::text,
                                      .doc = "A place, or a party for its territory; unset: the "
                                             "territory of the victim."}),
      of_act<&Act::date>({.name = "date", .doc = "When; unset: the date of the step or case."}),
      field<&ActSpec::conflict>({.name = "conflict",
                                 .doc = "The war or dispute it belongs to; unset: that between "
                                        "the two."}),
      of_act<&Act::war_begun>(
          {.name = "war_begun", .doc = "The day that dispute became a war, if before."}),
      of_act<&Act::severity>(
          {.name = "severity", .low = 0, .high = 1, .doc = "How grave; 1 if unset."}),
      of_act<&Act::size>(
          {.name = "size", .unit = Unit::people, .low = 0, .high = 1e8, .doc = "People engaged."}),
      of_act<&Act::sponsor>({.name = "sponsor", .doc = "On whose behalf, as alleged."}),
      of_act<&Act::sponsor_evidence>({.name = "sponsor_evidence",
                                      .low = 0,
                                      .high = 1,
                                      .doc = "Probability that this can be shown."}),
      of_act<&Act::host>({.name = "host", .doc = "From whose soil."}),
      of_act<&Act::host_evidence>({.name = "host_evidence",
                                   .low = 0,
                                   .high = 1,
                                   .doc = "Probability that the host can be held responsible."}),
      of_act<&Act::posture>({.name = "posture",
                             .words = law::names<law::Posture>(),
                             .doc = "Why; unset: follows from who attacked whom."}),
      of_act<&Act::on_behalf_of>({.name = "helps", .doc = "Whom the author helps by it."}),
      of_act<&Act::invited>(
          {.name = "invited", .doc = "The government in office of the place asked for it."}),
      {{.name = "provocation",
        .type = Type::section,
        .section = "provocation",
        .doc = "What the victim had done to the author."},
       read_provocation},
      of_act<&Act::demand_made>({.name = "demand_made",
                                 .doc = "The victim's side had made a demand, and it was "
                                        "refused."}),
  };
  return rows;
}

std::span<const Field<law::Provocation>> provocation_fields() {
  using law::Provocation;
  static const std::vector<Field<Provocation>> rows{
      field<&Provocation::severity>({.name = "severity",
                                     .low = 0,
                                     .high = 1,
                                     .required = true,
                                     .doc = "How grave.",
                                     .example = "0.8"}),
      field<&Provocation::baited>(
          {.name = "baited", .doc = "It was itself an answer to an act of the author."}),
  };
  return rows;
}

std::span<const Field<ChangeRow>> change_fields() {
  static constexpr std::string_view kinds[] = {
      "notice", "notice_withdrawn", "suspend", "reinstate", "accede", "admit", "expel", "end",
      "extend"};
  const auto of = [](FieldInfo info, auto read) { return Field<ChangeRow>{info, read}; };
  static const std::vector<Field<ChangeRow>> rows{
      of({.name = "change",
          .type = Type::word,
          .required = true,
          .words = kinds,
          .doc = "What is done."},
         [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) {
           out.change.at = of_case(d).mark(node.at);
           return d.read(node, f, path, out.change.kind);
         }),
      of({.name = "of", .type = Type::actor, .doc = "Of which member."},
         [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.of); }),
      of({.name = "pact", .type = Type::text, .doc = "Of which pact; unset: the only one."},
         [](Decoder& d, const Node& node, const FieldInfo&, const std::string& path,
            ChangeRow& out) { return of_case(d).read_pact(node, path, out.change.pact); }),
      of({.name = "date", .type = Type::date, .doc = "When; unset: the date of the step or case."},
         [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.date); }),
      of({.name = "until", .type = Type::date, .doc = "The end of a suspension, if known."},
         [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.until); }),
      of({.name = "role",
          .type = Type::word,
          .words = law::names<law::Role>(),
          .doc = "Of a new member."},
         [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.role); }),
      kept<ChangeRow, &ChangeRow::article>(
          {.name = "article", .type = Type::text, .doc = "That is extended."}),
      kept<ChangeRow, &ChangeRow::where>({.name = "where",
                                          .type = Type::custom,
                                          .section = "region_or_area",
                                          .doc = "Places and areas to which it is extended."}),
      of({.name = "expect",
          .type = Type::word,
          .words = law::names<law::Reason>(),
          .doc = "The answer: accepted, or why not."},
         [](Decoder& d, const Node& node, const FieldInfo&, const std::string& path,
            ChangeRow& out) { return of_case(d).read_reason(node, path, out.change.expect); }),
      of({.name = "effective", .type = Type::date, .doc = "The day it takes effect, as expected."},
         [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.effective); }),
  };
  return rows;
}

}  // namespace casus::casebook
