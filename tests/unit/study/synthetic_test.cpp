#include "casus/study/synthetic.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/core/contracts.h"
#include "casus/core/ids.h"
#include "casus/run/simulation.h"
#include "casus/scenario/make_world.h"
#include "study/synthetic_map.h"

namespace casus {
namespace {

const SyntheticSize middle{
    .states = 12, .groups = 150, .regions = 230, .presences = 900, .seed = 5};

Scenario load(const SyntheticSize& size) {
  return Scenario::parse(synthetic_scenario(size), "synthetic.yaml",
                         standard_registry().vocabulary());
}

std::size_t count(const ScenarioData& s, ActorKind kind) {
  return static_cast<std::size_t>(std::count_if(
      s.actors.begin(), s.actors.end(), [&](const ActorSpec& a) { return a.kind == kind; }));
}

/// How many of the nodes can be reached from the first on a way that `goes(from, to)` allows.
template <class Goes>
std::size_t reached(const ScenarioData& s, std::size_t first, Goes&& goes) {
  std::set<std::size_t> seen{first};
  std::vector<std::size_t> open{first};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const Border& b : s.regions[at].neighbours) {
      if (goes(at, b.to.row()) && seen.insert(b.to.row()).second) open.push_back(b.to.row());
    }
  }
  return seen.size();
}

TEST(Synthetic, TheSameSizeGivesTheSameTextAndAnotherSeedAnother) {
  SyntheticSize other = middle;
  other.seed = 6;
  EXPECT_EQ(synthetic_scenario(middle), synthetic_scenario(middle));
  EXPECT_NE(synthetic_scenario(middle), synthetic_scenario(other));
}

// The bytes, so that a change of compiler, flags or machine that moves them is seen.
TEST(Synthetic, GoldenText) {
  EXPECT_EQ(name_hash(synthetic_scenario(middle)), 6300386641594670437ULL);
}

TEST(Synthetic, HasAsManyOfEachAsAskedFor) {
  for (const SyntheticSize& size :
       {middle, SyntheticSize{1, 0, 1, 1}, SyntheticSize{1, 1, 1, 2}, SyntheticSize{3, 0, 3, 3},
        SyntheticSize{2, 3, 5, 20}, SyntheticSize{7, 9, 7, 30}}) {
    const Scenario scenario = load(size);
    EXPECT_EQ(count(scenario.data(), ActorKind::state), size.states);
    EXPECT_EQ(count(scenario.data(), ActorKind::armed_group), size.groups);
    EXPECT_EQ(scenario->regions.size(), size.regions);
    EXPECT_EQ(scenario->presence.size(), size.presences);
  }
}

TEST(Synthetic, TheMapIsConnectedAndStatesAreContiguous) {
  const Scenario scenario = load(middle);
  const ScenarioData& s = scenario.data();
  EXPECT_EQ(reached(s, 0, [](std::size_t, std::size_t) { return true; }), s.regions.size());
  std::map<std::size_t, std::size_t> regions_of;
  for (const RegionSpec& r : s.regions) ++regions_of[r.owner.row()];
  EXPECT_EQ(regions_of.size(), middle.states);
  for (const auto& [state, regions] : regions_of) {
    const auto same = [&](std::size_t a, std::size_t b) {
      return s.regions[a].owner == s.regions[b].owner;
    };
    EXPECT_EQ(reached(s, s.actors[state].capital.row(), same), regions) << s.actors[state].name;
  }
}

/// Twice the signed area of a triangle.
double turn(const RegionSpec& a, const RegionSpec& b, const RegionSpec& c) {
  return (b.longitude - a.longitude) * (c.latitude - a.latitude) -
         (b.latitude - a.latitude) * (c.longitude - a.longitude);
}

TEST(Synthetic, NoTwoLinesBetweenNeighboursCross) {
  const Scenario scenario = load(middle);
  const auto& regions = scenario->regions;
  std::vector<std::pair<std::size_t, std::size_t>> lines;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    for (const Border& b : regions[r].neighbours) {
      if (r < b.to.row()) lines.emplace_back(r, b.to.row());
    }
  }
  EXPECT_GT(2 * lines.size(), 4 * regions.size());
  EXPECT_LT(2 * lines.size(), 6 * regions.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t j = i + 1; j < lines.size(); ++j) {
      const auto [a, b] = lines[i];
      const auto [c, d] = lines[j];
      if (a == c || a == d || b == c || b == d) continue;
      const bool apart =
          turn(regions[a], regions[b], regions[c]) * turn(regions[a], regions[b], regions[d]) > 0 ||
          turn(regions[c], regions[d], regions[a]) * turn(regions[c], regions[d], regions[b]) > 0;
      ASSERT_TRUE(apart) << a << "-" << b << " and " << c << "-" << d;
    }
  }
}

