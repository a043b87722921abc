#include <algorithm>
#include <cmath>

#include "casus/core/calendar.h"
#include "casus/rules/contest.h"
#include "casus/rules/hazard.h"
#include "sim/acts.h"
#include "sim/cells.h"
#include "sim/effort.h"
#include "sim/ground.h"
#include "sim/mechanisms.h"
#include "sim/scratch.h"
#include "sim/tempo.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose attack_count("attack_count");
constexpr Purpose attack_targets("attack_targets");
constexpr Purpose attacks_won("attacks_won");
constexpr Purpose rival_fights("rival_fights");
constexpr Purpose operation_count("operation_count");
constexpr Purpose operation_targets("operation_targets");
constexpr Purpose operations_won("operations_won");
constexpr Purpose cells_that_move("cells_that_move");
constexpr Purpose destination_draw("destination");

struct InsurgencyParameters {
  GroundRules ground;
  EffortRules effort;
  double branching = 0.0;
  double half_life = 0.0;
  double spread = 0.0;
  double tempo_sd = 0.0;
  double tempo_memory = 0.0;
  double effort_review = 0.0;
  CellRules cells;
};

/// The irregular war over each region's ground. Armed groups attack the owner's side, civilians and
/// each other; the owner's side mounts operations; who wins takes ground, and nothing else moves
/// it. Attacks excite further attacks, there and over the borders; campaigns come and go; cells
/// move to where fighting promises more.
class Insurgency final : public MechanismWith<Insurgency, InsurgencyParameters> {
 public:
  static MechanismInfo about() {
    return {"insurgency",
            "Armed groups and those who fight them: attacks, operations, and the ground they take.",
            "contest: Tullock 1980; violence where control is predominant: Kalyvas & Kocher 2009, "
            "doi:10.1017/S0022381609990193; self-excitation: Hawkes 1971; effort of allied and "
            "hostile groups: Koenig, Rohner, Thoenig & Zilibotti 2017, doi:10.3982/ECTA13117",
            {},
            {"regions.attacks", "regions.control", "actors.effort", "presences.strength",
             "presences.control", "presences.excitation", "presences.resistance"}};
  }
  static const std::vector<Parameter<InsurgencyParameters>>& table();

  void configure(std::span<const double> values) override {
    MechanismWith::configure(values);
    tempo_.configure(p.tempo_sd, p.tempo_memory);
  }

  void begin(StepContext& context) override {
    World& w = context.world;
    review_effort(w, p.effort);
    // What the model cannot explain of the balance becomes one number per group and region.
    for (std::size_t i = 0; i < w.presences.size(); ++i) {
      const RegionId r = w.presences.region[i];
      const bool said = i < context.scenario.presence.size() &&
                        context.scenario.presence[i].resistance.has_value();
      if (!said && guerrilla(w, i, r)) balance(w, i, defence_of(w, r), p.ground, 0.0);
    }
  }

  void step(StepContext& context) override {
    World& w = context.world;
    if (std::fmod(context.day(), p.effort_review) < context.days() && context.step > 0) {
      review_effort(w, p.effort);
    }
    // Cells that moved, and groups that split, have added rows since.
    last_attack_.resize(w.presences.size());
    tempo_.look_up(context);
    refill(plans_, w.presences.size());
    regions_.resize(w.regions.size());
    const rules::HawkesStepper kernel({p.branching * (1.0 - p.spread), p.half_life},
                                      context.days());
    // A region owns its presences, so a block of regions writes to slots of its own.
    for_rows(
        context.executor, w.regions.size(),
        [&](std::size_t r) { decide_region(context, kernel, RegionId(r)); }, 16);
    apply_attacks(context);
    apply_rivals(context);
    apply_operations(context);
    relocate(context);
  }

  void archive(Archive& a) override {
    a(last_attack_);
    if (a.reads()) tempo_.forget();
  }

