#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "casus/casebook/casebook.h"
#include "casus/core/export.h"
#include "casus/law/facts.h"

namespace casus::casebook {

/// The world as a case describes it. Refers to the situation, which must outlive it.
class CASUS_API CaseFacts final : public law::Facts {
 public:
  explicit CaseFacts(const Situation& situation);

  /// What earlier steps have led to. A side that is taken stays; a fight that is there goes on.
  void add(const law::Fight& fight);
  void add(const law::Side& side);
  const std::vector<law::Fight>& fights() const { return fights_; }
  const std::vector<law::Side>& sides() const { return sides_; }

  std::optional<Date> today() const override { return situation_.today; }
  std::size_t party_count() const override { return situation_.parties.size(); }
  law::Party party(ActorId actor) const override;
  double affinity(ActorId from, ActorId to) const override;
  law::Hostility hostility(ActorId first, ActorId second) const override;
  std::size_t state_enemies(ActorId actor) const override;
  std::size_t state_attackers(ActorId actor) const override;
  std::optional<Date> war_since(ActorId party, law::ConflictKey conflict) const override;
  int side(ActorId actor, law::ConflictKey conflict) const override;
  law::Government government(ActorId state) const override;
  law::Claimant recognises(ActorId who, ActorId state) const override;
  law::Place territory(ActorId state) const override;
  double forces(ActorId actor) const override;
  double free_forces(ActorId actor) const override;
  bool affords(ActorId member, law::Obligation level) const override;
  law::Reach reach(ActorId member, const law::Place& place, ActorId against) const override;
  double power_change(ActorId member, PactId pact, Date signature) const override;
  bool institutional_change(ActorId member, PactId pact, Date signature) const override;
  double resolve(ActorId actor) const override;
  double cost(ActorId member, const law::Act& act, law::Obligation level) const override;
  double shared_threat(ActorId a, ActorId b, ActorId adversary) const override;
  std::optional<double> comes_after(ActorId member) const override;
  bool parliament_consents(ActorId member) const override;
  double request_probability(ActorId victim, const law::Act& act, PactId pact) const override;
  bool attends(ActorId member, PactId pact) const override;
  double vote_bias(ActorId member, PactId pact, ActorId beneficiary, ActorId against,
                   law::Obligation level) const override;
  double honour_bias(ActorId member, const law::Act& act, PactId pact) const override;

 private:
  const PartyFacts& of(ActorId actor) const { return situation_.parties[actor.row()]; }
  const VoteRule* rule(ActorId member, PactId pact) const;
  /// What a member's vote would rest on without a rule; it is what a rule has to outweigh.
  double interest(ActorId member, ActorId beneficiary, ActorId against,
                  law::Obligation level) const;

  const Situation& situation_;
  std::vector<law::Fight> fights_;
  std::vector<law::Side> sides_;
};

}  // namespace casus::casebook
