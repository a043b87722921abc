#include "casus/law/stages.h"
#include "law/keys.h"

namespace casus::law {
namespace {

constexpr Purpose evidence_draw("law.evidence");

bool shown(const Act& act, ActorId whom, double evidence, const Context& c) {
  if (!whom.valid() || evidence <= 0.0) return false;
  if (c.settings.drawing == Drawing::expected) return evidence >= 0.5;
  // Two acts of the same kind, there and then, are shown or not by the same evidence.
  Stream stream(c.replicate, c.step, evidence_draw, {act_key(act, c.facts), key_of(c.facts, whom)},
                Stream::again);
  return chance(stream, evidence);
}

/// An act of one who was attacked first is defence, whatever its form: the attacker's own pacts
/// must not mistake the defender for an aggressor.
Posture posture_of(const Act& act, ActorId author, ActorId victim, const Facts& facts) {
  if (act.posture != Posture::unknown) return act.posture;
  if (act.on_behalf_of.valid() && act.on_behalf_of != author) {
    const Hostility helped = facts.hostility(act.on_behalf_of, victim);
    return helped.at_war && helped.second_began ? Posture::collective_defence : Posture::attack;
  }
  if (!author.valid() || author == victim) return Posture::attack;
  const Hostility own = facts.hostility(author, victim);
  if (!own.at_war) return Posture::attack;
  if (own.second_began) return Posture::self_defence;
  const Hostility other = facts.hostility(victim, author);
  // Neither side began it against the other: a helper fights on for the party it helps.
  if (!other.second_began) {
    return own.second_joined
               ? Posture::self_defence
               : (other.second_joined ? Posture::collective_defence : Posture::attack);
  }
  return Posture::attack;
}

ConflictKey conflict_of(const Act& act, ActorId author, ActorId victim, const Facts& facts) {
  if (act.conflict.value != 0) return act.conflict;
  if (author.valid() && author != victim) {
    const Hostility h = facts.hostility(author, victim);
    if (h.at_war && h.conflict.value != 0) return h.conflict;
  }
  const std::uint64_t a = key_of(facts, author), b = key_of(facts, victim);
  return {a < b ? mix(a, b) : mix(b, a)};
}

}  // namespace

Attribution attribute(const Act& act, const Context& context) {
  Attribution out;
  out.author = act.author;
  out.victim = act.victim.valid() ? act.victim : act.place.sovereign;
  out.sponsor_proven = shown(act, act.sponsor, act.sponsor_evidence, context);
  out.host_proven = shown(act, act.host, act.host_evidence, context);
  out.yes = true;
  out.reason = Reason::author_known;
  if (!act.author.valid()) {
    out.yes = out.sponsor_proven;
    out.reason = !act.sponsor.valid() ? Reason::author_unknown
                 : out.sponsor_proven ? Reason::evidence_sufficient
                                      : Reason::evidence_insufficient;
    if (out.sponsor_proven) out.author = act.sponsor;
  }
  if (!out.victim.valid()) {
    out.yes = false;
    out.reason = Reason::no_victim;
  }
  out.posture = posture_of(act, out.author, out.victim, context.facts);
  out.conflict = conflict_of(act, out.author, out.victim, context.facts);
  return out;
}

}  // namespace casus::law
