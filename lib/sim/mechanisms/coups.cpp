#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <utility>

#include "casus/core/calendar.h"
#include "casus/rules/fuel.h"
#include "casus/rules/hazard.h"
#include "sim/acts.h"
#include "sim/few_rows.h"
#include "sim/finite.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

constexpr Purpose coup_attempt_draw("attempt");
constexpr Purpose coup_success_draw("success");

struct CoupParameters {
  double rate = 0.0;
  double success = 0.0;
  double contagion = 0.0;
  double legitimacy_weight = 0.0;
  double defeat_weight = 0.0;
  double arrears_weight = 0.0;
  double fuel_weight = 0.0;
  double new_legitimacy = 0.0;
  double attempt_cost = 0.0;
  double disarray = 0.0;
  double estrangement = 0.0;
};

/// Attempted and successful coups in states.
class Coups final : public MechanismWith<Coups, CoupParameters> {
 public:
  static MechanismInfo about() {
    return {
        "coups",
        "Attempted and successful coups in states.",
        "Powell & Thyne 2011, doi:10.1177/0022343310397436; logit fitted to their country-years "
        "1950-2014",
        {},
        {"actors.last_coup_day", "actors.institution_change_day", "actors.resolve",
         "actors.legitimacy", "relations.affinity"}};
  }
  static const std::vector<Parameter<CoupParameters>>& table();

