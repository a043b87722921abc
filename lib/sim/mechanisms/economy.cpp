#include <algorithm>
#include <cmath>

#include "casus/core/calendar.h"
#include "sim/acts.h"
#include "sim/few_rows.h"
#include "sim/finite.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

struct EconomyParameters {
  double soldier_cost = 0.0;
  double fighter_cost = 0.0;
  double campaign_premium = 0.0;
  double purse_days = 0.0;
  double purse_cap = 0.0;
  double taxation = 0.0;
  double fuel_revenue = 0.0;
  double blockade_half_life = 0.0;
  double arrears_memory = 0.0;
  double arrears_resolve = 0.0;
  double legitimacy_rate = 0.0;
  double death_weight = 0.0;
  double control_weight = 0.0;
  double arrears_weight = 0.0;
  double rest_democracy = 0.0;
  double rest_anocracy = 0.0;
  double rest_autocracy = 0.0;
  double rest_junta = 0.0;
};

constexpr double usd_per_musd = 1e6;
constexpr double least_blockade = 0.01;  // a smaller one is none

// What a regime's legitimacy returns to where nothing strains it.
double rest_legitimacy(Regime regime, const EconomyParameters& p) {
  switch (regime) {
    case Regime::democracy:
      return p.rest_democracy;
    case Regime::anocracy:
      return p.rest_anocracy;
    case Regime::autocracy:
      return p.rest_autocracy;
    case Regime::junta:
      break;
  }
  return p.rest_junta;
}

/// Income, upkeep, sanctions, aid and blockade; what is not paid is owed and costs the state the
/// loyalty of its men and its people.
class Economy final : public MechanismWith<Economy, EconomyParameters> {
 public:
  static MechanismInfo about() {
    return {"economy",
            "Income, upkeep, sanctions, aid and blockade; arrears and legitimacy.",
            "sanctions and the survival of regimes: Marinov 2005, "
            "doi:10.1111/j.1540-5907.2005.00142.x; rebel taxation: Sanchez de la Sierra 2020, "
            "doi:10.1086/703989; legitimacy as support fed by performance: Gilley 2009",
            {},
            {"actors.resources", "actors.arrears", "actors.force_target", "actors.resolve",
             "actors.legitimacy", "actors.fuel_cut", "measures.size"}};
  }
  static const std::vector<Parameter<EconomyParameters>>& table();

  void begin(StepContext& context) override {
    const World& w = context.world;
    affordable_.assign(w.actors.size(), unlimited);
    for (std::size_t a = 0; a < affordable_.size(); ++a) {
      const double income = w.actors.income[a] + w.actors.support[a];
      const double men = full_pay(w, a, forces_of(w, a));
      if (income > 0.0 && men > 0.0) affordable_[a] = income * usd_per_musd / men;
    }
  }

  void step(StepContext& context) override {
    World& w = context.world;
    const std::size_t n = w.actors.size();
    wear_off(context);
    look_around(w);
    affordable_.resize(n, unlimited);
    accounts_.resize(n);
    books_.resize(n);
    for_rows(
        context.executor, n,
        [&](std::size_t a) {
          open_books(w.actors, a);
          budget(context, a);
        },
        64);
    // Between the two passes, as what one receives is what another can pay.
    share_out_aid(context);
    kept_arrears_ = std::exp2(-context.days() / p.arrears_memory);
    kept_legitimacy_ = std::exp(-p.legitimacy_rate * context.years());
    for_rows(context.executor, n, [&](std::size_t a) { settle(context, a); });
    double total = 0.0;
    for (std::size_t a = 0; a < n; ++a) {
      if (w.actors.alive[a] != 0) total += w.actors.resources[a];
    }
    check_finite(context, "economy", total, "the sum of resources");
  }

  void archive(Archive& a) override { a(books_, affordable_); }

 private:
  struct Account {
    double income = 0.0;     ///< MUSD in this step, aid not included
    double upkeep = 0.0;     ///< MUSD due in this step
    double sustained = 0.0;  ///< people that the income pays for
  };

  /// People under arms, and those in reach of its tax collectors.
  struct Forces {
    double home = 0.0, abroad = 0.0;
    double taxed = 0.0;
  };

