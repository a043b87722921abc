#include "casus/law/conditions.h"

#include <algorithm>

#include "casus/law/membership.h"
#include "law/charter.h"

namespace casus::law {
namespace {

// What each row asks.
namespace ask {

const Conditions& when(const Case& c) { return c.clause.when; }

Reason refuse_if(bool unmet, Reason reason) { return unmet ? reason : Reason::none; }

Reason from(const Case& c, const Coverage&, const Context&) {
  return refuse_if(when(c).from && c.act.date < *when(c).from, Reason::before_start_date);
}

Reason until(const Case& c, const Coverage&, const Context&) {
  return refuse_if(when(c).until && c.act.date >= *when(c).until, Reason::after_end_date);
}

Reason conflict(const Case& c, const Coverage&, const Context&) {
  return refuse_if(when(c).conflict && *when(c).conflict != c.who.conflict, Reason::other_conflict);
}

Reason lawful_government(const Case& c, const Coverage&, const Context&) {
  return refuse_if(when(c).lawful_government && c.act.against_usurper, Reason::against_usurper);
}

/// An article that owes armed help means an armed attack, unless it says what it means.
Reason severity(const Case& c, const Coverage&, const Context& x) {
  const double least = when(c).min_severity;
  if (least > 0.0) return refuse_if(c.act.severity < least, Reason::not_severe_enough);
  const bool arms = armed(highest(c.clause.then.assist));
  return refuse_if(arms && uses_force(c.act.kind) && !armed_attack(c.act, x.settings),
                   Reason::not_severe_enough);
}

/// States with which the victim is not at war, and which attack it for all that: by those whom they
/// have sent, from soil that they lent to another, or with ships before its ports.
std::size_t by_other_means(const Case& c, ActorId victim, const Context& x) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < x.facts.party_count(); ++i) {
    const ActorId other{i};
    if (other == victim || x.facts.party(other).kind != PartyKind::state) continue;
    const Hostility h = x.fronts.hostility(victim, other);
    count += !h.at_war && h.second_began && !h.second_shelters && h.settled == Settlement::none &&
                     !lapsed(h, c.act.date, x.settings)
                 ? 1
                 : 0;
  }
  return count;
}

/// An article that looks at who attacks counts who attacks; one that is also for acts of defence
/// does not ask who began, and counts all with whom the victim is at war.
std::size_t adversaries(const Case& c, const Coverage& out, const Context& x) {
  if (when(c).counts_responses) return x.fronts.state_enemies(out.beneficiary);
  return x.fronts.state_attackers(out.beneficiary) + by_other_means(c, out.beneficiary, x);
}

Reason fewest(const Case& c, const Coverage& out, const Context& x) {
  const std::size_t least = when(c).min_adversaries;
  return refuse_if(least > 0 && adversaries(c, out, x) < least, Reason::too_few_adversaries);
}

Reason most(const Case& c, const Coverage& out, const Context& x) {
  const std::size_t limit = when(c).max_adversaries;
  return refuse_if(limit > 0 && adversaries(c, out, x) > limit, Reason::too_many_adversaries);
}

Reason after_demand(const Case& c, const Coverage&, const Context&) {
  return refuse_if(when(c).after_demand && !c.act.demand_made, Reason::no_demand_made);
}

/// A small war to which the victim was baited does not void its pacts: only a provocation of this
/// author, grave enough, and not itself an answer to the author, counts.
Reason unprovoked(const Case& c, const Coverage&, const Context& x) {
  const Provocation& p = c.act.provocation;
  return refuse_if(when(c).unprovoked && p.by_victim && !p.baited &&
                       p.severity >= x.settings.provocation_threshold,
                   Reason::victim_provoked);
}

/// Self-defence is free until the Security Council has taken the measures that are needed (Charter
/// of the United Nations, article 51); sanctions alone are not.
Reason until_council(const Case& c, const Coverage& out, const Context& x) {
  return refuse_if(when(c).until_council && armed(allowed_against(out.adversary, c.act.date, x)),
                   Reason::council_has_acted);
}

Reason ongoing_wars(const Case& c, const Coverage& out, const Context& x) {
  if (when(c).ongoing_wars) return Reason::none;
  const Pact& pact = x.index.pact(c.pact);
  const Member* protege = x.index.member(c.pact, out.beneficiary);
  const Date since = protege ? bound_since(pact, *protege) : pact.in_force;
  return refuse_if(c.who.war_begun < since, Reason::war_began_before_pact);
}

/// Who has promised to help and has not come yet has entered no war.
Reason joined_wars(const Case& c, const Coverage& out, const Context& x) {
  if (when(c).joined_wars || when(c).member_as_author ||
      !x.fronts.joined_against(out.adversary, c.who.victim)) {
    return Reason::none;
  }
  const Hostility h = x.fronts.hostility(out.adversary, c.who.victim);
  return refuse_if(!h.arrives || *h.arrives <= c.act.date, Reason::victim_joined_war);
}

}  // namespace ask
}  // namespace