  void step(StepContext& context) override {
    World& w = context.world;
    const std::size_t n = w.actors.size();
    context.wrote = false;
    look_around(context);
    last_coup_.resize(n);
    asked_at_.resize(n, ~0U);
    yearly_.resize(n);
    take_dated(context);
    states_.clear();
    for (const std::uint32_t a : w.of_kind(ActorKind::state)) states_.emplace_back(a);
    plans_.assign(states_.size(), {});
    for_rows(
        context.executor, states_.size(),
        [&](std::size_t i) { decide(context, states_[i], plans_[i]); }, 64);
    double total = 0.0;
    for (const Plan& plan : plans_) total += plan.yearly;
    check_finite(context, "coups", total, "the sum of yearly chances of a coup");
    fallen_.clear();
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (plans_[i].attempt) {
        apply(context, states_[i], plans_[i]);
      } else {
        decline(context, states_[i], plans_[i], asked_at_[states_[i].row()]);
      }
    }
    estrange(w);
  }

  void archive(Archive& a) override { a(last_coup_); }

 private:
  struct Plan {
    double yearly = 0.0;  ///< probability of an attempt in a year
    bool attempt = false, success = false;
    double draw = 0.0;  ///< of an attempt in this step
    double most = 0.0;  ///< that its rate a year can be
    double success_draw = 0.0;
    ActorId example;  ///< the neighbour whose recent coup made it likelier
  };

  /// What was found out last of a state, and from what.
  struct Yearly {
    bool known = false;
    rules::CoupInputs in;
    double extra = 0.0;
    double probability = 0.0;
  };

  static constexpr double never_day = -1e8;

  void look_around(const StepView& context) {
    using namespace std::chrono_literals;
    const Date now = context.clock.date(context.step);
    cold_war_ = now >= Date{1946y / 1 / 1} && now < Date{1990y / 1 / 1};
    const World& w = context.world;
    example_.clear(w.actors.size());
    for (const std::uint32_t b : w.of_kind(ActorKind::state)) {
      if (w.actors.alive[b] != 0 && w.actors.regime[b] == Regime::junta &&
          context.day() - w.actors.institution_change_day[b] <= days_per_year) {
        show_neighbours(w, ActorId(b));
      }
    }
  }

  /// Of the neighbours in which a coup brought a junta to power within the year, the latest is a
  /// state's example.
  void show_neighbours(const World& w, ActorId junta) {
    const double day = w.actors.institution_change_day[junta.row()];
    // Borders are listed from both sides, sorted.
    const auto first =
        std::lower_bound(w.bordering.begin(), w.bordering.end(), std::pair(junta, ActorId(0)));
    for (auto at = first; at != w.bordering.end() && at->first == junta; ++at) {
      ActorId& latest = example_.keep(at->second.row());
      const double so_far = latest.valid() ? w.actors.institution_change_day[latest.row()] : 0.0;
      const bool later = !latest.valid() || day > so_far ||
                         (day == so_far && w.actors.key[junta.row()] < w.actors.key[latest.row()]);
      if (later) latest = junta;
    }
  }

  void decide(const StepView& context, ActorId state, Plan& plan) {
    const World& w = context.world;
    const auto& t = w.actors;
    const std::size_t a = state.row();
    if (t.alive[a] == 0) return;
    plan.example = example_[a];
    plan.yearly =
        rules::apply_odds_ratio(yearly(context, a), plan.example.valid() ? p.contagion : 1.0);
    // -ln(1 - y) <= y / (1 - y), with room for rounding: most draws are above what that leads to.
    plan.most = p.rate * (plan.yearly / (1.0 - plan.yearly)) * (1.0 + 0x1p-40);
    Stream attempt = context.stream(coup_attempt_draw, {t.key[a].value});
    plan.draw = uniform(attempt);
    plan.attempt = plan.draw < most_of_hazard(plan.most, context.years()) &&
                   plan.draw < probability(context, plan);
    if (!plan.attempt) return;
    Stream success = context.stream(coup_success_draw, {t.key[a].value});
    plan.success_draw = uniform(success);
    plan.success = plan.success_draw < p.success;
  }

  /// Probability of an attempt in a year, but for examples. Most states are today what they were
  /// yesterday, and logarithms and powers are slow.
  double yearly(const StepView& context, std::size_t a) {
    const rules::CoupInputs in = inputs(context, a);
    const double extra = strain(context.world, a);
    Yearly& last = yearly_[a];
    if (!last.known || last.in != in || last.extra != extra) {
      last = {true, in, extra, rules::coup_annual_probability(in, extra)};
    }
    return last.probability;
  }

  /// Of an attempt in this step.
  double probability(const StepView& context, const Plan& plan) const {
    const double hazard = p.rate * rules::probability_to_hazard(plan.yearly);
    return hazard_probability(hazard, context.years());
  }

  void decline(StepContext& context, ActorId state, const Plan& plan, std::uint32_t& place) const {
    const std::uint64_t question = context.world.actors.key[state.row()].value;
    if (context.passed_over(DecisionKind::coup_attempt, plan.draw, plan.most, context.years(),
                            question, place)) {
      return;
    }
    context.declined(asked(context, state, plan), question, place);
  }

  rules::CoupInputs inputs(const StepView& context, std::size_t a) const {
    const auto& t = context.world.actors;
    rules::CoupInputs in;
    in.gdp_per_capita = t.gdp_per_capita[a];
    in.regime = t.regime[a] == Regime::democracy  ? rules::RegimeType::democracy
                : t.regime[a] == Regime::anocracy ? rules::RegimeType::anocracy
                                                  : rules::RegimeType::autocracy;
    // A junta came by a coup: one without a date in the scenario took power as the run began.
    if (t.last_coup_day[a] > never_day) {
      in.years_since_attempt = std::max(0.0, context.day() - t.last_coup_day[a]) / days_per_year;
    } else if (t.regime[a] == Regime::junta) {
      in.years_since_attempt = context.day() / days_per_year;
    }
    in.cold_war = cold_war_;
    return in;
  }

  /// Whether a coup was attempted, for the record.
  Decision asked(const StepView& context, ActorId state, const Plan& plan,
                 EventId event = {}) const {
    return {.event = event,
            .kind = DecisionKind::coup_attempt,
            .yes = plan.attempt,
            .who = state,
            .whom = state,
            .probability = probability(context, plan),
            .draw = plan.draw};
  }

  /// Log odds beyond the published model; zero for a state of middling legitimacy, unbeaten, that
  /// pays its men and has its fuel.
  double strain(const World& w, std::size_t a) const {
    const auto [illegitimate, beaten, unpaid, dry] = strains(w, a);
    return illegitimate + beaten + unpaid + dry;
  }
  std::array<double, 4> strains(const World& w, std::size_t a) const {
    const double lost = w.actors.recent_losses[a];
    const double beaten = lost > 0.0 ? lost / (w.forces(ActorId(a)) + lost) : 0.0;
    const double cut = w.actors.fuel_cut[a];  // of most nothing, and a logarithm is slow
    const double dry = cut != 0.0 ? p.fuel_weight * std::log(rules::fuel_price(cut)) : 0.0;
    return {p.legitimacy_weight * (0.5 - w.actors.legitimacy[a]), p.defeat_weight * beaten,
            p.arrears_weight * w.actors.arrears[a], dry};
  }

  // --- applied in row order

  /// Coups that the scenario's timeline has brought about in this step.
  void take_dated(StepContext& context) {
    fallen_.clear();
    for (const Event& e : context.log.since(context.step_mark)) {
      const bool coup = e.kind == EventKind::coup;
      if ((!coup && e.kind != EventKind::coup_attempt) || !e.whom.valid()) continue;
      if (coup) last_coup_[e.whom.row()] = e.id;
      take_effect(context, e.whom.row(), coup);
    }
    estrange(context.world);
  }

  void apply(StepContext& context, ActorId state, const Plan& plan) {
    const std::size_t a = state.row();
    const EventId cause = plan.example.valid() ? last_coup_[plan.example.row()] : EventId{};
    const EventId attempt =
        report(context, EventKind::coup_attempt, law::ActKind::coup_attempt, state, cause);
    const auto [illegitimate, beaten, unpaid, dry] = strains(context.world, a);
    context.decided(
        asked(context, state, plan, attempt),
        {{TermKind::yearly, {}, plan.yearly},
         {TermKind::legitimacy, {}, illegitimate},
         {TermKind::defeat, {}, beaten},
         {TermKind::arrears, {}, unpaid},
         {TermKind::fuel, {}, dry},
         {TermKind::contagion, plan.example, plan.example.valid() ? p.contagion : 1.0}});
    Decision success{.event = attempt,
                     .kind = DecisionKind::coup,
                     .yes = plan.success,
                     .who = state,
                     .whom = state,
                     .probability = p.success,
                     .draw = plan.success_draw};
    // The law asks who was in office, so it is told before that changes.
    if (plan.success) {
      last_coup_[a] = report(context, EventKind::coup, law::ActKind::coup, state, attempt);
      success.event = last_coup_[a];
    }
    context.decided(success);
    take_effect(context, a, plan.success);
  }

  /// Others deal with another government now. Juntas draw together; governments that owe their
  /// place to elections draw apart from it, and it from them; the rest do not mind. All who fell in
  /// this step have fallen when it is asked what the others are, and two of them meet once.
  void estrange(World& w) {
    std::sort(fallen_.begin(), fallen_.end());
    fallen_.erase(std::unique(fallen_.begin(), fallen_.end()), fallen_.end());
    for (const ActorId fallen : fallen_) {
      for (const std::uint32_t b : w.of_kind(ActorKind::state)) {
        const ActorId other(b);
        const Regime regime = w.actors.regime[b];
        if (regime == Regime::autocracy) continue;
        const bool met =
            other <= fallen && std::binary_search(fallen_.begin(), fallen_.end(), other);
        if (met) continue;
        const double x = regime == Regime::junta ? p.estrangement : -p.estrangement;
        for (const auto& [from, to] : {std::pair(fallen, other), std::pair(other, fallen)}) {
          w.relations.move(from, to, x);
          w.relations.move_baseline(from, to, x);
        }
      }
    }
  }

  void take_effect(StepContext& context, std::size_t a, bool success) {
    context.wrote = true;
    auto& t = context.world.actors;
    t.last_coup_day[a] = context.day();
    t.resolve[a] *= 1.0 - p.disarray;
    if (success) {
      t.regime[a] = Regime::junta;
      t.institution_change_day[a] = context.day();
      t.legitimacy[a] = p.new_legitimacy;
      fallen_.emplace_back(a);
    } else {
      t.legitimacy[a] *= 1.0 - p.attempt_cost;
    }
  }

  /// The plotters are of the state itself, so it is both author and victim.
  static EventId report(StepContext& context, EventKind kind, law::ActKind act, ActorId state,
                        EventId cause) {
    Event e{.kind = kind,
            .who = state,
            .whom = state,
            .where = context.world.actors.capital[state.row()],
            .size = 1.0};
    const EventId id = context.happened(e, {cause});
    report_act(context, act, state, state, e.where, e.size, id);
    return id;
  }

  std::vector<ActorId> states_;
  std::vector<Plan> plans_;      ///< of each of them
  std::vector<ActorId> fallen_;  ///< states in which a coup has just succeeded
  FewRows<ActorId> example_;     ///< of each state the neighbour with the latest junta
  std::vector<Yearly> yearly_;   ///< of each state
  bool cold_war_ = false;
  std::vector<EventId> last_coup_;       ///< of each state in this run
  std::vector<std::uint32_t> asked_at_;  ///< where the record of each stood last time
};