  /// What weighs on an actor from outside its purse.
  struct Strain {
    double deaths = 0.0, held = 0.0, people = 0.0;  ///< on a state's soil
    double open = 1.0;                          ///< share of income left by sanctions and blockades
    double fuel = 1.0;                          ///< share of the fuel that comes
    double aid_due = 0.0;                       ///< MUSD a year
    double aid_share = 1.0;                     ///< of the aid it promised, what it can pay
    double aid_paid = 0.0, aid_received = 0.0;  ///< MUSD in this step
  };

  /// An actor that the scenario gives neither money nor costs keeps no accounts: its forces cost
  /// nothing, it taxes nobody and its aid does not run out. Once it has had any, it lives on what
  /// it gets.
  void open_books(const ActorTable& t, std::size_t a) {
    books_[a] |= static_cast<std::uint8_t>(t.resources[a] > 0.0 || t.income[a] > 0.0 ||
                                           t.support[a] > 0.0 || t.cost_per_man[a] > 0.0);
  }

  /// Roads that an armed group has closed are opened again, by escorts, bribes and other roads,
  /// unless it closes them anew. Navies and customs officers stay where they are.
  void wear_off(StepContext& context) const {
    World& w = context.world;
    const double kept = std::exp2(-context.days() / p.blockade_half_life);
    for (std::size_t i = 0; i < w.measures.size(); ++i) {
      Measure& m = w.measures[i];
      if (!m.active || m.kind != MeasureKind::blockade || !m.by.valid()) continue;
      if (w.actors.kind[m.by.row()] != ActorKind::armed_group) continue;
      m.size *= kept;
      if (m.size < least_blockade) lift(context, i, m.cause);
    }
  }

  void look_around(const World& w) {
    strains_.clear(w.actors.size());
    for (std::size_t r = 0; r < w.regions.size(); ++r) {
      Strain& x = strains_.keep(w.regions.owner[r].row());
      x.deaths += w.regions.recent_violence[r];
      x.held += w.regions.control[r] * w.regions.residents[r];
      x.people += w.regions.residents[r];
    }
    for (const Measure& m : w.measures) {
      if (!m.active) continue;
      Strain& x = strains_.keep(m.on.row());
      if (m.kind == MeasureKind::aid) {
        if (m.by.valid()) strains_.keep(m.by.row()).aid_due += m.size;
      } else {
        // Each cuts a share of what the others leave: of a state that lives on imported fuel a
        // blockade cuts the fuel, of others the income.
        const bool fuel =
            m.kind == MeasureKind::blockade && w.actors.dependent_fuel[m.on.row()] != 0;
        (fuel ? x.fuel : x.open) *= 1.0 - m.size;
      }
    }
  }

  /// Where its people stand, and whom they tax.
  static Forces forces_of(const World& w, std::size_t a) {
    const auto& pr = w.presences;
    const bool group = w.actors.kind[a] == ActorKind::armed_group;
    Forces forces;
    forces.home = w.actors.reserve[a];
    for (const auto row : w.presences_of(ActorId(a))) {
      const std::size_t r = pr.region[row].row();
      const bool home = group || w.regions.owner[r].row() == a;
      (home ? forces.home : forces.abroad) += pr.strength[row];
      if (group) forces.taxed += pr.control[row] * w.regions.residents[r];
    }
    return forces;
  }

  /// Soldiers of quality 1 in garrison who would cost as much. Power beyond the map is paid from
  /// budgets beyond the map.
  double full_pay(const World& w, std::size_t a, const Forces& forces) const {
    return (forces.home * (1.0 + p.campaign_premium * w.actors.mobilised[a]) +
            forces.abroad * (1.0 + p.campaign_premium)) *
           w.actors.quality[a];
  }

