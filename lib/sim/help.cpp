#include "sim/help.h"

#include <algorithm>

#include "sim/acts.h"
#include "sim/warfare.h"

namespace casus {
namespace {

EventId log(StepContext& context, EventKind kind, const law::Commitment& h, double size,
            EventId cause) {
  Event e{.kind = kind,
          .who = h.member,
          .whom = h.beneficiary,
          .where = h.place.region,
          .pact = h.pact,
          .article = h.article,
          .size = size};
  return context.happened(e, {cause});
}

EventId mediate(StepContext& context, const law::Commitment& h, double days, EventId cause) {
  World& w = context.world;
  if (h.against.valid() && h.beneficiary.valid()) {
    const WarId war = war_between(w, h.beneficiary, h.against);
    if (war.valid()) {
      w.wars[war.row()].mediated_until_day = context.day() + days;
    }
  }
  return log(context, EventKind::mediation, h, 0.0, cause);
}

/// Have the two stood on opposite sides of a war, be it over?
bool fought(const World& w, ActorId a, ActorId b) {
  const auto of_a = w.wars.of(a), of_b = w.wars.of(b);
  const auto wars = of_a.size() <= of_b.size() ? of_a : of_b;
  return std::any_of(wars.begin(), wars.end(), [&](std::uint32_t row) {
    int sides = 0;
    for (const Belligerent& x : w.wars[row].belligerents()) {
      if (x.actor == a || x.actor == b) sides |= 1 << x.side;
    }
    return sides == 3;
  });
}

/// Troops that come before anybody fights are guests of who asked for them, and no side in a war.
EventId stand_guard(StepContext& context, const law::Commitment& h, EventId cause) {
  World& w = context.world;
  RegionId where = h.place.region;
  if (!where.valid() || w.regions.owner[where.row()] != h.beneficiary) {
    where = w.actors.capital[h.beneficiary.row()];
  }
  if (!where.valid() || w.regions.owner[where.row()] != h.beneficiary || h.people < 1.0) return {};
  const double moved =
      send_force(context, h.member, where, h.people, true, {.pact = h.pact, .cause = cause});
  if (moved <= 0.0) return {};
  law::Commitment guard = h;
  guard.place.region = where;
  return log(context, EventKind::deployment, guard, moved, cause);
}

/// Armed help: troops to the place; against a state, also a side in the war.
EventId fight(StepContext& context, const law::Commitment& h, bool invited, EventId cause) {
  World& w = context.world;
  const RegionId where = h.place.region.valid()  ? h.place.region
                         : h.beneficiary.valid() ? w.actors.capital[h.beneficiary.row()]
                                                 : RegionId{};
  // Enforcement is no side in a war yet: whether there is one depends on who lets it in.
  if (h.enforcement && where.valid()) {
    // Those who took power resist with what follows them; a government in place lets it in.
    return act(context, law::ActKind::intervention, h.member, w.regions.owner[where.row()], where,
               h.people, {.invited = invited}, cause);
  }
  const bool against_state =
      h.against.valid() && w.actors.kind[h.against.row()] != ActorKind::armed_group;
  EventId event;
  if (against_state) {
    WarId war = war_between(w, h.beneficiary, h.against);
    if (!war.valid() && fought(w, h.beneficiary, h.against)) return {};  // over
    if (!war.valid() && h.level != law::Obligation::war) return stand_guard(context, h, cause);
    if (!war.valid()) {
      // Not begun: who owes war over a mobilisation goes to war first.
      war = open_war(context, h.member, h.against, cause);
      context.log.at(w.wars[war.row()].cause).pact = h.pact;
      context.log.at(w.wars[war.row()].cause).article = h.article;
      return w.wars[war.row()].cause;
    }
    const int side = side_of(w.wars[war.row()], h.beneficiary);
    event = join_war(context, war, h.member, side, h.pact, h.article, cause);
    if (!event.valid()) return {};  // it fights in this war already
  }
  const bool own_soil = where.valid() && w.regions.owner[where.row()] == h.member;
  if (where.valid() && !own_soil && h.people >= 1.0) {
    const double moved =
        send_force(context, h.member, where, h.people, true,
                   {.pact = h.pact, .against = h.against, .cause = event.valid() ? event : cause});
    // Nobody: what its ceiling allows is there already.
    if (moved > 0.0) {
      const EventId there =
          log(context, EventKind::deployment, h, moved, event.valid() ? event : cause);
      if (!event.valid()) event = there;
    }
  }
  return event;
}

}  // namespace

EventId give_help(StepContext& context, const law::Commitment& h, const HelpRules& rules,
                  bool invited, EventId cause) {
  World& w = context.world;
  if (w.actors.alive[h.member.row()] == 0 || h.member == h.against) return {};
  switch (h.level) {
    case law::Obligation::none:
      return {};
    case law::Obligation::consult:
      return log(context, EventKind::consultation, h, 0.0, cause);
    case law::Obligation::statement:
      return log(context, EventKind::statement, h, 0.0, cause);
    case law::Obligation::mediation:
      return mediate(context, h, rules.mediation_days, cause);
    case law::Obligation::sanction: {
      const ActorId on = h.against.valid() ? h.against : h.beneficiary;
      // What an organisation decides is its measure, and falls with its crisis; else the member's.
      const bool organ = h.pact.valid() && !w.pacts[h.pact.row()].organs.empty();
      impose(context, MeasureKind::sanction, organ ? ActorId{} : h.member,
             organ ? h.pact : PactId{}, on, rules.sanction, cause);
      return {};
    }
    case law::Obligation::aid:
      // A beneficiary that is a member of the same pact owes itself nothing.
      if (h.member != h.beneficiary) {
        impose(context, MeasureKind::aid, h.member, {}, h.beneficiary, rules.aid, cause);
      }
      return {};
    case law::Obligation::basing:
      w.relations.set_hosting(h.member, h.beneficiary, true);
      return log(context, EventKind::statement, h, 1.0, cause);
    case law::Obligation::troops:
    case law::Obligation::war:
      return fight(context, h, invited, cause);
  }
  return {};
}

}  // namespace casus
