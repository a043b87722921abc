#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/law/vocabulary.h"
#include "scenario/pact_tables.h"
#include "text/write_fields.h"

namespace casus::scenario {
namespace {

template <class S, std::span<const PactField<S>> (*Fields)()>
bool read_into_pact(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                    PactSpec& out) {
  if constexpr (std::is_same_v<S, law::Pact>) {
    return read_fields(d, node, node.at, path, Fields(), out.pact);
  } else {
    return read_fields(d, node, node.at, path, Fields(), out.pact.suspension);
  }
}

template <class S, std::span<const PactField<S>> (*Fields)()>
Node write_of_pact(const Encoder& e, const FieldInfo&, const PactSpec& in) {
  if constexpr (std::is_same_v<S, law::Pact>) {
    return write_fields(e, Fields(), in.pact);
  } else {
    return write_fields(e, Fields(), in.pact.suspension);
  }
}

/// A mapping of names to what is particular to each.
template <class S, class Name>
Node write_entries(const Encoder& e, const std::vector<S>& items,
                   std::span<const PactField<S>> fields, Name&& name) {
  Node map;
  for (const S& item : items) {
    Node entry = write_fields(e, fields, item);
    entry.kind = Node::Kind::map;
    Encoder::add(map, name(item), std::move(entry));
  }
  return map;
}

Node write_members(const Encoder& e, const FieldInfo& f, const PactSpec& in) {
  return write_entries(e, in.pact.members, member_fields(), [&](const law::Member& m) {
    return m.actor.valid() ? e.write(f, m.actor).text : std::string(Encoder::nobody);
  });
}
Node write_organs(const Encoder& e, const FieldInfo&, const PactSpec& in) {
  return write_entries(e, in.pact.organs, organ_fields(), [](const auto& o) { return o.id; });
}
Node write_articles(const Encoder& e, const FieldInfo&, const PactSpec& in) {
  return write_entries(e, in.pact.articles, article_fields(), [](const auto& a) { return a.id; });
}

/// Members, organs and articles refer to each other: they are read when all are known.
template <const Node* PactSpec::*Member>
bool keep(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
          PactSpec& out) {
  if (Member != &PactSpec::members && !d.expect(node, Node::Kind::map, path)) return false;
  out.*Member = &node;
  return true;
}

template <auto Member>
PactField<PactSpec> of_pact(FieldInfo info) {
  using Value = typename text::detail::MemberOf<decltype(Member)>::Value;
  if (info.type == Type::automatic) info.type = type_of<Value>();
  return {info,
          [](PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
             PactSpec& out) { return d.read(node, f, path, out.pact.*Member); },
          [](const Encoder& e, const FieldInfo& f, const PactSpec& in) {
            return e.write(f, in.pact.*Member);
          }};
}

}  // namespace

std::optional<std::int32_t> whole_months(const std::string& text) {
  const auto quantity = split_quantity(text);
  if (!quantity) return std::nullopt;
  const std::string& unit = quantity->second;
  const double months = unit.starts_with("month")  ? quantity->first
                        : unit.starts_with("year") ? 12.0 * quantity->first
                                                   : 0.0;
  if (!(months > 0.0) || std::floor(months) != months) return std::nullopt;
  return static_cast<std::int32_t>(months);
}

namespace {

/// Calendar months and years stay what they are; other units become days.
bool read_notice(PactDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                 law::Pact& out) {
  double days = 0.0;
  if (!d.read(node, f, path, days)) return false;
  if (const auto months = whole_months(node.text)) {
    out.notice_months = *months;
  } else {
    out.notice_days = static_cast<std::int32_t>(std::lround(days));
  }
  return true;
}

Node write_notice(const Encoder&, const FieldInfo&, const law::Pact& in) {
  std::string text;
  if (in.notice_months != 0) text = fmt::format("{} months", in.notice_months);
  // The two together are not in the words of scenarios, which the decoder will say.
  if (in.notice_days != 0)
    text += fmt::format("{}{} days", text.empty() ? "" : " and ", in.notice_days);
  return text.empty() ? Node() : scalar_node(text, {});
}

Node write_yields_to(const Encoder& e, const FieldInfo&, const PactSpec& in) {
  Node list;
  for (const PactKey key : in.pact.yields_to) {
    const auto name = std::find_if(e.pacts.begin(), e.pacts.end(),
                                   [&](const std::string& n) { return pact_key(n) == key; });
    Encoder::add(list,
                 name == e.pacts.end() ? scalar_node(Encoder::nobody, {}) : scalar_node(*name, {}));
  }
  return list;
}

bool read_yields_to(PactDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                    PactSpec& out) {
  bool good = true;
  for (const Node* item : PactDecoder::items(node)) {
    const auto row = d.look_up(d.pacts, *item, path);
    if (row) out.pact.yields_to.push_back(pact_key(item->text));
    good = good && row.has_value();
  }
  return good;
}

}  // namespace

std::span<const PactField<PactSpec>> pact_fields() {
  using law::Pact;
  static const std::vector<PactField<PactSpec>> rows{
      of_pact<&Pact::title>({.name = "title", .doc = "Its name for readers."}),
      pact_field<&PactSpec::source>(
          {.name = "source", .type = Type::source, .doc = "Where its text is from."}),
      of_pact<&Pact::signed_on>({.name = "signed",
                                 .doc = "The day of signature; by itself the day of entry into "
                                        "force. Changes since signing are measured from it.",
                                 .example = "2023-09-16"}),
      of_pact<&Pact::in_force>({.name = "in_force",
                                .required = true,
                                .doc = "The day it entered into force.",
                                .example = "2023-09-16"}),
      of_pact<&Pact::expires>({.name = "expires",
                               .doc = "The first day on which it is no longer in force.",
                               .example = "2033-09-16"}),
      of_pact<&Pact::term_years>({.name = "renews",
                                  .low = 0,
                                  .high = 1000,
                                  .fallback = "0",
                                  .doc = "Years by which it renews itself at expiry; 0: it does "
                                         "not."}),
      of_pact<&Pact::ended>({.name = "ended",
                             .doc = "The day it was denounced or dissolved.",
                             .example = "2022-05-02"}),
      {{.name = "withdrawal",
        .type = Type::section,
        .section = "withdrawal",
        .doc = "How a member leaves."},
       read_into_pact<law::Pact, withdrawal_fields>,
       write_of_pact<law::Pact, withdrawal_fields>},
      of_pact<&Pact::declaration>({.name = "declaration",
                                   .fallback = "false",
                                   .doc = "A promise made in a statement, not an agreement that "
                                          "was signed; mechanisms.commitments.declaration says "
                                          "what that takes from its weight."}),
      of_pact<&Pact::secret>({.name = "secret",
                              .fallback = "false",
                              .doc = "Nobody but its members knows of it, so it deters nobody."}),
      of_pact<&Pact::known_to>(
          {.name = "known_to", .doc = "Who knows of a secret pact besides its members."}),
      {{.name = "depth",
        .type = Type::section,
        .section = "depth",
        .doc = "How far it goes, in the terms of the ATOP data: both enter the probability that "
               "it is honoured."},
       read_into_pact<law::Pact, depth_fields>,
       write_of_pact<law::Pact, depth_fields>},
      of_pact<&Pact::original_targets>(
          {.name = "original_targets", .doc = "Whom it was made against."}),
      {{.name = "yields_to",
        .type = Type::custom,
        .section = "pact_names",
        .doc = "Pacts whose obligations prevail over its own.",
        .example = "[un_charter]"},
       read_yields_to,
       write_yields_to},
      of_pact<&Pact::speciality>({.name = "speciality",
                                  .low = 0,
                                  .high = 255,
                                  .fallback = "0",
                                  .doc = "Of two pacts that contradict each other the one of "
                                         "higher speciality prevails."}),
      of_pact<&Pact::accession>({.name = "accession",
                                 .fallback = "by_decision",
                                 .words = law::names<law::Accession>(),
                                 .doc = "How others may join."}),
      of_pact<&Pact::invited>({.name = "invited", .doc = "Who may join when invited."}),
      {{.name = "suspension",
        .type = Type::section,
        .section = "suspension",
        .doc = "What a suspended member loses."},
       read_into_pact<law::SuspensionRule, suspension_fields>,
       write_of_pact<law::SuspensionRule, suspension_fields>},
      {{.name = "members",
        .type = Type::custom,
        .required = true,
        .section = "members",
        .doc = "Its members: a list, or a mapping with what is particular to each.",
        .example = "[mali, niger, burkina_faso]"},
       keep<&PactSpec::members>,
       write_members},
      pact_field<&PactSpec::decision>(
          {.name = "decision",
           .type = Type::word,
           .words = law::names<law::DecisionRule>(),
           .doc = "Short for one organ with this rule, named `council`.",
           .example = "unanimity"}),
      {{.name = "organs",
        .type = Type::entries,
        .section = "organ",
        .doc = "Bodies that decide; the first one does where an article names none."},
       keep<&PactSpec::organs>,
       write_organs},
      {{.name = "articles",
        .type = Type::entries,
        .section = "article",
        .doc = "What it says, by article; names are free, as in \"5\" or \"II.3\"."},
       keep<&PactSpec::articles>,
       write_articles},
  };
  return rows;
}

std::span<const PactField<law::Pact>> depth_fields() {
  using law::Pact;
  static const std::vector<PactField<Pact>> rows{
      pact_field<&Pact::military_institutions>(
          {.name = "military_institutions",
           .low = 0,
           .high = 2,
           .fallback = "0",
           .doc = "2: an integrated command, a common policy or bases; 1: training, aid or a "
                  "military organisation; 0: none."}),
      pact_field<&Pact::formality>(
          {.name = "formality",
           .low = 0,
           .high = 2,
           .fallback = "0",
           .doc = "One for a public treaty, one more for an organisation with "
                  "regular meetings."}),
  };
  return rows;
}

std::span<const PactField<law::Pact>> withdrawal_fields() {
  using law::Pact;
  static const std::vector<PactField<Pact>> rows{
      pact_field<&Pact::withdrawal_allowed>(
          {.name = "allowed", .fallback = "true", .doc = "A member may leave."}),
      {{.name = "notice",
        .type = Type::duration,
        .low = 0,
        .high = 36525,
        .doc = "How long it stays bound after giving notice; months and years are the calendar's.",
        .example = "12 months"},
       read_notice,
       write_notice},
      pact_field<&Pact::denounce_months>(
          {.name = "before_term_months",
           .low = 0,
           .high = 1200,
           .fallback = "0",
           .doc = "It can be denounced for the end of a term alone, so many months before at the "
                  "latest; 0: at any time."}),
  };
  return rows;
}

std::span<const PactField<law::SuspensionRule>> suspension_fields() {
  using law::SuspensionRule;
  static const std::vector<PactField<SuspensionRule>> rows{
      pact_field<&SuspensionRule::loses_vote>(
          {.name = "loses_vote", .fallback = "true", .doc = "It does not vote."}),
      pact_field<&SuspensionRule::loses_protection>(
          {.name = "loses_protection", .fallback = "false", .doc = "It is owed no help."}),
      pact_field<&SuspensionRule::loses_duties>(
          {.name = "loses_duties", .fallback = "true", .doc = "It owes no help."}),
  };
  return rows;
}

}  // namespace casus::scenario
