#include "casus/scenario/make_world.h"

#include <algorithm>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/world/columns.h"

namespace casus {
namespace {

/// Appends to every column of numbers what the scenario gives, or its value at the start. A prior
/// is drawn at the address of its path, so it does not matter which column comes first.
template <class Table>
void start_columns(Table& table, const ScenarioData& s, const Given<Table>& given,
                   const std::string& base, Replicate replicate) {
  const auto columns = s.columns.of<Table>();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    auto* values = columns[c].values(table);
    if (values == nullptr) continue;
    const ColumnInfo& info = columns[c].info;
    double value = info.initial;
    if (info.given) {
      const bool own = std::holds_alternative<OwnRow>(columns[c].member);
      const Number number = own ? given.of_own(info) : given.at(c);
      const bool constant = number.shape == Number::Shape::constant;
      value = constant ? number.a : draw(number, replicate, base + info.name);
    }
    values->push_back(value);
  }
}

void make_regions(RegionTable& t, const ScenarioData& s, Replicate replicate) {
  t.border_begin.push_back(0);
  for (const RegionSpec& spec : s.regions) {
    const std::string base = "regions." + spec.name + ".";
    const auto number = [&](const Number& n, const char* field) {
      return draw(n, replicate, base + field);
    };
    t.key.push_back(region_key(spec.name));
    t.owner.push_back(spec.owner);
    const double population = number(spec.population, "population");
    // The loader has compared the two priors up to three spreads; beyond that all have fled. Nor
    // does it let through displaced people without a neighbour to live in; a program may.
    const double displaced =
        spec.neighbours.empty() ? 0.0 : std::min(population, number(spec.displaced, "displaced"));
    start_columns(t, s, spec.given, base, replicate);
    t.residents.back() = population - displaced;
    double border_total = 0.0;
    for (const Border& b : spec.neighbours) border_total += b.km;
    for (const Border& b : spec.neighbours) {
      t.border_to.push_back(b.to);
      t.border_km.push_back(b.km);
      t.border_share.push_back(b.km / border_total);
      t.displaced.push_back(displaced * b.km / border_total);
    }
    t.border_begin.push_back(static_cast<std::uint32_t>(t.border_to.size()));
  }
}

void make_bordering(World& w) {
  const RegionTable& t = w.regions;
  for (std::size_t r = 0; r < t.size(); ++r) {
    const auto [begin, end] = t.borders(RegionId(r));
    for (std::size_t i = begin; i < end; ++i) {
      const ActorId other = t.owner[t.border_to[i].row()];
      if (other != t.owner[r]) w.bordering.emplace_back(t.owner[r], other);
    }
  }
  std::sort(w.bordering.begin(), w.bordering.end());
  w.bordering.erase(std::unique(w.bordering.begin(), w.bordering.end()), w.bordering.end());
}

void make_actors(ActorTable& t, const ScenarioData& s, Replicate replicate) {
  for (const ActorSpec& spec : s.actors) {
    const std::string base = "actors." + spec.name + ".";
    t.key.push_back(actor_key(spec.name));
    t.name.push_back(spec.name);
    t.kind.push_back(spec.kind);
    t.alive.push_back(1);
    start_columns(t, s, spec.given, base, replicate);
    t.reserve.back() = draw(spec.forces, replicate, base + "forces");
    t.regime.push_back(spec.regime);
    if (spec.last_coup) {
      t.last_coup_day.back() = static_cast<double>(days_between(s.clock.start, *spec.last_coup));
      t.institution_change_day.back() = t.last_coup_day.back();
    }
    t.capital.push_back(spec.capital);
    t.dependent_fuel.push_back(spec.dependent_fuel);
    t.pro_state.push_back(spec.pro_state);
    t.sponsor.push_back(spec.sponsor);
    t.initial_forces.back() = t.reserve.back() + t.home_power.back();
    t.force_target.back() = t.initial_forces.back();
    t.power_at_start.back() = t.initial_forces.back() * t.quality.back();
  }
}

void make_presences(World& w, const ScenarioData& s, Replicate replicate) {
  auto& p = w.presences;
  for (const PresenceSpec& spec : s.presence) {
    const std::size_t a = spec.actor.row();
    const std::string path =
        "presence." + s.regions[spec.region.row()].name + "." + s.actors[a].name;
    p.actor.push_back(spec.actor);
    p.region.push_back(spec.region);
    p.role.push_back(spec.role);
    start_columns(p, s, spec.given, path + ".", replicate);
    p.strength.back() = draw(spec.strength, replicate, path);
    p.resistance.back() = spec.resistance.value_or(0.0);
  }
  // A state is present in every region it owns, with nobody if the scenario says so: its hold on
  // a region needs a row.
  std::vector<std::uint8_t> owner_there(s.regions.size(), 0);
  for (const PresenceSpec& spec : s.presence) {
    if (spec.actor == s.regions[spec.region.row()].owner) owner_there[spec.region.row()] = 1;
  }
  for (std::size_t r = 0; r < s.regions.size(); ++r) {
    const ActorId owner = s.regions[r].owner;
    if (owner_there[r] != 0) continue;
    p.actor.push_back(owner);
    p.region.emplace_back(r);
    p.role.push_back(Role::garrison);
    start_columns(p, s, {}, {}, replicate);
  }
  index_rows(w);

  // Presences are the central estimate: where the forces are a prior they follow the draw, and
  // never exceed it. Rows were found with the presences as they stand.
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    double placed = 0.0;
    for (const auto row : w.presences_of(ActorId(a))) placed += p.strength[row];
    if (placed <= 0.0) continue;
    const Number& forces = s.actors[a].forces;
    const double drawn = w.actors.reserve[a];
    const bool as_they_stand =
        forces.shape == Number::Shape::constant || forces.shape == Number::Shape::rows;
    double scale = as_they_stand ? 1.0 : drawn / forces.mean();
    scale = std::min(scale, drawn / placed);
    for (const auto row : w.presences_of(ActorId(a))) p.strength[row] *= scale;
    w.actors.reserve[a] = std::max(0.0, drawn - placed * scale);
  }
}

