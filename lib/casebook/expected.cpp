#include "casebook/expected.h"

#include <fmt/format.h>

#include <algorithm>

namespace casus::casebook {

namespace {

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
           did_you_mean(near));
  }
  return std::nullopt;
}

/// The pact that is named, or the only one.
PactId read_pact_or_only(CaseDecoder& d, const Node* node, const Position& at,
                         const std::string& path, bool needed) {
  PactId pact;
  if (node != nullptr) {
    d.read(*node, FieldInfo{}, path + ".pact", pact);
  } else if (d.pacts.names.size() == 1) {
    pact = PactId(0);
  } else if (needed) {
    d.fail("E0202", at, path + ".pact", "key 'pact' is missing",
           "the case has several pacts: say which");
  }
  return pact;
}

/// Who did it, and what the Security Council allows, is asked of no pact.
bool of_no_pact(const VerdictRow::StageRow& s) {
  using R = law::Reason;
  return s.stage == law::Stage::attributed ||
         (s.stage == law::Stage::consequence &&
          (s.reason == R::authorised || s.reason == R::out_of_proportion ||
           s.reason == R::authorisation_ended || s.reason == R::vetoed ||
           s.reason == R::outside_competence));
}

/// A term runs out though nobody does anything.
bool of_no_act(const VerdictRow::StageRow& s) {
  return s.stage == law::Stage::consequence && s.reason == law::Reason::term_run_out;
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
  const auto of_member = [](const VerdictRow::StageRow& s) {
    return s.stage == law::Stage::obliged || s.stage == law::Stage::able ||
           s.stage == law::Stage::honoured;
  };
  // A level is that of what a member owes and gives; if nothing is asked of a member, of what the
  // article, the request or the consequence is about.
  const bool members_asked = std::any_of(row.stages.begin(), row.stages.end(), of_member);
  const bool who_alone = std::all_of(row.stages.begin(), row.stages.end(), [](const auto& s) {
    return s.stage == law::Stage::attributed;
  });
  if (row.level && who_alone) {
    d.fail("E0208", item.at, path + ".level", "who did it has no level",
           "'level' goes with a later stage");
    return;
  }
  const bool pactless = std::all_of(row.stages.begin(), row.stages.end(), of_no_pact);
  ExpectedVerdict verdict;
  verdict.absent = none;
  verdict.act = read_selector(d, read.act, path + ".act", !none);
  const PactId pact = read_pact_or_only(d, read.pact, item.at, path, !pactless && !none);
  std::optional<ArticleId> article;
  if (read.article != nullptr) article = d.article(*read.article, pact, path + ".article");
  verdict.towards = row.towards;
  verdict.wave = row.wave;
  verdict.why = row.why;
  if (row.members.empty()) row.members.emplace_back();
  for (const VerdictRow::StageRow& s : row.stages) {
    for (const ActorId member : row.members) {
      ExpectedVerdict v = verdict;
      v.stage = s.stage;
      v.yes = s.yes;
      if (!none) v.reason = s.reason;
      if (!none && of_no_act(s)) v.act.reset();
      if (!of_no_pact(s)) {
        v.pact = pact;
        v.article = article;
      }
      if (of_member(s) || (!members_asked && s.stage != law::Stage::attributed)) {
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
    for (const Node* item : CaseDecoder::items(node)) {
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
