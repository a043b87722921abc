#include "law/charter.h"

#include <algorithm>
#include <span>
#include <vector>

#include "casus/law/organ.h"
#include "law/examining.h"
#include "law/keys.h"

namespace casus::law {
namespace {

constexpr PactKey council{name_hash("law.council")};

/// Arms, and measures short of them, are remembered apart: the one can be allowed after the other.
ActorKey allowance(const Facts& facts, ActorId target, Obligation what) {
  return {mix(facts.party(target).key.value, armed(what) ? 6U : 5U)};
}

constexpr PactKey rights{name_hash("law.rights")};

ActorKey right_memory(const Facts& facts, ActorId member, ActorId beneficiary) {
  return {mix(facts.party(member).key.value, facts.party(beneficiary).key.value)};
}

/// Unsaid, it is everything.
Obligation most_of(const Act& act) {
  return act.authorises == Obligation::none ? Obligation::war : act.authorises;
}

bool stands(const Remembered* r, Date date) {
  return r && r->given != Obligation::none && r->date <= date && (!r->until || date < *r->until);
}

/// What has to be allowed for it to be lawful. Ships before the ports are armed force, which
/// article 42 of the Charter names and article 41 does not reach (resolutions 217 and 221 on
/// Rhodesia, 661 and 665 on Iraq: sanctions first, and force to uphold them by another); where they
/// close a frontier and no more, it is a measure like others.
Obligation needed(const Act& act, const Settings& settings) {
  const bool blockade = act.kind == ActKind::blockade;
  if (uses_force(act.kind) || act.kind == ActKind::intervention ||
      (blockade && first_force(act, settings))) {
    return Obligation::troops;
  }
  return blockade || act.kind == ActKind::sanction ? Obligation::sanction : Obligation::none;
}

}  // namespace

namespace {

Obligation allowed_against(ActorId target, Date date, const Facts& facts,
                           const DecisionMemory* known) {
  if (!known || !target.valid()) return Obligation::none;
  for (const Obligation most : {Obligation::war, Obligation::sanction}) {
    const Remembered* r = known->find(council, allowance(facts, target, most), {});
    if (stands(r, date)) return r->given;
  }
  return Obligation::none;
}

}  // namespace

Obligation allowed_against(ActorId target, Date date, const Context& x) {
  return allowed_against(target, date, x.facts, x.memory ? x.memory : x.known);
}

bool may_send_arms(ActorId target, Date date, const Facts& facts, const Settings& settings,
                   const DecisionMemory* known) {
  return settings.doctrines.regional_force == RegionalForce::by_its_treaty ||
         armed(allowed_against(target, date, facts, known));
}

bool allowed(const Act& act, ActorId victim, const Context& x) {
  const Obligation least = needed(act, x.settings);
  return least != Obligation::none && allowed_against(victim, act.date, x) >= least;
}

bool defenceless(const Act& act, ActorId author, const Context& x) {
  const ActorId defended = act.on_behalf_of.valid() ? act.on_behalf_of : author;
  return armed(allowed_against(defended, act.date, x));
}

CouncilAct council_act(const Act& act, const Attribution& who, const Facts& facts) {
  CouncilAct out;
  // What nobody is said to have done, the Council itself has.
  const bool council_itself = !act.author.valid();
  if (!council_itself && (!who.yes || facts.party(who.author).kind != PartyKind::organisation)) {
    out.reason = Reason::outside_competence;
    return out;
  }
  const bool ends = act.kind == ActKind::revocation;
  if (act.vetoed_by.valid()) {
    out.reason = Reason::vetoed;
    return out;
  }
  out.yes = true;
  out.reason = ends ? Reason::authorisation_ended : Reason::authorised;
  Remembered r{.pact = council,
               .date = act.date,
               .first = act.date,
               .owed = most_of(act),
               .given = ends ? Obligation::none : most_of(act),
               .beneficiary = facts.party(who.victim).key,
               .until = act.until};
  r.actor = allowance(facts, who.victim, most_of(act));
  out.left.push_back(r);
  if (ends && armed(most_of(act))) {  // what takes back the greater takes back the lesser
    r.actor = allowance(facts, who.victim, Obligation::sanction);
    out.left.push_back(r);
  }
  return out;
}

Obligation right_to_help(ActorId member, ActorId beneficiary, Date date, const Context& x,
                         std::span<const Remembered> today) {
  if (!member.valid() || !beneficiary.valid() ||
      x.settings.doctrines.treaty_right != TreatyRight::stands) {
    return Obligation::none;
  }
  const ActorKey key = right_memory(x.facts, member, beneficiary);
  Obligation most = Obligation::none;
  const Remembered* r = x.memory ? x.memory->find(rights, key, {}) : nullptr;
  if (stands(r, date) &&
      static_cast<double>(days_between(r->date, date)) <= x.settings.answer_days) {
    most = r->given;
  }
  for (const Remembered& now : today) {
    if (now.pact == rights && now.actor == key) most = std::max(most, now.given);
  }
  return most;
}

bool by_right(const Act& act, ActorId author, const Context& x) {
  const ActorId whom = act.on_behalf_of.valid() ? act.on_behalf_of : act.place.sovereign;
  const Obligation least = needed(act, x.settings);
  return least != Obligation::none && right_to_help(author, whom, act.date, x) >= least;
}

void Examining::remember_right(const Case& c, const Coverage& coverage, ActorId member,
                               Obligation most) {
  records_.push_back({.pact = rights,
                      .actor = right_memory(facts_, member, coverage.beneficiary),
                      .date = c.act.date,
                      .first = c.act.date,
                      .given = most,
                      .beneficiary = facts_.party(coverage.beneficiary).key});
}

void Examining::council_acts(std::uint32_t a, std::uint32_t cause) {
  const Act& act = out_.acts[a];
  const CouncilAct done = council_act(act, who_[a], facts_);
  say({.stage = Stage::consequence,
       .yes = done.yes,
       .reason = done.reason,
       .level = most_of(act),
       .act = a,
       .cause = cause,
       .member = who_[a].author,
       .towards = who_[a].victim});
  records_.insert(records_.end(), done.left.begin(), done.left.end());
}

}  // namespace casus::law
