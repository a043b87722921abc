#include "casus/rules/effort.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <array>
#include <cstdlib>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "casus/core/contracts.h"

namespace casus::rules {
namespace {

/// Payoff of group i at the given efforts.
double payoff(const EffortGame& game, std::span<const double> x, std::size_t i) {
  std::vector<double> phi(x.begin(), x.end());
  for (std::size_t k = 0; k < phi.size() && !game.shifters.empty(); ++k) phi[k] += game.shifters[k];
  const auto spill = [&](std::span<const GroupLink> links, double weight) {
    for (const GroupLink& l : links) {
      phi[l.a] += weight * x[l.b];
      phi[l.b] += weight * x[l.a];
    }
  };
  spill(game.alliances, game.beta);
  spill(game.enmities, -game.gamma);
  double sum = 0.0;
  for (const double p : phi) sum += p;
  return game.value * phi[i] / sum - (game.unit_costs.empty() ? 1.0 : game.unit_costs[i]) * x[i];
}

TEST(Effort, WithoutLinksItIsTullocksContest) {
  // n groups, V (n - 1) / n^2 each.
  const EffortEquilibrium e = effort_equilibrium({.groups = 4, .value = 100.0});
  ASSERT_EQ(e.status, EffortStatus::solved);
  for (const double x : e.effort) EXPECT_NEAR(x, 100.0 * 3 / 16, 1e-10);
  EXPECT_NEAR(e.lambda, 0.75, 1e-12);
  EXPECT_NEAR(e.total, 75.0, 1e-10);
}

TEST(Effort, TwoGroupsOfUnequalCost) {
  // x_i = V c_j / (c_1 + c_2)^2.
  const std::array costs{1.0, 2.0};
  const auto e = effort_equilibrium({.groups = 2, .value = 9.0, .unit_costs = costs});
  ASSERT_EQ(e.status, EffortStatus::solved);
  EXPECT_NEAR(e.effort[0], 2.0, 1e-12);
  EXPECT_NEAR(e.effort[1], 1.0, 1e-12);
}

TEST(Effort, NobodyGainsByDeviating) {
  const std::array<GroupLink, 2> allies{{{0, 1}, {3, 4}}};
  const std::array<GroupLink, 3> enemies{{{0, 3}, {1, 2}, {2, 4}}};
  const std::array costs{1.0, 1.2, 0.8, 1.0, 1.5};
  const std::array shifters{0.1, -0.2, 0.0, 0.3, 0.0};
  const EffortGame game{.groups = 5,
                        .alliances = allies,
                        .enmities = enemies,
                        .beta = 0.15,
                        .gamma = 0.1,
                        .value = 20.0,
                        .unit_costs = costs,
                        .shifters = shifters};
  const auto e = effort_equilibrium(game);
  ASSERT_EQ(e.status, EffortStatus::solved);
  for (std::size_t i = 0; i < 5; ++i) {
    const double here = payoff(game, e.effort, i);
    for (const double change : {-0.05, -1e-3, 1e-3, 0.05}) {
      auto x = e.effort;
      x[i] += change;
      EXPECT_LT(payoff(game, x, i), here) << i << ' ' << change;
    }
  }
}

TEST(Effort, EnemiesFightMoreAndAlliesLess) {
  const std::array<GroupLink, 1> pair{{{0, 1}}};
  const auto neutral = effort_equilibrium({.groups = 3, .value = 10.0});
  const auto allied = effort_equilibrium({.groups = 3, .alliances = pair, .value = 10.0});
  const auto hostile = effort_equilibrium({.groups = 3, .enmities = pair, .value = 10.0});
  EXPECT_LT(allied.total, neutral.total);
  EXPECT_GT(hostile.total, neutral.total);
}

TEST(Effort, GuardsSayWhatIsWrong) {
  const std::array<GroupLink, 3> star{{{0, 1}, {0, 2}, {0, 3}}};
  const auto many = effort_equilibrium({.groups = 4, .enmities = star, .gamma = 0.4});
  EXPECT_EQ(many.status, EffortStatus::multiplier_not_positive);
  EXPECT_EQ(many.offenders, std::vector<std::uint32_t>{0});
  EXPECT_TRUE(many.effort.empty());
  // An allied pair with beta > 1: row sums positive, I + beta A not positive definite.
  const std::array<GroupLink, 1> pair{{{0, 1}}};
  EXPECT_EQ(effort_equilibrium({.groups = 2, .alliances = pair, .beta = 1.5}).status,
            EffortStatus::not_positive_definite);
  const std::array costs{1.0, 1.0, 30.0};
  const auto dear = effort_equilibrium({.groups = 3, .unit_costs = costs});
  EXPECT_EQ(dear.negative, std::vector<std::uint32_t>{2});
}

TEST(Effort, RefusesBrokenLinks) {
  const std::array<GroupLink, 2> twice{{{0, 1}, {1, 0}}};
  EXPECT_THROW(effort_equilibrium({.groups = 2, .alliances = twice}), ContractError);
  const std::array<GroupLink, 1> self{{{1, 1}}};
  EXPECT_THROW(effort_equilibrium({.groups = 2, .alliances = self}), ContractError);
  const std::array<GroupLink, 1> beyond{{{0, 2}}};
  EXPECT_THROW(effort_equilibrium({.groups = 2, .enmities = beyond}), ContractError);
}

// Removals, the paper's question of which groups matter. In networks in which all are alike the
// rent dissipated is value (Gamma - 1 / n), so that what a removal does is known.

/// All of n groups linked to each other.
std::vector<GroupLink> all_linked(std::uint32_t n) {
  std::vector<GroupLink> links;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = i + 1; j < n; ++j) links.push_back({i, j});
  }
  return links;
}

