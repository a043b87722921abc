#include <algorithm>
#include <cmath>

#include "casus/core/calendar.h"
#include "casus/world/forces.h"
#include "sim/acts.h"
#include "sim/expeditions.h"
#include "sim/law_queries.h"
#include "sim/mechanisms.h"
#include "sim/offensives.h"
#include "sim/scratch.h"
#include "sim/turns.h"
#include "sim/war_choice.h"
#include "sim/warfare.h"

namespace casus {
namespace {

struct StatecraftParameters {
  double review_rate = 0.0;
  double organ_review_rate = 0.0;
  WarRules war;
  double escalation_rate = 0.0;
  double settlement_rate = 0.0;
  double stake_half_life = 0.0;
  double sanction_size = 0.0;
  double forgotten_stake = 0.0;
  double sanction_fatigue = 0.0;
  double fatigue_after = 0.0;
  double dispute_rate = 0.0;
  double dispute_affinity = 0.0;
  double dispute_stake = 0.0;
  double dispute_spread = 0.0;
  OffensiveRules offensives;
};

constexpr Purpose crisis_course("crisis_course");
constexpr Purpose crisis_turn("crisis_turn");
constexpr Purpose sanction_lifted("sanction_lifted");
constexpr Purpose leader_lot("leader_lot");
constexpr Purpose new_dispute("new_dispute");

/// States, organisations and external actors choose: threaten, sanction, intervene, deploy,
/// withdraw, expel, settle. Who thinks of force weighs the coalition it expects to face.
class Statecraft final : public MechanismWith<Statecraft, StatecraftParameters> {
 public:
  static MechanismInfo about() {
    return {"statecraft",
            "Crises, sanctions, interventions, deployments and offensives of states, "
            "organisations and external actors.",
            "bargaining: Fearon 1995, doi:10.1017/S0020818300033324; deterrence by the coalition "
            "expected: Smith 1995, doi:10.1080/03050629508434868",
            {},
            {"crises.stake", "measures.size"},
            {"regions.control", "actors.reserve", "actors.home_power", "presences.strength",
             "presences.control"}};
  }
  static const std::vector<Parameter<StatecraftParameters>>& table();

  void step(StepContext& context) override {
    World& w = context.world;
    const std::size_t mark = context.log.size();
    const bool in_crisis = std::any_of(w.crises.begin(), w.crises.end(), open);
    refill(plans_, w.crises.size());
    for_each(
        context.executor, w.crises.size(), [&](std::size_t c) { decide(context, c); }, 4);
    // Two crises may want the same soldiers, and who strikes first began the war.
    keys_.clear();
    for (const Crisis& c : w.crises) keys_.push_back(c.key);
    for (const std::uint32_t c : turns_(context, crisis_turn, keys_)) conduct(context, c);
    review_sanctions(context);
    open_disputes(context);
    offensives_.launch(context, p.offensives);
    // But for the stakes of what is open it changes nothing of which it logs no event.
    context.wrote = in_crisis || context.log.size() > mark;
  }

  /// Each step begins from the world alone.
  void archive(Archive&) override {}

 private:
  struct Plan {
    bool review = false, escalate = false, settle = false;
    double to_settle = 0.0, u_settle = 0.0;      ///< probability and draw, for the record
    double to_escalate = 0.0, u_escalate = 0.0;  ///< the same; zero: not asked
    double to_review = 0.0, u_review = 0.0;
    Weighing weighed;
    std::vector<double> support;  ///< logit of each actor's vote, by its row
    bool attack = false;          ///< a state challenger goes to war
  };

  static bool open(const Crisis& c) {
    return c.stage == Confrontation::dispute || c.stage == Confrontation::ultimatum;
  }

  // --- decided in parallel, crisis by crisis

  void decide(const StepView& context, std::size_t index) {
    const Crisis& c = context.world.crises[index];
    Plan& plan = plans_[index];
    if (!open(c) || context.world.actors.alive[c.target.row()] == 0) return;
    Stream stream = context.stream(crisis_course, {c.key});
    plan.u_settle = uniform(stream);
    plan.u_escalate = uniform(stream);
    plan.u_review = uniform(stream);
    plan.to_settle = hazard_probability(p.settlement_rate * (1.0 - c.stake), context.years());
    plan.settle = plan.u_settle < plan.to_settle;
    if (c.stage == Confrontation::dispute) {
      plan.to_escalate = hazard_probability(p.escalation_rate * c.stake, context.years());
      plan.escalate = plan.u_escalate < plan.to_escalate;
      return;
    }
    // Nobody decides before the time that was given has run out.
    if (context.day() < c.deadline_day) return;
    const double rate = c.organisation.valid() ? p.organ_review_rate : p.review_rate;
    plan.to_review = hazard_probability(rate, context.days());
    plan.review = plan.u_review < plan.to_review;
    if (!plan.review) return;
    if (c.organisation.valid()) {
      plan.support = votes_on_war(context, c, p.war, plan.weighed);
    } else {
      plan.attack = goes_to_war(context, c, p.war, plan.weighed);
    }
  }

