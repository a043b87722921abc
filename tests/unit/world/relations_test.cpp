#include "casus/world/relations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "casus/core/executor.h"
#include "casus/core/ids.h"

namespace casus {
namespace {

constexpr ActorId a{0}, b{1}, c{2};
constexpr std::size_t square = 10'000, rows = 0;

/// All that holds holds of squares and of rows.
class RelationsBothWays : public testing::TestWithParam<std::size_t> {
 protected:
  static Relations make(std::size_t actors) { return Relations(actors, GetParam()); }
};
INSTANTIATE_TEST_SUITE_P(Stored, RelationsBothWays, testing::Values(square, rows),
                         [](const auto& i) { return i.param == rows ? "AsRows" : "AsASquare"; });

std::uint64_t digest(const Relations& r) { return digest_of(r); }

TEST_P(RelationsBothWays, AffinityIsDirected) {
  Relations r = make(3);
  r.set_affinity(a, b, 0.4);
  EXPECT_EQ(r.affinity(a, b), 0.4);
  EXPECT_EQ(r.affinity(b, a), 0.0);
  r.set_baseline(b, c, -0.3);
  EXPECT_EQ(r.baseline(b, c), -0.3);
  EXPECT_EQ(r.baseline(c, b), 0.0);
  EXPECT_EQ(r.affinity(b, c), 0.0);
}

TEST_P(RelationsBothWays, ShocksTakeAShareOfTheRoomLeft) {
  Relations r = make(2);
  r.set_affinity(a, b, 0.5);
  r.move(a, b, 0.5);
  EXPECT_DOUBLE_EQ(r.affinity(a, b), 0.75);
  r.move(a, b, -0.2);
  EXPECT_DOUBLE_EQ(r.affinity(a, b), 0.75 - 0.2 * 1.75);
  for (int i = 0; i < 200; ++i) r.move(a, b, 0.9);
  EXPECT_LE(r.affinity(a, b), 1.0);
  EXPECT_GT(r.affinity(a, b), 0.999);
  for (int i = 0; i < 200; ++i) r.move(a, b, -0.9);
  EXPECT_GE(r.affinity(a, b), -1.0);
  EXPECT_EQ(r.affinity(b, a), 0.0);
}

TEST_P(RelationsBothWays, TimeBringsThemBackToTheBaseline) {
  Relations r = make(2);
  r.set_baseline(a, b, 0.2);
  r.set_affinity(a, b, -0.6);
  r.relax(0.75, *serial_executor());
  EXPECT_DOUBLE_EQ(r.affinity(a, b), 0.2 - 0.8 * 0.75);
  // Two half steps are one whole step.
  Relations once = make(2);
  Relations twice = make(2);
  for (Relations* x : {&once, &twice}) {
    x->set_baseline(b, a, -0.4);
    x->set_affinity(b, a, 0.9);
  }
  once.relax(0.25, *serial_executor());
  twice.relax(0.5, *serial_executor());
  twice.relax(0.5, *serial_executor());
  EXPECT_DOUBLE_EQ(once.affinity(b, a), twice.affinity(b, a));
}

TEST_P(RelationsBothWays, FlagsDoNotTouchEachOther) {
  Relations r = make(3);
  r.set_rivalry(a, b, true);
  r.set_hosting(a, b, true);
  EXPECT_TRUE(r.rivalry(a, b));
  EXPECT_TRUE(r.hosts(a, b));
  EXPECT_FALSE(r.rivalry(b, a));
  EXPECT_FALSE(r.hosts(b, a));
  r.set_rivalry(a, b, false);
  EXPECT_FALSE(r.rivalry(a, b));
  EXPECT_TRUE(r.hosts(a, b));
}

TEST_P(RelationsBothWays, HostilitiesAreCountedAndSymmetric) {
  Relations r = make(3);
  r.add_hostility(a, b, 1);
  r.add_hostility(b, a, 1);
  EXPECT_TRUE(r.at_war(a, b));
  EXPECT_TRUE(r.at_war(b, a));
  EXPECT_FALSE(r.at_war(a, c));
  r.add_hostility(a, b, -1);
  EXPECT_TRUE(r.at_war(b, a)) << "one of the two wars goes on";
  r.add_hostility(a, b, -1);
  EXPECT_FALSE(r.at_war(a, b));
  EXPECT_THROW(r.add_hostility(c, c, 1), ContractError);
  EXPECT_FALSE(r.at_war(c, c));
}

TEST_P(RelationsBothWays, ANewcomerSeesAndIsSeenAsItsModelButIsAtWarWithNobody) {
  Relations r = make(3);
  r.set_affinity(b, a, 0.3);
  r.set_affinity(a, b, -0.7);
  r.set_baseline(b, c, 0.6);
  r.set_rivalry(b, c, true);
  r.set_hosting(c, b, true);
  r.set_affinity(b, b, 1.0);
  r.add_hostility(a, b, 1);
  r.grow(b);
  const ActorId d{3};
  ASSERT_EQ(r.size(), 4U);
  EXPECT_EQ(r.affinity(d, a), 0.3);
  EXPECT_EQ(r.affinity(a, d), -0.7);
  EXPECT_EQ(r.baseline(d, c), 0.6);
  EXPECT_TRUE(r.rivalry(d, c));
  EXPECT_TRUE(r.hosts(c, d));
  EXPECT_EQ(r.affinity(d, d), 1.0);
  EXPECT_FALSE(r.at_war(a, d));
  // What was there before is where it was.
  EXPECT_EQ(r.affinity(a, b), -0.7);
  EXPECT_TRUE(r.at_war(a, b));
  EXPECT_TRUE(r.hosts(c, b));
}

TEST_P(RelationsBothWays, EveryTableEntersTheHash) {
  const Relations blank = make(2);
  Relations r = make(2);
  r.set_affinity(a, b, 0.1);
  EXPECT_NE(digest(r), digest(blank));
  r = blank;
  r.set_baseline(a, b, 0.1);
  EXPECT_NE(digest(r), digest(blank));
  r = blank;
  r.set_rivalry(a, b, true);
  const auto rivals = digest(r);
  EXPECT_NE(rivals, digest(blank));
  r = blank;
  r.set_hosting(a, b, true);
  EXPECT_NE(digest(r), digest(blank));
  EXPECT_NE(digest(r), rivals);
  r = blank;
  r.add_hostility(a, b, 1);
  EXPECT_NE(digest(r), digest(blank));
  // The direction counts.
  Relations back = make(2);
  back.set_hosting(b, a, true);
  r = blank;
  r.set_hosting(a, b, true);
  EXPECT_NE(digest(r), digest(back));
}

TEST_P(RelationsBothWays, WalksVisitWhoIsSeenAndWhoSeesInTheOrderOfRows) {
  Relations r = make(5);
  const ActorId d{3}, e{4};
  r.set_affinity(c, e, -0.5);
  r.set_rivalry(c, a, true);
  r.set_hosting(c, b, true);
  r.add_hostility(d, c, 1);
  r.set_affinity(a, e, 0.25);
  std::vector<ActorId> order;
  r.each_seen_by(c, [&](const Relations::View& view) {
    order.push_back(view.other);
    EXPECT_EQ(view.affinity, r.affinity(c, view.other));
    EXPECT_EQ(view.rivalry, r.rivalry(c, view.other));
    EXPECT_EQ(view.hosts, r.hosts(c, view.other));
    EXPECT_EQ(view.at_war, r.at_war(c, view.other));
  });
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  for (const ActorId seen : {a, b, d, e}) {
    EXPECT_EQ(std::count(order.begin(), order.end(), seen), 1) << seen.row();
  }
  order.clear();
  r.each_viewer_of(e, [&](ActorId viewer) { order.push_back(viewer); });
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  for (const ActorId viewer : {a, c}) {
    EXPECT_EQ(std::count(order.begin(), order.end(), viewer), 1) << viewer.row();
  }
}

TEST(Relations, RowsHoldOnlyWhatThereIsToSay) {
  Relations r(100'000, rows);
  r.set_affinity(ActorId(70'000), ActorId(3), 0.5);
  r.set_rivalry(ActorId(5), ActorId(99'999), false);
  EXPECT_EQ(r.pairs(), 1U);
  std::size_t seen = 0;
  r.each_seen_by(ActorId(70'000), [&](const Relations::View&) { ++seen; });
  EXPECT_EQ(seen, 1U);
}

/// One by one here, all at once there, and by two workers.
template <class Draw>
void move_some(Relations& one_by_one, Relations& at_once, Draw&& draw) {
  std::vector<Relations::Move> moves;
  for (std::size_t from = draw(3); from < at_once.size(); from += 1 + draw(4)) {
    for (std::size_t to = draw(3); to < at_once.size(); to += 1 + draw(9)) {
      const double size = static_cast<double>(draw(2001)) / 1000.0 - 1.0;
      moves.push_back({ActorId(from), ActorId(to), size, draw(2) == 0 ? 0.0 : 0.1 * size});
    }
  }
  for (const Relations::Move& m : moves) {
    one_by_one.move(m.from, m.to, m.size);
    if (m.lasting != 0.0) one_by_one.move_baseline(m.from, m.to, m.lasting);
  }
  at_once.move(moves, *thread_executor(2));
}

/// Who is known is named once, in the order of rows, by those that go over views.
void expect_all_are_named(const Relations& r) {
  for (std::size_t i = 0; i < r.size(); ++i) {
    const ActorId x(i);
    std::vector<ActorId> seen, viewers, apart;
    r.each_seen_by(x, [&](const Relations::View& view) {
      seen.push_back(view.other);
      ASSERT_EQ(view.affinity, r.affinity(x, view.other));
      ASSERT_EQ(view.rivalry, r.rivalry(x, view.other));
      ASSERT_EQ(view.at_war, r.at_war(x, view.other));
    });
    r.each_set_apart_by(x, [&](const Relations::View& view) {
      apart.push_back(view.other);
      ASSERT_EQ(view.affinity, r.affinity(x, view.other));
    });
    r.each_viewer_of(x, [&](ActorId viewer) { viewers.push_back(viewer); });
    EXPECT_LE(viewers.size(), r.viewers_of(x));
    for (const auto* named : {&seen, &viewers, &apart}) {
      EXPECT_TRUE(std::is_sorted(named->begin(), named->end()));
      EXPECT_EQ(std::adjacent_find(named->begin(), named->end()), named->end());
    }
    const auto among = [](const std::vector<ActorId>& named, ActorId y) {
      return std::binary_search(named.begin(), named.end(), y);
    };
    for (std::size_t j = 0; j < r.size(); ++j) {
      const ActorId y(j);
      EXPECT_TRUE(!r.known(x, y) || among(seen, y)) << i << " " << j;
      EXPECT_TRUE(!r.known(y, x) || among(viewers, y)) << i << " " << j;
      if (r.rivalry(x, y) || r.hosts(x, y) || r.at_war(x, y)) {
        EXPECT_TRUE(among(apart, y)) << i << " " << j;
      }
    }
  }
}

/// The same random changes in a square and in rows, births among them.
void expect_same_history(std::size_t actors, std::size_t dense_up_to, std::size_t changes) {
  Relations as_square(actors, square);
  Relations as_rows(actors, dense_up_to);
  std::uint64_t state = 7;
  const auto draw = [&](std::size_t n) {
    return static_cast<std::size_t>((state = mix(state)) % n);
  };
  for (std::size_t i = 0; i < changes; ++i) {
    const ActorId x(draw(as_square.size())), y(draw(as_square.size()));
    const double size = static_cast<double>(draw(2001)) / 1000.0 - 1.0;
    const std::size_t what = draw(40);
    for (Relations* r : {&as_square, &as_rows}) {
      if (what < 10) r->move(x, y, size);
      if (what < 3) r->move_baseline(x, y, 0.1 * size);
      if (what == 10) r->set_affinity(x, y, size);
      if (what == 11) r->set_baseline(x, y, size);
      if (what == 12) r->set_rivalry(x, y, size > 0.0);
      if (what == 13) r->set_hosting(x, y, size > -0.5);
      if (what == 14 && x != y) r->add_hostility(x, y, 1);
      if (what == 15 && x != y && r->at_war(x, y)) r->add_hostility(x, y, -1);
      if (what == 16) r->relax(0.9, *serial_executor());
      if (what == 17) r->grow(x);
    }
    if (what == 18) move_some(as_square, as_rows, draw);
  }
  ASSERT_EQ(as_square.size(), as_rows.size());
  EXPECT_EQ(digest(as_square), digest(as_rows));
  for (std::size_t i = 0; i < as_rows.size(); ++i) {
    for (std::size_t j = 0; j < as_rows.size(); ++j) {
      const ActorId x(i), y(j);
      ASSERT_EQ(as_square.affinity(x, y), as_rows.affinity(x, y)) << i << " " << j;
      ASSERT_EQ(as_square.baseline(x, y), as_rows.baseline(x, y)) << i << " " << j;
      ASSERT_EQ(as_square.rivalry(x, y), as_rows.rivalry(x, y)) << i << " " << j;
      ASSERT_EQ(as_square.hosts(x, y), as_rows.hosts(x, y)) << i << " " << j;
      ASSERT_EQ(as_square.at_war(x, y), as_rows.at_war(x, y)) << i << " " << j;
      ASSERT_EQ(as_square.known(x, y), as_rows.known(x, y)) << i << " " << j;
    }
  }
  expect_all_are_named(as_rows);
}

TEST(Relations, SquaresAndRowsAreTheSameThroughout) {
  expect_same_history(4, rows, 2000);
  expect_same_history(60, rows, 4000);
}

TEST(Relations, WhatManySeeOfManyCostsANumberEach) {
  constexpr std::size_t viewers = 20, seen = 1900;
  Relations r(2000, rows);
  const auto see = [&](std::size_t begin, std::size_t end) {
    std::vector<Relations::Move> moves;
    for (std::size_t from = 0; from < viewers; ++from) {
      for (std::size_t to = begin; to < end; ++to)
        moves.push_back({ActorId(from), ActorId(to), 0.1});
    }
    r.move(moves, *serial_executor());
    r.relax(0.9, *serial_executor());
  };
  const std::size_t nobody = r.bytes();
  see(100, 100 + seen / 2);
  const std::size_t half = r.bytes();
  EXPECT_EQ(r.pairs(), viewers * seen / 2);
  EXPECT_LT(half - nobody, 10 * r.pairs());
  see(100 + seen / 2, 100 + seen);
  EXPECT_EQ(r.pairs(), viewers * seen);
  EXPECT_LT(r.bytes() - nobody, 10 * r.pairs());
  // A rival is set apart; nothing else of the view changes, and nobody else's.
  const double view = r.affinity(ActorId(3), ActorId(700));
  r.set_rivalry(ActorId(3), ActorId(700), true);
  EXPECT_EQ(r.affinity(ActorId(3), ActorId(700)), view);
  EXPECT_EQ(r.pairs(), viewers * seen);
  std::size_t apart = 0;
  r.each_set_apart_by(ActorId(3), [&](const Relations::View& v) {
    EXPECT_TRUE(v.rivalry);
    ++apart;
  });
  EXPECT_EQ(apart, 1U);
}

/// Whom each sets apart, and as what.
std::vector<std::vector<std::array<std::size_t, 4>>> set_apart(const Relations& r) {
  std::vector<std::vector<std::array<std::size_t, 4>>> all(r.size());
  for (std::size_t from = 0; from < r.size(); ++from) {
    r.each_set_apart_by(ActorId(from), [&](const Relations::View& v) {
      if (!v.rivalry && !v.hosts && !v.at_war) return;
      all[from].push_back({v.other.row(), v.rivalry, v.hosts, v.at_war});
    });
  }
  return all;
}

// Whoever keeps what follows from that looks again at those who are named, and at no others.
void expect_all_named(std::size_t dense_up_to) {
  Relations r(6, dense_up_to);
  std::uint64_t state = 5;
  const auto draw = [&](std::size_t n) {
    return static_cast<std::size_t>((state = mix(state)) % n);
  };
  std::size_t changed = 0;
  for (int i = 0; i < 600; ++i) {
    const auto before = set_apart(r);
    const std::size_t named = r.changed_sides().size();
    const ActorId x(draw(r.size())), y(draw(r.size()));
    const std::size_t what = draw(5);
    if (what == 0) r.set_rivalry(x, y, draw(2) == 0);
    if (what == 1) r.set_hosting(x, y, draw(2) == 0);
    if (what == 2 && x != y) r.add_hostility(x, y, 1);
    if (what == 3 && x != y && r.at_war(x, y)) r.add_hostility(x, y, -1);
    if (what == 4 && i % 10 == 0) r.grow(x);
    if (i % 50 == 0) r.relax(0.9, *serial_executor());
    const auto after = set_apart(r);
    const auto& all = r.changed_sides();
    for (std::size_t from = 0; from < after.size(); ++from) {
      if (from < before.size() ? after[from] == before[from] : after[from].empty()) continue;
      ++changed;
      EXPECT_NE(
          std::find(all.begin() + static_cast<std::ptrdiff_t>(named), all.end(), ActorId(from)),
          all.end())
          << "actor " << from << ", change " << i << " of kind " << what;
    }
  }
  EXPECT_GT(changed, 100U) << "or nothing was tested";
}

TEST(Relations, NameThoseWhoseSidesHaveChanged) {
  expect_all_named(square);
  expect_all_named(rows);
  expect_all_named(10);  // which it outgrows
}

TEST(Relations, ASquareThatOutgrowsItsLimitBecomesRows) { expect_same_history(5, 12, 2000); }

// So large that most views come to be on the board.
TEST(Relations, TheHashOfLargeOnesKnowsNoStorageEither) { expect_same_history(300, rows, 3000); }

}  // namespace
}  // namespace casus
