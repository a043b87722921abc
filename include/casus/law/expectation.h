#pragma once

#include <vector>

#include "casus/core/export.h"
#include "casus/law/act.h"
#include "casus/law/facts.h"
#include "casus/law/memory.h"
#include "casus/law/pact_index.h"
#include "casus/law/settings.h"

namespace casus::law {

/// A party that would come to the victim's help, as far as the observer can know.
struct Expected {
  ActorId member{};
  PactId pact{};
  ArticleId article{};
  Obligation level = Obligation::none;  ///< the most it would give
  double probability = 0.0;             ///< that it comes at all (any help)
  double armed_probability = 0.0;       ///< that it comes with troops or goes to war
  double people = 0.0;                  ///< it could send
};

/// What an attacker weighs: the coalition it expects if it commits `act`. No draws: evidence,
/// request, vote, ability and honour enter as probabilities, honour as the observer believes in it
/// (Facts::reputation). Pacts the observer does not know of do not count. One entry per member, in
/// the order of names; the chain of further waves is not followed.
CASUS_API std::vector<Expected> expected_coalition(const Act& act, ActorId observer,
                                                   const PactIndex& index, const Facts& facts,
                                                   const Settings& settings,
                                                   const DecisionMemory* known = nullptr);

/// Expected people of a coalition: the sum of armed_probability x people.
CASUS_API double expected_people(const std::vector<Expected>& coalition);

/// A party that law alone obliges: for negotiations, and for the moral hazard of the protected.
struct Bound {
  ActorId member{};
  PactId pact{};
  ArticleId article{};
  Obligation level = Obligation::none;
  bool lost_if_provoked = false;  ///< the victim would lose it by provoking the author
  bool needs_decision = false;    ///< of an organ
};

/// Who owes what to the victim if `act` happens, secret pacts included; in the order of names.
CASUS_API std::vector<Bound> who_is_bound(const Act& act, const PactIndex& index,
                                          const Facts& facts, const Settings& settings);

/// Is the observer a member of the pact, or has it been told of it, or is it public?
CASUS_API bool knows_of(const Pact& pact, ActorId observer);
/// The same of an article that is kept secret among members.
CASUS_API bool knows_of(const Article& article, const Pact& pact, ActorId observer);

}  // namespace casus::law
