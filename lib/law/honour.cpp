#include "casus/rules/honour.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "casus/law/stages.h"
#include "casus/rules/logit.h"
#include "casus/rules/willingness.h"
#include "law/votes.h"

namespace casus::law {

namespace {

/// 1 where the member voted for what its organ has just adopted, -1 where it voted against. A vote
/// has an address, so asking again gives the same answer.
double own_vote(const Case& c, const Coverage& cov, const Invocation& inv, const Member& member,
                const Context& x) {
  const Pact& pact = x.index.pact(c.pact);
  if (!inv.voted || !c.clause.organ.valid()) return 0.0;
  const Proposal p = proposed(c, cov, inv.cap, x);
  if (!entitled(pact, pact.organs[c.clause.organ.row()], member, p)) return 0.0;
  switch (vote_of(pact, PactId{c.pact}, member, p, x.facts, x.settings, x.replicate, x.step)) {
    case Ballot::in_favour:
      return 1.0;
    case Ballot::against:
      return -1.0;
    case Ballot::abstained:
      break;
  }
  return 0.0;
}

/// What the published estimate looks at in a promise and who gave it.
rules::HonourInputs word_given(const Case& c, const Coverage& cov, std::uint32_t slot,
                               const Context& x) {
  const Pact& pact = x.index.pact(c.pact);
  const ActorId member = pact.members[slot].actor;
  const PactId row{c.pact};
  // A member that acceded later signed later.
  const Date signature =
      std::max(pact.signature(), pact.members[slot].joined.value_or(Date::min()));
  rules::HonourInputs in;
  in.milinst = pact.military_institutions;
  in.formal = pact.formality;
  in.capchange =
      std::abs(x.facts.power_change(member, row, signature)) > x.settings.honour.power_change;
  in.instchange = x.facts.institutional_change(member, row, signature);
  in.origtarget = std::find(pact.original_targets.begin(), pact.original_targets.end(),
                            cov.adversary) != pact.original_targets.end();
  return in;
}

/// What the time of the act adds.
double era(const Case& c, const HonourSettings& h) {
  const std::chrono::year_month_day day(c.act.date);
  return rules::era_of_honour(static_cast<int>(day.year()), h.era);
}

}  // namespace

Willingness willing(const Case& c, const Coverage& cov, const Invocation& inv, std::uint32_t slot,
                    Obligation level, const Context& x) {
  const ActorId member = x.index.pact(c.pact).members[slot].actor;
  const HonourSettings& h = x.settings.honour;
  Willingness out;
  double extra = 0.0;
  // The parts are put on record as they are added up.
  const auto add = [&](TermKind kind, double part) {
    out.terms[static_cast<std::size_t>(kind)] = part;
    extra += part;
  };
  add(TermKind::era, era(c, h));
  add(TermKind::own_bias, x.facts.honour_bias(member, c.act, PactId{c.pact}));
  // Facts are asked only where their answer has a weight: some cost a walk over the world.
  rules::WillInputs in;
  if (h.affinity != 0.0) {
    in.preference = preference(member, c.act, cov.beneficiary, cov.adversary, x.facts);
  }
  if (h.cost != 0.0) {
    in.cost = cost_of_help(member, c.act, cov.beneficiary, cov.adversary, level, x.facts);
  }
  if (h.shared_threat != 0.0) {
    in.shared_threat = x.facts.shared_threat(member, cov.beneficiary, cov.adversary);
  }
  if (h.war_weariness != 0.0) in.weariness = 1.0 - x.facts.resolve(member);
  const rules::WillParts will =
      rules::will_parts(in, {h.affinity, h.shared_threat, h.cost, h.war_weariness});
  add(TermKind::affinity, will.preference);
  add(TermKind::shared_threat, will.shared_threat);
  add(TermKind::cost, will.cost);
  add(TermKind::weariness, will.weariness);
  if (x.index.pact(c.pact).declaration) add(TermKind::declaration, -h.declaration);
  if (h.own_vote != 0.0) {
    add(TermKind::own_vote,
        h.own_vote * own_vote(c, cov, inv, x.index.pact(c.pact).members[slot], x));
  }

  const rules::HonourInputs word = word_given(c, cov, slot, x);
  const auto parts = rules::honour_parts(word);
  // The first kinds of terms are those of the published estimate, in its order.
  std::copy(parts.begin(), parts.end(), out.terms.begin());
  out.logit = rules::honour_logit(word, extra);
  out.probability = rules::logistic(out.logit);
  return out;
}

double restraint(const Case& c, const Coverage& cov, std::uint32_t slot, const Context& x) {
  const Pact& pact = x.index.pact(c.pact);
  const HonourSettings& h = x.settings.honour;
  // Its will to help in this case is not its will to keep this promise, nor are the costs of help.
  double extra = era(c, h);
  if (h.affinity != 0.0) {
    extra += h.affinity *
             preference(pact.members[slot].actor, c.act, cov.adversary, cov.beneficiary, x.facts);
  }
  if (pact.declaration) extra -= h.declaration;
  return rules::honour_logit(word_given(c, cov, slot, x), extra);
}

Obligation chosen_level(ObligationSet set, Obligation cap, double logit, double draw,
                        const Settings& settings) {
  // From the top down with one draw, so that who would go to war would also send troops.
  const Obligation least = lowest(set);
  for (Obligation level = highest_up_to(set, cap); level > least;
       level = highest_up_to(set, static_cast<Obligation>(static_cast<int>(level) - 1))) {
    const double reluctance = settings.honour.reluctance[static_cast<std::size_t>(level)];
    if (draw < rules::logistic(logit - reluctance)) return level;
  }
  return least;
}

double delay(Obligation level, double draw, const Organ* organ, const Settings& settings) {
  const DelaySettings& d = settings.delay;
  if (level < Obligation::basing) {
    return -std::log1p(-draw) / std::log(2.0) * d.diplomatic_days;
  }
  const double joining = d.shape > 0.0
                             ? d.median_days * std::pow(-std::log2(1.0 - draw), 1.0 / d.shape)
                             : rules::joining_delay_quantile(draw, {.median_days = d.median_days,
                                                                    .within_month = d.within_month,
                                                                    .within_year = d.within_year});
  // A standing force does not wait for mobilisation.
  if (armed(level) && organ && organ->force) return std::min(joining, organ->force->readiness_days);
  return joining;
}

}  // namespace casus::law
