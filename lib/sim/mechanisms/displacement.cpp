#include <algorithm>
#include <cmath>

#include "casus/rules/flow.h"
#include "casus/rules/power.h"
#include "sim/finite.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

struct DisplacementParameters {
  double per_death = 0.0;
  double control_flight = 0.0;
  double memory = 0.0;
  double return_rate = 0.0;
  double calm = 0.0;
  double population_exponent = 0.0;
  double safety_exponent = 0.0;
  double border_exponent = 0.0;
  double crossing = 0.0;
};

/// People flee over the borders of their region and come home when it is calm.
class Displacement final : public MechanismWith<Displacement, DisplacementParameters> {
 public:
  static MechanismInfo about() {
    return {"displacement",
            "People flee to neighbouring regions and come home when it is calm.",
            "gravity law: Zipf 1946, doi:10.2307/2087063; flight from conflict to safe places: "
            "Suleimenova, Bell & Groen 2017, doi:10.1038/s41598-017-13828-9",
            {},
            {"regions.residents", "regions.recent_violence", "regions.border_displaced"}};
  }
  static const std::vector<Parameter<DisplacementParameters>>& table();

  void step(StepContext& context) override {
    World& w = context.world;
    const std::size_t n = w.regions.size();
    const double kept = std::exp2(-context.days() / p.memory);
    draw_.resize(n);
    calm_.resize(n);
    gone_.resize(n);
    moved_.resize(n);
    share_.resize(w.regions.border_to.size());
    measure_borders(w);
    flown_.resize(n);
    back_.resize(n);
    for_rows(
        context.executor, n,
        [&](std::size_t r) {
          look_around(context, r, kept);
          flown_[r] = std::expm1(-gone_[r]);
          back_[r] = std::expm1(-p.return_rate * calm_[r] * context.years());
        },
        64);
    for_rows(
        context.executor, n, [&](std::size_t r) { weigh(w, RegionId(r)); }, 64,
        w.regions.border_to.size());
    for_rows(
        context.executor, n, [&](std::size_t r) { moved_[r] = move(context, RegionId(r)); }, 64,
        w.regions.border_to.size());
    double moved = 0.0;
    for (std::size_t r = 0; r < n; ++r) {
      moved += moved_[r];
      w.regions.recent_violence[r] *= kept;
    }
    check_finite(context, "displacement", moved, "the number of people who moved");
  }

  /// Each step begins from the world alone.
  void archive(Archive&) override {}

 private:
  static double recent_per_head(const World& w, std::size_t r) {
    return w.regions.recent_violence[r] / std::max(1.0, w.regions.residents[r]);
  }

  /// What makes a region a place to live in, and how many leave it, as a rate of the step.
  void look_around(const StepView& context, std::size_t r, double kept) {
    const RegionTable& t = context.world.regions;
    const double violence = recent_per_head(context.world, r);
    const double quiet = violence == 0.0 ? 1.0 : std::exp2(-violence * 1e5 / p.calm);
    calm_[r] = quiet * std::clamp(t.control[r], 0.0, 1.0);
    // In the end every death has made as many flee as the parameter says, whatever the memory and
    // the step: what fades in this step is that part of it.
    const double by_violence = p.per_death * violence * (1.0 - kept);
    const double by_loss = p.control_flight * (1.0 - t.control[r]) * context.years();
    gone_[r] = by_violence + std::max(0.0, by_loss);
  }

  /// A region's own people return to it, others flee to it. Powers are slow, so only regions beside
  /// one that is fled from are weighed.
  void weigh(const World& w, RegionId region) {
    const auto [begin, end] = w.regions.borders(region);
    const auto to = w.regions.border_to.begin();
    const bool asked =
        std::any_of(to + static_cast<std::ptrdiff_t>(begin), to + static_cast<std::ptrdiff_t>(end),
                    [&](RegionId other) { return gone_[other.row()] != 0.0; });
    if (!asked) return;
    const std::size_t r = region.row();
    // rules::destination_weight of a border and a distance of one, to the bit.
    draw_[r] = rules::power(std::max(0.0, w.regions.residents[r]), p.population_exponent) *
               rules::power(calm_[r], p.safety_exponent);
  }

  rules::FlowParameters gravity() const {
    return {p.population_exponent, p.safety_exponent, p.border_exponent, 0.0};
  }

