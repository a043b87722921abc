#include "sim/war_course.h"

#include <algorithm>
#include <cstddef>

#include "casus/rules/hazard.h"
#include "casus/world/forces.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose war_course("war_course");
constexpr Purpose peace_terms("peace_terms");

double weariness(const World& w, const War& war) {
  double sum = 0.0;
  double n = 0.0;
  for (const Belligerent& b : war.belligerents()) {
    if (b.active == 0) continue;
    sum += 1.0 - w.actors.resolve[b.actor.row()];
    n += 1.0;
  }
  return n > 0.0 ? sum / n : 1.0;
}

bool internationalised(const World& w, const War& war) {
  int states = 0;
  for (const Belligerent& b : war.belligerents()) {
    if (b.active != 0 && w.actors.kind[b.actor.row()] != ActorKind::armed_group) ++states;
  }
  return states > 1;
}

/// Peace ends the enmity that would start the war again the next day, and sends the armies of
/// states home, from ground they have taken if its terms say so. Groups stay: they live where
/// they are.
EventId make_peace(StepContext& context, const PeaceRules& p, WarId id) {
  World& w = context.world;
  // Copied: ending the war empties the list of those who still fight.
  const std::vector<Belligerent> sides = w.wars[id.row()].belligerents();
  const bool interstate = w.wars[id.row()].interstate();
  Stream terms = context.stream(peace_terms, {w.wars[id.row()].key});
  const bool given_back = chance(terms, p.restitution);
  const EventId event = stop_war(context, id, WarState::ended, 0.0, {});
  for (const Belligerent& x : sides) {
    for (const Belligerent& y : sides) {
      if (x.active == 0 || y.active == 0 || x.side == y.side) continue;
      const double view = std::max(p.peace_affinity, w.relations.affinity(x.actor, y.actor));
      w.relations.set_affinity(x.actor, y.actor, view);
      // The view to which time returns is moved too, or enmity would come back by itself.
      w.relations.set_baseline(x.actor, y.actor, view);
      w.relations.set_rivalry(x.actor, y.actor, false);
      const bool army = w.actors.kind[x.actor.row()] != ActorKind::armed_group;
      if (!interstate || !army) continue;
      for (const auto row : w.presences_of(x.actor)) {
        const RegionId r = w.presences.region[row];
        if (w.regions.owner[r.row()] != y.actor) continue;
        if (!given_back && w.presences.control[row] > 0.0) continue;
        recall(w, row, w.presences.strength[row]);
      }
    }
  }
  return event;
}

Decision asked(const War& war, DecisionKind kind, double probability, double draw) {
  Decision d{.about = war.cause,
             .kind = kind,
             .yes = draw < probability,
             .who = war.belligerents().front().actor,
             .probability = probability,
             .draw = draw};
  for (const Belligerent& b : war.belligerents()) {
    if (b.side != 1) continue;
    d.whom = b.actor;
    break;
  }
  return d;
}

double end_hazard(bool internationalised) {
  return rules::probability_to_hazard(rules::conflict_end_annual_probability(internationalised));
}

}  // namespace

WarCourses::WarCourses() : at_home_(end_hazard(false)), internationalised_(end_hazard(true)) {}

void WarCourses::run(StepContext& context, const PeaceRules& p) {
  const World& w = context.world;
  look_up_keys(w);
  answers_.gather(context.executor, w.wars.size(),
                  [&](std::size_t i, auto& answers) { look_at(context, p, WarId(i), answers); });
  for (const Answer& no : answers_.all()) {
    if (no.decision.yes) continue;
    Places& places = places_[no.war.row()];
    const bool peace = no.decision.kind == DecisionKind::peace;
    context.declined(no.decision, w.wars[no.war.row()].key, peace ? places.peace : places.other);
  }
  for (const Answer& t : answers_.all()) {
    if (!t.decision.yes) continue;
    Decision d = t.decision;
    d.event = turn(context, p, t);
    context.decided(d, {{TermKind::rate, {}, t.rate}});
  }
}

/// The record goes by keys, so that what two wars write there is written by one worker.
void WarCourses::look_up_keys(const World& w) {
  if (age_ != w.relations.age() || places_.size() > w.wars.size()) {
    age_ = w.relations.age();
    places_.clear();
    by_key_.clear();
  }
  const auto key_of = [&](std::size_t row) { return w.wars[row].key; };
  for (std::size_t row = places_.size(); row < w.wars.size(); ++row) {
    const std::uint32_t first = by_key_.find_or_add(
        key_of(row), row, key_of, [&](std::uint32_t i) { return key_of(i) == key_of(row); });
    places_.emplace_back();
    if (first != row) places_[first].twin = places_[row].twin = true;
  }
}

/// Of the record of decisions only what there is of the war's own questions is written.
void WarCourses::look_at(StepContext& context, const PeaceRules& p, WarId id,
                         std::vector<Answer>& answers) {
  const World& w = context.world;
  const War& war = w.wars[id.row()];
  Places& places = places_[id.row()];
  if (war.state() == WarState::ended) return;
  Stream stream = context.stream(war_course, {war.key});
  // Both drawn in every state of the war, so that one rate does not shift the other's draw.
  const double u_peace = uniform(stream);
  const double u_pause = uniform(stream);
  const double fatigue = weariness(w, war);
  const bool talks = war.mediated_until_day > context.day();
  const double push = (p.unwearied + fatigue) * (talks ? p.mediation : 1.0);
  double rate = p.interstate_peace;
  if (!war.interstate()) {
    // Wars that foreign states take part in last longer; the published hazards say how much.
    rate = p.civil_peace * (internationalised(w, war) ? internationalised_ : at_home_);
  }
  if (war.state() == WarState::ceasefire) rate *= p.ceasefire_peace;
  // Is it so? A no to what has been asked before is on record with that; others are answers too.
  const auto comes = [&](DecisionKind kind, WarState to, double hazard, double u,
                         std::uint32_t& place) {
    const double years = context.years();
    const bool yes = below_hazard(u, hazard, years);
    const bool alone = !yes && !places.twin;
    if (alone && context.passed_over(kind, u, hazard, years, war.key, place)) return false;
    const Decision d = asked(war, kind, hazard_probability(hazard, years), u);
    if (alone && context.declined_again(d, war.key, place)) return false;
    answers.push_back({id, to, d, hazard});
    return yes;
  };
  if (comes(DecisionKind::peace, WarState::ended, rate * push, u_peace, places.peace)) return;
  if (war.state() == WarState::active) {
    comes(DecisionKind::ceasefire, WarState::ceasefire, p.ceasefire_rate * push, u_pause,
          places.other);
    return;
  }
  // The weary keep a ceasefire, and fight on all the same when its time has run out.
  const double collapse = p.collapse_rate * (1.0 - fatigue);
  if (context.day() >= war.ceasefire_until_day) {
    Decision d = asked(war, DecisionKind::circumstance, 1.0, 0.0);
    d.draw = Decision::no_draw;
    answers.push_back({id, WarState::active, d, collapse});
  } else {
    comes(DecisionKind::collapse, WarState::active, collapse, u_pause, places.other);
  }
}

EventId WarCourses::turn(StepContext& context, const PeaceRules& p, const Answer& t) {
  if (t.to == WarState::ended) return make_peace(context, p, t.war);
  if (t.to == WarState::active) return resume_war(context, t.war, {});
  return stop_war(context, t.war, WarState::ceasefire, context.day() + p.ceasefire_days, {});
}

}  // namespace casus
