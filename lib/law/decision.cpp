#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>

#include "law/deciding.h"
#include "law/keys.h"

namespace casus::law {
namespace {

constexpr Purpose honour_draw("law.honour");
constexpr Purpose level_draw("law.level");

/// Has it given all that it owes? Where the article leaves the means to each, any of them is all.
Reason kept(const Candidate& c) {
  const bool all =
      c.given >= c.owed.level || c.clause->then.discretion == Discretion::as_deemed_necessary;
  return all ? Reason::kept : Reason::kept_in_part;
}

/// Of one member, for one party, under one pact, in one conflict.
bool of_one_question(const Candidate& a, const Candidate& b) {
  return &a != &b && a.member_key == b.member_key && a.beneficiary_key == b.beneficiary_key &&
         a.pact == b.pact && a.conflict == b.conflict;
}

}  // namespace

void Deciding::decline(Candidate& c, Reason reason, Answer how) {
  c.answer = how;
  c.reason = reason;
  c.given = Obligation::none;
}

void Deciding::excuse(Candidate& c, Reason reason) { decline(c, reason, Answer::excused); }

void Deciding::decide() {
  std::vector<Candidate*> all;
  all.reserve(candidates_.size());
  for (Candidate& c : candidates_) all.push_back(&c);
  std::sort(all.begin(), all.end(), [&](const Candidate* a, const Candidate* b) {
    const auto key = [&](const Candidate* c) {
      const Pact& pact = index_.pact(c->pact);
      return std::tuple(c->member_key, c->conflict.value, c->beneficiary_key, pact.key.value,
                        c->act, std::string_view(pact.articles[c->clause->article.row()].id));
    };
    return key(a) < key(b);
  });
  std::vector<Candidate> sorted;
  sorted.reserve(all.size());
  for (const Candidate* c : all) sorted.push_back(*c);
  candidates_ = std::move(sorted);
  all.clear();
  std::vector<Candidate*> waiting;
  for (Candidate& c : candidates_) (c.clause->if_also.empty() ? all : waiting).push_back(&c);
  for (std::size_t i = 0, j = 0; i < all.size(); i = j) {
    while (j < all.size() && all[j]->member_key == all[i]->member_key &&
           all[j]->conflict == all[i]->conflict) {
      ++j;
    }
    decide_group({all.data() + i, j - i});
  }
  decide_those_that_depend(std::move(waiting));
  act_jointly();
}

/// Do all on whom it depends help the same party, with arms if arms are owed, or fight its
/// adversary already?
bool Deciding::acts_too(const Candidate& c) const {
  const std::vector<ActorId>& others = c.clause->if_also;
  return std::all_of(others.begin(), others.end(), [&](ActorId other) {
    if (field_.fighting(other, c.coverage.adversary)) return true;
    const Obligation least = armed(c.owed.level) ? Obligation::troops : Obligation::consult;
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& o) {
      return member(o) == other && o.answer == Answer::kept && o.given >= least &&
             o.beneficiary_key == c.beneficiary_key && o.conflict == c.conflict;
    });
  });
}

/// Who owes help only if others help decides once they have; those that wait for each other owe
/// nothing.
void Deciding::decide_those_that_depend(std::vector<Candidate*> waiting) {
  while (!waiting.empty()) {
    const auto still = std::stable_partition(waiting.begin(), waiting.end(),
                                             [&](const Candidate* c) { return acts_too(*c); });
    if (still == waiting.begin()) break;
    const std::vector<Candidate*> ready(waiting.begin(), still);
    // What it has been found to owe under another article of the pact, unless that is more.
    for (Candidate* c : ready) {
      for (Candidate& other : candidates_) {
        if (other.answer != Answer::open && other.clause->if_also.empty() &&
            of_one_question(other, *c) && other.owed.level <= c->owed.level) {
          decline(other, Reason::already_decided, Answer::merged);
        }
      }
    }
    std::vector<Candidate*> group;
    for (std::size_t i = 0; i < ready.size(); ++i) {
      group.push_back(ready[i]);
      const bool last = i + 1 == ready.size() || ready[i + 1]->member_key != ready[i]->member_key ||
                        ready[i + 1]->conflict != ready[i]->conflict;
      if (!last) continue;
      decide_group(group);
      group.clear();
    }
    waiting.erase(waiting.begin(), still);
  }
  for (Candidate* c : waiting) excuse(*c, Reason::others_do_not_act);
}

