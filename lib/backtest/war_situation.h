#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "casus/backtest/cow.h"
#include "casus/law/act.h"
#include "casus/law/facts.h"
#include "casus/law/pact.h"
#include "casus/law/pact_index.h"
#include "casus/rules/intervention.h"

namespace casus {

/// A war on the eve of its first day, as the law sees it: candidates first, then the originals of
/// side A and of side B.
struct WarSituation {
  struct Party {
    int state = 0;  ///< COW code; 0 for a side whose members the tables do not name
    int side = 0;   ///< 1: A, which attacks; 2: B; 0: candidate
    ActorKey key{};
    double capability = 0.0;
  };
  struct Tie {
    std::uint32_t party = 0;
    double strength = 0.0;
  };

  const CowWar* war = nullptr;
  bool sides_known = false;
  std::size_t candidates = 0;
  std::vector<Party> parties;
  std::vector<law::Pact> pacts;
  std::vector<int> pact_side;                   ///< per pact: of the original it was made with
  std::vector<double> capability_at_signature;  ///< per pact, of the candidate; 0: unknown
  std::vector<bool> institutions_changed;       ///< per pact, of the candidate since signature
  std::vector<law::Act> acts;                   ///< every original of A attacks every one of B
  law::ConflictKey conflict{};
  Date date{};
  /// Per original, which stand behind the candidates: allied with another of its own side, and with
  /// one of the other, by the alliance table of the year before.
  struct OriginalTies {
    bool beside = false, against = false;
  };
  std::vector<OriginalTies> original_ties;
  std::array<double, 2> power{};  ///< of side A and B from the start, CINC
  // Per candidate.
  std::vector<std::array<double, 2>> tie;  ///< to side A and B, [0, 1]
  std::vector<std::array<bool, 2>> bound;  ///< by a pact of `pacts` with side A and B
  std::vector<std::array<bool, 2>> rivalry;
  std::vector<double> distance_km;     ///< to the nearest belligerent, missing ones filled in
  std::vector<double> discount;        ///< rules::distance_discount
  std::vector<std::vector<Tie>> ties;  ///< to other candidates
  std::vector<std::vector<std::uint32_t>> neighbours;  ///< candidates across a land border
};

WarSituation situation_of(const CowWar& war, const CowTables& tables);

/// The war as the law asks about it, in the course of a run: `sides` says who fights by now.
class WarFacts final : public law::Facts {
 public:
  /// `applies`: probability that the terms of a pact with side A, and with side B, apply. Whose
  /// terms apply asks for help, so that is how the law is told.
  WarFacts(const WarSituation& situation, std::array<double, 2> applies);

  std::size_t party_count() const override { return s_.parties.size(); }
  law::Party party(ActorId actor) const override;
  /// Beyond what binds the two: 1 for allies, less 1 for rivals; of a pact that is before the law
  /// itself, nothing.
  double affinity(ActorId from, ActorId to) const override;
  law::Hostility hostility(ActorId first, ActorId second) const override;
  int side(ActorId actor, law::ConflictKey conflict) const override;
  double forces(ActorId actor) const override;
  double power_change(ActorId member, PactId pact, Date signature) const override;
  bool institutional_change(ActorId member, PactId pact, Date signature) const override;
  /// As in scenarios: the share of those who have to be overcome in the power of the two.
  double cost(ActorId member, const law::Act& act, law::Obligation level) const override;
  /// As in scenarios: what the member has against the adversary, with which the partner is at war.
  double shared_threat(ActorId member, ActorId partner, ActorId adversary) const override;
  double request_probability(ActorId victim, const law::Act& act, PactId pact) const override;

  int side(std::size_t party) const { return sides_[party]; }
  void join(std::size_t party, int side) { sides_[party] = side; }
  /// How a candidate is disposed to a side as it is now, [-1, 1].
  double affinity_to_side(std::size_t candidate, int side) const;
  /// What distance takes from the candidate's will; none once a neighbour has joined at whose own
  /// border the war was: fronts spread by land, while who fights far away brings no war home.
  double discount(std::size_t candidate) const;

 private:
  const WarSituation& s_;
  std::array<double, 2> applies_;
  std::vector<int> sides_;
};

}  // namespace casus
