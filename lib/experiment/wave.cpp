#include "experiment/wave.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <utility>

namespace casus::experiment {
namespace {

using Eigen::Index;

/// Correlations of the targets' luck: of what runs of one point differ by, over all points, drawn
/// towards none by as much as they are unsure.
std::vector<double> correlation_of(std::span<const MatchTarget> targets,
                                   const std::vector<const MatchPoint*>& points) {
  const auto t = static_cast<Index>(targets.size());
  Eigen::MatrixXd products = Eigen::MatrixXd::Zero(t, t);
  double freedom = 0.0;
  for (const MatchPoint* point : points) {
    std::vector<ScaledRuns> all;
    all.reserve(targets.size());
    for (std::size_t j = 0; j < targets.size(); ++j) {
      all.push_back(scaled_runs(targets[j], point->runs, j));
    }
    for (const auto& run : point->runs) {
      Eigen::VectorXd z = Eigen::VectorXd::Zero(t);
      for (std::size_t j = 0; j < targets.size(); ++j) {
        if (std::isnan(run[j]) || !(all[j].variance > 0.0)) continue;
        z[static_cast<Index>(j)] =
            (targets[j].scaled(run[j]) - all[j].mean) / std::sqrt(all[j].variance);
      }
      products += z * z.transpose();
    }
    freedom += static_cast<double>(point->runs.size()) - 1.0;
  }
  const std::size_t n = targets.size();
  std::vector<double> out(n * n, 0.0);
  const double kept = freedom / (freedom + static_cast<double>(t) + 1.0);
  for (Index a = 0; a < t; ++a) {
    const auto i = static_cast<std::size_t>(a);
    out[i * n + i] = 1.0;
    for (Index b = 0; b < a; ++b) {
      const auto j = static_cast<std::size_t>(b);
      const double scale = std::sqrt(products(a, a) * products(b, b));
      if (scale > 0.0) out[i * n + j] = out[j * n + i] = kept * products(a, b) / scale;
    }
  }
  return out;
}

}  // namespace

ScaledRuns scaled_runs(const MatchTarget& target, const MatchRuns& runs, std::size_t row) {
  ScaledRuns out;
  for (const auto& run : runs) {
    if (std::isnan(run[row])) continue;
    out.mean += target.scaled(run[row]);
    ++out.n;
  }
  if (out.n == 0) return out;
  out.mean /= static_cast<double>(out.n);
  for (const auto& run : runs) {
    if (std::isnan(run[row])) continue;
    const double d = target.scaled(run[row]) - out.mean;
    out.variance += d * d;
  }
  out.variance = out.n > 1 ? out.variance / static_cast<double>(out.n - 1) : 0.0;
  return out;
}

Wave::Wave(std::span<const MatchTarget> targets, const std::vector<const MatchPoint*>& points)
    : targets_(targets), correlation_(correlation_of(targets, points)) {
  std::vector<std::vector<std::size_t>> masks;
  emulators_.reserve(targets.size());
  groups_.reserve(targets.size());
  for (std::size_t j = 0; j < targets.size(); ++j) {
    EmulatedRuns runs;
    std::vector<std::size_t> mask;
    std::vector<std::vector<double>> units;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const ScaledRuns at = scaled_runs(targets[j], points[i]->runs, j);
      if (at.n < 2) continue;
      mask.push_back(i);
      units.push_back(points[i]->unit);
      runs.mean.push_back(at.mean);
      runs.variance.push_back(at.variance);
      runs.n.push_back(at.n);
    }
    const std::size_t d = points.front()->unit.size();
    const auto known = std::find(masks.begin(), masks.end(), mask);
    group_of_.push_back(static_cast<std::size_t>(known - masks.begin()));
    if (known == masks.end()) {
      masks.push_back(mask);
      groups_.push_back({std::move(units), Features(d, mask.size())});
    }
    if (mask.size() < d + 3) {
      emulators_.emplace_back();
      continue;
    }
    const Group& group = groups_[group_of_.back()];
    emulators_.emplace_back(Emulator(group.features, group.points, runs));
  }
}

std::vector<std::optional<Emulated>> Wave::at(const std::vector<double>& u) const {
  std::vector<std::vector<double>> features, near;
  features.reserve(groups_.size());
  near.reserve(groups_.size());
  for (const Group& group : groups_) {
    features.push_back(group.features.of(u));
    near.push_back(nearness(group.points, u));
  }
  std::vector<std::optional<Emulated>> out;
  out.reserve(emulators_.size());
  for (std::size_t j = 0; j < emulators_.size(); ++j) {
    if (!emulators_[j]) {
      out.emplace_back();
      continue;
    }
    out.emplace_back(emulators_[j]->at(features[group_of_[j]], near[group_of_[j]]));
  }
  return out;
}

std::vector<double> Wave::implausible(const std::vector<double>& u) const {
  const auto emulated = at(u);
  std::vector<double> out(targets_.size(), 0.0);
  for (std::size_t j = 0; j < targets_.size(); ++j) {
    if (!emulated[j]) continue;
    const MatchTarget& t = targets_[j];
    const double luck = t.of_mean ? 0.0 : emulated[j]->luck;
    out[j] = std::abs(t.scaled(t.observed) - emulated[j]->mean) /
             std::sqrt(t.spread() + emulated[j]->unsure + luck);
  }
  return out;
}

double Wave::log_likelihood(const std::vector<double>& u) const {
  const auto emulated = at(u);
  std::vector<std::size_t> rows;
  for (std::size_t j = 0; j < targets_.size(); ++j) {
    if (emulated[j]) rows.push_back(j);
  }
  const auto t = static_cast<Index>(rows.size());
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(t, t);
  Eigen::VectorXd out(t);
  const auto luck = [&](std::size_t j) {
    return targets_[j].of_mean ? 0.0 : std::sqrt(emulated[j]->luck);
  };
  for (Index a = 0; a < t; ++a) {
    const std::size_t j = rows[static_cast<std::size_t>(a)];
    out[a] = targets_[j].scaled(targets_[j].observed) - emulated[j]->mean;
    for (Index b = 0; b <= a; ++b) {
      const std::size_t k = rows[static_cast<std::size_t>(b)];
      covariance(a, b) = luck(j) * luck(k) * correlation_[j * targets_.size() + k];
    }
    covariance(a, a) += targets_[j].spread() + emulated[j]->unsure;
  }
  const Eigen::LLT<Eigen::MatrixXd> solver(covariance);
  const Eigen::MatrixXd root = solver.matrixL();
  const Eigen::VectorXd z = root.triangularView<Eigen::Lower>().solve(out);
  return -0.5 * z.squaredNorm() - root.diagonal().array().log().sum();
}

std::vector<double> Wave::errors() const {
  std::vector<double> out;
  out.reserve(emulators_.size());
  for (const auto& e : emulators_) out.push_back(e ? e->error() : std::nan(""));
  return out;
}

}  // namespace casus::experiment