void make_relations(World& w, const ScenarioData& s, Replicate replicate, std::size_t dense_up_to) {
  w.relations = Relations(w.actors.size(), dense_up_to);
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    w.relations.set_affinity(ActorId(a), ActorId(a), 1.0);
    w.relations.set_baseline(ActorId(a), ActorId(a), 1.0);
  }
  for (const RelationSpec& spec : s.relations) {
    const std::string path =
        "relations." + s.actors[spec.from.row()].name + "." + s.actors[spec.to.row()].name;
    const double affinity = draw(spec.affinity, replicate, path);
    w.relations.set_affinity(spec.from, spec.to, affinity);
    w.relations.set_baseline(spec.from, spec.to, affinity);
    if (spec.rivalry) {
      w.relations.set_rivalry(spec.from, spec.to, true);
      w.relations.set_rivalry(spec.to, spec.from, true);
    }
    if (spec.hosting) w.relations.set_hosting(spec.from, spec.to, true);
  }
  // Who is deployed on somebody's soil at the start, and not at war with it, was let in.
  for (std::size_t i = 0; i < w.presences.size(); ++i) {
    const ActorId owner = w.regions.owner[w.presences.region[i].row()];
    if (w.presences.role[i] == Role::deployment && owner != w.presences.actor[i]) {
      w.relations.set_hosting(owner, w.presences.actor[i], true);
    }
  }
}

void open_war(World& w, std::uint64_t key, const std::vector<ActorId>& a,
              const std::vector<ActorId>& b, ActorId attacker, double begun_day) {
  War war;
  war.key = key;
  war.begun_by = -1;
  war.begun_day = begun_day;
  std::vector<Belligerent> belligerents;
  bool state_on[2] = {false, false};
  for (const auto& [side, members] : {std::pair<std::uint8_t, const std::vector<ActorId>&>{0, a},
                                      std::pair<std::uint8_t, const std::vector<ActorId>&>{1, b}}) {
    for (const ActorId m : members) {
      belligerents.push_back({m, side, 0, 1});
      if (m == attacker) war.begun_by = static_cast<std::int8_t>(side);
      state_on[side] = state_on[side] || w.actors.kind[m.row()] != ActorKind::armed_group;
    }
  }
  for (const ActorId x : a) {
    for (const ActorId y : b) w.relations.add_hostility(x, y, 1);
  }
  w.wars.set_interstate(w.wars.add(war, belligerents), state_on[0] && state_on[1]);
}