  // --- carried out, in an order that is drawn

  void conduct(StepContext& context, std::size_t index) {
    Crisis& c = context.world.crises[index];
    if (!open(c)) return;
    const Plan& plan = plans_[index];
    c.stake *= std::exp2(-context.days() / p.stake_half_life);
    if (c.stake < p.forgotten_stake) {
      c.stage = Confrontation::lapsed;
      return;
    }
    if (plan.settle) {
      c.stage = Confrontation::settled;
      const EventId event = context.happened({.kind = EventKind::peace,
                                              .who = leader(context, c),
                                              .whom = c.target,
                                              .pact = c.organisation},
                                             {c.cause});
      context.decided(asked(c, DecisionKind::settlement, plan.to_settle, plan.u_settle, event));
      return;
    }
    context.declined(asked(c, DecisionKind::settlement, plan.to_settle, plan.u_settle), c.key);
    if (plan.escalate) {
      escalate(context, index, plan);
      return;
    }
    context.declined(asked(c, DecisionKind::escalation, plan.to_escalate, plan.u_escalate), c.key);
    if (!plan.review) {
      context.declined(asked(c, DecisionKind::review, plan.to_review, plan.u_review), c.key);
      return;
    }
    if (c.organisation.valid()) {
      vote(context, index, plan);
    } else if (plan.attack) {
      attack(context, index, plan);
    } else {
      const Weighing& x = plan.weighed;
      context.decided(asked(c, DecisionKind::war, x.probability, x.draw), x.terms);
    }
  }

  /// What was asked over a crisis, for the record: a yes if an event says so.
  static Decision asked(const Crisis& c, DecisionKind kind, double probability, double draw,
                        EventId event = {}) {
    return {.event = event,
            .about = c.cause,
            .kind = kind,
            .yes = event.valid(),
            .who = c.challenger,
            .whom = c.target,
            .pact = c.organisation,
            .probability = probability,
            .draw = draw};
  }

  /// Who speaks for the challenger: of an organisation its strongest member, of equal ones by a lot
  /// that stands for the crisis.
  static ActorId leader(const StepView& context, const Crisis& c) {
    if (c.challenger.valid()) return c.challenger;
    std::vector<ActorId> members;
    active_members(context, c.organisation, members);
    ActorId lead;
    double most = -1.0;
    const auto lot = [&](ActorId m) {
      Stream stream = context.stream_of(
          0, leader_lot, {c.key, context.world.actors.key[m.row()].value}, Stream::again);
      return uniform(stream);
    };
    for (const ActorId m : members) {
      if (m == c.target) continue;
      const double power = projectable_power(context.world, m, context.law.garrison_free);
      if (power > most || (power == most && lot(m) < lot(lead))) {
        most = power;
        lead = m;
      }
    }
    return lead;
  }

  void escalate(StepContext& context, std::size_t index, const Plan& plan) {
    Crisis& c = context.world.crises[index];
    const ActorId by = leader(context, c);
    if (!by.valid()) return;
    // A dispute has no deadline; from here on somebody's face is at stake.
    c.stage = Confrontation::ultimatum;
    c.deadline_day = context.day() + context.law.ultimatum_days;
    const EventId event = context.happened({.kind = EventKind::ultimatum,
                                            .who = by,
                                            .whom = c.target,
                                            .pact = c.organisation,
                                            .size = c.stake},
                                           {c.cause});
    context.decided(asked(c, DecisionKind::escalation, plan.to_escalate, plan.u_escalate, event),
                    {{TermKind::stake, {}, c.stake}});
    context.world.crises[index].cause = event;
    report_act(context, law::ActKind::threat, by, c.target, {}, c.stake, event);
    // Sanctions come with the ultimatum, as ECOWAS did in 2023; those of an organisation are its
    // own and not those of whoever leads it.
    impose(context, MeasureKind::sanction, c.organisation.valid() ? ActorId{} : by, c.organisation,
           c.target, p.sanction_size, event);
  }

