#include "law/battlefield.h"

#include <algorithm>
#include <utility>

#include "law/keys.h"

namespace casus::law {

Hostility SnapshotFronts::hostility(ActorId first, ActorId second) const {
  return first.valid() && second.valid() && first != second ? facts_.hostility(first, second)
                                                            : Hostility{};
}
bool SnapshotFronts::fighting(ActorId a, ActorId b) const { return hostility(a, b).at_war; }
std::optional<Date> SnapshotFronts::war_since(ActorId party, ConflictKey conflict) const {
  return party.valid() ? facts_.war_since(party, conflict) : std::nullopt;
}
int SnapshotFronts::side(ActorId actor, ConflictKey conflict) const {
  return actor.valid() ? facts_.side(actor, conflict) : 0;
}
bool SnapshotFronts::joined_against(ActorId first, ActorId second) const {
  const Hostility h = hostility(first, second);
  return h.at_war && h.second_joined;
}
std::size_t SnapshotFronts::state_attackers(ActorId victim) const {
  return victim.valid() ? facts_.state_attackers(victim) : 0;
}

std::size_t SnapshotFronts::state_enemies(ActorId victim) const {
  return victim.valid() ? facts_.state_enemies(victim) : 0;
}

Battlefield::Battlefield(const Facts& facts, const Settings& settings, const DecisionMemory* memory)
    : facts_(facts),
      settings_(settings),
      memory_(memory),
      any_lawful_(memory && memory->find(lawful_force, {}, {})) {}

std::uint64_t Battlefield::pair(ActorId a, ActorId b) {
  const std::uint64_t x = std::min(a.row(), b.row()), y = std::max(a.row(), b.row());
  return x << 32 | y;
}

const Fight* Battlefield::find(ActorId a, ActorId b) const {
  if (fights_.empty()) return nullptr;
  const std::size_t* row = fight_of_.find(pair(a, b));
  return row ? &fights_[*row] : nullptr;
}

Obligation Battlefield::lawful_of(ActorId by, ActorId against) const {
  if (!any_lawful_ || !memory_ || !by.valid() || !against.valid()) return Obligation::none;
  const Remembered* r = memory_->find(
      lawful_force, force_memory({key_of(facts_, by)}, {key_of(facts_, against)}), {});
  return r && !r->withdrawn ? r->given : Obligation::none;
}

/// What the Council allowed was no attack, and is none when it is allowed no longer; to answer it
/// was.
Hostility Battlefield::hostility(ActorId first, ActorId second) const {
  Hostility h = as_fought(first, second);
  if (!any_lawful_ || h.settled != Settlement::none) return h;
  const Obligation of_first = lawful_of(first, second), of_second = lawful_of(second, first);
  if (of_second != Obligation::none) h.second_began = h.second_shelters = false;
  if (of_first == Obligation::war) h.second_began = true;
  h.lawful = of_first == Obligation::troops || of_second == Obligation::troops;
  return h;
}

Hostility Battlefield::as_fought(ActorId first, ActorId second) const {
  if (!first.valid() || !second.valid() || first == second) return {};
  Hostility h = facts_.hostility(first, second);
  const Fight* f = find(first, second);
  if (!f) return h;
  const bool same = f->first == first;
  if (f->settled_on) h = {};
  if (f->settled != Settlement::none) {
    h.conflict = f->conflict;
    h.settled = f->settled;
    h.settled_on = f->settled_on;
    return h;
  }
  if (f->arrives) h.arrives = f->arrives;
  const bool known = h.at_war || h.second_began;
  const bool goes_on = h.at_war && !h.last_force;
  if (!h.at_war && f->war) {
    h.at_war = true;
    h.since = f->since;
    h.second_joined = same ? f->second_joined : f->first_joined;
  }
  if (!known || (h.last_force && lapsed(h, f->since, settings_))) {
    h.second_began = same ? !f->first_began : f->first_began;
    h.since = f->since;
    h.second_shelters = f->shelters && h.second_began;
  } else if (!f->shelters) {
    h.second_shelters = false;
  }
  if (h.conflict.value == 0) h.conflict = f->conflict;
  if (!goes_on) {
    h.last_force = f->last;
    const Date* last = last_.find(f->conflict.value);
    if (last) h.last_force = std::max(*h.last_force, *last);
  }
  return h;
}

bool Battlefield::fighting(ActorId a, ActorId b) const {
  if (!a.valid() || !b.valid() || a == b) return false;
  const Fight* f = find(a, b);
  if (f && f->settled_on) return f->war && f->settled == Settlement::none;
  return (f && f->war) || facts_.hostility(a, b).at_war;
}

bool Battlefield::fought_before(ActorId a, ActorId b) const {
  return fighting(a, b) && !fresh_.contains(pair(a, b));
}

std::optional<Date> Battlefield::war_since(ActorId party, ConflictKey conflict) const {
  if (!party.valid()) return std::nullopt;
  std::optional<Date> since = facts_.war_since(party, conflict);
  const Date* begun = since_.find(mix(conflict.value, party.row()));
  if (begun) since = since ? std::min(*since, *begun) : *begun;
  return since;
}

int Battlefield::lasting_side(ActorId actor, ConflictKey conflict) const {
  const int* taken = taken_.find(mix(conflict.value, actor.row()));
  return taken ? *taken : facts_.side(actor, conflict);
}

int Battlefield::side(ActorId actor, ConflictKey conflict) const {
  if (!actor.valid()) return 0;
  if (const int lasting = lasting_side(actor, conflict); lasting != 0) return lasting;
  const int* stance = stances_.find(mix(conflict.value, actor.row()));
  return stance ? *stance : 0;
}

void Battlefield::take_side(ActorId actor, ConflictKey conflict, int side, bool lasting) {
  if (!actor.valid() || side == 0) return;
  const std::uint64_t key = mix(conflict.value, actor.row());
  if (!lasting) {
    stances_.try_emplace(key, side);
  } else if (lasting_side(actor, conflict) == 0) {
    taken_.try_emplace(key, side);
    sides_.push_back({actor, conflict, side});
  }
}

bool Battlefield::joined_against(ActorId first, ActorId second) const {
  if (!first.valid() || !second.valid() || first == second) return false;
  const Fight* f = find(first, second);
  if (f && f->settled != Settlement::none) return false;
  if (f && (f->first == second ? f->first_joined : f->second_joined)) return true;
  if (f && f->settled_on) return false;
  const Hostility h = facts_.hostility(first, second);
  return h.at_war && h.second_joined;
}

std::size_t Battlefield::state_attackers(ActorId victim) const {
  if (!victim.valid()) return 0;
  const std::ptrdiff_t* more = attackers_.find(victim.row());
  std::size_t count = facts_.state_attackers(victim);
  if (more) count += static_cast<std::size_t>(*more);
  if (!any_lawful_) return count;
  // Who uses the force that the Council has allowed is none of them, and who answers it is.
  for (std::size_t i = 0; i < facts_.party_count(); ++i) {
    const ActorId other{i};
    const Hostility h = as_fought(victim, other);
    if (!h.at_war || facts_.party(other).kind != PartyKind::state) continue;
    if (joined_against(other, victim)) continue;  // it came to help, and was not attacked for that
    const bool attacks = hostility(victim, other).second_began;
    if (attacks != h.second_began) attacks ? ++count : --count;
  }
  return count;
}

std::size_t Battlefield::state_enemies(ActorId victim) const {
  if (!victim.valid()) return 0;
  const std::ptrdiff_t* more = enemies_.find(victim.row());
  const std::size_t known = facts_.state_enemies(victim);
  return more ? known + static_cast<std::size_t>(*more) : known;
}

/// Forces that a government asked for make no war with a state that only stands against it. With a
/// group that fights on its soil, and with whoever fights it already, they are at war.
bool Battlefield::goes_to_war(const Act& act, const Attribution& who) const {
  if (makes_war(act, settings_)) return true;
  if (act.kind != ActKind::intervention || who.victim == act.place.sovereign) return false;
  const ActorId helped = act.on_behalf_of.valid() ? act.on_behalf_of : act.place.sovereign;
  return helped != who.victim &&
         (facts_.party(who.victim).kind == PartyKind::armed_group || fighting(helped, who.victim));
}

void Battlefield::record(const Use& use) {
  const Hostility before = hostility(use.by, use.against);
  const auto [row, added] = fight_of_.try_emplace(pair(use.by, use.against), fights_.size());
  if (added) {
    Fight f{.first = use.by, .second = use.against, .conflict = use.conflict, .since = use.date};
    f.war = before.at_war;
    f.first_began = use.by_began;
    f.shelters = use.shelters;
    fights_.push_back(f);
  }
  Fight& f = fights_[row];
  const bool by_first = f.first == use.by;
  if (before.settled != Settlement::none) {  // who breaks it attacks anew
    f = {.first = f.first, .second = f.second, .conflict = use.conflict, .since = use.date};
    f.war = false;
    f.first_began = by_first == use.by_began;
    f.shelters = use.shelters;
    f.settled_on = before.settled_on;
  }
  f.shelters = f.shelters && use.shelters;
  if (!answers_ && lapsed(before, use.date, settings_)) {
    f.since = use.date;
    f.first_began = by_first == use.by_began;
  }
  if (use.war && !before.at_war) {
    f.war = true;
    f.since = use.date;
    (by_first ? f.first_joined : f.second_joined) = use.joined;
  }
  f.last = f.last ? std::max(*f.last, use.date) : use.date;
  Date& last = last_.try_emplace(use.conflict.value, use.date).first;
  last = std::max(last, use.date);
  if (!use.war) return;
  if (!before.at_war) {
    fresh_.try_emplace(pair(use.by, use.against), 1);
    for (const auto& [x, y] : {std::pair(use.by, use.against), std::pair(use.against, use.by)}) {
      if (facts_.party(x).kind == PartyKind::state) ++enemies_[y.row()];
    }
  }
  for (const ActorId party : {use.by, use.against}) {
    since_.try_emplace(mix(use.conflict.value, party.row()), use.date);
  }
  const ActorId attacker = use.by_began ? use.by : use.against;
  const ActorId attacked = use.by_began ? use.against : use.by;
  // Who was attacked because it came to help attacked by its own choice.
  const bool chosen = use.joined && !use.by_began;
  if (!before.at_war && !chosen && facts_.party(attacker).kind == PartyKind::state) {
    ++attackers_[attacked.row()];
  }
}

void Battlefield::note(const Act& act, const Attribution& who) {
  if (!who.yes || who.goes_on || who.author == who.victim) return;
  const bool defends = in_defence(who.posture);
  const bool war = goes_to_war(act, who);
  const bool force = war || first_force(act, settings_);
  int begun = defends ? 2 : 1;
  // Whoever stands on a side already fights for it; but an old quarrel is not what begins anew.
  if (answers_ || !lapsed(hostility(who.author, who.victim), act.date, settings_)) {
    const auto known = [&](ActorId a) {
      return force ? lasting_side(a, who.conflict) : side(a, who.conflict);
    };
    const int author = known(who.author), victim = known(who.victim);
    begun = author != 0 ? author : victim != 0 ? 3 - victim : begun;
  }
  // Lawful force is on neither side of who began: that is whoever uses other force first.
  const bool lasts = war && !who.authorised;
  take_side(who.author, who.conflict, begun, lasts);
  take_side(who.victim, who.conflict, 3 - begun, lasts);
  if (!force) return;
  const bool helps = act.on_behalf_of.valid() && act.on_behalf_of != who.author;
  record({who.author, who.victim, who.conflict, act.date, war, begun == 1, helps});
  if (helps && war) {
    take_side(act.on_behalf_of, who.conflict, begun, lasts);
    // Whom others defend against its attacker is at war with it, be it attacked by other hands.
    if (who.posture == Posture::collective_defence && !fighting(act.on_behalf_of, who.victim)) {
      record({act.on_behalf_of, who.victim, who.conflict, act.date, true, false, false});
    }
  }
  // Who sent the band, or lent its soil to another state, has used force by other hands, and stands
  // where they stand. Who shelters a band may be answered as well.
  const auto behind = [&](ActorId party, bool proven, bool shelters) {
    if (!proven || party == who.author || party == who.victim || defends) return;
    if (!armed_attack(act, settings_)) return;
    if (!shelters) take_side(party, who.conflict, begun, !who.authorised);
    record({party, who.victim, who.conflict, act.date, false, begun == 1, false, shelters});
  };
  behind(act.sponsor, who.sponsor_proven, false);
  behind(act.host, who.host_proven,
         act.host != act.sponsor && facts_.party(who.author).kind == PartyKind::armed_group);
}

void Battlefield::join(const Commitment& help, Date date) {
  if (!armed(help.level) || help.beneficiary == help.against) return;
  if (help.footing != Footing::fights) {
    take_side(help.member, help.conflict, side(help.beneficiary, help.conflict), false);
    return;
  }
  const int camp = side(help.beneficiary, help.conflict);
  take_side(help.member, help.conflict, camp, true);
  const bool began =
      camp != 0 ? camp == 1 : !hostility(help.beneficiary, help.against).second_began;
  if (!fighting(help.beneficiary, help.against)) {
    record({help.beneficiary, help.against, help.conflict, date, true, began, false});
  }
  if (!fighting(help.member, help.against)) {
    record({help.member, help.against, help.conflict, date, true, began, true});
    fights_[fight_of_[pair(help.member, help.against)]].arrives = arrival(help, date);
  }
}

}  // namespace casus::law