void make_wars(World& w, const ScenarioData& s) {
  for (const WarSpec& spec : s.wars) {
    open_war(w, law::conflict_key(spec.name).value, spec.side_a, spec.side_b, spec.attacker,
             static_cast<double>(days_between(s.clock.start, spec.since)));
  }
  // An insurgent presence is at war with the state whose soil it stands on, and with rival groups.
  // Wars older than the run have no recorded beginning; they count as begun a year before it.
  const double before = -days_per_year;
  for (std::size_t i = 0; i < w.presences.size(); ++i) {
    const ActorId group = w.presences.actor[i];
    const ActorId owner = w.regions.owner[w.presences.region[i].row()];
    if (w.presences.role[i] != Role::insurgent || group == owner) continue;
    if (w.relations.at_war(group, owner)) continue;
    open_war(w, mix(w.actors.key[group.row()].value, w.actors.key[owner.row()].value), {group},
             {owner}, group, before);
  }
  std::vector<ActorId> rivals;
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    if (w.actors.kind[a] != ActorKind::armed_group) continue;
    rivals.clear();
    w.relations.each_seen_by(ActorId(a), [&](const Relations::View& view) {
      const std::size_t b = view.other.row();
      const bool group = b > a && w.actors.kind[b] == ActorKind::armed_group;
      if (group && view.rivalry && !view.at_war) rivals.push_back(view.other);
    });
    for (const ActorId rival : rivals) {
      const auto ka = w.actors.key[a].value;
      const auto kb = w.actors.key[rival.row()].value;
      open_war(w, mix(std::min(ka, kb), std::max(ka, kb)), {ActorId(a)}, {rival}, {}, before);
    }
  }
}

void make_crises(World& w, const ScenarioData& s, Replicate replicate) {
  for (const CrisisSpec& spec : s.crises) {
    Crisis c;
    c.key = law::conflict_key(spec.name).value;
    c.challenger = spec.challenger;
    c.organisation = spec.organisation;
    c.target = spec.target;
    c.issue = spec.issue;
    c.stake = draw(spec.stake, replicate, "crises." + spec.name + ".stake");
    c.begun_day = static_cast<double>(days_between(s.clock.start, spec.since));
    c.stage =
        spec.stage == CrisisStage::ultimatum ? Confrontation::ultimatum : Confrontation::dispute;
    c.deadline_day =
        spec.deadline ? static_cast<double>(days_between(s.clock.start, *spec.deadline)) : 0.0;
    w.crises.push_back(c);
  }
  for (std::size_t i = 0; i < s.measures.size(); ++i) {
    const MeasureSpec& spec = s.measures[i];
    const std::string by =
        spec.by.valid() ? s.actors[spec.by.row()].name : s.pact_names[spec.organisation.row()];
    const std::string path = "measures." + by + "." + s.actors[spec.on.row()].name + "." +
                             std::to_string(static_cast<int>(spec.kind));
    Measure m;
    m.key = name_hash("measure", path);
    m.kind = spec.kind;
    m.by = spec.by;
    m.organisation = spec.organisation;
    m.on = spec.on;
    m.size = draw(spec.size, replicate, path);
    m.begun_day = static_cast<double>(days_between(s.clock.start, spec.since));
    w.measures.push_back(m);
  }
}

// Before the first step the hold on a region is what the scenario says, or follows the strength
// that stands there. Its owner's enemies share the rest by their strength.
void make_control(World& w, const ScenarioData& s) {
  auto& p = w.presences;
  for (std::size_t r = 0; r < w.regions.size(); ++r) {
    double friendly = 0.0;
    double hostile = 0.0;
    const auto fighting = [&](std::uint32_t row) {
      return p.strength[row] * w.actors.quality[p.actor[row].row()];
    };
    for (const auto row : w.presences_in(RegionId(r))) {
      (w.hostile_in(p.actor[row], RegionId(r)) ? hostile : friendly) += fighting(row);
    }
    const bool said = s.regions[r].given.says(&RegionTable::control);
    if (hostile <= 0.0) {
      // The loader does not let it be said.
      CASUS_EXPECTS(!said || w.regions.control[r] == 1.0, "ground that nobody holds");
      continue;
    }
    const double share = said ? 1.0 - w.regions.control[r] : hostile / (friendly + hostile);
    w.regions.control[r] = 1.0 - share;
    for (const auto row : w.presences_in(RegionId(r))) {
      if (w.hostile_in(p.actor[row], RegionId(r))) p.control[row] = share * fighting(row) / hostile;
    }
  }
}

}  // namespace

World make_world(const ScenarioData& scenario, Replicate replicate, std::size_t dense_relations) {
  World w;
  w.columns = scenario.columns;
  w.regions.own.resize(w.columns.own(ColumnTable::regions));
  w.actors.own.resize(w.columns.own(ColumnTable::actors));
  w.presences.own.resize(w.columns.own(ColumnTable::presences));
  make_regions(w.regions, scenario, replicate);
  make_bordering(w);
  make_actors(w.actors, scenario, replicate);
  make_presences(w, scenario, replicate);
  make_relations(w, scenario, replicate, dense_relations);
  w.pacts = PactBook(scenario.pacts, w.actors.size());
  make_wars(w, scenario);
  make_crises(w, scenario, replicate);
  make_control(w, scenario);
  return w;
}

}  // namespace casus
