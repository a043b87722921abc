#include "sim/relapse.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

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

bool at_peace_since(const World& w, std::size_t war, ActorId group, ActorId owner) {
  return !w.relations.at_war(group, owner) && !fought_since(w, war, group, owner);
}

}  // namespace

bool laid_down_arms(const World& w, ActorId group, ActorId owner) {
  const auto wars = w.wars.of(group);
  return std::any_of(wars.begin(), wars.end(), [&](std::uint32_t row) {
    const War& war = w.wars[row];
    return war.state() != WarState::active && opposed(war, group, owner);
  });
}

void Relapses::look_at(const StepView& context, const RelapseRules& rules, std::size_t row,
                       std::vector<Question>& found) {
  const World& w = context.world;
  const War& war = w.wars[row];
  for (const Belligerent& x : war.belligerents()) {
    const ActorId group = x.actor;
    if (w.actors.kind[group.row()] != ActorKind::armed_group) continue;
    if (w.actors.alive[group.row()] == 0) continue;
    for (const Belligerent& y : war.belligerents()) {
      const ActorId owner = y.actor;
      if (w.actors.kind[owner.row()] == ActorKind::armed_group) continue;
      if (!opposed(war, group, owner) || !at_peace_since(w, row, group, owner)) continue;
      const std::uint64_t group_key = w.actors.key[group.row()].value;
      const std::uint64_t owner_key = w.actors.key[owner.row()].value;
      Stream stream = context.stream(relapse_draw, {war.key, group_key, owner_key});
      const double view = w.relations.affinity(group, owner);
      const double rate = rules.rate * (1.0 - view);
      Decision d{.about = war.cause,
                 .kind = DecisionKind::first_attack,
                 .who = group,
                 .whom = owner,
                 .probability = hazard_probability(rate, context.years()),
                 .draw = uniform(stream)};
      d.yes = d.draw < d.probability && fights_in_land_of(w, group, owner);
      found.push_back({static_cast<std::uint32_t>(row), d, rate, view,
                       mix(war.key, mix(group_key, owner_key))});
    }
  }
}

void Relapses::run(StepContext& context, const RelapseRules& rules) {
  World& w = context.world;
  const std::span<const std::uint32_t> ended = w.wars.ended();
  // Each is asked with a draw, which takes as long as to look at sixty rows.
  constexpr std::size_t question_weight = 60;
  asked_.gather(
      context.executor, ended.size(),
      [&](std::size_t i, auto& found) { look_at(context, rules, ended[i], found); }, 32,
      question_weight * ended.size());
  bool begun = false;
  for (const Question& q : asked_.all()) {
    Decision d = q.decision;
    // Another war of the day may have set the two against each other.
    if (begun && !at_peace_since(w, q.war, d.who, d.whom)) continue;
    if (!d.yes) {
      context.declined(d, q.key);
      continue;
    }
    const WarId again = open_war(context, d.who, d.whom, d.about);
    begun = true;
    d.event = w.wars[again.row()].cause;
    context.decided(d, {{TermKind::rate, {}, q.rate}, {TermKind::view, d.whom, q.view}});
  }
}

}  // namespace casus
