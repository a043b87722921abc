#include "sim/warfare.h"

#include <algorithm>

#include "casus/core/contracts.h"

namespace casus {

namespace {

bool is_state(const World& world, ActorId a) {
  return world.actors.kind[a.row()] != ActorKind::armed_group;
}

/// Two can face each other in several wars: relations count them, and peace is when none is left.
void count_hostilities(World& world, const War& war, int change) {
  for (const Belligerent& x : war.belligerents()) {
    for (const Belligerent& y : war.belligerents()) {
      if (x.active != 0 && y.active != 0 && x.side == 0 && y.side == 1) {
        world.relations.add_hostility(x.actor, y.actor, change);
      }
    }
  }
}

void update_interstate(World& world, WarId war) {
  bool on[2] = {false, false};
  for (const Belligerent& b : world.wars[war.row()].belligerents()) {
    on[b.side] = on[b.side] || (b.active != 0 && is_state(world, b.actor));
  }
  world.wars.set_interstate(war, on[0] && on[1]);
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
  e.size = war.interstate() ? 1.0 : 0.0;
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
    if (w.wars[i].state() != WarState::ceasefire || sa < 0 || sb < 0 || sa == sb) continue;
    resume_war(context, WarId(i), cause);
    return WarId(i);
  }
  War begun;
  begun.key = mix(mix(w.actors.key[a.row()].value, w.actors.key[b.row()].value), context.step + 1);
  begun.since = context.step;
  begun.begun_day = context.day();
  const WarId id = w.wars.add(begun, {{a, 0, context.step, 1}, {b, 1, context.step, 1}});
  War& war = w.wars[id.row()];
  update_interstate(w, id);
  count_hostilities(w, war, 1);
  // The war ends what the two let each other do on their soil.
  w.relations.set_hosting(a, b, false);
  w.relations.set_hosting(b, a, false);
  Event e{.kind = EventKind::war_begins,
          .who = a,
          .whom = b,
          .war = id,
          .size = war.interstate() ? 1.0 : 0.0};
  war.cause = context.happened(e, {cause});
  return id;
}

EventId join_war(StepContext& context, WarId id, ActorId actor, int side, PactId pact,
                 ArticleId article, EventId cause) {
  World& w = context.world;
  War& war = w.wars[id.row()];
  if (war.state() == WarState::ended || side_of(war, actor) >= 0) return {};
  for (const Belligerent& b : war.belligerents()) {
    if (b.active != 0 && b.side != side && war.state() == WarState::active) {
      w.relations.add_hostility(actor, b.actor, 1);
      w.relations.set_hosting(actor, b.actor, false);
      w.relations.set_hosting(b.actor, actor, false);
    }
  }
  w.wars.enter(id, {actor, static_cast<std::uint8_t>(side), context.step, 1});
  update_interstate(w, id);
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
  e.size = war.interstate() ? 1.0 : 0.0;
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
    if (b.side != side && war.state() == WarState::active) {
      w.relations.add_hostility(actor, b.actor, -1);
    } else if (b.side == side) {
      company = true;
    }
  }
  w.wars.leave(id, actor);
  // A war that one side has left altogether is over.
  if (company) {
    update_interstate(w, id);
  } else {
    stop_war(context, id, WarState::ended, 0.0, cause);
  }
}

EventId stop_war(StepContext& context, WarId id, WarState state, double until_day, EventId cause) {
  World& w = context.world;
  War& war = w.wars[id.row()];
  // A ceasefire has counted the hostilities out already.
  if (war.state() == WarState::active) count_hostilities(w, war, -1);
  w.wars.set_state(id, state);
  war.ceasefire_until_day = until_day;
  const EventKind kind = state == WarState::ended ? EventKind::war_ends : EventKind::ceasefire;
  return context.happened(event_of(kind, id, war), {cause, war.cause});
}

EventId resume_war(StepContext& context, WarId id, EventId cause) {
  War& war = context.world.wars[id.row()];
  CASUS_ASSERT(war.state() == WarState::ceasefire);
  context.world.wars.set_state(id, WarState::active);
  count_hostilities(context.world, war, 1);
  war.cause = context.happened(event_of(EventKind::war_resumes, id, war), {cause, war.cause});
  return war.cause;
}

}  // namespace casus