 private:
  /// What a presence does, and what is done to it.
  struct Plan {
    std::uint32_t on_state = 0, on_civilians = 0;
    std::uint32_t operations = 0;  ///< against it
    double taken = 0.0;            ///< from the state by its attacks, share of the region
    double lost = 0.0;             ///< to the state, of what it holds
    EventId event;                 ///< of its attacks on the state
    double kept = 1.0, added = 0.0;
    bool excited = false;  ///< more than half of what was expected came from past attacks
    std::uint32_t cells = 0;
  };
  /// A day's fights of two rival groups in a region.
  struct Rivalry {
    std::uint32_t by = 0, on = 0;  ///< rows
    std::uint32_t count = 0;
    double taken = 0.0;
  };
  struct Region {
    std::uint32_t on_civilians = 0;  ///< operations that hit civilians
    std::vector<Rivalry> rivals;
  };
  struct Move {
    std::uint32_t from = 0;  ///< row of the presence
    RegionId to;
    double people = 0.0;
  };

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

  // --- decided in parallel, region by region

  void decide_region(const StepView& context, const rules::HawkesStepper& kernel, RegionId r) {
    const World& w = context.world;
    Region& region = regions_[r.row()];
    region.on_civilians = 0;
    region.rivals.clear();
    const Defence d = defence_of(w, r);
    for (const auto i : w.presences_in(r)) {
      plans_[i].kept = kernel.kept();
      if (fights(w, i)) decide_attacks(context, kernel, d, i);
    }
    decide_rivals(context, r);
    decide_operations(context, r, d);
  }

  void decide_attacks(const StepView& context, const rules::HawkesStepper& kernel, const Defence& d,
                      std::size_t i) {
    const World& w = context.world;
    Plan& plan = plans_[i];
    const ActorId group = w.presences.actor[i];
    const RegionId region = w.presences.region[i];
    const auto group_key = w.actors.key[group.row()].value;
    const auto region_key = w.regions.key[region.row()].value;
    const double strength = w.presences.strength[i];
    Stream move = context.stream(cells_that_move, {group_key, region_key});
    plan.cells = static_cast<std::uint32_t>(
        std::min(std::floor(strength / p.cells.cell),
                 static_cast<double>(poisson(
                     move, p.cells.relocation * context.years() * strength / p.cells.cell))));
    if (!attacks_owner(w, group, w.regions.owner[region.row()])) return;
    const double on_state = attacks_on_state(w, i, p.ground);
    const double on_civilians = attacks_on_civilians(w, i, p.ground);
    const double per_day = (on_state + on_civilians) * tempo_.of(i) / days_per_year;
    // The rate is what is seen in the long run, set-off attacks included.
    const double background = per_day * (1.0 - p.branching);
    const rules::HawkesStep h = kernel.step(w.presences.excitation[i], background);
    plan.added = h.added;
    // More than half of what is expected comes from past attacks: likelier than not, they are the
    // cause. This moves what the log says, and nothing in the world.
    plan.excited = h.expected > 2.0 * background * context.days();
    Stream attacks = context.stream(attack_count, {group_key, region_key});
    const auto n = static_cast<std::uint32_t>(poisson(attacks, h.expected));
    if (n == 0) return;
    Stream targets = context.stream(attack_targets, {group_key, region_key});
    Stream won = context.stream(attacks_won, {group_key, region_key});
    const double success = attack_succeeds(w, i, d, p.ground);
    const double ground = ground_of_attack(w, i, d, p.ground);
    double left = 1.0;  // share of the ground at stake that is still the state's
    const double whole = std::max(0.0, w.regions.control[region.row()]);
    for (std::uint32_t k = 0; k < n; ++k) {
      if (uniform(targets) * (on_state + on_civilians) < on_state) {
        ++plan.on_state;
        // Each falls on what those before it have left.
        if (chance(won, success)) left *= whole > 0.0 ? 1.0 - ground / whole : 1.0;
      } else {
        ++plan.on_civilians;
      }
    }
    plan.taken = whole * (1.0 - left);
  }

