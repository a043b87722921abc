#include <algorithm>

#include "casus/law/membership.h"
#include "casus/law/organ.h"
#include "casus/law/stages.h"
#include "law/charter.h"
#include "law/keys.h"
#include "law/recognition.h"
#include "law/votes.h"

namespace casus::law {
namespace {

ObligationSet up_to(ObligationSet set, Obligation cap) {
  const auto bits = (std::uint64_t{2} << static_cast<unsigned>(cap)) - 1;
  ObligationSet out;
  for (std::size_t i = 1; i < obligation_count; ++i) {
    const auto o = static_cast<Obligation>(i);
    if (set.contains(o) && (bits >> i & 1U) != 0) out.insert(o);
  }
  return out;
}

Reason membership(const Case& c, const Member& m, const Pact& pact, Reason& positive) {
  const Standing s = standing(pact, m, c.act.date);
  if (!s.bound) return s.reason;
  // Suspension takes rights, and duties only where the pact says so.
  positive = s.reason == Reason::suspended ? Reason::bound : s.reason;
  // Whoever could sign in the middle of a war would bring his allies into it after the fact.
  if (!c.clause.when.ongoing_wars && c.who.war_begun < bound_since(pact, m))
    return Reason::war_began_before_pact;
  if (!c.clause.owed_by.empty() && !c.clause.owed_by.contains(m.role)) {
    return Reason::role_owes_nothing;
  }
  if (std::find(c.clause.exempt.begin(), c.clause.exempt.end(), m.actor) != c.clause.exempt.end()) {
    return Reason::exempt;
  }
  const std::vector<ActorId>& among = c.clause.among;
  if (!among.empty() && std::find(among.begin(), among.end(), m.actor) == among.end()) {
    return Reason::outside_the_protocol;
  }
  return Reason::none;
}

/// Nobody owes help against himself, be it that he acted by other hands, nor to an enemy.
Reason fronts(const Case& c, const Coverage& cov, ActorId member, const Context& x) {
  if (member == cov.adversary || member == cov.accomplices[0] || member == cov.accomplices[1]) {
    return Reason::is_the_adversary;
  }
  if (x.fronts.fighting(member, cov.beneficiary)) return Reason::at_war_with_beneficiary;
  // How well it is shown that it is behind this very act is for the article to ask.
  if (member == c.act.sponsor || member == c.act.host) return Reason::none;
  const int side = x.fronts.side(member, c.who.conflict);
  const bool other = side != 0 && cov.adversary != cov.beneficiary &&
                     side == x.fronts.side(cov.adversary, c.who.conflict);
  return other ? Reason::on_other_side : Reason::none;
}

/// Nobody owes the same war twice, whatever dispute it is called by. Help short of arms can still
/// be given by one who fights.
/// Who is attacked on the same day is not at war already, unless it is one conflict.
bool fights_already(const Coverage& cov, ActorId member, ConflictKey conflict, const Owed& owed,
                    const Context& x) {
  if (!armed(highest(owed.set)) || cov.adversary == cov.beneficiary) return false;
  return x.fronts.fought_before(member, cov.adversary) ||
         (x.fronts.side(member, conflict) != 0 && x.fronts.fighting(member, cov.adversary));
}

/// Has it decided this before? The question is whether a member helps such a party, under such a
/// pact, in such a conflict; which act or article puts it makes no other of it. As long as the
/// decision stands the question is new only
///  - for more than it was ever asked for,
///  - for arms in a war, where there was only the threat of one,
///  - for arms against an enemy who has come in since, to one who fights the others: once for each.
/// All this is on record when a wave has been decided, also of what was merged, and nothing that is
/// decided later takes it away (Following::put_on_record): the same acts put no question twice.
bool decided(const Remembered* before, const Case& c, const Coverage& cov, ActorId member,
             Obligation level, const Context& x) {
  if (!before || level > before->owed) return false;
  if (armed(level) && x.fronts.fighting(cov.beneficiary, cov.adversary)) {
    if (!before->fighting) return false;
    // Who follows another into an attack has decided on that war, against whomever it is carried.
    if (armed(before->given) && !c.clause.when.member_as_author &&
        !x.fronts.fighting(member, cov.adversary)) {
      const int camp = x.fronts.side(member, c.who.conflict);
      const auto key = [&](ActorId actor) { return ActorKey{key_of(x.facts, actor)}; };
      if (camp != 0 && camp == x.fronts.side(cov.beneficiary, c.who.conflict) &&
          !x.memory->find(before->pact,
                          arms_memory(key(member), key(cov.beneficiary), key(cov.adversary)),
                          before->conflict)) {
        return false;
      }
    }
  }
  return stands(*before, c.act.date, x.settings);
}

/// Would arms against this adversary be war with one of those with whom the article does not ask
/// it?
bool means_war_with(const Case& c, const Coverage& cov, const Context& x) {
  const int theirs = x.fronts.side(cov.adversary, c.who.conflict);
  return std::any_of(c.clause.unless_war_with.begin(), c.clause.unless_war_with.end(),
                     [&](ActorId other) {
                       return other == cov.adversary || x.fronts.fighting(other, cov.beneficiary) ||
                              (theirs != 0 && x.fronts.side(other, c.who.conflict) == theirs);
                     });
}

/// Arms that an organ sends against a member's own authorities, whom nobody asked in, are
/// enforcement (Charter of the United Nations, article 53).
bool needs_the_council(const Case& c, const Coverage& cov, const Context& x) {
  return cov.adversary == cov.beneficiary && c.clause.procedure == Procedure::by_decision &&
         !may_send_arms(cov.beneficiary, c.act.date, x.facts, x.settings,
                        x.memory ? x.memory : x.known);
}

}  // namespace

Owed oblige(const Case& c, const Coverage& cov, const Invocation& inv, std::uint32_t slot,
            const Context& x) {
  const Pact& pact = x.index.pact(c.pact);
  const Member& m = pact.members[slot];
  Owed out;
  const auto no = [&](Reason reason) {
    out.yes = false;
    out.reason = reason;
    return out;
  };
  Reason positive = Reason::bound;
  if (const Reason r = membership(c, m, pact, positive); r != Reason::none) return no(r);
  if (const Reason r = fronts(c, cov, m.actor, x); r != Reason::none) return no(r);
  if (const Reason r = by_recognition(c, cov, m.actor, x); r != Reason::none) return no(r);

  out.set = up_to(c.clause.then.assist, inv.cap);
  // A reservation lowers what is owed; only where nothing remains does it free from the article.
  const Obligation cap = x.index.reserved_to(c.pact, slot, c.clause.article);
  const bool reserved = cap < highest(out.set);
  if (reserved) {
    out.set = up_to(out.set, cap);
    positive = Reason::reserved;
    if (out.set.empty()) return no(Reason::reserved);
  }
  if (c.clause.then.assist.empty()) {
    // Who has kept itself out of an article has no rights under it either.
    out.level = highest_up_to(c.clause.then.may, cap);
    return no(out.level == Obligation::none ? Reason::reserved : Reason::right_not_duty);
  }
  if (armed(highest(out.set)) && means_war_with(c, cov, x)) {
    out.set = up_to(out.set, Obligation::basing);
    positive = Reason::would_mean_war;
    if (out.set.empty()) return no(Reason::would_mean_war);
  }
  if (armed(highest(out.set)) && needs_the_council(c, cov, x)) {
    out.set = up_to(out.set, Obligation::basing);
    positive = Reason::needs_authorisation;
    if (out.set.empty()) return no(Reason::needs_authorisation);
  }
  if (fights_already(cov, m.actor, c.who.conflict, out, x)) return no(Reason::already_at_war);
  if (inv.voted && c.clause.organ.valid() && !pact.organs[c.clause.organ.row()].opinions_bind) {
    const Proposal p = proposed(c, cov, inv.cap, x);
    if (vote_of(pact, PactId{c.pact}, m, p, x.facts, x.settings, x.replicate, x.step) !=
        Ballot::in_favour) {
      return no(Reason::not_bound_by_decision);
    }
  }
  // What was decided in a conflict stands until it is reconsidered: an insurgency that attacks
  // every day does not put the question every day.
  const Remembered* before =
      x.memory ? x.memory->find(
                     pact.key,
                     help_memory(x.facts.party(m.actor).key, x.facts.party(cov.beneficiary).key),
                     c.who.conflict)
               : nullptr;
  if (c.clause.then.peaceful_first && armed(highest(out.set)) &&
      (!before ||
       static_cast<double>(days_between(before->first, c.act.date)) < x.settings.peaceful_days)) {
    out.set = up_to(out.set, Obligation::basing);
    // An article of force alone still owes the peaceful means that it demands first.
    if (out.set.empty()) out.set = {Obligation::mediation};
    positive = Reason::peaceful_means_first;
  }
  out.level = highest(out.set);
  if (decided(before, c, cov, m.actor, out.level, x)) return no(Reason::already_decided);
  out.yes = true;
  out.reason = positive;
  return out;
}

}  // namespace casus::law
