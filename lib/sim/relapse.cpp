#include "sim/relapse.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "casus/core/calendar.h"
#include "casus/core/random.h"
#include "casus/world/forces.h"
#include "sim/skirmishes.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose relapse_draw("relapse");

bool opposed(const War& war, ActorId a, ActorId b) {
  const int x = side_of(war, a);
  const int y = side_of(war, b);
  return x >= 0 && y >= 0 && x != y;
}

bool fights_in_land_of(const World& w, ActorId group, ActorId owner) {
  const auto rows = w.presences_of(group);
  return std::any_of(rows.begin(), rows.end(), [&](std::uint32_t row) {
    return w.regions.owner[w.presences.region[row].row()] == owner && fights(w, row);
  });
}

/// The last war of the two says how they stand: an older one is past.
bool fought_since(const World& w, std::size_t war, ActorId group, ActorId owner) {
  const auto wars = w.wars.of(group);
  return std::any_of(wars.begin(), wars.end(), [&](std::uint32_t later) {
    return later > war && opposed(w.wars[later], group, owner);
  });
}

void ask(StepContext& context, const RelapseRules& rules, std::size_t row, ActorId group,
         ActorId owner) {
  World& w = context.world;
  if (w.relations.at_war(group, owner) || fought_since(w, row, group, owner)) return;
  const double view = w.relations.affinity(group, owner);
  const War& war = w.wars[row];
  const std::uint64_t group_key = w.actors.key[group.row()].value;
  const std::uint64_t owner_key = w.actors.key[owner.row()].value;
  Stream stream = context.stream(relapse_draw, {war.key, group_key, owner_key});
  const double rate = rules.rate * (1.0 - view);
  Decision d{.about = war.cause,
             .kind = DecisionKind::first_attack,
             .who = group,
             .whom = owner,
             .probability = hazard_probability(rate, context.years()),
             .draw = uniform(stream)};
  d.yes = d.draw < d.probability && fights_in_land_of(w, group, owner);
  if (!d.yes) {
    context.declined(d, mix(war.key, mix(group_key, owner_key)));
    return;
  }
  const WarId again = open_war(context, group, owner, war.cause);
  d.event = w.wars[again.row()].cause;
  context.decided(d, {{TermKind::rate, {}, rate}, {TermKind::view, owner, view}});
}

}  // namespace

bool laid_down_arms(const World& w, ActorId group, ActorId owner) {
  const auto wars = w.wars.of(group);
  return std::any_of(wars.begin(), wars.end(), [&](std::uint32_t row) {
    const War& war = w.wars[row];
    return war.state != WarState::active && opposed(war, group, owner);
  });
}

void relapse(StepContext& context, const RelapseRules& rules) {
  const World& w = context.world;
  const std::size_t wars = w.wars.size();  // those that begin now are not over
  for (std::size_t row = 0; row < wars; ++row) {
    if (w.wars[row].state != WarState::ended) continue;
    const std::size_t n = w.wars[row].belligerents().size();
    for (std::size_t i = 0; i < n; ++i) {
      const ActorId group = w.wars[row].belligerents()[i].actor;
      if (w.actors.kind[group.row()] != ActorKind::armed_group) continue;
      if (w.actors.alive[group.row()] == 0) continue;
      for (std::size_t j = 0; j < n; ++j) {
        const ActorId owner = w.wars[row].belligerents()[j].actor;
        if (w.actors.kind[owner.row()] == ActorKind::armed_group) continue;
        if (opposed(w.wars[row], group, owner)) ask(context, rules, row, group, owner);
      }
    }
  }
}

}  // namespace casus