const std::vector<Parameter<CoupParameters>>& Coups::table() {
  using P = CoupParameters;
  static const std::vector<Parameter<P>> rows{
      {{"rate", Unit::none, 0.0, 10.0, 1.0, "Multiplies every hazard of an attempt",
        "Powell & Thyne 2011, doi:10.1177/0022343310397436, at 1"},
       &P::rate},
      {{"success", Unit::none, 0.0, 1.0, rules::coup_success_share,
        "Probability that an attempt succeeds",
        "Powell & Thyne 2011: 49.8 % of 464 attempts, 1950-2014"},
       &P::success},
      {{"contagion", Unit::none, 0.2, 5.0, rules::coup_contagion_odds_ratio,
        "Odds ratio of an attempt after a coup in a neighbouring state within a year",
        "calibrated: between 1 and the 1.45 (with controls) to 2.55 (raw) of Powell & Thyne's "
        "data"},
       &P::contagion},
      {{"legitimacy_weight", Unit::none, 0.0, 6.0, 1.0,
        "Log odds of an attempt that full legitimacy takes away, relative to none", "calibrated"},
       &P::legitimacy_weight},
      {{"defeat_weight", Unit::none, 0.0, 10.0, 2.0,
        "Log odds added per share of the forces lost of late",
        "calibrated: the coups of Mali 2012 and 2020 and Burkina Faso 2022 followed heavy losses"},
       &P::defeat_weight},
      {{"arrears_weight", Unit::none, 0.0, 6.0, 1.0, "Log odds added when nothing is paid",
        "calibrated"},
       &P::arrears_weight},
      {{"fuel_weight", Unit::none, 0.0, 3.0, 0.5,
        "Log odds added per log of the price of fuel, relative to what it was",
        "judged; direction: Kim 2016, Revisiting Economic Shocks and Coups, Journal of Conflict "
        "Resolution 60"},
       &P::fuel_weight},
      {{"new_legitimacy", Unit::none, 0.0, 1.0, 0.55, "Legitimacy of a junta as it takes power",
        "calibrated: Afrobarometer round 9, Mali and Burkina Faso 2022, direction only"},
       &P::new_legitimacy},
      {{"attempt_cost", Unit::none, 0.0, 1.0, 0.1,
        "Share of legitimacy lost to an attempt that fails", "calibrated"},
       &P::attempt_cost},
      {{"disarray", Unit::none, 0.0, 1.0, 0.1, "Share of resolve lost to an attempt", "calibrated"},
       &P::disarray},
      {{"estrangement", Unit::none, 0.0, 1.0, 0.6,
        "Share of what affinity there could be less that a new junta and an elected government "
        "lose, and that two juntas gain",
        "calibrated: Niger with the members of ECOWAS, Mali and Burkina Faso, August 2023; "
        "direction: Leeds & Davis 1999, Journal of Peace Research 36(1)"},
       &P::estrangement},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_coups() { return std::make_unique<Coups>(); }

}  // namespace casus
