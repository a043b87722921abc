#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/core/row_index.h"
#include "casus/law/pact.h"

namespace casus::law {

/// A decision of a member (or, with actor 0, of an organ) under a pact in a conflict.
struct Remembered {
  PactKey pact{};
  ActorKey actor{};
  ConflictKey conflict{};
  Date date{};                          ///< when it was taken last
  Date first{};                         ///< when it was taken first
  Obligation owed = Obligation::none;   ///< the most that was asked
  Obligation given = Obligation::none;  ///< the most that was given; for an organ, adopted
  ActorKey beneficiary{};
  bool fighting = false;  ///< there was war when it was taken: what was decided before is no answer
  std::optional<Date> until{};  ///< of what the Council allows: the first day after
  bool withdrawn = false;       ///< of a request: it was taken back, and is not made again unasked
  double tally = 0.0;           ///< of small acts that are weighed together: their severities
  Claimant government = Claimant::unsaid;  ///< of a recognition
  friend bool operator==(const Remembered&, const Remembered&) = default;
};

/// Out of what a duty with a term has grown, and with what it ends before its day.
enum class DebtCause : std::uint8_t {
  act,     ///< an act short of war: a settlement ends it
  war,     ///< a war of the beneficiary: it ends with the war
  usurped  ///< a coup: it ends when the lawful government is back
};

/// Help that a member has decided to give within a term. It is owed until it is there; when the
/// term has run out without it the promise is broken, and not before (lib/law/terms.h). By names,
/// as all that is remembered.
struct Debt {
  PactKey pact{};
  std::uint64_t article = 0;  ///< hash of its id
  ActorKey member{};
  ActorKey beneficiary{};
  ConflictKey conflict{};
  Obligation level = Obligation::none;
  Date decided{};                   ///< the day on which it was promised
  Date since{};                     ///< the day from which the term is counted
  Date due{};                       ///< the last day in time
  std::optional<Date> arrives{};    ///< the day on which the help comes; unset: it does not
  std::vector<ActorKey> against{};  ///< the adversary, then others whose acts were merged
  DebtCause cause = DebtCause::act;
  EventId event{};      ///< of the act over which it is owed, or that has set that off
  bool stayed = false;  ///< the request was taken back: nothing falls due until it is renewed
  bool broken = false;  ///< it has fallen due, and the help is still to come
  friend bool operator==(const Debt&, const Debt&) = default;
};

/// What has been decided, so that a member decides a question once and a cascade ends.
/// A value: copy it with a snapshot. Entries are addressed by names, never rows.
class CASUS_API DecisionMemory {
 public:
  /// nullptr if there is none. Valid until the next record().
  const Remembered* find(PactKey pact, ActorKey actor, ConflictKey conflict) const;
  /// Adds, or replaces and keeps the date it was taken first; of one day the greater levels stay,
  /// and that there was war.
  void record(const Remembered& decision);
  std::size_t size() const { return entries_.size(); }
  /// Adds a debt, unless one of the same member for the same help in the same conflict is there: a
  /// promise is owed once, from the first day on.
  void owe(const Debt& debt);
  /// All debts, by their days and then by names, in whatever order they were made.
  std::vector<Debt> debts() const;
  bool any_debt() const { return !debts_.empty(); }
  /// What is left of the debts, once some were settled.
  void keep(std::vector<Debt> left);
  /// All entries, in the order of their keys.
  std::vector<Remembered> sorted() const;
  /// Depends on the entries, not on the order in which they were made.
  std::uint64_t hash() const;
  void clear();
  void archive(Archive& a);
  friend bool operator==(const DecisionMemory& a, const DecisionMemory& b) {
    return a.sorted() == b.sorted() && a.debts() == b.debts();
  }

 private:
  void index();
  std::vector<Remembered> entries_;
  RowIndex rows_;  ///< of the entries, by what they are addressed with
  std::vector<Debt> debts_;
  RowIndex debt_rows_;  ///< of the debts, by what was promised
};

}  // namespace casus::law