  /// One draw a pair, so that a truce moves nothing else.
  void decide_rivals(const StepView& context, RegionId r) {
    const World& w = context.world;
    const auto rows = w.presences_in(r);
    for (const auto i : rows) {
      if (!fights(w, i)) continue;
      const ActorId a = w.presences.actor[i];
      for (const auto j : rows) {
        const ActorId b = w.presences.actor[j];
        const auto ka = w.actors.key[a.row()].value, kb = w.actors.key[b.row()].value;
        if (ka >= kb || !fights(w, j) || !w.relations.at_war(a, b)) continue;
        const double x = w.presences.strength[i], y = w.presences.strength[j];
        const double rate =
            p.ground.rival_rate * x * y / (x + y) * std::sqrt(tempo_.of(i) * tempo_.of(j));
        Stream stream = context.stream(rival_fights, {ka, kb, w.regions.key[r.row()].value});
        const auto n = static_cast<std::uint32_t>(poisson(stream, rate * context.years()));
        if (n == 0) continue;
        // Who has more people there is oftener the one that attacks.
        const bool first = uniform(stream) * (x + y) < x;
        Rivalry fight{first ? i : j, first ? j : i, n, 0.0};
        const double odds = rivals_succeed(w, fight.by, fight.on);
        double left = 1.0;
        for (std::uint32_t k = 0; k < n; ++k) {
          if (chance(stream, odds)) {
            left *= 1.0 - std::min(1.0, p.ground.taken /
                                            (1.0 + w.presences.strength[fight.on] / p.ground.post));
          }
        }
        fight.taken = w.presences.control[fight.on] * (1.0 - left);
        regions_[r.row()].rivals.push_back(fight);
      }
    }
  }

  double rivals_succeed(const World& w, std::uint32_t by, std::uint32_t on) const {
    const auto quality = [&](std::uint32_t row) {
      return w.actors.quality[w.presences.actor[row].row()];
    };
    return rules::tullock(std::min(0.5 * w.presences.strength[by], p.ground.company) * quality(by),
                          std::min(w.presences.strength[on], p.ground.post) * quality(on),
                          p.ground.decisiveness);
  }

  void decide_operations(const StepView& context, RegionId r, const Defence& d) {
    const World& w = context.world;
    const double rate = operations(w, r, d, p.ground);
    if (rate <= 0.0) return;
    const auto key = w.regions.key[r.row()].value;
    Stream count = context.stream(operation_count, {key});
    const auto n = static_cast<std::uint32_t>(poisson(count, rate * context.years()));
    if (n == 0) return;
    Stream targets = context.stream(operation_targets, {key});
    Stream won = context.stream(operations_won, {key});
    const double on_civilians =
        p.ground.state_civilians * (1.0 - std::clamp(w.regions.control[r.row()], 0.0, 1.0));
    for (std::uint32_t k = 0; k < n; ++k) {
      const double u = uniform(targets);
      const double pick = uniform(targets) * d.insurgents;
      const double success = uniform(won);
      if (u < on_civilians) {
        ++regions_[r.row()].on_civilians;
        continue;
      }
      std::uint32_t met = 0;
      double cumulated = 0.0;
      for (const auto i : w.presences_in(r)) {
        const double seen = guerrilla(w, i, r) ? w.presences.strength[i] : 0.0;
        if (seen <= 0.0) continue;
        met = i;
        cumulated += seen;
        if (pick < cumulated) break;
      }
      Plan& plan = plans_[met];
      ++plan.operations;
      if (success < operation_succeeds(w, met, d, p.ground)) {
        plan.lost += (1.0 - plan.lost) *
                     share_of(ground_of_operation(w, met, p.ground), w.presences.control[met]);
      }
    }
  }

