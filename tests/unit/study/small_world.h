#pragma once

#include <initializer_list>
#include <string>

#include "casus/world/events.h"
#include "casus/world/world.h"

namespace casus::testing {

// Two states with three regions, an armed group and an outside power, as the end of a run that
// nobody made: every number is chosen so that no two sums agree by chance.
inline constexpr std::size_t mali = 0, niger = 1, jnim = 2, france = 3;
inline constexpr std::size_t gao = 0, mopti = 1, niamey = 2;
inline constexpr std::size_t aes = 0, ecowas = 1;

inline ScenarioData small_scenario() {
  ScenarioData s;
  s.title = "Small";
  s.clock = {*parse_date("2023-09-16"), *parse_date("2023-12-25"), Minutes(24 * 60)};  // 100 days
  for (const auto& [name, kind] :
       {std::pair{"mali", ActorKind::state}, std::pair{"niger", ActorKind::state},
        std::pair{"jnim", ActorKind::armed_group}, std::pair{"france", ActorKind::external}}) {
    ActorSpec actor;
    actor.name = name;
    actor.kind = kind;
    s.actors.push_back(actor);
  }
  for (const auto& [name, owner] :
       {std::pair{"gao", mali}, std::pair{"mopti", mali}, std::pair{"niamey", niger}}) {
    RegionSpec region;
    region.name = name;
    region.owner = ActorId(owner);
    s.regions.push_back(region);
  }
  s.pacts.resize(2);
  s.pacts[aes].articles.resize(2);
  s.pacts[aes].articles[1].id = "6";
  s.pact_names = {"aes", "ecowas"};
  return s;
}

inline World small_world() {
  World w;
  w.regions.key.resize(3);
  w.regions.owner = {ActorId(mali), ActorId(mali), ActorId(niger)};
  w.regions.residents = {100.0, 300.0, 500.0};
  w.regions.control = {0.2, 0.6, 0.9};
  w.regions.deaths = {40.0, 70.0, 5.0};
  w.regions.civilian_deaths = {10.0, 30.0, 1.0};
  w.regions.attacks = {12.0, 20.0, 2.0};
  w.regions.border_begin = {0, 1, 3, 4};
  w.regions.border_to = {RegionId(mopti), RegionId(gao), RegionId(niamey), RegionId(mopti)};
  w.regions.displaced = {7.0, 11.0, 13.0, 17.0};
  w.actors.key.resize(5);  // one group split off
  w.actors.name = {"mali", "niger", "jnim", "france", "jnim_1"};
  w.actors.kind = {ActorKind::state, ActorKind::state, ActorKind::armed_group, ActorKind::external,
                   ActorKind::armed_group};
  w.actors.reserve = {1000.0, 2000.0, 50.0, 0.0, 5.0};
  w.actors.legitimacy = {0.3, 0.5, 0.0, 0.8, 0.0};
  w.actors.resources = {10.0, 20.0, 1.0, 500.0, 0.0};
  const auto place = [&](std::size_t actor, std::size_t region, double strength, double control) {
    w.presences.actor.emplace_back(actor);
    w.presences.region.emplace_back(region);
    w.presences.role.push_back(Role::garrison);
    w.presences.strength.push_back(strength);
    w.presences.control.push_back(control);
    w.presences.excitation.push_back(0.0);
  };
  place(mali, gao, 300.0, 0.0);
  place(jnim, gao, 80.0, 0.8);
  place(jnim, mopti, 60.0, 0.4);
  place(france, niamey, 1500.0, 0.0);
  place(4, gao, 20.0, 0.5);
  index_rows(w);
  return w;
}

struct EventArguments {
  EventKind kind{};
  std::uint32_t step = 0;
  std::size_t who = none, whom = none, where = none, pact = none;
  double size = 1.0, deaths = 0.0, civilian_deaths = 0.0;
  static constexpr std::size_t none = 0xffffffffU;
};

inline EventId add(EventLog& log, const EventArguments& a,
                   std::initializer_list<EventId> causes = {}) {
  Event e;
  e.kind = a.kind;
  e.step = a.step;
  e.who = ActorId(a.who);
  e.whom = ActorId(a.whom);
  e.where = RegionId(a.where);
  e.pact = PactId(a.pact);
  e.size = a.size;
  e.deaths = a.deaths;
  e.civilian_deaths = a.civilian_deaths;
  return log.add(e, causes);
}

}  // namespace casus::testing