  void budget(const StepView& context, std::size_t a) {
    const auto& t = context.world.actors;
    Account& x = accounts_[a];
    x = {};
    if (t.alive[a] == 0 || books_[a] == 0) return;
    const double years = context.years();
    const Forces forces = forces_of(context.world, a);
    const Strain& outside = strains_[a];
    const double taxes = p.taxation * forces.taxed / usd_per_musd;
    const double open = outside.open * (1.0 - p.fuel_revenue * (1.0 - outside.fuel));
    x.income = ((t.income[a] + t.support[a]) * open + taxes) * years;
    const bool group = t.kind[a] == ActorKind::armed_group;
    // Nobody begins with an army that it cannot pay: where the scenario's income would not do, its
    // men are cheaper. Small states' soldiers are.
    const double each = t.cost_per_man[a] > 0.0
                            ? t.cost_per_man[a]
                            : std::min(group ? p.fighter_cost : p.soldier_cost, affordable_[a]);
    x.upkeep = full_pay(context.world, a, forces) * each / usd_per_musd * years;
    x.sustained = t.cost_per_man[a] > 0.0 ? x.income / years * usd_per_musd / (each * t.quality[a])
                                          : t.initial_forces[a];
    // A donor pays its own men first.
    const double due = outside.aid_due * years;
    if (due > 0.0) {
      strains_.keep(a).aid_share =
          std::clamp((t.resources[a] + x.income - x.upkeep) / due, 0.0, 1.0);
    }
  }

  void share_out_aid(const StepView& context) {
    for (const Measure& m : context.world.measures) {
      if (!m.active || m.kind != MeasureKind::aid) continue;
      if (context.world.actors.alive[m.on.row()] == 0) continue;
      double paid = m.size * context.years();
      // An organisation's money comes from its members' budgets beyond the map.
      if (m.by.valid()) {
        if (context.world.actors.alive[m.by.row()] == 0) continue;
        Strain& donor = strains_.keep(m.by.row());
        paid *= donor.aid_share;
        if (books_[m.by.row()] != 0) donor.aid_paid += paid;
      }
      strains_.keep(m.on.row()).aid_received += paid;
    }
  }

  /// Everybody's books are his own, so all are closed at once.
  void settle(StepContext& context, std::size_t a) const {
    auto& t = context.world.actors;
    if (t.alive[a] == 0) return;
    const Account& x = accounts_[a];
    const Strain& outside = strains_[a];
    // The donor's share was cut so that what is left is never below zero but by rounding.
    const double purse =
        std::max(0.0, t.resources[a] + x.income + outside.aid_received - outside.aid_paid);
    // A state's savings are spread over some time, and what it need not save it spends elsewhere.
    const bool state = t.kind[a] == ActorKind::state;
    const double spread = state ? std::min(1.0, context.days() / p.purse_days) : 1.0;
    const double ready = std::max(0.0, x.income + outside.aid_received - outside.aid_paid) +
                         spread * std::max(0.0, t.resources[a]);
    const double paid = std::min({purse, ready, x.upkeep});
    t.resources[a] = purse - paid;
    if (state && t.cost_per_man[a] > 0.0) {
      t.resources[a] = std::min(t.resources[a], p.purse_cap * x.upkeep / context.years());
    }
    // Arrears are a memory of the share unpaid, so that one bad month is soon forgiven.
    const double unpaid = x.upkeep > 0.0 ? 1.0 - paid / x.upkeep : 0.0;
    t.arrears[a] = unpaid + (t.arrears[a] - unpaid) * kept_arrears_;
    // Of who owes nothing the power is one.
    if (t.arrears[a] != 0.0) {
      t.resolve[a] *= std::exp(-p.arrears_resolve * t.arrears[a] * context.years());
    }
    t.fuel_cut[a] = 1.0 - outside.fuel;
    if (books_[a] != 0) t.force_target[a] = x.sustained;
    if (!state) return;
    const double people = outside.people;
    const double all = (people > 0.0 ? p.death_weight * outside.deaths / people * 1e4 +
                                           p.control_weight * (1.0 - outside.held / people)
                                     : 0.0) +
                       p.arrears_weight * t.arrears[a];
    // Strains multiply: what is left of support after one is what the next can take from.
    const double goal = rest_legitimacy(t.regime[a], p) * std::exp(-all);
    t.legitimacy[a] = goal + (t.legitimacy[a] - goal) * kept_legitimacy_;
  }

  static constexpr double unlimited = 1e300;

  std::vector<std::uint8_t> books_;  ///< who keeps accounts
  std::vector<double> affordable_;   ///< USD a year that a soldier of quality 1 can cost at most
  std::vector<Account> accounts_;
  FewRows<Strain> strains_;
  double kept_arrears_ = 1.0, kept_legitimacy_ = 1.0;
};