  void vote(StepContext& context, std::size_t index, const Plan& plan) {
    // A copy: what follows may add crises, and the table moves.
    const Crisis c = context.world.crises[index];
    if (!force_may_be_voted(context, c.target)) return;
    EventId event;
    if (!organ_votes(context, c.organisation, c.target, plan.support, c.key, c.cause,
                     plan.weighed.terms, &event)) {
      return;
    }
    context.world.crises[index].stage = Confrontation::force;
    context.world.crises[index].cause = event;
    send_expedition(context, c, leader(context, c), p.war.contribution, event);
  }

  void attack(StepContext& context, std::size_t index, const Plan& plan) {
    const Crisis c = context.world.crises[index];
    context.world.crises[index].stage = Confrontation::force;
    const RegionId where =
        entry_region(context.world, c.challenger, c.target, context.law.entry_defence);
    const World& w = context.world;
    const double people = p.war.contribution * w.forces(c.challenger) *
                          free_share(w, c.challenger, context.law.garrison_free);
    const EventId event =
        act(context, law::ActKind::invasion, c.challenger, c.target, where, people, {}, c.cause);
    context.world.crises[index].cause = event;
    const Weighing& x = plan.weighed;
    context.decided(asked(c, DecisionKind::war, x.probability, x.draw, event), x.terms);
  }

  // --- sanctions

  /// Sanctions tire those who impose them; once their crisis is over they go sooner.
  void review_sanctions(StepContext& context) {
    World& w = context.world;
    for (std::size_t i = 0; i < w.measures.size(); ++i) {
      const Measure& m = w.measures[i];
      if (!m.active || m.kind == MeasureKind::aid) continue;
      bool crisis = false;
      for (const Crisis& c : w.crises) {
        crisis = crisis || (open(c) && c.target == m.on && c.organisation == m.organisation &&
                            c.challenger == m.by);
      }
      const double rate = p.sanction_fatigue * (crisis ? 1.0 : p.fatigue_after);
      Stream stream = context.stream(sanction_lifted, {m.key});
      const double draw = uniform(stream);
      if (context.passed_over(DecisionKind::relief, draw, rate, context.years(), m.key)) continue;
      Decision relief{.about = m.cause,
                      .kind = DecisionKind::relief,
                      .who = m.by,
                      .whom = m.on,
                      .pact = m.organisation,
                      .probability = hazard_probability(rate, context.years()),
                      .draw = draw};
      relief.yes = relief.draw < relief.probability;
      if (!relief.yes) {
        context.declined(relief, m.key);
        continue;
      }
      relief.event = lift(context, i, m.cause);
      context.decided(relief, {{TermKind::rate, {}, rate}});
    }
  }

  // --- new disputes

  /// Each pair by itself: a dispute opened here does not count for another pair in this step.
  void open_disputes(StepContext& context) {
    World& w = context.world;
    // Neighbours alone, in the order of rows.
    for (const auto& [x, y] : w.bordering) {
      if (w.actors.alive[x.row()] == 0 || w.actors.alive[y.row()] == 0) continue;
      const double view = w.relations.affinity(x, y);
      const bool hostile = view < p.dispute_affinity || w.relations.rivalry(x, y);
      if (!hostile || w.relations.at_war(x, y)) continue;
      const std::uint64_t x_key = w.actors.key[x.row()].value;
      const std::uint64_t y_key = w.actors.key[y.row()].value;
      Stream stream = context.stream(new_dispute, {x_key, y_key});
      // From none for a friend without a flaw to all of the rate for an enemy.
      const double rate = p.dispute_rate * (0.5 - 0.5 * view);
      const std::uint64_t question = mix(x_key, y_key);
      const double draw = uniform(stream);
      if (context.passed_over(DecisionKind::dispute, draw, rate, context.years(), question)) {
        continue;
      }
      Decision dispute{.kind = DecisionKind::dispute,
                       .who = x,
                       .whom = y,
                       .probability = hazard_probability(rate, context.years()),
                       .draw = draw};
      dispute.yes = dispute.draw < dispute.probability;
      if (!dispute.yes) {
        context.declined(dispute, question);
        continue;
      }
      if (in_crisis(w, x, y)) continue;
      Crisis c;
      c.key = mix(mix(x_key, y_key), context.step);
      c.challenger = x;
      c.target = y;
      c.issue = Issue::dispute;
      c.stake = p.dispute_stake + p.dispute_spread * uniform(stream);
      c.begun_day = context.day();
      c.cause = context.happened({.kind = EventKind::threat, .who = x, .whom = y, .size = c.stake});
      w.crises.push_back(c);
      dispute.event = c.cause;
      context.decided(dispute, {{TermKind::rate, {}, rate}, {TermKind::view, y, view}});
      report_act(context, law::ActKind::threat, x, y, {}, c.stake, c.cause);
    }
  }

