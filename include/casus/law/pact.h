#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/law/vocabulary.h"

namespace casus {
class Archive;
}

namespace casus::law {

using ConflictKey = NameKey<struct ConflictTag>;  ///< identity of a dispute or war; 0 is none
constexpr ConflictKey conflict_key(std::string_view name) { return {name_hash("conflict", name)}; }

/// Geographical terms of art ("north_atlantic", "metropolitan"), one bit each.
struct AreaSet {
  std::uint64_t bits = 0;
  constexpr bool any() const { return bits != 0; }
  constexpr bool meets(AreaSet o) const { return (bits & o.bits) != 0; }
  friend constexpr AreaSet operator|(AreaSet a, AreaSet b) { return {a.bits | b.bits}; }
  friend constexpr bool operator==(AreaSet, AreaSet) = default;
};

/// Gives each term its bit, in the order of first mention.
class CASUS_API AreaNames {
 public:
  static constexpr std::size_t most = 64;
  /// Throws ContractError for a term more than `most`.
  AreaSet intern(std::string_view name);
  std::optional<AreaSet> find(std::string_view name) const;
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_{};
};

/// Territory in terms of law: a region, whose it is, and the terms that apply to it.
struct Place {
  RegionId region{};
  RegionKey key{};
  ActorId sovereign{};  ///< none: the high seas
  AreaSet areas{};
};

/// A member's statement that an article does not bind it, or only so far.
struct Reservation {
  std::string article{};                ///< id of the article
  Obligation up_to = Obligation::none;  ///< the most it accepts to owe
};

/// An interval without rights or duties; what it takes away is the pact's SuspensionRule.
struct Suspension {
  Date from{};
  std::optional<Date> until{};  ///< exclusive; open while unset
  friend bool operator==(const Suspension&, const Suspension&) = default;
};

struct Member {
  ActorId actor{};
  std::optional<Date> joined{};  ///< an accession; unset: an original party
  std::optional<Date> notice{};  ///< the day notice of withdrawal was given
  std::optional<Date> left{};    ///< the day it ceased to be a member in any other way
  Role role = Role::party;
  double weight = 1.0;        ///< of its vote, >= 0
  double contribution = 0.0;  ///< to the standing force, people, >= 0
  std::vector<Suspension> suspensions{};
  std::vector<Reservation> reservations{};
  Assent consent = Assent::none;  ///< whose it needs before it sends arms under any article
  /// Of a successor: since when the one was bound whose place it took; a war begun since then is
  /// not older than its membership.
  std::optional<Date> continues{};
};

/// An extension of an article's scope to further places, from its day on.
struct Widening {
  Date from{};
  Scope scope = Scope::inherit;  ///< inherit: as it was
  std::vector<RegionKey> regions{};
  AreaSet areas{};
};

/// Where the victim must have been hit. `regions` and `areas` name the places for Scope::listed
/// and narrow the other scopes where they are not empty.
struct Geography {
  Scope scope = Scope::inherit;
  std::vector<RegionKey> regions{};
  AreaSet areas{};
  std::vector<RegionKey> excluded_regions{};
  AreaSet excluded{};
  std::vector<Widening> widened{};
};
/// The places meant on that day: extensions count from their date.
CASUS_API Geography on(const Geography& places, Date date);

/// The adversaries an article means: a party that is one of `kinds`, or is named, and is not
/// excluded. Both empty: any party.
struct Adversary {
  PartySet kinds{};
  std::vector<ActorId> named{};
  std::vector<ActorId> excluded{};
  bool members = false;  ///< only members of the pact
};

/// Conditions. What an article that extends another leaves unset is taken from that one.
struct Conditions {
  ActSet acts{};
  Adversary by{};
  std::vector<ActorId>
      victims{};  ///< an attack on one of these, members or not; empty: on a member
  Geography where{};
  std::optional<Date> from{};             ///< the act is not earlier
  std::optional<Date> until{};            ///< the act is earlier
  std::optional<ConflictKey> conflict{};  ///< this conflict only
  std::uint16_t min_adversaries = 0;      ///< states that attack the victim at once
  std::uint16_t max_adversaries = 0;      ///< 0: no limit
  double min_severity = 0.0;              ///< of the act, [0, 1]; 0: see Settings::armed_attack
  double min_evidence = 0.0;              ///< that a sponsor or host is behind the act, [0, 1]
  bool after_demand = false;              ///< a demand was made and refused before
  bool unprovoked = false;                ///< lost by a victim that provoked the author
  bool lawful_government = false;         ///< not a coup against who came by one
  bool between_members = false;           ///< applies when the author is a member too
  bool counts_responses = false;          ///< defensive acts against the member trigger it as well
  bool joined_wars = false;       ///< protects a member against those whom it attacked as a helper
  bool ongoing_wars = false;      ///< a war begun before the pact counts
  bool until_council = false;     ///< only until the Security Council has taken measures
  bool member_as_author = false;  ///< offence: triggered by a hostile act of the member itself
};

/// What follows.
struct Duties {
  ObligationSet assist{};       ///< forms of help; a member may choose among them
  AbstentionSet abstain{};      ///< what is forbidden between the members
  bool peaceful_first = false;  ///< arms only after peaceful means were tried and did not suffice
  bool jointly = false;         ///< arms only if all who are obliged and able go together
  Discretion discretion = Discretion::unsaid;
  ObligationSet may{};             ///< help that a member has a right to give, and no duty
  double within_days = 0.0;        ///< the term in which it comes; 0: none
  std::int32_t within_months = 0;  ///< the same in months of the calendar, in place of days
  double at_least = 0.0;           ///< people who are sent, where arms are; 0: no number
};

/// An article without `when.acts` applies at all times: its abstentions bind, it owes no help.
struct Article {
  std::string id{};
  std::string title{};
  std::string text{};     ///< the treaty's words, or what they say in others
  std::string seen{};     ///< who has written of what it leaves open, or with what it collides
  std::string extends{};  ///< id of the article this one widens; empty: none
  Conditions when{};
  Duties then{};
  Procedure procedure = Procedure::inherit;
  Requester requester = Requester::in_office;
  std::string organ{};                     ///< id of the organ that decides; empty: the first
  RoleSet owed_by{};                       ///< empty: every role
  RoleSet owed_to{};                       ///< empty: every role
  std::vector<ActorId> exempt{};           ///< members that owe nothing under it
  std::vector<ActorId> if_also{};          ///< it is owed only if these help as well
  std::vector<ActorId> unless_war_with{};  ///< arms are not owed if they mean war with one of these
  bool void_if_partner_attacks = false;    ///< abstentions end towards a member that attacks others
  Assent consent = Assent::none;           ///< whose a member needs before it sends arms under it
  std::vector<ActorId> among{};            ///< a protocol between these members; empty: all
  bool secret = false;                    ///< known to those between whom it is, and to nobody else
  std::vector<Suspension> suspensions{};  ///< of the article, for all
};

/// A force the organ disposes of, besides the members' contributions.
struct StandingForce {
  double strength = 0.0;        ///< people, >= 0; goes with the members that honour
  double readiness_days = 0.0;  ///< from the decision to the arrival, >= 0
};

struct Organ {
  std::string id = "council";
  DecisionRule rule = DecisionRule::unanimity;
  double threshold = 0.5;       ///< for DecisionRule::weighted, (0, 1]
  double quorum = 0.0;          ///< share of the entitled members that must attend, [0, 1]
  std::vector<ActorId> veto{};  ///< whose vote against defeats any proposal
  ActorId chair{};              ///< for DecisionRule::chair
  ObligationSet competence{};   ///< what it may decide; empty: everything
  bool parties_vote = true;     ///< members that are party to the dispute vote
  bool opinions_bind = true;    ///< what it adopts binds those who did not vote for it
  std::optional<StandingForce> force{};
};

struct SuspensionRule {
  bool loses_vote = true;
  bool loses_protection = false;
  bool loses_duties = true;
};

/// A treaty, an alliance, an organisation or a bilateral accord.
struct Pact {
  PactKey key{};
  std::string id{};
  std::string title{};
  std::optional<Date> signed_on{};  ///< what "since signing" is measured from; unset: in_force
  Date in_force{};
  std::optional<Date> expires{};   ///< exclusive
  std::int32_t term_years = 0;     ///< renews by this many years at expiry; 0: does not renew
  std::optional<Date> ended{};     ///< denounced or dissolved on this day
  std::int32_t notice_months = 0;  ///< of withdrawal
  std::int32_t notice_days = 0;    ///< added to the months
  bool withdrawal_allowed = true;
  bool secret = false;
  std::vector<ActorId> known_to{};  ///< who knows of a secret pact besides its members
  bool declaration = false;         ///< promised in a statement, not agreed and signed: not in ATOP
  std::uint8_t military_institutions = 0;   ///< ATOP milinst, 0-2
  std::uint8_t formality = 0;               ///< ATOP formal, 0-2
  std::vector<ActorId> original_targets{};  ///< whom it was made against
  std::vector<PactKey> yields_to{};         ///< pacts whose obligations prevail over its own
  std::uint8_t speciality = 0;              ///< the more special prevails over the more general
  Accession accession = Accession::by_decision;
  std::vector<ActorId> invited{};  ///< for Accession::invited
  SuspensionRule suspension{};
  std::vector<Member> members{};
  std::vector<Article> articles{};
  std::vector<Organ> organs{};
  std::int32_t denounce_months = 0;  ///< before a term ends, at the latest; then notice runs to its
                                     ///< end. 0: notice at any time

  Date signature() const { return signed_on.value_or(in_force); }
};

/// What of a pact is state: everything (archive.h).
CASUS_API void archive(Archive& a, Pact& pact);
CASUS_API void archive(Archive& a, Member& member);

/// Contradictions and gaps, one sentence each, in a fixed order: an article that extends a missing
/// one or itself, a member twice, an expiry before entry into force, an organ that is not there, a
/// rule nobody can meet. Empty for a sound pact.
CASUS_API std::vector<std::string> check(const Pact& pact);

/// Hash of everything but titles and texts. Actors enter as rows, as elsewhere in the hash of a
/// world.
CASUS_API std::uint64_t hash(const Pact& pact);

/// Is the pact in force on that day (entry, expiry and renewal, end)?
CASUS_API bool in_force(const Pact& pact, Date date);

/// Is `actor` a member on that day (also suspended, also during notice)?
CASUS_API bool is_member(const Pact& pact, ActorId actor, Date date);
/// The entry of `actor` among the members, past ones included; nullptr if there is none.
CASUS_API const Member* find_member(const Pact& pact, ActorId actor);
CASUS_API Member* find_member(Pact& pact, ActorId actor);

}  // namespace casus::law