const std::vector<Parameter<EconomyParameters>>& Economy::table() {
  using P = EconomyParameters;
  static const std::vector<Parameter<P>> rows{
      {{"soldier_cost", Unit::usd, 100.0, 500000.0, 10000.0,
        "Yearly cost of a soldier of quality 1, or what the state's income at the start pays if "
        "less",
        "calibrated: SIPRI Military Expenditure Database over the forces of the IISS Military "
        "Balance, Mali, Burkina Faso and Niger 2022"},
       &P::soldier_cost},
      {{"fighter_cost", Unit::usd, 10.0, 50000.0, 1500.0,
        "Yearly cost of an armed group's fighter of quality 1, with the same limit", "calibrated"},
       &P::fighter_cost},
      {{"campaign_premium", Unit::none, 0.0, 10.0, 1.0,
        "Extra cost of a soldier abroad or mobilised for war, relative to one in garrison",
        "calibrated"},
       &P::campaign_premium},
      {{"purse_days", Unit::days, 1.0, 365.0, 30.0,
        "Days over which a state spreads its savings when its income does not pay its men",
        "judged"},
       &P::purse_days},
      {{"purse_cap", Unit::none, 0.0, 10.0, 0.5,
        "Years of upkeep that a state saves at most for its forces, where their cost is given",
        "judged"},
       &P::purse_cap},
      {{"taxation", Unit::usd, 0.0, 200.0, 4.0,
        "What an armed group takes in a year from each person under its control",
        "calibrated: Sanchez de la Sierra 2020, doi:10.1086/703989, direction only"},
       &P::taxation},
      {{"fuel_revenue", Unit::none, 0.0, 1.0, 0.3,
        "Share of its income that a state which lives on imported fuel loses without any fuel",
        "judged"},
       &P::fuel_revenue},
      {{"blockade_half_life", Unit::days, 5.0, 3650.0, 60.0,
        "Time in which an armed group's blockade loses half its bite unless it is renewed",
        "judged"},
       &P::blockade_half_life},
      {{"arrears_memory", Unit::days, 5.0, 730.0, 60.0,
        "Time in which half the way to the share of upkeep unpaid now is gone", "calibrated"},
       &P::arrears_memory},
      {{"arrears_resolve", Unit::per_year, 0.0, 5.0, 0.5,
        "Rate at which resolve is lost while nothing is paid", "calibrated"},
       &P::arrears_resolve},
      {{"legitimacy_rate", Unit::per_year, 0.0, 5.0, 0.3,
        "Rate at which legitimacy follows what the regime and its strains leave of it",
        "calibrated"},
       &P::legitimacy_rate},
      {{"death_weight", Unit::none, 0.0, 5.0, 0.3,
        "Log loss of legitimacy per recent death in 10,000 people", "calibrated"},
       &P::death_weight},
      {{"control_weight", Unit::none, 0.0, 5.0, 0.5,
        "Log loss of legitimacy when all is lost to others", "calibrated"},
       &P::control_weight},
      {{"arrears_weight", Unit::none, 0.0, 5.0, 0.5, "Log loss of legitimacy when nothing is paid",
        "calibrated"},
       &P::arrears_weight},
      {{"rest_democracy", Unit::none, 0.05, 0.95, 0.7,
        "Legitimacy that a democracy returns to where nothing strains it",
        "judged; direction: Gilley 2009, The Right to Rule"},
       &P::rest_democracy},
      {{"rest_anocracy", Unit::none, 0.05, 0.95, 0.5,
        "Legitimacy that an anocracy returns to where nothing strains it",
        "judged; direction: Gilley 2009, The Right to Rule"},
       &P::rest_anocracy},
      {{"rest_autocracy", Unit::none, 0.05, 0.95, 0.55,
        "Legitimacy that an autocracy returns to where nothing strains it",
        "judged; direction: Gilley 2009, The Right to Rule"},
       &P::rest_autocracy},
      {{"rest_junta", Unit::none, 0.05, 0.95, 0.5,
        "Legitimacy that a junta returns to where nothing strains it",
        "judged; direction: Gilley 2009, The Right to Rule"},
       &P::rest_junta},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_economy() { return std::make_unique<Economy>(); }

}  // namespace casus
