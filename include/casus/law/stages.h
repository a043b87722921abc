#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/random.h"
#include "casus/core/weighed.h"
#include "casus/law/act.h"
#include "casus/law/facts.h"
#include "casus/law/memory.h"
#include "casus/law/pact_index.h"
#include "casus/law/settings.h"

/// The stages of the law one by one. Each is a function of what it is given and changes nothing, so
/// that it can be tested, and replaced, alone.
namespace casus::law {

/// Who fights whom so far: the snapshot's wars and those of the waves already resolved.
class CASUS_API Fronts {
 public:
  virtual ~Fronts() = default;
  virtual Hostility hostility(ActorId first, ActorId second) const = 0;
  virtual bool fighting(ActorId a, ActorId b) const = 0;
  /// They fight, and did so before the acts that are looked at together.
  virtual bool fought_before(ActorId a, ActorId b) const { return fighting(a, b); }
  /// Since when `party` has been at war in this conflict.
  virtual std::optional<Date> war_since(ActorId party, ConflictKey conflict) const = 0;
  virtual int side(ActorId actor, ConflictKey conflict) const = 0;
  /// `second` attacked `first` as a helper, by its own choice.
  virtual bool joined_against(ActorId first, ActorId second) const = 0;
  /// States that attack the victim; not those that it attacked itself.
  virtual std::size_t state_attackers(ActorId victim) const = 0;
  /// States at war with it, whoever attacked.
  virtual std::size_t state_enemies(ActorId victim) const = 0;
};

/// The fronts as the facts have them, before any wave.
class CASUS_API SnapshotFronts final : public Fronts {
 public:
  explicit SnapshotFronts(const Facts& facts) : facts_(facts) {}
  Hostility hostility(ActorId first, ActorId second) const override;
  bool fighting(ActorId a, ActorId b) const override;
  std::optional<Date> war_since(ActorId party, ConflictKey conflict) const override;
  int side(ActorId actor, ConflictKey conflict) const override;
  bool joined_against(ActorId first, ActorId second) const override;
  std::size_t state_attackers(ActorId victim) const override;
  std::size_t state_enemies(ActorId victim) const override;

 private:
  const Facts& facts_;
};

/// All that a stage may look at.
struct Context {
  const PactIndex& index;
  const Facts& facts;
  const Settings& settings;
  const Fronts& fronts;
  const DecisionMemory* memory = nullptr;  ///< nullptr: nothing was decided before
  Replicate replicate{};
  std::uint32_t step = 0;
  /// For who looks ahead and has decided nothing: what has been recognised and authorised.
  const DecisionMemory* known = nullptr;
};

struct Attribution {
  bool yes = false;
  Reason reason = Reason::none;
  ActorId author{};  ///< a sponsor where the author is unknown
  ActorId victim{};
  bool sponsor_proven = false;
  bool sponsor_apart = false;  ///< shown, and not as close to the act as the doctrine asks
  bool host_proven = false;
  double sponsor_draw = -1.0, host_draw = -1.0;  ///< of what was to be shown; none: below zero
  Posture posture = Posture::attack;
  bool authorised = false;      ///< by the Security Council
  bool countermeasure = false;  ///< answers a breach of what was owed to its author, without force
  bool out_of_proportion = false;  ///< an answer that goes further than the doctrine lets it
  bool by_right = false;  ///< that a pact gives, to act on the soil or for the sake of a party
  bool goes_on = false;  ///< an occupation that an armistice has left in place: no new act of force
  ConflictKey conflict{};
  Date
      war_begun{};  ///< when the war began that the act belongs to; the day of the act if it is one
};

struct Coverage {
  bool yes = false;
  Reason reason = Reason::none;
  std::uint8_t progress = 0;  ///< conditions met before the one that failed
  ActorId beneficiary{};
  ActorId adversary{};
  bool by_sponsor = false;   ///< the adversary is the sponsor or host
  ActorId accomplices[2]{};  ///< sponsor and host, where shown as well as the article asks
};

struct Invocation {
  bool yes = false;
  Reason reason = Reason::none;
  double probability = 1.0;
  Obligation cap = Obligation::war;  ///< the most an organ has adopted
  bool voted = false;                ///< an organ took a decision now
  bool asked_now = false;            ///< the request was drawn now
  double draw = -1.0;                ///< of the request; none: below zero
};

struct Owed {
  bool yes = false;
  Reason reason = Reason::none;
  ObligationSet set{};
  Obligation level = Obligation::none;
};

struct Ability {
  bool yes = false;
  Reason reason = Reason::none;
  Obligation level = Obligation::none;
  double people = 0.0;
};

struct Willingness {
  double logit = 0.0;
  double probability = 0.0;
  /// What the logit is the sum of, by kind of term: those up to weariness.
  std::array<double, static_cast<std::size_t>(TermKind::weariness) + 1> terms{};
};

/// A pact's clause applied to an act.
struct Case {
  const Act& act;
  const Attribution& who;
  std::uint32_t pact = 0;
  const Clause& clause;
};

CASUS_API Attribution attribute(const Act& act, const Context& context);
CASUS_API Coverage cover(const Case& c, const Context& context);
CASUS_API Invocation invoke(const Case& c, const Coverage& coverage, const Context& context);
/// `slot`: of the member in the pact.
CASUS_API Owed oblige(const Case& c, const Coverage& coverage, const Invocation& invocation,
                      std::uint32_t slot, const Context& context);
CASUS_API Ability able(const Case& c, const Coverage& coverage, const Owed& owed,
                       std::uint32_t slot, const Context& context);
CASUS_API Willingness willing(const Case& c, const Coverage& coverage, const Invocation& invocation,
                              std::uint32_t slot, Obligation level, const Context& context);
/// What the promise of a clause, made to the adversary, weighs against a duty to help (logit).
CASUS_API double restraint(const Case& c, const Coverage& coverage, std::uint32_t slot,
                           const Context& context);
/// The level a member goes to that honours: the second draw against the reluctances.
CASUS_API Obligation chosen_level(ObligationSet set, Obligation cap, double logit, double draw,
                                  const Settings& settings);
/// Days until help arrives; `draw` uniform on (0, 1).
CASUS_API double delay(Obligation level, double draw, const Organ* organ, const Settings& settings);

/// The stages in use.
struct Stages {
  decltype(&law::attribute) attribute = &law::attribute;
  decltype(&law::cover) cover = &law::cover;
  decltype(&law::invoke) invoke = &law::invoke;
  decltype(&law::oblige) oblige = &law::oblige;
  decltype(&law::able) able = &law::able;
  decltype(&law::willing) willing = &law::willing;
};

}  // namespace casus::law
