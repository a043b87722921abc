#include "casus/casebook/case_facts.h"

#include <algorithm>

namespace casus::casebook {

using law::Obligation;

namespace {

/// A war that no armistice has stopped.
bool fought(const law::Fight& f) { return f.war && f.settled == law::Settlement::none; }

}  // namespace

CaseFacts::CaseFacts(const Situation& situation) : situation_(situation) {
  for (const WarFacts& w : situation.wars) {
    const law::ConflictKey key = law::conflict_key(w.name);
    const auto joined = [&](ActorId a) {
      return std::find(w.joined.begin(), w.joined.end(), a) != w.joined.end();
    };
    for (const ActorId a : w.attackers) add(law::Side{a, key, 1});
    for (const ActorId d : w.defenders) add(law::Side{d, key, 2});
    for (const ActorId a : w.attackers) {
      for (const ActorId d : w.defenders) {
        add(law::Fight{.first = a,
                       .second = d,
                       .conflict = key,
                       .since = w.since,
                       .first_joined = joined(a),
                       .second_joined = joined(d)});
      }
    }
  }
}

void CaseFacts::add(const law::Fight& fight) {
  const auto there = std::find_if(fights_.begin(), fights_.end(), [&](const law::Fight& f) {
    return (f.first == fight.first && f.second == fight.second) ||
           (f.first == fight.second && f.second == fight.first);
  });
  if (there == fights_.end()) {
    fights_.push_back(fight);
    return;
  }
  law::Fight& old = *there;
  // What was settled counts no more, but for a war that the case describes as begun after that.
  if (fight.settled_on) {
    if (old.since <= *fight.settled_on) old = fight;
    return;
  }
  if (!old.last) return;  // a war that the case describes goes on until it says otherwise
  old.shelters = old.shelters && fight.shelters;
  const bool same = old.first == fight.first;
  const law::Hostility before = hostility(fight.first, fight.second);
  const bool anew = fight.last && law::lapsed(before, fight.since, situation_.settings);
  if (anew) {
    old.since = fight.since;
    old.first_began = same ? fight.first_began : !fight.first_began;
  }
  if (fight.war && !old.war) {
    old.war = true;
    old.since = fight.since;
    old.first_joined = same ? fight.first_joined : fight.second_joined;
    old.second_joined = same ? fight.second_joined : fight.first_joined;
  }
  if (fight.last) old.last = std::max(*old.last, *fight.last);
}

void CaseFacts::add(const law::Side& side) {
  if (this->side(side.party, side.conflict) == 0) sides_.push_back(side);
}

law::Party CaseFacts::party(ActorId actor) const {
  return {actor_key(of(actor).name), of(actor).kind};
}

double CaseFacts::affinity(ActorId from, ActorId to) const {
  // The last word counts, so that a pair can be singled out from a group.
  for (auto r = situation_.relations.rbegin(); r != situation_.relations.rend(); ++r) {
    if (r->from == from && r->to == to) return r->value;
  }
  return 0.0;
}

law::Hostility CaseFacts::hostility(ActorId first, ActorId second) const {
  law::Hostility h;
  for (const law::Fight& f : fights_) {
    const bool same = f.first == first && f.second == second;
    if (!same && !(f.first == second && f.second == first)) continue;
    h.conflict = f.conflict;
    if (f.settled != law::Settlement::none) {
      h.settled = f.settled;
      h.settled_on = f.settled_on;
      return h;
    }
    h.at_war = f.war;
    h.arrives = f.arrives;
    h.since = f.since;
    h.second_began = same != f.first_began;
    h.second_joined = same ? f.second_joined : f.first_joined;
    h.second_shelters = f.shelters && h.second_began;
    h.last_force = f.last;
    break;
  }
  if (!h.last_force) return h;
  // What lasts is the conflict, not the fight between the two alone.
  for (const law::Fight& f : fights_) {
    if (f.conflict != h.conflict) continue;
    if (!f.last) return h.last_force.reset(), h;
    h.last_force = std::max(*h.last_force, *f.last);
  }
  return h;
}

std::size_t CaseFacts::state_enemies(ActorId actor) const {
  return static_cast<std::size_t>(
      std::count_if(fights_.begin(), fights_.end(), [&](const law::Fight& f) {
        if (!fought(f) || (f.first != actor && f.second != actor)) return false;
        return of(f.first == actor ? f.second : f.first).kind == law::PartyKind::state;
      }));
}

std::size_t CaseFacts::state_attackers(ActorId actor) const {
  return static_cast<std::size_t>(
      std::count_if(fights_.begin(), fights_.end(), [&](const law::Fight& f) {
        if (!fought(f) || (f.first != actor && f.second != actor)) return false;
        const bool other_began = (f.second == actor) == f.first_began;
        const bool chosen = f.first == actor ? f.first_joined : f.second_joined;
        return other_began && !chosen &&
               of(f.first == actor ? f.second : f.first).kind == law::PartyKind::state;
      }));
}

std::optional<Date> CaseFacts::war_since(ActorId party, law::ConflictKey conflict) const {
  std::optional<Date> since;
  for (const law::Fight& f : fights_) {
    if (!f.war || f.conflict != conflict || (f.first != party && f.second != party)) continue;
    since = since ? std::min(*since, f.since) : f.since;
  }
  return since;
}

int CaseFacts::side(ActorId actor, law::ConflictKey conflict) const {
  for (const law::Side& s : sides_) {
    if (s.party == actor && s.conflict == conflict) return s.side;
  }
  return 0;
}

law::Government CaseFacts::government(ActorId state) const {
  const PartyFacts& p = of(state);
  return {p.ousted.value_or(false), p.can_ask, p.ousted.has_value()};
}

law::Claimant CaseFacts::recognises(ActorId who, ActorId state) const {
  for (const auto& [of_whom, government] : of(who).recognises) {
    if (of_whom == state) return government;
  }
  return law::Claimant::unsaid;
}

law::Place CaseFacts::territory(ActorId state) const {
  for (const PlaceFacts& p : situation_.places) {
    if (p.place.sovereign == state) return p.place;
  }
  return law::Facts::territory(state);
}

double CaseFacts::forces(ActorId actor) const { return of(actor).forces; }
double CaseFacts::free_forces(ActorId actor) const {
  return of(actor).free_forces.value_or(of(actor).forces);
}
bool CaseFacts::affords(ActorId member, Obligation level) const {
  return level <= of(member).affords;
}

law::Reach CaseFacts::reach(ActorId member, const law::Place& place, ActorId) const {
  for (const RouteRule& r : situation_.routes) {
    if (std::find(r.of.begin(), r.of.end(), member) == r.of.end()) continue;
    if (r.place && *r.place != place.key) continue;
    if (r.party.valid() && r.party != place.sovereign) continue;
    return r.reach;
  }
  return {};
}

double CaseFacts::power_change(ActorId member, PactId, Date) const {
  return of(member).power_change;
}
bool CaseFacts::institutional_change(ActorId member, PactId, Date) const {
  return of(member).institutional_change;
}
double CaseFacts::resolve(ActorId actor) const { return of(actor).resolve; }

double CaseFacts::cost(ActorId member, const law::Act&, Obligation level) const {
  return law::armed(level) ? of(member).cost : 0.0;
}

double CaseFacts::shared_threat(ActorId a, ActorId b, ActorId adversary) const {
  if (!adversary.valid()) return 0.0;
  const auto threat = [&](ActorId who) {
    for (const auto& [from, size] : of(who).threatened_by) {
      if (from == adversary) return size;
    }
    return 0.0;
  };
  return std::min(threat(a), threat(b));
}

std::optional<double> CaseFacts::comes_after(ActorId member) const {
  return of(member).comes_after;
}

bool CaseFacts::parliament_consents(ActorId member) const { return of(member).parliament_consents; }

double CaseFacts::request_probability(ActorId victim, const law::Act&, PactId pact) const {
  for (const auto& [under, p] : of(victim).asks_under) {
    if (under == pact) return p;
  }
  return of(victim).asks;
}

const VoteRule* CaseFacts::rule(ActorId member, PactId pact) const {
  const VoteRule* others = nullptr;
  for (const VoteRule& v : situation_.votes) {
    if (v.pact != pact) continue;
    if (v.member == member) return &v;
    if (!v.member.valid()) others = &v;
  }
  return others;
}

bool CaseFacts::attends(ActorId member, PactId pact) const {
  const VoteRule* v = rule(member, pact);
  return v == nullptr || v->kind != VoteRule::Kind::absent;
}

double CaseFacts::interest(ActorId member, ActorId beneficiary, ActorId against,
                           Obligation level) const {
  const law::VoteSettings& v = situation_.settings.vote;
  const auto towards = [&](ActorId to) {
    return !to.valid() ? 0.0 : to == member ? 1.0 : affinity(member, to);
  };
  double s = v.intercept + v.affinity * (towards(beneficiary) -
                                         (against == beneficiary ? 0.0 : towards(against)));
  if (beneficiary.valid() && beneficiary != member && against.valid()) {
    s += v.threat * shared_threat(member, beneficiary, against);
  }
  return s - v.cost * cost(member, law::Act{}, level);
}

double CaseFacts::vote_bias(ActorId member, PactId pact, ActorId beneficiary, ActorId against,
                            Obligation level) const {
  const VoteRule* v = rule(member, pact);
  if (v == nullptr) return 0.0;
  constexpr double certain = 40.0;  // logit
  const double own = interest(member, beneficiary, against, level);
  switch (v->kind) {
    case VoteRule::Kind::in_favour:
      return certain - own;
    case VoteRule::Kind::against:
      return -certain - own;
    case VoteRule::Kind::up_to:
      return (level <= v->up_to ? certain : -certain) - own;
    case VoteRule::Kind::abstains:
    case VoteRule::Kind::absent:
      break;
  }
  return -own;
}

double CaseFacts::honour_bias(ActorId member, const law::Act&, PactId) const {
  return of(member).willing;
}

}  // namespace casus::casebook
