#include "sim/group_changes.h"

#include <algorithm>
#include <optional>
#include <string>

#include "sim/turns.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose group_split("split");
constexpr Purpose merger("merger");
constexpr Purpose merger_turn("merger_turn");

/// A group that splits: the share that parts, and how it came to it.
struct Parting {
  double share = 0.0;
  double probability = 0.0, draw = 0.0;
};

std::optional<Parting> parting(const StepView& context, const GroupRules& rules, std::size_t a,
                               double forces) {
  const ActorTable& t = context.world.actors;
  if (!living_group(context.world, a) || forces < rules.split_from) return {};
  // Groups break over losses and over what they are about.
  const double strain = 1.0 - t.cohesion[a] + t.recent_losses[a] / (forces + t.recent_losses[a]);
  Stream stream = context.stream(group_split, {t.key[a].value});
  const double u = uniform(stream);
  const double rate = rules.split_rate * strain;
  if (!below_hazard(u, rate, context.years())) return {};
  const double probability = hazard_probability(rate, context.years());
  const double share = rules.split_least + (rules.split_most - rules.split_least) * uniform(stream);
  return Parting{share, probability, u};
}

bool meet(const World& w, ActorId a, ActorId b) {
  for (const auto row : w.presences_of(a)) {
    if (w.presences.strength[row] <= 0.0) continue;
    const PresenceId there = w.find(b, w.presences.region[row]);
    if (there.valid() && w.presences.strength[there.row()] > 0.0) return true;
  }
  return false;
}

std::uint64_t pair_key(const World& w, ActorId x, ActorId y) {
  const auto [low, high] = std::minmax(w.actors.key[x.row()].value, w.actors.key[y.row()].value);
  return mix(low, high);
}

/// Does `x` agree with one whom it likes, sees so, and is not at war with?
Decision agree(const StepView& context, const GroupRules& rules, ActorId x, ActorId y,
               double affinity) {
  const World& w = context.world;
  Decision d{.kind = DecisionKind::merger, .who = x, .whom = y, .probability = 0.0};
  if (!living_group(w, y.row())) return d;
  if (w.actors.pro_state[x.row()] != w.actors.pro_state[y.row()]) return d;
  const auto [low, high] = std::minmax(w.actors.key[x.row()].value, w.actors.key[y.row()].value);
  Stream stream = context.stream(merger, {low, high});
  d.draw = uniform(stream);
  // They like each other no more than the one does, and mergers are few: what is above the most
  // that the one's liking allows needs no search for the other's, nor for where they meet.
  if (d.draw >= most_of_hazard(rules.merge_rate * affinity, context.years())) return d;
  const double liking = std::min(affinity, w.relations.affinity(y, x));
  if (liking <= 0.0 || !meet(w, x, y)) return d;
  const double rate = rules.merge_rate * liking;
  d.yes = below_hazard(d.draw, rate, context.years());
  if (d.yes) d.probability = hazard_probability(rate, context.years());
  return d;
}

}  // namespace

const std::vector<ActorId>& GroupChanges::split(StepContext& context, const GroupRules& rules,
                                                std::span<const double> forces) {
  splits_.gather(context.executor, forces.size(), [&](std::size_t a, auto& splits) {
    const auto x = parting(context, rules, a, forces[a]);
    if (x) splits.push_back({ActorId(a), x->share, x->probability, x->draw});
  });
  parents_.clear();
  for (const Split& s : splits_.all()) {
    part(context, rules, s);
    parents_.push_back(s.parent);
  }
  return parents_;
}

void GroupChanges::part(StepContext& context, const GroupRules& rules, const Split& split) {
  World& w = context.world;
  const ActorId parent = split.parent;
  // The key comes from the parent and the step, so that a split here shifts no draw elsewhere.
  const ActorKey key = born_key(w.actors.key[parent.row()], context.step, 0);
  const ActorId child =
      spawn(w, parent, w.actors.name[parent.row()] + "_split_" + std::to_string(++births_), key,
            context.step);
  w.actors.reserve[child.row()] = w.actors.reserve[parent.row()] * split.share;
  w.actors.reserve[parent.row()] -= w.actors.reserve[child.row()];
  rows_.assign(w.presences_of(parent).begin(), w.presences_of(parent).end());
  for (const auto row : rows_) {
    const double moved = w.presences.strength[row] * split.share;
    const PresenceId to = w.require(child, w.presences.region[row], w.presences.role[row]);
    w.presences.strength[row] -= moved;
    w.presences.strength[to.row()] += moved;
    w.presences.control[to.row()] = w.presences.control[row] * split.share;
    w.presences.control[row] -= w.presences.control[to.row()];
  }
  w.relations.set_affinity(parent, child, rules.split_affinity);
  w.relations.set_affinity(child, parent, rules.split_affinity);
  const EventId event = context.happened(
      {.kind = EventKind::split, .who = child, .whom = parent, .size = w.forces(child)});
  context.decided({.event = event,
                   .kind = DecisionKind::split,
                   .yes = true,
                   .who = parent,
                   .whom = child,
                   .probability = split.probability,
                   .draw = split.draw});
}

