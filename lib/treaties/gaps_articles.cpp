#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "treaties/gaps.h"

// Articles of one treaty beside each other: those that disagree, and those that never decide.
namespace casus::treaties {
namespace {

using law::Abstention;
using law::Clause;
using law::Obligation;
using law::Procedure;
using law::Reason;

std::string help(law::ObligationSet set) { return listing(spoken(set, help_phrase), "or"); }

law::ObligationSet arms(law::ObligationSet set) {
  return set & law::ObligationSet{Obligation::troops, Obligation::war};
}

/// The acts that both cover, of one cell at least.
law::ActSet both(const Survey& s, std::size_t a, std::size_t b) {
  law::ActSet acts;
  for (std::size_t i = 0; i < s.cells().size(); ++i) {
    if (s.solo(a, i).covered && s.solo(b, i).covered) acts.insert(s.cells()[i].act);
  }
  return acts;
}

/// How two articles that cover the same act disagree; empty if they do not.
std::string disagreement(const Survey& s, std::size_t a, std::size_t b) {
  const Clause &x = *s.clauses()[a], &y = *s.clauses()[b];
  // Where one owes more than the other they are degrees: consultation at once, troops by decision.
  if (highest(x.then.assist) != highest(y.then.assist)) return "";
  const law::ObligationSet same = x.then.assist & y.then.assist;
  const law::ActSet acts = both(s, a, b);
  if (acts.empty()) return "";
  if (x.procedure != y.procedure) {
    return fmt::format(
        "{}: articles {} and {} owe the same help ({}), article {} {}, article {} {}.",
        acts_phrase(acts), s.id(a), s.id(b), help(same), s.id(a), procedure_phrase(x.procedure),
        s.id(b), procedure_phrase(y.procedure));
  }
  if (x.then.peaceful_first != y.then.peaceful_first && !arms(same).empty()) {
    return fmt::format("{}: article {} owes {} only after peaceful means, and article {} at once.",
                       acts_phrase(acts), s.id(x.then.peaceful_first ? a : b), help(arms(same)),
                       s.id(x.then.peaceful_first ? b : a));
  }
  return "";
}

/// What help of this article an abstention of the pact forbids.
law::ObligationSet forbidden(law::ObligationSet assist, law::AbstentionSet abstain) {
  law::ObligationSet out;
  if (abstain.contains(Abstention::force)) out = out | arms(assist);
  if (abstain.contains(Abstention::sanction)) {
    out = out | (assist & law::ObligationSet{Obligation::sanction});
  }
  if (abstain.contains(Abstention::neutrality)) {
    out = out | arms(assist) | (assist & law::ObligationSet{Obligation::aid, Obligation::basing});
  }
  return out;
}

void obliged_and_forbidden(const Survey& s, std::size_t a, std::vector<Finding>& out) {
  bool against_member = false;
  for (std::size_t i = 0; i < s.cells().size(); ++i) {
    against_member |= s.cells()[i].author_class == AuthorClass::member &&
                      !s.clauses()[a]->when.member_as_author && s.solo(a, i).obliged;
  }
  if (!against_member) return;
  for (const Clause& c : s.whole().index().clauses(0)) {
    if (c.void_if_partner_attacks) continue;
    // Who promises to whom may be others than those who help.
    const bool same_parties = c.owed_by.empty() && c.owed_to.empty();
    const law::ObligationSet set = forbidden(s.clauses()[a]->then.assist, c.then.abstain);
    if (set.empty() || !same_parties) continue;
    const std::string& id = s.pact().articles[c.article.row()].id;
    out.push_back({Fault::disagree,
                   s.pact().id,
                   {},
                   {s.id(a), id},
                   fmt::format("Article {} owes {} against a member that attacks another; article "
                               "{} forbids that between members, and does not say that it ends.",
                               s.id(a), help(set), id)});
  }
}

}  // namespace

void find_disagreements(const Survey& s, std::vector<Finding>& out) {
  for (std::size_t a = 0; a < s.clauses().size(); ++a) {
    for (std::size_t b = a + 1; b < s.clauses().size(); ++b) {
      std::size_t first = a, second = b;
      if (s.id(second) < s.id(first)) std::swap(first, second);
      const std::string text = disagreement(s, first, second);
      if (text.empty()) continue;
      out.push_back(
          {Fault::disagree, s.pact().id, {}, {s.id(first), s.id(second)}, sentence_case(text)});
    }
    obliged_and_forbidden(s, a, out);
  }
}

namespace {

/// Everything that victim and organs can do.
std::vector<Conduct> conducts(const Survey& s) {
  bool decided = false, asked = false;
  for (const Clause* c : s.clauses()) {
    decided |=
        c->procedure == Procedure::by_decision || c->procedure == Procedure::request_and_decision;
    asked |= c->procedure != Procedure::automatic && c->procedure != Procedure::by_decision;
  }
  std::vector<Conduct> all;
  for (const bool asks : {true, false}) {
    if (!asks && !asked) continue;
    for (int votes = static_cast<int>(Obligation::war); votes >= 0; --votes) {
      if (!decided && votes < static_cast<int>(Obligation::war)) break;
      all.push_back({asks, true, static_cast<Obligation>(votes)});
    }
  }
  return all;
}

/// Does it decide anything? If not, `before` has those that go before it.
bool decides(const Survey& s, std::size_t clause, std::set<std::string>& before) {
  const std::vector<Conduct> all = conducts(s);
  for (std::size_t i = 0; i < s.cells().size(); ++i) {
    const Solo& solo = s.solo(clause, i);
    if (!solo.obliged) continue;
    for (const Conduct& conduct : all) {
      const Ruling r = s.whole().rule(s.cells()[i], solo.frame, conduct, 0);
      if (!r.invoked) continue;
      if (r.article == s.clauses()[clause]->article) return true;
      before.insert(s.pact().articles[r.article.row()].id);
    }
  }
  return false;
}

/// Why it covers nothing: the reason that is given most, of those the first.
Reason usual_reason(const Survey& s, std::size_t clause) {
  std::map<Reason, std::size_t> counts;
  for (std::size_t i = 0; i < s.cells().size(); ++i) {
    const Reason r = s.solo(clause, i).reason;
    // That members are no outsiders says nothing of the article.
    if (s.about(clause, i) && r != Reason::author_is_member) ++counts[r];
  }
  Reason best = Reason::none;
  std::size_t most = 0;
  for (const auto& [reason, n] : counts) {
    if (n > most) best = reason, most = n;
  }
  return best;
}

std::string_view why_never(Reason reason) {
  switch (reason) {
    case Reason::place_not_covered:
    case Reason::place_excluded:
      return "nothing that it lists can happen where it applies";
    case Reason::adversary_not_listed:
    case Reason::adversary_excluded:
    case Reason::sponsor_not_proven:
      return "nobody for whose acts it is can do what it lists";
    case Reason::author_is_member:
    case Reason::none:
      return "those for whose acts it is are members, and it is for the acts of outsiders";
    case Reason::before_start_date:
    case Reason::after_end_date:
      return "its dates lie outside the time in which the treaty is in force";
    case Reason::victim_role:
      return "nobody who could be the victim has the role in which it is owed";
    case Reason::victim_suspended:
    case Reason::victim_not_member:
    case Reason::victim_has_left:
      return "no member can claim anything";
    case Reason::too_many_adversaries:
    case Reason::too_few_adversaries:
      return "no number of attackers is one that it is for";
    case Reason::not_in_force:
      return "the treaty is not in force";
    case Reason::author_not_member:
      return "it is for the acts of members, and they are not among those it lists";
    default:
      return "its conditions are never met together";
  }
}

}  // namespace

void find_dead(const Survey& s, std::vector<Finding>& out) {
  for (std::size_t c = 0; c < s.clauses().size(); ++c) {
    bool covered = false, obliged = false;
    for (std::size_t i = 0; i < s.cells().size(); ++i) {
      covered |= s.solo(c, i).covered;
      obliged |= s.solo(c, i).obliged;
    }
    const auto add = [&](std::string text) {
      out.push_back({Fault::dead, s.pact().id, {}, {s.id(c)}, std::move(text)});
    };
    // What a date has ended is no fault of the article's, if it had its time.
    const auto& until = s.clauses()[c]->when.until;
    if (!covered && until && *until <= s.date() && s.pact().in_force < *until) continue;
    if (!covered) {
      add(fmt::format("Article {}: {}.", s.id(c), why_never(usual_reason(s, c))));
      continue;
    }
    // That it obliges nobody, or cannot be invoked, is another fault.
    std::set<std::string> before;
    if (!obliged || decides(s, c, before)) continue;
    std::erase_if(before, [&](const std::string& id) {
      for (std::size_t b = 0; b < s.clauses().size(); ++b) {
        if (s.id(b) == id && !disagreement(s, std::min(b, c), std::max(b, c)).empty()) return true;
      }
      return false;
    });
    if (before.empty()) continue;
    add(fmt::format("Article {}: whatever it covers {} {} first, with no less help.", s.id(c),
                    articles_phrase(before), before.size() == 1 ? "decides" : "decide"));
  }
}

}  // namespace casus::treaties
