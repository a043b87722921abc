#include <algorithm>
#include <cmath>

#include "casus/core/calendar.h"
#include "casus/core/gather.h"
#include "casus/rules/effort.h"
#include "casus/rules/hazard.h"
#include "sim/acts.h"
#include "sim/mechanisms.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose attack_count("attack_count");
constexpr Purpose attack_targets("attack_targets");
constexpr Purpose cells_that_move("cells_that_move");
constexpr Purpose destination_draw("destination");

struct InsurgencyParameters {
  double attack_rate = 0.0;
  double concentration = 0.0;
  double branching = 0.0;
  double half_life = 0.0;
  double spread = 0.0;
  double grievance_weight = 0.0;
  double rival_share = 0.0;
  double ally_effect = 0.0;
  double enemy_effect = 0.0;
  double relocation = 0.0;
  double cell = 0.0;
  double crossing = 0.0;
  double effort_review = 0.0;
  double alliance_affinity = 0.0;
  double calm_draw = 0.0;
  double open_draw = 0.0;
  double daunting_strength = 0.0;
  double friendly_draw = 0.0;
};

// A group of this strength attacks at the parameter's rate per fighter whatever the concentration.
constexpr double reference_strength = 200.0;

/// Armed groups choose where and how hard to fight. Attacks excite further attacks, there and over
/// the borders; allies' and enemies' strength moves a group's effort; cells move to where fighting
/// promises more.
class Insurgency final : public MechanismWith<Insurgency, InsurgencyParameters> {
 public:
  static MechanismInfo about() {
    return {"insurgency",
            "Armed groups choose where, whom and how hard to attack.",
            "self-excitation: Hawkes 1971; effort of allied and hostile groups: Koenig, Rohner, "
            "Thoenig & Zilibotti 2017, doi:10.3982/ECTA13117",
            {},
            {"regions.attacks", "actors.effort", "presences.strength", "presences.excitation"}};
  }
  static const std::vector<Parameter<InsurgencyParameters>>& table();

  void begin(StepContext& context) override { review_effort(context.world); }

  void step(StepContext& context) override {
    World& w = context.world;
    if (std::fmod(context.day(), p.effort_review) < context.days() && context.step > 0) {
      review_effort(w);
    }
    // Cells that moved, and groups that split, have added rows since.
    last_attack_.resize(w.presences.size());
    const rules::HawkesStepper kernel({p.branching * (1.0 - p.spread), p.half_life},
                                      context.days());
    plans_.gather(context.executor, w.presences.size(), [&](std::size_t i, auto& plans) {
      if (!fights_here(w, i)) return;
      const Plan plan = decide(context, kernel, i);
      if (plan.attacks() + plan.cells > 0) plans.push_back(plan);
    });
    for (double& x : w.presences.excitation) x *= kernel.kept();
    apply_attacks(context);
    relocate(context);
  }

  void archive(Archive& a) override { a(last_attack_); }

 private:
  struct Plan {
    std::uint32_t by = 0;  ///< row of the presence
    std::uint32_t on_state = 0, on_civilians = 0, on_rival = 0;
    ActorId rival;
    double added = 0.0;
    bool excited = false;  ///< more than half of what was expected came from past attacks
    std::uint32_t cells = 0;

    std::uint32_t attacks() const { return on_state + on_civilians + on_rival; }
  };
  struct Move {
    std::uint32_t from = 0;  ///< row of the presence
    RegionId to;
    double people = 0.0;
  };
  /// A presence some of whose cells think of moving.
  struct Mover {
    std::uint32_t by = 0;  ///< its row
    std::uint32_t cells = 0;
    std::size_t borders = 0;  ///< where its region's borders begin in draws_
  };
  /// What a neighbouring region promises to the cells of a presence.
  struct Draw {
    double weight = 0.0, promise = 0.0;
  };

  static bool fights_here(const World& w, std::size_t i) {
    const std::size_t a = w.presences.actor[i].row();
    return w.presences.role[i] == Role::insurgent && w.presences.strength[i] >= 1.0 &&
           w.actors.alive[a] != 0;
  }

