#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "law/examining.h"
#include "law/keys.h"
#include "law/recognition.h"

// A pact before an act: its articles are tried one by one, from the greatest help to the least.
// Each that covers the act is tried on its own, until it can ask of no member more than is owed
// already: who owes nothing under the first, or less, may owe something under the next. Rights are
// beside all this: no duty takes one away.

namespace casus::law {
namespace {

/// Reasons for which this article, and perhaps not the next, has nothing to do with a member.
bool not_meant(Reason reason) {
  return reason == Reason::exempt || reason == Reason::role_owes_nothing ||
         reason == Reason::outside_the_protocol || reason == Reason::asker_not_recognised ||
         reason == Reason::needs_authorisation || reason == Reason::would_mean_war ||
         reason == Reason::reserved || reason == Reason::not_bound_by_decision ||
         reason == Reason::war_began_before_pact || reason == Reason::already_at_war;
}

bool needs_decision(Procedure p) {
  return p == Procedure::by_decision || p == Procedure::request_and_decision;
}

/// What an article has to say to one member.
Verdict obliged_verdict(const Case& c, const Coverage& coverage, const Owed& owed, ActorId member,
                        std::uint32_t act, std::uint32_t cause) {
  return {.stage = Stage::obliged,
          .yes = owed.yes,
          .reason = owed.reason,
          .level = owed.level,
          .article = c.clause.article,
          .act = act,
          .cause = cause,
          .pact = PactId{c.pact},
          .member = member,
          .towards = coverage.beneficiary};
}

}  // namespace

/// Is there nobody to whom the clause, one of duties, has anything to say?
bool Examining::settled_for(const Clause& clause) const {
  const Obligation most = highest(clause.then.assist);
  return std::all_of(asked_.begin(), asked_.end(), [&](Obligation o) { return o >= most; });
}

/// Is there a clause behind this one that could ask something over such an act?
bool Examining::asks_more(std::uint32_t pact, const Clause& after, const Act& act,
                          Ground ground) const {
  const std::span<const Clause> all = index_.clauses(pact);
  const auto next = static_cast<std::size_t>(&after - all.data()) + 1;
  return std::any_of(
      all.begin() + static_cast<std::ptrdiff_t>(next), all.end(), [&](const Clause& c) {
        return !c.then.assist.empty() && c.when.member_as_author == (ground == Ground::offence) &&
               (c.when.acts.contains(act.kind) || act.kind == ActKind::intervention);
      });
}

void Examining::consider(std::uint32_t a, std::uint32_t root, std::uint32_t pact, Ground ground) {
  const Act& act = out_.acts[a];
  const PactId row{pact};
  const std::size_t mark = out_.verdicts.size();
  const std::size_t before = candidates_.size() + records_.size();
  const Clause* closest = nullptr;
  Coverage failed;
  bool covered = false, asked_any = false, adopted = false;
  asked_.assign(index_.pact(pact).members.size(), Obligation::none);
  std::vector<std::pair<OrganId, Obligation>> refused;  // the most that each organ was asked for
  for (const Clause& clause : index_.clauses(pact)) {
    if (clause.then.assist.empty() && clause.then.may.empty()) continue;
    if (clause.when.acts.empty()) continue;
    if (clause.when.member_as_author != (ground == Ground::offence)) continue;
    const bool right = !clause.then.may.empty();
    const bool settled = asked_any && settled_for(clause);
    if (settled && !right && !settings_.all_articles) continue;
    const Case c{act, who_[a], pact, clause};
    const Coverage coverage = stages_.cover(c, context_);
    if (!coverage.yes) {
      // Of two that came as far the one that is about such acts.
      const auto came = [&](const Clause& x, const Coverage& how) {
        return std::pair(how.progress, x.when.acts.contains(act.kind));
      };
      if (!closest || came(clause, coverage) > came(*closest, failed)) {
        closest = &clause;
        failed = coverage;
      }
      continue;
    }
    covered = true;
    const std::uint32_t cov = say({.stage = Stage::covered,
                                   .yes = true,
                                   .reason = coverage.reason,
                                   .level = highest(clause.then.assist),
                                   .article = clause.article,
                                   .act = a,
                                   .cause = root,
                                   .pact = row,
                                   .towards = coverage.beneficiary});
    if ((settled && !right) || (adopted && needs_decision(clause.procedure))) continue;
    const Invocation inv = stages_.invoke(c, coverage, context_);
    const std::uint32_t invoked =
        say({.stage = Stage::invoked,
             .yes = inv.yes,
             .reason = inv.reason,
             .level = inv.yes ? highest_up_to(clause.then.assist, inv.cap) : Obligation::none,
             .article = clause.article,
             .act = a,
             .cause = cov,
             .pact = row,
             .towards = coverage.beneficiary,
             .probability = inv.probability});
    weighed(invoked, c, coverage, inv);
    Obligation asked = highest(clause.then.assist);
    for (const auto& [organ, level] : refused) {
      if (organ == clause.organ) asked = std::max(asked, level);
    }
    remember(c, coverage, inv, asked);
    if (!inv.yes && inv.reason != Reason::not_requested &&
        inv.reason != Reason::request_withdrawn && clause.organ.valid()) {
      refused.emplace_back(clause.organ, asked);
    }
    if (!inv.yes) continue;
    // What organs have adopted is their answer: they are not asked for less for the sake of those
    // whom it does not bind.
    adopted |= needs_decision(clause.procedure);
    if (right) may_do(c, a, coverage, inv, invoked);
    if (clause.then.assist.empty()) continue;
    members(c, a, coverage, inv, invoked, asks_more(pact, clause, act, ground));
    asked_any = true;
  }
  if (!covered && closest) {
    say({.stage = Stage::covered,
         .yes = false,
         .reason = failed.reason,
         .article = closest->article,
         .act = a,
         .cause = root,
         .pact = row,
         .towards = failed.beneficiary});
  }
  if (!settings_.keep_all && candidates_.size() + records_.size() == before) unsay(mark);
}

/// That help was asked for, or not, and what an organ has decided. Each organ speaks for itself; it
/// was asked for the most that any of its articles allows, and has refused what it did not grant.
void Examining::remember(const Case& c, const Coverage& coverage, const Invocation& inv,
                         Obligation asked) {
  if (!inv.asked_now && !inv.voted) return;
  const Pact& pact = index_.pact(c.pact);
  Remembered r{.pact = pact.key,
               .conflict = c.who.conflict,
               .date = c.act.date,
               .first = c.act.date,
               .owed = highest(c.clause.then.assist),
               .beneficiary = facts_.party(coverage.beneficiary).key,
               .fighting = field_.fighting(coverage.beneficiary, coverage.adversary)};
  if (inv.asked_now) {
    r.actor = request_memory(r.beneficiary);
    const bool asked_for =
        inv.reason != Reason::not_requested && inv.reason != Reason::request_withdrawn;
    r.given = asked_for ? r.owed : Obligation::none;
    if (asked_for && c.act.asks_for != Obligation::none) {
      r.given = highest_up_to(c.clause.then.assist, c.act.asks_for);
    }
    r.withdrawn = inv.reason == Reason::request_withdrawn;
    records_.push_back(r);
  }
  if (inv.voted) {
    r.actor = organ_memory(pact.organs[c.clause.organ.row()]);
    r.owed = asked;
    r.given = inv.cap;
    records_.push_back(r);
  }
}

/// May it turn out, once all have decided, that nothing is owed under this article: because others
/// do not act or do not come, or because the member has promised the adversary to stand aside? Then
/// what the next asks is asked as well, and is given if this comes to nothing.
bool Examining::may_come_to_nothing(const Case& c, const Coverage& coverage,
                                    std::uint32_t slot) const {
  if (!c.clause.if_also.empty() || c.clause.then.jointly) return true;
  for (const Membership& m : index_.of(index_.pact(c.pact).members[slot].actor)) {
    if (!index_.member(m.pact, coverage.adversary)) continue;
    for (const Clause& clause : index_.clauses(m.pact)) {
      if (!clause.then.abstain.empty()) return true;
    }
  }
  return false;
}

/// What each member may do under an article that gives a right, whatever it owes under this one or
/// another.
void Examining::may_do(const Case& c, std::uint32_t a, const Coverage& coverage,
                       const Invocation& invocation, std::uint32_t cause) {
  Clause right = c.clause;
  right.then.assist = {};
  const Case alone{c.act, c.who, c.pact, right};
  const Pact& pact = index_.pact(c.pact);
  for (const std::uint32_t slot : order(c.pact)) {
    const ActorId who = pact.members[slot].actor;
    if (who == coverage.beneficiary) continue;
    const Owed owed = stages_.oblige(alone, coverage, invocation, slot, context_);
    if (owed.reason == Reason::right_not_duty) {
      remember_right(c, coverage, who, owed.level);
    } else if (!c.clause.then.assist.empty()) {
      continue;  // that the article has nothing to say to it is said with its duty
    }
    say(obliged_verdict(c, coverage, owed, who, a, cause));
  }
}

/// Asks those of whom no article before has asked as much. `more`: another article may follow.
void Examining::members(const Case& c, std::uint32_t a, const Coverage& coverage,
                        const Invocation& invocation, std::uint32_t cause, bool more) {
  const Pact& pact = index_.pact(c.pact);
  const Obligation most = highest(c.clause.then.assist);
  for (const std::uint32_t slot : order(c.pact)) {
    const ActorId who = pact.members[slot].actor;
    if (who == coverage.beneficiary) asked_[slot] = Obligation::war;
    if (asked_[slot] >= most) continue;
    const Owed owed = stages_.oblige(c, coverage, invocation, slot, context_);
    Verdict v = obliged_verdict(c, coverage, owed, who, a, cause);
    const std::uint32_t obliged = say(v);
    if (!owed.yes) {
      // By other hands, as well as this article has it shown: the next may ask for more.
      const bool by_evidence = owed.reason == Reason::is_the_adversary && who != coverage.adversary;
      if (!not_meant(owed.reason) && !by_evidence) asked_[slot] = Obligation::war;
      continue;
    }
    const Ability ability = stages_.able(c, coverage, owed, slot, context_);
    v.stage = Stage::able;
    v.yes = ability.yes;
    v.reason = ability.reason;
    v.level = ability.level;
    v.cause = obliged;
    const std::uint32_t able = say(v);
    if (ability.yes && !(more && may_come_to_nothing(c, coverage, slot))) {
      asked_[slot] = owed.level;
    }
    Candidate next;
    next.act = a;
    next.pact = c.pact;
    next.slot = slot;
    next.clause = &c.clause;
    next.coverage = coverage;
    next.owed = owed;
    next.ability = ability;
    next.joins_war = field_.fighting(coverage.beneficiary, coverage.adversary) ||
                     (coverage.by_sponsor && armed_attack(c.act, settings_)) ||
                     contested(c.act, facts_, &memory_);
    next.conflict = c.who.conflict;
    next.member_key = key_of(facts_, who);
    next.beneficiary_key = key_of(facts_, coverage.beneficiary);
    next.verdict = able;
    if (ability.yes)
      next.will = stages_.willing(c, coverage, invocation, slot, ability.level, context_);
    candidates_.push_back(next);
  }
}

}  // namespace casus::law
