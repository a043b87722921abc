// What a scenario should begin with, from a record of a few events.
#include "casus/backtest/start_levels.h"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

namespace casus::test {
namespace {

using namespace std::chrono_literals;

constexpr Date day{2020y / 1 / 1};

ConflictEvent event(Date first, std::uint32_t region, Camp a, Camp b, double deaths) {
  ConflictEvent e;
  e.first = e.last = first;
  e.region = region;
  e.a = a;
  e.b = b;
  e.deaths = deaths;
  return e;
}

ConflictRecord record_of(std::vector<ConflictEvent> events) {
  ConflictRecord out;
  out.regions = {{"MLI:Gao", "MLI"}, {"NER:Diffa", "NER"}};
  out.events = std::move(events);
  return out;
}

const std::vector<ConflictGroup> groups{{"jnim", Camp::jnim, 1000.0, {}},
                                        {"issp", Camp::islamic_state, 500.0, {"NER:Diffa"}}};

TEST(StartLevels, WeighTheRatesOfThreeTwelveAndSixtyMonths) {
  const ConflictRecord record = record_of({
      event(Date{2014y / 12 / 31}, 0, Camp::state, Camp::jnim, 9.0),    // longer ago than all
      event(Date{2015y / 1 / 1}, 0, Camp::state, Camp::jnim, 9.0),      // 60 months
      event(Date{2019y / 1 / 1}, 0, Camp::jnim, Camp::civilians, 9.0),  // 12 and 60
      event(Date{2019y / 10 / 1}, 0, Camp::other, Camp::jnim, 9.0),     // all three
      event(Date{2019y / 11 / 1}, 0, Camp::state, Camp::jnim, 0.0),     // nobody died
      event(day, 0, Camp::state, Camp::jnim, 9.0),                      // not known yet
      event(Date{2019y / 10 / 1}, 1, Camp::islamic_state, Camp::state, 9.0),
  });
  const LevelWeights w{.months_3 = 0.5, .months_12 = 0.3, .months_60 = 0.2, .anywhere = 0.1};
  const StartLevels levels = start_levels(record, day, groups, w);
  const double sixty = 0.2 / 5.0, twelve = 0.3 + sixty, three = 0.5 * 4.0 + twelve;
  EXPECT_NEAR(levels.events[0], 0.1 + sixty + twelve + three, 1e-12);
  EXPECT_NEAR(levels.events[1], 0.1 + three, 1e-12);
  EXPECT_NEAR(levels.of_group[0][0], sixty + twelve + three, 1e-12);
  EXPECT_NEAR(levels.fights[0][0], sixty + three, 1e-12) << "with the state's side alone";
  EXPECT_EQ(levels.of_group[1][1], 0.0) << "another group's";
}

TEST(StartLevels, SizesOfARegionAreDrawnTowardsThoseOfAll) {
  std::vector<ConflictEvent> events;
  for (int i = 0; i < 20; ++i) {
    events.push_back(event(Date{2019y / 6 / 1}, 0, Camp::state, Camp::jnim, 10.0));
    events.push_back(event(Date{2019y / 6 / 1}, 1, Camp::state, Camp::jnim, i == 0 ? 500.0 : 30.0));
  }
  events.push_back(event(Date{2018y / 6 / 1}, 0, Camp::state, Camp::jnim, 10.0));
  const StartLevels levels = start_levels(record_of(events), day, groups);
  const double in_1 = 19.0 * 30.0 + 60.0;  // the largest counts as 60
  const double usual = (210.0 + in_1) / 41.0;
  EXPECT_NEAR(levels.size[0], (210.0 / usual + 20.0) / 41.0, 1e-12);
  EXPECT_NEAR(levels.size[1], (in_1 / usual + 20.0) / 40.0, 1e-12);
  EXPECT_NEAR(levels.usual_size, (200.0 + 19.0 * 30.0 + 500.0) / 40.0, 1e-12)
      << "of twelve months, and whole";
}

TEST(StartLevels, PlaceAGroupWhereItsEventsAre) {
  StartLevels levels;
  levels.of_group = {{3.0, 1.0}, {0.0, 0.0}};
  std::vector<GroupInputs> placed(2);
  placed[0].people = 1000.0;
  placed[1].people = 500.0;
  place_by_levels(placed, levels);
  ASSERT_EQ(placed[0].places.size(), 2U);
  EXPECT_EQ(placed[0].places[0].people, 750.0);
  EXPECT_EQ(placed[0].places[1].people, 250.0);
  EXPECT_TRUE(placed[1].places.empty());
}

}  // namespace
}  // namespace casus::test
