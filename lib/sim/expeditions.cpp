#include "sim/expeditions.h"

#include <algorithm>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/world/forces.h"
#include "sim/acts.h"
#include "sim/gate.h"
#include "sim/law_queries.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose offensive_draw("offensive");
constexpr Purpose word_kept("word_kept");

bool stands_in(const World& w, ActorId a, ActorId state) {
  for (const auto row : w.presences_of(a)) {
    const bool there = w.regions.owner[w.presences.region[row].row()] == state;
    if (there && w.presences.strength[row] >= 1.0) return true;
  }
  return false;
}

/// An army that goes over a border.
struct Offensive {
  std::uint32_t from = ~0U;  ///< row of the presence; ~0: none
  RegionId to;
  double people = 0.0;
  bool newcomer = false;  ///< not on the victim's soil yet
};

Offensive choose_offensive(const World& w, ActorId attacker, const OffensiveRules& rules) {
  double best_odds = rules.odds;
  Offensive best;
  for (const auto row : w.presences_of(attacker)) {
    if (w.presences.strength[row] < rules.least) continue;
    const auto [begin, end] = w.regions.borders(w.presences.region[row]);
    for (std::size_t i = begin; i < end; ++i) {
      const RegionId there = w.regions.border_to[i];
      if (!w.hostile_in(attacker, there)) continue;
      if (w.actors.kind[w.regions.owner[there.row()].row()] == ActorKind::armed_group) continue;
      double defence = 1.0;
      double ours = w.presences.strength[row] * w.actors.quality[attacker.row()];
      for (const auto other : w.presences_in(there)) {
        const ActorId o = w.presences.actor[other];
        const double x = w.presences.strength[other] * w.actors.quality[o.row()];
        (w.hostile_in(o, there) ? ours : defence) += x;
      }
      const double odds = ours / defence * w.regions.value[there.row()];
      if (odds > best_odds || (odds == best_odds && best.from != ~0U &&
                               w.regions.key[there.row()] < w.regions.key[best.to.row()])) {
        best_odds = odds;
        best.from = row;
        best.to = there;
      }
    }
  }
  if (best.from == ~0U) return best;
  // Straight into the region, without a march: a step is a day and the border is next to it.
  best.people = rules.share * w.presences.strength[best.from];
  best.newcomer = !stands_in(w, attacker, w.regions.owner[best.to.row()]);
  return best;
}

void march(StepContext& context, const Offensive& o) {
  World& w = context.world;
  const ActorId attacker = w.presences.actor[o.from];
  w.presences.strength[o.from] -= o.people;
  const PresenceId there = w.require(attacker, o.to, Role::deployment);
  w.presences.strength[there.row()] += o.people;
  const ActorId victim = w.regions.owner[o.to.row()];
  const WarId war = war_between(w, attacker, victim);
  const EventId event =
      context.happened({.kind = o.newcomer ? EventKind::invasion : EventKind::occupation,
                        .who = attacker,
                        .whom = victim,
                        .where = o.to,
                        .size = o.people},
                       {war.valid() ? w.wars[war.row()].cause : EventId{}});
  if (o.newcomer) {
    report_act(context, law::ActKind::invasion, attacker, victim, o.to, o.people, event);
  }
}

}  // namespace

void launch_offensives(StepContext& context, const OffensiveRules& rules) {
  const World& w = context.world;
  std::vector<Offensive> marches;
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    if (w.actors.kind[a] != ActorKind::state || w.actors.mobilised[a] < rules.mobilised) continue;
    Stream stream = context.stream(offensive_draw, {w.actors.key[a].value});
    const double rate = rules.rate * w.actors.mobilised[a];
    if (!chance(stream, hazard_probability(rate, context.days()))) continue;
    const Offensive o = choose_offensive(w, ActorId(a), rules);
    if (o.from != ~0U) marches.push_back(o);
  }
  // All have looked at the same fronts: nobody marches into what another has just left.
  for (const Offensive& o : marches) march(context, o);
}

void send_expedition(StepContext& context, const Crisis& c, ActorId lead, double contribution,
                     EventId decision) {
  World& w = context.world;
  std::vector<ActorId> members;
  active_members(context, c.organisation, members);
  const RegionId where = entry_region(w, lead, c.target, context.law.entry_defence);
  const law::Pact& pact = w.pacts[c.organisation.row()];
  std::stable_partition(members.begin(), members.end(), [&](ActorId m) { return m == lead; });
  WarId war;
  for (const ActorId m : members) {
    if (m == c.target || w.relations.at_war(m, c.target)) continue;
    double pledged = 0.0;
    for (const law::Member& member : pact.members) {
      if (member.actor == m) pledged = member.contribution;
    }
    double people = pledged > 0.0 ? pledged
                                  : contribution * (w.forces(m) + w.actors.home_power[m.row()]) *
                                        free_share(w, m, context.law.garrison_free) *
                                        w.actors.appetite[m.row()];
    people = std::min(people, may_send(context, m, where));
    if (people < context.law.smallest_contingent) continue;
    Stream stream = context.stream(word_kept, {w.actors.key[m.row()].value, c.key});
    // A vote is not yet a soldier: resolve decides whether the word is kept, once for each crisis.
    const bool keeps = chance(stream, w.actors.resolve[m.row()]);
    const EventId word = context.happened({.kind = keeps ? EventKind::honour : EventKind::breach,
                                           .who = m,
                                           .whom = c.target,
                                           .where = where,
                                           .pact = c.organisation,
                                           .size = static_cast<double>(law::Obligation::troops)},
                                          {decision});
    if (!keeps) continue;
    // The first to arrive begins the war; the others join it.
    if (war.valid()) {
      join_war(context, war, m, 0, c.organisation, {}, word);
    }
    const EventId arrival =
        act(context, law::ActKind::intervention, m, c.target, where, people, {}, word);
    context.log.at(arrival).pact = c.organisation;
    if (!war.valid()) war = war_between(w, m, c.target);
  }
}

}  // namespace casus
