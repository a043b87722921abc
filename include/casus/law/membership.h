#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "casus/core/calendar.h"
#include "casus/core/export.h"
#include "casus/law/pact.h"

namespace casus::law {

/// Does the day fall into one of the intervals?
CASUS_API bool within(std::span<const Suspension> intervals, Date date);

/// What a member's position is on a day.
struct Standing {
  bool member = false;        ///< the pact is in force for it (also suspended, also during notice)
  bool bound = false;         ///< it owes the duties
  bool protected_by = false;  ///< it may claim them
  bool votes = false;
  Reason reason = Reason::not_a_member;  ///< bound, bound_during_notice, suspended, has_left, ...
};
CASUS_API Standing standing(const Pact& pact, const Member& member, Date date);
CASUS_API Standing standing(const Pact& pact, ActorId actor, Date date);

/// Since when the pact has bound it, or the one whose place it took: an older war calls nobody.
CASUS_API Date bound_since(const Pact& pact, const Member& member);

/// The day the member's withdrawal takes effect; nullopt if it gave no notice.
CASUS_API std::optional<Date> withdrawal_date(const Pact& pact, const Member& member);

/// The outcome of an operation on a pact: done, or why not.
struct Change {
  bool done = false;
  Reason reason = Reason::none;
  Date effective{};
};

/// Gives notice; the member stays bound until the notice has run out.
CASUS_API Change give_notice(Pact& pact, ActorId actor, Date date);
/// Takes a notice back before it has run out.
CASUS_API Change withdraw_notice(Pact& pact, ActorId actor, Date date);
/// Opens a suspension; `until` unset: until it is lifted.
CASUS_API Change suspend(Pact& pact, ActorId actor, Date from,
                         std::optional<Date> until = std::nullopt);
CASUS_API Change lift_suspension(Pact& pact, ActorId actor, Date date);
/// Accedes. `admitted`: the organ has decided so (Accession::by_decision).
CASUS_API Change accede(Pact& pact, ActorId actor, Date date, bool admitted = false,
                        Role role = Role::party);
/// Ends a membership at once, by decision of the others or with the state itself.
CASUS_API Change expel(Pact& pact, ActorId actor, Date date);
/// A successor takes the place of a member, with its role, weight and reservations.
CASUS_API Change succeed(Pact& pact, ActorId predecessor, ActorId successor, Date date);
/// Suspends an article, for all, or takes it up again.
CASUS_API Change suspend_article(Pact& pact, std::string_view article, Date from,
                                 std::optional<Date> until = std::nullopt);
CASUS_API Change resume_article(Pact& pact, std::string_view article, Date date);
/// The last day of the term in which `date` falls, exclusive; nullopt if the pact has no term.
CASUS_API std::optional<Date> term_end(const Pact& pact, Date date);
/// Ends the pact for all.
CASUS_API Change end(Pact& pact, Date date);
/// Widens an article to further places from that day on: an extension never reaches back.
CASUS_API Change extend_scope(Pact& pact, std::string_view article, const Geography& places,
                              Date from);

}  // namespace casus::law
