#include "casus/study/series.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "casus/core/contracts.h"
#include "small_world.h"

namespace casus {
namespace {

double at(const SeriesObserver& observer, const Observation& row, const std::string& entity,
          const std::string& variable) {
  for (std::size_t i = 0; i < observer.columns().size(); ++i) {
    const SeriesColumn& c = observer.columns()[i];
    if (c.entity == entity && c.variable == variable) return row.values.at(i);
  }
  ADD_FAILURE() << "no column " << entity << " " << variable;
  return -1.0;
}

TEST(Series, ObservesEveryKindOfActor) {
  const SeriesObserver observer(testing::small_scenario());
  const Observation row = observer.observe(testing::small_world(), 30);
  EXPECT_EQ(row.step, 30U);
  ASSERT_EQ(row.values.size(), observer.columns().size());
  EXPECT_EQ(at(observer, row, "all", "deaths"), 115.0);
  EXPECT_EQ(at(observer, row, "all", "displaced"), 48.0);
  EXPECT_EQ(at(observer, row, "mali", "deaths"), 110.0);
  EXPECT_EQ(at(observer, row, "mali", "civilian_deaths"), 40.0);
  EXPECT_EQ(at(observer, row, "niger", "displaced"), 17.0);
  EXPECT_DOUBLE_EQ(at(observer, row, "mali", "control"), 0.5);
  EXPECT_EQ(at(observer, row, "mali", "forces"), 1300.0);
  EXPECT_EQ(at(observer, row, "niger", "legitimacy"), 0.5);
  EXPECT_EQ(at(observer, row, "mali", "resources"), 10.0);
  EXPECT_EQ(at(observer, row, "jnim", "forces"), 190.0);
  EXPECT_EQ(at(observer, row, "jnim", "regions"), 1.0);
  EXPECT_EQ(at(observer, row, "born", "forces"), 25.0);
  EXPECT_EQ(at(observer, row, "born", "regions"), 1.0);
  EXPECT_EQ(at(observer, row, "france", "abroad"), 1500.0);
}

TEST(Series, CountsTheWarsBeingFought) {
  const SeriesObserver observer(testing::small_scenario());
  World world = testing::small_world();
  for (int i = 0; i < 3; ++i) world.wars.add({}, {});
  world.wars.set_state(WarId(1), WarState::ceasefire);
  EXPECT_EQ(at(observer, observer.observe(world, 0), "all", "wars"), 2.0);
}

TEST(Series, ALostRegionIsNotControlled) {
  const SeriesObserver observer(testing::small_scenario());
  World world = testing::small_world();
  world.regions.owner[testing::mopti] = ActorId(testing::niger);
  const Observation row = observer.observe(world, 0);
  EXPECT_DOUBLE_EQ(at(observer, row, "mali", "control"), 0.05);
  EXPECT_EQ(at(observer, row, "mali", "deaths"), 110.0) << "the territory stays what it was";
}

TEST(Series, ColumnsAreUnique) {
  const SeriesObserver observer(testing::small_scenario());
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (const SeriesColumn& c : observer.columns()) {
    EXPECT_TRUE(seen.emplace(c.kind, c.entity, c.variable).second) << c.entity << c.variable;
  }
}

TEST(Series, RegionsAreObservedEachByItself) {
  const SeriesObserver observer(testing::small_scenario());
  World world = testing::small_world();
  const ScenarioData scenario = testing::small_scenario();
  const std::string name = scenario.regions[testing::mopti].name;
  EXPECT_EQ(at(observer, observer.observe(world, 0), name, "deaths"),
            world.regions.deaths[testing::mopti]);
  world.regions.attacks[testing::mopti] = 17.0;
  EXPECT_EQ(at(observer, observer.observe(world, 0), name, "attacks"), 17.0);
  EXPECT_GT(at(observer, observer.observe(world, 0), name, "control"), 0.0);
  world.regions.owner[testing::mopti] = ActorId(testing::niger);
  EXPECT_EQ(at(observer, observer.observe(world, 0), name, "control"), 0.0)
      << "control is that of the owner at the start";
}

TEST(Series, OnlyWhatIsChosenIsObserved) {
  ScenarioData scenario = testing::small_scenario();
  scenario.observe.variables = {"deaths", "forces", "strength"};
  scenario.observe.of = {Observed::states, Observed::presences};
  scenario.observe.regions = {RegionId(testing::mopti)};
  scenario.observe.actors = {ActorId(testing::mali), ActorId(testing::jnim)};
  const SeriesObserver observer(scenario);
  std::set<std::string> seen;
  for (const SeriesColumn& c : observer.columns()) {
    seen.insert(c.kind + " " + c.entity + " " + c.variable);
  }
  const std::string mopti = scenario.regions[testing::mopti].name;
  EXPECT_EQ(seen, (std::set<std::string>{"state mali deaths", "state mali forces",
                                         "presence " + mopti + ".mali strength",
                                         "presence " + mopti + ".jnim strength"}));
  const World world = testing::small_world();
  double people = 0.0;
  for (const std::uint32_t p : world.presences_of(ActorId(testing::jnim))) {
    if (world.presences.region[p] == RegionId(testing::mopti))
      people += world.presences.strength[p];
  }
  EXPECT_GT(people, 0.0);
  EXPECT_EQ(at(observer, observer.observe(world, 0), mopti + ".jnim", "strength"), people);
}

TEST(Series, WhomAnEditTookOutIsNobodyAndNotEverybody) {
  ScenarioData scenario = testing::small_scenario();
  scenario.observe.of = {Observed::states, Observed::regions};
  scenario.observe.regions = {RegionId()};
  scenario.observe.actors = {ActorId()};
  EXPECT_TRUE(SeriesObserver(scenario).columns().empty());
}

TEST(Series, RegionsOfALargeWorldAreObservedIfAskedFor) {
  ScenarioData scenario = testing::small_scenario();
  const RegionSpec region = scenario.regions.front();
  while (scenario.regions.size() <= ObserveSpec::most_regions) scenario.regions.push_back(region);
  const auto regions = [&] {
    const SeriesObserver observer(scenario);
    return std::count_if(observer.columns().begin(), observer.columns().end(),
                         [](const SeriesColumn& c) { return c.kind == "region"; });
  };
  EXPECT_EQ(regions(), 0);
  scenario.observe.of = {Observed::regions};
  scenario.observe.variables = {"deaths"};
  EXPECT_EQ(regions(), static_cast<std::ptrdiff_t>(scenario.regions.size()));
}

TEST(Series, IsDueAtTheStartTheEndAndEveryInterval) {
  ScenarioData scenario = testing::small_scenario();
  const auto due_steps = [&] {
    const SeriesObserver observer(scenario);
    std::vector<std::uint32_t> due;
    for (std::uint32_t step = 0; step <= scenario.clock.steps(); ++step) {
      if (observer.due(step)) due.push_back(step);
    }
    return due;
  };
  EXPECT_EQ(due_steps(), (std::vector<std::uint32_t>{0, 30, 60, 90, 100}));
  scenario.clock.step = Minutes(12 * 60);
  EXPECT_EQ(due_steps(), (std::vector<std::uint32_t>{0, 60, 120, 180, 200}));
  scenario.clock.step = Minutes(24 * 60);
  scenario.observe.every_days = 30.4375;
  EXPECT_EQ(due_steps(), (std::vector<std::uint32_t>{0, 31, 61, 92, 100}));
  scenario.observe.every_days = 0.0;
  EXPECT_THROW(SeriesObserver{scenario}, ContractError);
}

}  // namespace
}  // namespace casus
