#include <algorithm>

#include "casus/law/stages.h"

namespace casus::law {
namespace {

/// What stands in the way of help of a level; none if nothing does.
Reason obstacle(ActorId member, Assent needs, Obligation level, const Reach& reach, double free,
                double pledged, const Context& x) {
  if (armed(level) && needs == Assent::parliament && !x.facts.parliament_consents(member)) {
    return Reason::parliament_refuses;
  }
  if (!x.facts.affords(member, level)) return Reason::no_resources;
  if (level < Obligation::basing) return Reason::none;
  if (reach.route == Route::none) {
    return reach.obstacle == Reason::none ? Reason::no_route : reach.obstacle;
  }
  if (!armed(level)) return Reason::none;
  const double all = x.facts.forces(member);
  if (!(pledged > 0.0) && (!(free > 0.0) || free < x.settings.min_free_share * all)) {
    return Reason::no_free_forces;
  }
  if (reach.capacity < 1.0) return Reason::lift_limit;
  // Forces of a group, an organisation or an outsider are sent too; only a state declares war.
  if (level == Obligation::war && x.facts.party(member).kind != PartyKind::state &&
      x.facts.party(member).kind != PartyKind::external) {
    return Reason::not_a_state;
  }
  return Reason::none;
}

struct Pledge {
  double members = 0.0;  ///< the member's contribution to the organ's force
  double organ = 0.0;    ///< its part of what the organ has besides
  double others = 0.0;   ///< the contributions of all but the victim
};

/// The organ's own force marches with the members, in the proportion of their contributions.
Pledge pledge_of(const Clause& clause, const Pact& pact, const Member& m, ActorId victim) {
  if (!clause.organ.valid() || !pact.organs[clause.organ.row()].force) return {};
  double all = 0.0, others = 0.0;
  for (const Member& other : pact.members) {
    all += other.contribution;
    if (other.actor != victim) others += other.contribution;
  }
  const double share =
      all > 0.0 ? m.contribution / all : 1.0 / static_cast<double>(pact.members.size());
  return {m.contribution, share * pact.organs[clause.organ.row()].force->strength, others};
}

}  // namespace

Ability able(const Case& c, const Coverage& cov, const Owed& owed, std::uint32_t slot,
             const Context& x) {
  const Pact& pact = x.index.pact(c.pact);
  const Member& m = pact.members[slot];
  Ability out;
  Reach reach;
  double free = 0.0;
  if (owed.level >= Obligation::basing) {
    reach = x.facts.reach(m.actor, c.act.place, cov.adversary);
    free = x.facts.free_forces(m.actor);
  }
  const Pledge pledge = pledge_of(c.clause, pact, m, c.act.victim);
  const Assent needs = std::max(c.clause.consent, m.consent);
  Reason first = Reason::none;
  for (ObligationSet rest = owed.set; !rest.empty(); rest.erase(highest(rest))) {
    const Obligation level = highest(rest);
    const Reason r = obstacle(m.actor, needs, level, reach, free, pledge.organ, x);
    if (r == Reason::none) {
      out.yes = true;
      out.level = level;
      break;
    }
    if (first == Reason::none) first = r;
  }
  out.reason = first == Reason::none ? Reason::within_means : first;
  if (armed(out.level)) {
    // A number that was promised is sent if it is there, whatever is usual; of a common pledge as
    // much is called up as the mission asks for, by each member's part.
    const double usual = std::min(x.settings.deployable_share * free, reach.called_for);
    const double own = pledge.members > 0.0
                           ? pledge.members * std::min(1.0, reach.called_for / pledge.others)
                           : std::max(usual, std::min(c.clause.then.at_least, free));
    const double more = std::max(0.0, own - reach.there);
    out.people = std::min(std::min(more, free) + pledge.organ, reach.capacity);
  }
  return out;
}

}  // namespace casus::law
