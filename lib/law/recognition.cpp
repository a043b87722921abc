#include "law/recognition.h"

#include "law/keys.h"

namespace casus::law {
namespace {

bool two_governments(ActorId state, const Facts& facts, const DecisionMemory* known) {
  return state.valid() && government_of(state, facts, known).ousted;
}

bool by_request(Procedure p) {
  return p == Procedure::on_request || p == Procedure::request_and_decision;
}

constexpr PactKey entries{name_hash("law.entries")};
constexpr PactKey recognitions{name_hash("law.recognition")};
constexpr PactKey coups{name_hash("law.coups")};

ActorKey between(ActorId viewer, ActorId state, const Facts& facts) {
  return {mix(key_of(facts, viewer), key_of(facts, state))};
}

}  // namespace

Government government_of(ActorId state, const Facts& facts, const DecisionMemory* known) {
  Government out = facts.government(state);
  if (!out.known && known != nullptr) {
    out.ousted = known->find(coups, {key_of(facts, state)}, {}) != nullptr;
  }
  return out;
}

Remembered coup_of(const Act& act, ActorId state, const Facts& facts) {
  const ActorKey key{key_of(facts, state)};
  return {.pact = coups, .actor = key, .date = act.date, .first = act.date, .beneficiary = key};
}

Remembered entry_of(const Act& act, const Facts& facts) {
  return {.pact = entries,
          .actor = between(act.author, act.place.sovereign, facts),
          .date = act.date,
          .first = act.date,
          .beneficiary = {key_of(facts, act.place.sovereign)},
          .government = act.invited_by};
}

Claimant recognised(ActorId viewer, ActorId state, const Facts& facts,
                    const DecisionMemory* known) {
  if (!viewer.valid() || !state.valid()) return Claimant::unsaid;
  const Remembered* r =
      known != nullptr ? known->find(recognitions, between(viewer, state, facts), {}) : nullptr;
  return r != nullptr ? r->government : facts.recognises(viewer, state);
}

Remembered recognition_of(const Act& act, const Facts& facts) {
  return {.pact = recognitions,
          .actor = between(act.author, act.victim, facts),
          .date = act.date,
          .first = act.date,
          .beneficiary = {key_of(facts, act.victim)},
          .government = act.government};
}

bool speaks_for(Claimant government, ActorId state, ActorId viewer, const Facts& facts,
                const Doctrines& doctrines, const DecisionMemory* known) {
  const Claimant seen = recognised(viewer, state, facts, known);
  if (seen != Claimant::unsaid) return seen == government;
  switch (doctrines.government) {
    case StateWord::effective_control:
      return government == Claimant::in_office;
    case StateWord::continuity:
      return government == Claimant::ousted;
    case StateWord::either:
      break;
  }
  return true;
}

bool contested(const Act& act, const Facts& facts, const DecisionMemory* known) {
  return act.invited_by != Claimant::unsaid && two_governments(act.place.sovereign, facts, known);
}

Act as_its_author_sees(const Act& act, const Facts& facts, const Doctrines& doctrines,
                       const DecisionMemory* known) {
  Act seen = act;
  if (contested(act, facts, known)) {
    seen.invited =
        speaks_for(act.invited_by, act.place.sovereign, act.author, facts, doctrines, known);
  } else if (act.invited_by != Claimant::unsaid) {  // there is one government, and it is in office
    seen.invited = act.invited_by == Claimant::in_office;
  }
  return seen;
}

Claimant asker(const Case& c, const Coverage& coverage) {
  if (c.act.asked_by != Claimant::unsaid) return c.act.asked_by;
  return coverage.adversary == coverage.beneficiary ? Claimant::ousted : Claimant::in_office;
}

Reason by_recognition(const Case& c, const Coverage& coverage, ActorId member,
                      const Context& context) {
  const Facts& facts = context.facts;
  const Doctrines& doctrines = context.settings.doctrines;
  const DecisionMemory* known = context.memory ? context.memory : context.known;
  const ActorId state = coverage.beneficiary;
  if (c.act.invited_by != Claimant::unsaid && c.act.place.sovereign == state &&
      two_governments(state, facts, known) &&
      speaks_for(c.act.invited_by, state, member, facts, doctrines, known)) {
    return Reason::consent_recognised;
  }
  // Who came at the request of a government that the member does not recognise invaded, and those
  // who rule there defend themselves.
  const ActorId soil = c.act.place.sovereign;
  const Remembered* entry =
      known != nullptr && soil == c.who.author && two_governments(soil, facts, known)
          ? known->find(entries, between(c.who.victim, soil, facts), {})
          : nullptr;
  if (entry != nullptr && !speaks_for(entry->government, soil, member, facts, doctrines, known)) {
    return Reason::defensive_act;
  }
  if (c.clause.requester != Requester::recognised || !by_request(c.clause.procedure)) {
    return Reason::none;
  }
  const bool two = c.act.kind == ActKind::coup || two_governments(state, facts, known);
  return two && !speaks_for(asker(c, coverage), state, member, facts, doctrines, known)
             ? Reason::asker_not_recognised
             : Reason::none;
}

}  // namespace casus::law
