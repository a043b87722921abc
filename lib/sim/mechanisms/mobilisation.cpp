#include <algorithm>
#include <cmath>

#include "casus/core/calendar.h"
#include "sim/mechanisms.h"
#include "sim/scratch.h"
#include "sim/turns.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose group_split("split");
constexpr Purpose merger("merger");
constexpr Purpose merger_turn("merger_turn");

struct MobilisationParameters {
  double recruitment = 0.0;
  double ceiling = 0.0;
  double loss_appeal = 0.0;
  double state_refill = 0.0;
  double desertion = 0.0;
  double unpaid = 0.0;
  double redeployment = 0.0;
  double mobilisation_rate = 0.0;
  double front_rate = 0.0;
  double weariness = 0.0;
  double recovery = 0.0;
  double memory = 0.0;
  double split_rate = 0.0;
  double merge_rate = 0.0;
  double camp_reach = 0.0;
  double threat_ranks = 0.0;
  double front_need = 0.0;
  double least_force = 0.0;
  double split_from = 0.0;
  double split_least = 0.0;
  double split_most = 0.0;
  double split_affinity = 0.0;
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
             "actors.mobilised", "actors.home_power", "actors.recent_losses", "presences.strength",
             "presences.control", "relations.affinity"}};
  }
  static const std::vector<Parameter<MobilisationParameters>>& table();

  /// What resolve returns to: the scenario's value, as losses fade from memory.
  void begin(StepContext& context) override { base_resolve_ = context.world.actors.resolve; }

  void step(StepContext& context) override {
    World& w = context.world;
    refill(gains_, w.presences.size());
    for_rows(
        context.executor, w.presences.size(), [&](std::size_t i) { decide(context, i); }, 64);
    recruit_groups(w);
    look_at_ultimatums(w);
    // One thing after the other for all, so that nobody answers what another has done just now.
    const auto for_the_living = [&](auto&& f) {
      for (std::size_t a = 0; a < w.actors.size(); ++a) {
        if (w.actors.alive[a] != 0) f(ActorId(a));
      }
    };
    for_the_living([&](ActorId a) {
      if (w.actors.kind[a.row()] == ActorKind::state) raise_army(context, a);
    });
    for_the_living([&](ActorId a) { desert(context, a); });
    placed_.clear();
    for_the_living([&](ActorId a) { place_reserve(context, a); });
    for (const auto& [row, people] : placed_) w.presences.strength[row] += people;
    for_the_living([&](ActorId a) { tire(context, a.row()); });
    splits(context);
    mergers(context);
  }

  void archive(Archive& a) override { a(base_resolve_, births_); }

 private:
  /// A group's gain in a region: from the people under its control (it also reaches people around
  /// its camps), more where grievance is high and where violence has made it a cause; nobody is
  /// left to recruit as it nears the ceiling.
  void decide(const StepView& context, std::size_t i) {
    const World& w = context.world;
    const std::size_t a = w.presences.actor[i].row();
    const std::size_t r = w.presences.region[i].row();
    const bool group = w.actors.kind[a] == ActorKind::armed_group && w.actors.alive[a] != 0;
    if (!group || w.presences.strength[i] <= 0.0) return;
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
    const double people = w.presences.strength[i];
    // Growth is proportional to those who recruit; from the ceiling on nobody is found.
    gains_[i] = people * std::expm1(rate * context.years());
  }

  /// Groups that together want more people than live in a region get the same share of what they
  /// want.
  void recruit_groups(World& w) {
    wanted_.assign(w.regions.size(), 0.0);
    for (std::size_t i = 0; i < gains_.size(); ++i) {
      gains_[i] = std::max(gains_[i], -w.presences.strength[i]);
      wanted_[w.presences.region[i].row()] += std::max(0.0, gains_[i]);
    }
    for (std::size_t r = 0; r < wanted_.size(); ++r) {
      const double there = std::max(0.0, w.regions.residents[r]);
      wanted_[r] = wanted_[r] > there ? there / wanted_[r] : 1.0;  // the share that each gets
    }
    for (std::size_t i = 0; i < gains_.size(); ++i) {
      const std::size_t r = w.presences.region[i].row();
      // Recruits were residents: people are moved, never made.
      const double gain = gains_[i] > 0.0 ? gains_[i] * wanted_[r] : gains_[i];
      w.presences.strength[i] += gain;
      w.regions.residents[r] = std::max(0.0, w.regions.residents[r] - gain);
    }
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

  /// A state refills its ranks towards what its money sustains, further when it feels threatened
  /// and only as far as it can pay; recruits come from the region of its capital.
  void raise_army(StepContext& context, ActorId state) {
    World& w = context.world;
    auto& t = w.actors;
    const std::size_t a = state.row();
    const double now = w.forces(state) + w.actors.home_power[a];
    const double wanted = t.force_target[a] * (1.0 + p.threat_ranks * t.threat[a]) - now;
    if (wanted > 0.0 && t.capital[a].valid()) {
      const double share =
          hazard_probability(p.state_refill * (1.0 - t.arrears[a]), context.years());
      double& source = w.regions.residents[t.capital[a].row()];
      const double raised = std::min(wanted * share, source);
      source -= raised;
      t.reserve[a] += raised;
    }
    // An ultimatum mobilises as war does, whichever side it is on; one over a coup is a matter of
    // diplomats and pledged contingents.
    bool war = false;
    for (const std::uint32_t row : w.wars.of(state)) {
      const War& open = w.wars[row];
      war = war || (open.interstate && open.state == WarState::active && side_of(open, state) >= 0);
    }
    const double goal = war || under_ultimatum_[a] != 0 ? 1.0 : 0.0;
    t.mobilised[a] +=
        (goal - t.mobilised[a]) * hazard_probability(p.mobilisation_rate, context.days());
  }

  /// Unpaid or beaten men go home: those in the field to the region's residents, the reserve to the
  /// capital's.
  void desert(StepContext& context, ActorId actor) {
    World& w = context.world;
    auto& t = w.actors;
    const std::size_t a = actor.row();
    const double will = t.kind[a] == ActorKind::armed_group ? t.cohesion[a] : t.resolve[a];
    // Will counts by the square of what lacks: the wavering stay, the broken run.
    const double rate = p.desertion * (1.0 - will) * (1.0 - will) + p.unpaid * t.arrears[a];
    const double share = hazard_probability(rate, context.years());
    if (share <= 0.0) return;
    const bool foreign = t.kind[a] == ActorKind::external;
    for (const auto row : w.presences_of(actor)) {
      const double n = w.presences.strength[row] * share;
      const RegionId r = w.presences.region[row];
      w.presences.strength[row] -= n;
      // Who deserts at home becomes a resident; who deserts abroad has nowhere to go but the depot.
      const bool home = w.regions.owner[r.row()] == actor || t.kind[a] == ActorKind::armed_group;
      if (foreign) {
        t.home_power[a] += n;
      } else if (home) {
        w.regions.residents[r.row()] += n;
      } else {
        t.reserve[a] += n;
      }
    }
    if (t.kind[a] == ActorKind::state && t.capital[a].valid()) {
      const double n = t.reserve[a] * share;
      t.reserve[a] -= n;
      w.regions.residents[t.capital[a].row()] += n;
    }
  }

  /// The reserve goes where it is needed: a state's to its regions with insurgents, or, mobilised
  /// for war, to the front; a group's to where it already stands. It arrives when all have chosen.
  void place_reserve(StepContext& context, ActorId actor) {
    World& w = context.world;
    const std::size_t a = actor.row();
    if (w.actors.reserve[a] < 1.0 || w.actors.kind[a] == ActorKind::external) return;
    needs_.clear();
    double all = 0.0;
    const bool state = w.actors.kind[a] == ActorKind::state;
    const bool war = state && w.actors.mobilised[a] > 0.0;
    for (const auto row : w.presences_of(actor)) {
      const double need = state ? state_need(w, actor, row, war) : w.presences.strength[row];
      if (need <= 0.0) continue;
      needs_.emplace_back(row, need);
      all += need;
    }
    if (all <= 0.0) return;
    // The needs are weights: what is moved is set by the rates, where it goes by the needs.
    double rate = p.redeployment / days_per_year;
    if (war) rate += p.front_rate * w.actors.mobilised[a];
    const double moved = w.actors.reserve[a] * hazard_probability(rate, context.days());
    for (const auto& [row, need] : needs_) placed_.emplace_back(row, moved * need / all);
    w.actors.reserve[a] -= moved;
  }

  /// Hostile strength in the region and, for a front, on the other side of its borders.
  double state_need(const World& w, ActorId state, std::uint32_t row, bool war) const {
    const RegionId r = w.presences.region[row];
    double need = 0.0;
    for (const auto other : w.presences_in(r)) {
      const ActorId o = w.presences.actor[other];
      if (w.relations.at_war(state, o)) {
        need += w.presences.strength[other] * w.actors.quality[o.row()];
      }
    }
    if (!war) return need;
    const auto [begin, end] = w.regions.borders(r);
    for (std::size_t i = begin; i < end; ++i) {
      const RegionId to = w.regions.border_to[i];
      const ActorId owner = w.regions.owner[to.row()];
      if (w.relations.at_war(state, owner)) need += p.front_need * w.regions.border_km[i];
    }
    return need;
  }

  void tire(StepContext& context, std::size_t a) {
    auto& t = context.world.actors;
    const double forces = context.world.forces(ActorId(a));
    const double suffered =
        t.recent_losses[a] / std::max(p.least_force, forces + t.recent_losses[a]);
    const double goal = base_resolve_[a] * std::exp(-p.weariness * suffered);
    t.resolve[a] += (goal - t.resolve[a]) * hazard_probability(p.recovery, context.years());
    t.recent_losses[a] *= std::exp2(-context.days() / p.memory);
  }

  // --- splitting and merging

  void splits(StepContext& context) {
    World& w = context.world;
    const std::size_t n = w.actors.size();
    for (std::size_t a = 0; a < n; ++a) {
      if (!living_group(w, a)) continue;
      const double forces = w.forces(ActorId(a));
      if (forces < p.split_from) continue;
      // Groups break over losses and over what they are about.
      const double strain = 1.0 - w.actors.cohesion[a] +
                            w.actors.recent_losses[a] / (forces + w.actors.recent_losses[a]);
      Stream stream = context.stream(group_split, {w.actors.key[a].value});
      const double u = uniform(stream);
      if (u >= hazard_probability(p.split_rate * strain, context.years())) continue;
      split(context, ActorId(a), p.split_least + (p.split_most - p.split_least) * uniform(stream));
    }
  }

  void split(StepContext& context, ActorId parent, double share) {
    World& w = context.world;
    // The key comes from the parent and the step, so that a split here shifts no draw elsewhere.
    const ActorKey key = born_key(w.actors.key[parent.row()], context.step, 0);
    const ActorId child =
        spawn(w, parent, w.actors.name[parent.row()] + "_split_" + std::to_string(++births_), key,
              context.step);
    // Rows are never removed, so this grows with the table of actors.
    base_resolve_.push_back(base_resolve_[parent.row()]);
    w.actors.reserve[child.row()] = w.actors.reserve[parent.row()] * share;
    w.actors.reserve[parent.row()] -= w.actors.reserve[child.row()];
    rows_.assign(w.presences_of(parent).begin(), w.presences_of(parent).end());
    for (const auto row : rows_) {
      const double moved = w.presences.strength[row] * share;
      const PresenceId to = w.require(child, w.presences.region[row], w.presences.role[row]);
      w.presences.strength[row] -= moved;
      w.presences.strength[to.row()] += moved;
      w.presences.control[to.row()] = w.presences.control[row] * share;
      w.presences.control[row] -= w.presences.control[to.row()];
    }
    w.relations.set_affinity(parent, child, p.split_affinity);
    w.relations.set_affinity(child, parent, p.split_affinity);
    context.happened(
        {.kind = EventKind::split, .who = child, .whom = parent, .size = w.forces(child)});
  }

  /// Which pairs agree is decided on the world as it is. A group that several want goes with the
  /// first in an order that is drawn.
  void mergers(StepContext& context) {
    World& w = context.world;
    const std::size_t n = w.actors.size();
    std::vector<std::pair<ActorId, ActorId>> pairs;
    std::vector<std::uint64_t> keys;
    for (std::size_t a = 0; a < n; ++a) {
      if (!living_group(w, a)) continue;
      const ActorId x(a);
      // Those it likes; a merger changes no liking.
      rows_liked_.clear();
      w.relations.each_seen_by(x, [&](const Relations::View& view) {
        const auto b = static_cast<std::uint32_t>(view.other.row());
        if (b > a && view.affinity > 0.0) rows_liked_.push_back(b);
      });
      for (const std::uint32_t b : rows_liked_) {
        if (!living_group(w, a) || !living_group(w, b)) continue;
        if (w.actors.pro_state[a] != w.actors.pro_state[b]) continue;
        const ActorId y(b);
        const double liking = std::min(w.relations.affinity(x, y), w.relations.affinity(y, x));
        if (liking <= 0.0 || w.relations.at_war(x, y) || !meet(w, x, y)) continue;
        const auto [low, high] = std::minmax(w.actors.key[a].value, w.actors.key[b].value);
        Stream stream = context.stream(merger, {low, high});
        if (!chance(stream, hazard_probability(p.merge_rate * liking, context.years()))) continue;
        pairs.emplace_back(x, y);
        keys.push_back(mix(low, high));
      }
    }
    for (const std::uint32_t i : drawn_order(context, merger_turn, keys)) {
      const auto [x, y] = pairs[i];
      if (!living_group(w, x.row()) || !living_group(w, y.row()) || w.relations.at_war(x, y)) {
        continue;
      }
      // The smaller goes into the larger; of equals the one with the greater key.
      const double fx = w.forces(x);
      const double fy = w.forces(y);
      const bool first = fx != fy ? fx > fy : w.actors.key[x.row()] < w.actors.key[y.row()];
      merge(context, first ? x : y, first ? y : x);
    }
  }

  void merge(StepContext& context, ActorId into, ActorId from) {
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
    const auto wars = w.wars.of(from);
    // A copy: joining a war moves the list.
    for (const std::uint32_t i : std::vector(wars.begin(), wars.end())) {
      const int side = side_of(w.wars[i], from);
      if (side < 0) continue;
      if (side_of(w.wars[i], into) < 0) join_war(context, WarId(i), into, side, {}, {}, event);
      leave_war(context, WarId(i), from, event);
    }
  }

  static bool living_group(const World& w, std::size_t a) {
    return w.actors.kind[a] == ActorKind::armed_group && w.actors.alive[a] != 0;
  }

  static bool meet(const World& w, ActorId a, ActorId b) {
    for (const auto row : w.presences_of(a)) {
      if (w.presences.strength[row] <= 0.0) continue;
      const PresenceId there = w.find(b, w.presences.region[row]);
      if (there.valid() && w.presences.strength[there.row()] > 0.0) return true;
    }
    return false;
  }

  std::vector<double> gains_, wanted_, base_resolve_;
  std::vector<std::pair<std::uint32_t, double>> needs_, placed_;
  std::vector<std::uint32_t> rows_, rows_liked_;
  std::vector<std::uint8_t> under_ultimatum_;
  std::uint64_t births_ = 0;
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
       &P::desertion},
      {{"unpaid", Unit::per_year, 0.0, 5.0, 1.0, "Rate of desertion of a force without pay",
        "judged: about half of 1,000 trained and unpaid men left in Somalia; the paid Afghan army "
        "lost almost half in its worst year"},
       &P::unpaid},
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
       &P::split_rate},
      {{"merge_rate", Unit::per_year, 0.0, 2.0, 0.05,
        "Rate at which groups of full affinity that meet merge", "calibrated"},
       &P::merge_rate},
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
      {{"split_from", Unit::people, 10.0, 5000.0, 200.0, "Forces from which a group can split",
        "judged: fewer stay one band"},
       &P::split_from},
      {{"split_least", Unit::none, 0.01, 0.5, 0.1, "Least share of a group that parts from it",
        "judged"},
       &P::split_least},
      {{"split_most", Unit::none, 0.5, 0.9, 0.5, "Greatest share of a group that parts from it",
        "judged: the larger part keeps the name"},
       &P::split_most},
      {{"split_affinity", Unit::none, -1.0, 1.0, -0.2,
        "Affinity between the two parts of a group that has split",
        "judged: those who part, part in anger"},
       &P::split_affinity},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_mobilisation() { return std::make_unique<Mobilisation>(); }

}  // namespace casus