  /// Would the group attack the owner of the region? It does where it is at war, and where it has
  /// come to a new country that it dislikes; not during a ceasefire or after a peace.
  static bool attacks_owner(const World& w, ActorId group, ActorId owner) {
    if (w.relations.at_war(group, owner)) return true;
    if (w.relations.affinity(group, owner) >= 0.0) return false;
    for (const std::uint32_t row : w.wars.of(group)) {
      const War& war = w.wars[row];
      if (war.state == WarState::ceasefire && side_of(war, group) >= 0 &&
          side_of(war, owner) >= 0) {
        return false;
      }
    }
    return true;
  }

  Plan decide(const StepView& context, const rules::HawkesStepper& kernel, std::size_t i) const {
    const World& w = context.world;
    Plan plan;
    plan.by = static_cast<std::uint32_t>(i);
    const ActorId group = w.presences.actor[i];
    const RegionId region = w.presences.region[i];
    const std::size_t r = region.row();
    const auto group_key = w.actors.key[group.row()].value;
    const auto region_key = w.regions.key[r].value;
    const double strength = w.presences.strength[i];
    const double per_day = p.attack_rate / days_per_year * reference_strength *
                           std::pow(strength / reference_strength, p.concentration) *
                           std::exp(p.grievance_weight * (w.regions.grievance[r] - 0.5)) *
                           w.actors.effort[group.row()] * w.actors.activity[group.row()];
    // The rate is what is seen in the long run, set-off attacks included.
    const double background = per_day * (1.0 - p.branching);
    const rules::HawkesStep h = kernel.step(w.presences.excitation[i], background);
    plan.added = h.added;
    // More than half of what is expected comes from past attacks: likelier than not, they are the
    // cause. This moves what the log says, and nothing in the world.
    plan.excited = h.expected > 2.0 * background * context.days();
    Stream attacks = context.stream(attack_count, {group_key, region_key});
    const auto n = static_cast<std::uint32_t>(poisson(attacks, h.expected));
    if (n > 0) choose_targets(context, n, plan);
    Stream move = context.stream(cells_that_move, {group_key, region_key});
    plan.cells = static_cast<std::uint32_t>(std::min(
        std::floor(strength / p.cell),
        static_cast<double>(poisson(move, p.relocation * context.years() * strength / p.cell))));
    return plan;
  }

  void choose_targets(const StepView& context, std::uint32_t n, Plan& plan) const {
    const World& w = context.world;
    const ActorId group = w.presences.actor[plan.by];
    const RegionId region = w.presences.region[plan.by];
    double rivals = 0.0;
    double strongest = 0.0;
    for (const auto row : w.presences_in(region)) {
      const ActorId other = w.presences.actor[row];
      if (w.presences.role[row] != Role::insurgent || !w.relations.at_war(group, other)) continue;
      const double s = w.presences.strength[row];
      rivals += s;
      if (s > strongest) {
        strongest = s;
        plan.rival = other;
      }
    }
    const bool owner = attacks_owner(w, group, w.regions.owner[region.row()]);
    const double on_rivals =
        rivals > 0.0 ? p.rival_share * rivals / (rivals + w.presences.strength[plan.by]) : 0.0;
    Stream stream = context.stream(
        attack_targets, {w.actors.key[group.row()].value, w.regions.key[region.row()].value});
    for (std::uint32_t k = 0; k < n; ++k) {
      // Both drawn whatever they are used for, so that a rival's arrival shifts no later choice.
      const double u = uniform(stream);
      const double v = uniform(stream);
      if (u < on_rivals) {
        ++plan.on_rival;
      } else if (owner && v < w.actors.civilian_targeting[group.row()]) {
        ++plan.on_civilians;
      } else if (owner) {
        ++plan.on_state;
      }
    }
  }

