#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"

namespace casus {

/// What an event of a run says. The names are those that outcomes and event tables use; entries are
/// only ever appended. Kinds that mechanisms own have numbers beyond: own_event_kind.
enum class EventKind : std::uint32_t {
  starting_condition,  ///< in force when the run begins: a war, a crisis, a measure
  attack,              ///< insurgents attack; size: attacks
  operation,           ///< a state's side goes after insurgents; size: operations
  battle,              ///< armies fight; size 1 the defender gave way, -1 the attacker
  coup_attempt,
  coup,
  threat,
  ultimatum,
  sanction,  ///< size: share of income
  sanction_lifted,
  intervention,  ///< an organisation, or a state helping one side, sends force; size: people
  invasion,      ///< size: people
  occupation,
  strike,
  deployment,  ///< forces let in; size: people
  withdrawal,
  expulsion,
  covered,  ///< the law: an article covers an act
  invoked,
  obliged,
  able,
  honour,  ///< an obligation honoured; size: level of help
  breach,  ///< an obligation not honoured
  conflict_of_obligation,
  statement,
  aid,  ///< size: MUSD a year
  mediation,
  blockade,
  mobilisation,
  war_begins,  ///< size 1: between states, 0: with a group
  joins_war,
  war_ends,
  ceasefire,
  peace,
  accession,
  exit_notice,
  exit,
  suspension,
  reinstatement,
  region_lost,
  region_regained,
  split,
  merge,
  intervention_vote,  ///< an organ votes on force; size 1: passed
  consultation,
  hostile_act,  ///< any other act the law looks at; article and reason say which
  law_no,       ///< a stage of the law answered no; size: the stage, reason: why
  war_resumes,  ///< after a ceasefire; size as for war_begins
  disbanded,    ///< the timeline took people out of the field; size: people
  advance,      ///< an army moves forward; ground: share of the region
};

/// Names in the order of the enumeration.
CASUS_API std::span<const std::string_view> event_kind_names();

/// The kind of a mechanism's own events of this name: it follows from the name alone, and is none
/// of the enumeration.
constexpr EventKind own_event_kind(std::string_view name) {
  return static_cast<EventKind>(0x80000000U |
                                static_cast<std::uint32_t>(name_hash("event", name) >> 33U));
}
constexpr bool is_own(EventKind kind) { return static_cast<std::uint32_t>(kind) >= 0x80000000U; }

/// A kind of event that a mechanism owns.
struct OwnEvent {
  std::string name{};
  std::string doc{};  ///< one sentence; what `size` counts, if anything
};

/// The kinds of event that a run may log: those of the enumeration and those that mechanisms own. A
/// value; copies share the rows.
class CASUS_API EventKinds {
 public:
  EventKinds() = default;
  /// Throws ContractError for a name that is none, or another kind's.
  explicit EventKinds(std::vector<OwnEvent> own);

  /// In the order of their names.
  std::span<const OwnEvent> own() const;
  bool knows(EventKind kind) const;
  /// Throws ContractError for a kind that no mechanism owns.
  std::string_view name(EventKind kind) const;
  /// Nullopt for an unknown name.
  std::optional<EventKind> find(std::string_view name) const;
  /// The enumeration's, then the mechanisms'.
  std::vector<std::string_view> names() const;

 private:
  std::shared_ptr<const std::vector<OwnEvent>> own_;
};

}  // namespace casus
