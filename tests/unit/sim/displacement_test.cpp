#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "casus/core/diagnostics.h"
#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

using namespace test;

double sum(const std::vector<double>& x) { return std::accumulate(x.begin(), x.end(), 0.0); }

/// A region in the middle, one more of the same state, and one abroad; equal but for that.
struct Neighbours {
  explicit Neighbours(Minutes step = Minutes(24 * 60)) : scenario(empty_scenario(step)) {
    const ActorId home = add_actor(scenario, "home", ActorKind::state, 0.0);
    const ActorId abroad = add_actor(scenario, "abroad", ActorKind::state, 0.0);
    middle = add_region(scenario, "middle", home);
    inside = add_region(scenario, "inside", home);
    outside = add_region(scenario, "outside", abroad);
    add_border(scenario, middle, inside);
    add_border(scenario, middle, outside);
  }
  ScenarioData scenario;
  RegionId middle, inside, outside;
};

/// People of `from` who live in `to`.
double displaced(const World& w, RegionId from, RegionId to) {
  return w.regions.displaced[w.regions.border(from, to)];
}

TEST(Displacement, TableIsInOrder) { expect_table_in_order(make_displacement); }

TEST(Displacement, WhereAllIsCalmNobodyMoves) {
  Sandbox box(Neighbours().scenario);
  const std::uint64_t before = hash(box.world);
  box.run(*configured(make_displacement()), 100.0);
  EXPECT_EQ(hash(box.world), before);
}

TEST(Displacement, EveryDeathMakesAsManyFleeInTheEnd) {
  for (const double memory : {10.0, 60.0}) {
    Sandbox box(Neighbours().scenario);
    box.world.regions.recent_violence[0] = 2.0;
    box.run(*configured(make_displacement(),
                        {{"per_death", 100.0}, {"memory", memory}, {"return_rate", 0.0}}),
            2000.0);
    EXPECT_NEAR(sum(box.world.regions.displaced), 200.0, 0.05);
    EXPECT_NEAR(box.world.regions.recent_violence[0], 0.0, 1e-6);
  }
}

TEST(Displacement, MoreDeathsMoreFlight) {
  const auto flight = [](double deaths, double control) {
    Sandbox box(Neighbours().scenario);
    box.world.regions.recent_violence[0] = deaths;
    box.world.regions.control[0] = control;
    box.run(*configured(make_displacement()), 30.0);
    return sum(box.world.regions.displaced);
  };
  EXPECT_GT(flight(20.0, 1.0), flight(10.0, 1.0));
  EXPECT_GT(flight(10.0, 1.0), flight(0.0, 1.0));
  EXPECT_GT(flight(10.0, 0.3), flight(10.0, 1.0));
  EXPECT_GT(flight(0.0, 0.3), 0.0);
  EXPECT_LT(flight(1e9, 0.0), 1e6 + 1e-3);
}

TEST(Displacement, ViolenceFadesExactly) {
  Sandbox box(Neighbours(Minutes(60)).scenario);
  box.world.regions.recent_violence[0] = 64.0;
  box.run(*configured(make_displacement(), {{"memory", 30.0}}), 60.0);
  EXPECT_NEAR(box.world.regions.recent_violence[0], 16.0, 1e-9);
}

TEST(Displacement, PeopleGoWhereItIsSafePopulousAndNotAbroad) {
  const auto shares = [](const std::function<void(World&)>& prepare, Changes changes) {
    Neighbours s;
    Sandbox box(s.scenario);
    prepare(box.world);
    box.run(*configured(make_displacement(), changes), 1.0,
            [](Sandbox& x) { x.world.regions.recent_violence[0] = 10.0; });
    const double in = displaced(box.world, s.middle, s.inside);
    const double out = displaced(box.world, s.middle, s.outside);
    return in / (in + out);
  };
  const auto nothing = [](World&) {};
  EXPECT_NEAR(shares(nothing, {{"crossing", 1.0}}), 0.5, 1e-9);
  EXPECT_NEAR(shares(nothing, {{"crossing", 0.25}}), 0.8, 1e-9);
  EXPECT_NEAR(shares(nothing, {{"crossing", 0.0}}), 1.0, 1e-9);
  EXPECT_NEAR(shares([](World& w) { w.regions.residents[1] = 4e6; },
                     {{"crossing", 1.0}, {"population_exponent", 0.5}}),
              2.0 / 3.0, 1e-9);
  EXPECT_NEAR(shares([](World& w) { w.regions.control[1] = 0.25; },
                     {{"crossing", 1.0}, {"safety_exponent", 1.0}}),
              0.2, 1e-9);
  EXPECT_LT(shares([](World& w) { w.regions.recent_violence[1] = 100.0; }, {{"crossing", 1.0}}),
            0.5);
  EXPECT_NEAR(shares([](World& w) { w.regions.border_km[0] = 400.0; },
                     {{"crossing", 1.0}, {"border_exponent", 0.5}}),
              2.0 / 3.0, 1e-9);
}

