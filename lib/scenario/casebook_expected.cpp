#include <fmt/format.h>

#include <algorithm>

#include "scenario/casebook_decoder.h"
#include "scenario/tables.h"

namespace casus::casebook {

using scenario::Decoder;
using scenario::field;
using scenario::kind_name;
using scenario::read_fields;
using scenario::Type;

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

/// What several kinds of expectation have in common.
struct Common {
  const Node* act = nullptr;
  const Node* pact = nullptr;
  const Node* article = nullptr;
};

template <class S, const Node* S::*Member>
Field<S> kept(FieldInfo info) {
  return {info, [](Decoder&, const Node& node, const FieldInfo&, const std::string&, S& out) {
            out.*Member = &node;
            return true;
          }};
}

template <class S, class Reader>
Field<S> row(FieldInfo info, Reader reader) {
  return {info, reader};
}

/// An expectation and the parts of it that are read when the pact is known.
template <class T>
struct Item {
  T value{};
  const Node *act = nullptr, *pact = nullptr, *article = nullptr;
};

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

/// A row for a member of the expectation inside an item.
template <class T, auto Member>
Field<Item<T>> part(FieldInfo info) {
  using Value = typename scenario::detail::MemberOf<decltype(Member)>::Value;
  if (info.type == Type::automatic) info.type = scenario::type_of<Value>();
  return {info, [](Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                   Item<T>& out) { return d.read(node, f, path, out.value.*Member); }};
}

/// One entry of `verdicts` or `none`: several stages share their particulars.
struct VerdictRow {
  struct StageRow {
    law::Stage stage;
    bool yes;
    law::Reason reason;
    Position at;
  };
  std::vector<StageRow> stages;
  std::vector<ActorId> members;
  ActorId towards;
  std::optional<law::Obligation> level;
  std::optional<std::uint16_t> wave;
  std::optional<law::Stage> stage;  ///< of `none`
};
using VerdictItem = Item<VerdictRow>;

template <law::Stage Stage, bool Yes>
bool read_stage(Decoder& d, const Node& node, const FieldInfo&, const std::string& path,
                VerdictItem& out) {
  law::Reason reason{};
  if (!of_case(d).read_reason(node, path, reason)) return false;
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
  return rows;
}

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
    return all;
  }();
  return rows;
}

struct ConflictRow {
  ExpectedConflict conflict;
  const Node *first = nullptr, *second = nullptr, *chosen = nullptr;
};

