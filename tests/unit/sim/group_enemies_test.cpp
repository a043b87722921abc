#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "casus/core/archive.h"
#include "casus/core/ids.h"
#include "sandbox.h"
#include "sim/skirmishes.h"

namespace casus::test {
namespace {

bool is_group(const World& w, ActorId a) {
  return w.actors.kind[a.row()] == ActorKind::armed_group;
}

bool knows(const GroupEnemies& enemies, ActorId a, ActorId b) {
  const auto of = enemies.of(a);
  return std::find(of.begin(), of.end(), b.row()) != of.end();
}

/// Every group knows those it is at war with, each once. Gives how many pairs are known.
std::size_t known(const GroupEnemies& enemies, const World& w) {
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < w.actors.size(); ++i) {
    const ActorId a(i);
    const auto of = enemies.of(a);
    for (std::size_t j = 0; j < w.actors.size(); ++j) {
      const ActorId b(j);
      const auto times = std::count(of.begin(), of.end(), b.row());
      EXPECT_LE(times, 1) << i << " and " << j;
      if (is_group(w, a) && is_group(w, b) && w.relations.at_war(a, b)) {
        EXPECT_EQ(times, 1) << i << " and " << j;
      }
    }
    pairs += of.size();
  }
  return pairs;
}

/// Where two that are at war stand in a region they meet, once and in the order of regions and
/// rows, the one with the lesser key first; and those who have made peace are known for it. Gives
/// how many pairs meet in war.
std::size_t meeting(const GroupEnemies& enemies, const World& w) {
  std::map<std::pair<std::size_t, std::size_t>, bool> at_war;  // those who meet
  const auto& p = w.presences;
  std::tuple<std::size_t, std::size_t, std::size_t> last;
  for (const Meeting& m : enemies.meetings()) {
    const std::tuple<std::size_t, std::size_t, std::size_t> place(m.region.row(), m.first,
                                                                  m.second);
    EXPECT_TRUE(at_war.empty() || last < place);
    last = place;
    EXPECT_EQ(p.region[m.first], m.region);
    EXPECT_EQ(p.region[m.second], m.region);
    at_war[{m.first, m.second}] = m.at_war;
    EXPECT_EQ(m.at_war, w.relations.at_war(p.actor[m.first], p.actor[m.second]));
  }
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    for (const auto j : w.presences_in(p.region[i])) {
      const ActorId a = p.actor[i], b = p.actor[j];
      const bool first = w.actors.key[a.row()] < w.actors.key[b.row()];
      const auto there = at_war.find({i, j});
      if (!first) {
        EXPECT_EQ(there, at_war.end()) << i << " and " << j;
      }
      if (!first || !is_group(w, a) || !is_group(w, b) || !w.relations.at_war(a, b)) continue;
      EXPECT_TRUE(there != at_war.end()) << i << " and " << j;
      ++pairs;
    }
  }
  return pairs;
}

TEST(GroupEnemies, AreKnownFromTheFirstDayOfTheirWar) {
  World w = make_world(ring(40), {1, 0});
  GroupEnemies enemies;
  const auto executor = shuffled_executor(3);
  std::uint64_t state = 7;
  const auto draw = [&](std::size_t n) {
    return static_cast<std::size_t>((state = mix(state)) % n);
  };
  enemies.update(w, *executor);
  const std::size_t at_first = known(enemies, w);
  const std::size_t met_at_first = meeting(enemies, w);
  std::size_t births = 0;
  for (std::uint32_t day = 1; day < 120; ++day) {
    const ActorId a(draw(w.actors.size())), b(draw(w.actors.size()));
    if (a != b) w.relations.add_hostility(a, b, 1);
    if (a != b && day % 5 == 0) w.relations.add_hostility(a, b, -1);
    // Peace among those who meet, and war again, for some in one step.
    if (!enemies.meetings().empty()) {
      const Meeting& m = enemies.meetings()[draw(enemies.meetings().size())];
      const ActorId x = w.presences.actor[m.first], y = w.presences.actor[m.second];
      const bool war = w.relations.at_war(x, y);
      while (war && w.relations.at_war(x, y)) w.relations.add_hostility(x, y, -1);
      if (!war || day % 4 == 0) w.relations.add_hostility(y, x, 1);
    }
    if (day % 7 == 0 && is_group(w, a)) {
      spawn(w, a, "born_" + std::to_string(day), {mix(day)}, day);
      ++births;
    }
    const RegionId where(draw(w.regions.size()));
    if (day % 3 == 0 && is_group(w, b)) w.require(b, where, Role::insurgent);
    enemies.update(w, *executor);
    known(enemies, w);
    meeting(enemies, w);
  }
  EXPECT_GT(known(enemies, w), at_first) << "or there were no such wars";
  EXPECT_GT(meeting(enemies, w), met_at_first) << "or they never met";
  EXPECT_GT(births, 0U);
}

// Another past: who fights in it is looked for anew.
TEST(GroupEnemies, AreLookedForAnewWhenTheWorldWasRead) {
  World w = make_world(ring(10), {1, 0});
  std::vector<ActorId> groups;
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    if (is_group(w, ActorId(a))) groups.emplace_back(a);
  }
  ASSERT_GE(groups.size(), 4U);
  w.relations.add_hostility(groups[0], groups[1], 1);
  Writer saved;
  saved(w);
  w.relations.add_hostility(groups[0], groups[1], -1);
  w.relations.add_hostility(groups[2], groups[3], 1);
  GroupEnemies enemies;
  const auto executor = shuffled_executor(3);
  enemies.update(w, *executor);
  EXPECT_FALSE(knows(enemies, groups[0], groups[1]));
  EXPECT_TRUE(knows(enemies, groups[3], groups[2]));
  Reader read(saved.bytes());
  read(w);
  enemies.update(w, *executor);
  EXPECT_TRUE(knows(enemies, groups[0], groups[1]) && knows(enemies, groups[1], groups[0]));
  EXPECT_FALSE(knows(enemies, groups[2], groups[3]) || knows(enemies, groups[3], groups[2]));
}

}  // namespace
}  // namespace casus::test