  /// Borders stay, and powers are slow.
  void measure_borders(const World& w) {
    if (measured_with_ == p.border_exponent && border_.size() == w.regions.border_km.size()) return;
    measured_with_ = p.border_exponent;
    border_.clear();
    for (const double km : w.regions.border_km) {
      border_.push_back(rules::destination_weight({1.0, 1.0, km, 1.0}, gravity()));
    }
  }

  /// Returns how many moved. Every region changes its own people alone, and asks of others only
  /// what has been looked at before, so that all can do so at once.
  double move(StepContext& context, RegionId region) {
    RegionTable& t = context.world.regions;
    const std::size_t r = region.row();
    const auto [begin, end] = t.borders(region);
    const double returning = -back_[r];  // of the displaced of the region
    const Flight flight = flee(t, region);
    double gone = 0.0;
    double home = 0.0;
    for (std::size_t i = begin; i < end; ++i) {
      const double leave = flight.people != 0.0 ? flight.people * share_[i] / flight.shares : 0.0;
      // People go back over the border that they came by: where they are from is all that is kept.
      const double back = t.displaced[i] * returning;
      t.displaced[i] += leave - back;
      gone += leave;
      home += back;
    }
    t.residents[r] = std::max(0.0, t.residents[r] - gone) + home;
    return gone + home;
  }

  /// Who leaves a region in the step, and how they are shared out over its borders.
  struct Flight {
    double people = 0.0;
    double shares = 1.0;  ///< sum of the borders' share_
  };

  Flight flee(const RegionTable& t, RegionId region) {
    const std::size_t r = region.row();
    if (gone_[r] == 0.0) return {};
    const auto [begin, end] = t.borders(region);
    double all = 0.0;
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t to = t.border_to[i].row();
      share_[i] = draw_[to] * border_[i] * (t.owner[to] == t.owner[r] ? 1.0 : p.crossing);
      all += share_[i];
    }
    // Where there is nowhere to go, people stay.
    if (all <= 0.0) return {};
    return {t.residents[r] * -flown_[r], all};
  }

  std::vector<double> draw_, calm_, gone_, moved_;  ///< of each region
  std::vector<double> flown_, back_;  ///< the same: less the shares who flee and who return
  std::vector<double> share_;         ///< of each border
  std::vector<double> border_;        ///< draw of each border's length
  double measured_with_ = -1.0;
};

const std::vector<Parameter<DisplacementParameters>>& Displacement::table() {
  using P = DisplacementParameters;
  static const std::vector<Parameter<P>> rows{
      {{"per_death", Unit::people, 0.0, 2000.0, 100.0,
        "People who flee, over time, for each death in their region",
        "calibrated: 2.06 million displaced in Burkina Faso in March 2023 (CONASUR) over its "
        "deaths "
        "since 2016 in UCDP GED 25.1"},
       &P::per_death},
      {{"control_flight", Unit::per_year, 0.0, 1.0, 0.01,
        "Rate at which people leave a region that its state has wholly lost", "calibrated"},
       &P::control_flight},
      {{"memory", Unit::days, 1.0, 730.0, 90.0,
        "Half-life of the memory of violence, in every mechanism that looks at recent deaths",
        "calibrated"},
       &P::memory},
      {{"return_rate", Unit::per_year, 0.0, 5.0, 0.3,
        "Rate of return to a region that is calm and held by its state", "calibrated"},
       &P::return_rate},
      {{"calm", Unit::people, 0.1, 500.0, 5.0,
        "Recent deaths per 100,000 people at which a region counts as half safe", "calibrated"},
       &P::calm},
      {{"population_exponent", Unit::none, 0.0, 3.0, 0.5,
        "Exponent of a destination's population in its draw",
        "Zipf 1946, doi:10.2307/2087063: 1 for migration; less here, as people go where it is "
        "near"},
       &P::population_exponent},
      {{"safety_exponent", Unit::none, 0.0, 5.0, 1.0,
        "Exponent of a destination's safety in its draw",
        "calibrated: Suleimenova, Bell & Groen 2017, direction only"},
       &P::safety_exponent},
      {{"border_exponent", Unit::none, 0.0, 3.0, 0.5,
        "Exponent of the border's length in a destination's draw", "calibrated"},
       &P::border_exponent},
      {{"crossing", Unit::none, 0.0, 2.0, 0.15,
        "Draw of a region in another state, relative to one in the same",
        "calibrated: of the displaced of the central Sahel in 2023 most stayed in their country "
        "(UNHCR)"},
       &P::crossing},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_displacement() { return std::make_unique<Displacement>(); }

}  // namespace casus
