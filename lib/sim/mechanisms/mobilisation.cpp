#include <algorithm>
#include <cmath>

#include "casus/core/calendar.h"
#include "casus/core/gather.h"
#include "casus/world/forces.h"
#include "casus/world/hostile_rows.h"
#include "casus/world/supply.h"
#include "sim/actor_blocks.h"
#include "sim/desertion.h"
#include "sim/front.h"
#include "sim/group_changes.h"
#include "sim/mechanisms.h"
#include "sim/warfare.h"

namespace casus {
namespace {

struct MobilisationParameters {
  GroupRules groups;
  DesertionRules desertion;
  double recruitment = 0.0;
  double ceiling = 0.0;
  double loss_appeal = 0.0;
  double state_refill = 0.0;
  double redeployment = 0.0;
  double mobilisation_rate = 0.0;
  double front_rate = 0.0;
  double weariness = 0.0;
  double recovery = 0.0;
  double memory = 0.0;
  double camp_reach = 0.0;
  double threat_ranks = 0.0;
  double front_need = 0.0;
  double least_force = 0.0;
  double reordering = 0.0;
};

/// Recruitment, reinforcement, desertion and resolve; groups that split and merge.
class Mobilisation final : public MechanismWith<Mobilisation, MobilisationParameters> {
 public:
  static MechanismInfo about() {
    return {"mobilisation",
            "Recruitment, reinforcement, desertion and the will to go on; groups split and merge.",
            "rebel recruitment: Weinstein 2007; fusion and fragmentation: Bohorquez et al. 2009, "
            "doi:10.1038/nature08631; war-weariness: Mueller 1973",
            {},
            {"regions.residents", "actors.reserve", "actors.resources", "actors.resolve",
             "actors.mobilised", "actors.disarray", "actors.home_power", "actors.recent_losses",
             "presences.strength", "presences.control", "relations.affinity"}};
  }
  static const std::vector<Parameter<MobilisationParameters>>& table();

  /// What resolve returns to: the scenario's value, as losses fade from memory.
  void begin(StepContext& context) override { base_resolve_ = context.world.actors.resolve; }

  void step(StepContext& context) override {
    World& w = context.world;
    // One thing after the other for all, so that nobody answers what another has done just now.
    recruit_groups(context);
    look_at_ultimatums(w);
    refill_ = hazard_probability(p.state_refill, context.years());
    // Each state's ranks are its own, and those of all have been counted when the first recruits.
    const std::span<const std::uint32_t> states = w.of_kind(ActorKind::state);
    ranks_.gather(
        context.executor, states.size(),
        [&](std::size_t i, auto& ranks) {
          if (w.actors.alive[states[i]] != 0) ranks.push_back(count_ranks(w, ActorId(states[i])));
        },
        4, w.presences.size());
    for (const Ranks& ranks : ranks_.all()) raise_army(context, ranks);
    desertion_.run(context, p.desertion);
    place_reserves(context);
    tire(context);
    for (const ActorId parent : changes_.split(context, p.groups, forces_)) {
      // Rows are never removed, so this grows with the table of actors.
      base_resolve_.push_back(base_resolve_[parent.row()]);
    }
    changes_.merge(context, p.groups);
  }

  void archive(Archive& a) override { a(base_resolve_, changes_); }

 private:
  /// Soldiers of the reserve who go to a presence; while they are being shared out, its need.
  struct Placed {
    std::uint32_t row = 0;
    bool guests = false;  ///< on the soil of friends
    double people = 0.0;
  };

  /// Of a state: all it has under arms, and whether it mobilises.
  struct Ranks {
    ActorId of;
    double people = 0.0;
    bool called = false;
  };

