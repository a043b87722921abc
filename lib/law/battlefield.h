#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/law/resolve.h"
#include "casus/law/stages.h"
#include "law/key_map.h"

namespace casus::law {

/// The day on which help for what happened on `date` is there.
Date arrival(const Commitment& help, Date date);

/// The wars of the snapshot and what the acts and the cascade have added.
class Battlefield final : public Fronts {
 public:
  /// `memory`: who has used force that was lawful; nullptr: nobody.
  Battlefield(const Facts& facts, const Settings& settings, const DecisionMemory* memory);

  Hostility hostility(ActorId first, ActorId second) const override;
  bool fighting(ActorId a, ActorId b) const override;
  bool fought_before(ActorId a, ActorId b) const override;
  std::optional<Date> war_since(ActorId party, ConflictKey conflict) const override;
  int side(ActorId actor, ConflictKey conflict) const override;
  bool joined_against(ActorId first, ActorId second) const override;
  std::size_t state_attackers(ActorId victim) const override;
  std::size_t state_enemies(ActorId victim) const override;

  /// An act sets the sides of its conflict; by force it leaves them behind. Who makes war by it
  /// fights from now on, so that it is not asked later to enter the war it is in; who stands behind
  /// it has used force, and may be answered.
  void note(const Act& act, const Attribution& who);
  /// A helper takes the side of its beneficiary; where its arms enter a war it is in it from now
  /// on.
  void join(const Commitment& help, Date date);
  /// An armistice or a peace between the two. Help that was promised in a war that ends by it, and
  /// has not come by then, no longer comes: who promised it makes no war (peace.cpp).
  void settle(const Act& act, const Attribution& who);
  /// Acts of a later day: who merely threatened or demanded before has taken no side by it.
  void next_day() { stances_.clear(); }
  /// Lawful force has been remembered (Tally::weigh_lawful).
  void lawful_used() { any_lawful_ = true; }
  /// How force of the one against the other stands that was lawful; none: it was not, or there was
  /// none.
  Obligation lawful_of(ActorId by, ActorId against) const;
  /// What is noted from now on is simultaneous; help that answers what is noted already (`answers`)
  /// is no new quarrel, however long it takes to come.
  void next_wave(bool answers) {
    fresh_.clear();
    answers_ = answers;
  }

  /// What force has left behind, in the order in which it was used.
  const std::vector<Fight>& fights() const { return fights_; }
  const std::vector<Side>& sides() const { return sides_; }

 private:
  /// Of a use of force.
  struct Use {
    ActorId by, against;
    ConflictKey conflict{};
    Date date{};
    bool war = true;
    bool by_began = true;   ///< or the side it is on
    bool joined = false;    ///< to help, by its own choice
    bool shelters = false;  ///< no force but that of a band on its soil
  };
  static std::uint64_t pair(ActorId a, ActorId b);
  const Fight* find(ActorId a, ActorId b) const;
  Hostility as_fought(ActorId first, ActorId second) const;
  int lasting_side(ActorId actor, ConflictKey conflict) const;
  void take_side(ActorId actor, ConflictKey conflict, int side, bool lasting);
  bool goes_to_war(const Act& act, const Attribution& who) const;
  void record(const Use& use);
  void settle(ActorId a, ActorId b, Settlement how, Date date);
  void call_off(ActorId helped, ActorId enemy, ConflictKey conflict, Date date);

  const Facts& facts_;
  const Settings& settings_;
  const DecisionMemory* memory_;
  bool any_lawful_ = false;
  bool answers_ = false;
  std::vector<Fight> fights_;
  std::vector<Side> sides_;
  KeyMap<std::size_t> fight_of_;                ///< of a pair, the row
  KeyMap<int> taken_, stances_;                 ///< sides: by force, by words
  KeyMap<Date> last_;                           ///< day of force in a conflict
  KeyMap<Date> since_;                          ///< of a party in a conflict
  KeyMap<std::ptrdiff_t> attackers_, enemies_;  ///< states, of a party: more or less
  KeyMap<char> fresh_;                          ///< pairs at war since this wave
};

}  // namespace casus::law
