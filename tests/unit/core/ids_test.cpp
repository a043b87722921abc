#include "casus/core/ids.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <set>
#include <string>
#include <type_traits>

namespace casus {
namespace {

static_assert(!std::is_convertible_v<ActorId, RegionId>);
static_assert(!std::is_convertible_v<ActorKey, RegionKey>);
static_assert(!std::is_convertible_v<std::size_t, ActorId>);
static_assert(actor_key("mali").value != region_key("mali").value);

TEST(Id, DefaultIsNone) {
  EXPECT_FALSE(ActorId().valid());
  EXPECT_TRUE(ActorId(0).valid());
  EXPECT_EQ(ActorId(7).row(), 7U);
  EXPECT_LT(ActorId(1), ActorId(2));
  EXPECT_LT(ActorId(2), ActorId());  // none sorts last
}

TEST(NameKey, IsFixedAndDistinct) {
  // FNV-1a of "" is its offset basis; of "a", 0xaf63dc4c8601ec8c (published test vectors).
  EXPECT_EQ(name_hash(""), mix(0xcbf29ce484222325ULL));
  EXPECT_EQ(name_hash("a"), mix(0xaf63dc4c8601ec8cULL));
  EXPECT_EQ(name_hash("foobar"), mix(0x85944171f73967e8ULL));
  std::set<std::uint64_t> keys;
  for (int i = 0; i < 20000; ++i) keys.insert(name_hash("region " + std::to_string(i)));
  EXPECT_EQ(keys.size(), 20000U);
}

TEST(Mix, IsTheFinaliserOfSplitMix64) {
  // First output of SplitMix64 seeded with 1234567 (published test vector).
  EXPECT_EQ(mix(1234567ULL + 0x9e3779b97f4a7c15ULL), 6457827717110365317ULL);
  EXPECT_NE(mix(1, 2), mix(2, 1));
}

TEST(Mix, FlipsHalfTheBits) {
  double flips = 0.0;
  for (int bit = 0; bit < 64; ++bit) {
    for (std::uint64_t x = 0; x < 64; ++x) {
      flips += std::popcount(mix(x, 5) ^ mix(x ^ (1ULL << bit), 5));
      flips += std::popcount(mix(5, x) ^ mix(5, x ^ (1ULL << bit)));
    }
  }
  EXPECT_NEAR(flips / (2.0 * 64.0 * 64.0), 32.0, 4.0 * 4.0 / std::sqrt(2.0 * 64.0 * 64.0));
}

TEST(BornKey, DependsOnParentStepAndOrdinal) {
  const ActorKey parent = actor_key("jnim");
  std::set<std::uint64_t> keys = {parent.value};
  for (std::uint64_t step = 0; step < 30; ++step) {
    for (std::uint32_t ordinal = 0; ordinal < 30; ++ordinal) {
      keys.insert(born_key(parent, step, ordinal).value);
    }
  }
  EXPECT_EQ(keys.size(), 901U);
  EXPECT_NE(born_key(actor_key("isgs"), 1, 0), born_key(parent, 1, 0));
}

}  // namespace
}  // namespace casus
