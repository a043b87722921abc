#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace casus {

/// What an event of a run says. The names are those that outcomes and event tables use; entries are
/// only ever appended.
enum class EventKind : std::uint8_t {
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
  advance,  ///< an army moves forward; ground: share of the region
};

/// Names in the order of the enumeration.
std::span<const std::string_view> event_kind_names();
std::string_view event_kind_name(EventKind kind);
/// Nullopt for an unknown name.
std::optional<EventKind> parse_event_kind(std::string_view name);

}  // namespace casus