std::span<const ConditionInfo> conditions() {
  using C = Conditions;
  // The order is that of the reference, and of the hash of a pact.
  static constexpr ConditionInfo rows[] = {
      {.name = "from",
       .member = &C::from,
       .doc = "Not acts before this day.",
       .of_promises = true,
       .turn = 60,
       .unmet = ask::from},
      {.name = "until",
       .member = &C::until,
       .doc = "Only acts before this day.",
       .of_promises = true,
       .turn = 61,
       .unmet = ask::until},
      {.name = "conflict",
       .member = &C::conflict,
       .doc = "Only in this war or crisis.",
       .of_promises = true,
       .turn = 62,
       .unmet = ask::conflict},
      {.name = "min_adversaries",
       .member = &C::min_adversaries,
       .doc = "States that attack the victim at once, at least, also by a band, from lent soil or "
              "with a blockade; not those that it attacked itself, "
              "unless the article also counts responses.",
       .high = 1000,
       .turn = 65,
       .unmet = ask::fewest},
      {.name = "max_adversaries",
       .member = &C::max_adversaries,
       .doc = "The same, at most; 0: no limit.",
       .high = 1000,
       .turn = 66,
       .unmet = ask::most},
      {.name = "min_severity",
       .member = &C::min_severity,
       .doc = "How grave the act must be; 0: as grave as an armed attack, if it uses force and the "
              "article owes arms.",
       .high = 1,
       .of_promises = true,
       .turn = 64,
       .unmet = ask::severity},
      {.name = "min_evidence",
       .member = &C::min_evidence,
       .doc = "How well it must be shown that a sponsor or host is behind it.",
       .high = 1},
      {.name = "after_demand",
       .member = &C::after_demand,
       .doc = "Only after a demand was made and refused.",
       .turn = 67,
       .unmet = ask::after_demand},
      {.name = "unprovoked",
       .member = &C::unprovoked,
       .doc = "Lost by a victim that provoked the author.",
       .turn = 68,
       .unmet = ask::unprovoked},
      {.name = "lawful_government",
       .member = &C::lawful_government,
       .doc = "Only for a government that did not come to power by a coup itself.",
       .turn = 63,
       .unmet = ask::lawful_government},
      {.name = "between_members",
       .member = &C::between_members,
       .doc = "Also when the author is a member.",
       .of_promises = true},
      {.name = "counts_responses",
       .member = &C::counts_responses,
       .doc = "Also when the act was itself defensive."},
      {.name = "joined_wars",
       .member = &C::joined_wars,
       .doc = "Protects a member also in a war that it joined as a helper.",
       .turn = 80,
       .unmet = ask::joined_wars},
      {.name = "ongoing_wars",
       .member = &C::ongoing_wars,
       .doc = "Also in a war begun before the pact.",
       .turn = 70,
       .unmet = ask::ongoing_wars},
      {.name = "member_as_author",
       .member = &C::member_as_author,
       .doc = "Set in motion by a hostile act of the member itself: a pact of offence."},
      {.name = "until_council",
       .member = &C::until_council,
       .doc = "Only until the Security Council has allowed force against the adversary.",
       .later = true,
       .turn = 69,
       .unmet = ask::until_council},
  };
  return rows;
}

}  // namespace casus::law
