#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "casus/core/archive.h"
#include "casus/core/ids.h"
#include "sandbox.h"
#include "sim/skirmishes.h"

namespace casus::test {
namespace {

bool group(const World& w, ActorId a) { return w.actors.kind[a.row()] == ActorKind::armed_group; }

/// Every group that is at war with another group is known for it. Gives how many are not known.
std::size_t unknown(const GroupEnemies& enemies, const World& w) {
  std::size_t others = 0;
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    bool at_war = false;
    for (std::size_t b = 0; b < w.actors.size(); ++b) {
      at_war = at_war || (group(w, ActorId(a)) && group(w, ActorId(b)) &&
                          w.relations.at_war(ActorId(a), ActorId(b)));
    }
    EXPECT_TRUE(enemies[ActorId(a)] || !at_war) << "actor " << a;
    others += enemies[ActorId(a)] ? 0 : 1;
  }
  return others;
}

TEST(GroupEnemies, AreKnownFromTheFirstDayOfTheirWar) {
  World w = make_world(ring(40), {1, 0});
  const auto executor = serial_executor();
  GroupEnemies enemies;
  std::uint64_t state = 7;
  const auto draw = [&](std::size_t n) {
    return static_cast<std::size_t>((state = mix(state)) % n);
  };
  enemies.update(w, *executor);
  const std::size_t at_first = unknown(enemies, w);
  std::size_t births = 0;
  for (std::uint32_t day = 1; day < 60; ++day) {
    const ActorId a(draw(w.actors.size())), b(draw(w.actors.size()));
    if (a != b) w.relations.add_hostility(a, b, 1);
    if (day % 7 == 0 && group(w, a)) {
      spawn(w, a, "born_" + std::to_string(day), {mix(day)}, day);
      ++births;
    }
    enemies.update(w, *executor);
    const std::size_t others = unknown(enemies, w);
    EXPECT_GT(others, 0U);
  }
  EXPECT_LT(unknown(enemies, w), at_first + births) << "or there were no such wars";
  EXPECT_GT(births, 0U);
}

// Another past: who fights in it is looked for anew.
TEST(GroupEnemies, AreLookedForAnewWhenTheWorldWasRead) {
  World w = make_world(ring(10), {1, 0});
  const auto executor = serial_executor();
  std::vector<ActorId> groups;
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    if (group(w, ActorId(a))) groups.emplace_back(a);
  }
  ASSERT_GE(groups.size(), 4U);
  w.relations.add_hostility(groups[0], groups[1], 1);
  Writer saved;
  saved(w);
  w.relations.add_hostility(groups[0], groups[1], -1);
  w.relations.add_hostility(groups[2], groups[3], 1);
  GroupEnemies enemies;
  enemies.update(w, *executor);
  EXPECT_FALSE(enemies[groups[0]]);
  EXPECT_TRUE(enemies[groups[3]]);
  Reader read(saved.bytes());
  read(w);
  enemies.update(w, *executor);
  EXPECT_TRUE(enemies[groups[0]] && enemies[groups[1]]);
  EXPECT_FALSE(enemies[groups[2]] || enemies[groups[3]]);
}

}  // namespace
}  // namespace casus::test
