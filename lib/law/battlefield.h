#pragma once

#include <cstdint>
#include <map>
#include <set>

#include "casus/law/stages.h"

namespace casus::law {

/// The wars of the snapshot and those the cascade has added. Looked up, never iterated.
class Battlefield final : public Fronts {
 public:
  Battlefield(const Facts& facts, const Settings& settings) : facts_(facts), settings_(settings) {}

  bool fighting(ActorId a, ActorId b) const override {
    if (!a.valid() || !b.valid() || a == b) return false;
    return (!fights_.empty() && fights_.contains(pair(a, b))) || facts_.hostility(a, b).at_war;
  }
  int side(ActorId actor, ConflictKey conflict) const override {
    if (!actor.valid()) return 0;
    const auto it = sides_.find(mix(conflict.value, actor.row()));
    return it != sides_.end() ? it->second : facts_.side(actor, conflict);
  }
  bool joined_against(ActorId first, ActorId second) const override {
    if (!first.valid() || !second.valid() || first == second) return false;
    if (joined_.contains(pair(second, first))) return true;
    const Hostility h = facts_.hostility(first, second);
    return h.at_war && h.second_joined;
  }
  std::size_t state_adversaries(ActorId victim) const override {
    const auto it = adversaries_.find(victim.row());
    return facts_.state_enemies(victim) + (it == adversaries_.end() ? 0 : it->second);
  }

  /// An act sets the sides of its conflict. Who makes war by it fights from now on, so that it is
  /// not asked later to enter the war it is in; a state's attack counts as one by one more state.
  void note(const Act& act, const Attribution& who) {
    if (!who.yes || who.author == who.victim) return;
    const int author = side(who.author, who.conflict), victim = side(who.victim, who.conflict);
    const bool defends =
        who.posture == Posture::self_defence || who.posture == Posture::collective_defence;
    const int begun = author != 0 ? author : victim != 0 ? 3 - victim : defends ? 2 : 1;
    set_side(who.author, who.conflict, begun);
    set_side(who.victim, who.conflict, 3 - begun);
    if (!makes_war(act, settings_)) return;
    fights_.insert(pair(who.author, who.victim));
    fights_.insert(pair(who.victim, who.author));
    if (act.kind != ActKind::intervention && facts_.party(who.author).kind == PartyKind::state &&
        counted_.insert(pair(who.author, who.victim)).second &&
        !facts_.hostility(who.victim, who.author).at_war) {
      ++adversaries_[who.victim.row()];
    }
  }
  /// A helper takes the side of its beneficiary; with arms it is at war from now on.
  void join(ActorId helper, ActorId beneficiary, ActorId against, ConflictKey conflict, bool arms) {
    if (!arms || beneficiary == against) return;
    set_side(helper, conflict, side(beneficiary, conflict));
    fights_.insert(pair(helper, against));
    fights_.insert(pair(against, helper));
    joined_.insert(pair(helper, against));
  }

 private:
  static std::uint64_t pair(ActorId a, ActorId b) {
    return static_cast<std::uint64_t>(a.row()) << 32 | b.row();
  }
  void set_side(ActorId actor, ConflictKey conflict, int side) {
    if (side != 0) sides_.try_emplace(mix(conflict.value, actor.row()), side);
  }

  const Facts& facts_;
  const Settings& settings_;
  std::set<std::uint64_t> fights_, joined_, counted_;
  std::map<std::uint64_t, int> sides_;
  std::map<std::uint64_t, std::size_t> adversaries_;
};

}  // namespace casus::law