  void apply_attacks(StepContext& context) {
    World& w = context.world;
    for (const Plan& plan : plans_.all()) {
      const std::uint32_t n = plan.attacks();
      if (n == 0) continue;
      const std::size_t i = plan.by;
      const ActorId group = w.presences.actor[i];
      const RegionId region = w.presences.region[i];
      const ActorId owner = w.regions.owner[region.row()];
      w.regions.attacks[region.row()] += n;
      // A step's attacks excite from its end on; those within the step are in what was expected.
      w.presences.excitation[i] += plan.added * n;
      excite_neighbours(w, group, region, plan.added * n);
      EventId cause;
      if (plan.on_state + plan.on_civilians > 0) {
        const WarId war = open_war(context, group, owner, last_attack_[i]);
        cause = w.wars[war.row()].cause;
      }
      const EventId previous = plan.excited ? last_attack_[i] : EventId{};
      attack(context, i, owner, plan.on_state, law::ActKind::rebellion, {cause, previous});
      attack(context, i, {}, plan.on_civilians, law::ActKind::terrorist_attack, {cause, previous});
      if (plan.on_rival > 0) {
        const WarId war = war_between(w, group, plan.rival);
        attack(context, i, plan.rival, plan.on_rival, law::ActKind::rebellion,
               {war.valid() ? w.wars[war.row()].cause : EventId{}, previous});
      }
    }
  }

  void excite_neighbours(World& w, ActorId group, RegionId region, double followers) const {
    if (p.spread <= 0.0) return;
    // `followers` is the part that stays; the part that spreads is in proportion to it.
    const double outwards = followers * p.spread / (1.0 - p.spread);
    const auto [begin, end] = w.regions.borders(region);
    for (std::size_t b = begin; b < end; ++b) {
      const PresenceId there = w.find(group, w.regions.border_to[b]);
      if (there.valid()) {
        w.presences.excitation[there.row()] += outwards * w.regions.border_share[b];
      }
    }
  }

  void attack(StepContext& context, std::size_t i, ActorId target, std::uint32_t count,
              law::ActKind kind, std::initializer_list<EventId> causes) {
    if (count == 0) return;
    World& w = context.world;
    const RegionId region = w.presences.region[i];
    const ActorId owner = w.regions.owner[region.row()];
    Event e{.kind = EventKind::attack,
            .who = w.presences.actor[i],
            .whom = target.valid() ? target : owner,
            .where = region,
            .size = static_cast<double>(count)};
    const EventId id = context.happened(e, causes);
    last_attack_[i] = id;
    context.attacks.push_back({PresenceId(i), target, count, id});
    if (!target.valid() || target == owner) {
      report_act(context, kind, e.who, owner, region, count, id);
    }
  }

  /// Every cell chooses on the map as it is before any has moved; then all of them move.
  void relocate(StepContext& context) {
    World& w = context.world;
    movers_.clear();
    std::size_t borders = 0;
    for (const Plan& plan : plans_.all()) {
      if (plan.cells == 0) continue;
      movers_.push_back({plan.by, plan.cells, borders});
      const auto [begin, end] = w.regions.borders(w.presences.region[plan.by]);
      borders += end - begin;
    }
    draws_.resize(borders);
    moves_.gather(
        context.executor, movers_.size(),
        [&](std::size_t m, auto& moves) { choose_where(context, movers_[m], moves); }, 16);
    for (const Move& m : moves_.all()) {
      w.presences.strength[m.from] -= m.people;
      const PresenceId there = w.require(w.presences.actor[m.from], m.to, Role::insurgent);
      w.presences.strength[there.row()] += m.people;
    }
  }

  double promise(const World& w, ActorId group, RegionId region) const {
    double enemies = 0.0;
    for (const auto row : w.presences_in(region)) {
      const ActorId other = w.presences.actor[row];
      if (other == group) continue;
      const bool rival = w.presences.role[row] == Role::insurgent;
      if (rival && !w.relations.at_war(group, other)) continue;
      enemies += w.presences.strength[row] * w.actors.quality[other.row()];
    }
    const std::size_t r = region.row();
    double x = (p.calm_draw + w.regions.grievance[r]) * (p.open_draw + w.regions.terrain[r]) *
               w.regions.value[r] / (1.0 + enemies / p.daunting_strength);
    if (w.relations.affinity(group, w.regions.owner[r]) >= 0.0) x *= p.friendly_draw;
    return x;
  }

