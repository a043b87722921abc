#include "casus/rules/perception.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <tuple>

#include "casus/core/gather.h"
#include "sim/felt.h"
#include "sim/few_rows.h"
#include "sim/hearing.h"
#include "sim/mechanisms.h"
#include "sim/opponents.h"

namespace casus {
namespace {

struct PerceptionParameters {
  double threat_half_life = 0.0;
  double affinity_half_life = 0.0;
  double violence_half = 0.0;
  double force_weight = 0.0;
  double crisis_weight = 0.0;
  double susceptibility = 0.0;
  double shock = 0.0;
  double third_party = 0.0;
  double lasting = 0.0;
  double view_occupation = 0.0;
  double view_strike = 0.0;
  double view_ultimatum = 0.0;
  double view_breach = 0.0;
  double view_threat = 0.0;
  double view_sanction = 0.0;
  double view_battle = 0.0;
  double view_attack = 0.0;
  double view_joins_war = 0.0;
  double view_honour = 0.0;
  double view_deployment = 0.0;
  double view_aid = 0.0;
  double view_mediation = 0.0;
  double view_statement = 0.0;
  double crisis_ultimatum = 0.0;
  double crisis_dispute = 0.0;
  double crisis_least = 0.0;
};

// Numerics: shocks to affinity too small to matter, so that most pairs cost a comparison.
constexpr double negligible = 1e-5;

/// How far an event moves the view that the one it happens to has of its author, relative to an
/// invasion.
double weight(EventKind kind, const PerceptionParameters& p) {
  switch (kind) {
    case EventKind::invasion:
      return -1.0;
    case EventKind::occupation:
      return -p.view_occupation;
    case EventKind::war_begins:
    case EventKind::strike:
      return -p.view_strike;
    case EventKind::ultimatum:
    case EventKind::blockade:
      return -p.view_ultimatum;
    case EventKind::breach:
    case EventKind::expulsion:
      return -p.view_breach;
    case EventKind::threat:
    case EventKind::hostile_act:
      return -p.view_threat;
    case EventKind::sanction:
      return -p.view_sanction;
    case EventKind::battle:
      return -p.view_battle;
    case EventKind::attack:
    case EventKind::operation:
      return -p.view_attack;
    case EventKind::joins_war:
      return p.view_joins_war;
    case EventKind::honour:
    case EventKind::peace:
      return p.view_honour;
    case EventKind::aid:
      return p.view_aid;
    case EventKind::mediation:
    case EventKind::sanction_lifted:
      return p.view_mediation;
    case EventKind::statement:
    case EventKind::ceasefire:
      return p.view_statement;
    case EventKind::intervention:  // these two depend on whether the host wanted it
    case EventKind::deployment:
      return p.view_deployment;
    default:
      return 0.0;
  }
}

/// Threat and affinity: events move them, time brings them back, friends' views count.
class Perception final : public MechanismWith<Perception, PerceptionParameters> {
 public:
  static MechanismInfo about() {
    return {"perception",
            "Threat and affinity: events move them, time brings them back, friends' views count.",
            "social influence: Friedkin & Johnsen 1990, doi:10.1080/0022250X.1990.9990069; threat "
            "from power, proximity and intent: Walt 1987; friends of enemies: Heider 1946, Maoz et "
            "al. 2007, doi:10.1111/j.1468-2508.2007.00497.x",
            {},
            {"actors.threat", "relations.affinity"}};
  }
  static const std::vector<Parameter<PerceptionParameters>>& table();

  void begin(StepContext& context) override { read_ = context.log.size(); }

  void step(StepContext& context) override {
    World& w = context.world;
    collect_shocks(context);
    w.relations.relax(std::exp2(-context.days() / p.affinity_half_life), context.executor);
    const std::size_t n = w.actors.size();
    look_around(w, context.executor);
    opponents_.update(w, context.executor);
    sees_.resize(n);
    next_.resize(n);
    for_rows(context.executor, n, [&](std::size_t a) { sees_[a] = own_view(w, ActorId(a)); });
    spread_shocks(w, context.executor);
    const double rate = std::log(2.0) / p.threat_half_life;
    const double kept = std::exp(-rate * context.days());
    const auto follow = [&](std::size_t a, double goal) {
      const double before = w.actors.threat[a];
      next_[a] = w.actors.alive[a] != 0 ? goal + (before - goal) * kept : before;
    };
    hear_all(Hearing(w, sees_, p.susceptibility), w, context.executor, follow);
    w.actors.threat.swap(next_);
  }

