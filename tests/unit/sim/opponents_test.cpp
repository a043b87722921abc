#include "sim/opponents.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "casus/core/archive.h"
#include "sandbox.h"

namespace casus::test {
namespace {

/// Whom the world says that it has to be on its guard against.
std::vector<ActorId> opponents_of(const World& w, ActorId actor) {
  std::vector<ActorId> all;
  for (std::size_t b = 0; b < w.actors.size(); ++b) {
    const ActorId other(b);
    const bool next_door = w.relations.rivalry(actor, other) && neighbours(w, actor, other);
    if (w.relations.at_war(actor, other) || next_door) all.push_back(other);
  }
  return all;
}

std::size_t expect_as_the_world_says(const Opponents& opponents, const World& w) {
  std::size_t found = 0;
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    EXPECT_EQ(opponents.of(ActorId(a)), opponents_of(w, ActorId(a))) << "actor " << a;
    found += opponents.of(ActorId(a)).size();
  }
  return found;
}

// As a square and as rows: whatever may set two apart is seen on the same day.
TEST(Opponents, FollowWarsRivalriesAndBirths) {
  for (const std::size_t dense : {Relations::usual_dense, std::size_t{0}}) {
    World w = make_world(ring(12), {1, 0}, dense);
    const auto executor = serial_executor();
    Opponents opponents;
    std::size_t found = 0;
    std::uint64_t state = 7;
    const auto draw = [&](std::size_t n) {
      return static_cast<std::size_t>((state = mix(state)) % n);
    };
    for (int day = 0; day < 300; ++day) {
      const ActorId a(draw(w.actors.size()));
      const std::size_t what = draw(5);
      // Somebody next door now and then, or no rivalry would count.
      ActorId b(draw(w.actors.size()));
      if (what < 2) b = w.bordering[draw(w.bordering.size())].second;
      if (a == b) continue;
      if (what == 0) w.relations.set_rivalry(a, b, true);
      if (what == 1) w.relations.set_rivalry(a, b, false);
      if (what == 2) w.relations.add_hostility(a, b, 1);
      if (what == 3 && w.relations.at_war(a, b)) w.relations.add_hostility(a, b, -1);
      if (what == 4 && day % 20 == 0) {
        const std::string name = "born " + std::to_string(day);
        spawn(w, a, name, ActorKey{mix(static_cast<std::uint64_t>(day))}, 0);
      }
      opponents.update(w, *executor);
      found += expect_as_the_world_says(opponents, w);
    }
    EXPECT_GT(found, 1000U) << "there are some, or nothing was tested";
  }
}

// Another past: what was kept says nothing about it.
TEST(Opponents, AreLookedForAnewWhenTheWorldWasRead) {
  World w = make_world(ring(6), {1, 0});
  const auto executor = serial_executor();
  const auto [a, b] = w.bordering.front();
  Writer saved;
  saved(w);
  w.relations.set_rivalry(a, b, !w.relations.rivalry(a, b));
  Opponents opponents;
  opponents.update(w, *executor);
  const std::size_t before = opponents.of(a).size();
  Reader read(saved.bytes());
  read(w);
  index_rows(w);
  opponents.update(w, *executor);
  EXPECT_NE(opponents.of(a).size(), before);
  expect_as_the_world_says(opponents, w);
}

}  // namespace
}  // namespace casus::test
