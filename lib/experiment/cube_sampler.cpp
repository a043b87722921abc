#include "experiment/cube_sampler.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

namespace casus::experiment {
namespace {

constexpr Purpose walk("calibration walk"), again("calibration resampling");
constexpr std::size_t most_levels = 80, walks = 8;
constexpr double least_size = 0.5;  // effective, as a share of the points

/// Weights of a step from one power to another, and how many points they leave of use.
struct Weights {
  std::vector<double> share;
  double size = 0.0;      // effective (Kong, Liu & Wong 1994)
  double log_mean = 0.0;  // of the weights before they were made shares
};

Weights weigh(const std::vector<double>& density, double step) {
  Weights out;
  out.share.resize(density.size());
  const double most = *std::max_element(density.begin(), density.end());
  double total = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < density.size(); ++i) {
    total += out.share[i] = std::exp(step * (density[i] - most));
  }
  for (double& w : out.share) {
    w /= total;
    squares += w * w;
  }
  out.size = 1.0 / squares;
  out.log_mean = step * most + std::log(total / static_cast<double>(density.size()));
  return out;
}

/// The largest step that leaves enough points of use, and no more than `most`.
double step_of(const std::vector<double>& density, double most) {
  std::size_t alive = 0;
  for (const double d : density) alive += std::isfinite(d) ? 1 : 0;
  const double wanted = least_size * static_cast<double>(alive);
  if (weigh(density, most).size >= wanted) return most;
  double low = 0.0, high = most;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (weigh(density, middle).size >= wanted ? low : high) = middle;
  }
  // Where one point stands far above the others no step leaves half of them.
  return std::max(low, 1e-9 * most);
}

/// Which points are taken, by systematic resampling (Kitagawa 1996).
std::vector<std::size_t> resample(const std::vector<double>& share, double u) {
  const auto n = static_cast<double>(share.size());
  std::vector<std::size_t> out;
  out.reserve(share.size());
  double up_to = share.front();
  std::size_t at = 0;
  for (std::size_t i = 0; i < share.size(); ++i) {
    const double place = (static_cast<double>(i) + u) / n;
    while (up_to < place && at + 1 < share.size()) up_to += share[++at];
    out.push_back(at);
  }
  return out;
}

/// A root of the covariance of the points, with a whisker where they do not differ.
Eigen::MatrixXd spread_of(const CubePoints& points) {
  const auto d = static_cast<Eigen::Index>(points.front().size());
  Eigen::VectorXd middle = Eigen::VectorXd::Zero(d);
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(d, d);
  for (const auto& p : points) middle += Eigen::Map<const Eigen::VectorXd>(p.data(), d);
  middle /= static_cast<double>(points.size());
  for (const auto& p : points) {
    const Eigen::VectorXd x = Eigen::Map<const Eigen::VectorXd>(p.data(), d) - middle;
    sum += x * x.transpose();
  }
  sum /= static_cast<double>(points.size());
  sum.diagonal().array() += 1e-10;
  return Eigen::LLT<Eigen::MatrixXd>(sum).matrixL();
}

/// Back into the cube, as a mirror would.
double reflected(double x) {
  x = std::abs(std::fmod(x, 2.0));
  return std::clamp(x > 1.0 ? 2.0 - x : x, 0x1p-40, 1.0 - 0x1p-40);
}

}  // namespace

CubeSample sample_cube(const CubePoints& start, const LogDensity& density,
                       const SamplerOptions& options, Executor& executor) {
  CASUS_EXPECTS(!start.empty(), "a sample begins somewhere");
  const std::size_t n = start.size(), d = start.front().size();
  CubeSample out{start, std::vector<double>(n), 0.0};
  for_each(
      executor, n, [&](std::size_t i) { out.density[i] = density(out.points[i]); }, 16);
  CASUS_EXPECTS(std::any_of(out.density.begin(), out.density.end(),
                            [](double x) { return std::isfinite(x); }),
                "no point of the start has a density");
  double power = 0.0, reach = 2.38 / std::sqrt(static_cast<double>(d));
  for (std::uint32_t level = 0; power < options.power && level < most_levels; ++level) {
    const bool last = level + 1 == most_levels;
    const double left = options.power - power;
    const double step = last ? left : step_of(out.density, left);
    const Weights weights = weigh(out.density, step);
    out.log_mass += weights.log_mean;
    power = step >= left ? options.power : power + step;
    Stream draws({options.seed, options.stage}, level, again, {});
    const std::vector<std::size_t> from = resample(weights.share, uniform(draws));
    CubeSample next;
    next.log_mass = out.log_mass;
    for (const std::size_t i : from) {
      next.points.push_back(out.points[i]);
      next.density.push_back(out.density[i]);
    }
    const Eigen::MatrixXd root = spread_of(next.points);
    for (std::uint32_t w = 0; w < walks; ++w) {
      std::vector<std::uint8_t> moved(n, 0);
      for_each(
          executor, n,
          [&](std::size_t i) {
            Stream stream({options.seed, options.stage}, level, walk, {w, i});
            Eigen::VectorXd z(static_cast<Eigen::Index>(d));
            for (double& x : z) x = normal(stream);
            const Eigen::VectorXd by = root * z * reach;
            std::vector<double> u = next.points[i];
            for (std::size_t k = 0; k < d; ++k) {
              u[k] = reflected(u[k] + by[static_cast<Eigen::Index>(k)]);
            }
            const double there = density(u);
            const double odds = power * (there - next.density[i]);
            if (!(std::log(uniform(stream)) < odds)) return;
            next.points[i] = std::move(u);
            next.density[i] = there;
            moved[i] = 1;
          },
          16);
      const double share =
          static_cast<double>(std::count(moved.begin(), moved.end(), 1)) / static_cast<double>(n);
      reach = std::clamp(reach * std::exp(share - 0.25), 1e-3, 3.0);
    }
    out = std::move(next);
  }
  return out;
}

}  // namespace casus::experiment