/// Where an article has come to nothing, what another of the pact asks of the member for the same
/// party is owed instead; of several the one that it is readiest to fulfil, as long as no promise
/// to the adversary stands against that as well.
void Deciding::instead(Candidate& of) {
  Candidate* next = nullptr;
  for (Candidate& c : candidates_) {
    if (c.answer != Answer::merged || !of_one_question(c, of)) continue;
    if (c.clause->then.jointly && armed(c.owed.level)) continue;  // with whom else is over
    const std::vector<Promise> all = promises(c, c.ability.level);
    const bool forbidden = std::any_of(all.begin(), all.end(), [&](const Promise& p) {
      return !p.released && p.order <= 0 && c.ability.level > p.allows;
    });
    if (!forbidden && (!next || readier(c, *next))) next = &c;
  }
  if (!next) return;
  next->answer = Answer::open;
  next->reason = Reason::none;
  honour(*next, next->ability.level);
}

void Deciding::decide_group(Group group) {
  once_per_pact(group);
  for (Candidate* c : group) {
    if (c->answer == Answer::open && !c->ability.yes) excuse(*c, c->ability.reason);
  }
  choose_side(group);
  for (std::size_t i = 0, j = 0; i < group.size(); i = j) {
    while (j < group.size() && group[j]->beneficiary_key == group[i]->beneficiary_key) ++j;
    decide_for(group.subspan(i, j - i));
  }
}

/// Several acts of one conflict under one pact ask for one decision: on the greatest help.
void Deciding::once_per_pact(Group group) {
  const auto side = [&](const Candidate* c) {
    return field_.side(c->coverage.beneficiary, c->conflict);
  };
  std::vector<Candidate*> by_pact(group.begin(), group.end());
  std::stable_sort(by_pact.begin(), by_pact.end(), [&](const Candidate* a, const Candidate* b) {
    return std::tuple(a->pact, side(a)) < std::tuple(b->pact, side(b));
  });
  for (std::size_t i = 0, j = 0; i < by_pact.size(); i = j) {
    if (i == 0 || by_pact[i]->pact != by_pact[i - 1]->pact) ++out_.decisions;
    Candidate* best = by_pact[i];
    for (j = i; j < by_pact.size() && by_pact[j]->pact == by_pact[i]->pact &&
                side(by_pact[j]) == side(by_pact[i]);
         ++j) {
      // Of equal duties the one the member is readiest for; names must not decide.
      if (readier(*by_pact[j], *best)) best = by_pact[j];
    }
    for (std::size_t k = i; k < j; ++k) {
      if (by_pact[k] == best) continue;
      if (!by_pact[k]->ability.yes) {  // what it cannot do is not decided
        excuse(*by_pact[k], by_pact[k]->ability.reason);
        continue;
      }
      decline(*by_pact[k], Reason::already_decided, Answer::merged);
      best->others.push_back(by_pact[k]->coverage.adversary);
    }
    std::sort(best->others.begin(), best->others.end(),
              [&](ActorId a, ActorId b) { return key_of(facts_, a) < key_of(facts_, b); });
    best->others.erase(std::unique(best->others.begin(), best->others.end()), best->others.end());
  }
}

void Deciding::honour(Candidate& c, Obligation cap) {
  const double u = draw(honour_draw, c);
  if (c.answer == Answer::open) {
    c.probability = c.will.probability;
    c.drawn = u;
    if (u >= c.probability) {
      decline(c, Reason::declined);
      return;
    }
    c.answer = Answer::kept;
  }
  const Obligation best = highest_up_to(c.owed.set, cap);
  c.level_drawn = draw(level_draw, c);
  c.given = chosen_level(c.owed.set, best, c.will.logit, c.level_drawn, settings_);
  c.given = std::min(c.given, best);
  c.reason = kept(c);
}

