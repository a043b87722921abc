#include "casus/rules/perception.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <cmath>

#include "casus/core/contracts.h"

namespace casus::rules {

namespace {

void expect_views(std::span<const double> weights, std::span<const double> susceptibility,
                  std::size_t first, std::size_t views) {
  const std::size_t n = susceptibility.size();
  CASUS_EXPECTS(weights.size() == n * n && first == n && views == n,
                fmt::format("{} weights, {} susceptibilities, {} first views, {} views",
                            weights.size(), n, first, views));
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      CASUS_EXPECTS(weights[i * n + j] >= 0.0,
                    fmt::format("weight {} is not >= 0", weights[i * n + j]));
      sum += weights[i * n + j];
    }
    CASUS_EXPECTS(std::abs(sum - 1.0) < 1e-9,
                  fmt::format("weights of {} sum to {}, not 1", i, sum));
  }
}

/// (f(l1) - f(l2)) / (l1 - l2) and f at the mean for e^(l t) and its integral over [0, t], where
/// l1, l2 = mean +- half.
struct ExponentialPair {
  double exp_sum, exp_difference;  // half the sum; divided difference
  double integral_sum, integral_difference;
};

double exponential_integral(double l, double t) { return l == 0.0 ? t : std::expm1(l * t) / l; }

ExponentialPair exponential_pair(double mean, double half, double t) {
  const double high = mean + half;
  const double low = mean - half;
  ExponentialPair p{};
  p.exp_sum = 0.5 * (std::exp(high * t) + std::exp(low * t));
  p.integral_sum = 0.5 * (exponential_integral(high, t) + exponential_integral(low, t));
  if (half * t > 1e-5) {
    p.exp_difference = (std::exp(high * t) - std::exp(low * t)) / (2.0 * half);
    p.integral_difference =
        (exponential_integral(high, t) - exponential_integral(low, t)) / (2.0 * half);
  } else {
    // The limit, the derivatives in l; what is left out is of order (half t)^2.
    const double x = mean * t;
    p.exp_difference = t * std::exp(x);
    p.integral_difference = std::abs(x) < 1e-4
                                ? t * t * (0.5 + x / 3.0 + x * x / 8.0)
                                : t * t * (x * std::exp(x) - std::expm1(x)) / (x * x);
  }
  return p;
}

}  // namespace

double relax(double x, double target, double rate, double days) {
  CASUS_EXPECTS(rate >= 0.0, fmt::format("rate {} a day is not >= 0", rate));
  CASUS_EXPECTS(days >= 0.0, fmt::format("duration {} days is not >= 0", days));
  return target + (x - target) * std::exp(-rate * days);
}

double anchored_view(double susceptibility, double view_of_others, double first_view) {
  CASUS_EXPECTS(susceptibility >= 0.0 && susceptibility <= 1.0,
                fmt::format("susceptibility {} is not in [0, 1]", susceptibility));
  return susceptibility * view_of_others + (1.0 - susceptibility) * first_view;
}

void friedkin_johnsen_step(std::span<const double> weights, std::span<const double> susceptibility,
                           std::span<const double> first_views, std::span<const double> views,
                           std::span<double> next) {
  expect_views(weights, susceptibility, first_views.size(), views.size());
  const std::size_t n = susceptibility.size();
  CASUS_EXPECTS(next.size() == n, fmt::format("{} next views of {} agents", next.size(), n));
  CASUS_EXPECTS(n == 0 || next.data() + n <= views.data() || views.data() + n <= next.data(),
                "next views over the present ones");
  for (std::size_t i = 0; i < n; ++i) {
    double heard = 0.0;
    for (std::size_t j = 0; j < n; ++j) heard += weights[i * n + j] * views[j];
    next[i] = anchored_view(susceptibility[i], heard, first_views[i]);
  }
}

void friedkin_johnsen_limit(std::span<const double> weights, std::span<const double> susceptibility,
                            std::span<const double> first_views, std::span<double> limit) {
  expect_views(weights, susceptibility, first_views.size(), limit.size());
  const auto n = static_cast<Eigen::Index>(susceptibility.size());
  if (n == 0) return;
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  Eigen::VectorXd right(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    const double s = susceptibility[row];
    right[i] = anchored_view(s, 0.0, first_views[row]);
    for (Eigen::Index j = 0; j < n; ++j) {
      matrix(i, j) -= s * weights[row * susceptibility.size() + static_cast<std::size_t>(j)];
    }
  }
  const Eigen::FullPivLU<Eigen::MatrixXd> factors(matrix);
  CASUS_EXPECTS(factors.isInvertible(), "some agents listen to each other only, without an anchor");
  const Eigen::VectorXd x = factors.solve(right);
  for (Eigen::Index i = 0; i < n; ++i) limit[static_cast<std::size_t>(i)] = x[i];
}

bool is_stable(const ArmsRace& race) { return race.a * race.b > race.k * race.l; }

Arms balance(const ArmsRace& race) {
  const double determinant = race.a * race.b - race.k * race.l;
  CASUS_EXPECTS(determinant != 0.0, "an arms race without a balance: a b = k l");
  return {(race.b * race.g + race.k * race.h) / determinant,
          (race.a * race.h + race.l * race.g) / determinant};
}

Arms arms_race_step(const ArmsRace& race, Arms start, double days) {
  CASUS_EXPECTS(
      race.k >= 0.0 && race.l >= 0.0 && race.a >= 0.0 && race.b >= 0.0,
      fmt::format("rates {}, {}, {}, {} are not all >= 0", race.k, race.l, race.a, race.b));
  CASUS_EXPECTS(days >= 0.0, fmt::format("duration {} days is not >= 0", days));
  // x(t) = e^(Mt) x0 + (integral of e^(Ms)) (g, h); a function of a 2 x 2 matrix with eigenvalues
  // mean +- half, real as k l >= 0, is (sum) I + (divided difference) (M - mean I).
  const double mean = -0.5 * (race.a + race.b);
  const double spread = 0.5 * (race.b - race.a);
  const double half = std::sqrt(spread * spread + race.k * race.l);
  const ExponentialPair p = exponential_pair(mean, half, days);
  // M - mean I = ((spread, k), (l, -spread)).
  const auto apply = [&](double sum, double difference, Arms v) {
    return Arms{sum * v.x + difference * (spread * v.x + race.k * v.y),
                sum * v.y + difference * (race.l * v.x - spread * v.y)};
  };
  const Arms moved = apply(p.exp_sum, p.exp_difference, start);
  const Arms pushed = apply(p.integral_sum, p.integral_difference, {race.g, race.h});
  return {moved.x + pushed.x, moved.y + pushed.y};
}

}  // namespace casus::rules