  static double share_of(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

  // --- applied in the order of rows

  void apply_attacks(StepContext& context) {
    World& w = context.world;
    for (std::size_t i = 0; i < plans_.size(); ++i) w.presences.excitation[i] *= plans_[i].kept;
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      const Plan plan = plans_[i];
      const std::uint32_t n = plan.on_state + plan.on_civilians;
      if (n == 0) continue;
      const ActorId group = w.presences.actor[i];
      const RegionId region = w.presences.region[i];
      const ActorId owner = w.regions.owner[region.row()];
      w.regions.attacks[region.row()] += n;
      // A step's attacks excite from its end on; those within the step are in what was expected.
      w.presences.excitation[i] += plan.added * n;
      excite_neighbours(w, group, region, plan.added * n);
      const WarId war = open_war(context, group, owner, last_attack_[i]);
      const EventId cause = w.wars[war.row()].cause;
      const EventId previous = plan.excited ? last_attack_[i] : EventId{};
      plans_[i].event =
          attack(context, i, owner, plan.on_state, law::ActKind::rebellion, {cause, previous});
      attack(context, i, {}, plan.on_civilians, law::ActKind::terrorist_attack, {cause, previous});
    }
    // What several groups took from the state on one day was decided on the same ground.
    for (std::size_t r = 0; r < w.regions.size(); ++r) take_from_state(context, RegionId(r));
  }

  void take_from_state(StepContext& context, RegionId r) {
    World& w = context.world;
    double all = 0.0;
    for (const auto i : w.presences_in(r)) all += i < plans_.size() ? plans_[i].taken : 0.0;
    if (all <= 0.0) return;
    const double scale = std::min(1.0, w.regions.control[r.row()] / all);
    for (const auto i : w.presences_in(r)) {
      if (i >= plans_.size() || plans_[i].taken <= 0.0) continue;
      const double share = plans_[i].taken * scale;
      w.presences.control[i] += share;
      w.regions.control[r.row()] -= share;
      context.log.at(plans_[i].event).ground = share;
    }
  }

  void apply_rivals(StepContext& context) {
    World& w = context.world;
    for (std::size_t r = 0; r < regions_.size(); ++r) {
      for (const Rivalry& fight : regions_[r].rivals) {
        const ActorId by = w.presences.actor[fight.by];
        const ActorId on = w.presences.actor[fight.on];
        const double share = std::min(fight.taken, w.presences.control[fight.on]);
        w.regions.attacks[r] += fight.count;
        const WarId war = war_between(w, by, on);
        attack(context, fight.by, on, fight.count, law::ActKind::rebellion,
               {war.valid() ? w.wars[war.row()].cause : EventId{}});
        w.presences.control[fight.on] -= share;
        w.presences.control[fight.by] += share;
        context.log.at(last_attack_[fight.by]).ground = share;
      }
    }
  }

  void apply_operations(StepContext& context) {
    World& w = context.world;
    for (std::size_t r = 0; r < regions_.size(); ++r) {
      const RegionId region(r);
      if (regions_[r].on_civilians > 0) operate(context, region, {}, regions_[r].on_civilians, 0.0);
      for (const auto i : w.presences_in(region)) {
        if (i >= plans_.size() || plans_[i].operations == 0) continue;
        const double share = plans_[i].lost * w.presences.control[i];
        operate(context, region, PresenceId(i), plans_[i].operations, share);
        w.presences.control[i] -= share;
        w.regions.control[r] += share;
      }
    }
  }

