#include <cstddef>
#include <cstdint>
#include <utility>

#include "casus/law/membership.h"
#include "law/keys.h"
#include "law/wrongs.h"

// Armistice and peace: what they end, and whom they wrong.

namespace casus::law {

void Battlefield::settle(ActorId a, ActorId b, Settlement how, Date date) {
  const Hostility h = as_fought(a, b), back = as_fought(b, a);
  if (h.conflict.value == 0 || h.settled >= how) return;
  const auto [row, added] = fight_of_.try_emplace(pair(a, b), fights_.size());
  if (added) {
    fights_.push_back({.first = a, .second = b, .conflict = h.conflict, .war = h.at_war});
    fights_.back().since = h.since.value_or(date);
  }
  Fight& f = fights_[row];
  f.war = f.war && how == Settlement::armistice;
  f.settled = how;
  f.settled_on = date;
  f.last = date;
  f.arrives.reset();
  if (!h.at_war) return;
  // They are no longer among the enemies that an article counts.
  const auto uncount = [&](ActorId of, ActorId enemy, const Hostility& seen, bool chosen) {
    if (facts_.party(enemy).kind != PartyKind::state) return;
    --enemies_[of.row()];
    if (seen.second_began && !chosen) --attackers_[of.row()];
  };
  uncount(a, b, h, back.second_joined);
  uncount(b, a, back, h.second_joined);
}

void Battlefield::settle(const Act& act, const Attribution& who) {
  if (!who.yes || who.author == who.victim) return;
  const bool peace = act.kind == ActKind::peace;
  settle(who.author, who.victim, peace ? Settlement::peace : Settlement::armistice, act.date);
  if (!peace) return;
  call_off(who.author, who.victim, who.conflict, act.date);
  call_off(who.victim, who.author, who.conflict, act.date);
}

/// Who was to help one that has made peace, and has not come yet, makes no war; unless another
/// whom the enemy fights is still to be helped.
void Battlefield::call_off(ActorId helped, ActorId enemy, ConflictKey conflict, Date date) {
  const int camp = side(helped, conflict);
  const auto in_camp = [&](ActorId party) {
    return party != helped && party != enemy && side(party, conflict) == camp &&
           fighting(party, enemy);
  };
  const std::size_t parties = facts_.party_count();
  for (std::size_t i = 0; i < parties; ++i) {
    const ActorId other{i};
    if (in_camp(other) && !hostility(enemy, other).second_joined) return;
  }
  for (std::size_t i = 0; i < parties; ++i) {
    const ActorId helper{i};
    if (!in_camp(helper)) continue;
    const Hostility h = hostility(enemy, helper);
    if (h.arrives && *h.arrives > date) settle(helper, enemy, Settlement::peace, date);
  }
}

/// Who has promised to make no separate peace breaks it towards each that still fights the enemy
/// with whom it is made. Those who make peace on the same day make it together.
void Wrongs::separate_peace(std::uint32_t a, std::uint32_t cause) {
  const Act& act = out_.acts[a];
  const Attribution& who = who_[a];
  if (!who.yes || act.agreed) return;
  const std::pair<ActorId, ActorId> makers[] = {{who.author, who.victim}, {who.victim, who.author}};
  for (const auto& [by, with] : makers) {
    const ActorKey memory = peace_memory(facts_.party(by).key);
    for (const Membership& m : index_.of(by)) {
      const Pact& pact = index_.pact(m.pact);
      if (!standing(pact, pact.members[m.slot], act.date).member ||
          memory_.find(pact.key, memory, who.conflict) != nullptr) {
        continue;
      }
      for (const Clause& c : index_.clauses(m.pact)) {
        if (!c.then.abstain.contains(Abstention::separate_peace)) continue;
        if (!means(c.when.by, with, facts_)) continue;
        for (const std::uint32_t slot : order(m.pact)) {
          const Member& other = pact.members[slot];
          if (other.actor == by || other.actor == with || !field_.fighting(other.actor, with) ||
              !standing(pact, other, act.date).member ||
              !promised(index_, m, other, c, {act.date, who.conflict})) {
            continue;
          }
          name_breach({.by = by, .to = other.actor}, {.act = a,
                                                      .cause = cause,
                                                      .pact = m.pact,
                                                      .clause = &c,
                                                      .what = Abstention::separate_peace,
                                                      .weight = act.severity,
                                                      .memory = memory});
        }
      }
    }
  }
}

}  // namespace casus::law