// Which pairs agree is decided on the world as it is. A group that several want goes with the first
// in an order that is drawn.
void GroupChanges::merge(StepContext& context, const GroupRules& rules) {
  World& w = context.world;
  const bool square = !w.relations.square_row(ActorId(0)).empty();
  groups_.clear();
  for (std::size_t a = 0; square && a < w.actors.size(); ++a) {
    if (living_group(w, a)) groups_.emplace_back(a);
  }
  const std::size_t n = square ? groups_.size() : w.actors.size();
  mergers_.gather(context.executor, n, [&](std::size_t i, auto& mergers) {
    const ActorId x = square ? groups_[i] : ActorId(i);
    const auto ask = [&](ActorId y, double affinity) {
      const Decision d = agree(context, rules, x, y, affinity);
      if (d.yes) mergers.push_back({x, y, pair_key(w, x, y), d});
    };
    if (square) {
      const std::span<const double> views = w.relations.square_row(x);
      for (const ActorId y : std::span(groups_).subspan(i + 1)) {
        if (views[y.row()] > 0.0 && !w.relations.at_war(x, y)) ask(y, views[y.row()]);
      }
    } else if (living_group(w, i)) {
      // A pair is asked once. The view says whether there is war: to search for the pair again is
      // a wait for memory in a large world.
      w.relations.each_seen_by(x, [&](const auto& view) {
        if (view.other <= x || view.affinity <= 0.0 || view.at_war) return;
        ask(view.other, view.affinity);
      });
    }
  });
  if (mergers_.all().empty()) return;
  std::vector<std::uint64_t> keys;
  for (const Merger& m : mergers_.all()) keys.push_back(m.key);
  for (const std::uint32_t i : drawn_order(context, merger_turn, keys)) {
    const Merger& m = mergers_.all()[i];
    if (!living_group(w, m.x.row()) || !living_group(w, m.y.row())) continue;
    if (w.relations.at_war(m.x, m.y)) continue;
    // The smaller goes into the larger; of equals the one with the greater key.
    const double fx = w.forces(m.x);
    const double fy = w.forces(m.y);
    const bool first = fx != fy ? fx > fy : w.actors.key[m.x.row()] < w.actors.key[m.y.row()];
    unite(context, first ? m.x : m.y, first ? m.y : m.x, m.decision);
  }
}

void GroupChanges::unite(StepContext& context, ActorId into, ActorId from, Decision decision) {
  World& w = context.world;
  rows_.assign(w.presences_of(from).begin(), w.presences_of(from).end());
  for (const auto row : rows_) {
    const PresenceId to = w.require(into, w.presences.region[row], w.presences.role[row]);
    w.presences.strength[to.row()] += w.presences.strength[row];
    w.presences.control[to.row()] += w.presences.control[row];
    w.presences.strength[row] = 0.0;
    w.presences.control[row] = 0.0;
  }
  w.actors.reserve[into.row()] += w.actors.reserve[from.row()];
  w.actors.resources[into.row()] += w.actors.resources[from.row()];
  w.actors.reserve[from.row()] = 0.0;
  w.actors.resources[from.row()] = 0.0;
  // The row stays: the log refers to it.
  w.actors.alive[from.row()] = 0;
  const EventId event = context.happened(
      {.kind = EventKind::merge, .who = into, .whom = from, .size = w.forces(into)});
  decision.event = event;
  context.decided(decision);
  const auto wars = w.wars.of(from);
  // A copy: joining a war moves the list.
  for (const std::uint32_t i : std::vector(wars.begin(), wars.end())) {
    const int side = side_of(w.wars[i], from);
    if (side < 0) continue;
    if (side_of(w.wars[i], into) < 0) join_war(context, WarId(i), into, side, {}, {}, event);
    leave_war(context, WarId(i), from, event);
  }
}

}  // namespace casus
