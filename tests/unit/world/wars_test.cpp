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

TEST(RowLists, LoseRowsAndStayInOrder) {
  RowLists lists;
  lists.extend(2);
  for (const std::uint32_t row : {4U, 1U, 3U, 2U}) lists.add(1, row);
  lists.add(0, 9);
  lists.remove_if(1, [](std::uint32_t row) { return row % 2 == 1; });
  EXPECT_EQ(list(lists[1]), (Rows{2, 4}));
  lists.pack();
  lists.add(1, 3);
  EXPECT_EQ(list(lists[0]), (Rows{9}));
  EXPECT_EQ(list(lists[1]), (Rows{2, 3, 4}));
}

// Whatever is done to them, they hold what as many vectors do.
TEST(BlockLists, AreAsManyVectors) {
  constexpr std::size_t n = 9;
  BlockLists<int> lists;
  std::vector<std::vector<int>> expected(n);
  EXPECT_TRUE(lists.empty());
  lists.extend(n);
  std::uint64_t state = 3;
  const auto draw = [&](std::size_t most) {
    return static_cast<std::size_t>((state = mix(state)) % most);
  };
  for (int i = 0; i < 3000; ++i) {
    const std::size_t l = draw(n);
    std::vector<int>& e = expected[l];
    switch (draw(8)) {
      case 0: {  // some at the end
        const std::size_t more = draw(4);
        lists.lengthen(l, more);
        for (std::size_t k = e.size(); k < e.size() + more; ++k) lists[l][k] = i;
        e.insert(e.end(), more, i);
        break;
      }
      case 1: {
        const std::size_t left = draw(e.size() + 1);
        lists.shorten(l, left);
        e.resize(left);
        break;
      }
      case 2:
        if (i % 7 == 0) lists.pack();
        break;
      default: {
        const std::size_t at = draw(e.size() + 1);
        lists.insert(l, at, i);
        e.insert(e.begin() + static_cast<std::ptrdiff_t>(at), i);
      }
    }
    for (std::size_t k = 0; k < n; ++k) {
      ASSERT_TRUE(std::ranges::equal(lists[k], expected[k])) << "list " << k << ", change " << i;
    }
  }
  lists.pack();
  std::size_t all = 0;
  for (std::size_t k = 0; k < n; ++k) {
    ASSERT_TRUE(std::ranges::equal(lists[k], expected[k]));
    if (k > 0 && !lists[k].empty()) {
      EXPECT_EQ(lists[k].data(), lists[0].data() + all) << "side by side";
    }
    all += lists[k].size();
  }
  EXPECT_GT(all, 100U);
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

TEST(WarTable, KnowsWhichHaveEndedAndWhichAreBetweenStates) {
  WarTable wars;
  for (int i = 0; i < 4; ++i) wars.add({}, {{one, 0, 0, 1}, {two, 1, 0, 1}});
  EXPECT_TRUE(wars.ended().empty());
  for (const std::size_t row : {2U, 0U, 3U, 2U}) wars.set_state(WarId(row), WarState::ended);
  EXPECT_EQ(list(wars.ended()), (Rows{0, 2, 3})) << "in the order of wars, each once";
  wars.set_state(WarId(2), WarState::ceasefire);
  EXPECT_EQ(list(wars.ended()), (Rows{0, 3}));
  wars.set_interstate(WarId(1), true);
  wars.set_interstate(WarId(3), true);
  wars.set_interstate(WarId(1), false);
  EXPECT_EQ(list(wars.interstate()), (Rows{3})) << "what has become of it is another matter";
  EXPECT_EQ(wars[3].state(), WarState::ended);
  EXPECT_TRUE(wars[3].interstate());
  // What is copied stands as it did.
  const WarId copy = wars.add(wars[3], {{one, 0, 0, 1}});
  EXPECT_EQ(list(wars.ended()), (Rows{0, 3, static_cast<std::uint32_t>(copy.row())}));
  EXPECT_EQ(list(wars.interstate()), (Rows{3, 4}));
  // And what was read from a snapshot is found anew.
  wars.index(3);
  EXPECT_EQ(list(wars.ended()), (Rows{0, 3, 4}));
  EXPECT_EQ(list(wars.interstate()), (Rows{3, 4}));
}

}  // namespace
}  // namespace casus::test
