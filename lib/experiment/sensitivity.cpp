#include "casus/experiment/sensitivity.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

namespace casus {
namespace {

constexpr double no_answer = std::numeric_limits<double>::quiet_NaN();
constexpr Purpose resample("sobol bootstrap");

/// The outcomes of one base point: of A, of B, and of A with column i of B at 2 + i.
class Arranged {
 public:
  Arranged(std::span<const double> outcomes, std::size_t inputs)
      : outcomes_(outcomes), width_(inputs + 2) {}
  std::size_t size() const { return outcomes_.size() / width_; }
  double a(std::size_t row) const { return outcomes_[row * width_]; }
  double b(std::size_t row) const { return outcomes_[row * width_ + 1]; }
  double mixed(std::size_t row, std::size_t input) const {
    return outcomes_[row * width_ + 2 + input];
  }

 private:
  std::span<const double> outcomes_;
  std::size_t width_;
};

struct Shares {
  double first, total;
};

std::vector<Shares> shares_of(const Arranged& y, const std::vector<std::size_t>& rows,
                              std::size_t inputs) {
  double sum = 0.0, squares = 0.0;
  for (const std::size_t r : rows) sum += y.a(r) + y.b(r);
  const double n = static_cast<double>(rows.size()), centre = sum / (2.0 * n);
  for (const std::size_t r : rows) {
    squares += (y.a(r) - centre) * (y.a(r) - centre) + (y.b(r) - centre) * (y.b(r) - centre);
  }
  const double variance = squares / (2.0 * n - 1.0);
  std::vector<Shares> shares(inputs, {no_answer, no_answer});
  if (!(variance > 0.0)) return shares;
  for (std::size_t i = 0; i < inputs; ++i) {
    double without = 0.0, alone = 0.0;
    for (const std::size_t r : rows) {
      const double d = y.b(r) - y.mixed(r, i), e = y.a(r) - y.mixed(r, i);
      without += d * d;
      alone += e * e;
    }
    shares[i] = {1.0 - without / (2.0 * n * variance), alone / (2.0 * n * variance)};
  }
  return shares;
}

Estimate between(double value, std::vector<double> samples, double confidence, std::size_t n) {
  std::sort(samples.begin(), samples.end());
  const double tail = 0.5 * (1.0 - confidence);
  return {value, quantile(samples, tail), quantile(samples, 1.0 - tail), n};
}

/// Ranks from 1, ties in the middle.
std::vector<double> ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i;
    while (j < order.size() && values[order[j]] == values[order[i]]) ++j;
    const double middle = 0.5 * static_cast<double>(i + 1 + j);
    for (; i < j; ++i) rank[order[i]] = middle;
  }
  return rank;
}

/// Centred, in standard deviations; all 0 where it does not vary.
Eigen::VectorXd standardised(std::span<const double> values) {
  const double m = mean(values), sd = standard_deviation(values);
  Eigen::VectorXd v(static_cast<Eigen::Index>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    v[static_cast<Eigen::Index>(i)] = sd > 0.0 ? (values[i] - m) / sd : 0.0;
  }
  return v;
}

/// What is left of `y` when its linear part in the columns of `x` is taken out.
Eigen::VectorXd residual(const Eigen::MatrixXd& x, const Eigen::VectorXd& y) {
  if (x.cols() == 0) return y;
  return y - x * x.colPivHouseholderQr().solve(y);
}

Eigen::MatrixXd without_column(const Eigen::MatrixXd& x, Eigen::Index column) {
  Eigen::MatrixXd rest(x.rows(), x.cols() - 1);
  rest << x.leftCols(column), x.rightCols(x.cols() - column - 1);
  return rest;
}

}  // namespace

std::vector<SobolIndex> sobol_indices(std::span<const double> outcomes, std::size_t inputs,
                                      std::uint64_t seed, double confidence) {
  CASUS_EXPECTS(
      inputs > 0 && outcomes.size() % (inputs + 2) == 0,
      fmt::format("{} outcomes are no arrangement of {} inputs", outcomes.size(), inputs));
  const Arranged y(outcomes, inputs);
  std::vector<std::size_t> rows(y.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::vector<SobolIndex> indices(inputs);
  if (rows.size() < 2) return indices;
  const std::vector<Shares> found = shares_of(y, rows, inputs);
  constexpr std::uint32_t samples = 500;
  std::vector<std::vector<double>> first(inputs), total(inputs);
  for (std::uint32_t s = 0; s < samples; ++s) {
    Stream draws({seed, s}, 0, resample, {});
    for (std::size_t& row : rows) {
      const auto n = static_cast<double>(y.size());
      row = std::min(y.size() - 1, static_cast<std::size_t>(uniform(draws) * n));
    }
    const std::vector<Shares> sample = shares_of(y, rows, inputs);
    for (std::size_t i = 0; i < inputs; ++i) {
      if (std::isnan(sample[i].first)) continue;
      first[i].push_back(sample[i].first);
      total[i].push_back(sample[i].total);
    }
  }
  for (std::size_t i = 0; i < inputs; ++i) {
    indices[i].first = between(found[i].first, std::move(first[i]), confidence, y.size());
    indices[i].total = between(found[i].total, std::move(total[i]), confidence, y.size());
  }
  return indices;
}

std::vector<MorrisEffect> morris_effects(std::span<const std::vector<double>> points,
                                         std::span<const double> outcomes) {
  CASUS_EXPECTS(!points.empty() && points.size() == outcomes.size(),
                fmt::format("{} points with {} outcomes", points.size(), outcomes.size()));
  const std::size_t inputs = points.front().size(), length = inputs + 1;
  CASUS_EXPECTS(points.size() % length == 0,
                fmt::format("{} points are no trajectories of {} inputs", points.size(), inputs));
  std::vector<std::vector<double>> effects(inputs);
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (i % length == 0) continue;  // the next trajectory begins
    for (std::size_t d = 0; d < inputs; ++d) {
      const double moved = points[i][d] - points[i - 1][d];
      if (moved != 0.0) effects[d].push_back((outcomes[i] - outcomes[i - 1]) / moved);
    }
  }
  std::vector<MorrisEffect> all(inputs);
  for (std::size_t d = 0; d < inputs; ++d) {
    std::vector<double> sizes;
    sizes.reserve(effects[d].size());
    for (const double e : effects[d]) sizes.push_back(std::abs(e));
    all[d] = {mean(sizes), mean(effects[d]), standard_deviation(effects[d])};
  }
  return all;
}

