#include <algorithm>
#include <vector>

#include "casus/law/conditions.h"
#include "casus/law/membership.h"
#include "casus/law/stages.h"
#include "law/course.h"
#include "law/recognition.h"

namespace casus::law {
namespace {

template <class T>
bool has(const std::vector<T>& items, const T& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

}  // namespace

bool means(const Adversary& by, ActorId party, const Facts& facts) {
  if (!party.valid() || has(by.excluded, party)) return false;
  if (by.kinds.empty() && by.named.empty()) return true;
  return has(by.named, party) || by.kinds.contains(facts.party(party).kind);
}

namespace {

/// Forces that come without the consent of the government in office invade, by whatever name. If
/// the other government asked for them, that is for each member to judge.
bool listed(const ActSet& acts, const Act& act, const Context& x) {
  return acts.contains(act.kind) ||
         (act.kind == ActKind::intervention && acts.contains(ActKind::invasion) &&
          (!act.invited || contested(act, x.facts, x.memory ? x.memory : x.known)));
}

Reason adversary(const Case& c, const Context& context, Coverage& out) {
  const Adversary& by = c.clause.when.by;
  const Facts& facts = context.facts;
  const bool at_home = c.who.author == c.who.victim;  // a coup by the state's own army
  out.adversary = c.who.author;
  const auto member = [&](ActorId party) {
    const Member* m = party.valid() ? context.index.member(c.pact, party) : nullptr;
    return m && standing(context.index.pact(c.pact), *m, c.act.date).member;
  };
  // An article that does not say whose attack it means is read by the doctrine.
  const auto meant = [&](ActorId party) {
    return means(by, party, facts) && (!by.members || member(party));
  };
  const bool anybody = by.kinds.empty() && by.named.empty();
  const bool alone = anybody && c.who.author.valid() &&
                     facts.party(c.who.author).kind == PartyKind::armed_group &&
                     uses_force(c.act.kind) && !internal(c.act.kind) &&
                     context.settings.doctrines.groups == Groups::states_only;
  // Whom a coup of the own army is by is no question, unless the article names others.
  if ((at_home && anybody) || (meant(c.who.author) && !alone)) return Reason::none;
  const auto try_party = [&](ActorId party, bool proven, double evidence) {
    if (!meant(party)) return Reason::adversary_not_listed;
    if (!proven || evidence < c.clause.when.min_evidence) return Reason::sponsor_not_proven;
    out.adversary = party;
    out.by_sponsor = true;
    return Reason::none;
  };
  const Reason sponsor = try_party(c.act.sponsor, c.who.sponsor_proven, c.act.sponsor_evidence);
  if (sponsor == Reason::none) return sponsor;
  const Reason host = try_party(c.act.host, c.who.host_proven, c.act.host_evidence);
  if (host == Reason::none) return host;
  if (sponsor == Reason::sponsor_not_proven || host == Reason::sponsor_not_proven) {
    return Reason::sponsor_not_proven;
  }
  if (alone && meant(c.who.author)) return Reason::no_state_behind_it;
  if (means(by, c.who.author, facts)) return Reason::adversary_not_member;
  return has(by.excluded, c.who.author) ? Reason::adversary_excluded : Reason::adversary_not_listed;
}

Reason place(const Case& c, ActorId victim, const Context& context) {
  const Geography& places = c.clause.when.where;
  const Geography widened = places.widened.empty() ? Geography{} : on(places, c.act.date);
  const Geography& g = places.widened.empty() ? places : widened;
  Place p = c.act.place;
  if (!p.sovereign.valid() && internal(c.act.kind)) p.sovereign = victim;
  const auto among = [&](const std::vector<RegionKey>& keys) {
    return p.key.value != 0 && std::binary_search(keys.begin(), keys.end(), p.key);
  };
  if (g.excluded.meets(p.areas) || among(g.excluded_regions)) return Reason::place_excluded;
  const bool narrowed = !g.regions.empty() || g.areas.any();
  if (narrowed && !among(g.regions) && !g.areas.meets(p.areas)) return Reason::place_not_covered;
  switch (g.scope) {
    case Scope::anywhere:
      return Reason::none;
    case Scope::victim:
      return p.sovereign == victim ? Reason::none : Reason::place_not_covered;
    case Scope::listed:
      return narrowed ? Reason::none : Reason::place_not_covered;
    case Scope::inherit:
    case Scope::members: {
      if (p.sovereign.valid() && p.sovereign == victim) return Reason::none;
      const Member* m = context.index.member(c.pact, p.sovereign);
      return m && standing(context.index.pact(c.pact), *m, c.act.date).member
                 ? Reason::none
                 : Reason::place_not_covered;
    }
  }
  return Reason::place_not_covered;
}

/// Sponsor and host, where it is shown that they are behind it as well as this article asks.
void name_accomplices(const Case& c, Coverage& out) {
  const double enough = c.clause.when.min_evidence;
  if (c.who.sponsor_proven && c.act.sponsor_evidence >= enough) out.accomplices[0] = c.act.sponsor;
  if (c.who.host_proven && c.act.host_evidence >= enough) out.accomplices[1] = c.act.host;
}

/// Nobody is helped against himself: what a victim does to itself, or has done, calls nobody. A
/// coup by its own army is another's act for all that.
bool own_act(const Case& c, const Coverage& out) {
  return (c.who.author == c.who.victim && !internal(c.act.kind)) ||
         (out.accomplices[0].valid() && out.accomplices[0] == c.who.victim);
}

Reason parties(const Case& c, Coverage& out, const Context& context) {
  const Conditions& w = c.clause.when;
  const Pact& pact = context.index.pact(c.pact);
  if (c.who.goes_on) return Reason::occupation_goes_on;
  if (c.who.authorised) return Reason::authorised;
  if (c.who.by_right) return Reason::under_a_right;
  if (w.member_as_author) {
    if (c.who.posture != Posture::attack) return Reason::defensive_act;
    const Member* m = context.index.member(c.pact, c.who.author);
    if (!m || !standing(pact, *m, c.act.date).protected_by) return Reason::author_not_member;
    out.beneficiary = c.who.author;
    out.adversary = c.who.victim;
    if (!means(w.by, out.adversary, context.facts)) {
      return has(w.by.excluded, out.adversary) ? Reason::adversary_excluded
                                               : Reason::adversary_not_listed;
    }
  } else {
    if (!w.counts_responses && (c.who.countermeasure || in_defence(c.who.posture))) {
      return Reason::defensive_act;
    }
    out.beneficiary = c.who.victim;
    if (own_act(c, out)) return Reason::own_act;
    const Reason r = adversary(c, context, out);
    if (r != Reason::none) return r;
  }
  if (!w.between_members && !w.by.members && out.adversary != out.beneficiary) {
    const Member* m = context.index.member(c.pact, out.adversary);
    if (m && standing(pact, *m, c.act.date).member) return Reason::author_is_member;
  }
  return Reason::none;
}

/// The conditions that are asked one by one, in their turn.
const std::vector<ConditionInfo>& in_turn() {
  static const std::vector<ConditionInfo> sorted = [] {
    std::vector<ConditionInfo> asked;
    for (const ConditionInfo& c : conditions()) {
      if (c.unmet) asked.push_back(c);
    }
    std::sort(asked.begin(), asked.end(),
              [](const auto& a, const auto& b) { return a.turn < b.turn; });
    return asked;
  }();
  return sorted;
}

constexpr std::uint8_t met = 9;  // of Coverage::progress

}  // namespace

Coverage cover(const Case& c, const Context& context) {
  Coverage out;
  const Conditions& w = c.clause.when;
  const Pact& pact = context.index.pact(c.pact);
  out.beneficiary = c.who.victim;
  out.adversary = c.who.author;
  name_accomplices(c, out);
  const auto fail = [&](Reason reason, int progress) {
    out.reason = reason;
    out.progress = static_cast<std::uint8_t>(progress);
    return out;
  };
  if (!in_force(pact, c.act.date)) return fail(Reason::not_in_force, 0);
  if (within(c.clause.suspensions, c.act.date)) return fail(Reason::article_suspended, 0);
  const Member* victim = context.index.member(c.pact, c.who.victim);
  if (!w.member_as_author) {
    const bool named = has(w.victims, c.who.victim);
    if (!w.victims.empty() && !named) return fail(Reason::victim_not_listed, 1);
    const Standing s = victim ? standing(pact, *victim, c.act.date) : Standing{};
    if (!s.protected_by && !(named && !victim)) {
      return fail(s.reason == Reason::suspended  ? Reason::victim_suspended
                  : s.reason == Reason::has_left ? Reason::victim_has_left
                                                 : Reason::victim_not_member,
                  1);
    }
  }
  if (!listed(w.acts, c.act, context)) return fail(Reason::act_not_listed, 2);
  if (const Reason r = parties(c, out, context); r != Reason::none) return fail(r, 3);
  const Member* protege = context.index.member(c.pact, out.beneficiary);
  if (protege && !c.clause.owed_to.empty() && !c.clause.owed_to.contains(protege->role)) {
    return fail(Reason::victim_role, 4);
  }
  if (!c.clause.among.empty() && !has(c.clause.among, out.beneficiary)) {
    return fail(Reason::not_of_the_protocol, 4);
  }
  if (const Reason r = place(c, c.who.victim, context); r != Reason::none) return fail(r, 5);
  for (const ConditionInfo& condition : in_turn()) {
    const Reason r = condition.unmet(c, out, context);
    if (r != Reason::none) return fail(r, condition.turn / 10);
  }
  out.yes = true;
  out.progress = met;
  out.reason = c.clause.extension ? Reason::extension_applies : Reason::article_applies;
  return out;
}

}  // namespace casus::law
