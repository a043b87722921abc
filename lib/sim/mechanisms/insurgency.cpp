#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/gather.h"
#include "casus/rules/hazard.h"
#include "casus/world/hostile_rows.h"
#include "sim/acts.h"
#include "sim/cells.h"
#include "sim/effort.h"
#include "sim/ground.h"
#include "sim/mechanisms.h"
#include "sim/raids.h"
#include "sim/relapse.h"
#include "sim/skirmishes.h"
#include "sim/tempo.h"
#include "sim/warfare.h"

namespace casus {
namespace {

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
  RelapseRules relapse;
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
            {"regions.attacks", "actors.effort", "presences.excitation", "presences.resistance"},
            {"regions.control", "presences.strength", "presences.control"}};
  }
  static const std::vector<Parameter<InsurgencyParameters>>& table();

  void configure(std::span<const double> values) override {
    MechanismWith::configure(values);
    tempo_.configure(p.tempo_sd, p.tempo_memory);
    grievances_.forget();
  }

  void begin(StepContext& context) override {
    World& w = context.world;
    review_effort(w, p.effort);
    hostile_.update(w, context.executor);
    defences_.resize(w.regions.size());
    for (std::size_t r = 0; r < defences_.size(); ++r) defences_[r] = defence_at(w, RegionId(r));
    // What the model cannot explain of the balance becomes one number per group and region.
    for (std::size_t i = 0; i < w.presences.size(); ++i) {
      const bool said = i < context.scenario.presence.size() &&
                        context.scenario.presence[i].resistance.has_value();
      if (said || !guerrilla(w, i, hostile_)) continue;
      balance(w, i, defences_[w.presences.region[i].row()], p.ground, 0.0);
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
    relapses_.run(context, p.relapse);
    hostile_.update(w, context.executor);
    enemies_.update(w, context.executor);
    defences_.resize(w.regions.size());
    grievances_.update(w, p.ground);
    // Everything is decided on the ground as it is before anybody has fought for it today.
    const rules::HawkesStepper kernel({p.branching * (1.0 - p.spread), p.half_life},
                                      context.days());
    const RaidGrounds grounds{p.ground, p.cells,     p.branching, kernel,
                              hostile_, grievances_, tempo_};
    const double kept = kernel.kept();
    const std::size_t within = w.presences.size();
    raids_.gather(
        context.executor, w.regions.size(),
        [&](std::size_t r, auto& found) {
          const RegionId at(r);
          defences_[r] = defence_at(w, at);
          decide_raids(context, grounds, at, defences_[r], found);
          // What past attacks have set off was asked for by the region's own alone.
          for (const auto row : w.presences_in(at)) w.presences.excitation[row] *= kept;
        },
        16, within);
    // To decide whether two groups fight takes as long as to look at eight presences.
    constexpr std::size_t meeting_weight = 8;
    const std::vector<Meeting>& meetings = enemies_.meetings();
    rivals_.gather(
        context.executor, meetings.size(),
        [&](std::size_t m, auto& found) {
          decide_rival_fight(context, meetings[m], p.ground, tempo_, found);
        },
        64, meeting_weight * meetings.size());
    sweeps_.gather(
        context.executor, w.regions.size(),
        [&](std::size_t r, auto& found) {
          decide_sweeps(context, RegionId(r), defences_[r], p.ground, hostile_, found);
        },
        16, within);
    apply_raids(context);
    for (const RivalFight& fight : rivals_.all()) apply(context, fight);
    for (const Sweep& sweep : sweeps_.all()) apply(context, sweep);
    cells_.move(context, p.cells);
  }

  void archive(Archive& a) override {
    a(last_attack_);
    if (a.reads()) tempo_.forget();
  }

 private:
  Defence defence_at(const World& w, RegionId r) const {
    return fought_over(w, r) ? defence_of(w, r, hostile_, p.ground) : Defence{};
  }

  // --- applied in the order of regions

  void apply_raids(StepContext& context) {
    const World& w = context.world;
    const std::vector<Raid>& raids = raids_.all();
    cells_.clear();
    resumed_ = false;
    if (p.spread > 0.0) neighbours_.find(context, raids);
    for (std::size_t begin = 0, end = 0; begin < raids.size(); begin = end) {
      const RegionId region = w.presences.region[raids[begin].by];
      for (; end < raids.size() && w.presences.region[raids[end].by] == region; ++end) {
        if (raids[end].cells > 0) cells_.consider(raids[end].by, raids[end].cells);
      }
      apply_raids(context, region, begin, end);
    }
  }

  /// What several groups took from the state in one step was decided on the same ground.
  void apply_raids(StepContext& context, RegionId region, std::size_t begin, std::size_t end) {
    World& w = context.world;
    const std::vector<Raid>& raids = raids_.all();
    double all = 0.0;
    for (std::size_t i = begin; i < end; ++i) all += raids[i].taken;
    const double held = w.regions.control[region.row()];
    const double scale = all > held ? held / all : 1.0;
    for (std::size_t i = begin; i < end; ++i) {
      const Raid& raid = raids[i];
      if (raid.attacks() == 0) continue;
      if (p.spread > 0.0) excite_neighbours(w, region, raid, neighbours_.of(i));
      const EventId on_state = apply(context, region, raid);
      if (raid.taken <= 0.0) continue;
      const double share = raid.taken * scale;
      w.presences.control[raid.by] += share;
      w.note(PresenceId(raid.by));
      w.regions.control[region.row()] -= share;
      context.log.at(on_state).ground = share;
    }
  }

  /// The event of its attacks on the state.
  EventId apply(StepContext& context, RegionId region, const Raid& raid) {
    World& w = context.world;
    const ActorId group = w.presences.actor[raid.by];
    const ActorId owner = w.regions.owner[region.row()];
    w.regions.attacks[region.row()] += raid.attacks();
    w.presences.excitation[raid.by] += followers(raid);
    const EventId cause = w.wars[war_of(context, raid, group, owner).row()].cause;
    const EventId previous = raid.excited ? last_attack_[raid.by] : EventId{};
    const EventId on_state =
        attack(context, raid.by, owner, raid.on_state, law::ActKind::rebellion, {cause, previous});
    attack(context, raid.by, {}, raid.on_civilians, law::ActKind::terrorist_attack,
           {cause, previous});
    return on_state;
  }

  /// The war in which it attacks, which it may open.
  WarId war_of(StepContext& context, const Raid& raid, ActorId group, ActorId owner) {
    // What was open still is; but a war of several that is resumed may be an older one of the two.
    if (raid.war.valid() && !resumed_) return raid.war;
    const std::size_t mark = context.log.size(), wars = context.world.wars.size();
    const WarId war = open_war(context, group, owner, last_attack_[raid.by]);
    if (context.log.size() > mark) {
      resumed_ = resumed_ || context.world.wars.size() == wars;
      took_up_arms(context, raid, context.world.wars[war.row()].cause);
    }
    return war;
  }

  /// By how likely an attack did it take up arms against the owner, or again?
  static void took_up_arms(StepContext& context, const Raid& raid, EventId event) {
    const World& w = context.world;
    const ActorId group = w.presences.actor[raid.by];
    const ActorId owner = w.regions.owner[w.presences.region[raid.by].row()];
    context.decided({.event = event,
                     .kind = DecisionKind::first_attack,
                     .yes = true,
                     .who = group,
                     .whom = owner,
                     .probability = -std::expm1(-raid.expected)},
                    {{TermKind::expected_attacks, group, raid.expected},
                     {TermKind::view, owner, w.relations.affinity(group, owner)}});
  }

  void apply(StepContext& context, const RivalFight& fight) {
    World& w = context.world;
    const ActorId by = w.presences.actor[fight.by];
    const ActorId on = w.presences.actor[fight.on];
    const double share = std::min(fight.taken, w.presences.control[fight.on]);
    w.regions.attacks[w.presences.region[fight.by].row()] += fight.count;
    const WarId war = war_between(w, by, on);
    const EventId id = attack(context, fight.by, on, fight.count, law::ActKind::rebellion,
                              {war.valid() ? w.wars[war.row()].cause : EventId{}});
    w.presences.control[fight.on] -= share;
    w.presences.control[fight.by] += share;
    w.note(PresenceId(fight.on));
    w.note(PresenceId(fight.by));
    context.log.at(id).ground = share;
  }

  void apply(StepContext& context, const Sweep& sweep) const {
    World& w = context.world;
    Event e{.kind = EventKind::operation,
            .who = w.regions.owner[sweep.where.row()],
            .where = sweep.where,
            .size = static_cast<double>(sweep.count)};
    EventId cause;
    for (const auto row : w.presences_in(sweep.where)) {
      // Who goes after civilians, or after those with whom there is no war, does so for what was
      // done to him there last.
      const EventId last = last_attack_[row];
      if (last.valid() && (!cause.valid() || last > cause)) cause = last;
    }
    if (sweep.on.valid()) {
      const std::size_t on = sweep.on.row();
      e.whom = w.presences.actor[on];
      e.ground = sweep.lost * w.presences.control[on];
      w.presences.control[on] -= e.ground;
      w.note(sweep.on);
      w.regions.control[sweep.where.row()] += e.ground;
      const WarId war = war_between(w, e.whom, e.who);
      if (war.valid()) cause = w.wars[war.row()].cause;
    }
    const EventId id = context.happened(e, {cause});
    if (!cause.valid()) {
      context.decided({.event = id,
                       .kind = DecisionKind::operation,
                       .yes = true,
                       .who = e.who,
                       .whom = e.whom,
                       .probability = -std::expm1(-sweep.expected)});
    }
    context.operations.push_back({sweep.where, sweep.on, sweep.count, id});
  }

  /// A step's attacks excite from its end on; those within the step are in what was expected.
  static double followers(const Raid& raid) { return raid.added * raid.attacks(); }

  void excite_neighbours(World& w, RegionId region, const Raid& raid,
                         std::span<const PresenceId> neighbours) const {
    // `followers` is the part that stays; the part that spreads is in proportion to it.
    const double outwards = followers(raid) * p.spread / (1.0 - p.spread);
    const std::size_t begin = w.regions.borders(region).begin;
    for (std::size_t b = 0; b < neighbours.size(); ++b) {
      if (!neighbours[b].valid()) continue;
      w.presences.excitation[neighbours[b].row()] += outwards * w.regions.border_share[begin + b];
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

  Relapses relapses_;
  Gathered<Raid> raids_;
  Neighbours neighbours_;
  bool resumed_ = false;  ///< a war, by a raid of this step
  Gathered<RivalFight> rivals_;
  Gathered<Sweep> sweeps_;
  CellMoves cells_;
  HostileRows hostile_;
  GroupEnemies enemies_;
  std::vector<Defence> defences_;  ///< of each region
  Grievances grievances_;
  std::vector<EventId> last_attack_;
  Tempo tempo_;
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
      {{"civilian_rate", Unit::per_year, 0.0, 5.0, 0.125,
        "Attacks on civilians per fighter of a group that targets them, where it and the state "
        "hold half each",
        "form: Kalyvas & Kocher 2009, doi:10.1017/S0022381609990193, of villages along the edge; "
        "level fitted to one-sided events of JNIM and IS in UCDP GED 25.1 by region, 2022-09 to "
        "2023-08: .107, of which some 85 % are reported"},
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
      {{"fuel_idle", Unit::none, 0.0, 1.0, 0.5,
        "Share of a force that stays in its posts where none of the fuel comes that its country "
        "lives on",
        "judged"},
       inside(&P::ground, &GroundRules::fuel_idle)},
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
      {{"tempo_sd", Unit::none, 0.0, 2.0, 0.8,
        "Log standard deviation of a group's rates in a region between campaigns and lulls",
        "calibrated: with it the median over the regions of the variance of monthly counts is some "
        "2.0 times their mean in runs from four origins 2019-09 to 2022-09, and 2.2 in UCDP GED"},
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
      {{"relapse", Unit::per_year, 0.0, 5.0, 0.05,
        "Rate at which a group takes up arms again against a state with which it has made peace "
        "and that it neither likes nor dislikes; twice that at utter enmity, none among friends",
        "four in ten within ten years after civil wars: Collier, Hoeffler & Soederbom 2008, "
        "doi:10.1177/0022343308091356"},
       inside(&P::relapse, &RelapseRules::rate)},
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