Regression regression_effects(std::span<const std::vector<double>> inputs,
                              std::span<const double> outcomes, double confidence) {
  CASUS_EXPECTS(inputs.size() == outcomes.size(),
                fmt::format("{} rows of inputs with {} outcomes", inputs.size(), outcomes.size()));
  Regression result;
  result.n = inputs.size();
  const std::size_t k = inputs.empty() ? 0 : inputs.front().size();
  const RegressionEffect nothing{no_answer, {no_answer, no_answer, no_answer, result.n}};
  result.inputs.assign(k, nothing);
  result.explained = no_answer;
  const auto n = static_cast<Eigen::Index>(inputs.size());
  // Only what varies can be regressed on.
  std::vector<std::size_t> varying;
  std::vector<std::vector<double>> columns(k);
  for (std::size_t i = 0; i < k; ++i) {
    columns[i].reserve(inputs.size());
    for (const auto& row : inputs) columns[i].push_back(row[i]);
    if (standard_deviation(columns[i]) > 0.0) varying.push_back(i);
  }
  if (inputs.size() <= varying.size() + 3 || !(standard_deviation(outcomes) > 0.0)) return result;
  Eigen::MatrixXd x(n, static_cast<Eigen::Index>(varying.size())), ranked = x;
  for (std::size_t c = 0; c < varying.size(); ++c) {
    x.col(static_cast<Eigen::Index>(c)) = standardised(columns[varying[c]]);
    ranked.col(static_cast<Eigen::Index>(c)) = standardised(ranks(columns[varying[c]]));
  }
  const Eigen::VectorXd y = standardised(outcomes), y_ranked = standardised(ranks(outcomes));
  const Eigen::VectorXd slopes = x.colPivHouseholderQr().solve(y);
  result.explained = 1.0 - (y - x * slopes).squaredNorm() / y.squaredNorm();
  const double z = normal_quantile(0.5 + confidence / 2.0);
  const double freedom = static_cast<double>(inputs.size() - varying.size()) - 2.0;
  for (std::size_t c = 0; c < varying.size(); ++c) {
    const auto column = static_cast<Eigen::Index>(c);
    const Eigen::MatrixXd rest = without_column(ranked, column);
    const Eigen::VectorXd own = residual(rest, ranked.col(column));
    const Eigen::VectorXd left = residual(rest, y_ranked);
    const double size = std::sqrt(own.squaredNorm() * left.squaredNorm());
    const double r = size > 1e-12 ? std::clamp(own.dot(left) / size, -1.0, 1.0) : no_answer;
    const double centre = std::atanh(r), half = z / std::sqrt(freedom);
    result.inputs[varying[c]] = {
        slopes[column], {r, std::tanh(centre - half), std::tanh(centre + half), inputs.size()}};
  }
  return result;
}

std::vector<ShapleyShare> shapley_shares(std::span<const std::vector<double>> effects,
                                         std::size_t parts, double confidence) {
  CASUS_EXPECTS(parts > 0 && parts < 20 && effects.size() == std::size_t{1} << parts,
                fmt::format("{} sets of {} parts", effects.size(), parts));
  const std::size_t worlds = effects.front().size();
  // The chance that, in a random order, exactly so many of the others come before.
  std::vector<double> weight(parts);
  for (std::size_t before = 0; before < parts; ++before) {
    double choose = 1.0;
    for (std::size_t i = 0; i < before; ++i) {
      choose *= static_cast<double>(parts - 1 - i) / static_cast<double>(i + 1);
    }
    weight[before] = 1.0 / (static_cast<double>(parts) * choose);
  }
  std::vector<ShapleyShare> shares(parts);
  for (std::size_t part = 0; part < parts; ++part) {
    const std::size_t bit = std::size_t{1} << part;
    std::vector<double> share(worlds, 0.0);
    for (std::size_t set = 0; set < effects.size(); ++set) {
      if ((set & bit) != 0) continue;
      const double w = weight[static_cast<std::size_t>(std::popcount(set))];
      for (std::size_t world = 0; world < worlds; ++world) {
        share[world] += w * (effects[set | bit][world] - effects[set][world]);
      }
    }
    shares[part].share = mean_estimate(share, confidence);
  }
  return shares;
}

}  // namespace casus
