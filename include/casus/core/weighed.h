#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "casus/core/export.h"
#include "casus/core/ids.h"

namespace casus {

/// What a decision weighed, one row each: name, the unit in which it is added up, what it is.
/// Entries are only ever appended.
#define CASUS_TERMS(ROW)                                                                          \
  ROW(word_given, "log odds", "the word as such, before all else")                                \
  ROW(military_institutions, "log odds", "the military institutions of the pact")                 \
  ROW(formality, "log odds", "how formal the pact is")                                            \
  ROW(power_changed, "log odds", "its power has changed since it signed")                         \
  ROW(institutions_changed, "log odds", "it is governed otherwise than when it signed")           \
  ROW(original_target, "log odds", "the pact was made against this adversary")                    \
  ROW(declaration, "log odds", "the pact is a declaration and no treaty")                         \
  ROW(era, "log odds", "the era")                                                                 \
  ROW(own_bias, "log odds", "what is known of this member beyond the rule")                       \
  ROW(affinity, "log odds", "liking for the one side less that for the other")                    \
  ROW(cost, "log odds", "what the help costs")                                                    \
  ROW(shared_threat, "log odds", "the same adversary threatens both")                             \
  ROW(own_vote, "log odds", "how it voted in the organ")                                          \
  ROW(weariness, "log odds", "weariness of war")                                                  \
  ROW(ballot, "vote",                                                                             \
      "a member's vote: 1 in favour, -1 against, 0 abstained; beside it the "                     \
      "chance that it votes in favour")                                                           \
  ROW(ally, "probability", "that this actor comes to the other side's help; beside it its power") \
  ROW(own_power, "power", "what the decider can bring to bear")                                   \
  ROW(defence, "power", "what the other side defends itself with, alone")                         \
  ROW(winning, "probability", "that war is won against all who are expected")                     \
  ROW(war_worth, "share of the prize", "what war is worth")                                       \
  ROW(peace_worth, "share of the prize", "what living with the matter is worth")                  \
  ROW(mood, "share of the prize", "what moves all who decide that month alike")                   \
  ROW(reasons, "share of the prize", "the decider's own reasons, drawn for the month")            \
  ROW(stake, "share of the prize", "what is at stake")                                            \
  ROW(yearly, "probability", "in a year, by the published model and what is added below")         \
  ROW(legitimacy, "log odds", "legitimacy above or below the middle")                             \
  ROW(defeat, "log odds", "forces lost of late")                                                  \
  ROW(arrears, "log odds", "pay in arrears")                                                      \
  ROW(contagion, "odds ratio", "a coup next door within the year")                                \
  ROW(rate, "a year", "how often it happens, all below multiplied in")                            \
  ROW(daily_rate, "a day", "how often it happens")                                                \
  ROW(weary, "times", "how weary those who fight are")                                            \
  ROW(talks, "times", "somebody mediates")                                                        \
  ROW(view, "affinity", "what the decider thinks of the other, from -1 to 1")                     \
  ROW(threat, "share", "the threat that is felt")                                                 \
  ROW(estrangement, "times", "coldness, pressure and company of those who leave")                 \
  ROW(resolve, "share", "resolve")                                                                \
  ROW(evidence, "share", "what has been shown")                                                   \
  ROW(expected_attacks, "attacks", "expected in the step")                                        \
  ROW(side, "probability", "that it sides with this actor")                                       \
  ROW(level, "level", "the level that was chosen, of those owed; beside it the draw")             \
  ROW(fuel, "log odds", "what fuel costs")

enum class TermKind : std::uint16_t {
#define ROW(name, unit, doc) name,
  CASUS_TERMS(ROW)
#undef ROW
};

struct TermInfo {
  std::string_view name, unit, doc;
};
CASUS_API const TermInfo& term_info(TermKind kind);
CASUS_API std::size_t term_kinds();

/// A named contribution to a decision, in the unit in which it is added to the others.
struct Term {
  TermKind kind{};
  ActorId of{};  ///< whose, where a kind is said of several
  double value = 0.0;
  double beside = 0.0;  ///< by kind; 0 where a kind has none
};

/// What is decided by a draw, one row each: name, what is asked. Entries are only ever appended.
#define CASUS_DECISIONS(ROW)                                                            \
  ROW(timeline, "the timeline or a program has it happen; nothing is drawn")            \
  ROW(circumstance, "what the world has come to makes it so; nothing is drawn")         \
  ROW(evidence, "is what a sponsor or host is accused of shown")                        \
  ROW(request, "does the victim ask for help")                                          \
  ROW(organ_vote, "does the organ adopt it")                                            \
  ROW(honour, "does the member honour its duty")                                        \
  ROW(side, "with which of two to whom it owes help does the member side")              \
  ROW(word, "does a member keep the word its organ gave: does it send its contingent")  \
  ROW(war, "does the challenger of a crisis go to war")                                 \
  ROW(review, "is force thought of today, in a crisis")                                 \
  ROW(escalation, "does a dispute become an ultimatum")                                 \
  ROW(settlement, "is a crisis settled")                                                \
  ROW(dispute, "does a dispute arise between neighbours")                               \
  ROW(relief, "is a sanction lifted")                                                   \
  ROW(offensive, "does an army think of going on")                                      \
  ROW(campaign, "does a state think of clearing a region")                              \
  ROW(coup_attempt, "is a coup attempted")                                              \
  ROW(coup, "does the attempt succeed")                                                 \
  ROW(peace, "does the war end")                                                        \
  ROW(ceasefire, "do the sides cease fire")                                             \
  ROW(collapse, "does the ceasefire collapse")                                          \
  ROW(suspension, "does the organisation suspend the member in which a coup succeeded") \
  ROW(exit, "does the member give notice")                                              \
  ROW(reinstatement, "is the suspension lifted")                                        \
  ROW(accession, "does the state accede")                                               \
  ROW(expulsion, "does the host send the guest away")                                   \
  ROW(renewal, "do forces abroad stay for another term")                                \
  ROW(invitation, "does the host ask a guest in")                                       \
  ROW(first_attack, "does a group attack that has not fought in this place or cause")   \
  ROW(operation, "does a state go after those who hide in a region")                    \
  ROW(split, "does the group split")                                                    \
  ROW(merger, "do two groups unite")

enum class DecisionKind : std::uint8_t {
#define ROW(name, doc) name,
  CASUS_DECISIONS(ROW)
#undef ROW
};

struct DecisionInfo {
  std::string_view name, doc;
};
CASUS_API const DecisionInfo& decision_info(DecisionKind kind);
CASUS_API std::size_t decision_kinds();

}  // namespace casus
