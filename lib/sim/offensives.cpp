#include "sim/offensives.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "casus/rules/contest.h"
#include "casus/rules/hazard.h"
#include "casus/world/forces.h"
#include "sim/acts.h"

namespace casus {
namespace {

constexpr Purpose offensive_draw("offensive");

/// The two sides of a front in a region, as one who is at war sees it.
struct Sides {
  double ours = 0.0, theirs = 0.0;  ///< power
  double ground = 0.0;              ///< that is theirs
};

/// Does `a` fight in the region with its owner, and not against it? An army that stands on an
/// enemy's soil at the start counts as let in, and is no guest all the same.
bool at_home(const World& w, ActorId a, RegionId r) {
  const ActorId owner = w.regions.owner[r.row()];
  return owner == a || (w.relations.hosts(owner, a) && !w.relations.at_war(owner, a));
}

Sides sides_in(const World& w, ActorId a, RegionId r) {
  const bool home = at_home(w, a, r);
  Sides s;
  for (const auto row : w.presences_in(r)) {
    if (w.presences.role[row] == Role::insurgent) continue;
    const ActorId other = w.presences.actor[row];
    const bool invader = w.hostile_in(other, r);
    const double power = field_power(w, row);
    if (home) {
      // Whoever has come against the owner and is at war with `a` too.
      const bool enemy = invader && w.relations.at_war(a, other);
      if (enemy) s.ground += w.presences.control[row];
      if (enemy) s.theirs += power;
      if (!invader) s.ours += power;
    } else {
      (invader ? s.ours : s.theirs) += power;
    }
  }
  if (!home) s.ground = std::max(0.0, w.regions.control[r.row()]);
  return s;
}

/// May `a` attack there? An enemy's region, or one of its own or a host's where an enemy is.
bool worth_attacking(const World& w, ActorId a, RegionId r) {
  if (at_home(w, a, r)) {
    const Sides s = sides_in(w, a, r);
    return s.theirs > 0.0 || s.ground > 0.0;
  }
  const ActorId owner = w.regions.owner[r.row()];
  return w.relations.at_war(a, owner) && w.actors.kind[owner.row()] != ActorKind::armed_group;
}

/// Odds of power that give a chance of winning.
double odds_for(double chance, const OffensiveRules& rules) {
  return std::pow(chance / (1.0 - chance), 1.0 / rules.decisiveness);
}

/// The strongest enemy next to a region, but for those in `except`.
double enemy_beside(const World& w, ActorId a, RegionId r, RegionId except) {
  double most = 0.0;
  const auto [begin, end] = w.regions.borders(r);
  for (std::size_t i = begin; i < end; ++i) {
    if (w.regions.border_to[i] == except) continue;
    double power = 0.0;
    for (const auto row : w.presences_in(w.regions.border_to[i])) {
      const bool enemy =
          w.presences.role[row] != Role::insurgent && w.relations.at_war(a, w.presences.actor[row]);
      if (enemy) power += field_power(w, row);
    }
    most = std::max(most, power);
  }
  return most;
}

/// People of an army that can leave for a region: all but its share that stays, and but what it
/// takes to win where it stands and to be no prey for the enemies beside it. On an enemy's soil it
/// goes on as far as it has taken what it stands on.
double can_leave(const World& w, std::uint32_t row, RegionId to, const OffensiveRules& rules) {
  const ActorId a = w.presences.actor[row];
  const RegionId from = w.presences.region[row];
  const double quality = field_quality(w, a);
  if (quality <= 0.0) return 0.0;
  const double odds = odds_for(rules.success, rules);
  const Sides s = sides_in(w, a, from);
  // Friends who stand there hold it too.
  const double held = odds * s.theirs + enemy_beside(w, a, from, to) / odds;
  const double needed = std::max(0.0, held - std::max(0.0, s.ours - field_power(w, row)));
  const double strength = w.presences.strength[row];
  if (at_home(w, a, from)) {
    return std::clamp(strength - needed / quality, 0.0, rules.share * strength);
  }
  const double taken = 1.0 - s.ground;
  const double garrison = rules.garrison / 1000.0 * w.regions.residents[from.row()];
  return std::clamp(strength - std::max(garrison, needed / quality), 0.0,
                    rules.share * taken * strength);
}

bool stands_in(const World& w, ActorId a, ActorId state) {
  for (const auto row : w.presences_of(a)) {
    const bool there = w.regions.owner[w.presences.region[row].row()] == state;
    if (there && w.presences.strength[row] >= 1.0) return true;
  }
  return false;
}

}  // namespace

void Offensives::find_targets(const World& w, ActorId a, const OffensiveRules& rules) {
  targets_.clear();
  for (const std::uint32_t army : armies_) {
    const auto [begin, end] = w.regions.borders(w.presences.region[army]);
    for (std::size_t i = begin; i < end; ++i) {
      const RegionId to = w.regions.border_to[i];
      const auto known = std::find_if(targets_.begin(), targets_.end(),
                                      [&](const Target& t) { return t.where == to; });
      if (known == targets_.end() && !worth_attacking(w, a, to)) continue;
      Target& target = known != targets_.end() ? *known : targets_.emplace_back(Target{to});
      target.people += can_leave(w, army, to, rules);
    }
  }
  for (Target& t : targets_) {
    const Sides s = sides_in(w, a, t.where);
    const double wanted = odds_for(rules.enough, rules) * s.theirs - s.ours;
    t.people = std::min(t.people, std::max(wanted / field_quality(w, a), rules.least));
    // On a friend's soil it is a guest like any other.
    if (t.people > 0.0 && at_home(w, a, t.where) && w.regions.owner[t.where.row()] != a) {
      t.people = std::min(t.people, room_abroad(w, a));
    }
  }
}

/// The best place to attack; nullptr if it would win nowhere.
const Offensives::Target* Offensives::choose(const World& w, ActorId a,
                                             const OffensiveRules& rules) const {
  const Target* best = nullptr;
  double most = 0.0;
  for (const Target& t : targets_) {
    if (t.people < rules.least) continue;
    const Sides s = sides_in(w, a, t.where);
    const double power = s.ours + t.people * field_quality(w, a);
    const double win = rules::tullock(power, s.theirs, rules.decisiveness);
    // Who stands there already fights on at the odds at which an enemy would not attack him.
    const double least = std::min(rules.success, 1.0 - rules.success);
    if (win < (s.ours > 0.0 ? least : rules.success)) continue;
    const double before = s.ours > 0.0 ? rules::tullock(s.ours, s.theirs, rules.decisiveness) : 0.0;
    const double worth = w.regions.value[t.where.row()] *
                         std::max(1.0, w.regions.residents[t.where.row()]) * (win - before);
    if (worth > most || (worth == most && best != nullptr &&
                         w.regions.key[t.where.row()] < w.regions.key[best->where.row()])) {
      most = worth;
      best = &t;
    }
  }
  return best;
}

void Offensives::plan(const World& w, ActorId a, const OffensiveRules& rules) {
  armies_.clear();
  for (const auto row : w.presences_of(a)) {
    const bool army = w.presences.role[row] != Role::insurgent && w.presences.strength[row] >= 1.0;
    if (army) armies_.push_back(row);
  }
  find_targets(w, a, rules);
  const Target* best = choose(w, a, rules);
  if (best == nullptr) return;
  Offensive o{a, best->where, marches_.size(), 0};
  double all = 0.0;
  for (const std::uint32_t army : armies_) {
    const RegionId from = w.presences.region[army];
    if (w.regions.border(from, o.to) == w.regions.borders(from).end) continue;
    marches_.push_back({army, can_leave(w, army, o.to, rules)});
    all += marches_.back().people;
  }
  o.end = marches_.size();
  for (std::size_t i = o.begin; i < o.end; ++i) {
    marches_[i].people *= std::min(1.0, best->people / all);
  }
  offensives_.push_back(o);
}

void Offensives::carry_out(StepContext& context, const Offensive& o) const {
  World& w = context.world;
  const ActorId owner = w.regions.owner[o.to.row()];
  const bool home = at_home(w, o.by, o.to);
  const bool newcomer = !home && !stands_in(w, o.by, owner);
  double people = 0.0;
  for (std::size_t i = o.begin; i < o.end; ++i) {
    const March& army = marches_[i];
    w.presences.strength[army.from] -= army.people;
    w.note(PresenceId(army.from));
    people += army.people;
  }
  // Straight into the region: the border is next to it.
  const PresenceId there = w.require(o.by, o.to, owner == o.by ? Role::garrison : Role::deployment);
  w.presences.strength[there.row()] += people;
  w.note(there);
  const WarId war = home ? WarId{} : war_between(w, o.by, owner);
  const EventKind kind = home       ? EventKind::deployment
                         : newcomer ? EventKind::invasion
                                    : EventKind::occupation;
  const EventId event =
      context.happened({.kind = kind, .who = o.by, .whom = owner, .where = o.to, .size = people},
                       {war.valid() ? w.wars[war.row()].cause : EventId{}});
  Decision d = o.decision;
  d.event = event;
  d.whom = owner;
  context.decided(d, {{TermKind::own_power, o.by, people}});
  if (newcomer) report_act(context, law::ActKind::invasion, o.by, owner, o.to, people, event);
}

void Offensives::launch(StepContext& context, const OffensiveRules& rules) {
  const World& w = context.world;
  offensives_.clear();
  marches_.clear();
  for (const std::uint32_t a : w.of_kind(ActorKind::state)) {
    if (w.actors.mobilised[a] < rules.mobilised) continue;
    Stream stream = context.stream(offensive_draw, {w.actors.key[a].value});
    const double rate = rules.rate * w.actors.mobilised[a];
    Decision d{.kind = DecisionKind::offensive,
               .who = ActorId(a),
               .probability = hazard_probability(rate, context.days()),
               .draw = uniform(stream)};
    d.yes = d.draw < d.probability;
    if (!d.yes) {
      context.declined(d, w.actors.key[a].value);
      continue;
    }
    const std::size_t before = offensives_.size();
    plan(w, ActorId(a), rules);
    if (offensives_.size() > before) offensives_.back().decision = d;
  }
  // All have looked at the same fronts: nobody marches into what another has just left.
  for (const Offensive& o : offensives_) carry_out(context, o);
}

}  // namespace casus