  void archive(Archive& a) override { a(read_); }

 private:
  struct Shock {
    ActorId who, whom;
    double size = 0.0;        ///< negative: hostile
    std::uint32_t order = 0;  ///< among those of the step
  };
  /// Who is for or against somebody: a government, or an armed group as well where relations are a
  /// square, which lets its views be looked through once for all shocks of a step.
  struct Supporter {
    ActorId of, who;
    double affinity = 0.0;
    bool group = false;
  };

  /// What an actor has of soil and crises; most have neither.
  struct Worry {
    double violence = 0.0, people = 0.0;  ///< on its soil
    double crisis = 1.0;                  ///< calm that crises leave
  };

  // --- affinity

  /// What has been logged since this mechanism last looked: the rest of the last step, and what
  /// the timeline has done in this one.
  void collect_shocks(const StepView& context) {
    shocks_.clear();
    for (const Event& e : context.log.since(read_)) {
      if (!e.who.valid() || !e.whom.valid() || e.who == e.whom) continue;
      double x = p.shock * weight(e.kind, p);
      if (x == 0.0) continue;
      if (e.kind == EventKind::intervention || e.kind == EventKind::deployment) {
        const bool invited = context.world.relations.hosts(e.whom, e.who);
        if (!invited) x = -x;
      }
      if (e.kind == EventKind::attack || e.kind == EventKind::operation) x *= e.size;
      if (e.kind == EventKind::battle) x *= context.days();  // it is an event of each step
      add_shock(e.who, e.whom, x);
      // An agreement is between two.
      if (e.kind == EventKind::peace || e.kind == EventKind::ceasefire) add_shock(e.whom, e.who, x);
    }
    read_ = context.log.size();
    add_up_shocks();
  }

  void add_shock(ActorId who, ActorId whom, double size) {
    shocks_.push_back({who, whom, size, static_cast<std::uint32_t>(shocks_.size())});
  }