TEST(Displacement, WithNowhereToGoTheyStay) {
  Neighbours s;
  s.scenario.regions[0].neighbours.clear();
  s.scenario.regions[1].neighbours.clear();
  s.scenario.regions[2].neighbours.clear();
  Sandbox box(s.scenario);
  box.world.regions.recent_violence[0] = 100.0;
  box.run(*configured(make_displacement()), 30.0);
  EXPECT_EQ(box.world.regions.residents[0], 1e6);
}

TEST(Displacement, TheyReturnWhenItIsCalmAndHeld) {
  const auto home = [](double deaths, double control) {
    Neighbours s;
    s.scenario.regions[0].displaced = 1e5;
    Sandbox box(s.scenario);
    box.run(*configured(make_displacement(),
                        {{"per_death", 0.0}, {"control_flight", 0.0}, {"return_rate", 1.0}}),
            365.25, [&](Sandbox& x) {
              x.world.regions.recent_violence[0] = deaths;
              x.world.regions.control[0] = control;
            });
    return 1e5 - sum(box.world.regions.displaced);
  };
  EXPECT_NEAR(home(0.0, 1.0), 1e5 * (1.0 - std::exp(-366.0 / 365.25)), 1e-3);
  EXPECT_LT(home(100.0, 1.0), home(0.0, 1.0));
  EXPECT_LT(home(0.0, 0.5), home(0.0, 1.0));
  EXPECT_EQ(home(0.0, 0.0), 0.0);
}

TEST(Displacement, PeopleAreConserved) {
  Sandbox box(ring(30));
  const double before = people(box.world);
  box.run(*configured(make_displacement(), {{"per_death", 2000.0}, {"return_rate", 3.0}}), 730.0,
          [](Sandbox& x) {
            shake(x);
            for (const double n : x.world.regions.residents) EXPECT_GE(n, 0.0);
            for (const double n : x.world.regions.displaced) EXPECT_GE(n, 0.0);
          });
  EXPECT_NEAR(people(box.world), before, 1e-9 * before);
  EXPECT_GT(sum(box.world.regions.displaced), 1e5);
}

TEST(Displacement, HalvingTheStepChangesLittle) {
  const auto end = [](Minutes step) {
    Neighbours s(step);
    Sandbox box(s.scenario);
    box.world.regions.recent_violence = {300.0, 5.0, 0.0};
    box.world.regions.control[0] = 0.6;
    box.run(*configured(make_displacement()), 90.0);
    return box.world.regions.displaced;
  };
  const auto day = end(Minutes(24 * 60));
  const auto half = end(Minutes(12 * 60));
  for (std::size_t i = 0; i < day.size(); ++i) EXPECT_NEAR(day[i], half[i], 0.005 * half[i]);
}

TEST(Displacement, ANumberThatWentWrongStopsTheRun) {
  Sandbox box(Neighbours().scenario);
  box.world.regions.displaced[0] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(box.run(*configured(make_displacement()), 1.0), SimulationError);
}

TEST(Displacement, EveryParameterCounts) {
  expect_every_parameter_counts(make_displacement, [](Mechanism& m) {
    Sandbox box(ring(10));
    // Two regions of one state, so that some stay in their country.
    box.world.regions.owner[1] = ActorId(0);
    box.run(m, 30.0, shake);
    return digest(box, m);
  });
}

TEST(Displacement, AnotherBorderExponentInMidRunCounts) {
  const auto run = [](double later) {
    Sandbox box(ring(9));
    const auto m = configured(make_displacement());
    box.run(*m, 5.0, shake);
    std::vector<double> values;
    for (const ParameterInfo& row : m->info().parameters) {
      values.push_back(row.name == "border_exponent" ? later : row.fallback);
    }
    m->configure(values);
    box.run(*m, 5.0, shake);
    return digest(box, *m);
  };
  EXPECT_NE(run(0.5), run(1.0));
}

/// Violence in every region: what one block does to its neighbour can only be seen where people
/// leave on both sides of the border between them.
void shake_everywhere(Sandbox& box) {
  for (std::size_t r = 0; r < box.world.regions.size(); ++r) {
    box.world.regions.recent_violence[r] += 2.0 + static_cast<double>((r + box.step) % 5);
    box.world.regions.control[r] = 0.6;
  }
}

TEST(Displacement, OrderOfBlocksDoesNotMatter) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    expect_same_on(
        make_displacement, [&] { return shuffled_executor(seed); }, shake_everywhere, 30.0);
  }
}

TEST(Displacement, ThreadsAgreeWithOne) {
  expect_same_on(
      make_displacement, [] { return thread_executor(3); }, shake_everywhere, 5.0);
}

TEST(Displacement, ACloneGoesOn) { expect_memory_is_whole(make_displacement, shake); }

}  // namespace
}  // namespace casus
