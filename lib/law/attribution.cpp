#include <algorithm>
#include <optional>

#include "casus/law/stages.h"
#include "law/charter.h"
#include "law/course.h"
#include "law/keys.h"

namespace casus::law {
namespace {

constexpr Purpose evidence_draw("law.evidence");

bool shown(const Act& act, ActorId whom, double evidence, const Context& c, double& draw) {
  if (!whom.valid() || evidence <= 0.0) return false;
  if (c.settings.drawing == Drawing::expected) return evidence >= 0.5;
  // Two acts of the same kind, there and then, are shown or not by the same evidence.
  Stream stream(c.replicate, c.step, evidence_draw, {act_key(act, c.facts), key_of(c.facts, whom)},
                Stream::again);
  draw = uniform(stream);
  return draw < evidence;
}

/// Is it close enough to what was done, as the doctrine reads it? What is not said is not doubted.
bool close_enough(const Act& act, const Settings& s) {
  switch (s.doctrines.sponsors) {
    case Sponsors::overall_control:
      return act.control == Control::unsaid || act.control >= Control::overall;
    case Sponsors::effective_control:
      return act.control == Control::unsaid || act.control == Control::direction;
    case Sponsors::as_shown:
      break;
  }
  return true;
}

bool uses_arms(const Act& act) { return uses_force(act.kind) || act.kind == ActKind::intervention; }

bool judged_by_the_facts(Posture said) {
  return said == Posture::unknown || said == Posture::authorised || said == Posture::countermeasure;
}

/// An act of one who was attacked first is defence, whatever its form: the attacker's own pacts
/// must not mistake the defender for an aggressor. Attacked is also who is blockaded, or attacked
/// by those whom the other sent. But an answer that comes when the attack is long past is none.
Posture posture_of(const Act& act, ActorId author, ActorId victim, const Context& x) {
  if (!judged_by_the_facts(act.posture)) return act.posture;
  if (act.imminent && x.settings.doctrines.anticipation == Anticipation::imminent) {
    return Posture::self_defence;
  }
  const auto answers = [&](const Hostility& h) {
    return h.second_began && !lapsed(h, act.date, x.settings);
  };
  const Hostility own = x.fronts.hostility(author, victim);
  if (act.on_behalf_of.valid() && act.on_behalf_of != author) {
    if (answers(x.fronts.hostility(act.on_behalf_of, victim))) return Posture::collective_defence;
    return answers(own) ? Posture::self_defence : Posture::attack;
  }
  if (!author.valid() || author == victim) return Posture::attack;
  if (answers(own)) return Posture::self_defence;
  if (!own.at_war || own.lawful || lapsed(own, act.date, x.settings)) return Posture::attack;
  const Hostility other = x.fronts.hostility(victim, author);
  // Neither side began it against the other: a helper fights on for the party it helps.
  if (!other.second_began) {
    return own.second_joined
               ? Posture::self_defence
               : (other.second_joined ? Posture::collective_defence : Posture::attack);
  }
  return Posture::attack;
}

/// Forces that stay where an armistice has found them do nothing new.
bool goes_on(const Act& act, const Hostility& h) {
  return act.kind == ActKind::occupation && h.settled == Settlement::armistice;
}

/// The one that is named, or the one in which the two, or whom the author helps and the victim, are
/// enemies already; else one of their own.
ConflictKey conflict_of(const Act& act, ActorId author, ActorId victim, const Context& x) {
  const Hostility own = x.fronts.hostility(author, victim);
  // What an armistice or a peace has settled is not taken up: who uses force then begins anew.
  const auto of = [&](const Hostility& h) {
    if (h.settled == Settlement::none || settles(act) || goes_on(act, h)) return h.conflict;
    return ConflictKey{mix(h.conflict.value,
                           static_cast<std::uint64_t>(h.settled_on->time_since_epoch().count()))};
  };
  if (act.conflict.value != 0 && act.conflict != own.conflict) return act.conflict;
  if (own.conflict.value != 0) return of(own);
  const Hostility helped = x.fronts.hostility(act.on_behalf_of, victim);
  if (helped.conflict.value != 0) return of(helped);
  const std::uint64_t a = key_of(x.facts, author), b = key_of(x.facts, victim);
  return {a < b ? mix(a, b) : mix(b, a)};
}

/// When the war began that the act belongs to, for "not for a war begun before signature". Whoever
/// joins a war joins it as it is: it is as old for the newcomer.
Date war_begun(const Act& act, const Attribution& who, const Context& x) {
  if (act.war_begun) return std::min(*act.war_begun, act.date);
  Date begun = act.date;
  const auto older = [&](const std::optional<Date>& since) {
    if (since) begun = std::min(begun, *since);
  };
  if (!who.author.valid() || who.author == who.victim) return begun;
  const auto at_war = [&](ActorId with) {
    const Hostility h = x.fronts.hostility(with, who.victim);
    if (h.at_war && !lapsed(h, act.date, x.settings)) older(h.since);
    return h.at_war;
  };
  const bool own = at_war(who.author);
  if (own) return begun;
  const bool helped = act.on_behalf_of.valid() && at_war(act.on_behalf_of);
  if (!helped && act.conflict.value != 0 && act.conflict == who.conflict) {
    older(x.fronts.war_since(who.victim, act.conflict));
  }
  return begun;
}

}  // namespace

/// Has the victim broken what it owed to the author in this conflict, or refused it the help that
/// it owed, so that the author may hold back what it owes in turn? Not by force (Articles on State
/// Responsibility, 22, 49 and 50).
std::optional<std::uint32_t> breach_answered(const Act& act, const Attribution& who,
                                             const Context& x) {
  if (!x.memory || uses_force(act.kind) || act.kind == ActKind::blockade ||
      act.kind == ActKind::threat || act.kind == ActKind::intervention) {
    return std::nullopt;
  }
  const ActorKey by{key_of(x.facts, who.victim)}, wronged{key_of(x.facts, who.author)};
  for (const Membership& m : x.index.of(who.victim)) {
    const PactKey pact = x.index.pact(m.pact).key;
    for (std::size_t i = 0; i < names<Abstention>().size(); ++i) {
      const ActorKey breach = breach_memory(by, wronged, static_cast<Abstention>(i));
      if (x.memory->find(pact, breach, who.conflict)) return m.pact;
    }
    const Remembered* refused = x.memory->find(pact, refusal_memory(by, wronged), {});
    if (refused &&
        static_cast<double>(days_between(refused->date, act.date)) <= x.settings.answer_days) {
      return m.pact;
    }
  }
  return std::nullopt;
}

Attribution attribute(const Act& act, const Context& context) {
  Attribution out;
  out.author = act.author;
  out.victim = act.victim.valid() ? act.victim : act.place.sovereign;
  out.sponsor_proven = shown(act, act.sponsor, act.sponsor_evidence, context, out.sponsor_draw);
  out.host_proven = shown(act, act.host, act.host_evidence, context, out.host_draw);
  if (out.sponsor_proven && !close_enough(act, context.settings)) {
    out.sponsor_proven = false;
    out.sponsor_apart = true;
  }
  out.yes = true;
  out.reason = Reason::author_known;
  if (!act.author.valid()) {
    out.yes = out.sponsor_proven;
    out.reason = !act.sponsor.valid() ? Reason::author_unknown
                 : out.sponsor_proven ? Reason::evidence_sufficient
                 : out.sponsor_apart  ? Reason::control_insufficient
                                      : Reason::evidence_insufficient;
    if (out.sponsor_proven) out.author = act.sponsor;
  }
  if (!out.victim.valid()) {
    out.yes = false;
    out.reason = Reason::no_victim;
  }
  out.conflict = conflict_of(act, out.author, out.victim, context);
  out.posture = posture_of(act, out.author, out.victim, context);
  // What an organ of a region has decided is force of its members until the Council allows it.
  const bool enforces = act.posture == Posture::enforcement && uses_arms(act) &&
                        context.settings.doctrines.regional_force == RegionalForce::council;
  if (enforces) out.posture = Posture::attack;
  const bool said = !enforces && !judged_by_the_facts(act.posture);
  if (!said && out.posture != Posture::attack && defenceless(act, out.author, context)) {
    out.posture = Posture::attack;
  }
  if (!said && out.yes && goes_too_far(act, out, context)) {
    out.out_of_proportion = true;
    out.posture = Posture::attack;
  }
  if (out.yes && out.posture == Posture::attack && allowed(act, out.victim, context)) {
    out.authorised = true;
    out.posture = Posture::enforcement;
  } else if (out.yes && out.posture == Posture::attack && by_right(act, out.author, context)) {
    out.by_right = true;
    out.posture = Posture::enforcement;
  }
  out.goes_on = act.kind == ActKind::occupation &&
                goes_on(act, context.fronts.hostility(out.author, out.victim));
  out.war_begun = war_begun(act, out, context);
  if (act.posture == Posture::countermeasure && out.yes && breach_answered(act, out, context)) {
    out.posture = Posture::countermeasure;
    out.countermeasure = true;
  }
  return out;
}

}  // namespace casus::law
