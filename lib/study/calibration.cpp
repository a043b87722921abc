#include "casus/study/calibration.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/rules/logit.h"

namespace casus {
namespace {

constexpr int max_iterations = 60;
constexpr double tolerance = 1e-8;  // of a parameter, relative to 1 + its size
constexpr double least = 1e-12;     // probabilities are kept this far from 0 and 1

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

/// Climbs from out.parameters: a step of Newton's kind, halved until it does not lead down, until
/// it no longer moves.
template <class Value, class Step>
Calibration ascend(std::vector<double> start, Value&& value, Step&& step_from) {
  Calibration out;
  out.parameters = std::move(start);
  out.log_posterior = value(out.parameters);
  while (out.iterations < max_iterations && !out.converged) {
    ++out.iterations;
    const Vector step = step_from(out.parameters);
    double length = 1.0;
    for (bool done = false; !done; length *= 0.5) {
      std::vector<double> next = out.parameters;
      double moved = 0.0;
      for (std::size_t k = 0; k < next.size(); ++k) {
        const double d = length * step[static_cast<Eigen::Index>(k)];
        moved = std::max(moved, std::abs(d) / (1.0 + std::abs(next[k])));
        next[k] += d;
      }
      const double there = value(next);
      out.converged = moved < tolerance;
      done = there >= out.log_posterior || out.converged;
      if (there >= out.log_posterior) {
        out.parameters = std::move(next);
        out.log_posterior = there;
      }
    }
  }
  return out;
}

/// Likelihood, score and information of a model at a point.
class Problem {
 public:
  Problem(const ProbabilityModel& model, const BinaryData& data, std::span<const Prior> priors)
      : model_(model), data_(data), priors_(priors), p_(data.outcomes.size()) {}

  double log_posterior(const std::vector<double>& x) {
    probabilities(x, p_);
    double total = 0.0;
    for (std::size_t i = 0; i < p_.size(); ++i) {
      total += weight(i) * std::log(data_.outcomes[i] != 0 ? p_[i] : 1.0 - p_[i]);
    }
    for (std::size_t k = 0; k < x.size(); ++k) {
      const double d = x[k] - priors_[k].mean;
      total -= 0.5 * priors_[k].precision * d * d;
    }
    return total;
  }

  /// The step of Fisher scoring from `x`.
  Vector step(const std::vector<double>& x) {
    const auto n = static_cast<Eigen::Index>(x.size());
    const std::size_t rows = data_.outcomes.size();
    probabilities(x, p_);
    std::vector<std::vector<double>> slope(x.size(), std::vector<double>(rows));
    std::vector<double> up(rows), down(rows);
    for (std::size_t k = 0; k < x.size(); ++k) {
      const double h = 1e-5 * (1.0 + std::abs(x[k]));
      std::vector<double> y = x;
      y[k] = x[k] + h;
      probabilities(y, up);
      y[k] = x[k] - h;
      probabilities(y, down);
      for (std::size_t i = 0; i < rows; ++i) slope[k][i] = (up[i] - down[i]) / (2.0 * h);
    }
    Vector score = Vector::Zero(n);
    Matrix information = Matrix::Zero(n, n);
    for (std::size_t i = 0; i < rows; ++i) {
      const double w = weight(i) / (p_[i] * (1.0 - p_[i]));
      const double residual = (data_.outcomes[i] != 0 ? 1.0 : 0.0) - p_[i];
      for (Eigen::Index a = 0; a < n; ++a) {
        const double s = w * slope[static_cast<std::size_t>(a)][i];
        score[a] += s * residual;
        for (Eigen::Index b = 0; b <= a; ++b) {
          information(a, b) += s * slope[static_cast<std::size_t>(b)][i];
        }
      }
    }
    for (Eigen::Index a = 0; a < n; ++a) {
      const auto k = static_cast<std::size_t>(a);
      score[a] -= priors_[k].precision * (x[k] - priors_[k].mean);
      // A whisker of damping, for a direction of which the data say nothing.
      information(a, a) += priors_[k].precision + 1e-9;
    }
    return information.selfadjointView<Eigen::Lower>().ldlt().solve(score);
  }

 private:
  double weight(std::size_t i) const { return data_.weights.empty() ? 1.0 : data_.weights[i]; }
  void probabilities(const std::vector<double>& x, std::vector<double>& out) const {
    model_(x, out);
    for (double& p : out) p = std::clamp(p, least, 1.0 - least);
  }

