#include "law/recognition.h"

namespace casus::law {
namespace {

bool two_governments(ActorId state, const Facts& facts) {
  return state.valid() && facts.government(state).ousted;
}

bool by_request(Procedure p) {
  return p == Procedure::on_request || p == Procedure::request_and_decision;
}

}  // namespace

bool speaks_for(Claimant government, ActorId state, ActorId viewer, const Facts& facts) {
  const Claimant seen = viewer.valid() ? facts.recognises(viewer, state) : Claimant::unsaid;
  return seen == Claimant::unsaid || seen == government;
}

bool contested(const Act& act, const Facts& facts) {
  return act.invited_by != Claimant::unsaid && two_governments(act.place.sovereign, facts);
}

Act as_its_author_sees(const Act& act, const Facts& facts) {
  Act seen = act;
  if (act.invited_by != Claimant::unsaid) {
    seen.invited = speaks_for(act.invited_by, act.place.sovereign, act.author, facts);
  }
  return seen;
}

Claimant asker(const Case& c, const Coverage& coverage) {
  if (c.act.asked_by != Claimant::unsaid) return c.act.asked_by;
  return coverage.adversary == coverage.beneficiary ? Claimant::ousted : Claimant::in_office;
}

Reason by_recognition(const Case& c, const Coverage& coverage, ActorId member, const Facts& facts) {
  const ActorId state = coverage.beneficiary;
  if (c.act.invited_by != Claimant::unsaid && c.act.place.sovereign == state &&
      two_governments(state, facts) && speaks_for(c.act.invited_by, state, member, facts)) {
    return Reason::consent_recognised;
  }
  if (c.clause.requester != Requester::recognised || !by_request(c.clause.procedure)) {
    return Reason::none;
  }
  const bool two = c.act.kind == ActKind::coup || two_governments(state, facts);
  return two && !speaks_for(asker(c, coverage), state, member, facts) ? Reason::asker_not_recognised
                                                                      : Reason::none;
}

}  // namespace casus::law