  /// At which rate a group grows in a region in the step: from the people under its control (it
  /// also reaches people around its camps), more where grievance is high and where violence has
  /// made it a cause; nobody is left to recruit as it nears the ceiling.
  double growth(const StepView& context, std::size_t i) const {
    const World& w = context.world;
    const std::size_t a = w.presences.actor[i].row();
    const std::size_t r = w.presences.region[i].row();
    if (!living_group(w, a) || w.presences.strength[i] <= 0.0) return 0.0;
    // A militia recruits where its state holds the ground, a rebel group where it does itself.
    const bool loyal = w.actors.pro_state[a] != 0;
    const double hold = loyal ? w.regions.control[r] : w.presences.control[i];
    const double reached = w.regions.residents[r] * (p.camp_reach + (1.0 - p.camp_reach) * hold);
    const double room =
        std::max(0.0, 1.0 - w.presences.strength[i] / std::max(1.0, p.ceiling * reached));
    const double violence =
        w.regions.recent_violence[r] / std::max(1.0, w.regions.residents[r]) * 1000.0;
    const double appeal = w.regions.grievance[r] * (1.0 + p.loss_appeal * violence);
    const double rate = p.recruitment * w.actors.recruitment[a] * appeal * room;
    return rate * context.years();
  }

  /// What it gains by that. Growth is proportional to those who recruit; from the ceiling on nobody
  /// is found. Nobody wants more people than there are: where all but a few have fled, the violence
  /// of each who stayed makes a cause without bounds.
  static double gain(const World& w, std::size_t i, double growth) {
    if (growth == 0.0) return 0.0;
    const std::size_t r = w.presences.region[i].row();
    const double people = w.presences.strength[i];
    return std::max(std::min(people * std::expm1(growth), std::max(0.0, w.regions.residents[r])),
                    -people);
  }

  /// Groups that together want more people than live in a region get the same share of what they
  /// want.
  void recruit_groups(StepContext& context) {
    World& w = context.world;
    gains_.resize(w.presences.size());
    // What is wanted in a region does not depend on what others get, and a region owns its
    // presences, so a block of regions writes to slots of its own.
    for_rows(
        context.executor, w.regions.size(),
        [&](std::size_t r) { recruit_in(context, RegionId(r)); }, 64, w.presences.size());
  }

  void recruit_in(StepContext& context, RegionId region) {
    World& w = context.world;
    const auto rows = w.presences_in(region);
    double& residents = w.regions.residents[region.row()];
    const double there = std::max(0.0, residents);
    double wanted = 0.0;
    for (const auto row : rows) {
      gains_[row] = gain(w, row, growth(context, row));
      if (gains_[row] > 0.0) wanted += gains_[row];
    }
    const double share = wanted > there ? there / wanted : 1.0;  // that each gets
    for (const auto row : rows) {
      if (gains_[row] == 0.0) continue;  // as for all but groups
      // Recruits were residents: people are moved, never made.
      const double gain = gains_[row] > 0.0 ? gains_[row] * share : gains_[row];
      w.presences.strength[row] += gain;
      residents = std::max(0.0, residents - gain);
    }
    if (!rows.empty()) residents = std::max(0.0, residents);
  }

  /// Who has set or been given one over something else than a coup.
  void look_at_ultimatums(const World& w) {
    under_ultimatum_.assign(w.actors.size(), 0);
    for (const Crisis& c : w.crises) {
      if (c.stage != Confrontation::ultimatum || c.issue == Issue::coup) continue;
      for (const ActorId a : {c.target, c.challenger}) {
        if (a.valid()) under_ultimatum_[a.row()] = 1;
      }
    }
  }

  /// An ultimatum mobilises as war does, whichever side it is on; one over a coup is a matter of
  /// diplomats and pledged contingents.
  Ranks count_ranks(const World& w, ActorId state) const {
    const std::size_t a = state.row();
    bool called = under_ultimatum_[a] != 0;
    for (const std::uint32_t row : w.wars.of(state)) {
      if (called) break;
      const War& open = w.wars[row];
      called = open.interstate() && open.state() == WarState::active && side_of(open, state) >= 0;
    }
    return {state, w.forces(state) + w.actors.home_power[a], called};
  }

