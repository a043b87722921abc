#include <algorithm>
#include <cmath>
#include <tuple>

#include "casus/law/membership.h"
#include "casus/rules/logit.h"
#include "law/keys.h"
#include "law/resolver.h"

namespace casus::law {

int precedence(const Pact& a, const Pact& b) {
  const auto yields = [](const Pact& x, const Pact& y) {
    return std::find(x.yields_to.begin(), x.yields_to.end(), y.key) != x.yields_to.end();
  };
  const bool ab = yields(a, b), ba = yields(b, a);
  if (ab != ba) return ab ? -1 : 1;
  if (a.speciality != b.speciality) return a.speciality > b.speciality ? 1 : -1;
  return 0;
}

int later(const Pact& a, const Pact& b, Date date) {
  if (a.signature() == b.signature()) return 0;
  const bool a_later = a.signature() > b.signature();
  const Pact& earlier = a_later ? b : a;
  const Pact& last = a_later ? a : b;
  for (const Member& m : earlier.members) {
    if (standing(earlier, m, date).member && !is_member(last, m.actor, date)) return 0;
  }
  return a_later ? 1 : -1;
}

double Resolver::draw(Purpose purpose, const Candidate& c) const {
  if (settings_.drawing == Drawing::expected) return 0.5;
  // Not keyed by the pact: a member's will to help a party in a conflict is one, so that removing
  // one of two pacts changes what is owed and not the draw.
  Stream s(replicate_, step_, purpose, {c.member_key, c.beneficiary_key, c.conflict.value});
  return uniform(s);
}

void Resolver::lose(Candidate& c, Reason reason, bool refused, bool excused) {
  c.decided = true;
  c.kept = false;
  c.refused = refused;
  c.excused = excused;
  c.reason = reason;
  c.given = Obligation::none;
}

void Resolver::decide() {
  std::vector<Candidate*> all;
  all.reserve(candidates_.size());
  for (Candidate& c : candidates_) all.push_back(&c);
  std::sort(all.begin(), all.end(), [&](const Candidate* a, const Candidate* b) {
    const auto key = [&](const Candidate* c) {
      return std::tuple(c->member_key, c->conflict.value, c->beneficiary_key,
                        index_.pact(c->pact).key.value, c->act, c->clause->article);
    };
    return key(a) < key(b);
  });
  std::vector<Candidate> sorted;
  sorted.reserve(all.size());
  for (const Candidate* c : all) sorted.push_back(*c);
  candidates_ = std::move(sorted);
  all.clear();
  for (Candidate& c : candidates_) all.push_back(&c);
  for (std::size_t i = 0, j = 0; i < all.size(); i = j) {
    while (j < all.size() && all[j]->member_key == all[i]->member_key &&
           all[j]->conflict == all[i]->conflict) {
      ++j;
    }
    decide_group({all.data() + i, j - i});
  }
  act_jointly();
}

void Resolver::decide_group(Group group) {
  once_per_pact(group);
  for (Candidate* c : group) {
    if (!c->decided && !c->ability.yes) lose(*c, c->ability.reason, false, true);
  }
  choose_side(group);
  for (std::size_t i = 0, j = 0; i < group.size(); i = j) {
    while (j < group.size() && group[j]->beneficiary_key == group[i]->beneficiary_key) ++j;
    decide_for(group.subspan(i, j - i));
  }
}

/// Several acts of one conflict under one pact ask for one decision: on the greatest help.
void Resolver::once_per_pact(Group group) {
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
      const auto rank = [](const Candidate& c) {
        return std::tuple(c.ability.yes, c.owed.level, c.ability.level, c.will.logit);
      };
      if (rank(*by_pact[j]) > rank(*best)) best = by_pact[j];
    }
    for (std::size_t k = i; k < j; ++k) {
      if (by_pact[k] == best) continue;
      lose(*by_pact[k], Reason::already_decided, false, false);
      by_pact[k]->merged = true;
    }
  }
}

