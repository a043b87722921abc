#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/law/pact.h"

namespace casus::law {

/// An actor's place in a pact.
struct Membership {
  std::uint32_t pact = 0;  ///< row of the pacts
  std::uint32_t slot = 0;  ///< index into the pact's members
};

/// An article with what it inherits filled in, and its references resolved.
struct Clause {
  Conditions when;
  Duties then;
  Procedure procedure = Procedure::on_request;
  Requester requester = Requester::in_office;
  OrganId organ{};  ///< that decides; none: the pact has none
  ArticleId article{};
  bool extension = false;
  bool void_if_partner_attacks = false;
  Assent consent = Assent::none;
  RoleSet owed_by{};
  RoleSet owed_to{};
  std::vector<ActorId> exempt;
  std::vector<ActorId> if_also, unless_war_with, among;
  std::vector<Suspension> suspensions;
};

/// Pacts made ready for many questions: who is where, what extends what. Refers to the pacts, which
/// must outlive it; rebuild it when a pact's members, articles or organs change. Building is linear
/// in members and articles.
class CASUS_API PactIndex {
 public:
  /// `parties`: the number of actors. Throws ContractError if a member is not among them, a pact
  /// extends a missing article, or has more than 1000 articles.
  PactIndex(std::span<const Pact> pacts, std::size_t parties);

  /// Makes room for further actors, who are in no pact.
  void add_parties(std::size_t parties);

  std::span<const Pact> pacts() const { return pacts_; }
  const Pact& pact(std::size_t row) const { return pacts_[row]; }
  /// Memberships of an actor, in the order of pact keys; past ones included.
  std::span<const Membership> of(ActorId actor) const;
  /// Pacts that answer an attack on the actor though it never was a member, in the order of keys.
  std::span<const std::uint32_t> for_the_sake_of(ActorId actor) const;
  /// The actor's membership in that pact; nullptr if it never was a member.
  const Member* member(std::size_t pact, ActorId actor) const;
  /// The pact's clauses: the greatest assistance first, ties by the id of the article.
  std::span<const Clause> clauses(std::size_t pact) const;
  /// The most a reservation leaves of an article for a member; war if it made none.
  Obligation reserved_to(std::size_t pact, std::uint32_t slot, ArticleId article) const;

 private:
  std::span<const Pact> pacts_;
  std::vector<std::uint32_t> first_;  ///< per actor, into memberships_
  std::vector<Membership> memberships_;
  std::vector<std::uint32_t> clause_first_;
  std::vector<Clause> clauses_;
  std::map<ActorId, std::vector<std::uint32_t>> outsiders_;
};

}  // namespace casus::law