  /// A state refills its ranks towards what its money sustains, further when it feels threatened
  /// and only as far as it can pay; recruits come from the region of its capital.
  void raise_army(StepContext& context, const Ranks& ranks) const {
    World& w = context.world;
    auto& t = w.actors;
    const std::size_t a = ranks.of.row();
    const double wanted = t.force_target[a] * (1.0 + p.threat_ranks * t.threat[a]) - ranks.people;
    if (wanted > 0.0 && t.capital[a].valid()) {
      const double share =
          t.arrears[a] == 0.0
              ? refill_
              : hazard_probability(p.state_refill * (1.0 - t.arrears[a]), context.years());
      double& source = w.regions.residents[t.capital[a].row()];
      const double raised = std::min(wanted * share, source);
      source -= raised;
      t.reserve[a] += raised;
    }
    const double goal = ranks.called ? 1.0 : 0.0;
    if (t.mobilised[a] == goal) return;
    t.mobilised[a] +=
        (goal - t.mobilised[a]) * hazard_probability(p.mobilisation_rate, context.days());
  }

  /// The reserve goes where it is needed: a state's to its regions with insurgents, or, mobilised
  /// for war, to the front; a group's to where it already stands. It arrives when all have chosen.
  void place_reserves(StepContext& context) {
    World& w = context.world;
    hostile_.update(w, context.executor);
    reserve_.resize(w.actors.size());
    supplies_.resize(w.actors.size());
    in_peace_ = hazard_probability(p.redeployment / days_per_year, context.days());
    const ActorBlocks blocks(w);
    placed_.gather(
        context.executor, blocks.size(),
        [&](std::size_t b, auto& placed) {
          blocks.each(b, [&](std::size_t a) {
            const double moved =
                w.actors.alive[a] != 0 ? place_reserve(context, ActorId(a), placed) : 0.0;
            reserve_[a] = w.actors.reserve[a] - moved;
          });
        },
        1, w.actors.size());
    w.actors.reserve.swap(reserve_);
    const std::vector<Placed>& placed = placed_.all();  // each presence once
    for_rows(
        context.executor, placed.size(),
        [&](std::size_t i) { w.presences.strength[placed[i].row] += placed[i].people; }, 1024);
  }

  /// How many leave the reserve.
  double place_reserve(const StepView& context, ActorId actor, std::vector<Placed>& placed) {
    const World& w = context.world;
    const std::size_t a = actor.row();
    if (w.actors.reserve[a] < 1.0 || w.actors.kind[a] == ActorKind::external) return 0.0;
    const std::size_t begin = placed.size();
    Supply& supply = supplies_[a];
    const bool state = w.actors.kind[a] == ActorKind::state;
    if (state) supply.begin(w, actor);
    double all = 0.0;
    const bool war = state && w.actors.mobilised[a] > 0.0;
    const bool front = war && may_have_front(w, actor);
    double guests = 0.0;  // need on the soil of friends
    for (const auto row : w.presences_of(actor)) {
      // In peace guests are sent through the gate alone; in a war the front may be an ally's.
      const bool guest = state && is_guest(w, row);
      if (guest && !war) continue;
      const double need =
          state ? state_need(w, actor, row, war, front, supply) : w.presences.strength[row];
      if (need <= 0.0) continue;
      placed.push_back({row, guest, need});
      all += need;
      if (guest) guests += need;
    }
    if (all <= 0.0) return 0.0;
    // The needs are weights: what is moved is set by the rates, where it goes by the needs.
    const auto in_war = [&] {
      const double rate = p.redeployment / days_per_year + p.front_rate * w.actors.mobilised[a];
      return hazard_probability(rate, context.days());
    };
    const double sent = w.actors.reserve[a] * (war ? in_war() : in_peace_);
    // Friends get no more than the ceiling leaves; the rest stays in the reserve.
    const double abroad = sent * guests / all;
    const double kept = abroad > 0.0 ? std::min(1.0, room_abroad(w, actor) / abroad) : 1.0;
    double moved = 0.0;
    for (std::size_t i = begin; i < placed.size(); ++i) {
      placed[i].people = sent * placed[i].people / all;
      if (placed[i].guests) placed[i].people *= kept;
      moved += placed[i].people;
    }
    return moved;
  }

  static bool is_guest(const World& w, std::uint32_t row) {
    const ActorId owner = w.regions.owner[w.presences.region[row].row()];
    const ActorId actor = w.presences.actor[row];
    return owner != actor && !w.relations.at_war(actor, owner);
  }

