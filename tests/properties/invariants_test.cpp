#include <gtest/gtest.h>

#include <cmath>

#include "../support/shipped.h"

namespace casus::test {
namespace {

class Invariants : public ::testing::TestWithParam<std::string> {};

TEST_P(Invariants, PeopleAreConserved) {
  const Scenario scenario = load(GetParam());
  for (std::uint32_t run = 0; run < 3; ++run) {
    RunOptions options;
    options.run = run;
    Simulation s(scenario, options);
    const double before = people(s.world());
    while (!s.done()) {
      s.step();
      ASSERT_NEAR(people(s.world()) / before, 1.0, 1e-10) << to_string(s.date());
    }
  }
}

TEST_P(Invariants, ControlSharesSumToOne) {
  Simulation s(load(GetParam()));
  s.run();
  const World& w = s.world();
  for (std::size_t r = 0; r < w.regions.size(); ++r) {
    double all = w.regions.control[r];
    for (const auto row : w.presences_in(RegionId(r))) all += w.presences.control[row];
    EXPECT_NEAR(all, 1.0, 1e-9) << s.scenario()->regions[r].name;
  }
}

TEST_P(Invariants, TheDeadNeverActAndNobodyFightsItself) {
  const Scenario scenario = load(GetParam());
  for (std::uint32_t run = 0; run < 3; ++run) {
    RunOptions options;
    options.run = run;
    Simulation s(scenario, options);
    while (!s.done()) {
      const std::size_t mark = s.log().size();
      const auto alive = s.world().actors.alive;
      s.step();
      for (const Event& e : s.log().since(mark)) {
        if (e.who.valid() && e.who.row() < alive.size()) {
          EXPECT_TRUE(alive[e.who.row()]) << EventKinds().name(e.kind);
        }
      }
      for (std::size_t a = 0; a < s.world().actors.size(); ++a) {
        EXPECT_FALSE(s.world().relations.at_war(ActorId(a), ActorId(a)));
      }
    }
  }
}

TEST_P(Invariants, EveryEventPointsBackToEarlierOnes) {
  Simulation s(load(GetParam()));
  s.run();
  for (const Event& e : s.log().all()) {
    for (const EventId cause : s.log().causes(e)) EXPECT_LT(cause, e.id);
  }
}

INSTANTIATE_TEST_SUITE_P(Shipped, Invariants, ::testing::ValuesIn(shipped()), FileName());

}  // namespace
}  // namespace casus::test
