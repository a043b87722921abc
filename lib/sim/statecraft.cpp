#include <algorithm>
#include <cmath>

#include "casus/core/calendar.h"
#include "casus/rules/bargaining.h"
#include "casus/rules/logit.h"
#include "sim/acts.h"
#include "sim/expeditions.h"
#include "sim/law_bridge.h"
#include "sim/mechanisms.h"
#include "sim/power.h"
#include "sim/warfare.h"

namespace casus {
namespace {

struct StatecraftParameters {
  double review_rate = 0.0;
  double organ_review_rate = 0.0;
  double war_cost = 0.0;
  double decisiveness = 0.0;
  double noise = 0.0;
  double common_noise = 0.0;
  double friendship = 0.0;
  double support = 0.0;
  double contribution = 0.0;
  double escalation_rate = 0.0;
  double settlement_rate = 0.0;
  double stake_half_life = 0.0;
  double sanction_size = 0.0;
  double sanction_fatigue = 0.0;
  double dispute_rate = 0.0;
  double deployment_rate = 0.0;
  double expulsion_rate = 0.0;
  double return_rate = 0.0;
  double offensive_rate = 0.0;
  double offensive_odds = 0.0;
};

// A view of a neighbour from which a dispute can arise.
constexpr double dispute_affinity = -0.4;
// A crisis over less than this is no longer one.
constexpr double forgotten_stake = 0.02;
constexpr std::uint16_t no_article = 0xffff;

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
            {}};
  }
  static const std::vector<Parameter<StatecraftParameters>>& table();

  void step(StepContext& context) override {
    World& w = context.world;
    plans_.assign(w.crises.size(), {});
    book_.index(w);  // before the parallel part, which only reads it
    for_each(
        context.executor, w.crises.size(), [&](std::size_t c) { decide(context, c); }, 4);
    for (std::size_t c = 0; c < plans_.size(); ++c) conduct(context, c);
    review_sanctions(context);
    open_disputes(context);
    move_guests(context, {p.deployment_rate, p.expulsion_rate, p.return_rate});
    launch_offensives(context, {p.offensive_rate, p.offensive_odds});
  }

 private:
  struct Plan {
    bool review = false, escalate = false, settle = false;
    double win = 0.0;             ///< chance of winning against the coalition expected
    std::vector<double> support;  ///< logit of each actor's vote, by its row
    bool attack = false;          ///< a state challenger goes to war
  };

  static bool open(const Crisis& c) {
    return c.stage == Confrontation::dispute || c.stage == Confrontation::ultimatum;
  }

  // --- decided in parallel, crisis by crisis

  void decide(const StepContext& context, std::size_t index) {
    const Crisis& c = context.world.crises[index];
    Plan& plan = plans_[index];
    if (!open(c) || context.world.actors.alive[c.target.row()] == 0) return;
    Stream stream = context.stream(Purpose::statecraft, {c.key});
    const double u_settle = uniform(stream);
    const double u_escalate = uniform(stream);
    const double u_review = uniform(stream);
    plan.settle =
        u_settle < hazard_probability(p.settlement_rate * (1.0 - c.stake), context.years());
    if (c.stage == Confrontation::dispute) {
      plan.escalate = u_escalate < hazard_probability(p.escalation_rate * c.stake, context.years());
      return;
    }
    if (context.day() < c.deadline_day) return;
    const double rate = c.organisation.valid() ? p.organ_review_rate : p.review_rate;
    plan.review = u_review < hazard_probability(rate, context.days());
    if (!plan.review) return;
    if (c.organisation.valid()) {
      weigh_together(context, c, plan);
    } else {
      weigh_alone(context, c, plan);
    }
  }

  /// Chance of winning for a side of the given power against the target and whoever is expected to
  /// stand by it.
  double chance_of_winning(const StepContext& context, const Crisis& c, ActorId lead, double power,
                           const std::vector<ActorId>& with) const {
    const World& w = context.world;
    const RegionId where = entry_region(w, lead, c.target);
    std::vector<double> strengths;
    std::vector<double> probabilities;
    for (const ExpectedAlly& ally : expected_allies(context, book_, law::ActKind::invasion, lead,
                                                    c.target, where, c.invited)) {
      if (std::find(with.begin(), with.end(), ally.actor) != with.end()) continue;
      strengths.push_back(projectable_power(w, ally.actor));
      probabilities.push_back(ally.probability);
    }
    // Invited by the government in place, the force meets the mutineers and not the army.
    double defence = home_defence(w, c.target);
    if (c.invited) defence *= 1.0 - w.actors.legitimacy[c.target.row()];
    // One expected value for many allies: beyond ten, coalition_win_probability expands.
    return rules::coalition_win_probability(std::max(power, 1.0), std::max(defence, 1.0), strengths,
                                            probabilities, p.decisiveness);
  }

  void weigh_alone(const StepContext& context, const Crisis& c, Plan& plan) const {
    const World& w = context.world;
    // Its own allies are a part of what it can count on, as the classic blank cheque shows.
    double power = projectable_power(w, c.challenger);
    for (std::size_t a = 0; a < w.actors.size(); ++a) {
      const ActorId friendly(a);
      if (friendly == c.challenger || friendly == c.target) continue;
      const double liking = w.relations.affinity(friendly, c.challenger);
      if (w.actors.kind[a] == ActorKind::state && liking > 0.5 &&
          bound_together(context, friendly, c.challenger)) {
        power += p.support * liking * projectable_power(w, friendly);
      }
    }
    plan.win = chance_of_winning(context, c, c.challenger, power, {c.challenger});
    const double cost = p.war_cost * (1.0 - 0.5 * w.actors.appetite[c.challenger.row()]);
    const double value = rules::attack_value(plan.win, plan.win, 1.0, cost);
    Stream own = season(context, c, 2);
    const double reasons = p.noise * rules::log_odds(uniform(own));
    plan.attack = value - (1.0 - c.stake) + mood(context, c) + reasons > 0.0;
  }

  static bool bound_together(const StepContext& context, ActorId a, ActorId b) {
    const Date date = context.clock.date(context.step);
    for (const law::Pact& pact : context.world.pacts) {
      if (law::is_member(pact, a, date) && law::is_member(pact, b, date)) return true;
    }
    return false;
  }

  /// Each member asks whether the organisation's war, with its own share of the cost, is better for
  /// it than living with the matter.
  void weigh_together(const StepContext& context, const Crisis& c, Plan& plan) const {
    const World& w = context.world;
    std::vector<ActorId> members;
    active_members(context, c.organisation, members);
    double power = 0.0;
    ActorId lead;
    double most = 0.0;
    for (const ActorId m : members) {
      if (m == c.target) continue;
      const double own = p.contribution * projectable_power(w, m);
      power += own;
      if (own > most) {
        most = own;
        lead = m;
      }
    }
    plan.support.assign(w.actors.size(), 0.0);
    if (!lead.valid()) return;
    plan.win = chance_of_winning(context, c, lead, power, members);
    const double shared = mood(context, c);
    for (const ActorId m : members) {
      plan.support[m.row()] = member_support(w, c, m, plan.win) + shared / p.noise;
    }
  }

  /// Dispositions last: asking the same government again tomorrow is no second chance. They are
  /// drawn anew each month of a crisis.
  static Stream season(const StepContext& context, const Crisis& c, std::uint64_t what) {
    const double months = (context.day() - c.begun_day) / days_per_month;
    const auto month = static_cast<std::uint32_t>(std::max(0.0, months));
    return Stream(context.replicate, month, Purpose::demand, {c.key, what});
  }

  /// What moves all who decide alike: the plan on the table, the news, the great powers.
  double mood(const StepContext& context, const Crisis& c) const {
    Stream stream = season(context, c, 1);
    return p.common_noise * normal(stream);
  }

  double member_support(const World& w, const Crisis& c, ActorId m, double win) const {
    const std::size_t i = m.row();
    // Force against a friend costs more; force asked for by a government does not.
    const double liking = c.invited ? -0.5 : w.relations.affinity(m, c.target);
    const double border = neighbours(w, m, c.target) && !c.invited ? 0.5 : 0.0;
    const double fear = w.actors.threat[i];
    const double cost = p.war_cost * (1.0 + p.friendship * std::max(0.0, liking) + border + fear);
    const double stake = c.stake * (0.5 + w.actors.appetite[i]);
    const double value = rules::attack_value(win, win, 1.0, cost);
    return (value - (1.0 - stake)) / p.noise;
  }

  // --- carried out in order

  void conduct(StepContext& context, std::size_t index) {
    Crisis& c = context.world.crises[index];
    if (!open(c)) return;
    const Plan& plan = plans_[index];
    c.stake *= std::exp2(-context.days() / p.stake_half_life);
    if (c.stake < forgotten_stake) {
      c.stage = Confrontation::lapsed;
      return;
    }
    if (plan.settle) {
      c.stage = Confrontation::settled;
      context.happened({.kind = EventKind::peace,
                        .who = leader(context, c),
                        .whom = c.target,
                        .pact = c.organisation},
                       {c.cause});
      return;
    }
    if (plan.escalate) {
      escalate(context, index);
      return;
    }
    if (!plan.review) return;
    if (c.organisation.valid()) {
      vote(context, index, plan);
    } else if (plan.attack) {
      attack(context, index);
    }
  }

  static ActorId leader(const StepContext& context, const Crisis& c) {
    if (c.challenger.valid()) return c.challenger;
    std::vector<ActorId> members;
    active_members(context, c.organisation, members);
    ActorId lead;
    double most = -1.0;
    for (const ActorId m : members) {
      const double power = projectable_power(context.world, m);
      if (m != c.target && power > most) {
        most = power;
        lead = m;
      }
    }
    return lead;
  }

  void escalate(StepContext& context, std::size_t index) {
    Crisis& c = context.world.crises[index];
    const ActorId by = leader(context, c);
    if (!by.valid()) return;
    c.stage = Confrontation::ultimatum;
    c.deadline_day = context.day() + 7.0;
    const EventId event = context.happened({.kind = EventKind::ultimatum,
                                            .who = by,
                                            .whom = c.target,
                                            .pact = c.organisation,
                                            .size = c.stake},
                                           {c.cause});
    context.world.crises[index].cause = event;
    report_act(context, law::ActKind::threat, by, c.target, {}, c.stake, event);
    impose(context, MeasureKind::sanction, c.organisation.valid() ? ActorId{} : by, c.organisation,
           c.target, p.sanction_size, event);
  }

  void vote(StepContext& context, std::size_t index, const Plan& plan) {
    const Crisis c = context.world.crises[index];
    EventId event;
    if (!organ_votes(context, c.organisation, c.target, plan.support, c.key, c.cause, &event))
      return;
    context.world.crises[index].stage = Confrontation::force;
    context.world.crises[index].cause = event;
    intervene(context, c, event);
  }

  /// The organ has decided: each member that keeps its word sends its share, the strongest leads.
  void intervene(StepContext& context, const Crisis& c, EventId decision) {
    World& w = context.world;
    std::vector<ActorId> members;
    active_members(context, c.organisation, members);
    const ActorId lead = leader(context, c);
    const RegionId where =
        c.invited ? w.actors.capital[c.target.row()] : entry_region(w, lead, c.target);
    const law::Pact& pact = w.pacts[c.organisation.row()];
    std::stable_partition(members.begin(), members.end(), [&](ActorId m) { return m == lead; });
    WarId war;
    for (const ActorId m : members) {
      if (m == c.target || w.relations.at_war(m, c.target)) continue;
      double pledged = 0.0;
      for (const law::Member& member : pact.members) {
        if (member.actor == m) pledged = member.contribution;
      }
      const double people = pledged > 0.0
                                ? pledged
                                : p.contribution * (w.forces(m) + w.actors.home_power[m.row()]) *
                                      free_share(w, m) * w.actors.appetite[m.row()];
      if (people < 50.0) continue;
      Stream stream = context.stream(Purpose::deployment, {w.actors.key[m.row()].value, c.key});
      const bool keeps = chance(stream, w.actors.resolve[m.row()]);
      const EventId word = context.happened({.kind = keeps ? EventKind::honour : EventKind::breach,
                                             .who = m,
                                             .whom = c.target,
                                             .where = where,
                                             .pact = c.organisation,
                                             .size = static_cast<double>(law::Obligation::troops)},
                                            {decision});
      if (!keeps) continue;
      // The first to arrive begins the war, if the force was not asked for; the others join it.
      if (war.valid()) {
        join_war(context, war, m, 0, c.organisation, no_article, word);
      }
      const EventId arrival =
          act(context, law::ActKind::intervention, m, c.target, where, people, c.invited, word);
      context.log.at(arrival).pact = c.organisation;
      if (!war.valid()) war = war_between(w, m, c.target);
    }
  }

  void attack(StepContext& context, std::size_t index) {
    const Crisis c = context.world.crises[index];
    context.world.crises[index].stage = Confrontation::force;
    const RegionId where = entry_region(context.world, c.challenger, c.target);
    const World& w = context.world;
    const double people = p.contribution * w.forces(c.challenger) * free_share(w, c.challenger);
    context.world.crises[index].cause =
        act(context, law::ActKind::invasion, c.challenger, c.target, where, people, false, c.cause);
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
      const double rate = p.sanction_fatigue * (crisis ? 1.0 : 4.0);
      Stream stream = context.stream(Purpose::economy, {m.key});
      if (chance(stream, hazard_probability(rate, context.years()))) lift(context, i, m.cause);
    }
  }

  // --- new disputes

  void open_disputes(StepContext& context) {
    World& w = context.world;
    for (std::size_t a = 0; a < w.actors.size(); ++a) {
      if (w.actors.kind[a] != ActorKind::state || w.actors.alive[a] == 0) continue;
      for (std::size_t b = 0; b < w.actors.size(); ++b) {
        if (a == b || w.actors.kind[b] != ActorKind::state || w.actors.alive[b] == 0) continue;
        const ActorId x(a);
        const ActorId y(b);
        const double view = w.relations.affinity(x, y);
        const bool hostile = view < dispute_affinity || w.relations.rivalry(x, y);
        if (!hostile || w.relations.at_war(x, y) || !neighbours(w, x, y)) continue;
        Stream stream =
            context.stream(Purpose::incident, {w.actors.key[a].value, w.actors.key[b].value});
        const double rate = p.dispute_rate * (0.5 - 0.5 * view);
        if (!chance(stream, hazard_probability(rate, context.years()))) continue;
        if (in_crisis(w, x, y)) continue;
        Crisis c;
        c.key = mix(mix(w.actors.key[a].value, w.actors.key[b].value), context.step);
        c.challenger = x;
        c.target = y;
        c.issue = Issue::dispute;
        c.stake = 0.3 + 0.4 * uniform(stream);
        c.begun_day = context.day();
        c.cause =
            context.happened({.kind = EventKind::threat, .who = x, .whom = y, .size = c.stake});
        w.crises.push_back(c);
        report_act(context, law::ActKind::threat, x, y, {}, c.stake, c.cause);
      }
    }
  }

  static bool in_crisis(const World& w, ActorId a, ActorId b) {
    return std::any_of(w.crises.begin(), w.crises.end(), [&](const Crisis& c) {
      return open(c) && c.challenger == a && c.target == b;
    });
  }

  std::vector<Plan> plans_;
  mutable PactBook book_;
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
       &P::war_cost},
      {{"decisiveness", Unit::none, 0.3, 4.0, 1.0,
        "Exponent of the contest success function between coalitions", "Tullock 1980"},
       &P::decisiveness},
      {{"noise", Unit::none, 0.01, 0.5, 0.1,
        "Scale of what is not known of a decider's reasons, in units of the prize", "calibrated"},
       &P::noise},
      {{"common_noise", Unit::none, 0.0, 0.5, 0.25,
        "Standard deviation of what moves all deciders of a month alike, in units of the prize",
        "calibrated"},
       &P::common_noise},
      {{"friendship", Unit::none, 0.0, 5.0, 1.5,
        "How much full affinity to the target adds to a member's cost of force", "calibrated"},
       &P::friendship},
      {{"support", Unit::none, 0.0, 1.0, 0.5, "Share of its allies' power a challenger counts on",
        "calibrated: moral hazard, Benson 2012, Constructing International Security"},
       &P::support},
      {{"contribution", Unit::none, 0.01, 0.9, 0.25,
        "Share of what is free that a state sends to an expedition",
        "calibrated: pledges of some 25,000 for ECOWAS in August 2023"},
       &P::contribution},
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
        "Rate at which a sanction is lifted while its crisis lasts; four times that after",
        "calibrated: ECOWAS on Mali 2022 (6 months) and Niger 2023-24 (7 months)"},
       &P::sanction_fatigue},
      {{"dispute_rate", Unit::per_year, 0.0, 2.0, 0.01,
        "Rate at which a state that thinks ill of a neighbour opens a dispute", "calibrated"},
       &P::dispute_rate},
      {{"deployment_rate", Unit::per_year, 0.0, 20.0, 2.0,
        "Rate at which a friend with full appetite sends troops to a host under full threat",
        "calibrated"},
       &P::deployment_rate},
      {{"expulsion_rate", Unit::per_year, 0.0, 50.0, 6.0,
        "Rate at which a host sends away guests it wholly dislikes",
        "calibrated: France in Mali 2022, Burkina Faso and Niger 2023"},
       &P::expulsion_rate},
      {{"return_rate", Unit::per_year, 0.0, 5.0, 0.1,
        "Rate at which guests without appetite go home from a host without threat", "calibrated"},
       &P::return_rate},
      {{"offensive_rate", Unit::per_day, 0.0, 1.0, 0.05,
        "Rate of offensives of a fully mobilised state", "calibrated: 1914"},
       &P::offensive_rate},
      {{"offensive_odds", Unit::none, 0.2, 5.0, 1.0,
        "Local odds, times the region's value, from which a state attacks", "calibrated"},
       &P::offensive_odds},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_statecraft() { return std::make_unique<Statecraft>(); }

}  // namespace casus
