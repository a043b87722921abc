#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "casus/core/export.h"

// Questions that the law does not answer with one voice, and the readings that are put forward. The
// first reading of each is the one in use where nothing is said.
namespace casus::law {

/// After a coup: whose word is the state's, for those who have recognised neither government.
enum class StateWord : std::uint8_t { either, effective_control, continuity };
/// What a sponsor must have to do with a band for its acts to be the sponsor's.
enum class Sponsors : std::uint8_t { as_shown, overall_control, effective_control };
/// Whether force by a group that no state has sent is an armed attack.
enum class Groups : std::uint8_t { any_author, states_only };
/// Force against a band on the soil of a state that cannot or will not stop it.
enum class ForeignSoil : std::uint8_t { consent, unable_or_unwilling };
/// Force before the attack that is about to come.
enum class Anticipation : std::uint8_t { attack_occurs, imminent };
/// Whether small uses of force between the same two are weighed together.
enum class SmallActs : std::uint8_t { each_alone, together };
/// How far an answer in defence may go.
enum class Proportion : std::uint8_t { not_weighed, to_the_attack, to_the_end };
/// Arms of a regional organisation against a member's own authorities.
enum class RegionalForce : std::uint8_t { by_its_treaty, council };
/// A right to act on a party's soil that an old treaty gives.
enum class TreatyRight : std::uint8_t { stands, consent_now };

/// How the contested questions are read. The rows of the macro are all there are.
#define CASUS_LAW_DOCTRINES(QUESTION)     \
  QUESTION(government, StateWord)         \
  QUESTION(sponsors, Sponsors)            \
  QUESTION(groups, Groups)                \
  QUESTION(foreign_soil, ForeignSoil)     \
  QUESTION(anticipation, Anticipation)    \
  QUESTION(small_acts, SmallActs)         \
  QUESTION(regional_force, RegionalForce) \
  QUESTION(treaty_right, TreatyRight)     \
  QUESTION(proportion, Proportion)

struct Doctrines {
#define CASUS_QUESTION(member, Type) Type member{};
  CASUS_LAW_DOCTRINES(CASUS_QUESTION)
#undef CASUS_QUESTION
  friend bool operator==(const Doctrines&, const Doctrines&) = default;
};

/// One answer to a contested question.
struct Reading {
  std::string_view name;
  std::string_view doc;     ///< what follows from it, in one sentence
  std::string_view source;  ///< who reads it so
};

/// A contested question.
struct Question {
  std::string_view name;
  std::string_view doc;
  std::span<const Reading> readings;  ///< the usual one first
  /// What an act must say for the answer to turn on it, and no act of a scenario says; empty: acts
  /// of a scenario can say all that it takes.
  std::string_view unsaid_in_scenarios;
  std::uint8_t (*get)(const Doctrines&) = nullptr;
  void (*set)(Doctrines&, std::uint8_t) = nullptr;
};

/// All of them, in the order of the members.
CASUS_API std::span<const Question> questions();

}  // namespace casus::law