/// The game without a group: its links gone and the others moved up.
struct Reduced {
  std::vector<GroupLink> alliances, enmities;
  std::vector<double> shifters;
  EffortGame game;

  Reduced(const EffortGame& whole, std::uint32_t removed) : game(whole) {
    const auto moved = [&](std::uint32_t i) { return i > removed ? i - 1 : i; };
    const auto without = [&](std::span<const GroupLink> links, std::vector<GroupLink>& out) {
      for (const GroupLink& l : links) {
        if (l.a != removed && l.b != removed) out.push_back({moved(l.a), moved(l.b)});
      }
    };
    without(whole.alliances, alliances);
    without(whole.enmities, enmities);
    for (std::uint32_t i = 0; i < whole.shifters.size(); ++i) {
      if (i != removed) shifters.push_back(whole.shifters[i]);
    }
    game.groups = whole.groups - 1;
    game.alliances = alliances;
    game.enmities = enmities;
    game.shifters = shifters;
  }
};

/// Total effort by the published formula, with dense matrices.
double dense_total(const EffortGame& g) {
  const auto n = static_cast<Eigen::Index>(g.groups);
  Eigen::MatrixXd m = Eigen::MatrixXd::Identity(n, n);
  Eigen::VectorXd z = Eigen::VectorXd::Zero(n);
  for (const GroupLink& l : g.alliances) m(l.a, l.b) = m(l.b, l.a) = g.beta;
  for (const GroupLink& l : g.enmities) m(l.a, l.b) = m(l.b, l.a) = -g.gamma;
  for (Eigen::Index i = 0; i < n && !g.shifters.empty(); ++i) {
    z[i] = g.shifters[static_cast<std::size_t>(i)];
  }
  const Eigen::VectorXd gamma = m.rowwise().sum().cwiseInverse();
  const double lambda = 1.0 - 1.0 / gamma.sum();
  return (m.inverse() * (g.value * lambda * (1.0 - lambda) * gamma - z)).sum();
}

TEST(EffortRemovals, AmongAlliesAndAmongEnemiesAreKnown) {
  constexpr double value = 10.0, link = 0.05;
  for (const std::uint32_t n : {4U, 6U, 9U}) {
    const std::vector<GroupLink> links = all_linked(n);
    const auto total = [&](double spill, std::uint32_t k) {
      return value * (1.0 / (1.0 + spill * (k - 1.0)) - 1.0 / k);
    };
    const EffortGame allies{
        .groups = n, .alliances = links, .beta = link, .gamma = link, .value = value};
    const EffortGame enemies{
        .groups = n, .enmities = links, .beta = link, .gamma = link, .value = value};
    EXPECT_NEAR(effort_equilibrium(allies).total, total(link, n), 1e-10);
    EXPECT_NEAR(effort_equilibrium(Reduced(allies, 1).game).total, total(link, n - 1), 1e-10);
    EXPECT_NEAR(effort_equilibrium(enemies).total, total(-link, n), 1e-10);
    EXPECT_NEAR(effort_equilibrium(Reduced(enemies, 1).game).total, total(-link, n - 1), 1e-10);
    // Without one enemy of all there is less fighting. One ally less leaves fewer to fight and
    // those with more reason to: from 1 / root of the spill-over on, that is more fighting, not
    // less.
    EXPECT_LT(total(-link, n - 1), total(-link, n));
    EXPECT_EQ(effort_equilibrium(Reduced(allies, 0).game).total > effort_equilibrium(allies).total,
              n > 5);
  }
}

TEST(EffortRemovals, OfABlocLeavesTheOther) {
  // Two blocs of three, allied within and enemies across; then one alone.
  const std::vector<GroupLink> within{{0, 1}, {0, 2}, {1, 2}, {3, 4}, {3, 5}, {4, 5}};
  std::vector<GroupLink> across;
  for (std::uint32_t i = 0; i < 3; ++i) {
    for (std::uint32_t j = 3; j < 6; ++j) across.push_back({i, j});
  }
  const EffortGame both{
      .groups = 6, .alliances = within, .enmities = across, .beta = 0.1, .gamma = 0.05};
  EXPECT_NEAR(effort_equilibrium(both).total, 1.0 / (1.0 + 0.2 - 0.15) - 1.0 / 6, 1e-12);
  const Reduced five(both, 5), four(five.game, 4), three(four.game, 3);
  EXPECT_NEAR(effort_equilibrium(three.game).total, 1.0 / 1.2 - 1.0 / 3, 1e-12);
}

