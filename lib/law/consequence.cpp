#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "law/following.h"
#include "law/keys.h"
#include "law/recognition.h"
#include "law/terms.h"

namespace casus::law {
namespace {

constexpr Purpose delay_draw("law.delay");

/// Ships before the ports are force already; a threat is not.
bool blockade(const Act& act) { return act.kind == ActKind::blockade; }

}  // namespace

/// Of two duties to give the same: the readier; of pacts that are alike in this the more formal,
/// the older and the larger, so that names decide last.
bool Following::carries_rather(const Candidate& a, const Candidate& b) const {
  if (readier(a, b)) return true;
  if (readier(b, a)) return false;
  const auto weight = [&](const Candidate& c) {
    const Pact& pact = index_.pact(c.pact);
    return std::tuple(pact.formality, -pact.in_force.time_since_epoch().count(),
                      pact.members.size());
  };
  return weight(a) > weight(b);
}

void Following::apply() {
  const auto same = [](const Candidate& a, const Candidate& b) {
    return a.member_key == b.member_key && a.conflict == b.conflict;
  };
  for (std::size_t i = 0, j = 0; i < candidates_.size(); i = j) {
    while (j < candidates_.size() && same(candidates_[i], candidates_[j])) ++j;
    const std::span<Candidate> decision{candidates_.data() + i, j - i};
    const std::size_t first = out_.commitments.size();
    for (std::size_t k = i, l = i; k < j; k = l) {
      Candidate* carrier = nullptr;  // the readiest of those that give most
      for (l = k; l < j && candidates_[l].beneficiary_key == candidates_[k].beneficiary_key; ++l) {
        Candidate& c = candidates_[l];
        if (c.answer != Answer::kept) continue;
        const auto gives = std::tie(c.given, c.probability);
        const auto best = carrier ? std::tie(carrier->given, carrier->probability) : gives;
        if (!carrier || gives > best || (gives == best && carries_rather(c, *carrier))) {
          carrier = &c;
        }
      }
      for (std::size_t n = k; carrier && n < l; ++n) {
        // Help that one of the pacts lawfully demands breaks no promise.
        const Candidate& c = candidates_[n];
        if (c.answer != Answer::kept || c.given != carrier->given) continue;
        std::erase_if(carrier->broken, [&](const BrokenPromise& b) {
          return std::find(c.broken.begin(), c.broken.end(), b) == c.broken.end();
        });
      }
      for (std::size_t n = k; n < l; ++n) {
        put_on_record(candidates_[n], &candidates_[n] == carrier ? Carrier::yes : Carrier::no);
      }
    }
    extend_to_others(decision, first);
  }
}

/// Puts a decision on record: what the member owes no more, what it gives, what it refuses.
void Following::put_on_record(Candidate& c, Carrier carrier) {
  const Act& act = out_.acts[c.act];
  const ActorId who = member(c);
  Verdict v{.stage = Stage::honoured,
            .yes = c.answer == Answer::kept,
            .reason = c.reason,
            .level = c.given,
            .article = c.clause->article,
            .act = c.act,
            .cause = c.verdict,
            .pact = PactId{c.pact},
            .member = who,
            .towards = c.coverage.beneficiary,
            .probability = c.probability};
  if (c.reason == Reason::already_decided || c.reason == Reason::lower_precedence ||
      c.reason == Reason::others_do_not_act) {
    v.stage = Stage::obliged;  // the law, not the member, took this duty away
    v.level = Obligation::none;
    say(v);
  } else if (c.ability.yes && c.answer == Answer::kept) {
    give(c, v, carrier);
  } else if (c.ability.yes) {  // who is not able does not refuse
    refuse(c, v);
  }
  Remembered decision{.pact = index_.pact(c.pact).key,
                      .actor = help_memory({c.member_key}, {c.beneficiary_key}),
                      .conflict = c.conflict,
                      .date = act.date,
                      .first = act.date,
                      .owed = c.owed.level,
                      .given = c.given,
                      .beneficiary = {c.beneficiary_key},
                      .fighting = c.joins_war};
  // What it decides besides, on less or on one enemy more, takes nothing from what it has decided.
  const Remembered* before = memory_.find(decision.pact, decision.actor, decision.conflict);
  if (before && stands(*before, act.date, settings_)) {
    decision.owed = std::max(decision.owed, before->owed);
    decision.given = std::max(decision.given, before->given);
    decision.fighting |= before->fighting;
  }
  records_.push_back(decision);
  if (!armed(c.owed.level)) return;
  records_.push_back({.pact = index_.pact(c.pact).key,
                      .actor = arms_memory({c.member_key}, {c.beneficiary_key},
                                           {key_of(facts_, c.coverage.adversary)}),
                      .conflict = c.conflict,
                      .date = act.date,
                      .first = act.date,
                      .beneficiary = {c.beneficiary_key}});
}

namespace {

/// What the arms do that a member sends under this duty.
Footing footing_of(const Candidate& c, Obligation level, bool against_state) {
  if (!armed(level) || c.coverage.adversary == c.coverage.beneficiary) return Footing::none;
  if (c.joins_war) return Footing::fights;
  return level == Obligation::war && against_state ? Footing::attacks : Footing::guards;
}

}  // namespace

/// Of several pacts that oblige to the same help one carries it.
void Following::give(Candidate& c, Verdict v, Carrier carrier) {
  const Organ* organ = c.clause->organ.valid() && c.clause->procedure != Procedure::automatic &&
                               c.clause->procedure != Procedure::on_request
                           ? &index_.pact(c.pact).organs[c.clause->organ.row()]
                           : nullptr;
  v.delay_days = delay(c.given, draw(delay_draw, c), organ, settings_);
  const Duties& then = c.clause->then;
  const std::optional<double> own = facts_.comes_after(v.member);
  if (own) v.delay_days = *own;
  // Who has promised to come within a term makes ready for it.
  const double term = term_of(then, out_.acts[c.act].date);
  if (term > 0.0 && !own) v.delay_days = std::min(v.delay_days, term);
  const bool late = term > 0.0 && v.delay_days > term;
  const bool few = then.at_least > 0.0 && armed(c.given) && c.ability.people < then.at_least;
  if (late || few) v.reason = late ? Reason::kept_late : Reason::kept_short;
  v.cause = say(v);
  weighed(v.cause, c);
  if (term > 0.0) terms_.owe(c, v);
  v.stage = Stage::consequence;
  // Help that comes later than the horizon answers nothing of today: it is an act of its own day.
  const bool pending = v.delay_days > settings_.horizon_days;
  v.reason = pending ? Reason::help_pending : Reason::help_given;
  const std::uint32_t help = say(v);
  if (c.clause->then.discretion == Discretion::all_means) fall_short(c, v);
  if (carrier == Carrier::no) return;
  const ActorId against = c.coverage.adversary;
  const bool state = against.valid() && facts_.party(against).kind == PartyKind::state;
  out_.commitments.push_back({.member = v.member,
                              .beneficiary = c.coverage.beneficiary,
                              .against = against,
                              .level = c.given,
                              .place = out_.acts[c.act].place,
                              .pact = PactId{c.pact},
                              .article = c.clause->article,
                              .act = c.act,
                              .verdict = help,
                              .conflict = c.conflict,
                              .delay_days = v.delay_days,
                              .people = armed(c.given) ? c.ability.people : 0.0,
                              .footing = footing_of(c, c.given, state),
                              .enforcement = against == c.coverage.beneficiary,
                              .pending = pending});
  break_promises(c, v);
}

/// Puts on record that help of this level was owed and is refused.
void Following::help_refused(const Candidate& c, Verdict v, Obligation level, double weight) {
  v.reason = Reason::help_refused;
  out_.breaches.push_back({.kind = BreachKind::help_refused,
                           .member = v.member,
                           .towards = c.coverage.beneficiary,
                           .pact = PactId{c.pact},
                           .article = c.clause->article,
                           .date = out_.acts[c.act].date,
                           .act = c.act,
                           .verdict = say(v),
                           .level = level,
                           .weight = weight,
                           .excused = c.answer == Answer::torn});
  if (c.answer == Answer::torn) return;
  records_.push_back(refusal(index_.pact(c.pact).key, {c.member_key}, {c.beneficiary_key}, level,
                             out_.acts[c.act].date));
}

/// Who owes all the help in its power and gives less than it can has refused the rest.
void Following::fall_short(const Candidate& c, Verdict v) {
  if (c.given >= c.ability.level || c.reason == Reason::not_joint) return;
  v.yes = false;
  v.level = c.ability.level;
  help_refused(c, v, c.ability.level, gravity(c.ability.level) - gravity(c.given));
}

/// Help that was promised to one breaks what was promised to another.
void Following::break_promises(const Candidate& c, Verdict v) {
  for (const BrokenPromise& b : c.broken) {
    if (c.given <= b.allows) continue;
    v.reason = Reason::abstention_broken;
    v.yes = false;
    v.pact = b.pact;
    v.article = b.article;
    v.towards = b.to;
    out_.breaches.push_back({.kind = BreachKind::abstention_broken,
                             .member = v.member,
                             .towards = b.to,
                             .pact = b.pact,
                             .article = b.article,
                             .date = out_.acts[c.act].date,
                             .act = c.act,
                             .verdict = say(v),
                             .level = c.given,
                             .abstention = b.what,
                             .weight = gravity(c.given),
                             .excused = true});
    // The help itself, when it comes as an act, breaks nothing more.
    records_.push_back({.pact = index_.pact(b.pact.row()).key,
                        .actor = breach_memory({c.member_key}, facts_.party(b.to).key,
                                               armed(c.given) ? Abstention::force : b.what),
                        .conflict = c.conflict,
                        .date = out_.acts[c.act].date,
                        .first = out_.acts[c.act].date,
                        .beneficiary = facts_.party(b.to).key});
  }
}

void Following::refuse(const Candidate& c, Verdict v) {
  v.cause = say(v);
  weighed(v.cause, c);
  v.stage = Stage::consequence;
  if (c.answer != Answer::refused && c.answer != Answer::torn) return;
  terms_.refused(c);
  help_refused(c, v, c.owed.level, gravity(c.owed.level));
}

/// One decision, but several attackers or several attacked: the help goes to each of them. The
/// decision's own commitments begin at `first`.
void Following::extend_to_others(std::span<const Candidate> decision, std::size_t first) {
  const std::vector<Commitment> own(out_.commitments.begin() + static_cast<std::ptrdiff_t>(first),
                                    out_.commitments.end());
  if (own.empty()) return;
  // Each commitment by whom it helps against whom, and the act it answers.
  struct Reply {
    std::size_t at;
    const Candidate* from;  ///< nullptr: its own
  };
  std::map<std::pair<ActorId, ActorId>, Reply> replies;
  for (std::size_t i = 0; i < own.size(); ++i) {
    replies.try_emplace({own[i].beneficiary, own[i].against}, Reply{first + i, nullptr});
  }
  for (const Candidate& leader : decision) {
    if (leader.answer != Answer::kept) continue;
    const auto model = std::find_if(own.begin(), own.end(), [&](const Commitment& x) {
      return x.beneficiary == leader.coverage.beneficiary;
    });
    if (model == own.end()) continue;
    // The others of the same side: help for one against its enemies is help against all of them.
    const int side = field_.side(leader.coverage.beneficiary, leader.conflict);
    for (const Candidate& c : decision) {
      const ActorId helped = c.coverage.beneficiary, against = c.coverage.adversary;
      if (c.answer != Answer::merged || c.pact != leader.pact || !c.ability.yes ||
          against == helped || field_.side(helped, c.conflict) != side) {
        continue;
      }
      const Obligation level = helped == leader.coverage.beneficiary ? model->level : leader.given;
      const auto [found, added] =
          replies.try_emplace({helped, against}, Reply{out_.commitments.size(), &c});
      Reply& reply = found->second;
      if (added) {
        out_.commitments.push_back(*model);
        out_.commitments.back().level = Obligation::none;
      }
      Commitment& x = out_.commitments[reply.at];
      const Obligation greatest = std::max(x.level, level);
      // It comes when the greatest comes, of two as great the sooner.
      const bool as_model =
          level > x.level || (level == x.level && model->delay_days < x.delay_days);
      const double delay_days = as_model ? model->delay_days : x.delay_days;
      const bool pending = as_model ? model->pending : x.pending;
      // Of duties that are alike that of the pact which carries the help.
      const auto carries = [&](const Candidate& y) { return PactId{y.pact} == model->pact; };
      const bool better =
          reply.from && (readier(c, *reply.from) ||
                         (!readier(*reply.from, c) && carries(c) && !carries(*reply.from)));
      if (added || better) {
        reply.from = &c;
        x = *model;
        x.beneficiary = helped;
        x.against = against;
        x.act = c.act;
        x.article = c.clause->article;
        x.pact = PactId{c.pact};
        x.place = out_.acts[c.act].place;
        x.people = 0.0;
      }
      // Its own answer, raised to arms by a duty that was merged into it, is given as that would
      // be.
      const bool state = against.valid() && facts_.party(against).kind == PartyKind::state;
      if (reply.from || greatest > x.level) {
        x.footing = footing_of(reply.from ? *reply.from : c, greatest, state);
      }
      x.level = greatest;
      x.delay_days = delay_days;
      x.pending = pending;
    }
  }
}

Date arrival(const Commitment& help, Date date) {
  return date + std::chrono::days{static_cast<std::int64_t>(std::min(help.delay_days, 36500.0))};
}

Act act_of(const Commitment& commitment, const Act& cause, const Facts& facts,
           const DecisionMemory* known) {
  Act act;
  act.author = commitment.member;
  act.victim = commitment.against;
  act.on_behalf_of = commitment.beneficiary;
  act.conflict = commitment.conflict;
  act.date = arrival(commitment, cause.date);
  // Where nobody fought there was no war: it begins with who goes to war.
  if (commitment.footing != Footing::attacks) {
    act.war_begun = cause.war_begun ? cause.war_begun : cause.date;
  }
  // An answer is as grave as what it answers, no more: else each step of a chain would be graver.
  act.severity = cause.severity;
  act.size = commitment.people;
  act.place = cause.place;
  const bool state =
      commitment.against.valid() && facts.party(commitment.against).kind == PartyKind::state;
  if (commitment.enforcement) {
    const bool usurped =
        cause.kind == ActKind::coup || government_of(act.victim, facts, known).ousted;
    act.posture = Posture::enforcement;
    act.invited = !usurped;
    act.kind = usurped ? ActKind::invasion : ActKind::intervention;
    // To a helper that recognises the government that was removed it is that one's invitation.
    if (usurped && recognised(act.author, act.victim, facts, known) == Claimant::ousted) {
      act.kind = ActKind::intervention;
      act.invited_by = Claimant::ousted;
      act.invited = true;
    }
  } else {
    const ActorId hit = cause.victim.valid() ? cause.victim : cause.place.sovereign;
    // Who goes to war before anybody has used force attacks, whatever it was asked for.
    const bool defends = commitment.beneficiary == hit && !in_defence(cause.posture) &&
                         (commitment.footing != Footing::attacks || blockade(cause));
    act.posture = defends ? Posture::collective_defence : Posture::attack;
    act.kind = ActKind::attack_on_forces;
    if (!state || commitment.footing == Footing::guards) {
      act.kind = ActKind::intervention;
      act.invited = true;
      if (commitment.footing == Footing::guards && act.place.sovereign != commitment.beneficiary) {
        act.place = facts.territory(commitment.beneficiary);
      }
    } else if (commitment.level == Obligation::war) {
      act.kind = ActKind::invasion;
      act.place = facts.territory(commitment.against);
    }
  }
  switch (commitment.level) {
    case Obligation::consult:
      act.kind = ActKind::consultation;
      break;
    case Obligation::statement:
      act.kind = ActKind::statement;
      break;
    case Obligation::mediation:
      act.kind = ActKind::mediation;
      break;
    case Obligation::sanction:
      act.kind = ActKind::sanction;
      act.place =
          facts.territory(commitment.against.valid() ? commitment.against : commitment.beneficiary);
      break;
    case Obligation::aid:
      act.kind = ActKind::aid;
      break;
    case Obligation::basing:
      act.kind = ActKind::basing;
      break;
    case Obligation::none:
    case Obligation::troops:
    case Obligation::war:
      break;
  }
  return act;
}

/// Help that is directed against a state is a new act, and may trigger the pacts of that state.
void Following::next_wave() {
  const std::size_t applied = records_.size();
  // As acts are: the graver first, and names decide only between what is alike in all else.
  std::vector<std::size_t> turn(out_.commitments.size() - course_.first_commitment);
  std::iota(turn.begin(), turn.end(), course_.first_commitment);
  std::stable_sort(turn.begin(), turn.end(), [&](std::size_t a, std::size_t b) {
    const auto weight = [&](const Commitment& c) {
      return std::tuple(c.level, c.people, out_.verdicts[c.verdict].probability);
    };
    return weight(out_.commitments[a]) > weight(out_.commitments[b]);
  });
  for (const std::size_t i : turn) {
    const Commitment c = out_.commitments[i];
    if (c.footing == Footing::fights || c.footing == Footing::attacks) {
      wrongs_.fights_ally(c, act_of(c, out_.acts[c.act], facts_, &memory_));
    }
  }
  // Those of the wave's acts have been applied before.
  for (std::size_t i = applied; i < records_.size(); ++i) memory_.record(records_[i]);
  for (const std::size_t i : turn) {
    const Commitment c = out_.commitments[i];
    field_.join(c, out_.acts[c.act].date);
  }
  for (const std::size_t i : turn) {
    const Commitment c = out_.commitments[i];
    if (c.pending || !c.against.valid() || (!armed(c.level) && c.level != Obligation::sanction)) {
      continue;
    }
    const Act act = act_of(c, out_.acts[c.act], facts_, &memory_);
    if (!hostile(act.kind) || facts_.party(c.against).kind != PartyKind::state) continue;
    if (course_.wave + 1U >= settings_.max_waves) {
      say({.stage = Stage::consequence,
           .yes = false,
           .reason = Reason::depth_limit,
           .level = c.level,
           .article = c.article,
           .act = c.act,
           .cause = c.verdict,
           .pact = c.pact,
           .member = c.member,
           .towards = c.beneficiary});
      continue;
    }
    cause_.push_back(c.verdict);
    out_.acts.push_back(act);
  }
}

}  // namespace casus::law
