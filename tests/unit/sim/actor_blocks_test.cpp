#include "sim/actor_blocks.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace casus {
namespace {

/// So many actors, of which every `states`-th is a state.
World world_of(std::size_t n, std::size_t states) {
  World w;
  for (std::size_t a = 0; a < n; ++a) {
    w.actors.kind.push_back(a % states == 0 ? ActorKind::state : ActorKind::armed_group);
  }
  w.actors.key.resize(n);
  index_rows(w);
  return w;
}

TEST(ActorBlocks, HaveEachActorOnceAndEachStateAlone) {
  for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{64}, std::size_t{1000}}) {
    const World w = world_of(n, 90);
    const ActorBlocks blocks(w);
    std::vector<int> seen(n, 0);
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      std::size_t states = 0, others = 0;
      blocks.each(b, [&](std::size_t a) {
        ++seen[a];
        ++(w.actors.kind[a] == ActorKind::state ? states : others);
      });
      EXPECT_TRUE(states == 0 || (states == 1 && others == 0)) << n << ": block " << b;
      EXPECT_EQ(states == 1, b < w.of_kind(ActorKind::state).size()) << "they come first";
      EXPECT_LE(others, 64U);
    }
    EXPECT_EQ(seen, std::vector<int>(n, 1)) << n;
  }
}

}  // namespace
}  // namespace casus
