#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "casus/core/export.h"

/// The law of pacts: treaties as data, and an answer, with reasons, to "was this the casus
/// foederis?". The vocabulary is that of the ATOP codebook (Leeds, Ritter, Mitchell & Long 2002,
/// doi:10.1080/03050620213653), extended by acts below war and by the organs of organisations.
namespace casus::law {

/// What was done. Hostile acts first, then the acts that help.
enum class ActKind : std::uint8_t {
  invasion,                ///< forces enter territory without its government's consent
  strike,                  ///< air, missile, drone or artillery fire on territory
  occupation,              ///< territory is held after an invasion
  attack_on_forces,        ///< on the armed forces of the victim, at home or abroad
  attack_on_peacekeepers,  ///< on the victim's contingent in a mission abroad
  attack_on_vessels,       ///< on its ships or aircraft
  rebellion,               ///< an armed group fights the victim's government
  terrorist_attack,
  coup_attempt,
  coup,                     ///< a coup that removed the government in office
  hosting_armed_groups,     ///< the author's soil shelters a group that fights the victim
  supporting_armed_groups,  ///< arms, money or training for such a group
  blockade,
  sanction,
  threat,              ///< also an ultimatum
  declaration_of_war,  ///< words, not an attack
  mobilisation,
  airspace_violation,
  proxy_attack,  ///< by a group, on the orders of the author
  withdrawal,    ///< leaves or denounces a pact
  consultation,
  statement,
  mediation,
  aid,
  basing,           ///< bases, transit, overflight
  intervention,     ///< forces sent on the side of a party that asked for them
  armistice,        ///< fighting stops between the two; their war is not over
  peace,            ///< ends the war between the two
  authorisation,    ///< the Security Council allows force, or measures, against the victim
  revocation,       ///< takes that back
  cyber_operation,  ///< harm done to the victim through networks
  sabotage,         ///< of its cables, pipelines, plants or satellites, by hidden hands
  recognition,      ///< the author recognises one of two governments of the other
};

/// What is owed, or given, from the least to the most.
enum class Obligation : std::uint8_t {
  none,
  consult,
  statement,
  mediation,
  sanction,
  aid,
  basing,
  troops,
  war,
};

/// What a member has promised not to do.
enum class Abstention : std::uint8_t {
  force,       ///< force against another member (non-aggression)
  neutrality,  ///< no help to whoever fights a member
  hosting,     ///< no shelter for groups that fight a member
  supporting,  ///< no arms, money or training for them
  blockade,
  sanction,
  threat,
  separate_peace,  ///< no armistice or peace with an enemy whom the other still fights
};

enum class PartyKind : std::uint8_t { state, armed_group, external, organisation };

/// Why an act was done, as far as the law looks at motives. `unknown`: derived from the facts.
enum class Posture : std::uint8_t {
  unknown,
  attack,              ///< also help given to the side that attacked
  self_defence,        ///< the author was attacked by the victim first
  collective_defence,  ///< the author helps a party that the victim attacked
  enforcement,         ///< decided by an organ, or against those who took power by force
  authorised,          ///< said to be under an authorisation of the Council: if there is none, it
                       ///< is what the facts make of it
  countermeasure,      ///< said to answer a breach of what was owed to the author
};

/// The questions in the order in which they are asked.
enum class Stage : std::uint8_t {
  attributed,
  covered,
  invoked,
  obliged,
  able,
  honoured,
  consequence,
};

/// How much of what an article lists its members have to give.
enum class Discretion : std::uint8_t {
  unsaid,               ///< what each chooses, the most being what is owed
  as_deemed_necessary,  ///< any of it is all that is owed
  all_means,            ///< the most that is within reach
};

/// Whose consent a member needs before it sends arms.
enum class Assent : std::uint8_t { none, parliament };

/// How an organ decides. Shares are of the votes of members present and entitled to vote.
enum class DecisionRule : std::uint8_t {
  unanimity,   ///< all present vote for
  consensus,   ///< nobody votes against
  majority,    ///< more than half
  two_thirds,  ///< at least two thirds
  weighted,    ///< at least Organ::threshold of the weight
  chair,       ///< whoever presides decides
};

/// How an article is set in motion.
enum class Procedure : std::uint8_t {
  inherit,               ///< of the article this one extends; on_request if it extends none
  automatic,             ///< the attack suffices
  on_request,            ///< the victim asks
  by_decision,           ///< an organ decides, asked or not
  request_and_decision,  ///< the victim asks and an organ decides
};

/// Whose request counts when a government has been ousted.
enum class Requester : std::uint8_t {
  in_office,
  incumbent,
  either,
  recognised,  ///< of the government that each who is asked for help recognises
};

/// One of the two governments of a state: those in office, or the one that was removed or kept out.
enum class Claimant : std::uint8_t { unsaid, in_office, ousted };

/// What a sponsor has to do with what was done, from the least to the most.
enum class Control : std::uint8_t {
  unsaid,
  support,    ///< arms, money, training
  overall,    ///< it equips those who act and has a part in planning what they do
  direction,  ///< it has directed the act
};

/// The place of a member in an asymmetric pact.
enum class Role : std::uint8_t { party, protector, protected_party };

/// How one becomes a member.
enum class Accession : std::uint8_t { closed, open, invited, by_decision };

/// Where the victim must have been hit.
enum class Scope : std::uint8_t {
  inherit,  ///< of the article this one extends; members if it extends none
  anywhere,
  members,  ///< territory of any member
  victim,   ///< territory of the victim
  listed,   ///< only the regions and areas listed
};

/// How a member's forces can get there.
enum class Route : std::uint8_t { none, present, border, transit, sealift, airlift };

/// The reason a stage gives for its answer, by stage.
// clang-format off
enum class Reason : std::uint8_t {
  none,
  // attributed
  author_known, author_unknown, no_victim, evidence_sufficient, evidence_insufficient,
  // covered
  article_applies, extension_applies, act_not_listed, defensive_act, author_is_member,
  author_not_member, adversary_not_listed, adversary_excluded, sponsor_not_proven,
  place_not_covered, place_excluded, not_in_force, victim_not_member, victim_suspended,
  victim_has_left, victim_role, war_began_before_pact, before_start_date, after_end_date,
  other_conflict, too_few_adversaries, too_many_adversaries, no_demand_made, victim_provoked,
  victim_joined_war, not_severe_enough, against_usurper, own_act,
  // invoked
  automatic, requested, not_requested, government_cannot_ask, usurper_cannot_ask, adopted,
  rejected, vetoed, no_quorum, chair_refused, objection, decided_earlier, outside_competence,
  // obliged
  bound, bound_during_notice, reserved, exempt, not_yet_member, has_left, suspended,
  role_owes_nothing, is_the_adversary, at_war_with_beneficiary, on_other_side, already_decided,
  already_at_war, peaceful_means_first, lower_precedence, not_bound_by_decision,
  yields_to_abstention,
  // able
  within_means, no_free_forces, no_route, transit_refused, lift_limit, no_resources, not_a_state,
  not_joint,
  // honoured
  kept, kept_in_part, declined, chose_other_side, chose_neither,
  // consequence
  help_given, help_pending, help_refused, abstention_broken, member_attacked, depth_limit,
  // changes of membership
  accepted, already_member, not_a_member, accession_closed, not_invited, needs_decision,
  withdrawal_forbidden, already_given_notice, no_notice_given, not_suspended, already_suspended,
  already_ended, no_such_article,
  // Words that came later stand at the end: numbers in older records keep their meaning.
  occupation_goes_on,                        // covered
  asker_not_recognised, consent_recognised,  // obliged
  authorised, council_has_acted,             // covered
  authorisation_ended,                       // consequence
  parliament_refuses,                        // able
  victim_not_listed, under_a_right,          // covered
  right_not_duty, would_mean_war, others_do_not_act,  // obliged
  kept_late, kept_short,                     // honoured
  control_insufficient,                      // attributed
  no_state_behind_it, article_suspended, adversary_not_member, not_of_the_protocol,  // covered
  request_withdrawn,                         // invoked
  needs_authorisation, outside_the_protocol,  // obliged
  too_late_to_denounce,                      // changes of membership
  breach_answered, out_of_proportion,        // consequence
  term_run_out,                              // consequence
};
// clang-format on

/// A set of enumerators (fewer than 64).
template <class E>
class EnumSet {
 public:
  using value_type = E;
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<E> items) {
    for (const E e : items) insert(e);
  }
  constexpr void insert(E e) { bits_ |= bit(e); }
  constexpr void erase(E e) { bits_ &= ~bit(e); }
  constexpr bool contains(E e) const { return (bits_ & bit(e)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::uint64_t bits() const { return bits_; }
  friend constexpr bool operator==(EnumSet, EnumSet) = default;
  friend constexpr EnumSet operator|(EnumSet a, EnumSet b) {
    a.bits_ |= b.bits_;
    return a;
  }
  friend constexpr EnumSet operator&(EnumSet a, EnumSet b) {
    a.bits_ &= b.bits_;
    return a;
  }

 private:
  static constexpr std::uint64_t bit(E e) { return std::uint64_t{1} << static_cast<unsigned>(e); }
  std::uint64_t bits_ = 0;
};

using ActSet = EnumSet<ActKind>;
using ObligationSet = EnumSet<Obligation>;
using AbstentionSet = EnumSet<Abstention>;
using PartySet = EnumSet<PartyKind>;
using RoleSet = EnumSet<Role>;

/// The highest and lowest member of a set of obligations; none if it is empty.
CASUS_API Obligation highest(ObligationSet set);
CASUS_API Obligation lowest(ObligationSet set);
/// The highest member of `set` that is not above `cap`; none if there is none.
CASUS_API Obligation highest_up_to(ObligationSet set, Obligation cap);

/// Forces move: troops or war.
constexpr bool armed(Obligation o) { return o >= Obligation::troops; }
/// The act itself uses armed force against the victim (a declaration or a threat does not).
CASUS_API bool uses_force(ActKind kind);
/// The act is directed against its victim (help is not).
CASUS_API bool hostile(ActKind kind);
/// Happens inside the victim without a foreign author: rebellion, coup, attempt.
CASUS_API bool internal(ActKind kind);

/// The names of an enumeration in the order of its values, as written in scenarios and cases.
/// Defined for every enumeration above.
template <class E>
CASUS_API std::span<const std::string_view> names();
/// The name of a value; throws ContractError for a value outside the enumeration.
template <class E>
CASUS_API std::string_view name(E value);
/// The value of a name; nullopt if there is none.
template <class E>
std::optional<E> parse(std::string_view text);

// That there are such definitions, which have to be known before the first use.
#define CASUS_LAW_NAMED(E)                      \
  template <>                                   \
  std::span<const std::string_view> names<E>(); \
  template <>                                   \
  std::string_view name<E>(E value);            \
  template <>                                   \
  std::optional<E> parse<E>(std::string_view text);
CASUS_LAW_NAMED(ActKind)
CASUS_LAW_NAMED(Obligation)
CASUS_LAW_NAMED(Abstention)
CASUS_LAW_NAMED(PartyKind)
CASUS_LAW_NAMED(Posture)
CASUS_LAW_NAMED(Stage)
CASUS_LAW_NAMED(DecisionRule)
CASUS_LAW_NAMED(Procedure)
CASUS_LAW_NAMED(Requester)
CASUS_LAW_NAMED(Claimant)
CASUS_LAW_NAMED(Discretion)
CASUS_LAW_NAMED(Assent)
CASUS_LAW_NAMED(Control)
CASUS_LAW_NAMED(Role)
CASUS_LAW_NAMED(Scope)
CASUS_LAW_NAMED(Route)
CASUS_LAW_NAMED(Accession)
CASUS_LAW_NAMED(Reason)
#undef CASUS_LAW_NAMED

/// Same as name(reason); for event logs.
CASUS_API std::string_view reason_name(Reason reason);

}  // namespace casus::law
