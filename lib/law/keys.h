#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "casus/law/act.h"
#include "casus/law/facts.h"
#include "casus/law/memory.h"
#include "casus/law/stages.h"

namespace casus::law {

/// The name-derived key of a party; 0 for none.
inline std::uint64_t key_of(const Facts& facts, ActorId actor) {
  return actor.valid() ? facts.party(actor).key.value : 0;
}

/// Acts in the order of their days. Throws ContractError for an act whose actors are not parties or
/// whose numbers are outside their ranges.
std::vector<Act> by_day(std::span<const Act> given, const Facts& facts);

/// Acts of one day as their authors see them, with what is known by then, in the order of their
/// content, so that the order in which they are given does not matter; beside each the same act
/// against the state on whose soil it trespasses.
std::vector<Act> by_content(std::span<const Act> given, const Context& context);

/// Identity of an act for random draws: what was done, by whom, to whom, where; never a row.
inline std::uint64_t act_key(const Act& act, const Facts& facts) {
  std::uint64_t h = mix(key_of(facts, act.author), key_of(facts, act.victim));
  h = mix(h, static_cast<std::uint64_t>(act.kind));
  return mix(h, act.place.key.value);
}

/// Entries of the decision memory that are not a member's own decision: an organ's, and the
/// beneficiary's decision to ask.
inline ActorKey organ_memory(const Organ& organ) { return {mix(name_hash(organ.id), 3)}; }
inline ActorKey request_memory(ActorKey beneficiary) { return {mix(beneficiary.value, 1)}; }
/// What a member has decided of help for another.
inline ActorKey help_memory(ActorKey member, ActorKey beneficiary) {
  return {mix(mix(member.value, beneficiary.value), 10)};
}
/// Is what was decided still the answer on that day, as it is until it is reconsidered?
inline bool stands(const Remembered& decision, Date date, const Settings& settings) {
  return settings.reconsider_days <= 0.0 ||
         static_cast<double>(days_between(decision.date, date)) < settings.reconsider_days;
}
/// That it has decided on arms against one whom it would fight for another.
inline ActorKey arms_memory(ActorKey member, ActorKey beneficiary, ActorKey adversary) {
  return {mix(mix(mix(member.value, beneficiary.value), adversary.value), 11)};
}
/// That a member broke such a promise to another was noted as a breach.
inline ActorKey breach_memory(ActorKey author, ActorKey wronged, Abstention what) {
  return {mix(mix(mix(author.value, wronged.value), static_cast<std::uint64_t>(what)), 2)};
}
/// That one refused another what it owed it; whatever comes between the two may answer that.
inline ActorKey refusal_memory(ActorKey by, ActorKey to) {
  return {mix(mix(by.value, to.value), 9)};
}
inline Remembered refusal(PactKey pact, ActorKey by, ActorKey to, Obligation owed, Date date) {
  return {.pact = pact,
          .actor = refusal_memory(by, to),
          .date = date,
          .first = date,
          .owed = owed,
          .beneficiary = to};
}
/// Of force that the Council allowed: troops, as long as the two have used no other; war, once the
/// other has answered it, and so attacked.
inline constexpr PactKey lawful_force{name_hash("law.lawful_force")};
inline ActorKey force_memory(ActorKey by, ActorKey against) {
  return {mix(mix(by.value, against.value), 12)};
}
/// That its separate peace was.
inline ActorKey peace_memory(ActorKey author) { return {mix(author.value, 4)}; }

}  // namespace casus::law
