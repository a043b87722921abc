#pragma once

#include <optional>
#include <vector>

#include "casus/law/facts.h"
#include "casus/sim/mechanism.h"

namespace casus {

/// The world as the law asks about it. One snapshot: build it when the acts of a step are decided
/// and drop it before anything changes.
class WorldFacts final : public law::Facts {
 public:
  explicit WorldFacts(const StepView& context);

  std::optional<Date> today() const override { return date_; }
  std::size_t party_count() const override { return world_.actors.size(); }
  law::Party party(ActorId actor) const override;
  law::Government government(ActorId state) const override;
  double affinity(ActorId from, ActorId to) const override;
  law::Hostility hostility(ActorId first, ActorId second) const override;
  std::size_t state_enemies(ActorId actor) const override;
  std::size_t state_attackers(ActorId actor) const override;
  std::optional<Date> war_since(ActorId party, law::ConflictKey conflict) const override;
  double forces(ActorId actor) const override;
  double free_forces(ActorId actor) const override;
  bool affords(ActorId member, law::Obligation level) const override;
  law::Reach reach(ActorId member, const law::Place& place, ActorId against) const override;
  double power_change(ActorId member, PactId pact, Date signature) const override;
  bool institutional_change(ActorId member, PactId pact, Date signature) const override;
  double resolve(ActorId actor) const override;
  double cost(ActorId member, const law::Act& act, law::Obligation level) const override;
  double shared_threat(ActorId a, ActorId b, ActorId adversary) const override;
  double request_probability(ActorId victim, const law::Act& act, PactId pact) const override;
  double reputation(ActorId observer, ActorId member) const override;
  double vote_bias(ActorId member, PactId pact, ActorId beneficiary, ActorId against,
                   law::Obligation level) const override;

  /// Replaces what interest says in a vote: the logit of each actor's support.
  void set_votes(std::vector<double> logits) { votes_ = std::move(logits); }

  law::Place place(RegionId region) const;

 private:
  double all_forces(ActorId actor) const;
  double free_of(ActorId actor, double forces) const;
  bool borders_place(ActorId member, const law::Place& place) const;
  bool borders_host(ActorId member, const law::Place& place, ActorId against) const;
  law::Route route(ActorId member, const law::Place& place, ActorId against) const;
  double called_for(RegionId where) const;

  const World& world_;
  const ScenarioData& scenario_;
  Date date_;
  double day_;
  const LawRules& rules_;
  std::vector<double> forces_, free_;  ///< of all but armed groups
  std::vector<std::uint32_t> enemies_, attackers_;
  std::vector<double> votes_;
};

/// The place of a region, as the law sees it.
law::Place place_of(const World& world, const ScenarioData& scenario, RegionId region);

}  // namespace casus
