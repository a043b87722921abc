#include "casus/rules/networks.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "casus/core/contracts.h"

namespace casus::rules {
namespace {

/// Network number `bits` among the 2^(n(n-1)/2) on n countries.
AllianceNetwork numbered(std::size_t n, unsigned bits) {
  AllianceNetwork network(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j, bits >>= 1) {
      if ((bits & 1U) != 0) network.link(i, j);
    }
  }
  return network;
}

unsigned networks_of(std::size_t n) { return 1U << (n * (n - 1) / 2); }

/// Vulnerability by its definition: every aggressor and every subset of its allies.
bool vulnerable_by_definition(const AllianceNetwork& network, const std::vector<double>& power,
                              double gamma, std::size_t i) {
  const std::size_t n = network.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (unsigned c = 0; c < (1U << n); ++c) {
      const auto in = [c](std::size_t k) { return ((c >> k) & 1U) != 0; };
      if (!in(j) || in(i)) continue;
      bool allies_only = true;
      double attack = 0.0;
      double defence = power[i];
      for (std::size_t k = 0; k < n; ++k) {
        if (in(k)) {
          allies_only = allies_only && (k == j || network.linked(j, k));
          attack += power[k];
        } else if (network.linked(i, k)) {
          defence += power[k];
        }
      }
      if (allies_only && attack > gamma * defence) return true;
    }
  }
  return false;
}

/// Whether some coalition of an aggressor and its allies, i and j in it, beats somebody.
bool both_win_by_definition(const AllianceNetwork& network, const std::vector<double>& power,
                            double gamma, std::size_t i, std::size_t j) {
  const std::size_t n = network.size();
  for (std::size_t target = 0; target < n; ++target) {
    for (unsigned c = 0; c < (1U << n); ++c) {
      const auto in = [c](std::size_t k) { return ((c >> k) & 1U) != 0; };
      if (!in(i) || !in(j) || in(target)) continue;
      bool has_leader = false;
      double attack = 0.0;
      double defence = power[target];
      for (std::size_t k = 0; k < n; ++k) {
        if (in(k)) {
          bool leads = true;
          for (std::size_t l = 0; l < n; ++l) {
            leads = leads && (!in(l) || l == k || network.linked(k, l));
          }
          has_leader = has_leader || leads;
          attack += power[k];
        } else if (network.linked(target, k)) {
          defence += power[k];
        }
      }
      if (has_leader && attack > gamma * defence) return true;
    }
  }
  return false;
}

WarStability stability_by_definition(const AllianceNetwork& network,
                                     const std::vector<double>& power, double gamma) {
  const std::size_t n = network.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (vulnerable_by_definition(network, power, gamma, i)) {
      return WarStability::somebody_vulnerable;
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      AllianceNetwork changed = network;
      if (network.linked(i, j)) {
        changed.unlink(i, j);
        if (!vulnerable_by_definition(changed, power, gamma, i) ||
            !vulnerable_by_definition(changed, power, gamma, j)) {
          return WarStability::link_not_needed;
        }
      } else {
        changed.link(i, j);
        if (both_win_by_definition(changed, power, gamma, i, j)) {
          return WarStability::link_invites_attack;
        }
      }
    }
  }
  return WarStability::stable;
}

TEST(AllianceNetworks, StabilityIsAsDefined) {
  int reasons[4] = {0, 0, 0, 0};
  for (const auto& power : {std::vector<double>{1, 1, 1, 1},
                            {3, 2, 2, 2},
                            {4, 3, 2, 2},
                            {5, 3, 3, 2},
                            {6, 4, 4, 3},
                            {7, 5, 4, 4}}) {
    for (const double gamma : {0.6, 1.0, 1.4, 1.8, 2.2}) {
      for (unsigned bits = 0; bits < networks_of(4); ++bits) {
        const AllianceNetwork network = numbered(4, bits);
        const WarStability expected = stability_by_definition(network, power, gamma);
        ASSERT_EQ(war_stability(network, power, gamma).result, expected);
        ++reasons[static_cast<std::size_t>(expected)];
      }
    }
  }
  for (const int count : reasons) EXPECT_GT(count, 0);
}

TEST(AllianceNetworks, LargestCoalitionSuffices) {
  const std::vector<double> power{3, 1, 2, 1};
  for (const double gamma : {0.8, 1.0, 1.5, 2.5}) {
    for (unsigned bits = 0; bits < networks_of(4); ++bits) {
      const AllianceNetwork network = numbered(4, bits);
      for (std::size_t i = 0; i < 4; ++i) {
        ASSERT_EQ(vulnerable(network, power, gamma, i),
                  vulnerable_by_definition(network, power, gamma, i));
      }
    }
  }
}

TEST(AllianceNetworks, CountsWithoutVulnerableCountries) {
  const std::vector<double> power(4, 1.0);
  const auto count = [&](double gamma) {
    int safe = 0;
    for (unsigned bits = 0; bits < networks_of(4); ++bits) {
      safe += vulnerable_countries(numbered(4, bits), power, gamma).empty() ? 1 : 0;
    }
    return safe;
  };
  EXPECT_EQ(count(1.0), 4);
  EXPECT_EQ(count(2.0), 10);
  EXPECT_EQ(count(3.0), 64);
}

TEST(AllianceNetworks, NoNetworkButTheEmptyOneIsWarStable) {
  for (const std::size_t n : {3U, 4U, 5U}) {
    const std::vector<double> power(n, 1.0);
    for (const double gamma : {1.0, 1.5, 2.0, 3.0}) {
      for (unsigned bits = 1; bits < networks_of(n); ++bits) {
        ASSERT_NE(war_stability(numbered(n, bits), power, gamma).result, WarStability::stable);
      }
    }
  }
}

TEST(AllianceNetworks, VerdictsNameTheirWitness) {
  const std::vector<double> equal(3, 1.0);
  // Two against one.
  const auto attacked = war_stability(numbered(3, 1), equal, 1.5);
  EXPECT_EQ(attacked.result, WarStability::somebody_vulnerable);
  EXPECT_EQ(attacked.witness, std::pair(2U, 2U));
  // Nobody alone beats anybody, but any two would.
  EXPECT_EQ(war_stability(numbered(3, 0), equal, 1.5).result, WarStability::link_invites_attack);
  // Defence strong enough: peace without pacts, and pacts nobody needs.
  EXPECT_EQ(war_stability(numbered(3, 0), equal, 2.5).result, WarStability::stable);
  const auto idle = war_stability(numbered(3, 1), equal, 2.5);
  EXPECT_EQ(idle.result, WarStability::link_not_needed);
  EXPECT_EQ(idle.witness, std::pair(0U, 1U));
}

TEST(AllianceNetworks, LinksAreKeptInOrder) {
  AllianceNetwork network(4);
  network.link(2, 3);
  network.link(2, 0);
  EXPECT_EQ(network.links(), 2U);
  EXPECT_EQ(network.allies(2)[0], 0U);
  EXPECT_TRUE(network.linked(0, 2));
  network.unlink(0, 2);
  EXPECT_FALSE(network.linked(2, 0));
  EXPECT_THROW(network.unlink(0, 2), ContractError);
  EXPECT_THROW(network.link(2, 3), ContractError);
  EXPECT_THROW(network.link(1, 1), ContractError);
  EXPECT_THROW(network.link(1, 4), ContractError);
}

}  // namespace
}  // namespace casus::rules