  /// Hostile strength in the region and, for a front, on the other side of its borders. Nobody is
  /// sent where an enemy's army holds everything, nor where no road leads.
  double state_need(const World& w, ActorId state, std::uint32_t row, bool war, bool front,
                    Supply& supply) const {
    const RegionId r = w.presences.region[row];
    const bool home = w.regions.owner[r.row()] == state;
    if (home && !front && !hostile_.any_in(r)) return 0.0;  // as in most
    double need = 0.0;
    double armies = 0.0;
    for (const auto other : w.presences_in(r)) {
      const ActorId o = w.presences.actor[other];
      if (home ? !hostile_[other] : !w.relations.at_war(state, o)) continue;
      const bool guerrilla = w.presences.role[other] == Role::insurgent;
      (guerrilla ? need : armies) += field_power(w, other);
    }
    if (!home && (need > 0.0 || armies > 0.0 || war) && !supply.reaches(r)) return 0.0;
    if (front) armies += called_along_borders(w, state, r, p.front_need);
    return need + armies * (home ? std::max(0.0, w.regions.control[r.row()]) : 1.0);
  }

  void tire(StepContext& context) {
    auto& t = context.world.actors;
    forces_.resize(t.size());
    const double recovered = hazard_probability(p.recovery, context.years());
    const double remembered = std::exp2(-context.days() / p.memory);
    const double kept = std::exp(-p.reordering * context.days());
    for_rows(context.executor, t.size(), [&](std::size_t a) {
      look_back(context.world, a, recovered, remembered);
      t.disarray[a] *= kept;
    });
  }

  /// What an actor has been through is its own, so all look back at once.
  void look_back(World& w, std::size_t a, double recovered, double remembered) {
    auto& t = w.actors;
    forces_[a] = w.forces(ActorId(a));
    if (t.alive[a] == 0) return;
    double goal = base_resolve_[a];
    // Of an actor that has lost nobody the power is one.
    if (t.recent_losses[a] != 0.0) {
      const double suffered =
          t.recent_losses[a] / std::max(p.least_force, forces_[a] + t.recent_losses[a]);
      goal *= std::exp(-p.weariness * suffered);
    }
    t.resolve[a] += (goal - t.resolve[a]) * recovered;
    t.recent_losses[a] *= remembered;
  }

