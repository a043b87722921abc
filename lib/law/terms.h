#pragma once

#include <cstdint>
#include <optional>

#include "law/course.h"
#include "law/key_map.h"

namespace casus::law {

/// The days in which help has to come, counted from `since`; 0: no term.
double term_of(const Duties& then, Date since);

/// Duties with a term (terms.cpp). Who has decided to help within a term owes that help until it is
/// there; on the day after the last of the term what is still owed is broken. What ends the duty
/// before that day ends the debt.
class Terms : Room {
 public:
  explicit Terms(Course& course) : Room(course) {}

  /// A member has decided to help within a term. `given`: when it comes.
  void owe(const Candidate& c, const Verdict& given);
  /// It has refused outright what the article asks, which is a breach at once: there is nothing to
  /// wait for.
  void refused(const Candidate& c);
  /// On `day`, all that was done before it, and perhaps on it, being known: settles each debt that
  /// is paid, over, or due.
  void look(Date day);

 private:
  /// A debt and what its names stand for now.
  struct Claim {
    Debt& debt;
    std::uint32_t pact = 0;
    const Clause* clause = nullptr;  ///< nullptr: pact, article or party are not there any more
    ActorId member, beneficiary, adversary;
  };
  enum class State : std::uint8_t { owed, paid, over, due };

  std::uint64_t article_of(const Candidate& c) const;
  const Act& root_of(std::uint32_t act) const;
  Claim claim(Debt& debt);
  ActorId party(ActorKey key);
  State state(const Claim& c, Date day);
  void follow_request(const Claim& c) const;
  std::optional<Date> settled(const Debt& d, ActorId a, ActorId b) const;
  void call_off(const Claim& c) const;
  bool over(const Claim& c, Date day) const;
  bool in_force(const Claim& c) const;
  bool cause_ended(const Claim& c, Date day) const;
  bool consented(const Claim& c, Date day) const;
  bool came(const Claim& c, Date day) const;
  void fall_due(const Claim& c);

  bool named_ = false;       ///< there was a debt, so that the following are filled
  KeyMap<ActorId> parties_;  ///< by key
  KeyMap<std::uint32_t> pacts_;
};

}  // namespace casus::law
