#include "casus/world/hostile_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "casus/core/archive.h"
#include "sandbox.h"

namespace casus::test {
namespace {

void expect_as_the_world_says(const HostileRows& rows, const World& w) {
  for (std::size_t r = 0; r < w.regions.size(); ++r) {
    const auto here = w.presences_in(RegionId(r));
    EXPECT_EQ(rows.any_in(RegionId(r)),
              std::any_of(here.begin(), here.end(), [&](std::uint32_t i) { return rows[i]; }))
        << "region " << r;
  }
  for (std::size_t i = 0; i < w.presences.size(); ++i) {
    EXPECT_EQ(rows[i], w.hostile_in(w.presences.actor[i], w.presences.region[i])) << "row " << i;
  }
}

TEST(HostileRows, FollowWarsAndRowsAsTheyComeAndGo) {
  World w = make_world(ring(30), {1, 0});
  const auto executor = serial_executor();
  HostileRows rows;
  std::size_t hostile = 0;
  std::uint64_t state = 5;
  const auto draw = [&](std::size_t n) {
    return static_cast<std::size_t>((state = mix(state)) % n);
  };
  for (int day = 0; day < 300; ++day) {
    const ActorId a(draw(w.actors.size())), b(draw(w.actors.size()));
    const std::size_t what = draw(4);
    if (what == 0) w.require(a, RegionId(draw(w.regions.size())), Role::deployment);
    // Wars within wars: hostilities are counted, and end when the last of them does.
    if (what == 1 && w.relations.at_war(a, b)) w.relations.add_hostility(a, b, -1);
    if (what > 1 && a != b) w.relations.add_hostility(a, b, 1);
    if (day % 3 == 0) rows.update(w, *executor);
    if (day % 3 == 0) expect_as_the_world_says(rows, w);
    if (day % 3 == 0 && rows[w.presences.size() - 1]) ++hostile;
  }
  EXPECT_GT(hostile, 5U) << "some are, or nothing was tested";
  EXPECT_LT(hostile, 95U);
}

// Another past: what was kept says nothing about it.
TEST(HostileRows, AreLookedAtAnewWhenTheWorldWasRead) {
  World w = make_world(ring(6), {1, 0});
  const auto executor = serial_executor();
  const ActorId state(0), other(2);
  Writer saved;
  saved(w);
  const auto row = w.presences_of(state).front();
  const auto arrive = [&] { return w.require(other, w.presences.region[row], Role::deployment); };
  arrive();
  w.relations.add_hostility(other, state, 1);
  HostileRows rows;
  rows.update(w, *executor);
  EXPECT_TRUE(rows[arrive().row()]);
  Reader read(saved.bytes());
  read(w);
  index_rows(w);
  arrive();
  rows.update(w, *executor);
  EXPECT_FALSE(rows[arrive().row()]);
  expect_as_the_world_says(rows, w);
}

}  // namespace
}  // namespace casus::test
