#include "casus/world/wars.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "casus/core/random.h"

namespace casus::test {
namespace {

std::vector<std::uint32_t> list(std::span<const std::uint32_t> rows) {
  return {rows.begin(), rows.end()};
}

using Rows = std::vector<std::uint32_t>;

TEST(RowLists, SortAColumnOfIds) {
  RowLists lists;
  lists.index(std::vector<ActorId>{ActorId(2), ActorId(0), ActorId(2), ActorId(0), ActorId(2)}, 4);
  ASSERT_EQ(lists.size(), 4U);
  EXPECT_EQ(list(lists[0]), (Rows{1, 3}));
  EXPECT_TRUE(lists[1].empty());
  EXPECT_EQ(list(lists[2]), (Rows{0, 2, 4}));
  EXPECT_TRUE(lists[3].empty());
}

TEST(RowLists, GrowInAnyOrderAsIfMadeAnew) {
  std::vector<Rows> expected(7);
  RowLists lists;
  lists.extend(5);
  lists.extend(3);
  EXPECT_EQ(lists.size(), 5U);
  lists.extend(7);
  Stream stream({1, 0}, 0, Purpose("test"), {1});
  for (int i = 0; i < 2000; ++i) {
    const auto l = static_cast<std::size_t>(uniform(stream) * 7.0);
    const auto row = static_cast<std::uint32_t>(uniform(stream) * 300.0);
    lists.add(l, row);
    if (std::find(expected[l].begin(), expected[l].end(), row) == expected[l].end()) {
      expected[l].push_back(row);
    }
  }
  for (std::size_t l = 0; l < 7; ++l) {
    std::sort(expected[l].begin(), expected[l].end());
    EXPECT_EQ(list(lists[l]), expected[l]) << l;
  }
}

const ActorId one(0), two(1), three(2);

TEST(WarTable, KnowsTheWarsOfEach) {
  WarTable wars;
  const WarId first = wars.add({}, {{one, 0, 0, 1}, {two, 1, 0, 1}});
  const WarId second = wars.add({}, {{three, 0, 3, 1}, {two, 1, 3, 1}});
  EXPECT_EQ(wars.size(), 2U);
  EXPECT_EQ(list(wars.of(two)), (Rows{0, 1}));
  EXPECT_EQ(list(wars.of(three)), (Rows{1}));
  wars.enter(first, {three, 1, 5, 1});
  EXPECT_EQ(list(wars.of(three)), (Rows{0, 1})) << "in the order of wars, not of entry";
  EXPECT_EQ(wars[first.row()].belligerents().back().actor, three);
  EXPECT_TRUE(wars.of(ActorId(9)).empty());
  EXPECT_EQ(second.row(), 1U);
}

TEST(WarTable, WhoLeavesStaysInTheBooksAndMayReturn) {
  WarTable wars;
  const WarId war = wars.add({}, {{one, 0, 0, 1}, {two, 1, 0, 1}});
  wars.leave(war, two);
  EXPECT_EQ(wars[0].belligerents()[1].active, 0);
  EXPECT_EQ(wars[0].belligerents()[0].active, 1);
  wars.enter(war, {two, 0, 8, 1});
  EXPECT_EQ(list(wars.of(two)), (Rows{0}));
  EXPECT_EQ(wars[0].belligerents().size(), 3U);
}

}  // namespace
}  // namespace casus::test