// The Second Congo War, on the authors' replication data.

struct CongoWar {
  std::vector<std::string> names;
  std::vector<double> fighting, shifters;
  std::vector<GroupLink> alliances, enmities;

  EffortGame game() const {
    return {.groups = names.size(),
            .alliances = alliances,
            .enmities = enmities,
            .beta = 0.11401761,
            .gamma = 0.083189711,
            .shifters = shifters};
  }
  /// Change of total fighting, in percent, when these groups' costs are ten times higher.
  double embargo(const std::vector<std::string>& targets) const {
    std::vector<double> costs(names.size(), 1.0);
    for (std::size_t i = 0; i < names.size(); ++i) {
      for (const auto& t : targets) {
        if (names[i] == t) costs[i] = 10.0;
      }
    }
    EffortGame changed = game();
    const double before = effort_equilibrium(changed).total;
    changed.unit_costs = costs;
    return 100.0 * (effort_equilibrium(changed).total / before - 1.0);
  }
};

std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> result(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      result.emplace_back();
    } else if (c != '\r') {
      result.back() += c;
    }
  }
  return result;
}

class CongoWarTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("CASUS_DATA");
    if (folder == nullptr) GTEST_SKIP() << "CASUS_DATA names no data folder";
    const std::string networks = std::string(folder) + "/networks/";
    std::ifstream groups(networks + "congo_war_groups.csv");
    std::ifstream links(networks + "congo_war_links.csv");
    if (!groups || !links) GTEST_SKIP() << "no congo_war_*.csv in " << networks;
    std::string line;
    std::getline(groups, line);
    while (std::getline(groups, line)) {
      const auto f = fields(line);
      ASSERT_EQ(f.size(), 10U);
      war.names.push_back(f[1]);
      war.fighting.push_back(std::stod(f[5]));
      war.shifters.push_back(std::stod(f[8]) + std::stod(f[9]));
    }
    std::getline(links, line);
    while (std::getline(links, line)) {
      const auto f = fields(line);
      ASSERT_EQ(f.size(), 5U);
      const auto a = static_cast<std::uint32_t>(std::stoul(f[0]) - 1);
      const auto b = static_cast<std::uint32_t>(std::stoul(f[1]) - 1);
      if (a > b) continue;
      if (f[2] == "1") war.enmities.push_back({a, b});
      if (f[3] == "1") war.alliances.push_back({a, b});
    }
  }
  CongoWar war;
};

TEST_F(CongoWarTest, ReproducesThePublishedEquilibrium) {
  ASSERT_EQ(war.names.size(), 80U);
  ASSERT_EQ(war.alliances.size(), 96U);
  ASSERT_EQ(war.enmities.size(), 118U);
  const auto e = effort_equilibrium(war.game());
  ASSERT_EQ(e.status, EffortStatus::solved);
  EXPECT_NEAR(e.multiplier_sum, 83.310564, 5e-7);
  EXPECT_NEAR(e.lambda, 0.98799672, 5e-9);
  EXPECT_NEAR(e.total, 474.30773, 5e-6);
  // The model was fitted to reproduce the observed fighting.
  for (std::size_t i = 0; i < 80; ++i) EXPECT_NEAR(e.effort[i], war.fighting[i], 1e-4);
  EXPECT_TRUE(e.negative.empty());
}

TEST_F(CongoWarTest, ReproducesTheEmbargoes) {
  EXPECT_NEAR(war.embargo({"RCD-G"}), -3.074052, 5e-7);
  EXPECT_NEAR(war.embargo({"RCD-K"}), -2.073475, 5e-7);
  EXPECT_NEAR(war.embargo({"RWA-I", "RWA-II"}), -0.963189, 5e-7);
  EXPECT_NEAR(war.embargo({"RCD"}), 1.098481, 5e-7);
}

TEST_F(CongoWarTest, RemovalsAreThoseOfTheFormula) {
  const double before = effort_equilibrium(war.game()).total;
  EXPECT_NEAR(dense_total(war.game()), before, 1e-9 * before);
  std::size_t calmer = 0;
  for (std::uint32_t i = 0; i < 80; ++i) {
    const Reduced without(war.game(), i);
    const EffortEquilibrium e = effort_equilibrium(without.game);
    ASSERT_EQ(e.status, EffortStatus::solved);
    EXPECT_NEAR(e.total, dense_total(without.game), 1e-9 * before) << war.names[i];
    calmer += e.total < before ? 1 : 0;
  }
  // The removal of most groups, not of all, reduces the fighting.
  EXPECT_GT(calmer, 40U);
}

}  // namespace
}  // namespace casus::rules
