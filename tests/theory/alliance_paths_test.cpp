// Alliances that are made and left for gain never come to rest, but where none pays (Jackson & Nei
// 2015, theorem 1), beyond the sizes whose networks can all be looked at.
#include <gtest/gtest.h>

#include <vector>

#include "casus/classics/alliance_networks.h"

namespace casus::classics {
namespace {

rules::AllianceNetwork ring(std::size_t n) {
  rules::AllianceNetwork network(n);
  for (std::size_t i = 0; i < n; ++i) network.link(i, (i + 1) % n);
  return network;
}

TEST(AlliancePaths, OnlyTheEmptyNetworkIsARest) {
  for (const std::size_t n : {6U, 8U}) {
    for (const double gamma : {1.0, 1.5, 2.0, 3.0}) {
      for (const bool of_equals : {true, false}) {
        std::vector<double> power(n, 1.0);
        for (std::size_t i = 0; i < n && !of_equals; ++i) power[i] += 0.1 * static_cast<double>(i);
        for (const std::uint64_t seed : {1U, 2U, 3U}) {
          const AlliancePath path = follow_alliances(ring(n), power, gamma, 400, seed);
          EXPECT_TRUE(!path.stable || path.network.links() == 0) << n << ' ' << gamma;
          EXPECT_EQ(path.network.links(), n + path.links_made - path.links_left);
        }
      }
    }
  }
}

// A pair of equals beats a third iff 2 > gamma: then the empty network invites a link, and else
// nobody gains by any.
TEST(AlliancePaths, AdvantageOfTwoKeepsThePeaceWithoutAlliances) {
  const std::vector<double> power(5, 1.0);
  const AlliancePath quiet = follow_alliances(rules::AllianceNetwork(5), power, 2.0, 400, 1);
  EXPECT_TRUE(quiet.stable);
  EXPECT_EQ(quiet.changes, 0U);
  const AlliancePath restless = follow_alliances(rules::AllianceNetwork(5), power, 1.99, 400, 1);
  EXPECT_FALSE(restless.stable);
  EXPECT_EQ(restless.changes, 400U);
  EXPECT_GT(restless.links_left, 0U);
  EXPECT_GT(restless.unsafe, 0U);
}

}  // namespace
}  // namespace casus::classics
