#include <algorithm>

#include "casus/law/organ.h"
#include "casus/law/stages.h"
#include "law/keys.h"
#include "law/recognition.h"
#include "law/votes.h"

namespace casus::law {
namespace {

constexpr Purpose request_draw("law.request");

/// Does what is remembered answer the question? An escalation is a new one: more help, or war where
/// there was only a threat of it.
bool fresh(const Remembered* r, Date date, Obligation owed, bool fighting, const Settings& s) {
  if (!r || owed > r->owed || (fighting && !r->fighting)) return false;
  return stands(*r, date, s);
}

bool at_war(const Coverage& cov, const Context& x) {
  return x.fronts.fighting(cov.beneficiary, cov.adversary);
}

/// Who asks. One who took power does not ask for help against its own coup.
Invocation request(const Case& c, const Coverage& cov, const Context& x) {
  const PactId row{c.pact};
  const Government gov = government_of(cov.beneficiary, x.facts, x.memory ? x.memory : x.known);
  const bool usurped = gov.ousted || c.act.kind == ActKind::coup;
  const bool against_usurper = cov.adversary == cov.beneficiary && usurped;
  if (usurped && c.act.asked_by != Claimant::unsaid) {
    const Requester counts = c.clause.requester;
    const bool ousted = c.act.asked_by == Claimant::ousted;
    if (ousted && !gov.incumbent_can_ask) return {false, Reason::government_cannot_ask, 0.0};
    if (!ousted && against_usurper) return {false, Reason::usurper_cannot_ask, 0.0};
    if (counts == (ousted ? Requester::in_office : Requester::incumbent)) {
      return {false, Reason::not_requested, 0.0};
    }
  } else if (usurped) {
    if (c.clause.requester == Requester::in_office && against_usurper) {
      return {false, Reason::usurper_cannot_ask, 0.0};
    }
    const bool incumbent_must = c.clause.requester == Requester::incumbent || against_usurper;
    if (incumbent_must && !gov.incumbent_can_ask) {
      return {false, Reason::government_cannot_ask, 0.0};
    }
  }
  const ActorKey asker = x.facts.party(cov.beneficiary).key;
  const PactKey pact = x.index.pact(c.pact).key;
  const Remembered* r =
      x.memory ? x.memory->find(pact, request_memory(asker), c.who.conflict) : nullptr;
  const bool standing = fresh(r, c.act.date, highest(c.clause.then.assist), false, x.settings);
  // Who takes a request back has not asked until it asks anew.
  if (c.act.withdraws_request || (r && r->withdrawn && !c.act.help_asked)) {
    Invocation out{false, Reason::request_withdrawn, 0.0};
    out.asked_now = c.act.withdraws_request;
    return out;
  }
  if (standing && r->given != Obligation::none && !c.act.help_asked) {
    Invocation out{true, Reason::requested, 1.0};
    if (r->given < r->owed) out.cap = r->given;
    return out;
  }
  // Silence is no waiver: who has not asked may ask whenever the pact is called again.
  const double p =
      c.act.help_asked
          ? static_cast<double>(*c.act.help_asked)
          : std::clamp(x.facts.request_probability(cov.beneficiary, c.act, row), 0.0, 1.0);
  bool asks = p >= 0.5;
  double u = -1.0;
  if (x.settings.drawing == Drawing::random) {
    // One request, however many articles and acts it is made under. What is not known of its
    // reasons is drawn once for as long as a decision stands: who did not ask asks when it has come
    // to be likelier, and not because the question was put again and again.
    const Date since = standing ? r->date : c.act.date;
    Stream s(x.replicate, 0, request_draw,
             {pact.value, asker.value, c.who.conflict.value,
              static_cast<std::uint64_t>(since.time_since_epoch().count())},
             Stream::again);
    u = uniform(s);
    asks = u < p;
  }
  Invocation out{asks, asks ? Reason::requested : Reason::not_requested, p};
  // A silence is remembered from its first day on.
  out.asked_now = asks || !standing;
  out.draw = u;
  // More than is asked for is not owed.
  if (asks && c.act.asks_for != Obligation::none) {
    out.cap = c.act.asks_for;
    if (highest_up_to(c.clause.then.assist, out.cap) == Obligation::none) {
      out.yes = false;
      out.reason = Reason::not_requested;
    }
  }
  return out;
}

/// The organ is asked for the most the article allows, then for less, until it adopts something.
Invocation decision(const Case& c, const Coverage& cov, const Context& x, Invocation so_far) {
  const Pact& pact = x.index.pact(c.pact);
  if (!c.clause.organ.valid()) return {false, Reason::outside_competence, 0.0};
  const Organ& organ = pact.organs[c.clause.organ.row()];
  const Obligation most = highest(c.clause.then.assist);
  if (x.memory) {
    const Remembered* r = x.memory->find(pact.key, organ_memory(organ), c.who.conflict);
    if (fresh(r, c.act.date, most, at_war(cov, x), x.settings)) {
      so_far.yes = highest_up_to(c.clause.then.assist, r->given) != Obligation::none;
      so_far.reason = Reason::decided_earlier;
      so_far.cap = std::min(so_far.cap, r->given);
      so_far.yes =
          so_far.yes && highest_up_to(c.clause.then.assist, so_far.cap) != Obligation::none;
      return so_far;
    }
  }
  so_far.yes = false;
  so_far.reason = Reason::outside_competence;
  ObligationSet rest = c.clause.then.assist;
  while (!rest.empty() && highest(rest) > so_far.cap) rest.erase(highest(rest));
  if (!organ.competence.empty()) rest = rest & organ.competence;
  for (; !rest.empty(); rest.erase(highest(rest))) {
    const Proposal proposal = proposed(c, cov, highest(rest), x);
    const Vote v = organ_decides(pact, PactId{c.pact}, organ, proposal, x.facts, x.settings,
                                 x.replicate, x.step);
    so_far.voted = true;
    so_far.yes = v.adopted;
    // The reason of a refusal is that of the greatest help asked for.
    if (v.adopted || so_far.reason == Reason::outside_competence) so_far.reason = v.reason;
    so_far.cap = v.adopted ? proposal.level : Obligation::none;
    if (v.adopted) break;
  }
  return so_far;
}

}  // namespace

Invocation invoke(const Case& c, const Coverage& coverage, const Context& context) {
  Invocation out;
  switch (c.clause.procedure) {
    case Procedure::automatic:
      return {true, Reason::automatic};
    case Procedure::by_decision:
      return decision(c, coverage, context, out);
    case Procedure::request_and_decision:
      out = request(c, coverage, context);
      return out.yes ? decision(c, coverage, context, out) : out;
    case Procedure::inherit:
    case Procedure::on_request:
      break;
  }
  return request(c, coverage, context);
}

}  // namespace casus::law
