#include "sim/acts.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "sim/law_queries.h"
#include "sim/warfare.h"
#include "sim/world_facts.h"

namespace casus {
namespace {

EventKind event_of(law::ActKind kind) {
  using A = law::ActKind;
  switch (kind) {
    case A::invasion:
      return EventKind::invasion;
    case A::strike:
      return EventKind::strike;
    case A::occupation:
      return EventKind::occupation;
    case A::blockade:
      return EventKind::blockade;
    case A::sanction:
      return EventKind::sanction;
    case A::threat:
      return EventKind::threat;
    case A::mobilisation:
      return EventKind::mobilisation;
    case A::coup_attempt:
      return EventKind::coup_attempt;
    case A::coup:
      return EventKind::coup;
    case A::aid:
      return EventKind::aid;
    case A::mediation:
      return EventKind::mediation;
    case A::statement:
      return EventKind::statement;
    case A::consultation:
      return EventKind::consultation;
    case A::intervention:
      return EventKind::intervention;
    case A::peace:
      return EventKind::peace;
    case A::armistice:
    case A::authorisation:
    case A::revocation:
    case A::recognition:
      return EventKind::statement;
    default:
      return EventKind::hostile_act;
  }
}

EventId use_force(StepContext& context, law::ActKind kind, ActorId by, ActorId against,
                  RegionId where, double people, const Manner& manner, EventId cause) {
  const EventId event = context.happened(
      {.kind = event_of(kind), .who = by, .whom = against, .where = where, .size = people},
      {cause});
  report_act(context, kind, by, against, where, people, event, manner);
  // Forces that come to stay are a campaign. A strike or an attack on forces abroad, however grave
  // in law, is an exchange that its parties may leave at that: Armenia's soldiers were attacked in
  // Karabakh in 2020 and Armenia itself was not.
  if (!manner.invited && law::makes_war(context.acts.back(), context.law.settings)) {
    open_war(context, by, against, event);
  }
  // Whom an invited force is against is not told; it has the term of an emergency.
  send_force(context, by, where, people, manner.invited, {.against = against, .cause = event});
  return event;
}

/// An armistice stops the wars in which the two stand against each other, as a ceasefire does and
/// for as long. By a peace the author leaves them, and they are over if nobody is left beside it.
void settle(StepContext& context, law::ActKind kind, ActorId by, ActorId against, EventId cause) {
  constexpr double armistice_days = 180.0;
  World& w = context.world;
  for (std::size_t i = 0; i < w.wars.size(); ++i) {
    const War& war = w.wars[i];
    const int own = side_of(war, by), other = side_of(war, against);
    if (war.state() == WarState::ended || own < 0 || other < 0 || own == other) continue;
    if (kind == law::ActKind::peace) {
      leave_war(context, WarId(i), by, cause);
    } else if (war.state() == WarState::active) {
      stop_war(context, WarId(i), WarState::ceasefire, context.day() + armistice_days, cause);
    }
  }
}

}  // namespace

EventId act(StepContext& context, law::ActKind kind, ActorId by, ActorId against, RegionId where,
            double size, const Manner& manner, EventId cause) {
  using A = law::ActKind;
  World& w = context.world;
  if (kind == A::invasion || kind == A::occupation || kind == A::intervention) {
    return use_force(context, kind, by, against, where, size, manner, cause);
  }
  if (kind == A::sanction || kind == A::blockade || kind == A::aid) {
    const MeasureKind measure = kind == A::sanction   ? MeasureKind::sanction
                                : kind == A::blockade ? MeasureKind::blockade
                                                      : MeasureKind::aid;
    const EventId event = impose(context, measure, by, {}, against, size, cause);
    if (event.valid() && kind != A::aid) {
      report_act(context, kind, by, against, where, size, event, manner);
    }
    return event;
  }
  const EventId event = context.happened(
      {.kind = event_of(kind), .who = by, .whom = against, .where = where, .size = size}, {cause});
  report_act(context, kind, by, against, where, size, event, manner);
  if (kind == A::declaration_of_war) open_war(context, by, against, event);
  if (law::settles(context.acts.back())) settle(context, kind, by, against, event);
  // An act of mobilisation is general at once; by itself a state mobilises over weeks.
  if (kind == A::mobilisation) w.actors.mobilised[by.row()] = 1.0;
  if (kind == A::strike) {
    // A strike kills `size` people of those who stand there.
    for (const auto row : w.presences_in(where)) {
      if (w.presences.actor[row] != against) continue;
      const double n = std::min(size, w.presences.strength[row]);
      kill(w, row, n);
      context.log.at(event).deaths += n;
    }
  }
  return event;
}

namespace {

law::Act lawful_act(const StepView& context, law::ActKind kind, ActorId by, ActorId against,
                    RegionId where, double size, const Manner& manner) {
  law::Act act = make_act(context, kind, by, against, where, size);
  // Whom a country lets stay on its soil has its consent to hunt others there.
  const World& w = context.world;
  const ActorId soil = where.valid() ? w.regions.owner[where.row()] : ActorId{};
  const bool guest = soil.valid() && soil != by && soil != against && w.relations.hosts(soil, by);
  act.invited = manner.invited || guest;
  act.severity = manner.severity;
  act.help_asked = manner.help_asked;
  act.government = manner.government;
  act.imminent = manner.imminent;
  act.repelled = manner.repelled;
  act.asked_by = manner.asked_by;
  act.invited_by = manner.invited_by;
  act.posture = manner.posture;
  // Whoever has it adopted, what is adopted is the Council's.
  if (law::of_council(act)) act.author = {};
  return act;
}

RegionId place_of(const StepView& context, const ActOrder& order) {
  return order.where.valid()
             ? order.where
             : entry_region(context.world, order.by, order.against, context.law.entry_defence);
}

}  // namespace

void archive(Archive& a, ActOrder& x) {
  auto& [act, by, against, where, size, severity, invited, help_asked, government, imminent,
         repelled, asked_by, invited_by, posture] = x;
  a(act, by, against, where, size, severity, invited, help_asked);
  a.later(government, imminent, repelled, asked_by, invited_by, posture);
}

void check_order(const World& world, const ActOrder& order) {
  CASUS_EXPECTS(static_cast<std::size_t>(order.act) < law::names<law::ActKind>().size(),
                "what is ordered is no act");
  const std::string what(law::name(order.act));
  const auto check = [&](bool good, std::string_view message) {
    CASUS_EXPECTS(good, fmt::format("an order of {}: {}", what, message));
  };
  const auto known = [&](ActorId a) { return a.valid() && a.row() < world.actors.size(); };
  check(known(order.by), "'by' is no actor");
  check(known(order.against), "'against' is no actor");
  check(!order.where.valid() || order.where.row() < world.regions.size(), "'where' is no region");
  check(order.by != order.against || law::internal(order.act), "'by' and 'against' are the same");
  check(order.size >= 0.0 && order.size <= 1e8,
        fmt::format("size {} is outside [0, 1e8]", order.size));
  check(order.severity >= 0.0 && order.severity <= 1.0,
        fmt::format("severity {} is outside [0, 1]", order.severity));
}

std::vector<law::Expected> expected(const StepView& context, const ActOrder& order,
                                    ActorId observer) {
  check_order(context.world, order);
  const WorldFacts facts(context);
  const law::Act act =
      lawful_act(context, order.act, order.by, order.against, place_of(context, order), order.size,
                 {order.invited, order.severity, order.help_asked, order.government, order.imminent,
                  order.repelled, order.asked_by, order.invited_by, order.posture});
  return law::expected_coalition(act, observer, context.world.pacts.index(), facts,
                                 context.law.settings, context.law.memory);
}

EventId act(StepContext& context, const ActOrder& order, EventId cause) {
  check_order(context.world, order);
  return act(context, order.act, order.by, order.against, place_of(context, order), order.size,
             {order.invited, order.severity, order.help_asked, order.government, order.imminent,
              order.repelled, order.asked_by, order.invited_by, order.posture},
             cause);
}

void report_act(StepContext& context, law::ActKind kind, ActorId by, ActorId against,
                RegionId where, double size, EventId event, const Manner& manner) {
  context.acts.push_back(lawful_act(context, kind, by, against, where, size, manner));
  context.acts.back().event = event;
}

EventId impose(StepContext& context, MeasureKind kind, ActorId by, PactId organisation, ActorId on,
               double size, EventId cause) {
  World& w = context.world;
  for (Measure& m : w.measures) {
    if (!m.active || m.kind != kind || m.by != by || m.organisation != organisation || m.on != on) {
      continue;
    }
    // A blockade that has lost its bite is renewed.
    if (kind != MeasureKind::blockade || size <= m.size) return {};
    m.size = size;
    m.cause = context.happened(
        {.kind = EventKind::blockade, .who = by, .whom = on, .pact = organisation, .size = size},
        {cause});
    return m.cause;
  }
  Measure m;
  const std::uint64_t author =
      organisation.valid() ? w.pacts[organisation.row()].key.value : w.actors.key[by.row()].value;
  // From names and the step, so that a measure's draws do not depend on how many there were before.
  m.key = mix(mix(author, w.actors.key[on.row()].value),
              mix(context.step, static_cast<std::uint64_t>(kind)));
  m.kind = kind;
  m.by = by;
  m.organisation = organisation;
  m.on = on;
  m.size = size;
  m.begun_day = context.day();
  const EventKind what = kind == MeasureKind::aid        ? EventKind::aid
                         : kind == MeasureKind::sanction ? EventKind::sanction
                                                         : EventKind::blockade;
  m.cause = context.happened(
      {.kind = what, .who = by, .whom = on, .pact = organisation, .size = size}, {cause});
  w.measures.push_back(m);
  return m.cause;
}

EventId lift(StepContext& context, std::size_t measure, EventId cause) {
  Measure& m = context.world.measures[measure];
  m.active = false;
  return context.happened({.kind = EventKind::sanction_lifted,
                           .who = m.by,
                           .whom = m.on,
                           .pact = m.organisation,
                           .size = m.size},
                          {cause});
}

double send_force(StepContext& context, ActorId by, RegionId where, double people, bool invited,
                  const Posting& posting) {
  World& w = context.world;
  people = std::min(people, invited ? may_send(context, by, where) : ceiling_left(w, by));
  double moved = deploy(w, by, where, people, Role::deployment);
  // What the reserve lacks comes from garrisons next to the place, a share of each at most.
  const auto [begin, end] = w.regions.borders(where);
  for (std::size_t i = begin; i < end && moved < people; ++i) {
    const RegionId from = w.regions.border_to[i];
    if (w.regions.owner[from.row()] != by) continue;
    const PresenceId garrison = w.find(by, from);
    if (!garrison.valid()) continue;
    const double n =
        std::min(people - moved, context.law.garrison_sent * w.presences.strength[garrison.row()]);
    if (n < 1.0) continue;
    w.presences.strength[garrison.row()] -= n;
    const PresenceId there = w.require(by, where, Role::deployment);
    w.presences.strength[there.row()] += n;
    w.note(garrison);
    w.note(there);
    moved += n;
  }
  const ActorId owner = w.regions.owner[where.row()];
  if (invited && owner != by && !w.relations.at_war(owner, by)) {
    w.relations.set_hosting(owner, by, true);
  }
  post(context, by, owner, moved, posting);
  return moved;
}

}  // namespace casus
