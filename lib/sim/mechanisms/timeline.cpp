#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "casus/core/contracts.h"
#include "casus/sim/acts.h"
#include "sim/gate.h"
#include "sim/mechanisms.h"
#include "sim/turns.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose emit_turn("emit_turn");
constexpr Purpose deploy_turn("deploy_turn");

/// What happens when is the scenario's own; there is nothing to tune.
struct TimelineParameters {};

/// The scenario's dated and conditional interventions.
class Timeline final : public MechanismWith<Timeline, TimelineParameters> {
 public:
  static MechanismInfo about() {
    return {"timeline", "The scenario's dated and conditional interventions.", "", {}};
  }
  static const std::vector<Parameter<TimelineParameters>>& table() {
    static const std::vector<Parameter<TimelineParameters>> rows{};
    return rows;
  }

  void begin(StepContext& context) override {
    const std::size_t n = context.scenario.timeline.size();
    done_.assign(n, 0);
    leaving_.assign(n, 0.0);
    left_.assign(n, 0.0);
    name_items(context.scenario);
  }

  void step(StepContext& context) override { run(context); }

  void archive(Archive& a) override {
    a(done_, leaving_, left_);
    if (a.reads()) keys_.clear();  // they follow from the scenario, see run
  }

  void edited(std::span<const std::size_t> timeline) override {
    keys_.clear();
    const auto follow = [&](auto& column) {
      std::remove_reference_t<decltype(column)> now(timeline.size());
      for (std::size_t i = 0; i < now.size(); ++i) {
        if (timeline[i] < column.size()) now[i] = column[timeline[i]];
      }
      column = std::move(now);
    };
    follow(done_);
    follow(leaving_);
    follow(left_);
  }

 private:
  /// An entry has had something happen, since the log was so long.
  static void said(StepContext& context, std::size_t entry, std::size_t mark) {
    for (std::size_t i = mark; i < context.log.size(); ++i) {
      const Event e = context.log[EventId(i)];
      // What follows from the first is caused by it.
      if (i > mark && e.cause_count > 0) continue;
      context.decided({.event = e.id,
                       .kind = DecisionKind::timeline,
                       .yes = true,
                       .times = static_cast<std::uint32_t>(1 + entry),
                       .who = e.who,
                       .whom = e.whom,
                       .pact = e.pact,
                       .article = e.article});
    }
  }

  /// What an entry waits for and has come: the wars of its condition.
  static EventId awaited(const StepView& context, const TimelineSpec& item) {
    EventId last;
    if (!item.when) return last;
    for (const Condition::Term& term : item.when->terms) {
      if (term.kind != Condition::Term::Kind::war || term.negated) continue;
      const WarId war = war_between(context.world, term.a, term.b);
      const EventId cause = war.valid() ? context.world.wars[war.row()].cause : EventId{};
      if (cause.valid() && (!last.valid() || cause > last)) last = cause;
    }
    return last;
  }

