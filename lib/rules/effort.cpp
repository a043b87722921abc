#include "casus/rules/effort.h"

#include <fmt/format.h>

#include <Eigen/SparseCholesky>
#include <Eigen/SparseCore>
#include <algorithm>
#include <cmath>
#include <utility>

#include "casus/core/contracts.h"

namespace casus::rules {

namespace {

using Matrix = Eigen::SparseMatrix<double>;

void expect_game(const EffortGame& game) {
  CASUS_EXPECTS(game.groups >= 1, "a game of no groups");
  CASUS_EXPECTS(game.beta >= 0.0 && std::isfinite(game.beta),
                fmt::format("spill-over from allies {} is not finite and >= 0", game.beta));
  CASUS_EXPECTS(game.gamma >= 0.0 && std::isfinite(game.gamma),
                fmt::format("spill-over from enemies {} is not finite and >= 0", game.gamma));
  CASUS_EXPECTS(game.value > 0.0 && std::isfinite(game.value),
                fmt::format("prize {} is not finite and > 0", game.value));
  CASUS_EXPECTS(game.unit_costs.empty() || game.unit_costs.size() == game.groups,
                fmt::format("{} costs of {} groups", game.unit_costs.size(), game.groups));
  CASUS_EXPECTS(game.shifters.empty() || game.shifters.size() == game.groups,
                fmt::format("{} shifters of {} groups", game.shifters.size(), game.groups));
  for (const double c : game.unit_costs) {
    CASUS_EXPECTS(c > 0.0 && std::isfinite(c), fmt::format("cost {} is not finite and > 0", c));
  }
}

/// I + beta A+ - gamma A-, whose row sums are the inverse multipliers.
Matrix spill_over(const EffortGame& game) {
  std::vector<Eigen::Triplet<double>> entries;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> seen;
  const auto add = [&](std::span<const GroupLink> links, double weight) {
    for (const GroupLink& l : links) {
      CASUS_EXPECTS(l.a < game.groups && l.b < game.groups && l.a != l.b,
                    fmt::format("groups {} and {} are not two of {}", l.a, l.b, game.groups));
      entries.emplace_back(static_cast<int>(l.a), static_cast<int>(l.b), weight);
      entries.emplace_back(static_cast<int>(l.b), static_cast<int>(l.a), weight);
      seen.emplace_back(std::min(l.a, l.b), std::max(l.a, l.b));
    }
  };
  add(game.alliances, game.beta);
  add(game.enmities, -game.gamma);
  std::sort(seen.begin(), seen.end());
  const auto twice = std::adjacent_find(seen.begin(), seen.end());
  CASUS_EXPECTS(twice == seen.end(),
                fmt::format("groups {} and {} are linked twice", twice->first, twice->second));
  const auto n = static_cast<int>(game.groups);
  for (int i = 0; i < n; ++i) entries.emplace_back(i, i, 1.0);
  Matrix matrix(n, n);
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

double at(std::span<const double> values, std::size_t i, double otherwise) {
  return values.empty() ? otherwise : values[i];
}

}  // namespace

EffortEquilibrium effort_equilibrium(const EffortGame& game) {
  expect_game(game);
  const Matrix matrix = spill_over(game);
  const auto n = static_cast<Eigen::Index>(game.groups);
  const Eigen::VectorXd inverse = matrix * Eigen::VectorXd::Ones(n);

  EffortEquilibrium result;
  for (Eigen::Index i = 0; i < n; ++i) {
    if (inverse[i] <= 0.0) result.offenders.push_back(static_cast<std::uint32_t>(i));
  }
  if (!result.offenders.empty()) {
    result.status = EffortStatus::multiplier_not_positive;
    return result;
  }
  double cost_sum = 0.0;
  result.multiplier.resize(game.groups);
  for (std::size_t i = 0; i < game.groups; ++i) {
    result.multiplier[i] = 1.0 / inverse[static_cast<Eigen::Index>(i)];
    result.multiplier_sum += result.multiplier[i];
    cost_sum += at(game.unit_costs, i, 1.0) * result.multiplier[i];
  }
  result.lambda = (result.multiplier_sum - 1.0) / cost_sum;

  const Eigen::SimplicialLLT<Matrix> factors(matrix);
  if (factors.info() != Eigen::Success) {
    result.status = EffortStatus::not_positive_definite;
    return result;
  }
  Eigen::VectorXd strength(n);
  for (std::size_t i = 0; i < game.groups; ++i) {
    const double cost = at(game.unit_costs, i, 1.0);
    strength[static_cast<Eigen::Index>(i)] =
        game.value * result.lambda * (1.0 - result.lambda * cost) * result.multiplier[i] -
        at(game.shifters, i, 0.0);
  }
  const Eigen::VectorXd effort = factors.solve(strength);
  result.effort.assign(effort.begin(), effort.end());
  for (std::size_t i = 0; i < game.groups; ++i) {
    result.total += result.effort[i];
    if (result.effort[i] < 0.0) result.negative.push_back(static_cast<std::uint32_t>(i));
  }
  return result;
}

}  // namespace casus::rules
