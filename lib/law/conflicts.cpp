#include <algorithm>
#include <cmath>

#include "casus/law/membership.h"
#include "law/charter.h"
#include "law/deciding.h"
#include "law/votes.h"

// Conflicts of obligation: found, named and decided.

namespace casus::law {
namespace {

constexpr Purpose side_draw("law.side");
constexpr Purpose abstention_draw("law.abstention");

/// Can a duty to one side be done beside one to the other? Everybody can be consulted, and words
/// and good offices can be given to both.
bool beside(Obligation a, Obligation b) {
  return std::min(a, b) <= Obligation::consult || std::max(a, b) <= Obligation::mediation;
}

}  // namespace

bool promised(const PactIndex& index, const Membership& member, const Member& other,
              const Clause& clause, const Moment& then) {
  const Date date = then.date;
  const Member& m = index.pact(member.pact).members[member.slot];
  if (!clause.owed_by.empty() && !clause.owed_by.contains(m.role)) return false;
  if (!clause.owed_to.empty() && !clause.owed_to.contains(other.role)) return false;
  if (std::find(clause.exempt.begin(), clause.exempt.end(), m.actor) != clause.exempt.end()) {
    return false;
  }
  const auto among = [&](ActorId party) {
    return clause.among.empty() ||
           std::find(clause.among.begin(), clause.among.end(), party) != clause.among.end();
  };
  if (!among(m.actor) || !among(other.actor) || within(clause.suspensions, date)) return false;
  if (index.reserved_to(member.pact, member.slot, clause.article) == Obligation::none) return false;
  return (!clause.when.from || *clause.when.from <= date) &&
         (!clause.when.until || date < *clause.when.until) &&
         (!clause.when.conflict || *clause.when.conflict == then.conflict);
}

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

namespace {

/// Standing aside (0) or one of the sides, where nothing is drawn. Bound to both equally, a member
/// goes with the side to which it leans, and with neither if it leans to none.
int likeliest_side(const double (&odds)[3], double leans_to_first) {
  if (odds[1] == odds[2] && odds[1] > odds[0]) {
    return leans_to_first > 0.0 ? 1 : leans_to_first < 0.0 ? 2 : 0;
  }
  return static_cast<int>(std::max_element(odds, odds + 3) - odds);
}

}  // namespace

double Deciding::inclination(const Candidate& c) const {
  return preference(member(c), out_.acts[c.act], c.coverage.beneficiary, c.coverage.adversary,
                    facts_);
}

/// A member bound to both sides chooses one or neither: a multinomial logit whose options are the
/// two obligations and standing aside. With one side only it is the honour logit.
void Deciding::choose_side(Group group) {
  std::vector<Candidate*> sides[2];
  for (Candidate* c : group) {
    const int side = field_.side(c->coverage.beneficiary, c->conflict);
    if (c->answer == Answer::open && side != 0 &&
        c->coverage.adversary != c->coverage.beneficiary) {
      sides[side - 1].push_back(c);
    }
  }
  const auto collides = [](const Candidate* a, const std::vector<Candidate*>& others) {
    return std::any_of(others.begin(), others.end(),
                       [&](const Candidate* b) { return !beside(a->owed.level, b->owed.level); });
  };
  const std::vector<Candidate*> first = sides[0];
  std::erase_if(sides[0], [&](const Candidate* c) { return !collides(c, sides[1]); });
  std::erase_if(sides[1], [&](const Candidate* c) { return !collides(c, first); });
  if (sides[0].empty() || sides[1].empty()) return;
  const auto strongest = [&](const std::vector<Candidate*>& all) {
    return *std::max_element(all.begin(), all.end(), [&](const Candidate* a, const Candidate* b) {
      return a->will.logit != b->will.logit ? a->will.logit < b->will.logit : readier(*b, *a);
    });
  };
  const Candidate* best[2] = {strongest(sides[0]), strongest(sides[1])};
  // A side prevails if a pact of it prevails over one of the other, and none the other way round.
  bool wins[2] = {false, false};
  for (const Candidate* a : sides[0]) {
    for (const Candidate* b : sides[1]) {
      const int order = precedence(index_.pact(a->pact), index_.pact(b->pact));
      wins[0] |= order > 0;
      wins[1] |= order < 0;
    }
  }
  const bool by_law = wins[0] != wins[1];
  const double odds[3] = {std::exp(settings_.honour.standing_aside), std::exp(best[0]->will.logit),
                          std::exp(best[1]->will.logit)};
  const double sum = odds[0] + odds[1] + odds[2];
  int chosen = 0;  // neither
  if (by_law) {
    chosen = wins[0] ? 1 : 2;
  } else if (settings_.drawing == Drawing::expected) {
    chosen = likeliest_side(odds, inclination(*best[0]) - inclination(*best[1]));
  } else {
    Stream s(course_.replicate, course_.step, side_draw,
             {best[0]->member_key, best[0]->conflict.value}, Stream::again);
    const double u = uniform(s) * sum;
    chosen = u < odds[1] ? 1 : (u < odds[1] + odds[2] ? 2 : 0);
  }
  out_.conflicts.push_back(
      {.kind = ConflictKind::both_sides,
       .decided_by = by_law ? Decision::precedence : Decision::choice,
       .member = member(*best[0]),
       .first = PactId{best[0]->pact},
       .second = PactId{best[1]->pact},
       .first_article = best[0]->clause->article,
       .second_article = best[1]->clause->article,
       .act = best[0]->act,
       .chosen = chosen == 0 ? ActorId{} : best[chosen - 1]->coverage.beneficiary});
  for (int side = 1; side <= 2; ++side) {
    for (Candidate* c : sides[side - 1]) {
      if (by_law) {
        if (side != chosen) excuse(*c, Reason::lower_precedence);
        continue;  // the side that prevails is still to be honoured
      }
      c->probability = odds[side] / sum;
      c->asked = DecisionKind::side;
      for (std::size_t k = 0; k < 2; ++k) {
        c->sides[k] = {TermKind::side, best[k]->coverage.beneficiary, odds[k + 1] / sum};
      }
      if (side != chosen) {
        decline(*c, chosen == 0 ? Reason::chose_neither : Reason::chose_other_side, Answer::torn);
      } else {
        c->answer = Answer::kept;  // the choice of a side was the decision to honour
      }
    }
  }
}

/// Two pacts for the same party with different answers: one prevails, or the greater help fulfils
/// both. All pairs are looked at before anything is decided, so that their order does not matter.
void Deciding::two_pacts(Group group) {
  std::vector<Candidate*> open;
  for (Candidate* c : group) {
    if (c->answer == Answer::open || c->answer == Answer::kept) open.push_back(c);
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
                       .member = member(a),
                       .first = PactId{order < 0 ? b.pact : a.pact},
                       .second = PactId{order < 0 ? a.pact : b.pact},
                       .first_article = (order < 0 ? b : a).clause->article,
                       .second_article = (order < 0 ? a : b).clause->article,
                       .act = a.act,
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
    if (loses[i]) excuse(*open[i], Reason::lower_precedence);
  }
}

std::vector<Deciding::Promise> Deciding::promises(const Candidate& c, Obligation cap) const {
  std::vector<Promise> out;
  promises_to(c, cap, c.coverage.adversary, out);
  for (const ActorId other : c.others) {
    if (other != c.coverage.adversary) promises_to(c, cap, other, out);
  }
  return out;
}

void Deciding::promises_to(const Candidate& c, Obligation cap, ActorId adversary,
                           std::vector<Promise>& out) const {
  if (!adversary.valid() || adversary == c.coverage.beneficiary) return;
  const Act& act = out_.acts[c.act];
  const bool aggressor = act.posture == Posture::attack && !c.clause->when.member_as_author;
  // What the Council allows against the adversary, or a pact gives the right to do for whom is
  // helped, breaks no promise (Charter of the United Nations, article 103).
  const auto lawful = [&] {
    const Obligation allowed = allowed_against(adversary, act.date, context_);
    return armed(allowed) ? Obligation::war
                          : std::max(allowed, right_to_help(member(c), c.coverage.beneficiary,
                                                            act.date, context_, records_));
  };
  for (const Membership& m : index_.of(member(c))) {
    const Pact& pact = index_.pact(m.pact);
    const Member* other = index_.member(m.pact, adversary);
    // A suspension takes away duties to help, and no promise to keep the peace.
    if (!other || !standing(pact, pact.members[m.slot], act.date).member ||
        !standing(pact, *other, act.date).protected_by) {
      continue;
    }
    for (const Clause& clause : index_.clauses(m.pact)) {
      AbstentionSet a = clause.then.abstain;
      // Neutrality for the case that the other is attacked is not promised to an attacker.
      if (aggressor && !clause.when.acts.empty()) a.erase(Abstention::neutrality);
      Promise p{m, &clause, adversary};
      // What may still be done: no help at all to the adversary's enemy, or no arms. Where nobody
      // fights there is no enemy, and troops that stand guard use no force. Who owes sanctions
      // alone and has renounced them may give what is less.
      if (a.contains(Abstention::neutrality)) {
        p.what = Abstention::neutrality;
        p.allows = c.joins_war ? Obligation::sanction : Obligation::troops;
      } else if (a.contains(Abstention::force)) {
        p.allows = c.joins_war ? Obligation::basing : Obligation::troops;
      } else if (!a.contains(Abstention::sanction)) {
        continue;
      }
      if (a.contains(Abstention::sanction) && cap == Obligation::sanction) {
        p.what = Abstention::sanction;
        p.allows = Obligation::mediation;
      }
      if (p.allows == Obligation::war) continue;
      if (!promised(index_, m, *other, clause, {act.date, c.conflict})) continue;
      p.allows = std::max(p.allows, lawful());
      if (p.allows == Obligation::war) continue;
      // Who attacks one member of a pact cannot hold another to what it promised under it.
      const Member* hit = index_.member(m.pact, c.coverage.beneficiary);
      p.released = aggressor && (clause.void_if_partner_attacks ||
                                 (hit && standing(pact, *hit, act.date).member));
      p.order = m.pact == c.pact ? 0 : precedence(index_.pact(c.pact), pact);
      if (!p.released && p.order == 0) {
        p.logit = restraint({act, who_[c.act], m.pact, clause}, c.coverage, m.slot, context_);
      }
      out.push_back(p);
    }
  }
}

/// The member may have promised the adversary not to do this. Lowers `cap` to what it may still
/// do; false if nothing is left and it stands aside.
bool Deciding::abstention(Candidate& c, Obligation& cap) {
  const std::vector<Promise> all = promises(c, cap);
  const auto forbids = [&](const Promise& p) { return cap > p.allows; };
  const auto name_it = [&](const Promise& p, Decision how, ActorId chosen) {
    out_.conflicts.push_back({.kind = ConflictKind::help_or_abstain,
                              .decided_by = how,
                              .member = member(c),
                              .first = PactId{c.pact},
                              .second = PactId{p.where.pact},
                              .first_article = c.clause->article,
                              .second_article = p.clause->article,
                              .act = c.act,
                              .chosen = chosen});
  };
  const ActorId helped = c.coverage.beneficiary;
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
      name_it(p, Decision::precedence, lawful == Obligation::none ? p.to : helped);
    }
  }
  cap = lawful;
  if (cap == Obligation::none) {
    excuse(c, Reason::yields_to_abstention);
    return false;
  }
  // What the law leaves open the member decides: it helps, keeps the strongest of its promises, or
  // stands aside. The likelier the first, the readier it is to help and the less the promise
  // weighs.
  const Promise* strongest = nullptr;
  Obligation kept = cap;
  for (const Promise& p : all) {
    if (!forbids(p) || p.released || p.order != 0) continue;
    if (!strongest || p.logit > strongest->logit) strongest = &p;
    kept = std::min(kept, highest_up_to(c.owed.set, p.allows));
  }
  if (!strongest) return true;
  const double help = std::exp(c.will.logit), keep = std::exp(strongest->logit);
  c.probability = help / (std::exp(settings_.honour.standing_aside) + help + keep);
  c.drawn = draw(abstention_draw, c);
  const bool helps = c.drawn < c.probability;
  for (const Promise& p : all) {
    if (!forbids(p) || p.released || p.order != 0) continue;
    name_it(p, Decision::choice, helps || kept != Obligation::none ? helped : p.to);
    if (helps) {
      c.broken.push_back({PactId{p.where.pact}, p.clause->article, p.what, p.allows, p.to});
    }
  }
  if (helps) {
    c.answer = Answer::kept;
    return true;
  }
  cap = kept;
  if (cap != Obligation::none) return true;
  decline(c, Reason::chose_neither, Answer::torn);
  return false;
}

}  // namespace casus::law
