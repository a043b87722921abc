#include "casebook/expected.h"
#include "casus/law/vocabulary.h"
#include "scenario/pact_tables.h"

namespace casus::casebook {

std::span<const std::string_view> breach_names() {
  static constexpr std::string_view words[] = {"help_refused", "abstention_broken",
                                               "member_attacked"};
  return words;
}
std::span<const std::string_view> conflict_names() {
  static constexpr std::string_view words[] = {"both_sides", "help_or_abstain", "two_pacts",
                                               "members_at_war"};
  return words;
}
std::span<const std::string_view> decision_names() {
  static constexpr std::string_view words[] = {"precedence", "release", "cumulation", "choice"};
  return words;
}

namespace {

template <class S, class Reader>
Field<S> row(FieldInfo info, Reader reader) {
  return {info, reader};
}

template <class T>
std::vector<Field<Item<T>>> common_rows(bool article) {
  using S = Item<T>;
  std::vector<Field<S>> rows{
      kept<S, &S::act>({.name = "act",
                        .type = Type::custom,
                        .section = "act_selector",
                        .doc = "Which act: its name, or by, against and act of one that the law "
                               "set off."}),
      kept<S, &S::pact>(
          {.name = "pact", .type = Type::text, .doc = "Which pact; unset: the only one."})};
  if (article) {
    rows.push_back(kept<S, &S::article>(
        {.name = "article", .type = Type::text, .doc = "The article that decides."}));
  }
  return rows;
}

FieldInfo why_info() {
  return {.name = "why",
          .type = Type::text,
          .lines = true,
          .doc =
              "A sentence that says why this is expected; it is printed where the expectation is "
              "met and where it is not."};
}

/// A row for a member of the expectation inside an item.
template <class T, auto Member>
Field<Item<T>> part(FieldInfo info) {
  using Value = typename text::detail::MemberOf<decltype(Member)>::Value;
  if (info.type == Type::automatic) info.type = type_of<Value>();
  return {info, [](CaseDecoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                   Item<T>& out) { return d.read(node, f, path, out.value.*Member); }};
}

template <law::Stage Stage, bool Yes>
bool read_stage(CaseDecoder& d, const Node& node, const FieldInfo&, const std::string& path,
                VerdictItem& out) {
  law::Reason reason{};
  if (!d.read_reason(node, path, reason)) return false;
  out.value.stages.push_back({Stage, Yes, reason, node.at});
  return true;
}

template <law::Stage Stage>
void stage_rows(std::string_view yes, std::string_view no, std::vector<Field<VerdictItem>>& rows) {
  rows.push_back({{.name = yes,
                   .type = Type::word,
                   .words = law::names<law::Reason>(),
                   .doc = "The stage answers yes, for this reason."},
                  read_stage<Stage, true>});
  if (no.empty()) return;
  rows.push_back({{.name = no,
                   .type = Type::word,
                   .words = law::names<law::Reason>(),
                   .doc = "The stage answers no, for this reason."},
                  read_stage<Stage, false>});
}

std::vector<Field<VerdictItem>> verdict_base() {
  std::vector<Field<VerdictItem>> rows = common_rows<VerdictRow>(true);
  rows.push_back(part<VerdictRow, &VerdictRow::members>(
      {.name = "member", .doc = "Whose verdict; of a list, each has it."}));
  rows.push_back(part<VerdictRow, &VerdictRow::why>(why_info()));
  return rows;
}

}  // namespace

std::span<const Field<VerdictItem>> verdict_fields() {
  static const std::vector<Field<VerdictItem>> rows = [] {
    std::vector<Field<VerdictItem>> all = verdict_base();
    stage_rows<law::Stage::attributed>("attributed", "not_attributed", all);
    stage_rows<law::Stage::covered>("covered", "not_covered", all);
    stage_rows<law::Stage::invoked>("invoked", "not_invoked", all);
    stage_rows<law::Stage::obliged>("obliged", "not_obliged", all);
    stage_rows<law::Stage::able>("able", "not_able", all);
    stage_rows<law::Stage::honoured>("honoured", "not_honoured", all);
    stage_rows<law::Stage::consequence>("consequence", "", all);
    all.push_back(
        part<VerdictRow, &VerdictRow::level>({.name = "level",
                                              .type = Type::word,
                                              .words = law::names<law::Obligation>(),
                                              .doc = "What is owed, within reach, or given."}));
    all.push_back(part<VerdictRow, &VerdictRow::towards>(
        {.name = "towards", .doc = "Who benefits, or was wronged."}));
    all.push_back(part<VerdictRow, &VerdictRow::wave>(
        {.name = "wave",
         .type = Type::whole,
         .low = 0,
         .high = 10000,
         .doc = "0: about an act of the case; 1: about an answer to it."}));
    return all;
  }();
  return rows;
}

std::span<const Field<VerdictItem>> none_fields() {
  static const std::vector<Field<VerdictItem>> rows = [] {
    std::vector<Field<VerdictItem>> all = verdict_base();
    all.push_back(part<VerdictRow, &VerdictRow::stage>({.name = "stage",
                                                        .type = Type::word,
                                                        .required = true,
                                                        .words = law::names<law::Stage>(),
                                                        .doc = "Which question was never put.",
                                                        .example = "obliged"}));
    return all;
  }();
  return rows;
}

std::span<const Field<Item<ExpectedCommitment>>> commitment_fields() {
  using T = ExpectedCommitment;
  static const std::vector<Field<Item<T>>> rows = [] {
    auto all = common_rows<T>(true);
    all.push_back(part<T, &T::member>({.name = "member", .required = true, .doc = "Who helps."}));
    all.push_back(part<T, &T::beneficiary>({.name = "beneficiary", .doc = "Whom."}));
    all.push_back(part<T, &T::against>({.name = "against", .doc = "Against whom."}));
    all.push_back(part<T, &T::level>({.name = "level",
                                      .type = Type::word,
                                      .words = law::names<law::Obligation>(),
                                      .doc = "How."}));
    all.push_back(
        part<T, &T::enforcement>({.name = "enforcement",
                                  .type = Type::flag,
                                  .doc = "Against those who took power in the beneficiary."}));
    all.push_back(part<T, &T::pending>(
        {.name = "pending", .type = Type::flag, .doc = "Comes too late to start another wave."}));
    all.push_back(part<T, &T::why>(why_info()));
    return all;
  }();
  return rows;
}

std::span<const Field<Item<ExpectedBreach>>> breach_fields() {
  using T = ExpectedBreach;
  static const std::vector<Field<Item<T>>> rows = [] {
    auto all = common_rows<T>(true);
    std::erase_if(all, [](const auto& f) { return f.info.name == "act"; });
    all.push_back(
        part<T, &T::member>({.name = "member", .required = true, .doc = "Who broke it."}));
    all.push_back(part<T, &T::towards>({.name = "towards", .doc = "Who was wronged."}));
    all.push_back(part<T, &T::kind>(
        {.name = "kind", .type = Type::word, .words = breach_names(), .doc = "In what way."}));
    all.push_back(part<T, &T::level>({.name = "level",
                                      .type = Type::word,
                                      .words = law::names<law::Obligation>(),
                                      .doc = "What was owed."}));
    all.push_back(part<T, &T::abstention>({.name = "abstention",
                                           .type = Type::word,
                                           .words = law::names<law::Abstention>(),
                                           .doc = "What had been promised not to be done."}));
    all.push_back(part<T, &T::excused>({.name = "excused",
                                        .type = Type::flag,
                                        .doc = "A conflict of obligations left no lawful way."}));
    all.push_back(part<T, &T::date>({.name = "date",
                                     .type = Type::date,
                                     .doc = "When it was broken: the day of the act, or the day "
                                            "after a term."}));
    all.push_back(part<T, &T::why>(why_info()));
    return all;
  }();
  return rows;
}

std::span<const Field<ConflictRow>> conflict_fields() {
  using R = ConflictRow;
  static const std::vector<Field<R>> rows{
      row<R>({.name = "member", .type = Type::actor, .required = true, .doc = "Whose."},
             [](CaseDecoder& d, const Node& n, const FieldInfo& f, const std::string& p, R& out) {
               return d.read(n, f, p, out.conflict.member);
             }),
      row<R>({.name = "kind", .type = Type::word, .words = conflict_names(), .doc = "Of what."},
             [](CaseDecoder& d, const Node& n, const FieldInfo& f, const std::string& p, R& out) {
               return d.read(n, f, p, out.conflict.kind);
             }),
      row<R>({.name = "decided_by",
              .type = Type::word,
              .words = decision_names(),
              .doc = "How it was decided."},
             [](CaseDecoder& d, const Node& n, const FieldInfo& f, const std::string& p, R& out) {
               return d.read(n, f, p, out.conflict.decided_by);
             }),
      row<R>({.name = "first",
              .type = Type::text,
              .doc = "A pact; of those with an order, the one "
                     "that prevails."},
             [](CaseDecoder& d, const Node& n, const FieldInfo&, const std::string& p, R& out) {
               return d.read(n, FieldInfo{}, p, out.conflict.first);
             }),
      row<R>({.name = "second", .type = Type::text, .doc = "The other pact."},
             [](CaseDecoder& d, const Node& n, const FieldInfo&, const std::string& p, R& out) {
               return d.read(n, FieldInfo{}, p, out.conflict.second);
             }),
      row<R>({.name = "chosen", .type = Type::text, .doc = "Whom it sided with, or nobody."},
             [](CaseDecoder& d, const Node& n, const FieldInfo& f, const std::string& p, R& out) {
               if (n.is_scalar() && n.text == "nobody") {
                 out.conflict.chosen = ActorId();
                 return true;
               }
               return d.read(n, f, p, out.conflict.chosen);
             }),
      row<R>(why_info(), [](CaseDecoder& d, const Node& n, const FieldInfo& f, const std::string& p,
                            R& out) { return d.read(n, f, p, out.conflict.why); }),
  };
  return rows;
}

std::span<const Field<Item<ExpectedVote>>> vote_rows() {
  using T = ExpectedVote;
  static const std::vector<Field<Item<T>>> rows = [] {
    auto all = common_rows<T>(true);
    all.push_back(part<T, &T::level>({.name = "level",
                                      .required = true,
                                      .words = law::names<law::Obligation>(),
                                      .doc = "The help that is voted on.",
                                      .example = "troops"}));
    all.push_back(
        part<T, &T::organ>({.name = "organ", .doc = "Which organ; unset: that of the article."}));
    all.push_back({{.name = "reason",
                    .type = Type::word,
                    .words = law::names<law::Reason>(),
                    .doc = "The outcome: adopted, or why not."},
                   [](CaseDecoder& d, const Node& n, const FieldInfo&, const std::string& path,
                      Item<T>& out) {
                     law::Reason reason{};
                     if (!d.read_reason(n, path, reason)) return false;
                     out.value.reason = reason;
                     return true;
                   }});
    const auto number = [](std::string_view name, std::string_view doc) {
      return FieldInfo{.name = name, .type = Type::whole, .low = 0, .high = 10000, .doc = doc};
    };
    all.push_back(part<T, &T::in_favour>(number("in_favour", "Votes for.")));
    all.push_back(part<T, &T::against>(number("against", "Votes against.")));
    all.push_back(part<T, &T::abstained>(number("abstained", "Present without a vote.")));
    all.push_back(part<T, &T::absent>(number("absent", "Entitled, but stayed away.")));
    all.push_back(part<T, &T::not_entitled>(number("not_entitled", "Members without a vote.")));
    all.push_back(part<T, &T::why>(why_info()));
    return all;
  }();
  return rows;
}

std::span<const Field<Item<Foreseen>>> foreseen_fields() {
  using T = Foreseen;
  static const std::vector<Field<Item<T>>> rows = [] {
    auto all = common_rows<T>(false);
    std::erase_if(all, [](const auto& f) { return f.info.name == "pact"; });
    all.push_back(part<T, &T::observer>(
        {.name = "observer", .doc = "Who expects it; unset: the author of the act."}));
    all.push_back(
        part<T, &T::members>({.name = "members",
                              .required = true,
                              .doc = "Whom it expects to come to the victim's help with arms.",
                              .example = "[bland]"}));
    all.push_back(part<T, &T::why>(why_info()));
    return all;
  }();
  return rows;
}

std::span<const Field<SelectorRow>> selector_fields() {
  static const std::vector<Field<SelectorRow>> rows{
      field<&SelectorRow::by>({.name = "by", .doc = "Its author."}),
      field<&SelectorRow::against>({.name = "against", .doc = "Its victim."}),
      field<&SelectorRow::kind>({.name = "act",
                                 .type = Type::word,
                                 .words = law::names<law::ActKind>(),
                                 .doc = "Its kind."}),
  };
  return rows;
}

std::vector<ExpectSection> expect_sections() {
  return {
      {"verdicts", true, "Answers of stages that are among those given.", infos(verdict_fields())},
      {"none", true, "Questions that are never put.", infos(none_fields())},
      {"commitments", true, "All promises of help that are kept.", infos(commitment_fields())},
      {"breaches", true, "All that is broken.", infos(breach_fields())},
      {"conflicts", true, "All conflicts of obligation.", infos(conflict_fields())},
      {"votes", true, "Votes of organs.", infos(vote_rows())},
      {"foreseen", true, "Whom an observer expects to help with arms.", infos(foreseen_fields())},
      {"at_war", true, "All pairs that end at war.", {}},
      {"nobody", true, "Parties that have nothing to do with it.", {}},
      {"waves", false, "How many waves there were.", {}},
      {"decisions", false, "How many decisions members took.", {}},
      {"act_selector", false, "An act that the law set off.", infos(selector_fields())},
  };
}

}  // namespace casus::casebook
