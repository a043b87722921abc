#include "casus/world/relations.h"

#include <gtest/gtest.h>

#include "casus/core/contracts.h"

namespace casus {
namespace {

constexpr ActorId a{0}, b{1}, c{2};

std::uint64_t digest(const Relations& r) {
  std::uint64_t h = 0;
  r.hash_into(h);
  return h;
}

TEST(Relations, AffinityIsDirected) {
  Relations r(3);
  r.set_affinity(a, b, 0.4);
  EXPECT_EQ(r.affinity(a, b), 0.4);
  EXPECT_EQ(r.affinity(b, a), 0.0);
  r.set_baseline(b, c, -0.3);
  EXPECT_EQ(r.baseline(b, c), -0.3);
  EXPECT_EQ(r.baseline(c, b), 0.0);
  EXPECT_EQ(r.affinity(b, c), 0.0);
}

TEST(Relations, ShocksTakeAShareOfTheRoomLeft) {
  Relations r(2);
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

TEST(Relations, TimeBringsThemBackToTheBaseline) {
  Relations r(2);
  r.set_baseline(a, b, 0.2);
  r.set_affinity(a, b, -0.6);
  r.relax(0.75);
  EXPECT_DOUBLE_EQ(r.affinity(a, b), 0.2 - 0.8 * 0.75);
  // Two half steps are one whole step.
  Relations once(2);
  Relations twice(2);
  for (Relations* x : {&once, &twice}) {
    x->set_baseline(b, a, -0.4);
    x->set_affinity(b, a, 0.9);
  }
  once.relax(0.25);
  twice.relax(0.5);
  twice.relax(0.5);
  EXPECT_DOUBLE_EQ(once.affinity(b, a), twice.affinity(b, a));
}

TEST(Relations, FlagsDoNotTouchEachOther) {
  Relations r(3);
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

TEST(Relations, HostilitiesAreCountedAndSymmetric) {
  Relations r(3);
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

TEST(Relations, ANewcomerSeesAndIsSeenAsItsModelButIsAtWarWithNobody) {
  Relations r(3);
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

TEST(Relations, EveryTableEntersTheHash) {
  const Relations blank(2);
  Relations r(2);
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
  Relations back(2);
  back.set_hosting(b, a, true);
  r = blank;
  r.set_hosting(a, b, true);
  EXPECT_NE(digest(r), digest(back));
}

}  // namespace
}  // namespace casus