  /// What one has done to another counts once, where it was first felt. Those of one author stand
  /// together, so that what a viewer feels of one does.
  void add_up_shocks() {
    std::sort(shocks_.begin(), shocks_.end(), [](const Shock& x, const Shock& y) {
      return std::tie(x.who, x.whom, x.order) < std::tie(y.who, y.whom, y.order);
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < shocks_.size(); ++i) {
      const Shock s = shocks_[i];
      if (kept > 0 && shocks_[kept - 1].who == s.who && shocks_[kept - 1].whom == s.whom) {
        shocks_[kept - 1].size += s.size;
      } else {
        shocks_[kept++] = s;
      }
    }
    shocks_.resize(kept);
    std::sort(shocks_.begin(), shocks_.end(), [](const Shock& x, const Shock& y) {
      return std::tie(x.who, x.order) < std::tie(y.who, y.order);
    });
  }

  /// The one it happened to changes its view of the author. Others take sides as far as they are
  /// for or against the one it happened to: governments whoever did it, armed groups only over
  /// those with whom they have to do. All shocks of a step are felt with the affinities from
  /// before it, and what one author did is one shock to a viewer, so that none comes first.
  void spread_shocks(World& w, Executor& executor) {
    find_supporters(w, executor);
    const std::size_t within = w.actors.size();  // as many may feel one shock
    felt_by_all_.gather(
        executor, shocks_.size(), [&](std::size_t i, auto& felt) { feel(w, shocks_[i], felt); }, 16,
        within);
    felt_.sort(felt_by_all_.all(), w.actors.size());
    moves_.gather(
        executor, felt_.viewers().size(),
        [&](std::size_t i, auto& moves) { add_up(felt_.viewers()[i], moves); }, 4, within);
    w.relations.move(moves_.all(), executor);
  }

  /// What one author has done is one shock to a viewer.
  void add_up(ActorId viewer, std::vector<Relations::Move>& moves) {
    const std::span<const Felt> felt = felt_.by(viewer);
    for (std::size_t i = 0; i < felt.size();) {
      Felt all{viewer, felt[i].who, 0.0, 0.0};
      for (; i < felt.size() && felt[i].who == all.who; ++i) {
        all.size += felt[i].size;
        all.own += felt[i].own;
      }
      if (std::abs(all.size) < negligible) continue;
      const double lasting = all.own != 0.0 ? saturating(p.lasting * all.own) : 0.0;
      moves.push_back({viewer, all.who, saturating(all.size), lasting});
    }
  }

  void feel(const World& w, const Shock& s, std::vector<Felt>& felt) const {
    felt.push_back({s.whom, s.who, s.size, s.size});
    if (std::abs(s.size * p.third_party) < negligible) return;
    for (std::size_t i = supporters_begin_[s.whom.row()]; i < supporters_end_[s.whom.row()]; ++i) {
      const Supporter& supporter = supporters_.all()[i];
      if (supporter.group && !w.relations.known(supporter.who, s.who)) continue;
      take_side(supporter.who, supporter.affinity, s, felt);
    }
    if (square(w)) return;
    // Both must have been heard of: the shorter of the two lists has them all.
    const bool few = w.relations.viewers_of(s.who) < w.relations.viewers_of(s.whom);
    w.relations.each_viewer_of(few ? s.who : s.whom, [&](ActorId viewer) {
      if (government(w, viewer) || !w.relations.known(viewer, s.who)) return;
      take_side(viewer, w.relations.affinity(viewer, s.whom), s, felt);
    });
  }

  /// `affinity`: how the viewer sees whom it happened to.
  void take_side(ActorId viewer, double affinity, const Shock& s, std::vector<Felt>& felt) const {
    if (viewer == s.who || viewer == s.whom) return;
    const double x = s.size * p.third_party * affinity;
    if (std::abs(x) >= negligible) felt.push_back({viewer, s.who, x, 0.0});
  }

  static bool government(const World& w, ActorId a) {
    return w.actors.kind[a.row()] != ActorKind::armed_group;
  }

  static bool square(const World& w) { return !w.relations.square_row(ActorId(0)).empty(); }

  /// Who is for or against those whom something happened to, of each of them once.
  void find_supporters(const World& w, Executor& executor) {
    for (const ActorId a : stricken_) supporters_begin_[a.row()] = supporters_end_[a.row()] = 0;
    stricken_.clear();
    supporters_begin_.resize(w.actors.size(), 0);
    supporters_end_.resize(w.actors.size(), 0);
    for (const Shock& s : shocks_) {
      std::uint32_t& seen = supporters_end_[s.whom.row()];
      if (seen != 0 || std::abs(s.size * p.third_party) < negligible) continue;
      seen = 1;
      stricken_.push_back(s.whom);
    }
    supporters_.gather(
        executor, stricken_.size(),
        [&](std::size_t i, auto& supporters) { look_for(w, stricken_[i], supporters); }, 16,
        w.actors.size());
    const std::vector<Supporter>& all = supporters_.all();
    std::uint32_t at = 0;
    for (const ActorId of : stricken_) {
      supporters_begin_[of.row()] = at;
      while (at < all.size() && all[at].of == of) ++at;
      supporters_end_[of.row()] = at;
    }
  }

  static void look_for(const World& w, ActorId of, std::vector<Supporter>& supporters) {
    const bool groups = square(w);
    w.relations.each_viewer_of(of, [&](ActorId viewer) {
      const bool group = !government(w, viewer);
      if (group && !groups) return;
      const double affinity = w.relations.affinity(viewer, of);
      if (affinity != 0.0) supporters.push_back({of, viewer, affinity, group});
    });
  }

  // --- threat

  /// What is looked at once for all: fighting power, and violence on everybody's soil.
  void look_around(const World& w, Executor& executor) {
    const std::size_t n = w.actors.size();
    forces_.resize(n);
    for_rows(executor, n, [&](std::size_t a) { forces_[a] = w.forces(ActorId(a)); });
    worries_.clear(n);
    for (std::size_t r = 0; r < w.regions.size(); ++r) {
      Worry& worry = worries_.keep(w.regions.owner[r].row());
      worry.violence += w.regions.recent_violence[r];
      worry.people += w.regions.residents[r];
    }
    for (const Crisis& c : w.crises) {
      const double stage = c.stage == Confrontation::force       ? 1.0
                           : c.stage == Confrontation::ultimatum ? p.crisis_ultimatum
                           : c.stage == Confrontation::dispute   ? p.crisis_dispute
                                                                 : 0.0;
      if (stage <= 0.0 || !c.target.valid()) continue;
      worries_.keep(c.target.row()).crisis *=
          1.0 - p.crisis_weight * stage * (p.crisis_least + (1.0 - p.crisis_least) * c.stake);
    }
  }

  /// Three reasons to feel threatened, each enough by itself: 1 - (1 - v)(1 - f)(1 - c).
  double own_view(const World& w, ActorId actor) const {
    const std::size_t a = actor.row();
    if (w.actors.alive[a] == 0) return 0.0;
    const Worry& worry = worries_[a];
    double calm = worry.crisis;
    if (worry.people > 0.0) {
      calm *= std::exp2(-worry.violence / worry.people * 1e6 / p.violence_half);
    } else {
      // Who has no soil feels what happens to its own ranks.
      const double lost = w.actors.recent_losses[a];
      if (lost > 0.0) calm *= forces_[a] / (forces_[a] + lost);
    }
    const double opposing = opposing_power(w, actor);
    if (opposing > 0.0) {
      const double own = forces_[a] * w.actors.quality[a];
      calm *= 1.0 - p.force_weight * opposing / (opposing + own);
    }
    return 1.0 - calm;
  }

  /// Fighting power of those it is at war with, and of rivals next door.
  double opposing_power(const World& w, ActorId actor) const {
    double power = 0.0;
    for (const ActorId other : opponents_.of(actor)) {
      const std::size_t b = other.row();
      if (w.actors.alive[b] != 0) power += forces_[b] * w.actors.quality[b];
    }
    return power;
  }

  std::size_t read_ = 0;  ///< length of the log when this mechanism last looked
  std::vector<Shock> shocks_;
  Gathered<Felt> felt_by_all_;
  FeltShocks felt_;
  Gathered<Relations::Move> moves_;
  Opponents opponents_;
  std::vector<ActorId> stricken_;   ///< whom the step's shocks happened to
  Gathered<Supporter> supporters_;  ///< of those, in their order
  std::vector<std::uint32_t> supporters_begin_, supporters_end_;  ///< of each actor
  FewRows<Worry> worries_;
  std::vector<double> forces_, sees_, next_;  ///< of each actor
};

const std::vector<Parameter<PerceptionParameters>>& Perception::table() {
  using P = PerceptionParameters;
  static const std::vector<Parameter<P>> rows{
      {{"threat_half_life", Unit::days, 1.0, 365.0, 30.0,
        "Time in which half the way to what is seen now is gone", "calibrated"},
       &P::threat_half_life},
      {{"affinity_half_life", Unit::days, 30.0, 3650.0, 365.0,
        "Time in which half of what events have done to an affinity is forgotten", "calibrated"},
       &P::affinity_half_life},
      {{"violence_half", Unit::people, 1.0, 2000.0, 60.0,
        "Recent deaths per million people on its soil at which a state feels half threatened",
        "calibrated: deaths per head in UCDP GED 25.1, Mali, Burkina Faso, Niger, to 2023-08"},
       &P::violence_half},
      {{"force_weight", Unit::none, 0.0, 1.0, 0.5,
        "Threat from enemies and neighbouring rivals of overwhelming strength",
        "calibrated: Walt 1987, The Origins of Alliances, direction only"},
       &P::force_weight},
      {{"crisis_weight", Unit::none, 0.0, 1.0, 0.8,
        "Threat from a crisis in which force is used for all that war can win; an ultimatum weighs "
        ".7, a dispute .2 of it",
        "calibrated"},
       &P::crisis_weight},
      {{"susceptibility", Unit::none, 0.0, 1.0, 0.25,
        "Weight of friends' views of the threat, relative to one's own",
        "Friedkin & Johnsen 1990, doi:10.1080/0022250X.1990.9990069; value calibrated"},
       &P::susceptibility},
      {{"shock", Unit::none, 0.0, 3.0, 0.6,
        "Log loss of the affinity left that an invasion costs; other events relative to it",
        "calibrated: order of events as in Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::shock},
      {{"third_party", Unit::none, 0.0, 1.0, 0.3,
        "Share of a shock felt by those who fully like the one it happened to",
        "Maoz et al. 2007, doi:10.1111/j.1468-2508.2007.00497.x, direction only"},
       &P::third_party},
      {{"lasting", Unit::none, 0.0, 1.0, 0.1,
        "Share of a shock that stays, moving what affinity returns to", "calibrated"},
       &P::lasting},
      {{"view_occupation", Unit::none, 0.0, 1.0, 0.9,
        "How far down the view of its author is moved, relative to an invasion, by an occupation",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_occupation},
      {{"view_strike", Unit::none, 0.0, 1.0, 0.8,
        "How far down the view of its author is moved, relative to an invasion, by a war that "
        "begins, or a strike",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_strike},
      {{"view_ultimatum", Unit::none, 0.0, 1.0, 0.6,
        "How far down the view of its author is moved, relative to an invasion, by an ultimatum, "
        "or a blockade",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_ultimatum},
      {{"view_breach", Unit::none, 0.0, 1.0, 0.5,
        "How far down the view of its author is moved, relative to an invasion, by a broken word, "
        "or an expulsion",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_breach},
      {{"view_threat", Unit::none, 0.0, 1.0, 0.4,
        "How far down the view of its author is moved, relative to an invasion, by a threat "
        "or another hostile act",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_threat},
      {{"view_sanction", Unit::none, 0.0, 1.0, 0.3,
        "How far down the view of its author is moved, relative to an invasion, by a sanction",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_sanction},
      {{"view_battle", Unit::none, 0.0, 1.0, 0.03,
        "How far down the view of its author is moved, relative to an invasion, by a day of battle",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_battle},
      {{"view_attack", Unit::none, 0.0, 1.0, 0.02,
        "How far down the view of its author is moved, relative to an invasion, by an attack or an "
        "operation; they come in hundreds",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_attack},
      {{"view_joins_war", Unit::none, 0.0, 1.0, 0.7,
        "How far up the view of its author is moved, relative to an invasion, by one who joins a "
        "war on the same side",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_joins_war},
      {{"view_honour", Unit::none, 0.0, 1.0, 0.5,
        "How far up the view of its author is moved, relative to an invasion, by a kept word, or "
        "peace",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_honour},
      {{"view_deployment", Unit::none, 0.0, 1.0, 0.4,
        "How far up the view of its author is moved, relative to an invasion, by troops that come; "
        "uninvited ones move it down",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_deployment},
      {{"view_aid", Unit::none, 0.0, 1.0, 0.3,
        "How far up the view of its author is moved, relative to an invasion, by aid",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_aid},
      {{"view_mediation", Unit::none, 0.0, 1.0, 0.2,
        "How far up the view of its author is moved, relative to an invasion, by mediation "
        "or a sanction lifted",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_mediation},
      {{"view_statement", Unit::none, 0.0, 1.0, 0.1,
        "How far up the view of its author is moved, relative to an invasion, by a statement of "
        "support, or a ceasefire",
        "judged; order: Goldstein 1992, doi:10.1177/0022002792036002007"},
       &P::view_statement},
      {{"crisis_ultimatum", Unit::none, 0.0, 1.0, 0.7,
        "Threat from an ultimatum, relative to force in use", "judged"},
       &P::crisis_ultimatum},
      {{"crisis_dispute", Unit::none, 0.0, 1.0, 0.2,
        "Threat from a dispute, relative to force in use", "judged"},
       &P::crisis_dispute},
      {{"crisis_least", Unit::none, 0.0, 1.0, 0.5,
        "Threat from a crisis without stake, relative to one of full stake", "judged"},
       &P::crisis_least},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_perception() { return std::make_unique<Perception>(); }

}  // namespace casus
