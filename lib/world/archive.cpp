#include "casus/core/archive.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <tuple>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/world/world.h"

// What the state of the world is. A structure is taken apart into all its members, so that a new
// one does not compile before it has been thought of here.
namespace casus {

static void archive(Archive& a, RegionTable& x) {
  auto& [key, owner, residents, area, value, grievance, terrain, control, deaths, civilian_deaths,
         recent_violence, attacks, border_begin, border_to, border_km, border_share, displaced] = x;
  a(key, owner, residents, area, value, grievance, terrain, control, deaths, civilian_deaths,
    recent_violence, attacks, border_begin, border_to, border_km, border_share, displaced);
}

static void archive(Archive& a, ActorTable& x) {
  auto& [key, name, kind, alive, reserve, quality, resources, income, resolve, legitimacy, arrears,
         regime, last_coup_day, institution_change_day, gdp_per_capita, capital, dependent_fuel,
         pro_state, recruitment, activity, support, cohesion, civilian_targeting, sponsor,
         sponsor_evidence, home_power, appetite, deployment_ceiling, losses, recent_losses,
         initial_forces, power_at_start, threat, effort, mobilised, reputation] = x;
  a(key, name, kind, alive, reserve, quality, resources, income, resolve, legitimacy, arrears,
    regime, last_coup_day, institution_change_day, gdp_per_capita, capital, dependent_fuel,
    pro_state, recruitment, activity, support, cohesion, civilian_targeting, sponsor,
    sponsor_evidence, home_power, appetite, deployment_ceiling, losses, recent_losses,
    initial_forces, power_at_start, threat, effort, mobilised, reputation);
}

static void archive(Archive& a, PresenceTable& x) {
  auto& [actor, region, role, strength, control, excitation, by_region_begin, by_region,
         by_actor_begin, by_actor] = x;
  a(actor, region, role, strength, control, excitation);
  // The indexes are made anew from these.
  static_cast<void>(by_region_begin), static_cast<void>(by_region);
  static_cast<void>(by_actor_begin), static_cast<void>(by_actor);
}

static void archive(Archive& a, Belligerent& x) {
  auto& [actor, side, since, active] = x;
  a(actor, side, since, active);
}

static void archive(Archive& a, War& x) {
  auto& [key, belligerents, state, interstate, since, begun_day, ceasefire_until_day,
         mediated_until_day, cause, deaths] = x;
  a(key, belligerents, state, interstate, since, begun_day, ceasefire_until_day, mediated_until_day,
    cause, deaths);
}

static void archive(Archive& a, Crisis& x) {
  auto& [key, challenger, organisation, target, issue, stake, begun_day, deadline_day, stage,
         cause] = x;
  a(key, challenger, organisation, target, issue, stake, begun_day, deadline_day, stage, cause);
}

static void archive(Archive& a, Measure& x) {
  auto& [key, kind, by, organisation, on, size, begun_day, active, cause] = x;
  a(key, kind, by, organisation, on, size, begun_day, active, cause);
}

namespace {

struct Pair {
  ActorId to;
  double affinity = 0.0, baseline = 0.0;
  std::uint8_t flags = 0;
  std::uint16_t hostilities = 0;

  void archive(Archive& a) { a(to, affinity, baseline, flags, hostilities); }
};

}  // namespace

void Relations::archive(Archive& a) {
  std::vector<std::vector<Pair>> rows(n_);
  for (std::size_t from = 0; from < n_; ++from) {
    const auto add = [&](std::size_t to, std::size_t i) {
      if (as_by_default(i)) return;
      rows[from].push_back({ActorId(to), affinity_[i], baseline_[i], flags_[i], hostilities_[i]});
    };
    if (dense()) {
      for (std::size_t to = 0; to < n_; ++to) add(to, from * n_ + to);
    } else {
      for (const Link& link : rows_[from]) add(link.to, link.pair);
    }
  }
  a(rows);
  if (!a.reads()) return;
  *this = Relations(rows.size(), dense_up_to_);
  for (std::size_t from = 0; from < n_; ++from) {
    for (const Pair& pair : rows[from]) {
      CASUS_EXPECTS(pair.to.valid() && pair.to.row() < n_, "a relation to nobody");
      const std::size_t i = make(ActorId(from), pair.to);
      affinity_[i] = pair.affinity;
      baseline_[i] = pair.baseline;
      flags_[i] = pair.flags;
      hostilities_[i] = pair.hostilities;
    }
  }
}

void PactBook::archive(Archive& a, std::size_t parties) {
  a(pacts_);
  if (!a.reads() && !a.renumbers()) return;
  parties_ = parties;
  make_index();
  ++revision_;
}

namespace {

void expect_rows(std::size_t rows, std::initializer_list<std::size_t> sizes, const char* table) {
  for (const std::size_t n : sizes) {
    CASUS_EXPECTS(n == rows, std::string("columns of ") + table + " differ in length");
  }
}

}  // namespace

void check_shape(const World& world, std::size_t events) {
  const auto& r = world.regions;
  const std::size_t n = r.size();
  expect_rows(
      n,
      {r.owner.size(), r.residents.size(), r.area.size(), r.value.size(), r.grievance.size(),
       r.terrain.size(), r.control.size(), r.deaths.size(), r.civilian_deaths.size(),
       r.recent_violence.size(), r.attacks.size(), r.border_begin.size() - 1},
      "regions");
  expect_rows(
      r.border_to.size(),
      {r.border_km.size(), r.border_share.size(), r.displaced.size(), r.border_begin.back()},
      "borders");
  CASUS_EXPECTS(std::is_sorted(r.border_begin.begin(), r.border_begin.end()),
                "borders are not in the order of their regions");
  std::apply(
      [&](const auto&... column) {
        expect_rows(world.actors.size(), {column.size()...}, "actors");
      },
      world.actors.columns());
  const auto& p = world.presences;
  expect_rows(
      p.size(),
      {p.region.size(), p.role.size(), p.strength.size(), p.control.size(), p.excitation.size()},
      "presences");
  CASUS_EXPECTS(world.relations.size() == world.actors.size(), "relations do not fit the actors");
  RowChecker rows;
  using Table = Archive::Table;
  rows.limit(Table::actors, world.actors.size());
  rows.limit(Table::regions, n);
  rows.limit(Table::pacts, world.pacts.size());
  rows.limit(Table::wars, world.wars.size());
  rows.limit(Table::events, events);
  rows(const_cast<World&>(world));
}

void archive(Archive& a, World& world) {
  auto& [regions, actors, presences, relations, bordering, pacts, wars, crises, measures] = world;
  a(regions, actors, presences, relations, bordering);
  pacts.archive(a, actors.size());
  a(wars, crises, measures);
}

}  // namespace casus