  std::vector<double> base_resolve_;
  double refill_ = 0.0;                   ///< of ranks, in a step of a state that pays
  double in_peace_ = 0.0;                 ///< of reserves, that are sent somewhere in a step
  std::vector<double> gains_;             ///< of each presence
  std::vector<double> forces_, reserve_;  ///< of each actor
  Gathered<Ranks> ranks_;
  Desertion desertion_;
  HostileRows hostile_;
  Gathered<Placed> placed_;
  std::vector<Supply> supplies_;  ///< of each actor
  GroupChanges changes_;
  std::vector<std::uint8_t> under_ultimatum_;
};

const std::vector<Parameter<MobilisationParameters>>& Mobilisation::table() {
  using P = MobilisationParameters;
  static const std::vector<Parameter<P>> rows{
      {{"recruitment", Unit::per_year, 0.0, 5.0, 1.25,
        "Growth of a group far from its ceiling where grievance is full, before losses",
        "calibrated: strengths stable under the losses of UCDP GED to 2023-08"},
       &P::recruitment},
      {{"ceiling", Unit::none, 1e-4, 0.05, 0.005,
        "Fighters a population in a group's reach can yield at most, as a share",
        "calibrated: insurgencies rarely mobilise more than one in a hundred (Weinstein 2007)"},
       &P::ceiling},
      {{"loss_appeal", Unit::none, 0.0, 5.0, 0.5,
        "How much recent deaths per thousand people add to a group's appeal",
        "calibrated: Condra & Shapiro 2012, doi:10.1111/j.1540-5907.2011.00542.x, direction only"},
       &P::loss_appeal},
      {{"state_refill", Unit::per_year, 0.0, 5.0, 0.6, "Rate at which a state refills its ranks",
        "calibrated"},
       &P::state_refill},
      {{"desertion", Unit::per_year, 0.0, 3.0, 0.25, "Rate of desertion of a force without will",
        "calibrated"},
       inside(&P::desertion, &DesertionRules::rate)},
      {{"unpaid", Unit::per_year, 0.0, 5.0, 1.0, "Rate of desertion of a force without pay",
        "judged: about half of 1,000 trained and unpaid men left in Somalia; the paid Afghan army "
        "lost almost half in its worst year"},
       inside(&P::desertion, &DesertionRules::unpaid)},
      {{"redeployment", Unit::per_year, 0.0, 12.0, 1.0,
        "Rate at which the reserve is sent to regions in need", "calibrated"},
       &P::redeployment},
      {{"mobilisation_rate", Unit::per_day, 0.0, 1.0, 0.1,
        "Rate at which a state at war or under ultimatum mobilises, and demobilises",
        "Stevenson 1996, Armaments and the Coming of War: two to three weeks in 1914"},
       &P::mobilisation_rate},
      {{"front_rate", Unit::per_day, 0.0, 1.0, 0.1,
        "Rate at which a mobilised state's reserve reaches the front", "calibrated: 1914"},
       &P::front_rate},
      {{"weariness", Unit::none, 0.0, 10.0, 2.0,
        "Log loss of resolve per share of the force lost of late", "Mueller 1973, direction only"},
       &P::weariness},
      {{"recovery", Unit::per_year, 0.05, 20.0, 2.0,
        "Rate at which resolve follows what recent losses leave of it", "calibrated"},
       &P::recovery},
      {{"memory", Unit::days, 10.0, 1500.0, 180.0, "Half-life of the memory of losses",
        "calibrated"},
       &P::memory},
      {{"split_rate", Unit::per_year, 0.0, 2.0, 0.04,
        "Rate at which a group without cohesion splits",
        "calibrated: Bakke, Cunningham & Seymour 2012, doi:10.1017/S1537592712000230"},
       inside(&P::groups, &GroupRules::split_rate)},
      {{"merge_rate", Unit::per_year, 0.0, 2.0, 0.05,
        "Rate at which groups of full affinity that meet merge", "calibrated"},
       inside(&P::groups, &GroupRules::merge_rate)},
      {{"camp_reach", Unit::none, 0.0, 0.5, 0.05,
        "Share of a region's people that a group without control of it reaches, around its camps",
        "judged"},
       &P::camp_reach},
      {{"threat_ranks", Unit::none, 0.0, 2.0, 0.5,
        "Share by which full threat raises the strength that a state refills its ranks to",
        "judged: a threatened state wants more than it began with"},
       &P::threat_ranks},
      {{"front_need", Unit::none, 0.0, 1000.0, 10.0,
        "Troops that a km of border with an enemy's land calls for, beside the hostile strength in "
        "the region",
        "judged: thin beside 1914, some 4,000 a km in the west, so that fighting draws the reserve "
        "first"},
       &P::front_need},
      {{"least_force", Unit::people, 1.0, 5000.0, 100.0,
        "A force counts as at least this where its losses tire it",
        "judged: the fate of a handful is no measure of an army"},
       &P::least_force},
      {{"reordering", Unit::per_day, 0.0, 2.0, 0.1,
        "Rate at which an army recovers from a surprise",
        "judged: two thirds of it within ten days; Betts 1982, Surprise Attack, for the direction"},
       &P::reordering},
      {{"split_from", Unit::people, 10.0, 5000.0, 200.0, "Forces from which a group can split",
        "judged: fewer stay one band"},
       inside(&P::groups, &GroupRules::split_from)},
      {{"split_least", Unit::none, 0.01, 0.5, 0.1, "Least share of a group that parts from it",
        "judged"},
       inside(&P::groups, &GroupRules::split_least)},
      {{"split_most", Unit::none, 0.5, 0.9, 0.5, "Greatest share of a group that parts from it",
        "judged: the larger part keeps the name"},
       inside(&P::groups, &GroupRules::split_most)},
      {{"split_affinity", Unit::none, -1.0, 1.0, -0.2,
        "Affinity between the two parts of a group that has split",
        "judged: those who part, part in anger"},
       inside(&P::groups, &GroupRules::split_affinity)},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_mobilisation() { return std::make_unique<Mobilisation>(); }

}  // namespace casus