  static void operate(StepContext& context, RegionId r, PresenceId on, std::uint32_t count,
                      double ground) {
    const World& w = context.world;
    Event e{.kind = EventKind::operation,
            .who = w.regions.owner[r.row()],
            .whom = on.valid() ? w.presences.actor[on.row()] : ActorId{},
            .where = r,
            .size = static_cast<double>(count),
            .ground = ground};
    EventId cause;
    if (on.valid()) {
      const WarId war = war_between(w, e.whom, e.who);
      if (war.valid()) cause = w.wars[war.row()].cause;
    }
    context.operations.push_back({r, on, count, context.happened(e, {cause})});
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

  EventId attack(StepContext& context, std::size_t i, ActorId target, std::uint32_t count,
                 law::ActKind kind, std::initializer_list<EventId> causes) {
    if (count == 0) return {};
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
    return id;
  }

  /// Every cell chooses on the map as it is before any has moved; then all of them move.
  void relocate(StepContext& context) {
    World& w = context.world;
    moves_.clear();
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      if (plans_[i].cells == 0) continue;
      const ActorId group = w.presences.actor[i];
      const RegionId from = w.presences.region[i];
      double left = w.presences.strength[i];
      Stream stream = context.stream(
          destination_draw, {w.actors.key[group.row()].value, w.regions.key[from.row()].value});
      for (std::uint32_t k = 0; k < plans_[i].cells; ++k) {
        const RegionId to = destination(w, group, from, p.cells, stream, weights_);
        if (to == from) continue;
        const double people = std::min(p.cells.cell, left);
        left -= people;
        moves_.push_back({static_cast<std::uint32_t>(i), to, people});
      }
    }
    for (const Move& m : moves_) {
      w.presences.strength[m.from] -= m.people;
      const PresenceId there = w.require(w.presences.actor[m.from], m.to, Role::insurgent);
      w.presences.strength[there.row()] += m.people;
    }
  }

  std::vector<Plan> plans_;
  std::vector<Move> moves_;
  std::vector<Region> regions_;
  std::vector<EventId> last_attack_;
  Tempo tempo_;
  std::vector<double> weights_;
};

