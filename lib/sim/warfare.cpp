#include "sim/warfare.h"

#include <algorithm>

#include "casus/core/contracts.h"

namespace casus {

void kill(World& world, std::size_t presence, double n) {
  auto& p = world.presences;
  CASUS_ASSERT(n >= 0.0 && n <= p.strength[presence] * (1.0 + 1e-12));
  const std::size_t a = p.actor[presence].row();
  const std::size_t r = p.region[presence].row();
  p.strength[presence] = std::max(0.0, p.strength[presence] - n);
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
  for (const std::uint32_t i : world.wars.of(a)) {
    const War& war = world.wars[i];
    if (war.state != WarState::active) continue;
    const int sa = side_of(war, a);
    const int sb = side_of(war, b);
    if (sa >= 0 && sb >= 0 && sa != sb) return WarId(i);
  }
  return {};
}

namespace {

bool is_state(const World& world, ActorId a) {
  return world.actors.kind[a.row()] != ActorKind::armed_group;
}

void count_hostilities(World& world, const War& war, int change) {
  for (const Belligerent& x : war.belligerents()) {
    for (const Belligerent& y : war.belligerents()) {
      if (x.active != 0 && y.active != 0 && x.side == 0 && y.side == 1) {
        world.relations.add_hostility(x.actor, y.actor, change);
      }
    }
  }
}

void update_interstate(const World& world, War& war) {
  bool on[2] = {false, false};
  for (const Belligerent& b : war.belligerents()) {
    on[b.side] = on[b.side] || (b.active != 0 && is_state(world, b.actor));
  }
  war.interstate = on[0] && on[1];
}

/// An event of the war as a whole, named after the first of either side.
Event event_of(EventKind kind, WarId id, const War& war) {
  Event e{.kind = kind, .who = war.belligerents().front().actor};
  for (const Belligerent& b : war.belligerents()) {
    if (b.side == 1) {
      e.whom = b.actor;
      break;
    }
  }
  e.war = id;
  e.size = war.interstate ? 1.0 : 0.0;
  return e;
}

}  // namespace

WarId open_war(StepContext& context, ActorId a, ActorId b, EventId cause) {
  World& w = context.world;
  CASUS_EXPECTS(a != b, "an actor cannot be at war with itself");
  const WarId open = war_between(w, a, b);
  if (open.valid()) return open;
  // Who fights during a ceasefire breaks it: the old war goes on, with its age.
  for (const std::uint32_t i : w.wars.of(a)) {
    const int sa = side_of(w.wars[i], a);
    const int sb = side_of(w.wars[i], b);
    if (w.wars[i].state != WarState::ceasefire || sa < 0 || sb < 0 || sa == sb) continue;
    resume_war(context, WarId(i), cause);
    return WarId(i);
  }
  War begun;
  begun.key = mix(mix(w.actors.key[a.row()].value, w.actors.key[b.row()].value), context.step + 1);
  begun.since = context.step;
  begun.begun_day = context.day();
  const WarId id = w.wars.add(begun, {{a, 0, context.step, 1}, {b, 1, context.step, 1}});
  War& war = w.wars[id.row()];
  update_interstate(w, war);
  count_hostilities(w, war, 1);
  // The war ends what the two let each other do on their soil.
  w.relations.set_hosting(a, b, false);
  w.relations.set_hosting(b, a, false);
  Event e{.kind = EventKind::war_begins,
          .who = a,
          .whom = b,
          .war = id,
          .size = war.interstate ? 1.0 : 0.0};
  war.cause = context.happened(e, {cause});
  return id;
}

EventId join_war(StepContext& context, WarId id, ActorId actor, int side, PactId pact,
                 ArticleId article, EventId cause) {
  World& w = context.world;
  War& war = w.wars[id.row()];
  if (war.state == WarState::ended || side_of(war, actor) >= 0) return {};
  for (const Belligerent& b : war.belligerents()) {
    if (b.active != 0 && b.side != side && war.state == WarState::active) {
      w.relations.add_hostility(actor, b.actor, 1);
      w.relations.set_hosting(actor, b.actor, false);
      w.relations.set_hosting(b.actor, actor, false);
    }
  }
  w.wars.enter(id, {actor, static_cast<std::uint8_t>(side), context.step, 1});
  update_interstate(w, war);
  Event e{.kind = EventKind::joins_war, .who = actor};
  for (const Belligerent& b : war.belligerents()) {
    if (b.side == side && b.actor != actor) {
      e.whom = b.actor;
      break;
    }
  }
  e.pact = pact;
  e.article = article;
  e.war = id;
  e.size = war.interstate ? 1.0 : 0.0;
  return context.happened(e, {cause, war.cause});
}

void leave_war(StepContext& context, WarId id, ActorId actor, EventId cause) {
  World& w = context.world;
  War& war = w.wars[id.row()];
  const int side = side_of(war, actor);
  if (side < 0) return;
  bool company = false;
  for (const Belligerent& b : war.belligerents()) {
    if (b.active == 0 || b.actor == actor) continue;
    if (b.side != side && war.state == WarState::active) {
      w.relations.add_hostility(actor, b.actor, -1);
    } else if (b.side == side) {
      company = true;
    }
  }
  w.wars.leave(id, actor);
  if (company) {
    update_interstate(w, war);
  } else {
    stop_war(context, id, WarState::ended, 0.0, cause);
  }
}

void stop_war(StepContext& context, WarId id, WarState state, double until_day, EventId cause) {
  World& w = context.world;
  War& war = w.wars[id.row()];
  if (war.state == WarState::active) count_hostilities(w, war, -1);
  war.state = state;
  war.ceasefire_until_day = until_day;
  const EventKind kind = state == WarState::ended ? EventKind::war_ends : EventKind::ceasefire;
  context.happened(event_of(kind, id, war), {cause, war.cause});
}

void resume_war(StepContext& context, WarId id, EventId cause) {
  War& war = context.world.wars[id.row()];
  CASUS_ASSERT(war.state == WarState::ceasefire);
  war.state = WarState::active;
  count_hostilities(context.world, war, 1);
  war.cause = context.happened(event_of(EventKind::war_resumes, id, war), {cause, war.cause});
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
  return from_reserve + from_home;
}

void recall(World& world, std::size_t presence, double n) {
  auto& p = world.presences;
  const double moved = std::min(n, p.strength[presence]);
  p.strength[presence] -= moved;
  world.actors.reserve[p.actor[presence].row()] += moved;
  if (p.strength[presence] <= 0.0) {
    world.regions.control[p.region[presence].row()] += p.control[presence];
    p.control[presence] = 0.0;
  }
}

RegionId entry_region(const World& world, ActorId actor, ActorId target) {
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
    const double score = km * t.value[r] / (1000.0 + defence);
    if (score > best_score ||
        (score == best_score && best.valid() && t.key[r] < t.key[best.row()])) {
      best = RegionId(r);
      best_score = score;
    }
  }
  return best.valid() ? best : world.actors.capital[target.row()];
}

}  // namespace casus
