#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "casus/core/calendar.h"
#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/law/act.h"
#include "casus/law/pact.h"

namespace casus::law {

struct Party {
  ActorKey key{};
  PartyKind kind = PartyKind::state;
};

/// How two parties have stopped fighting. After an armistice they are still at war, and nobody
/// fights; after a peace they are not. Whoever uses force then attacks anew.
enum class Settlement : std::uint8_t { none, armistice, peace };

/// How two parties stand to each other; `first` and `second` as in the question.
struct Hostility {
  bool at_war = false;
  /// Second, or the side it is on, used force against first's side first. That may be by those whom
  /// it sent, or by a blockade: neither makes war by itself, and to answer either is defence.
  bool second_began = false;
  bool second_joined = false;  ///< second entered this war against first by its own choice
  ConflictKey conflict{};      ///< none if there is no hostility
  std::optional<Date> since{};
  std::optional<Date> last_force{};  ///< the last day of it in that conflict; unset: it goes on
  /// While it is kept neither is at war in the sense of the above, and there is nothing to answer.
  Settlement settled = Settlement::none;
  std::optional<Date> settled_on{};
  std::optional<Date> arrives{};  ///< the day that the arms of a helper come; unset: they are there
  bool second_shelters = false;   ///< all that second did is to shelter the band that used force
  /// Neither has used force but such as the Council allowed: neither began, and neither defends.
  bool lawful = false;
};

struct Settings;
/// Is the last force so long past on that day that what is done now does not answer it (see
/// Settings::answer_days)? A war that goes on never is.
CASUS_API bool lapsed(const Hostility& h, Date date, const Settings& settings);

/// Force between two parties in a conflict, as a resolution leaves it behind for the next one.
struct Fight {
  ActorId first, second;
  ConflictKey conflict{};
  Date since{};
  bool war = true;          ///< false: so far only by proxy, or by a blockade
  bool first_began = true;  ///< or the side it is on
  bool first_joined = false, second_joined = false;  ///< entered by their own choice, to help
  std::optional<Date> last{};                        ///< the last day of force; unset: it goes on
  /// While it is kept; `war` is then whether they are still at war in name.
  Settlement settled = Settlement::none;
  std::optional<Date> settled_on{};  ///< the last time; what was before it counts no more
  std::optional<Date> arrives{};     ///< of a helper's arms, if they were not there at once
  bool shelters = false;  ///< of who began, without war: so far it has but sheltered a band
};

/// A party's camp in a conflict: 1 began it, 2 was attacked.
struct Side {
  ActorId party;
  ConflictKey conflict{};
  int side = 0;
};

/// Who speaks for a state.
struct Government {
  bool ousted = false;            ///< the lawful government has been removed
  bool incumbent_can_ask = true;  ///< it can still make itself heard
  /// The facts say who governs. Else it is the lawful government until a coup among the acts.
  bool known = true;
};

/// Whether, and how, forces can get to a place.
struct Reach {
  Route route = Route::border;     ///< none: they cannot
  Reason obstacle = Reason::none;  ///< no_route, transit_refused or lift_limit where route is none
  double capacity = 1e12;          ///< people that can be brought there
  /// People whom the mission asks for: what one member sends where nothing was pledged, and all who
  /// contribute to a common force together, at most.
  double called_for = 1e12;
  double there = 0.0;  ///< of its people, who have come to the country already
};

/// How the law asks about the world. One resolution sees one snapshot: answers must not change
/// while it runs, and must depend on the parties asked about, never on their rows. Defaults
/// describe a world in which nothing stands in the way; a small model answers only what it knows.
class CASUS_API Facts {
 public:
  Facts() = default;
  Facts(const Facts&) = default;
  Facts& operator=(const Facts&) = default;
  virtual ~Facts() = default;

  /// The day of the snapshot, on which the law looks at terms though nothing is done. Default: only
  /// the days of acts are looked at.
  virtual std::optional<Date> today() const;

  virtual std::size_t party_count() const = 0;
  virtual Party party(ActorId actor) const = 0;

  /// [-1, 1], how well `from` is disposed to `to`. Default 0.
  virtual double affinity(ActorId from, ActorId to) const;
  /// Default: not at war.
  virtual Hostility hostility(ActorId first, ActorId second) const;
  /// States at war with `actor` now. Default 0.
  virtual std::size_t state_enemies(ActorId actor) const;
  /// Those of them that attack `actor`: at war with it, and not because its side attacked theirs.
  /// Default: all of them.
  virtual std::size_t state_attackers(ActorId actor) const;
  /// Since when `party` has been at war in this conflict. Default: it has not.
  virtual std::optional<Date> war_since(ActorId party, ConflictKey conflict) const;
  /// The side of `actor` in a conflict: 1 began it, 2 was attacked, 0 neither. Default 0.
  virtual int side(ActorId actor, ConflictKey conflict) const;
  virtual Government government(ActorId state) const;
  /// Which of two governments of a state `who` recognises. Default: it has not said.
  virtual Claimant recognises(ActorId who, ActorId state) const;
  /// Its core territory, for acts against it. Default: a place whose sovereign it is.
  virtual Place territory(ActorId state) const;

  /// People under arms. Default 10,000.
  virtual double forces(ActorId actor) const;
  /// Those not tied down. Default: all.
  virtual double free_forces(ActorId actor) const;
  /// It can pay for help of this level. Default true.
  virtual bool affords(ActorId member, Obligation level) const;
  virtual Reach reach(ActorId member, const Place& place, ActorId against) const;

  /// Relative change of the member's power since it signed: 0.12 is 12 % more. Default 0.
  virtual double power_change(ActorId member, PactId pact, Date signature) const;
  /// Its domestic institutions changed since then: a coup, a revolution, a new constitution.
  virtual bool institutional_change(ActorId member, PactId pact, Date signature) const;
  /// Will to go on, [0, 1]; 1 - resolve is war-weariness. Default 1.
  virtual double resolve(ActorId actor) const;
  /// What help of this level would cost the member, as a share of what it can bear. Default 0.
  virtual double cost(ActorId member, const Act& act, Obligation level) const;
  /// Danger both face from the same adversary, [0, 1]. Default 0.
  virtual double shared_threat(ActorId a, ActorId b, ActorId adversary) const;

  /// Days until the help of this member comes. Default: unset, as the settings have it.
  virtual std::optional<double> comes_after(ActorId member) const;
  /// Its parliament agrees that arms are sent, where that is needed. Default true.
  virtual bool parliament_consents(ActorId member) const;

  /// Probability that the victim asks for help under this pact. Default 1.
  virtual double request_probability(ActorId victim, const Act& act, PactId pact) const;
  /// Takes its seat in the pact's organs. Default true.
  virtual bool attends(ActorId member, PactId pact) const;
  /// Added to the logit of a member's vote. Default 0.
  virtual double vote_bias(ActorId member, PactId pact, ActorId beneficiary, ActorId against,
                           Obligation level) const;
  /// Added to the logit of honour: what the scenario knows of this member and case. Default 0.
  virtual double honour_bias(ActorId member, const Act& act, PactId pact) const;
  /// Added by `observer` to the logit it expects of `member`: its belief. Default 0.
  virtual double reputation(ActorId observer, ActorId member) const;
};

}  // namespace casus::law