/// A member bound to both sides chooses one or neither: a multinomial logit whose options are the
/// two obligations and standing aside. With one side only it is the honour logit.
void Resolver::choose_side(Group group) {
  Candidate* first = nullptr;
  Candidate* second = nullptr;
  const auto opposed = [&](const Candidate& a, const Candidate& b) {
    if (a.coverage.beneficiary == b.coverage.beneficiary) return false;
    if (a.coverage.adversary == b.coverage.beneficiary) return true;
    const int sa = field_.side(a.coverage.beneficiary, a.conflict);
    const int sb = field_.side(b.coverage.beneficiary, b.conflict);
    return sa != 0 && sb != 0 && sa != sb;
  };
  const auto stronger = [&](Candidate* best, Candidate* c) {
    return !best || c->will.logit > best->will.logit ? c : best;
  };
  for (Candidate* c : group) {
    if (c->decided) continue;
    if (!first || !opposed(*first, *c)) {
      first = stronger(first, c);
    } else {
      second = stronger(second, c);
    }
  }
  if (!second) return;

  Conflict conflict{.kind = ConflictKind::both_sides, .member = member(*first),
                    .first = PactId{first->pact}, .second = PactId{second->pact},
                    .first_article = first->clause->article,
                    .second_article = second->clause->article, .act = first->act};
  const int prevails = precedence(index_.pact(first->pact), index_.pact(second->pact));
  const double o1 = std::exp(first->will.logit), o2 = std::exp(second->will.logit);
  const double o0 = std::exp(settings_.honour.neutral), sum = o0 + o1 + o2;
  int chosen = 0;
  if (prevails != 0) {
    conflict.decided_by = Decision::precedence;
    chosen = prevails > 0 ? 1 : 2;
  } else if (settings_.drawing == Drawing::expected) {
    chosen = o1 >= o2 ? (o1 >= o0 ? 1 : 0) : (o2 >= o0 ? 2 : 0);
  } else {
    Stream s(replicate_, step_, Purpose::side_choice,
             {first->member_key, first->conflict.value});
    const double u = uniform(s) * sum;
    chosen = u < o1 ? 1 : (u < o1 + o2 ? 2 : 0);
  }
  if (chosen != 0) conflict.chosen = (chosen == 1 ? first : second)->coverage.beneficiary;
  out_.conflicts.push_back(conflict);
  for (Candidate* c : group) {
    if (c->decided) continue;
    const int side = opposed(*first, *c) ? 2 : 1;
    c->probability = (side == 1 ? o1 : o2) / sum;
    if (prevails != 0) {
      if (side != chosen) lose(*c, Reason::lower_precedence, false, true);
    } else if (side != chosen) {
      lose(*c, chosen == 0 ? Reason::chose_neither : Reason::chose_other_side, true, true);
    } else {
      // The choice of a side was the decision to honour.
      c->kept = c->decided = true;
      Obligation cap = c->ability.level;
      c->given = chosen_level(c->owed.set, cap, c->will.logit, draw(Purpose::honour_level, *c),
                              settings_);
      c->reason = c->given < c->owed.level ? Reason::kept_in_part : Reason::kept;
    }
  }
}

/// Two pacts for the same party with different answers: one prevails, or the greater help fulfils
/// both. All pairs are looked at before anything is decided, so that their order does not matter.
void Resolver::two_pacts(Group group) {
  std::vector<Candidate*> open;
  for (Candidate* c : group) {
    if (!c->decided) open.push_back(c);
  }
  if (open.size() < 2) return;
  std::vector<bool> loses(open.size(), false);
  std::vector<Conflict> found;
  for (std::size_t i = 0; i < open.size(); ++i) {
    for (std::size_t j = i + 1; j < open.size(); ++j) {
      const Candidate &a = *open[i], &b = *open[j];
      if (a.owed.level == b.owed.level) continue;
      const Pact &pa = index_.pact(a.pact), &pb = index_.pact(b.pact);
      int order = precedence(pa, pb);
      if (order == 0) order = later(pa, pb, out_.acts[a.act].date);
      found.push_back({.kind = ConflictKind::two_pacts,
                       .decided_by = order != 0 ? Decision::precedence : Decision::cumulation,
                       .member = member(a), .first = PactId{order < 0 ? b.pact : a.pact},
                       .second = PactId{order < 0 ? a.pact : b.pact},
                       .first_article = (order < 0 ? b : a).clause->article,
                       .second_article = (order < 0 ? a : b).clause->article, .act = a.act,
                       .chosen = a.coverage.beneficiary});
      if (order != 0) loses[order > 0 ? j : i] = true;
    }
  }
  // Where precedence runs in a circle it decides nothing.
  const bool circle = std::find(loses.begin(), loses.end(), false) == loses.end();
  for (Conflict& c : found) {
    if (circle) c.decided_by = Decision::cumulation;
    out_.conflicts.push_back(c);
  }
  for (std::size_t i = 0; i < open.size() && !circle; ++i) {
    if (loses[i]) lose(*open[i], Reason::lower_precedence, false, true);
  }
}

std::vector<Resolver::Promise> Resolver::promises(const Candidate& c) const {
  std::vector<Promise> out;
  const ActorId adversary = c.coverage.adversary;
  if (!adversary.valid() || adversary == c.coverage.beneficiary) return out;
  const Act& act = out_.acts[c.act];
  for (const Membership& m : index_.of(member(c))) {
    const Pact& pact = index_.pact(m.pact);
    const Member* other = index_.member(m.pact, adversary);
    if (!other || !standing(pact, pact.members[m.slot], act.date).bound ||
        !standing(pact, *other, act.date).protected_by) {
      continue;
    }
    for (const Clause& clause : index_.clauses(m.pact)) {
      const AbstentionSet a = clause.then.abstain;
      Promise p{m, &clause};
      // What may still be done: no help at all to the adversary's enemy, or no arms.
      p.allows = a.contains(Abstention::neutrality) ? Obligation::sanction
                 : a.contains(Abstention::force)    ? Obligation::basing
                                                    : Obligation::war;
      if (p.allows == Obligation::war) continue;
      const bool aggressor = act.posture == Posture::attack && !c.clause->when.member_as_author;
      p.released = aggressor && (clause.void_if_partner_attacks || m.pact == c.pact);
      p.order = m.pact == c.pact ? 0 : precedence(index_.pact(c.pact), pact);
      if (!p.released && p.order == 0) {
        // The promise weighs as much as a duty to help under that pact would.
        const Case promise{act, who_[c.act], m.pact, clause};
        p.logit = stages_.willing(promise, c.coverage, m.slot, c.ability.level, context_).logit;
      }
      out.push_back(p);
    }
  }
  return out;
}

