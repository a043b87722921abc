#include "casus/world/events.h"

#include <gtest/gtest.h>

#include <functional>
#include <utility>

#include "casus/core/contracts.h"

namespace casus::test {
namespace {

Event sample() {
  Event e;
  e.kind = EventKind::attack;
  e.step = 3;
  e.who = ActorId(1);
  e.whom = ActorId(2);
  e.where = RegionId(4);
  e.size = 2.5;
  return e;
}

TEST(EventLog, NumbersEventsInTheOrderTheyHappen) {
  EventLog log;
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(log.add(sample()), EventId(i));
  EXPECT_EQ(log.size(), 5U);
  EXPECT_EQ(log[EventId(3)].id, EventId(3));
  EXPECT_EQ(log[EventId(3)].who, ActorId(1));
  const std::size_t mark = log.size();
  const EventId next = log.add(sample());
  ASSERT_EQ(log.since(mark).size(), 1U);
  EXPECT_EQ(log.since(mark)[0].id, next);
  log.clear();
  EXPECT_EQ(log.size(), 0U);
  EXPECT_EQ(log.add(sample()), EventId(0));
}

TEST(EventLog, KeepsCausesApartAndDropsNone) {
  EventLog log;
  const EventId a = log.add(sample());
  const EventId b = log.add(sample(), {a});
  const EventId c = log.add(sample(), {b, EventId{}, a});
  const EventId d = log.add(sample());
  EXPECT_TRUE(log.causes(log[a]).empty());
  ASSERT_EQ(log.causes(log[b]).size(), 1U);
  EXPECT_EQ(log.causes(log[b])[0], a);
  ASSERT_EQ(log.causes(log[c]).size(), 2U);
  EXPECT_EQ(log.causes(log[c])[0], b);
  EXPECT_EQ(log.causes(log[c])[1], a);
  EXPECT_TRUE(log.causes(log[d]).empty());
}

TEST(EventLog, NothingIsItsOwnCauseOrCausedByTheFuture) {
  EventLog log;
  log.add(sample());
  EXPECT_THROW(log.add(sample(), {EventId(1)}), ContractError);
  EXPECT_THROW(log.add(sample(), {EventId(9)}), ContractError);
}

TEST(EventLog, EveryFieldEntersTheHash) {
  const auto digest = [](const std::function<void(Event&)>& change) {
    EventLog log;
    log.add(sample());
    Event e = sample();
    change(e);
    log.add(e);
    return log.hash();
  };
  const std::uint64_t same = digest([](Event&) {});
  EXPECT_EQ(digest([](Event&) {}), same);
  const std::pair<const char*, std::function<void(Event&)>> changes[] = {
      {"kind", [](Event& e) { e.kind = EventKind::operation; }},
      {"step", [](Event& e) { ++e.step; }},
      {"who", [](Event& e) { e.who = {}; }},
      {"whom", [](Event& e) { e.whom = ActorId(3); }},
      {"where", [](Event& e) { e.where = {}; }},
      {"pact", [](Event& e) { e.pact = PactId(0); }},
      {"article", [](Event& e) { e.article = ArticleId(0); }},
      {"reason", [](Event& e) { e.reason = 1; }},
      {"war", [](Event& e) { e.war = WarId(0); }},
      {"size", [](Event& e) { e.size += 1e-12; }},
      {"deaths", [](Event& e) { e.deaths = 1.0; }},
      {"civilian_deaths", [](Event& e) { e.civilian_deaths = 1.0; }},
      {"group_deaths", [](Event& e) { e.group_deaths = 1.0; }},
      {"reported_deaths", [](Event& e) { e.reported_deaths = 1.0; }},
      {"ground", [](Event& e) { e.ground = 0.1; }},
  };
  for (const auto& [name, change] : changes) EXPECT_NE(digest(change), same) << name;
  EventLog caused;
  const EventId first = caused.add(sample());
  caused.add(sample(), {first});
  EXPECT_NE(caused.hash(), same) << "causes";
}

// Combat fills in the deaths of an attack that is in the log already.
TEST(EventLog, AnEventCanBeCompleted) {
  EventLog log;
  const EventId a = log.add(sample());
  const std::uint64_t before = log.hash();
  log.at(a).deaths = 7.0;
  EXPECT_EQ(log[a].deaths, 7.0);
  EXPECT_NE(log.hash(), before);
}

}  // namespace
}  // namespace casus::test