  /// What is due is decided for all items on the world as the step finds it. Then kind by kind:
  /// who is leaving goes on, values are set, acts are done, forces come, forces begin to leave, and
  /// who is to cease fire does. Two acts or two deployments may want the same reserve: whose turn
  /// it is is drawn.
  void run(StepContext& context) {
    if (keys_.size() != context.scenario.timeline.size()) name_items(context.scenario);
    const auto& items = context.scenario.timeline;
    due_.clear();
    for (std::uint32_t i = 0; i < items.size(); ++i) {
      if (done_[i] != 0 || !due(context, items[i])) continue;
      done_[i] = items[i].once || items[i].at ? 1 : 0;
      due_.push_back(i);
    }
    bool leaving = false;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (leaving_[i] <= 0.0) continue;
      const std::size_t mark = context.log.size();
      withdraw(context, i, *items[i].withdraw);
      said(context, i, mark);
      leaving = true;
    }
    context.wrote = leaving || !due_.empty();
    if (due_.empty()) return;
    for (const std::uint32_t i : due_) {
      const std::size_t mark = context.log.size();
      set_values(context, items[i]);
      said(context, i, mark);
    }
    emit_all(context);
    for (const std::uint32_t i : in_turn(context, deploy_turn)) {
      const std::size_t mark = context.log.size();
      if (items[i].deploy) deploy_forces(context, i, *items[i].deploy);
      said(context, i, mark);
    }
    for (const std::uint32_t i : due_) {
      if (!items[i].withdraw) continue;
      const std::size_t mark = context.log.size();
      leaving_[i] = std::max(items[i].withdraw->over_days, context.days());
      withdraw(context, i, *items[i].withdraw);
      said(context, i, mark);
    }
    for (const std::uint32_t i : due_) {
      const std::size_t mark = context.log.size();
      if (items[i].ceasefire) cease_fire(context, *items[i].ceasefire);
      said(context, i, mark);
    }
  }

  static bool holds(const StepView& context, const Condition::Term& term) {
    const World& w = context.world;
    bool result = false;
    switch (term.kind) {
      case Condition::Term::Kind::war:
        result = w.relations.at_war(term.a, term.b);
        break;
      case Condition::Term::Kind::member:
        result = law::is_member(w.pacts[term.pact.row()], term.a, context.clock.date(context.step));
        break;
      case Condition::Term::Kind::column: {
        const double x = term.ref.table == PathRef::Table::parameter
                             ? context.parameters[term.ref.row][term.ref.row2]
                             : get(w, term.ref);
        using Op = Condition::Term::Op;
        result = term.op == Op::less         ? x < term.value
                 : term.op == Op::less_equal ? x <= term.value
                 : term.op == Op::greater    ? x > term.value
                                             : x >= term.value;
        break;
      }
    }
    return result != term.negated;
  }

  static bool due(const StepView& context, const TimelineSpec& item) {
    if (item.at && context.step != context.clock.step_at(*item.at)) return false;
    if (!item.when) return item.at.has_value();
    return std::all_of(item.when->terms.begin(), item.when->terms.end(),
                       [&](const auto& term) { return holds(context, term); });
  }

  /// An item is known by what it says and not by its place in the list; sizes left out, so that a
  /// what-if with another size draws at the same address. Of several that say the same the order of
  /// the list, which the loader makes one of content, tells them apart.
  void name_items(const ScenarioData& s) {
    const auto actor = [&](ActorId a) {
      return a.valid() ? actor_key(s.actors[a.row()].name).value : 0;
    };
    const auto region = [&](RegionId r) {
      return r.valid() ? region_key(s.regions[r.row()].name).value : 0;
    };
    std::map<std::uint64_t, std::uint64_t> same;
    keys_.clear();
    for (const TimelineSpec& item : s.timeline) {
      std::uint64_t h =
          item.at ? static_cast<std::uint64_t>(item.at->time_since_epoch().count()) : 0;
      h = mix(h, item.when ? name_hash(item.when->text) : 0);
      if (const auto& e = item.emit) {
        h = mix(h, mix(static_cast<std::uint64_t>(e->act), actor(e->by)));
        h = mix(h, mix(actor(e->against), region(e->where)));
      }
      if (const auto& t = item.ceasefire) h = mix(h, mix(actor(t->actor), actor(t->with)));
      if (const auto& d = item.deploy) h = mix(h, mix(actor(d->actor), region(d->region)));
      keys_.push_back(mix(h, same[h]++));
    }
  }

  /// The items that are due, in an order drawn for this step.
  std::vector<std::uint32_t> in_turn(const StepContext& context, Purpose purpose) const {
    std::vector<std::uint64_t> keys;
    for (const std::uint32_t i : due_) keys.push_back(keys_[i]);
    std::vector<std::uint32_t> order = drawn_order(context, purpose, keys);
    for (std::uint32_t& i : order) i = due_[i];
    return order;
  }

  double draw_of(const StepContext& context, const Number& number, std::size_t i,
                 const char* what) const {
    return draw(number, context.replicate, fmt::format("timeline.{:016x}.{}", keys_[i], what));
  }

  static void set_values(StepContext& context, const TimelineSpec& item) {
    for (const Assignment& a : item.set) {
      if (a.ref.table == PathRef::Table::parameter) {
        context.parameters[a.ref.row][a.ref.row2] = a.value;
        context.changed[a.ref.row] = 1;
      } else {
        set_in_world(context, a);
      }
    }
  }

  void deploy_forces(StepContext& context, std::size_t i, const MoveSpec& move) const {
    const double n = draw_of(context, move.strength, i, "deploy");
    const double most = std::min(n, ceiling_left(context.world, move.actor));
    const double moved = deploy(context.world, move.actor, move.region, most, Role::deployment);
    const ActorId owner = context.world.regions.owner[move.region.row()];
    if (owner != move.actor) context.world.relations.set_hosting(owner, move.actor, true);
    const EventId event = context.happened({.kind = EventKind::deployment,
                                            .who = move.actor,
                                            .whom = owner,
                                            .where = move.region,
                                            .size = moved},
                                           {awaited(context, context.scenario.timeline[i])});
    // Until the timeline calls them home, or the host does.
    post(context, move.actor, owner, moved, {.cause = event, .until_day = no_day});
  }

  /// Fewer forces than stand in the field: those who go are in the log.
  static void set_in_world(StepContext& context, const Assignment& a) {
    World& w = context.world;
    double gone = 0.0;
    if (a.ref.table == PathRef::Table::actor &&
        context.world.columns.info(a.ref).name == "forces") {
      gone = w.forces(ActorId(a.ref.row)) - w.actors.reserve[a.ref.row] - a.value;
    }
    set(w, a.ref, a.value);
    if (gone > 0.0) {
      context.happened({.kind = EventKind::disbanded, .who = ActorId(a.ref.row), .size = gone});
    }
  }

  // Linear over the given days: the share of what is left that leaves in a step is step / rest.
  void withdraw(StepContext& context, std::size_t i, const MoveSpec& move) {
    World& w = context.world;
    const double share = std::min(1.0, context.days() / leaving_[i]);
    leaving_[i] = share >= 1.0 ? 0.0 : leaving_[i] - context.days();
    RegionId where;
    for (const auto row : w.presences_of(move.actor)) {
      const RegionId r = w.presences.region[row];
      const bool meant =
          move.region.valid() ? r == move.region : w.regions.owner[r.row()] == move.host;
      if (!meant) continue;
      const double n = w.presences.strength[row] * share;
      recall(w, row, share >= 1.0 ? w.presences.strength[row] : n);
      left_[i] += n;
      where = r;
    }
    if (leaving_[i] <= 0.0 && left_[i] > 0.0) {
      const ActorId host = move.host.valid() ? move.host : w.regions.owner[where.row()];
      w.relations.set_hosting(host, move.actor, false);
      context.happened({.kind = EventKind::withdrawal,
                        .who = move.actor,
                        .whom = host,
                        .where = where,
                        .size = left_[i]});
      left_[i] = 0.0;
    }
  }

  static void cease_fire(StepContext& context, const TruceSpec& truce) {
    const WarId war = war_between(context.world, truce.actor, truce.with);
    if (!war.valid()) return;
    stop_war(context, war, WarState::ceasefire, context.day() + truce.lasts_days, {});
  }

  /// Where each goes is chosen before any has acted.
  void emit_all(StepContext& context) {
    const auto& items = context.scenario.timeline;
    where_.assign(items.size(), {});
    for (const std::uint32_t i : due_) {
      if (!items[i].emit) continue;
      const EmitSpec& e = *items[i].emit;
      where_[i] = e.where.valid()
                      ? e.where
                      : entry_region(context.world, e.by, e.against, context.law.entry_defence);
    }
    for (const std::uint32_t i : in_turn(context, emit_turn)) {
      if (!items[i].emit) continue;
      const EmitSpec& e = *items[i].emit;
      const std::size_t mark = context.log.size();
      act(context,
          {e.act, e.by, e.against, where_[i], draw_of(context, e.size, i, "emit"), e.severity,
           e.invited, e.help_asked, e.government, e.imminent, e.repelled, e.asked_by, e.invited_by,
           e.posture},
          awaited(context, items[i]));
      said(context, i, mark);
    }
  }

  std::vector<std::uint64_t> keys_;  ///< of each item, see name_items
  std::vector<std::uint8_t> done_;
  std::vector<double> leaving_;  ///< days left of a withdrawal under way
  std::vector<double> left_;     ///< people it has moved so far
  std::vector<std::uint32_t> due_;
  std::vector<RegionId> where_;
};

}  // namespace

std::unique_ptr<Mechanism> make_timeline() { return std::make_unique<Timeline>(); }

}  // namespace casus
