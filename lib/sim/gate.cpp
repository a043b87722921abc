#include "sim/gate.h"

#include <algorithm>
#include <cmath>

namespace casus {
namespace {

constexpr double earth_radius = 6371.0;  // km
constexpr double degree = 0.017453292519943295;

/// Great-circle distance in km; 0 where a place is not given.
double distance(const RegionSpec& a, const RegionSpec& b) {
  const auto given = [](const RegionSpec& r) { return r.latitude != 0.0 || r.longitude != 0.0; };
  if (!given(a) || !given(b)) return 0.0;
  const double dlat = std::sin(0.5 * degree * (b.latitude - a.latitude));
  const double dlon = std::sin(0.5 * degree * (b.longitude - a.longitude));
  const double h =
      dlat * dlat + std::cos(degree * a.latitude) * std::cos(degree * b.latitude) * dlon * dlon;
  return 2.0 * earth_radius * std::asin(std::sqrt(std::min(1.0, h)));
}

}  // namespace

double ceiling_left(const World& w, ActorId a) {
  return std::max(0.0, w.actors.deployment_ceiling[a.row()] - w.abroad(a));
}

namespace {

/// The share of its forces that distance leaves it at the place, (0, 1].
double by_distance(const World& w, const ScenarioData& scenario, const LawRules& rules,
                   ActorId state, RegionId where) {
  const RegionId capital = w.actors.capital[state.row()];
  // Who has said how many it would keep abroad has said how many it can bring there.
  if (w.actors.deployment_ceiling[state.row()] < no_ceiling) return 1.0;
  if (!capital.valid() || neighbours(w, state, w.regions.owner[where.row()])) return 1.0;
  const double km = distance(scenario.regions[capital.row()], scenario.regions[where.row()]);
  // 500 km is the scale on which the share of those who came was fitted.
  return std::pow(1.0 + km / 500.0, -rules.distance_decay);
}

}  // namespace

double may_send(const World& w, const ScenarioData& scenario, const LawRules& rules, ActorId actor,
                RegionId where) {
  const std::size_t a = actor.row();
  const double left = ceiling_left(w, actor);
  if (w.actors.kind[a] != ActorKind::state) {
    return std::min(left, w.actors.reserve[a] + w.actors.home_power[a]);
  }
  const double forces = w.forces(actor) + w.actors.home_power[a];
  const double most = rules.surge_share * forces * by_distance(w, scenario, rules, actor, where);
  return std::min(left, std::max(0.0, most - w.abroad(actor)));
}

double may_send(const StepView& context, ActorId actor, RegionId where) {
  return may_send(context.world, context.scenario, context.law, actor, where);
}

void post(StepContext& context, ActorId sender, ActorId host, double people,
          const Posting& posting) {
  World& w = context.world;
  if (people <= 0.0 || !needs_mandate(w, sender, host)) return;
  Mandate* m = mandate_of(w, sender, host);
  if (m == nullptr) {
    Mandate fresh;
    fresh.key =
        mix(mix(w.actors.key[sender.row()].value, w.actors.key[host.row()].value), context.step);
    fresh.sender = sender;
    fresh.host = host;
    fresh.begun_day = context.day();
    w.mandates.push_back(fresh);
    m = &w.mandates.back();
  }
  // Who is sent again stands there for the newest cause, and does not leave for the old one.
  m->people += people;
  m->posted_day = context.day();
  m->leaving_days = 0.0;
  m->pact = posting.pact;
  m->against = posting.against;
  m->cause = posting.cause;
  m->until_day = posting.until_day;
}

}  // namespace casus