/// The member may have promised the adversary not to do this. Lowers `cap` to what it may still
/// do; false if nothing is left and it stands aside.
bool Resolver::abstention(Candidate& c, Obligation& cap) {
  const std::vector<Promise> all = promises(c);
  const auto forbids = [&](const Promise& p) { return cap > p.allows; };
  const auto name_it = [&](const Promise& p, Decision how, ActorId chosen) {
    out_.conflicts.push_back({.kind = ConflictKind::help_or_abstain, .decided_by = how,
                              .member = member(c), .first = PactId{c.pact},
                              .second = PactId{p.where.pact}, .first_article = c.clause->article,
                              .second_article = p.clause->article, .act = c.act,
                              .chosen = chosen});
  };
  const ActorId helped = c.coverage.beneficiary, spared = c.coverage.adversary;
  Obligation lawful = cap;
  for (const Promise& p : all) {
    if (!forbids(p)) continue;
    if (p.released || p.order > 0) {
      name_it(p, p.released ? Decision::release : Decision::precedence, helped);
    } else if (p.order < 0) {
      lawful = std::min(lawful, highest_up_to(c.owed.set, p.allows));
    }
  }
  for (const Promise& p : all) {
    if (forbids(p) && !p.released && p.order < 0) {
      name_it(p, Decision::precedence, lawful == Obligation::none ? spared : helped);
    }
  }
  cap = lawful;
  if (cap == Obligation::none) {
    lose(c, Reason::yields_to_abstention, false, true);
    return false;
  }
  // What the law leaves open the member decides: the strongest of its promises against its duty.
  const Promise* strongest = nullptr;
  Obligation kept = cap;
  for (const Promise& p : all) {
    if (!forbids(p) || p.released || p.order != 0) continue;
    if (!strongest || p.logit > strongest->logit) strongest = &p;
    kept = std::min(kept, highest_up_to(c.owed.set, p.allows));
  }
  if (!strongest) return true;
  const double help = std::exp(c.will.logit), keep = std::exp(strongest->logit);
  c.probability = help / (std::exp(settings_.honour.neutral) + help + keep);
  const bool helps = draw(Purpose::side_choice, c) < c.probability;
  for (const Promise& p : all) {
    if (!forbids(p) || p.released || p.order != 0) continue;
    name_it(p, Decision::choice, helps || kept != Obligation::none ? helped : spared);
    if (helps) c.broken.push_back({PactId{p.where.pact}, p.clause->article, p.allows});
  }
  if (helps) {
    c.kept = c.decided = true;
    return true;
  }
  cap = kept;
  if (cap != Obligation::none) return true;
  lose(c, Reason::chose_neither, true, true);
  return false;
}

void Resolver::honour(Candidate& c, Obligation cap) {
  const double u = draw(Purpose::honour, c);
  if (!c.decided) {
    c.probability = c.will.probability;
    c.kept = u < c.probability;
    c.decided = true;
  }
  if (!c.kept) {
    lose(c, Reason::declined, true, false);
    return;
  }
  const Obligation best = highest_up_to(c.owed.set, cap);
  c.given = chosen_level(c.owed.set, best, c.will.logit, draw(Purpose::honour_level, c), settings_);
  c.given = std::min(c.given, best);
  c.reason = c.given < c.owed.level ? Reason::kept_in_part : Reason::kept;
}

void Resolver::decide_for(Group group) {
  two_pacts(group);
  Obligation greatest = Obligation::none;
  for (Candidate* c : group) {
    if (!c->decided) {
      Obligation cap = c->ability.level;
      if (abstention(*c, cap)) honour(*c, cap);
    }
    if (c->kept) greatest = std::max(greatest, c->given);
  }
  // Help given under one pact is help: another pact that is owed no more is fulfilled by it.
  for (Candidate* c : group) {
    if (!c->kept && c->refused && !c->excused && greatest >= lowest(c->owed.set) &&
        greatest != Obligation::none) {
      c->kept = true;
      c->refused = false;
      c->given = std::min(greatest, c->owed.level);
      c->reason = c->given < c->owed.level ? Reason::kept_in_part : Reason::kept;
    }
  }
}

/// Where members go only together, one that stays at home keeps all from going.
void Resolver::act_jointly() {
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
      together &= !armed(c.owed.level) || !armed(c.ability.level) || armed(c.given);
    }
    if (together) continue;
    for (std::size_t k = i; k < j; ++k) {
      Candidate& c = candidates_[joint[k]];
      if (!armed(c.given)) continue;
      c.given = highest_up_to(c.owed.set, Obligation::basing);
      c.reason = Reason::not_joint;
      if (c.given == Obligation::none) lose(c, Reason::not_joint, false, true);
    }
  }
}

}  // namespace casus::law