  static bool in_crisis(const World& w, ActorId a, ActorId b) {
    return std::any_of(w.crises.begin(), w.crises.end(), [&](const Crisis& c) {
      return open(c) && c.challenger == a && c.target == b;
    });
  }

  std::vector<Plan> plans_;
  std::vector<std::uint64_t> keys_;
  DrawnOrder turns_;
  Offensives offensives_;
};

const std::vector<Parameter<StatecraftParameters>>& Statecraft::table() {
  using P = StatecraftParameters;
  static const std::vector<Parameter<P>> rows{
      {{"review_rate", Unit::per_day, 0.0, 5.0, 0.4,
        "Rate at which a state whose ultimatum has run out decides between war and peace",
        "calibrated: days, as in July 1914"},
       &P::review_rate},
      {{"organ_review_rate", Unit::per_day, 0.0, 1.0, 0.05,
        "Rate at which an organisation votes on force once its ultimatum has run out",
        "calibrated: summits every two to four weeks, as ECOWAS held in 2023"},
       &P::organ_review_rate},
      {{"war_cost", Unit::none, 0.01, 2.0, 0.2, "Cost of war in units of the prize",
        "calibrated: Fearon 1995 for the form"},
       inside(&P::war, &WarRules::cost)},
      {{"decisiveness", Unit::none, 0.3, 4.0, 1.0,
        "Exponent of the contest success function between coalitions", "Tullock 1980"},
       inside(&P::war, &WarRules::decisiveness)},
      {{"noise", Unit::none, 0.01, 0.5, 0.1,
        "Scale of what is not known of a decider's reasons, in units of the prize", "calibrated"},
       inside(&P::war, &WarRules::noise)},
      {{"common_noise", Unit::none, 0.0, 0.5, 0.25,
        "Standard deviation of what moves all deciders of a month alike, in units of the prize",
        "calibrated"},
       inside(&P::war, &WarRules::common_noise)},
      {{"friendship", Unit::none, 0.0, 5.0, 1.5,
        "How much full affinity to the target adds to a member's cost of force", "calibrated"},
       inside(&P::war, &WarRules::friendship)},
      {{"support", Unit::none, 0.0, 1.0, 0.5, "Share of its allies' power a challenger counts on",
        "calibrated: moral hazard, Benson 2012, Constructing International Security"},
       inside(&P::war, &WarRules::support)},
      {{"contribution", Unit::none, 0.01, 0.9, 0.25,
        "Share of what is free that a state sends to an expedition",
        "calibrated: pledges of some 25,000 for ECOWAS in August 2023"},
       inside(&P::war, &WarRules::contribution)},
      {{"escalation_rate", Unit::per_year, 0.0, 50.0, 2.0,
        "Rate at which a dispute of full stake becomes an ultimatum", "calibrated"},
       &P::escalation_rate},
      {{"settlement_rate", Unit::per_year, 0.0, 20.0, 0.8,
        "Rate at which a crisis without stake is settled", "calibrated"},
       &P::settlement_rate},
      {{"stake_half_life", Unit::days, 5.0, 2000.0, 150.0, "Half-life of a crisis's stake",
        "calibrated"},
       &P::stake_half_life},
      {{"sanction_size", Unit::none, 0.0, 0.9, 0.2,
        "Share of the target's income that a new sanction cuts", "calibrated"},
       &P::sanction_size},
      {{"sanction_fatigue", Unit::per_year, 0.0, 10.0, 0.8,
        "Rate at which a sanction is lifted while its crisis lasts",
        "calibrated: ECOWAS on Mali, from January to July 2022"},
       &P::sanction_fatigue},
      {{"dispute_rate", Unit::per_year, 0.0, 2.0, 0.01,
        "Rate at which a state that thinks ill of a neighbour opens a dispute", "calibrated"},
       &P::dispute_rate},
      {{"offensive_rate", Unit::per_day, 0.0, 2.0, 0.25,
        "Rate of offensives of a fully mobilised state",
        "judged: in 1914, 1940 and 1967 a victorious army was in the next region within days"},
       inside(&P::offensives, &OffensiveRules::rate)},
      {{"offensive_success", Unit::none, 0.05, 0.95, 0.6,
        "Least chance of winning there with which a state attacks",
        "judged: that of 1.6 to 1; of the division engagements 1904-1991 of the Dupuy Institute's "
        "database attackers at 1.25 to 1 won .54, at 2.25 to 1 .71"},
       inside(&P::offensives, &OffensiveRules::success)},
      {{"offensive_decisiveness", Unit::none, 0.3, 3.0, 0.86,
        "Exponent of the contest by which an offensive's chance is reckoned",
        "fitted to 672 division engagements 1904-1991 of the Dupuy Institute's database"},
       inside(&P::offensives, &OffensiveRules::decisiveness)},
      {{"border_cost", Unit::none, 0.0, 5.0, 0.5,
        "How much a border with the target adds to a member's cost of force",
        "judged: neighbours have the refugees and the raids of a war"},
       inside(&P::war, &WarRules::border)},
      {{"fear", Unit::none, 0.0, 5.0, 1.0,
        "How much full threat to itself adds to a member's cost of force",
        "judged: who needs his army at home lends it dearly"},
       inside(&P::war, &WarRules::fear)},
      {{"indifference", Unit::none, 0.0, 1.0, 0.5,
        "What the stake is worth to a member without appetite for force; full appetite adds 1",
        "judged"},
       inside(&P::war, &WarRules::indifference)},
      {{"appetite_discount", Unit::none, 0.0, 1.0, 0.5,
        "Share of a challenger's cost of war that full appetite takes off", "judged"},
       inside(&P::war, &WarRules::appetite)},
      {{"ally_affinity", Unit::none, 0.0, 1.0, 0.5,
        "Affinity from which a challenger counts on a state that a pact binds to it", "judged"},
       inside(&P::war, &WarRules::ally_affinity)},
      {{"home_resolve", Unit::none, 0.0, 1.0, 0.5,
        "Share of its power at home that a state without resolve still fights with, as others "
        "reckon",
        "judged: people defend their homes though not their government"},
       inside(&P::war, &WarRules::without_resolve)},
      {{"forgotten_stake", Unit::none, 0.0, 0.5, 0.02, "Stake below which a crisis has lapsed",
        "judged: three to five half-lives after most openings"},
       &P::forgotten_stake},
      {{"fatigue_after", Unit::none, 1.0, 20.0, 4.0,
        "How many times sooner a sanction is lifted once its crisis is over", "judged"},
       &P::fatigue_after},
      {{"dispute_affinity", Unit::none, -1.0, 0.0, -0.4,
        "View of a neighbour below which a dispute can arise; rivals need none", "judged"},
       &P::dispute_affinity},
      {{"dispute_stake", Unit::none, 0.0, 0.5, 0.3, "Least stake of a new dispute", "judged"},
       &P::dispute_stake},
      {{"dispute_spread", Unit::none, 0.0, 0.5, 0.4,
        "How much higher the stake of a new dispute can be than the least", "judged"},
       &P::dispute_spread},
      {{"offensive_mobilised", Unit::none, 0.0, 1.0, 0.2,
        "Mobilisation from which a state thinks of offensives", "judged"},
       inside(&P::offensives, &OffensiveRules::mobilised)},
      {{"offensive_least", Unit::people, 1.0, 200000.0, 1000.0,
        "Least army that goes over a border", "judged"},
       inside(&P::offensives, &OffensiveRules::least)},
      {{"offensive_share", Unit::none, 0.05, 0.95, 0.6,
        "Share of an army that goes on where no enemy stands before it",
        "judged: the rest holds the ground it leaves"},
       inside(&P::offensives, &OffensiveRules::share)},
      {{"offensive_garrison", Unit::none, 0.0, 50.0, 5.0,
        "People that an army which goes on leaves for a thousand who live on the ground it has "
        "taken",
        "judged: what it takes to hold it, see control.occupation"},
       inside(&P::offensives, &OffensiveRules::garrison)},
      {{"offensive_enough", Unit::none, 0.5, 0.999, 0.9,
        "Chance of winning for which a state sends no more", "judged"},
       inside(&P::offensives, &OffensiveRules::enough)},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_statecraft() { return std::make_unique<Statecraft>(); }

}  // namespace casus
