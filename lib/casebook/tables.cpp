#include "casebook/case_decoder.h"
#include "casus/law/vocabulary.h"
#include "scenario/pact_tables.h"

namespace casus::casebook {

namespace {

template <auto Member>
Field<ActSpec> of_act(FieldInfo info) {
  using Value = typename text::detail::MemberOf<decltype(Member)>::Value;
  if (info.type == Type::automatic) info.type = type_of<Value>();
  return {info, [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                   ActSpec& out) { return d.read(node, f, path, out.act.*Member); }};
}

bool read_provocation(CaseDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                      ActSpec& out) {
  out.act.provocation.by_victim = true;
  return read_fields(d, node, node.at, path, provocation_fields(), out.act.provocation);
}

/// The keys of what happens, which a case has for itself or in each of its steps.
std::vector<Field<CaseSpec>> with_events(std::vector<Field<CaseSpec>> rows) {
  rows.insert(
      rows.end(),
      {
          kept<CaseSpec, &CaseSpec::changes>({.name = "changes",
                                              .type = Type::list,
                                              .section = "change",
                                              .doc = "What happens to the pacts before the acts."}),
          kept<CaseSpec, &CaseSpec::acts>({.name = "acts",
                                           .type = Type::entries,
                                           .section = "act",
                                           .doc = "What happens, by a name to refer to."}),
          kept<CaseSpec, &CaseSpec::expect>({.name = "expect",
                                             .type = Type::section,
                                             .section = "expect",
                                             .doc = "What follows."}),
      });
  return rows;
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
  static const std::vector<Field<CaseSpec>> rows = with_events({
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
      kept<CaseSpec, &CaseSpec::steps>({.name = "steps",
                                        .type = Type::list,
                                        .section = "step",
                                        .doc = "Several rounds, instead of acts and expect."}),
  });
  return rows;
}

std::span<const Field<CaseSpec>> step_fields() {
  static const std::vector<Field<CaseSpec>> rows = with_events({
      field<&CaseSpec::step_title>({.name = "title", .doc = "Of the step."}),
  });
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
      kept<FactsSpec, &FactsSpec::areas>(
          {.name = "areas",
           .type = Type::tags,
           .doc =
               "Geographical terms that articles may use though no place of the case has them."}),
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
      kept<FactsSpec, &FactsSpec::doctrine>(
          {.name = "doctrine",
           .type = Type::section,
           .section = "doctrine",
           .doc = "How contested questions are read; the usual readings where nothing is said."}),
      kept<FactsSpec, &FactsSpec::settings>({.name = "settings",
                                             .type = Type::section,
                                             .section = "settings",
                                             .doc = "Parameters of the law."}),
      kept<FactsSpec, &FactsSpec::sources>(
          {.name = "sources",
           .type = Type::custom,
           .section = "sources",
           .doc = "Publications by a short name, which the `source` of a pact may use."}),
      field<&FactsSpec::date>({.name = "date",
                               .doc = "Of the acts and changes that give none, and of a step "
                                      "without acts: terms that have run out "
                                      "by then are looked at."}),
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
      of_act<&Act::against_usurper>(
          {.name = "against_usurper", .doc = "Of a coup: who is in office took power by one."}),
      of_act<&Act::help_asked>(
          {.name = "help_asked", .doc = "Whether the victim asks for help over it."}),
      {{.name = "provocation",
        .type = Type::section,
        .section = "provocation",
        .doc = "What the victim had done to the author."},
       read_provocation},
      of_act<&Act::demand_made>({.name = "demand_made",
                                 .doc = "The victim's side had made a demand, and it was "
                                        "refused."}),
      of_act<&Act::asked_by>(
          {.name = "asked_by",
           .words = law::names<law::Claimant>(),
           .doc = "Which of the victim's two governments asks for help over it."}),
      of_act<&Act::invited_by>(
          {.name = "invited_by",
           .words = law::names<law::Claimant>(),
           .doc = "Which of two governments of the place asked for it; whose word that is depends "
                  "on whom each recognises."}),
      of_act<&Act::authorises>({.name = "authorises",
                                .words = law::names<law::Obligation>(),
                                .doc = "Of an authorisation: arms (troops, war), or sanction for "
                                       "measures short of them, which a blockade as grave as an "
                                       "armed attack is not; war if unset."}),
      of_act<&Act::until>(
          {.name = "until", .doc = "Of an authorisation: the first day on which it has run out."}),
      of_act<&Act::vetoed_by>({.name = "vetoed_by", .doc = "Of an authorisation: who vetoed it."}),
      of_act<&Act::agreed>({.name = "agreed",
                            .doc = "Of an armistice or a peace: the allies of those who make it "
                                   "agree."}),
      of_act<&Act::control>({.name = "sponsor_control",
                             .words = law::names<law::Control>(),
                             .doc =
                                 "What the sponsor has to do with it: support, overall (control) "
                                 "or direction; matters under some doctrines."}),
      of_act<&Act::host_unable>(
          {.name = "host_unable",
           .doc = "The state whose soil it is cannot or will not stop the band; matters under some "
                  "doctrines."}),
      of_act<&Act::imminent>({.name = "imminent",
                              .doc = "The victim was about to attack the author; matters under "
                                     "some doctrines."}),
      of_act<&Act::repelled>({.name = "repelled",
                              .doc = "The attack that it answers has been beaten back, and no "
                                     "other is to come; matters under some doctrines."}),
      of_act<&Act::asks_for>(
          {.name = "asks_for",
           .words = law::names<law::Obligation>(),
           .doc = "The most for which the victim asks; unset: all that is owed."}),
      of_act<&Act::government>({.name = "government",
                                .words = law::names<law::Claimant>(),
                                .doc = "Of a recognition: which of two governments."}),
      of_act<&Act::withdraws_request>(
          {.name = "withdraws_request", .doc = "The victim takes back what it has asked for."}),
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
      "notice", "notice_withdrawn", "suspend", "reinstate",       "accede",        "admit", "expel",
      "end",    "extend",           "succeed", "suspend_article", "resume_article"};
  const auto of = [](FieldInfo info, auto read) { return Field<ChangeRow>{info, read}; };
  static const std::vector<Field<ChangeRow>> rows{
      of({.name = "change",
          .type = Type::word,
          .required = true,
          .words = kinds,
          .doc = "What is done."},
         [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) {
           out.change.at = d.mark(node.at);
           return d.read(node, f, path, out.change.kind);
         }),
      of({.name = "of", .type = Type::actor, .doc = "Of which member."},
         [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.of); }),
      of({.name = "by", .type = Type::actor, .doc = "Of a succession: who takes its place."},
         [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.by); }),
      of({.name = "pact", .type = Type::text, .doc = "Of which pact; unset: the only one."},
         [](CaseDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
            ChangeRow& out) { return d.read(node, FieldInfo{}, path, out.change.pact); }),
      of({.name = "date", .type = Type::date, .doc = "When; unset: the date of the step or case."},
         [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.date); }),
      of({.name = "until", .type = Type::date, .doc = "The end of a suspension, if known."},
         [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.until); }),
      of({.name = "role",
          .type = Type::word,
          .words = law::names<law::Role>(),
          .doc = "Of a new member."},
         [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.role); }),
      kept<ChangeRow, &ChangeRow::article>({.name = "article",
                                            .type = Type::text,
                                            .doc = "That is extended, suspended or resumed."}),
      kept<ChangeRow, &ChangeRow::where>({.name = "where",
                                          .type = Type::custom,
                                          .section = "region_or_area",
                                          .doc = "Places and areas to which it is extended."}),
      of({.name = "expect",
          .type = Type::word,
          .words = law::names<law::Reason>(),
          .doc = "The answer: accepted, or why not."},
         [](CaseDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
            ChangeRow& out) { return d.read_reason(node, path, out.change.expect); }),
      of({.name = "effective", .type = Type::date, .doc = "The day it takes effect, as expected."},
         [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
            ChangeRow& out) { return d.read(node, f, path, out.change.effective); }),
  };
  return rows;
}

}  // namespace casus::casebook
