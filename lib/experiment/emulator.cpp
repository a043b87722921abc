#include "experiment/emulator.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace casus::experiment {
namespace {

using Eigen::Index;
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

/// Coefficients' prior standard deviations that are tried, in those of the means.
constexpr std::array<double, 6> shrinkage = {0.03, 0.1, 0.3, 1.0, 3.0, 10.0};

/// Weighted ridge regression, and what each point looks like to a fit without it.
struct Fit {
  Vector coefficients;
  Matrix root;       // of the precision
  Vector out;        // of each point, what the others' fit is out
  Vector leverages;  // of each point, its part in its own fit
  double loss = std::numeric_limits<double>::infinity();
};

Fit fit(const Matrix& x, const Vector& y, const Vector& weights, double spread) {
  const Index p = x.cols();
  Matrix precision = x.transpose() * weights.asDiagonal() * x;
  const double prior = 1.0 / (spread * spread);
  // The mean is hardly shrunk: it is not known to be near 0.
  for (Index k = 0; k < p; ++k) precision(k, k) += k == 0 ? 1e-6 * prior : prior;
  const Eigen::LLT<Matrix> solver(precision);
  Fit out;
  out.root = solver.matrixL();
  out.coefficients = solver.solve(x.transpose() * weights.cwiseProduct(y));
  const Matrix half = out.root.triangularView<Eigen::Lower>().solve(x.transpose());
  out.leverages = half.colwise().squaredNorm().transpose().cwiseProduct(weights);
  const Vector rest = y - x * out.coefficients;
  out.out = rest.cwiseQuotient((Vector::Ones(y.size()) - out.leverages).cwiseMax(1e-9));
  out.loss = weights.dot(out.out.cwiseAbs2());
  return out;
}

Fit best_fit(const Matrix& x, const Vector& y, const Vector& weights, double spread) {
  Fit best;
  for (const double s : shrinkage) {
    Fit next = fit(x, y, weights, s * spread);
    if (next.loss < best.loss) best = std::move(next);
  }
  return best;
}

}  // namespace

Features::Features(std::size_t dimensions, std::size_t points)
    : dimensions_(dimensions), size_(1 + dimensions) {
  const std::size_t pairs = dimensions * (dimensions - 1) / 2;
  squares_ = points >= 2 * (size_ + dimensions);
  if (squares_) size_ += dimensions;
  products_ = squares_ && points * 2 >= 3 * (size_ + pairs);
  if (products_) size_ += pairs;
}

std::vector<double> Features::of(const std::vector<double>& u) const {
  std::vector<double> out;
  out.reserve(size_);
  out.push_back(1.0);
  const auto x = [&](std::size_t d) { return 2.0 * u[d] - 1.0; };
  for (std::size_t d = 0; d < dimensions_; ++d) out.push_back(x(d));
  if (squares_) {
    for (std::size_t d = 0; d < dimensions_; ++d) out.push_back(1.5 * x(d) * x(d) - 0.5);
  }
  if (products_) {
    for (std::size_t d = 0; d < dimensions_; ++d) {
      for (std::size_t e = 0; e < d; ++e) out.push_back(x(d) * x(e));
    }
  }
  return out;
}

std::vector<double> nearness(const std::vector<std::vector<double>>& points,
                             const std::vector<double>& u) {
  // A kernel average (Nadaraya 1964; Watson 1964) of which the width shrinks as points fill the
  // cube. Points of later waves lie closer together, so that the average becomes a local one.
  const auto d = static_cast<double>(u.size());
  const double width = 0.6 * std::pow(static_cast<double>(points.size()), -1.0 / (d + 4.0));
  std::vector<double> distance(points.size());
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t k = 0; k < u.size(); ++k) {
      const double gap = (points[i][k] - u[k]) / width;
      distance[i] += gap * gap;
    }
    least = std::min(least, distance[i]);
  }
  double total = 0.0;
  for (double& x : distance) total += x = std::exp(-0.5 * (x - least));
  for (double& x : distance) x /= total;
  return distance;
}

Emulator::Emulator(const Features& features, const std::vector<std::vector<double>>& points,
                   const EmulatedRuns& runs)
    : variance_(runs.variance) {
  const auto n = static_cast<Index>(points.size());
  Matrix x(n, static_cast<Index>(features.size()));
  Vector y(n), noise(n);
  for (Index i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const std::vector<double> row = features.of(points[at]);
    x.row(i) = Eigen::Map<const Vector>(row.data(), x.cols()).transpose();
    y[i] = runs.mean[at];
    noise[i] = luck_at(nearness(points, points[at])) / static_cast<double>(runs.n[at]);
  }
  centre_ = y.mean();
  y.array() -= centre_;
  const double spread = std::sqrt(y.squaredNorm() / static_cast<double>(n));
  const std::size_t p = features.size();
  coefficients_.assign(p, 0.0);
  root_.assign(p * p, 0.0);
  if (!(spread > 0.0)) {  // the same everywhere
    for (std::size_t k = 0; k < p; ++k) {
      root_[k * p + k] = 1.0 / std::sqrt(std::numeric_limits<double>::min());
    }
    return;
  }
  // What is out beyond the luck of the runs is a lack of fit, and counts in the weights too.
  const Fit plain = best_fit(x, y, Vector::Constant(n, 1.0 / (spread * spread)), spread);
  // What a point's own fit is out, times what is out without it: neither flatters nor frightens.
  const double out = plain.out.cwiseAbs2().cwiseProduct(Vector::Ones(n) - plain.leverages).mean();
  lack_ = std::max(out - noise.mean(), 1e-6 * spread * spread);
  const Vector weights = (noise.array() + lack_).inverse();
  const Fit last = best_fit(x, y, weights, spread);
  for (std::size_t k = 0; k < p; ++k) {
    coefficients_[k] = last.coefficients[static_cast<Index>(k)];
    for (std::size_t l = 0; l <= k; ++l) {
      root_[k * p + l] = last.root(static_cast<Index>(k), static_cast<Index>(l));
    }
  }
  // A fit without a point expects to be out by the point's own noise and its own ignorance.
  double total = 0.0;
  for (Index i = 0; i < n; ++i) {
    const double h = std::min(last.leverages[i], 1.0 - 1e-9);
    total += last.out[i] * last.out[i] * weights[i] * (1.0 - h);
  }
  error_ = total / static_cast<double>(n);
}

double Emulator::luck_at(const std::vector<double>& near) const {
  double total = 0.0;
  for (std::size_t i = 0; i < near.size(); ++i) total += near[i] * variance_[i];
  return total;
}

Emulated Emulator::at(const std::vector<double>& features, const std::vector<double>& near) const {
  Emulated out;
  out.mean = centre_;
  // Forward substitution: the length of it is the uncertainty.
  const std::size_t p = features.size();
  std::vector<double> half(p);
  double length = 0.0;
  for (std::size_t k = 0; k < p; ++k) {
    out.mean += features[k] * coefficients_[k];
    double rest = features[k];
    const double* row = root_.data() + k * p;
    for (std::size_t l = 0; l < k; ++l) rest -= row[l] * half[l];
    half[k] = rest / row[k];
    length += half[k] * half[k];
  }
  out.unsure = (length + lack_) * std::max(1.0, error_);
  out.luck = luck_at(near);
  return out;
}

}  // namespace casus::experiment
