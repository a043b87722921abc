// What a user would conclude: change one thing, and see which way the Sahel goes, and how far.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include "../support/shipped.h"
#include "casus/study/ensemble.h"

namespace casus::test {
namespace {

constexpr std::size_t runs = 100;

Edit set(const std::string& path, const std::string& value) {
  return {Edit::Kind::set, path, value};
}

EnsembleResult two_years(const std::vector<Edit>& edits) {
  EnsembleOptions options;
  options.runs = runs;
  options.seed = 5;
  return run_ensemble(load("sahel/baseline.yaml", edits), standard_registry(), options);
}

const EnsembleResult& baseline() {
  static const EnsembleResult result = two_years({});
  return result;
}

std::size_t column(const std::string& outcome) {
  const Scenario s = load("sahel/baseline.yaml");
  for (std::size_t i = 0; i < s->outcomes.size(); ++i) {
    if (s->outcomes[i].name == outcome) return i;
  }
  ADD_FAILURE() << "no outcome " << outcome;
  return 0;
}

struct Paired {
  double base = 0.0, change = 0.0, se = 0.0;
  double share() const { return change / base; }
};

Paired paired(const EnsembleResult& changed, const std::string& outcome) {
  const std::size_t c = column(outcome);
  double sum = 0.0, squares = 0.0, base = 0.0;
  for (std::size_t r = 0; r < runs; ++r) {
    EXPECT_FALSE(changed.runs[r].failure);
    const double x = changed.runs[r].outcomes[c].value - baseline().runs[r].outcomes[c].value;
    base += baseline().runs[r].outcomes[c].value;
    sum += x;
    squares += x * x;
  }
  Paired p{base / runs, sum / runs, 0.0};
  p.se = std::sqrt(std::max(0.0, squares / runs - p.change * p.change) / (runs - 1));
  std::cout << fmt::format("{:32} {:12.4f} {:+12.4f} +- {:.4f}\n", outcome, p.base, p.change, p.se);
  return p;
}

/// A wrong sign must not be chance, and the size must be in its band.
void expect_between(double low, double high, const Paired& p, double value) {
  EXPECT_GT(std::abs(p.change), 4.0 * p.se);
  EXPECT_GE(value, low);
  EXPECT_LE(value, high);
}

/// Everybody's presences of an actor, and its forces, times a factor.
std::vector<Edit> times(const std::string& actor, double factor) {
  const Scenario s = load("sahel/baseline.yaml");
  std::vector<Edit> edits;
  const Simulation start(s, {});
  for (std::size_t i = 0; i < s->presence.size(); ++i) {
    const PresenceSpec& p = s->presence[i];
    if (s->actors[p.actor.row()].name != actor) continue;
    edits.push_back(set(fmt::format("presence.{}.{}", s->regions[p.region.row()].name, actor),
                        fmt::format("{{strength: {}, activity: {}}}", p.strength.mean() * factor,
                                    start.world().presences.activity[i])));
  }
  for (const ActorSpec& a : s->actors) {
    if (a.name != actor) continue;
    const Number& f = a.forces;
    edits.push_back(set("actors." + actor + ".forces",
                        f.shape == Number::Shape::constant
                            ? fmt::format("{}", f.a * factor)
                            : fmt::format("{{triangular: [{}, {}, {}]}}", f.a * factor,
                                          f.b * factor, f.c * factor)));
  }
  return edits;
}

TEST(Signs, WithoutViolenceNothingMovesSlow) {
  std::vector<Edit> edits{set("mechanisms.insurgency.attack_rate", "0"),
                          set("mechanisms.insurgency.civilian_rate", "0"),
                          set("mechanisms.insurgency.rival_rate", "0"),
                          set("mechanisms.control.campaign_rate", "0")};
  const Scenario s = load("sahel/baseline.yaml");
  for (const ActorSpec& a : s->actors) {
    if (a.kind == ActorKind::state) edits.push_back(set("actors." + a.name + ".initiative", "0"));
  }
  const Scenario calm = load("sahel/baseline.yaml", edits);
  std::size_t looked_at = 0, all = 0;
  for (std::uint32_t run = 0; run < 10; ++run) {
    RunOptions options;
    options.run = run;
    Simulation simulation(calm, options);
    const std::vector<double> before = simulation.world().regions.control;
    simulation.run();
    for (std::size_t r = 0; r < before.size(); ++r) {
      // A war of armies is no part of this.
      const bool armies = [&] {
        for (const Event& e : simulation.log().all()) {
          if (e.kind == EventKind::advance && e.where == RegionId(r)) return true;
        }
        return false;
      }();
      ++all;
      if (armies) continue;
      ++looked_at;
      EXPECT_NEAR(simulation.world().regions.control[r], before[r], 1e-9);
    }
  }
  std::cout << fmt::format("armies fought in {} of {} regions\n", all - looked_at, all);
  EXPECT_GT(20 * looked_at, 19 * all);
}

TEST(Signs, ALargerArmyHoldsMoreSlow) {
  std::vector<Edit> edits = times("burkina_faso", 2.0);
  edits.push_back(set("actors.burkina_faso.income", "1650"));
  const EnsembleResult twice = two_years(edits);
  const Paired control = paired(twice, "control_burkina_faso");
  expect_between(0.08, 0.20, control, control.change);
  const Paired civilians = paired(twice, "civilian_deaths_burkina_faso");
  EXPECT_LT(civilians.change, -4.0 * civilians.se);
}

TEST(Signs, HalfAnArmyHoldsLessSlow) {
  std::vector<Edit> edits = times("burkina_faso", 0.5);
  for (const Edit& e : times("vdp", 0.5)) edits.push_back(e);
  const Paired control = paired(two_years(edits), "control_burkina_faso");
  expect_between(-0.15, -0.05, control, control.change);
}

TEST(Signs, WithoutVolunteersTheStateHoldsLessSlow) {
  const EnsembleResult none = two_years({{Edit::Kind::remove, "actors.vdp", {}}});
  const Paired control = paired(none, "control_burkina_faso");
  expect_between(-0.18, -0.06, control, control.change);
}

TEST(Signs, TwiceTheAttacksTakeGroundSlow) {
  const EnsembleResult twice =
      two_years({set("actors.jnim.activity", "2"), set("actors.issp.activity", "2")});
  const Paired control = paired(twice, "control_burkina_faso");
  // 4.8 points over two years: where groups hold more there is less left for them to attack.
  expect_between(-0.15, -0.03, control, control.change);
}

TEST(Signs, HalfOfJnimLeavesMoreToTheStateAndFewerDeadSlow) {
  const EnsembleResult half = two_years(times("jnim", 0.5));
  const Paired control = paired(half, "control_burkina_faso");
  expect_between(0.03, 0.10, control, control.change);
  const Paired deaths = paired(half, "deaths_burkina_faso");
  expect_between(-0.40, -0.15, deaths, deaths.share());
}

TEST(Signs, ATruceOfTheJihadistsEndsTheirFightAndNothingElseSlow) {
  const EnsembleResult truce = two_years({set("mechanisms.insurgency.rival_rate", "0")});
  const Paired civilians = paired(truce, "civilian_deaths_burkina_faso");
  EXPECT_GE(civilians.share(), -0.08);
  EXPECT_LE(civilians.share(), 0.20);
  const Paired deaths = paired(truce, "deaths_burkina_faso");
  EXPECT_GE(deaths.share(), -0.08);
  EXPECT_LE(deaths.share(), 0.03);
}

// Of the irregular war: without wars of states and without campaigns, which end in somebody's
// hands.
TEST(Signs, TheStartIsStationarySlow) {
  const EnsembleResult quiet = two_years({set("mechanisms.statecraft.enabled", "false"),
                                          set("mechanisms.control.campaign_rate", "0")});
  const Scenario s = load("sahel/baseline.yaml");
  for (const char* country : {"mali", "burkina_faso", "niger"}) {
    const std::size_t c = column(std::string("control_") + country);
    double drift = 0.0;
    for (std::uint32_t r = 0; r < runs; ++r) {
      RunOptions options;
      options.seed = 5;
      options.run = r;
      const Simulation start(s, options);
      std::size_t row = 0;
      while (s->actors[row].name != country) ++row;
      drift += quiet.runs[r].outcomes[c].value - start.world().state_control(ActorId(row));
    }
    drift /= runs;
    std::cout << fmt::format("{:32} drifts by {:+.4f}\n", country, drift);
    EXPECT_LT(std::abs(drift), 0.025) << country;
  }
}

}  // namespace
}  // namespace casus::test