  const ProbabilityModel& model_;
  const BinaryData& data_;
  std::span<const Prior> priors_;
  std::vector<double> p_;
};

/// Newton's step for a function that is known by its values alone.
Vector newton_step(const LogPosterior& value, const std::vector<double>& x) {
  constexpr double relative = 1e-4;
  const auto n = static_cast<Eigen::Index>(x.size());
  const auto at = [&](std::size_t a, double of_a, std::size_t b, double of_b) {
    std::vector<double> y = x;
    y[a] += of_a;
    y[b] += of_b;
    return value(y);
  };
  Vector score(n);
  Matrix information(n, n);
  const double here = value(x);
  for (std::size_t a = 0; a < x.size(); ++a) {
    const auto row = static_cast<Eigen::Index>(a);
    const double h = relative * (1.0 + std::abs(x[a]));
    const double up = at(a, h, a, 0.0), down = at(a, -h, a, 0.0);
    score[row] = (up - down) / (2.0 * h);
    information(row, row) = (2.0 * here - up - down) / (h * h);
    for (std::size_t b = 0; b < a; ++b) {
      const auto column = static_cast<Eigen::Index>(b);
      const double k = relative * (1.0 + std::abs(x[b]));
      information(row, column) = information(column, row) =
          (at(a, h, b, -k) + at(a, -h, b, k) - at(a, h, b, k) - at(a, -h, b, -k)) / (4.0 * h * k);
    }
  }
  const double lowest =
      Eigen::SelfAdjointEigenSolver<Matrix>(information, Eigen::EigenvaluesOnly).eigenvalues()[0];
  constexpr double least_curvature = 1e-3;
  if (lowest < least_curvature) {
    information.diagonal().array() += least_curvature - lowest;
  }
  return information.ldlt().solve(score);
}

}  // namespace

Calibration maximise(const LogPosterior& log_posterior, std::span<const double> start) {
  CASUS_EXPECTS(!start.empty(), "there is nothing to fit");
  return ascend(
      {start.begin(), start.end()}, [&](const std::vector<double>& x) { return log_posterior(x); },
      [&](const std::vector<double>& x) { return newton_step(log_posterior, x); });
}

Calibration calibrate(const ProbabilityModel& model, const BinaryData& data,
                      std::span<const double> start, std::span<const Prior> priors) {
  CASUS_EXPECTS(start.size() == priors.size() && !start.empty(), "each parameter needs its prior");
  CASUS_EXPECTS(data.weights.empty() || data.weights.size() == data.outcomes.size(),
                "each outcome needs its weight");
  Problem problem(model, data, priors);
  return ascend(
      {start.begin(), start.end()},
      [&](const std::vector<double>& x) { return problem.log_posterior(x); },
      [&](const std::vector<double>& x) { return problem.step(x); });
}

Calibration fit_logistic(std::span<const double> rows, std::size_t columns, const BinaryData& data,
                         double ridge) {
  CASUS_EXPECTS(rows.size() == columns * data.outcomes.size(), "each outcome needs its row");
  CASUS_EXPECTS(ridge >= 0.0, "a ridge penalty is not negative");
  const std::size_t n = columns + 1;
  const auto size = static_cast<Eigen::Index>(n);
  // The posterior of a logit is concave and its derivatives are cheap, so this is not `calibrate`.
  const auto value = [&](const std::vector<double>& b) {
    double total = 0.0;
    for (std::size_t k = 1; k < n; ++k) total -= 0.5 * ridge * b[k] * b[k];
    for (std::size_t i = 0; i < data.outcomes.size(); ++i) {
      double z = b[0];
      for (std::size_t k = 1; k < n; ++k) z += b[k] * rows[i * columns + k - 1];
      if (data.outcomes[i] == 0) z = -z;
      const double w = data.weights.empty() ? 1.0 : data.weights[i];
      total -= w * (z > 0.0 ? std::log1p(std::exp(-z)) : std::log1p(std::exp(z)) - z);
    }
    return total;
  };
  const auto step = [&](const std::vector<double>& b) {
    Vector score = Vector::Zero(size);
    Matrix information = Matrix::Zero(size, size);
    Vector x(size);
    x[0] = 1.0;
    for (std::size_t i = 0; i < data.outcomes.size(); ++i) {
      const auto row = rows.subspan(i * columns, columns);
      for (std::size_t k = 0; k < columns; ++k) x[static_cast<Eigen::Index>(k + 1)] = row[k];
      const double p = logistic_probability(row, b);
      const double w = data.weights.empty() ? 1.0 : data.weights[i];
      score += w * ((data.outcomes[i] != 0 ? 1.0 : 0.0) - p) * x;
      information += w * p * (1.0 - p) * (x * x.transpose());
    }
    for (Eigen::Index k = 0; k < size; ++k) {
      if (k > 0) score[k] -= ridge * b[static_cast<std::size_t>(k)];
      information(k, k) += (k > 0 ? ridge : 0.0) + 1e-9;
    }
    return Vector(information.ldlt().solve(score));
  };
  return ascend(std::vector<double>(n, 0.0), value, step);
}

double logistic_probability(std::span<const double> row, std::span<const double> parameters) {
  CASUS_EXPECTS(parameters.size() == row.size() + 1, "an intercept and a coefficient a column");
  double z = parameters[0];
  for (std::size_t k = 0; k < row.size(); ++k) z += parameters[k + 1] * row[k];
  return rules::logistic(z);
}

}  // namespace casus