const std::vector<Parameter<InsurgencyParameters>>& Insurgency::table() {
  using P = InsurgencyParameters;
  static const std::vector<Parameter<P>> rows{
      {{"attack_rate", Unit::per_year, 0.0, 5.0, 0.06,
        "Attacks on the state's side per fighter, set-off attacks included, where the state holds "
        "all and grievance is .5",
        "calibrated: UCDP GED 25.1 (Sundberg & Melander 2013), Mali, Burkina Faso, Niger, to "
        "2023-08"},
       inside(&P::ground, &GroundRules::attack_rate)},
      {{"civilian_rate", Unit::per_year, 0.0, 5.0, 0.1,
        "Attacks on civilians per fighter of a group that targets them, where its hold is "
        "predominant and not full",
        "form: Kalyvas & Kocher 2009, doi:10.1017/S0022381609990193; level calibrated: UCDP GED "
        "25.1, one-sided violence, to 2023-08"},
       inside(&P::ground, &GroundRules::civilian_rate)},
      {{"rival_rate", Unit::per_year, 0.0, 5.0, 0.15,
        "Fights of two rival groups in a region, per fighter of the smaller where it is much "
        "smaller, per two of each where they are equal",
        "calibrated: UCDP GED 25.1, JNIM against IS, Mali and Burkina Faso, to 2023-08"},
       inside(&P::ground, &GroundRules::rival_rate)},
      {{"grievance_weight", Unit::none, 0.0, 4.0, 1.0,
        "Log change of the attack rate from grievance 0 to 1", "judged"},
       inside(&P::ground, &GroundRules::grievance_weight)},
      {{"found_strength", Unit::people, 50.0, 10000.0, 600.0,
        "Insurgents at which half of the operations that there could be find "
        "somebody",
        "judged: a region with fewer is too quiet to be swept often"},
       inside(&P::ground, &GroundRules::found_strength)},
      {{"state_civilians", Unit::none, 0.0, 1.0, 0.7,
        "Share of operations whose dead are civilians, where the state holds nothing; none where "
        "it holds all",
        "calibrated: one-sided violence by governments in UCDP GED, to 2023-08"},
       inside(&P::ground, &GroundRules::state_civilians)},
      {{"company", Unit::people, 10.0, 2000.0, 200.0,
        "People that strike together at most; never more than half of those there", "judged"},
       inside(&P::ground, &GroundRules::company)},
      {{"post", Unit::people, 10.0, 2000.0, 100.0, "People that hold a post or a camp", "judged"},
       inside(&P::ground, &GroundRules::post)},
      {{"decisiveness", Unit::none, 0.3, 3.0, 0.86,
        "Exponent of the contest for a post: at even strength the chance is even",
        "fitted to 672 division engagements 1904-1991 of the Dupuy Institute's database; observed "
        "and fitted .42 and .43 at .75:1, .55 and .54 at 1.25:1, .71 and .66 at 2.25:1"},
       inside(&P::ground, &GroundRules::decisiveness)},
      {{"taken", Unit::none, 0.0, 1.0, 0.5,
        "Share of a post's ground that changes hands with it: most are retaken",
        "judged: some 50 posts a year fall in Burkina Faso with it; of 372 attacks of the year to "
        "2023-08 28 killed ten soldiers or more, 56 five or more (UCDP GED 25.1)"},
       inside(&P::ground, &GroundRules::taken)},
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
      {{"tempo_sd", Unit::none, 0.0, 2.0, 0.45,
        "Log standard deviation of a group's rates in a region between campaigns and lulls",
        "judged; with it monthly counts within a region have a variance of 2.9 times their mean, "
        "3.1 in UCDP GED, 2021-01 to 2023-08"},
       &P::tempo_sd},
      {{"tempo_memory", Unit::days, 10.0, 365.0, 90.0,
        "Days in which the correlation of a campaign with itself falls to 1/e", "judged"},
       &P::tempo_memory},
      {{"ally_effect", Unit::none, 0.0, 0.5, 0.114,
        "Spill-over of allies' effort on a group's operational strength",
        "Koenig et al. 2017, doi:10.3982/ECTA13117"},
       inside(&P::effort, &EffortRules::ally_effect)},
      {{"enemy_effect", Unit::none, 0.0, 0.3, 0.083,
        "Spill-over of enemies' effort on a group's operational strength",
        "Koenig et al. 2017, doi:10.3982/ECTA13117"},
       inside(&P::effort, &EffortRules::enemy_effect)},
      {{"relocation", Unit::per_year, 0.0, 10.0, 0.15,
        "Rate at which a fighter's cell considers moving to a neighbouring region", "calibrated"},
       inside(&P::cells, &CellRules::relocation)},
      {{"cell", Unit::people, 5.0, 200.0, 25.0, "Fighters that move together", "calibrated"},
       inside(&P::cells, &CellRules::cell)},
      {{"crossing", Unit::none, 0.0, 2.0, 0.3,
        "Readiness to move into another state's region, relative to one of the same state",
        "calibrated"},
       inside(&P::cells, &CellRules::crossing)},
      {{"effort_review", Unit::days, 1.0, 365.0, 30.0,
        "How often groups look anew at what their allies and enemies do",
        "judged: the network of groups moves slowly"},
       &P::effort_review},
      {{"alliance_affinity", Unit::none, 0.0, 1.0, 0.3,
        "Affinity above which two that fight the same enemy count as allies", "judged"},
       inside(&P::effort, &EffortRules::alliance_affinity)},
      {{"calm_draw", Unit::none, 0.01, 1.0, 0.2,
        "What draws cells to a region without grievance; full grievance adds 1", "judged"},
       inside(&P::cells, &CellRules::calm_draw)},
      {{"open_draw", Unit::none, 0.01, 1.0, 0.5,
        "What draws cells to open country; the most difficult terrain adds 1",
        "judged; direction: Fearon & Laitin 2003, doi:10.1017/S0003055403000534"},
       inside(&P::cells, &CellRules::open_draw)},
      {{"daunting_strength", Unit::people, 10.0, 100000.0, 1000.0,
        "Enemies, by their quality, that halve what draws cells to a region", "judged"},
       inside(&P::cells, &CellRules::daunting_strength)},
      {{"friendly_draw", Unit::none, 0.0, 1.0, 0.1,
        "What draws cells to a region whose owner they do not dislike, relative to an enemy's",
        "judged: there is nobody to fight"},
       inside(&P::cells, &CellRules::friendly_draw)},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_insurgency() { return std::make_unique<Insurgency>(); }

}  // namespace casus