std::span<const Field<ConflictRow>> conflict_fields() {
  using R = ConflictRow;
  static const std::vector<Field<R>> rows{
      row<R>({.name = "member", .type = Type::actor, .required = true, .doc = "Whose."},
             [](Decoder& d, const Node& n, const FieldInfo& f, const std::string& p, R& out) {
               return d.read(n, f, p, out.conflict.member);
             }),
      row<R>({.name = "kind", .type = Type::word, .words = conflict_names(), .doc = "Of what."},
             [](Decoder& d, const Node& n, const FieldInfo& f, const std::string& p, R& out) {
               return d.read(n, f, p, out.conflict.kind);
             }),
      row<R>({.name = "decided_by",
              .type = Type::word,
              .words = decision_names(),
              .doc = "How it was decided."},
             [](Decoder& d, const Node& n, const FieldInfo& f, const std::string& p, R& out) {
               return d.read(n, f, p, out.conflict.decided_by);
             }),
      row<R>({.name = "first",
              .type = Type::text,
              .doc = "A pact; of those with an order, the one "
                     "that prevails."},
             [](Decoder& d, const Node& n, const FieldInfo&, const std::string& p, R& out) {
               return of_case(d).read_pact(n, p, out.conflict.first);
             }),
      row<R>({.name = "second", .type = Type::text, .doc = "The other pact."},
             [](Decoder& d, const Node& n, const FieldInfo&, const std::string& p, R& out) {
               return of_case(d).read_pact(n, p, out.conflict.second);
             }),
      row<R>({.name = "chosen", .type = Type::text, .doc = "Whom it sided with, or nobody."},
             [](Decoder& d, const Node& n, const FieldInfo& f, const std::string& p, R& out) {
               if (n.is_scalar() && n.text == "nobody") {
                 out.conflict.chosen = ActorId();
                 return true;
               }
               return d.read(n, f, p, out.conflict.chosen);
             }),
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
    all.push_back(
        {{.name = "reason",
          .type = Type::word,
          .words = law::names<law::Reason>(),
          .doc = "The outcome: adopted, or why not."},
         [](Decoder& d, const Node& n, const FieldInfo&, const std::string& path, Item<T>& out) {
           law::Reason reason{};
           if (!of_case(d).read_reason(n, path, reason)) return false;
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
    return all;
  }();
  return rows;
}

struct SelectorRow {
  ActorId by, against;
  std::optional<law::ActKind> kind;
};

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

std::optional<ActSelector> read_selector(CaseDecoder& d, const Node* node, const std::string& path,
                                         bool first_if_unset) {
  ActSelector out;
  if (node == nullptr) {
    if (!first_if_unset || d.acts == nullptr || d.acts->empty()) return std::nullopt;
    out.given = 0;
    return out;
  }
  if (node->is_map()) {
    SelectorRow row;
    read_fields(d, *node, node->at, path, selector_fields(), row);
    out.by = row.by;
    out.against = row.against;
    out.kind = row.kind;
    return out;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; d.acts != nullptr && i < d.acts->size(); ++i) {
    if (node->is_scalar() && (*d.acts)[i].name == node->text) {
      out.given = i;
      return out;
    }
    names.push_back((*d.acts)[i].name);
  }
  if (d.facts_sound) {
    const std::string near = node->is_scalar() ? nearest(node->text, names) : std::string();
    d.fail("E0307", node->at, path,
           node->is_scalar()
               ? fmt::format("no act '{}' in this step", node->text)
               : fmt::format("expected the name of an act, found {}", kind_name(*node)),
           near.empty() ? std::string() : fmt::format("did you mean '{}'?", near));
  }
  return std::nullopt;
}

/// The pact that is named, or the only one.
PactId read_pact_or_only(CaseDecoder& d, const Node* node, const Position& at,
                         const std::string& path, bool needed) {
  PactId pact;
  if (node != nullptr) {
    d.read_pact(*node, path + ".pact", pact);
  } else if (d.pacts.names.size() == 1) {
    pact = PactId(0);
  } else if (needed) {
    d.fail("E0202", at, path + ".pact", "key 'pact' is missing",
           "the case has several pacts: say which");
  }
  return pact;
}

void read_verdict(CaseDecoder& d, const Node& item, const std::string& path, bool none,
                  std::vector<ExpectedVerdict>& out) {
  VerdictItem read;
  const bool good =
      read_fields(d, item, item.at, path, none ? none_fields() : verdict_fields(), read);
  VerdictRow& row = read.value;
  if (!good) {
    // What can be said of the rest is said now, not after the next attempt.
    read_selector(d, read.act, path + ".act", false);
    const PactId pact = read_pact_or_only(d, read.pact, item.at, path, false);
    if (read.article != nullptr) d.article(*read.article, pact, path + ".article");
    return;
  }
  if (none) row.stages.push_back({*row.stage, false, law::Reason::none, item.at});
  if (row.stages.empty()) {
    d.fail("E0202", item.at, path, "no stage is named", "for example covered: article_applies");
    return;
  }
  const bool only_attributed = std::all_of(row.stages.begin(), row.stages.end(), [](const auto& s) {
    return s.stage == law::Stage::attributed;
  });
  ExpectedVerdict verdict;
  verdict.absent = none;
  verdict.act = read_selector(d, read.act, path + ".act", !none);
  const PactId pact = read_pact_or_only(d, read.pact, item.at, path, !only_attributed && !none);
  std::optional<std::uint16_t> article;
  if (read.article != nullptr) article = d.article(*read.article, pact, path + ".article");
  verdict.towards = row.towards;
  verdict.wave = row.wave;
  if (row.members.empty()) row.members.emplace_back();
  for (const VerdictRow::StageRow& s : row.stages) {
    for (const ActorId member : row.members) {
      ExpectedVerdict v = verdict;
      v.stage = s.stage;
      v.yes = s.yes;
      if (!none) v.reason = s.reason;
      if (s.stage != law::Stage::attributed) {
        v.pact = pact;
        v.article = article;
      }
      if (s.stage == law::Stage::obliged || s.stage == law::Stage::able ||
          s.stage == law::Stage::honoured) {
        v.level = row.level;
      }
      v.member = member;
      v.at = d.mark(s.at);
      out.push_back(std::move(v));
    }
  }
}

template <class T>
void finish(CaseDecoder& d, Item<T>& item, const Node& node, const std::string& path,
            bool pact_needed) {
  item.value.at = d.mark(node.at);
  item.value.pact = read_pact_or_only(d, item.pact, node.at, path, pact_needed);
  if constexpr (requires { item.value.act; }) {
    item.value.act = read_selector(d, item.act, path + ".act", false);
  }
  if constexpr (requires { item.value.article; }) {
    if (item.article != nullptr) {
      item.value.article = d.article(*item.article, item.value.pact, path + ".article");
    }
  }
}

template <class T, class Read>
std::optional<Listed<T>> read_listed(CaseDecoder& d, const Node& node, const std::string& path,
                                     Read read) {
  Listed<T> out;
  out.at = d.mark(node.at);
  if (!d.expect(node, Node::Kind::list, path)) return std::nullopt;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    T value{};
    if (read(node.items[i], fmt::format("{}[{}]", path, i), value)) out.items.push_back(value);
  }
  return out;
}

bool read_pair(CaseDecoder& d, const Node& node, const std::string& path,
               std::pair<ActorId, ActorId>& out) {
  if (!d.expect(node, Node::Kind::list, path)) return false;
  if (node.items.size() != 2) {
    return d.fail("E0210", node.at, path,
                  fmt::format("a war is between two parties, not {}", node.items.size()),
                  "for example [aland, cland]");
  }
  const bool first = d.read(node.items[0], FieldInfo{}, path, out.first);
  return d.read(node.items[1], FieldInfo{}, path, out.second) && first;
}

template <class Rows, class Read>
void for_each(CaseDecoder& d, const Node& node, const std::string& path, Rows rows, Read read) {
  if (!d.expect(node, Node::Kind::list, path)) return;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const std::string at = fmt::format("{}[{}]", path, i);
    auto value = rows;
    read(node.items[i], at, value);
  }
}

void read_vote_or_foreseen(CaseDecoder& d, const std::string& key, const Node& node,
                           const std::string& path, Expected& out) {
  if (key == "votes") {
    for_each(d, node, path, Item<ExpectedVote>{},
             [&](const Node& item, const std::string& at, Item<ExpectedVote>& v) {
               if (!read_fields(d, item, item.at, at, vote_rows(), v)) return;
               finish(d, v, item, at, true);
               v.value.act = read_selector(d, v.act, at + ".act", true);
               out.votes.push_back(v.value);
             });
    return;
  }
  for_each(d, node, path, Item<Foreseen>{},
           [&](const Node& item, const std::string& at, Item<Foreseen>& f) {
             if (!read_fields(d, item, item.at, at, foreseen_fields(), f)) return;
             f.value.at = d.mark(item.at);
             f.value.act = read_selector(d, f.act, at + ".act", true);
             out.foreseen.push_back(f.value);
           });
}

void read_counts(CaseDecoder& d, const Entry& e, const std::string& path, Expected& out) {
  std::uint32_t n = 0;
  FieldInfo f;
  f.low = 0;
  f.high = 1e9;
  if (!d.read(e.value, f, path, n)) return;
  (e.key == "waves" ? out.waves : out.decisions) = std::pair(n, d.mark(e.value.at));
}

void read_section(CaseDecoder& d, const Entry& e, const std::string& path, Expected& out) {
  const Node& node = e.value;
  if (e.key == "verdicts" || e.key == "none") {
    if (!d.expect(node, Node::Kind::list, path)) return;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      read_verdict(d, node.items[i], fmt::format("{}[{}]", path, i), e.key == "none", out.verdicts);
    }
  } else if (e.key == "commitments") {
    out.commitments = read_listed<ExpectedCommitment>(
        d, node, path, [&](const Node& item, const std::string& at, ExpectedCommitment& value) {
          Item<ExpectedCommitment> read;
          if (!read_fields(d, item, item.at, at, commitment_fields(), read)) return false;
          finish(d, read, item, at, false);
          value = read.value;
          return true;
        });
  } else if (e.key == "breaches") {
    out.breaches = read_listed<ExpectedBreach>(
        d, node, path, [&](const Node& item, const std::string& at, ExpectedBreach& value) {
          Item<ExpectedBreach> read;
          if (!read_fields(d, item, item.at, at, breach_fields(), read)) return false;
          finish(d, read, item, at, false);
          value = read.value;
          return true;
        });
  } else if (e.key == "conflicts") {
    out.conflicts = read_listed<ExpectedConflict>(
        d, node, path, [&](const Node& item, const std::string& at, ExpectedConflict& value) {
          ConflictRow read;
          if (!read_fields(d, item, item.at, at, conflict_fields(), read)) return false;
          value = read.conflict;
          value.at = d.mark(item.at);
          return true;
        });
  } else if (e.key == "at_war") {
    out.at_war = read_listed<std::pair<ActorId, ActorId>>(
        d, node, path, [&](const Node& item, const std::string& at, auto& value) {
          return read_pair(d, item, at, value);
        });
  } else if (e.key == "nobody") {
    for (const Node* item : Decoder::items(node)) {
      ActorId id;
      if (d.read(*item, FieldInfo{}, path, id)) out.nobody.emplace_back(id, d.mark(item->at));
    }
  } else if (e.key == "votes" || e.key == "foreseen") {
    read_vote_or_foreseen(d, e.key, node, path, out);
  } else {
    read_counts(d, e, path, out);
  }
}

}  // namespace

std::vector<ExpectSection> expect_sections() {
  using scenario::infos;
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

void read_expected(CaseDecoder& d, const Node& node, const std::string& path, Expected& out) {
  if (!d.expect(node, Node::Kind::map, path)) return;
  std::vector<std::string> names;
  for (const ExpectSection& s : expect_sections()) {
    if (s.name != "act_selector") names.emplace_back(s.name);
  }
  for (const Entry& e : node.entries) {
    const std::string at = path + "." + e.key;
    if (std::find(names.begin(), names.end(), e.key) == names.end()) {
      d.unknown_key(e, at, names);
    } else {
      read_section(d, e, at, out);
    }
  }
}

}  // namespace casus::casebook
