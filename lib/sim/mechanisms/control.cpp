#include <cmath>

#include "casus/core/calendar.h"
#include "casus/rules/power.h"
#include "sim/hostile_rows.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

struct ControlParameters {
  double pace = 0.0;
  double decisiveness = 0.0;
  double local_advantage = 0.0;
  double threshold = 0.0;
  double shock = 0.0;
};

/// Who holds how much of each region. Each region's shares move towards what a contest between
/// the strengths that stand there would give, so that a garrison that leaves is missed slowly and
/// not at once.
class Control final : public MechanismWith<Control, ControlParameters> {
 public:
  static MechanismInfo about() {
    return {"control",
            "Who holds how much of each region.",
            "contest success function: Tullock 1980; control as a contested share: Kalyvas 2006",
            {},
            {"regions.control", "actors.legitimacy", "presences.control"}};
  }
  static const std::vector<Parameter<ControlParameters>>& table() {
    using P = ControlParameters;
    static const std::vector<Parameter<P>> rows{
        {{"pace", Unit::per_year, 0.1, 20.0, 2.0,
          "Rate at which the hold on a region follows the balance of strength there",
          "calibrated: months, the time between the loss of posts and the loss of a district"},
         &P::pace},
        {{"decisiveness", Unit::none, 0.3, 3.0, 1.0,
          "Exponent of the contest success function over local strengths", "Tullock 1980"},
         &P::decisiveness},
        {{"local_advantage", Unit::none, 0.1, 5.0, 1.2,
          "Weight of an insurgent's strength in holding countryside, in difficult terrain",
          "calibrated: Fearon & Laitin 2003 on rough terrain, direction only"},
         &P::local_advantage},
        {{"threshold", Unit::none, 0.05, 0.95, 0.5,
          "Share of a region below which it counts as lost by its owner", "convention"},
         &P::threshold},
        {{"shock", Unit::none, 0.0, 1.0, 0.15,
          "Share of its legitimacy that a state loses with a region, times the region's share of "
          "its "
          "people",
          "calibrated: the mutinies after Menaka in 2012 and Inata in 2021, direction only"},
         &P::shock},
    };
    return rows;
  }

  void begin(StepContext& context) override {
    lost_.resize(context.world.regions.size());
    for (std::size_t r = 0; r < lost_.size(); ++r) {
      lost_[r] = context.world.regions.control[r] < p.threshold;
    }
  }

  void step(StepContext& context) override {
    World& w = context.world;
    const double moved = hazard_probability(p.pace, context.years());
    hostile_.update(w, context.executor);
    control_.resize(w.presences.size());
    held_.resize(w.regions.size());
    // A region owns its presences, so a block of regions writes to slots of its own.
    for_rows(
        context.executor, w.regions.size(), [&](std::size_t r) { decide(w, RegionId(r), moved); },
        64);
    // The new values change places with the old ones.
    w.presences.control.swap(control_);
    w.regions.control.swap(held_);
    looked_around_ = false;
    for (std::size_t r = 0; r < w.regions.size(); ++r) {
      const bool lost = w.regions.control[r] < p.threshold;
      if (lost != (lost_[r] != 0)) change_hands(context, RegionId(r), lost);
    }
  }

  void archive(Archive& a) override { a(lost_); }

 private:
  void decide(const World& w, RegionId r, double moved) {
    double friendly = 0.0;
    double hostile = 0.0;
    const auto weight = [&](std::uint32_t row, bool enemy) {
      const auto& pr = w.presences;
      double x = pr.strength[row] * w.actors.quality[pr.actor[row].row()];
      if (enemy && pr.role[row] == Role::insurgent) {
        x *= 1.0 + p.local_advantage * w.regions.terrain[r.row()];
      }
      return x > 0.0 ? rules::power(x, p.decisiveness) : 0.0;
    };
    for (const auto row : w.presences_in(r)) {
      const bool enemy = hostile_[row];
      const double x = weight(row, enemy);
      control_[row] = enemy ? x : 0.0;
      (enemy ? hostile : friendly) += x;
    }
    const double all = friendly + hostile;
    double held = 0.0;
    for (const auto row : w.presences_in(r)) {
      const double before = w.presences.control[row];
      // Where nobody stands, nobody's hold changes.
      const double target = all > 0.0 ? control_[row] / all : before;
      control_[row] = before + moved * (target - before);
      held += control_[row];
    }
    held_[r.row()] = 1.0 - held;
  }

  void change_hands(StepContext& context, RegionId r, bool lost) {
    World& w = context.world;
    ActorId strongest;
    double most = 0.0;
    for (const auto row : w.presences_in(r)) {
      const double share = w.presences.control[row];
      if (share > most) {
        most = share;
        strongest = w.presences.actor[row];
      }
    }
    lost_[r.row()] = lost;
    look_around(context);
    if (lost) discredit(w, r);
    Event e{.kind = lost ? EventKind::region_lost : EventKind::region_regained,
            .who = lost ? strongest : w.regions.owner[r.row()],
            .whom = lost ? w.regions.owner[r.row()] : ActorId{},
            .where = r,
            .size = w.regions.control[r.row()]};
    // The last violence there is what decided it.
    context.happened(e, {last_violence_[r.row()]});
  }

  /// What the change of a region's hands is told with, looked up once in a step that has one.
  void look_around(const StepView& context) {
    if (looked_around_) return;
    looked_around_ = true;
    const World& w = context.world;
    people_.assign(w.actors.size(), 0.0);
    for (std::size_t i = 0; i < w.regions.size(); ++i) {
      people_[w.regions.owner[i].row()] += w.regions.residents[i];
    }
    last_violence_.assign(w.regions.size(), {});
    for (const Event& e : context.log.since(context.step_mark)) {
      if (e.where.valid() && e.deaths > 0.0) last_violence_[e.where.row()] = e.id;
    }
  }

  /// Losing a region discredits those who lost it.
  void discredit(World& w, RegionId r) const {
    const ActorId owner = w.regions.owner[r.row()];
    const double people = people_[owner.row()];
    const double share = people > 0.0 ? w.regions.residents[r.row()] / people : 0.0;
    w.actors.legitimacy[owner.row()] *= 1.0 - p.shock * share;
  }

  HostileRows hostile_;
  std::vector<double> control_;  ///< of each presence
  std::vector<double> held_;     ///< of each region, by its owner
  bool looked_around_ = false;
  std::vector<double> people_;          ///< who live at home, of each owner
  std::vector<EventId> last_violence_;  ///< of this step, in each region
  std::vector<std::uint8_t> lost_;
};

}  // namespace

std::unique_ptr<Mechanism> make_control() { return std::make_unique<Control>(); }

}  // namespace casus