  void choose_where(const StepView& context, const Mover& mover, std::vector<Move>& moves) {
    const World& w = context.world;
    const ActorId group = w.presences.actor[mover.by];
    const RegionId from = w.presences.region[mover.by];
    const auto [begin, end] = w.regions.borders(from);
    Draw* draws = draws_.data() + mover.borders;
    double all = 0.0;
    for (std::size_t b = begin; b < end; ++b) {
      const RegionId to = w.regions.border_to[b];
      Draw& draw = draws[b - begin];
      draw.promise = promise(w, group, to);
      draw.weight = w.regions.border_share[b] * draw.promise;
      if (w.regions.owner[to.row()] != w.regions.owner[from.row()]) draw.weight *= p.crossing;
      all += draw.weight;
    }
    if (all <= 0.0) return;
    const double here = promise(w, group, from);
    double left = w.presences.strength[mover.by];
    Stream stream = context.stream(
        destination_draw, {w.actors.key[group.row()].value, w.regions.key[from.row()].value});
    for (std::uint32_t k = 0; k < mover.cells; ++k) {
      const double u = uniform(stream);
      // It goes with probability promise there / (promise there + promise here).
      double cumulated = 0.0;
      for (std::size_t b = begin; b < end; ++b) {
        const Draw& draw = draws[b - begin];
        cumulated += draw.weight / all * draw.promise / (draw.promise + here);
        if (!(u < cumulated)) continue;
        const double people = std::min(p.cell, left);
        left -= people;
        moves.push_back({mover.by, w.regions.border_to[b], people});
        break;
      }
    }
  }

  void review_effort(World& w);

  Gathered<Plan> plans_;
  std::vector<Mover> movers_;
  std::vector<Draw> draws_;  ///< of each border of each mover's region
  Gathered<Move> moves_;
  std::vector<EventId> last_attack_;
};

const std::vector<Parameter<InsurgencyParameters>>& Insurgency::table() {
  using P = InsurgencyParameters;
  static const std::vector<Parameter<P>> rows{
      {{"attack_rate", Unit::per_year, 0.005, 2.0, 0.045,
        "Attacks per fighter in the long run, set-off attacks included, at grievance .5",
        "calibrated: UCDP GED 25.1 (Sundberg & Melander 2013), Mali, Burkina Faso, Niger, to "
        "2023-08"},
       &P::attack_rate},
      {{"concentration", Unit::none, 0.3, 1.5, 0.9,
        "Exponent of a presence's strength in its number of attacks (1: proportional; reference "
        "200 fighters)",
        "calibrated"},
       &P::concentration},
      {{"branching", Unit::none, 0.0, 0.9, 0.4, "Attacks set off by one attack, on average",
        "calibrated: Hawkes fits to daily UCDP GED events, .27 (Mali) to .65 (Burkina Faso)"},
       &P::branching},
      {{"half_life", Unit::days, 0.2, 60.0, 5.0, "Half-life of an attack's after-effect",
        "calibrated: Hawkes fits to daily UCDP GED events, .6 (Mali) to 12 days (Burkina Faso)"},
       &P::half_life},
      {{"spread", Unit::none, 0.0, 0.8, 0.25,
        "Share of the after-effect that falls on the group's presences in neighbouring regions",
        "calibrated: monthly onset 17 % with a violent neighbour, 6 % without, UCDP GED 2019-2023"},
       &P::spread},
      {{"grievance_weight", Unit::none, 0.0, 4.0, 1.0,
        "Log change of the attack rate from grievance 0 to 1", "calibrated"},
       &P::grievance_weight},
      {{"rival_share", Unit::none, 0.0, 1.0, 0.3,
        "Largest share of attacks aimed at rival groups in the same region",
        "calibrated: UCDP GED non-state dyads, Mali 2020-2022"},
       &P::rival_share},
      {{"ally_effect", Unit::none, 0.0, 0.5, 0.114,
        "Spill-over of allies' effort on a group's operational strength",
        "Koenig et al. 2017, doi:10.3982/ECTA13117"},
       &P::ally_effect},
      {{"enemy_effect", Unit::none, 0.0, 0.3, 0.083,
        "Spill-over of enemies' effort on a group's operational strength",
        "Koenig et al. 2017, doi:10.3982/ECTA13117"},
       &P::enemy_effect},
      {{"relocation", Unit::per_year, 0.0, 10.0, 0.15,
        "Rate at which a fighter's cell considers moving to a neighbouring region", "calibrated"},
       &P::relocation},
      {{"cell", Unit::people, 5.0, 200.0, 25.0, "Fighters that move together", "calibrated"},
       &P::cell},
      {{"crossing", Unit::none, 0.0, 2.0, 0.3,
        "Readiness to move into another state's region, relative to one of the same state",
        "calibrated"},
       &P::crossing},
      {{"effort_review", Unit::days, 1.0, 365.0, 30.0,
        "How often groups look anew at what their allies and enemies do",
        "judged: the network of groups moves slowly"},
       &P::effort_review},
      {{"alliance_affinity", Unit::none, 0.0, 1.0, 0.3,
        "Affinity above which two that fight the same enemy count as allies", "judged"},
       &P::alliance_affinity},
      {{"calm_draw", Unit::none, 0.01, 1.0, 0.2,
        "What draws cells to a region without grievance; full grievance adds 1", "judged"},
       &P::calm_draw},
      {{"open_draw", Unit::none, 0.01, 1.0, 0.5,
        "What draws cells to open country; the most difficult terrain adds 1",
        "judged; direction: Fearon & Laitin 2003, doi:10.1017/S0003055403000534"},
       &P::open_draw},
      {{"daunting_strength", Unit::people, 10.0, 100000.0, 1000.0,
        "Enemies, by their quality, that halve what draws cells to a region", "judged"},
       &P::daunting_strength},
      {{"friendly_draw", Unit::none, 0.0, 1.0, 0.1,
        "What draws cells to a region whose owner they do not dislike, relative to an enemy's",
        "judged: there is nobody to fight"},
       &P::friendly_draw},
  };
  return rows;
}

