// The war of armies in the shipped scenarios: who is overrun, what is held when the fire ceases,
// how many civilians die. The bands know what happened; no default is fitted to them.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "../support/shipped.h"

namespace casus::test {
namespace {

constexpr std::uint32_t war_runs = 60;

Simulation simulation_of(const Scenario& scenario, std::uint32_t number) {
  RunOptions options;
  options.run = number;
  return Simulation(scenario, options);
}

/// Share of the people of a state, or of a region, that live where its owner holds the ground.
double held(const Simulation& s, const std::string& place) {
  const World& w = s.world();
  const Scenario& data = s.scenario();
  double people = 0.0, governed = 0.0;
  for (std::size_t r = 0; r < w.regions.size(); ++r) {
    const std::string& owner = w.actors.name[w.regions.owner[r].row()];
    if (data->regions[r].name != place && owner != place) continue;
    const double there = w.regions.residents[r] + w.regions.displaced_from(RegionId(r));
    people += there;
    governed += there * w.regions.control[r];
  }
  return governed / people;
}

bool ever(const Simulation& s, EventKind kind, const std::string& who) {
  for (const Event& e : s.log().all()) {
    if (e.kind == kind && e.who.valid() && s.world().actors.name[e.who.row()] == who) return true;
  }
  return false;
}

struct Toll {
  double deaths = 0.0, civilians = 0.0;
  void count(const Simulation& s) {
    for (const Event& e : s.log().all()) {
      deaths += e.deaths;
      civilians += e.civilian_deaths;
    }
  }
  double share() const { return civilians / deaths; }
};

bool general_war(const Simulation& s) {
  for (const char* power : {"russia", "germany", "france", "britain"}) {
    if (!ever(s, EventKind::joins_war, power) && !ever(s, EventKind::war_begins, power)) {
      return false;
    }
  }
  return true;
}

// Sign test 16: 86 % of the general wars of 1,000 runs. In the others Germany and France are not at
// war, or the western half holds out behind the Meuse with those who came to help.
TEST(WarsOfArmies, BelgiumIsOverrunByTheMiddleOfOctoberSlow) {
  const Scenario s = load("july-1914/baseline.yaml");
  std::uint32_t overrun = 0, general = 0;
  for (std::uint32_t r = 0; r < 200; ++r) {
    Simulation simulation = simulation_of(s, r);
    while (simulation.steps_done() < 84) simulation.step();  // to 15 October
    if (!general_war(simulation)) continue;
    ++general;
    overrun += held(simulation, "belgium") <= 0.15;
  }
  EXPECT_GE(general, 140U);
  EXPECT_GE(5 * overrun, 4 * general) << overrun << " of " << general;
}

// Sign test 18.
TEST(WarsOfArmies, SomeOfTheDeadAreCiviliansSlow) {
  const Scenario s = load("july-1914/baseline.yaml");
  Toll toll;
  for (std::uint32_t r = 0; r < war_runs; ++r) {
    Simulation simulation = simulation_of(s, r);
    simulation.run();
    toll.count(simulation);
  }
  EXPECT_GT(toll.share(), 0.01);
  EXPECT_LT(toll.share(), 0.15);
}

TEST(WarsOfArmies, IsraelHoldsTheSinaiWhenTheFireCeasesSlow) {
  const Scenario s = load("six-day-war/baseline.yaml");
  std::uint32_t sinai = 0, home = 0;
  Toll toll;
  for (std::uint32_t r = 0; r < war_runs; ++r) {
    Simulation simulation = simulation_of(s, r);
    simulation.run();
    sinai += held(simulation, "sinai") < 0.5;
    home += held(simulation, "israel") > 0.99;
    toll.count(simulation);
  }
  EXPECT_GT(sinai, war_runs / 2);
  EXPECT_GT(home, war_runs * 9 / 10);
  EXPECT_GT(toll.share(), 0.01);
  EXPECT_LT(toll.share(), 0.15);
}

TEST(WarsOfArmies, EachPactOfTheRingBringsInItsMembersSlow) {
  const auto joined = [](const std::string& file, const std::string& who) {
    const Scenario s = load("six-day-war/" + file);
    std::uint32_t n = 0;
    for (std::uint32_t r = 0; r < war_runs; ++r) {
      Simulation simulation = simulation_of(s, r);
      simulation.run();
      n += ever(simulation, EventKind::joins_war, who);
    }
    return n;
  };
  EXPECT_GT(joined("baseline.yaml", "jordan"), war_runs / 10);
  EXPECT_GT(joined("baseline.yaml", "syria"), war_runs / 10);
  EXPECT_EQ(joined("baseline.yaml", "lebanon"), 0U);
  EXPECT_EQ(joined("policies/no-egypt-jordan.yaml", "jordan"), 0U);
  EXPECT_EQ(joined("policies/no-egypt-jordan.yaml", "iraq"), 0U);
  EXPECT_EQ(joined("policies/no-egypt-syria.yaml", "syria"), 0U);
  EXPECT_GT(joined("policies/arab-treaty.yaml", "lebanon"), war_runs / 10);
}

// The first strike is worth something: the same war without it leaves more of the Sinai to Egypt.
TEST(WarsOfArmies, TheSurpriseTellsSlow) {
  double with = 0.0, without = 0.0;
  const Scenario a = load("six-day-war/baseline.yaml");
  const Scenario b = load("six-day-war/policies/no-surprise.yaml");
  for (std::uint32_t r = 0; r < war_runs; ++r) {
    Simulation x = simulation_of(a, r), y = simulation_of(b, r);
    x.run();
    y.run();
    with += held(x, "sinai") / war_runs;
    without += held(y, "sinai") / war_runs;
  }
  EXPECT_LT(with, without - 0.1);
}

}  // namespace
}  // namespace casus::test