void Deciding::decide_for(Group group) {
  two_pacts(group);
  Obligation greatest = Obligation::none;
  for (Candidate* c : group) {
    if (c->answer == Answer::open || c->answer == Answer::kept) {
      Obligation cap = c->ability.level;
      if (c->answer == Answer::kept) {
        // It chose this side knowing what it had promised the other.
        for (const Promise& p : promises(*c, cap)) {
          if (p.released || p.order > 0) continue;
          c->broken.push_back({PactId{p.where.pact}, p.clause->article, p.what, p.allows, p.to});
        }
        honour(*c, cap);
      } else if (abstention(*c, cap)) {
        honour(*c, cap);
      }
    }
    if (c->answer == Answer::kept) greatest = std::max(greatest, c->given);
  }
  for (Candidate* c : group) {
    const bool stood_aside = c->reason == Reason::yields_to_abstention ||
                             (c->reason == Reason::chose_neither && c->asked != DecisionKind::side);
    if (stood_aside) instead(*c);
  }
  // Help given under one pact is help: another pact that is owed no more is fulfilled by it.
  for (Candidate* c : group) {
    if (c->answer == Answer::refused && greatest >= lowest(c->owed.set) &&
        greatest != Obligation::none) {
      c->answer = Answer::kept;
      c->given = std::min(greatest, c->owed.level);
      c->reason = kept(*c);
    }
  }
}

/// Does it go, be it for what another act or article of the pact asks in the same conflict?
bool Deciding::goes(const Candidate& c) const {
  if (armed(c.given)) return true;
  return c.answer == Answer::merged &&
         std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& other) {
           return other.member_key == c.member_key && other.pact == c.pact &&
                  other.conflict == c.conflict && armed(other.given);
         });
}

/// Is there one who is meant by this joint article as well, was asked for more under another, and
/// goes under neither?
bool Deciding::stays_at_home(const Candidate& joint) const {
  return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& c) {
    if (c.act != joint.act || c.pact != joint.pact || c.beneficiary_key != joint.beneficiary_key ||
        c.clause->then.jointly || !armed(c.owed.level) || !armed(c.ability.level) || goes(c)) {
      return false;
    }
    const Owed owed =
        stages_.oblige(case_of(joint), joint.coverage, {true, Reason::automatic}, c.slot, context_);
    return owed.yes && armed(owed.level);
  });
}

/// Where members go only together, one that stays at home keeps all from going.
void Deciding::act_jointly() {
  std::vector<std::size_t> joint;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (candidates_[i].clause->then.jointly) joint.push_back(i);
  }
  const auto bucket = [&](std::size_t i) {
    return std::tuple(candidates_[i].act, index_.pact(candidates_[i].pact).key.value, i);
  };
  std::sort(joint.begin(), joint.end(),
            [&](std::size_t a, std::size_t b) { return bucket(a) < bucket(b); });
  for (std::size_t i = 0, j = 0; i < joint.size(); i = j) {
    bool together = true;
    for (j = i; j < joint.size() && candidates_[joint[j]].act == candidates_[joint[i]].act &&
                candidates_[joint[j]].pact == candidates_[joint[i]].pact;
         ++j) {
      const Candidate& c = candidates_[joint[j]];
      together &= !armed(c.owed.level) || !armed(c.ability.level) || goes(c);
    }
    // A pact may have several such articles, and which stands first is a matter of names.
    std::vector<const Clause*> asked;
    for (std::size_t k = i; together && k < j; ++k) {
      const Candidate& c = candidates_[joint[k]];
      if (std::find(asked.begin(), asked.end(), c.clause) != asked.end()) continue;
      asked.push_back(c.clause);
      together = !stays_at_home(c);
    }
    if (together) continue;
    for (std::size_t k = i; k < j; ++k) {
      Candidate& c = candidates_[joint[k]];
      if (!armed(c.given)) continue;
      c.given = highest_up_to(c.owed.set, Obligation::basing);
      c.reason = Reason::not_joint;
      if (c.given != Obligation::none) continue;
      excuse(c, Reason::not_joint);
      instead(c);
    }
  }
}

}  // namespace casus::law
