#include "sim/world_facts.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "casus/rules/logit.h"
#include "casus/world/forces.h"
#include "sim/gate.h"
#include "sim/warfare.h"

namespace casus {

law::Place place_of(const World& world, const ScenarioData& scenario, RegionId region) {
  if (!region.valid()) return {};
  return {region, world.regions.key[region.row()], world.regions.owner[region.row()],
          scenario.regions[region.row()].area_set};
}

WorldFacts::WorldFacts(const StepView& context)
    : world_(context.world),
      scenario_(context.scenario),
      date_(context.clock.date(context.step)),
      day_(context.day()),
      rules_(context.law) {
  const std::size_t n = world_.actors.size();
  forces_.resize(n);
  free_.resize(n);
  enemies_.assign(n, 0);
  attackers_.assign(n, 0);
  // Once for all: the law asks for them for every member of every pact. Groups are seldom members,
  // and there are many of them: theirs are found when asked for.
  for (const ActorKind kind : {ActorKind::state, ActorKind::external}) {
    const std::span<const std::uint32_t> rows = world_.of_kind(kind);
    for_rows(
        context.executor, rows.size(),
        [&](std::size_t i) {
          const ActorId a(rows[i]);
          forces_[a.row()] = all_forces(a);
          free_[a.row()] = free_of(a, forces_[a.row()]);
        },
        4, world_.presences.size());
  }
  for (const std::uint32_t i : world_.wars.interstate()) {
    const War& war = world_.wars[i];
    if (war.state() != WarState::active) continue;
    for (const Belligerent& x : war.belligerents()) {
      for (const Belligerent& y : war.belligerents()) {
        const bool state = world_.actors.kind[y.actor.row()] == ActorKind::state;
        if (x.active == 0 || y.active == 0 || x.side == y.side || !state) continue;
        ++enemies_[x.actor.row()];
        if (war.begun_by < 0 || y.side == static_cast<std::uint8_t>(war.begun_by)) {
          ++attackers_[x.actor.row()];
        }
      }
    }
  }
}

double WorldFacts::all_forces(ActorId actor) const {
  return world_.forces(actor) + world_.actors.home_power[actor.row()];
}

double WorldFacts::free_of(ActorId actor, double forces) const {
  return forces * free_share(world_, actor, rules_.garrison_free);
}

double WorldFacts::forces(ActorId actor) const {
  const bool group = world_.actors.kind[actor.row()] == ActorKind::armed_group;
  return group ? all_forces(actor) : forces_[actor.row()];
}

double WorldFacts::free_forces(ActorId actor) const {
  const bool group = world_.actors.kind[actor.row()] == ActorKind::armed_group;
  return group ? free_of(actor, all_forces(actor)) : free_[actor.row()];
}

law::Party WorldFacts::party(ActorId actor) const {
  const ActorKind kind = world_.actors.kind[actor.row()];
  return {world_.actors.key[actor.row()], kind == ActorKind::state ? law::PartyKind::state
                                          : kind == ActorKind::armed_group
                                              ? law::PartyKind::armed_group
                                              : law::PartyKind::external};
}

law::Government WorldFacts::government(ActorId state) const {
  // A junta rules because it put another government out.
  return {.ousted = world_.actors.regime[state.row()] == Regime::junta};
}

double WorldFacts::affinity(ActorId from, ActorId to) const {
  return world_.relations.affinity(from, to);
}

law::Hostility WorldFacts::hostility(ActorId first, ActorId second) const {
  law::Hostility h;
  if (first == second) return h;
  const WarId id = war_between(world_, first, second);
  if (!id.valid()) return h;
  const War& war = world_.wars[id.row()];
  h.at_war = true;
  h.conflict = {war.key};
  h.since = scenario_.clock.start + std::chrono::days(static_cast<int>(std::floor(war.begun_day)));
  h.second_began = war.begun_by >= 0 && side_of(war, second) == war.begun_by;
  for (const Belligerent& b : war.belligerents()) {
    if (b.actor == second && b.active != 0) h.second_joined = b.since > war.since;
  }
  return h;
}

std::size_t WorldFacts::state_enemies(ActorId actor) const { return enemies_[actor.row()]; }

std::size_t WorldFacts::state_attackers(ActorId actor) const { return attackers_[actor.row()]; }

std::optional<Date> WorldFacts::war_since(ActorId party, law::ConflictKey conflict) const {
  for (const std::uint32_t row : world_.wars.of(party)) {
    const War& war = world_.wars[row];
    if (war.state() != WarState::active || war.key != conflict.value) continue;
    return scenario_.clock.start + std::chrono::days(static_cast<int>(std::floor(war.begun_day)));
  }
  return std::nullopt;
}

bool WorldFacts::affords(ActorId member, law::Obligation level) const {
  if (level < law::Obligation::aid) return true;
  const std::size_t a = member.row();
  return world_.actors.arrears[a] <
         (law::armed(level) ? rules_.arrears_forces : rules_.arrears_aid);
}

bool WorldFacts::borders_place(ActorId member, const law::Place& place) const {
  const auto [begin, end] = world_.regions.borders(place.region);
  for (std::size_t i = begin; i < end; ++i) {
    if (world_.regions.owner[world_.regions.border_to[i].row()] == member) return true;
  }
  return false;
}

/// A neighbour of the place that lets the member stay on its soil gives passage.
bool WorldFacts::borders_host(ActorId member, const law::Place& place, ActorId against) const {
  const auto [begin, end] = world_.regions.borders(place.region);
  for (std::size_t i = begin; i < end; ++i) {
    const ActorId owner = world_.regions.owner[world_.regions.border_to[i].row()];
    if (owner != against && owner != place.sovereign && world_.relations.hosts(owner, member)) {
      return true;
    }
  }
  return false;
}

law::Reach WorldFacts::reach(ActorId member, const law::Place& place, ActorId against) const {
  law::Reach reach;
  reach.route = route(member, place, against);
  const RegionId where = place.region.valid()      ? place.region
                         : place.sovereign.valid() ? world_.actors.capital[place.sovereign.row()]
                                                   : RegionId{};
  if (where.valid()) {
    reach.capacity = may_send(world_, scenario_, rules_, member, where);
    const ActorId country = world_.regions.owner[where.row()];
    for (const auto row : world_.presences_of(member)) {
      if (country != member &&
          world_.regions.owner[world_.presences.region[row].row()] == country) {
        reach.there += world_.presences.strength[row];
      }
    }
  }
  if (where.valid() &&
      !(against.valid() && world_.actors.kind[against.row()] == ActorKind::state)) {
    reach.called_for = called_for(where);
  }
  if (reach.route == law::Route::airlift) {
    // What is left is the air or the sea, which few can do with more than a battalion: outside
    // powers, and those who have said how many they would keep abroad.
    const std::size_t a = member.row();
    const bool equipped = world_.actors.kind[a] != ActorKind::state ||
                          world_.actors.deployment_ceiling[a] < no_ceiling;
    if (!equipped) reach.capacity = std::min(reach.capacity, rules_.airlift_share * forces(member));
  }
  if (reach.route == law::Route::present) {
    // Who stands there already helps, though it can send no more.
    const PresenceId there = world_.find(member, place.region);
    reach.capacity = std::max(reach.capacity, world_.presences.strength[there.row()]);
  } else if (reach.capacity < rules_.smallest_contingent) {
    reach.route = law::Route::none;
    reach.obstacle = law::Reason::lift_limit;
  }
  return reach;
}

law::Route WorldFacts::route(ActorId member, const law::Place& place, ActorId against) const {
  if (place.region.valid()) {
    const PresenceId there = world_.find(member, place.region);
    if (there.valid() && world_.presences.strength[there.row()] >= 1.0) return law::Route::present;
    if (borders_place(member, place)) return law::Route::border;
  }
  // It can come to the country's help by any of its borders, and fight its adversary by its own.
  if (place.sovereign.valid() && place.sovereign != member &&
      neighbours(world_, member, place.sovereign)) {
    return law::Route::border;
  }
  if (against.valid() && world_.actors.kind[against.row()] == ActorKind::state &&
      neighbours(world_, member, against)) {
    return law::Route::border;
  }
  if (place.region.valid() && borders_host(member, place, against)) return law::Route::transit;
  return law::Route::airlift;
}

/// People that a mission to the place has where nothing was pledged: twice those whom it meets.
double WorldFacts::called_for(RegionId where) const {
  double adversaries = 0.0;
  for (const auto row : world_.presences_in(where)) {
    if (world_.hostile_in(world_.presences.actor[row], where)) {
      adversaries += world_.presences.strength[row];
    }
  }
  return std::max(rules_.mission_least, rules_.mission_ratio * adversaries);
}

double WorldFacts::power_change(ActorId member, PactId, Date) const {
  // What happened before the run began is not known to it.
  const std::size_t a = member.row();
  const double before = world_.actors.power_at_start[a];
  return before > 0.0 ? forces(member) * world_.actors.quality[a] / before - 1.0 : 0.0;
}

bool WorldFacts::institutional_change(ActorId member, PactId, Date signature) const {
  const double signed_day = static_cast<double>(days_between(scenario_.clock.start, signature));
  return world_.actors.institution_change_day[member.row()] > signed_day;
}

double WorldFacts::resolve(ActorId actor) const { return world_.actors.resolve[actor.row()]; }

double WorldFacts::cost(ActorId member, const law::Act& act, law::Obligation level) const {
  if (!law::armed(level) || !act.author.valid()) return 0.0;
  const auto power = [&](ActorId a) { return forces(a) * world_.actors.quality[a.row()]; };
  double own = power(member);
  double other = power(act.author);
  if (act.author == act.victim && act.kind != law::ActKind::coup) {
    // Plotters that have not won: the army is divided, and its loyal part fights beside the helper.
    const double loyal = other * world_.actors.legitimacy[act.author.row()];
    own += loyal;
    other -= loyal;
  }
  return own + other > 0.0 ? other / (own + other) : 0.5;
}

double WorldFacts::shared_threat(ActorId a, ActorId b, ActorId adversary) const {
  if (!adversary.valid()) return 0.0;
  if (adversary == a || adversary == b) {
    // Soldiers who turn on their government: who sits loosely himself fears the example.
    const auto& legitimacy = world_.actors.legitimacy;
    return 1.0 - std::max(legitimacy[a.row()], legitimacy[b.row()]);
  }
  // A threat is shared as far as the less threatened of the two feels it.
  const auto menaced = [&](ActorId x) {
    if (x == adversary) return 0.0;
    if (world_.relations.at_war(x, adversary)) return 1.0;
    return std::max(0.0, -world_.relations.affinity(x, adversary));
  };
  return std::min(menaced(a), menaced(b));
}

double WorldFacts::request_probability(ActorId victim, const law::Act& act, PactId) const {
  // A state under attack by another asks; over a rebellion it asks when it feels threatened.
  if (act.kind == law::ActKind::coup_attempt) return rules_.request_coup;
  if (!law::internal(act.kind)) return 1.0;
  return rules::logistic(rules_.request_threat * (world_.actors.threat[victim.row()] - 0.5));
}

double WorldFacts::reputation(ActorId, ActorId member) const {
  return rules_.reputation * (world_.actors.reputation[member.row()] - 0.5);
}

double WorldFacts::vote_bias(ActorId member, PactId, ActorId, ActorId, law::Obligation) const {
  return votes_.empty() ? 0.0 : votes_[member.row()];
}

law::Place WorldFacts::place(RegionId region) const { return place_of(world_, scenario_, region); }

}  // namespace casus