TEST(Synthetic, PactsBindNeighboursAndAlliesLikeEachOther) {
  const Scenario scenario = load(middle);
  const World world = make_world(scenario.data(), {});
  ASSERT_GE(scenario->pacts.size(), 2U);
  for (const law::Pact& pact : scenario->pacts) {
    for (const law::Member& member : pact.members) {
      bool touches = false;
      for (const law::Member& other : pact.members) {
        touches = touches || neighbours(world, member.actor, other.actor);
        if (other.actor == member.actor) continue;
        EXPECT_GT(world.relations.affinity(member.actor, other.actor), 0.0) << pact.title;
      }
      EXPECT_TRUE(touches) << pact.title;
    }
  }
}

TEST(Synthetic, SizesFollowThePowerLaw) {
  const study::SyntheticDraws draw(3);
  const std::size_t n = 20'000;
  for (const double x : {2.0, 4.0, 16.0}) {
    std::size_t above = 0;
    for (std::size_t i = 0; i < n; ++i) above += draw.power_law("test", i, 1e3) > x ? 1 : 0;
    const double p = std::pow(x, -1.5);
    const double error = std::sqrt(p * (1.0 - p) / static_cast<double>(n));
    EXPECT_NEAR(static_cast<double>(above) / static_cast<double>(n), p, 4.0 * error) << x;
  }
  for (std::size_t i = 0; i < 1000; ++i) {
    const double u = draw("test", i);
    EXPECT_NEAR(draw.power_law("test", i, 1e3), std::min(std::pow(u, -2.0 / 3.0), 1e3), 1e-9);
  }
}

TEST(Synthetic, LargeGroupsStandInManyRegions) {
  const Scenario scenario = load(middle);
  std::vector<std::size_t> regions(scenario->actors.size(), 0);
  for (const PresenceSpec& p : scenario->presence) ++regions[p.actor.row()];
  const auto groups = regions.begin() + static_cast<std::ptrdiff_t>(middle.states);
  const double mean =
      static_cast<double>(middle.presences - middle.regions) / static_cast<double>(middle.groups);
  EXPECT_GT(static_cast<double>(*std::max_element(groups, regions.end())), 5.0 * mean);
  EXPECT_EQ(*std::min_element(groups, regions.end()), 1U);
}

TEST(Synthetic, RunsTenDaysAndPeopleFightInIt) {
  Simulation run(load(middle), RunOptions{.seed = 2});
  for (int day = 0; day < 10; ++day) run.step();
  const auto& events = run.log();
  std::size_t attacks = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    attacks += events[EventId(i)].kind == EventKind::attack ? 1 : 0;
  }
  EXPECT_GT(attacks, 5U);
  EXPECT_GT(people(run.world()), 0.0);
}

TEST(Synthetic, SaysWhatDoesNotFit) {
  EXPECT_EQ(misfit(middle), "");
  const auto with = [](auto&& change) {
    SyntheticSize size = middle;
    change(size);
    EXPECT_THROW(synthetic_scenario(size), ContractError);
    return misfit(size);
  };
  EXPECT_EQ(with([](auto& s) { s.regions = 0; }), "there are 1 to 1000000 regions, not 0");
  EXPECT_EQ(with([](auto& s) { s.states = 231; }), "230 regions take 1 to 230 states, not 231");
  EXPECT_EQ(with([](auto& s) { s.states = 0; }), "230 regions take 1 to 230 states, not 0");
  EXPECT_EQ(with([](auto& s) { s.groups = 1'000'001; }),
            "there are at most 1000000 groups, not 1000001");
  EXPECT_EQ(with([](auto& s) { s.presences = 379; }),
            "230 regions and 150 groups take 380 to 34730 presences, not 379");
  EXPECT_EQ(with([](auto& s) { s.presences = 34'731; }),
            "230 regions and 150 groups take 380 to 34730 presences, not 34731");
  EXPECT_EQ(with([](auto& s) { s.days = 0; }), "a run lasts 1 to 3650 days, not 0");
}

}  // namespace
}  // namespace casus
