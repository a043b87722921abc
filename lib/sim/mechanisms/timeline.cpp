#include <algorithm>

#include "casus/core/contracts.h"
#include "casus/sim/acts.h"
#include "sim/mechanisms.h"
#include "sim/warfare.h"

namespace casus {
namespace {

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
    done_.assign(context.scenario.timeline.size(), 0);
    leaving_.assign(context.scenario.timeline.size(), 0.0);
    left_.assign(context.scenario.timeline.size(), 0.0);
  }

  void step(StepContext& context) override {
    for (std::size_t i = 0; i < done_.size(); ++i) {
      const TimelineSpec& item = context.scenario.timeline[i];
      if (leaving_[i] > 0.0) withdraw(context, i, *item.withdraw);
      if (done_[i] != 0 || !due(context, item)) continue;
      done_[i] = item.once || item.at ? 1 : 0;
      apply(context, i, item);
    }
  }

  void archive(Archive& a) override { a(done_, leaving_, left_); }

  void edited(std::span<const std::size_t> timeline) override {
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

  void apply(StepContext& context, std::size_t i, const TimelineSpec& item) {
    for (const Assignment& a : item.set) {
      if (a.ref.table == PathRef::Table::parameter) {
        context.parameters[a.ref.row][a.ref.row2] = a.value;
        context.changed[a.ref.row] = 1;
      } else {
        set_in_world(context, a);
      }
    }
    if (item.emit) emit(context, i, *item.emit);
    if (item.deploy) {
      const double n = draw(item.deploy->strength, context.replicate,
                            "timeline." + std::to_string(i) + ".deploy");
      const double moved =
          deploy(context.world, item.deploy->actor, item.deploy->region, n, Role::deployment);
      const ActorId owner = context.world.regions.owner[item.deploy->region.row()];
      if (owner != item.deploy->actor) {
        context.world.relations.set_hosting(owner, item.deploy->actor, true);
      }
      context.happened({.kind = EventKind::deployment,
                        .who = item.deploy->actor,
                        .whom = owner,
                        .where = item.deploy->region,
                        .size = moved});
    }
    if (item.withdraw) {
      leaving_[i] = std::max(item.withdraw->over_days, context.days());
      withdraw(context, i, *item.withdraw);
    }
  }

  /// Fewer forces than stand in the field: those who go are in the log.
  static void set_in_world(StepContext& context, const Assignment& a) {
    World& w = context.world;
    double gone = 0.0;
    if (a.ref.table == PathRef::Table::actor && column_info(a.ref).name == "forces") {
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

  void emit(StepContext& context, std::size_t i, const EmitSpec& spec) {
    const double size =
        draw(spec.size, context.replicate, "timeline." + std::to_string(i) + ".emit");
    act(context, {spec.act, spec.by, spec.against, spec.where, size, spec.severity, spec.invited,
                  spec.help_asked});
  }

  std::vector<std::uint8_t> done_;
  std::vector<double> leaving_;  ///< days left of a withdrawal under way
  std::vector<double> left_;     ///< people it has moved so far
};

}  // namespace

std::unique_ptr<Mechanism> make_timeline() { return std::make_unique<Timeline>(); }

}  // namespace casus
