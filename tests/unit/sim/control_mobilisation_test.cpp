#include <cmath>

#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus::test {
namespace {

TEST(Control, LosingARegionIsAnEventOnce) {
  ScenarioData s = empty_scenario();
  const ActorId state = add_actor(s, "state", ActorKind::state, 10.0);
  const ActorId group = add_actor(s, "group", ActorKind::armed_group, 5000.0);
  const RegionId r = add_region(s, "region", state);
  s.presence.push_back({group, r, 5000.0, Role::insurgent});
  Sandbox box(s);
  box.world.regions.control[0] = 0.6;
  for (const auto row : box.world.presences_of(group)) box.world.presences.control[row] = 0.4;
  const auto mechanism = configured(make_control());
  box.run(*mechanism, 1.0);
  EXPECT_EQ(box.count(EventKind::region_lost), 0U);
  for (const auto row : box.world.presences_of(group)) box.world.presences.control[row] = 0.7;
  box.run(*mechanism, 10.0);
  EXPECT_EQ(box.count(EventKind::region_lost), 1U);
  EXPECT_DOUBLE_EQ(box.world.regions.control[0], 0.3);
}

TEST(Control, TableIsInOrder) { expect_table_in_order(make_control); }

TEST(Control, ShuffledOrderChangesNothing) {
  // Regions are worked on in blocks of 256: there must be several.
  const auto run = [](std::unique_ptr<Executor> executor) {
    Sandbox box(ring(700), std::move(executor));
    // No two garrisons alike, so that sums show the order in which they were made.
    for (std::size_t i = 0; i < box.world.presences.size(); ++i) {
      box.world.presences.strength[i] += 100.0 + std::sqrt(static_cast<double>(i));
    }
    const auto mechanism = configured(make_control());
    box.run(*mechanism, 3.0);
    return digest(box, *mechanism);
  };
  const std::uint64_t serial = run(serial_executor());
  for (std::uint64_t seed = 1; seed <= 3; ++seed) EXPECT_EQ(run(shuffled_executor(seed)), serial);
}

TEST(Control, ThreadsChangeNothing) {
  expect_same_on(
      make_control, [] { return thread_executor(3); }, [](Sandbox&) {}, 10.0);
}

TEST(Mobilisation, ConservesPeopleAndSplitsAndMerges) {
  ScenarioData s = ring(12);
  for (ActorSpec& a : s.actors) a[&ActorTable::cohesion] = 0.2;
  Sandbox box(s);
  const auto mechanism =
      configured(make_mobilisation(), {{"split_rate", 2.0}, {"merge_rate", 2.0}});
  const double before = people(box.world);
  const std::size_t born_before = box.world.actors.size();
  std::size_t seen = 0;
  for (int day = 0; day < 700; ++day) {
    box.run(*mechanism, 1.0);
    const auto& w = box.world;
    // A splinter fights its parent's enemies, stands where the parent stands, and not against it.
    for (const Event& e : box.log.since(seen)) {
      if (e.kind != EventKind::split) continue;
      ASSERT_GE(e.who.row(), born_before);
      EXPECT_FALSE(w.relations.at_war(e.who, e.whom));
      std::size_t enemies = 0;
      for (std::size_t a = 0; a < s.actors.size(); ++a) {
        if (w.actors.alive[e.who.row()] == 0 || w.actors.alive[e.whom.row()] == 0) break;
        if (ActorId(a) == e.whom) continue;
        EXPECT_EQ(w.relations.at_war(e.who, ActorId(a)), w.relations.at_war(e.whom, ActorId(a)));
        enemies += w.relations.at_war(e.who, ActorId(a));
      }
      EXPECT_GT(enemies, 0U);
      for (const auto row : w.presences_of(e.who)) {
        EXPECT_TRUE(w.find(e.whom, w.presences.region[row]).valid());
      }
    }
    seen = box.log.size();
  }
  EXPECT_NEAR(people(box.world), before, 1e-3);
  EXPECT_GT(box.count(EventKind::split), 0U);
  EXPECT_GT(box.world.actors.size(), s.actors.size());
  EXPECT_EQ(box.world.relations.size(), box.world.actors.size());
}

TEST(Mobilisation, LossesTireAndTimeHeals) {
  Sandbox box(ring(3));
  const auto mechanism = configured(make_mobilisation());
  box.run(*mechanism, 1.0);
  const double fresh = box.world.actors.resolve[0];
  box.world.actors.recent_losses[0] = 5000.0;
  box.run(*mechanism, 120.0);
  const double tired = box.world.actors.resolve[0];
  EXPECT_LT(tired, fresh);
  box.run(*mechanism, 3000.0);
  EXPECT_GT(box.world.actors.resolve[0], tired);
}

TEST(Mobilisation, GroupsGrowTowardsTheirCeilingAndNotBeyond) {
  ScenarioData s = ring(3);
  Sandbox box(s);
  const auto mechanism = configured(
      make_mobilisation(),
      {{"recruitment", 5.0}, {"ceiling", 0.002}, {"split_rate", 0.0}, {"desertion", 0.0}});
  box.run(*mechanism, 3000.0);
  const double people_there = box.world.regions.residents[0];
  double fighters = 0.0;
  for (const auto row : box.world.presences_in(RegionId(0))) {
    if (box.world.presences.role[row] == Role::insurgent) {
      fighters += box.world.presences.strength[row];
    }
  }
  EXPECT_GT(fighters, 500.0);
  EXPECT_LE(fighters, 0.002 * people_there * 1.01);
}

TEST(Mobilisation, TableIsInOrder) { expect_table_in_order(make_mobilisation); }

TEST(Mobilisation, ShuffledOrderChangesNothing) {
  // Groups recruit, and their presences are the first rows: they have to fill several blocks of 64.
  const auto run = [](std::unique_ptr<Executor> executor) {
    Sandbox box(ring(600), std::move(executor));
    const auto mechanism = configured(make_mobilisation());
    box.run(*mechanism, 5.0, shake);
    return digest(box, *mechanism);
  };
  const std::uint64_t serial = run(serial_executor());
  for (std::uint64_t seed = 1; seed <= 3; ++seed) EXPECT_EQ(run(shuffled_executor(seed)), serial);
}

TEST(Mobilisation, ThreadsChangeNothing) {
  expect_same_on(
      make_mobilisation, [] { return thread_executor(3); }, shake, 10.0);
}

}  // namespace
}  // namespace casus::test
