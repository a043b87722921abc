#include "casus/world/forces.h"

#include <algorithm>

#include "casus/core/contracts.h"

namespace casus {

double free_share(const World& world, ActorId a, double garrison_free) {
  double tied = 0.0;
  double all = world.actors.reserve[a.row()] + world.actors.home_power[a.row()];
  for (const auto row : world.presences_of(a)) {
    const double s = world.presences.strength[row];
    all += s;
    const RegionId r = world.presences.region[row];
    // A garrison is needed where control is contested, and a part of it anyway; who is deployed
    // abroad is not free.
    const bool home = world.regions.owner[r.row()] == a;
    tied += home ? s * (1.0 - garrison_free * world.regions.control[r.row()]) : s;
  }
  return all > 0.0 ? std::clamp(1.0 - tied / all, 0.0, 1.0) : 0.0;
}

double projectable_power(const World& world, ActorId a, double garrison_free) {
  const std::size_t i = a.row();
  const double people = world.forces(a) + world.actors.home_power[i];
  return people * free_share(world, a, garrison_free) * world.actors.quality[i] *
         world.actors.resolve[i];
}

double home_defence(const World& world, ActorId a, double without_resolve) {
  const std::size_t i = a.row();
  double people = world.actors.reserve[i] + world.actors.home_power[i];
  for (const auto row : world.presences_of(a)) {
    if (world.regions.owner[world.presences.region[row].row()] == a) {
      people += world.presences.strength[row];
    }
  }
  return people * world.actors.quality[i] *
         (without_resolve + (1.0 - without_resolve) * world.actors.resolve[i]);
}

double room_abroad(const World& world, ActorId a) {
  double guests = 0.0;
  for (const auto row : world.presences_of(a)) {
    const ActorId owner = world.regions.owner[world.presences.region[row].row()];
    if (owner == a || world.relations.at_war(a, owner)) continue;
    // Nor is one that holds ground there since a ceasefire.
    if (world.presences.control[row] <= 0.0) guests += world.presences.strength[row];
  }
  return std::max(0.0, world.actors.deployment_ceiling[a.row()] - guests);
}

void kill(World& world, std::size_t presence, double n) {
  auto& p = world.presences;
  CASUS_ASSERT(n >= 0.0 && n <= p.strength[presence] * (1.0 + 1e-12));
  const std::size_t a = p.actor[presence].row();
  const std::size_t r = p.region[presence].row();
  p.strength[presence] = std::max(0.0, p.strength[presence] - n);
  world.note(PresenceId(presence));
  world.actors.losses[a] += n;
  world.actors.recent_losses[a] += n;
  world.regions.deaths[r] += n;
  world.regions.recent_violence[r] += n;
}

void kill_civilians(World& world, RegionId region, double n) {
  const std::size_t r = region.row();
  CASUS_ASSERT(n >= 0.0 && n <= world.regions.residents[r]);
  world.regions.residents[r] -= n;
  world.regions.deaths[r] += n;
  world.regions.civilian_deaths[r] += n;
  world.regions.recent_violence[r] += n;
}

int side_of(const War& war, ActorId a) {
  for (const Belligerent& b : war.belligerents()) {
    if (b.actor == a && b.active != 0) return b.side;
  }
  return -1;
}

WarId war_between(const World& world, ActorId a, ActorId b) {
  if (!world.relations.at_war(a, b)) return {};
  // A state may be in a thousand wars, where the group has one.
  const auto of_a = world.wars.of(a), of_b = world.wars.of(b);
  for (const std::uint32_t i : of_a.size() <= of_b.size() ? of_a : of_b) {
    const War& war = world.wars[i];
    if (war.state() != WarState::active) continue;
    const int sa = side_of(war, a);
    const int sb = side_of(war, b);
    if (sa >= 0 && sb >= 0 && sa != sb) return WarId(i);
  }
  return {};
}

double deploy(World& world, ActorId actor, RegionId region, double n, Role role) {
  double& reserve = world.actors.reserve[actor.row()];
  double& home = world.actors.home_power[actor.row()];
  const double from_reserve = std::min(n, reserve);
  const double from_home = std::min(n - from_reserve, home);
  if (from_reserve + from_home <= 0.0) return 0.0;
  reserve -= from_reserve;
  home -= from_home;
  const PresenceId there = world.require(actor, region, role);
  if (world.presences.strength[there.row()] <= 0.0) world.presences.role[there.row()] = role;
  world.presences.strength[there.row()] += from_reserve + from_home;
  world.note(there);
  return from_reserve + from_home;
}

void recall(World& world, std::size_t presence, double n) {
  auto& p = world.presences;
  const double moved = std::min(n, p.strength[presence]);
  p.strength[presence] -= moved;
  world.note(PresenceId(presence));
  world.actors.reserve[p.actor[presence].row()] += moved;
  if (p.strength[presence] <= 0.0) {
    world.regions.control[p.region[presence].row()] += p.control[presence];
    p.control[presence] = 0.0;
  }
}

RegionId entry_region(const World& world, ActorId actor, ActorId target, double daunting) {
  const auto& t = world.regions;
  RegionId best;
  double best_score = 0.0;
  for (std::size_t r = 0; r < t.size(); ++r) {
    if (t.owner[r] != target) continue;
    double km = 0.0;
    const auto [begin, end] = t.borders(RegionId(r));
    for (std::size_t i = begin; i < end; ++i) {
      const ActorId owner = t.owner[t.border_to[i].row()];
      if (owner == actor || world.relations.hosts(owner, actor)) km += t.border_km[i];
    }
    if (km <= 0.0) continue;
    const PresenceId own = world.find(target, RegionId(r));
    const double defence = own.valid() ? world.presences.strength[own.row()] : 0.0;
    // Wide, valuable and weakly held first; ties go to the smaller key, not to the row.
    const double score = km * t.value[r] / (daunting + defence);
    if (score > best_score ||
        (score == best_score && best.valid() && t.key[r] < t.key[best.row()])) {
      best = RegionId(r);
      best_score = score;
    }
  }
  return best.valid() ? best : world.actors.capital[target.row()];
}

RegionId refuge(const World& w, ActorId a, RegionId from) {
  const auto [begin, end] = w.regions.borders(from);
  RegionId best;
  double most = 0.0;
  for (std::size_t i = begin; i < end; ++i) {
    const RegionId to = w.regions.border_to[i];
    const ActorId owner = w.regions.owner[to.row()];
    double held = w.regions.control[to.row()];
    if (owner != a && !w.relations.hosts(owner, a)) {
      const PresenceId taken = w.find(a, to);
      if (!taken.valid() || w.presences.control[taken.row()] <= 0.0) continue;
      held = w.presences.control[taken.row()];
    }
    const double ground = w.regions.border_km[i] * held;
    if (ground > most ||
        (ground == most && best.valid() && w.regions.key[to.row()] < w.regions.key[best.row()])) {
      most = ground;
      best = to;
    }
  }
  // With no friendly ground beside it the force is off the map, and returns as reserves do.
  return best;
}

}  // namespace casus