// Effort is relative to a group without friends or foes, so that a scenario's attack rate keeps
// its meaning. Those who fight on the map play: groups with fighters, and the states they attack.
void Insurgency::review_effort(World& w) {
  std::vector<std::uint32_t> player(w.actors.size(), ~0U);
  std::vector<ActorId> players;
  const auto enter = [&](ActorId a) {
    if (player[a.row()] != ~0U) return;
    player[a.row()] = static_cast<std::uint32_t>(players.size());
    players.push_back(a);
  };
  for (std::size_t i = 0; i < w.presences.size(); ++i) {
    if (!fights_here(w, i)) continue;
    enter(w.presences.actor[i]);
    enter(w.regions.owner[w.presences.region[i].row()]);
  }
  for (double& e : w.actors.effort) e = 1.0;
  if (players.size() < 2) return;
  std::vector<rules::GroupLink> alliances;
  std::vector<rules::GroupLink> enmities;
  std::vector<std::pair<std::uint32_t, bool>> links;  // with whom, at war
  for (std::uint32_t i = 0; i < players.size(); ++i) {
    const ActorId a = players[i];
    links.clear();
    w.relations.each_seen_by(a, [&](const Relations::View& view) {
      const std::uint32_t j = player[view.other.row()];
      if (j == ~0U || j <= i) return;
      const bool allied = view.affinity > p.alliance_affinity &&
                          w.relations.affinity(view.other, a) > p.alliance_affinity;
      if (view.at_war || allied) links.emplace_back(j, view.at_war);
    });
    // In the order in which they play, which is not that of rows.
    std::sort(links.begin(), links.end());
    for (const auto& [j, war] : links) (war ? enmities : alliances).push_back({i, j});
  }
  rules::EffortGame game;
  game.groups = players.size();
  game.alliances = alliances;
  game.enmities = enmities;
  game.beta = p.ally_effect;
  game.gamma = p.enemy_effect;
  const auto x = rules::effort_equilibrium(game);
  // With too many enemies the game has no interior equilibrium; everyone then fights at its own
  // strength, which is what effort 1 says.
  if (x.status != rules::EffortStatus::solved) return;
  const double n = static_cast<double>(players.size());
  const double alone = (n - 1.0) / (n * n);
  for (std::size_t i = 0; i < players.size(); ++i) {
    w.actors.effort[players[i].row()] = std::max(0.0, x.effort[i]) / alone;
  }
}

}  // namespace

std::unique_ptr<Mechanism> make_insurgency() { return std::make_unique<Insurgency>(); }

}  // namespace casus
