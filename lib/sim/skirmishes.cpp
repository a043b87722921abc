#include "sim/skirmishes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

#include "casus/rules/contest.h"
#include "casus/world/forces.h"

namespace casus {
namespace {

constexpr Purpose rival_fights("rival_fights");
constexpr Purpose operation_count("operation_count");
constexpr Purpose operation_targets("operation_targets");
constexpr Purpose operations_won("operations_won");

double rivals_succeed(const World& w, std::uint32_t by, std::uint32_t on,
                      const GroundRules& rules) {
  const auto quality = [&](std::uint32_t row) { return field_quality(w, w.presences.actor[row]); };
  return rules::tullock(std::min(0.5 * w.presences.strength[by], rules.company) * quality(by),
                        std::min(w.presences.strength[on], rules.post) * quality(on),
                        rules.decisiveness);
}

/// The group that is met: in proportion to its people who are to be met.
std::uint32_t found_by(const World& w, RegionId r, const HostileRows& hostile, double pick) {
  std::uint32_t met = 0;
  double cumulated = 0.0;
  for (const auto i : w.presences_in(r)) {
    const double seen = guerrilla(w, i, hostile) ? to_be_met(w, i) : 0.0;
    if (seen <= 0.0) continue;
    met = i;
    cumulated += seen;
    if (pick < cumulated) break;
  }
  return met;
}

/// The sweep on `on` among those found since `begin`.
Sweep& sweep_on(std::vector<Sweep>& found, std::size_t begin, RegionId where, PresenceId on) {
  for (std::size_t k = begin; k < found.size(); ++k) {
    if (found[k].on == on) return found[k];
  }
  found.push_back({.where = where, .on = on});
  return found.back();
}

}  // namespace

// Who stands where, and who has been at war with whom, only grows: so what is known of pairs that
// meet is added to, and neither the ground nor relations are searched for them every day.
void GroupEnemies::update(const World& world, Executor& executor) {
  const auto& kind = world.actors.kind;
  const auto group = [&](ActorId a) { return kind[a.row()] == ActorKind::armed_group; };
  const std::vector<std::pair<ActorId, ActorId>>& changes = world.relations.turned();
  const std::size_t rows = world.presences.size();
  if (age_ != world.relations.age() || read_ > changes.size() || of_.size() > kind.size() ||
      rows_ > rows) {
    know(world, executor);
  }
  of_.extend(kind.size());
  const std::size_t known = meetings_.size();
  turned_.clear();
  for (; read_ < changes.size(); ++read_) {
    const auto [a, b] = changes[read_];
    if (!group(a) || !group(b)) continue;
    turned_.emplace_back(a, b);
    const auto of_a = of_[a.row()];
    if (std::binary_search(of_a.begin(), of_a.end(), b.row())) continue;  // of whom all is known
    of_.add(a.row(), static_cast<std::uint32_t>(b.row()));
    of_.add(b.row(), static_cast<std::uint32_t>(a.row()));
    for (const auto row : world.presences_of(a)) meet(world, row, b, meetings_);
  }
  met_.gather(executor, rows - rows_, [&](std::size_t i, auto& met) {
    const std::size_t row = rows_ + i;
    for (const auto enemy : of_[world.presences.actor[row].row()]) {
      meet(world, row, ActorId(enemy), met);
    }
  });
  rows_ = rows;
  meetings_.insert(meetings_.end(), met_.all().begin(), met_.all().end());
  put_in_order(known);
  for (const auto& [a, b] : turned_) {
    for (const auto row : world.presences_of(a)) look_again(world, row, b);
  }
}

/// All wars anew, and nothing yet of who meets.
void GroupEnemies::know(const World& world, Executor& executor) {
  const auto& kind = world.actors.kind;
  age_ = world.relations.age();
  read_ = world.relations.turned().size();
  rows_ = 0;
  of_ = {};
  meetings_.clear();
  // Room for those of a small world, so that the day on which one is added asks for no memory.
  meetings_.reserve(256);
  merged_.reserve(256);
  turned_.reserve(16);
  of_.extend(kind.size());
  const std::span<const std::uint32_t> groups = world.of_kind(ActorKind::armed_group);
  enemies_.gather(executor, groups.size(), [&](std::size_t i, auto& enemies) {
    const std::uint32_t a = groups[i];
    world.relations.each_set_apart_by(ActorId(a), [&](const Relations::View& view) {
      if (!view.at_war || kind[view.other.row()] != ActorKind::armed_group) return;
      enemies.emplace_back(a, static_cast<std::uint32_t>(view.other.row()));
    });
  });
  for (const auto& [a, enemy] : enemies_.all()) of_.add(a, enemy);
}

/// The presence and that of an enemy in its region, if there is one.
std::optional<Meeting> GroupEnemies::meeting(const World& world, std::size_t row, ActorId enemy) {
  const PresenceId there = world.find(enemy, world.presences.region[row]);
  if (!there.valid()) return {};
  const auto key = [&](std::size_t at) {
    return world.actors.key[world.presences.actor[at].row()];
  };
  const auto [first, second] =
      key(row) < key(there.row()) ? std::pair(row, there.row()) : std::pair(there.row(), row);
  return Meeting{world.presences.region[row], static_cast<std::uint32_t>(first),
                 static_cast<std::uint32_t>(second),
                 world.relations.at_war(world.presences.actor[row], enemy)};
}

void GroupEnemies::meet(const World& world, std::size_t row, ActorId enemy,
                        std::vector<Meeting>& met) {
  if (const std::optional<Meeting> m = meeting(world, row, enemy)) met.push_back(*m);
}

namespace {

auto place(const Meeting& m) { return std::tuple(m.region, m.first, m.second); }
bool before(const Meeting& x, const Meeting& y) { return place(x) < place(y); }

}  // namespace

/// Has it made peace since, or gone to war again?
void GroupEnemies::look_again(const World& world, std::size_t row, ActorId enemy) {
  const std::optional<Meeting> now = meeting(world, row, enemy);
  if (!now) return;
  const auto at = std::lower_bound(meetings_.begin(), meetings_.end(), *now, before);
  if (at != meetings_.end() && place(*at) == place(*now)) at->at_war = now->at_war;
}

/// Those behind the first `known` were added: in their places, and each once.
void GroupEnemies::put_in_order(std::size_t known) {
  if (known == meetings_.size()) return;
  const auto same = [](const Meeting& x, const Meeting& y) { return place(x) == place(y); };
  const auto added = meetings_.begin() + static_cast<std::ptrdiff_t>(known);
  std::sort(added, meetings_.end(), before);
  merged_.resize(meetings_.size());
  std::merge(meetings_.begin(), added, added, meetings_.end(), merged_.begin(), before);
  merged_.erase(std::unique(merged_.begin(), merged_.end(), same), merged_.end());
  meetings_.swap(merged_);
}

namespace {

/// The fight of the groups of two presences in a region; none with a count of zero.
RivalFight fight_of(const StepView& context, std::uint32_t i, std::uint32_t j,
                    const GroundRules& rules, const Tempo& tempo) {
  const World& w = context.world;
  const auto key = [&](std::uint32_t row) {
    return w.actors.key[w.presences.actor[row].row()].value;
  };
  const double x = w.presences.strength[i], y = w.presences.strength[j];
  const double rate = rules.rival_rate * x * y / (x + y) * std::sqrt(tempo.of(i) * tempo.of(j));
  Stream stream = context.stream(
      rival_fights, {key(i), key(j), w.regions.key[w.presences.region[i].row()].value});
  const auto n = static_cast<std::uint32_t>(poisson(stream, rate * context.years()));
  if (n == 0) return {};
  // Who has more people there is oftener the one that attacks.
  const bool first = uniform(stream) * (x + y) < x;
  RivalFight fight{first ? i : j, first ? j : i, n, 0.0};
  const double odds = rivals_succeed(w, fight.by, fight.on, rules);
  double left = 1.0;
  for (std::uint32_t k = 0; k < n; ++k) {
    if (chance(stream, odds)) {
      left *=
          1.0 - std::min(1.0, rules.taken / (1.0 + w.presences.strength[fight.on] / rules.post));
    }
  }
  fight.taken = w.presences.control[fight.on] * (1.0 - left);
  return fight;
}

}  // namespace

void decide_rival_fight(const StepView& context, const Meeting& meeting, const GroundRules& rules,
                        const Tempo& tempo, std::vector<RivalFight>& found) {
  const World& w = context.world;
  const std::uint32_t i = meeting.first, j = meeting.second;
  if (!meeting.at_war || !fights(w, i) || !fights(w, j)) return;
  const RivalFight fight = fight_of(context, i, j, rules, tempo);
  if (fight.count > 0) found.push_back(fight);
}

void decide_sweeps(const StepView& context, RegionId r, const Defence& d, const GroundRules& rules,
                   const HostileRows& hostile, std::vector<Sweep>& found) {
  const World& w = context.world;
  const double rate = operations(w, r, d, rules);
  if (rate <= 0.0) return;
  const auto key = w.regions.key[r.row()].value;
  Stream count = context.stream(operation_count, {key});
  const double expected = rate * context.years();
  const auto n = static_cast<std::uint32_t>(poisson(count, expected));
  if (n == 0) return;
  const std::size_t begin = found.size();
  Stream targets = context.stream(operation_targets, {key});
  Stream won = context.stream(operations_won, {key});
  const double on_civilians =
      rules.state_civilians * (1.0 - std::clamp(w.regions.control[r.row()], 0.0, 1.0));
  for (std::uint32_t k = 0; k < n; ++k) {
    // All drawn whatever they are used for, so that what one hits shifts no later choice.
    const double u = uniform(targets);
    const double pick = uniform(targets) * d.insurgents;
    const double success = uniform(won);
    if (u < on_civilians) {
      ++sweep_on(found, begin, r, {}).count;
      continue;
    }
    const std::uint32_t met = found_by(w, r, hostile, pick);
    Sweep& sweep = sweep_on(found, begin, r, PresenceId(met));
    ++sweep.count;
    if (success < operation_succeeds(w, met, d, rules)) {
      const double held = w.presences.control[met];
      const double ground = ground_of_operation(w, met, rules);
      // Each falls on what those before it have left.
      sweep.lost += (1.0 - sweep.lost) * (held > 0.0 ? ground / held : 0.0);
    }
  }
  for (std::size_t k = begin; k < found.size(); ++k) found[k].expected = expected;
}

}  // namespace casus
