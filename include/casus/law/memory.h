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
  /// All entries, in the order of their keys.
  std::vector<Remembered> sorted() const;
  /// Depends on the entries, not on the order in which they were made.
  std::uint64_t hash() const;
  void clear();
  void archive(Archive& a);
  friend bool operator==(const DecisionMemory& a, const DecisionMemory& b) {
    return a.sorted() == b.sorted();
  }

 private:
  void index();
  std::vector<Remembered> entries_;
  RowIndex rows_;  ///< of the entries, by what they are addressed with
};

}  // namespace casus::law
