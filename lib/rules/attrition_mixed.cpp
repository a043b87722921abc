#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "attrition_checks.h"
#include "casus/core/contracts.h"
#include "casus/rules/attrition.h"

namespace casus::rules {

namespace detail {

void expect_attrition(Strengths start, double alpha, double beta, double days) {
  const auto good = [](double x) { return x >= 0.0 && std::isfinite(x); };
  CASUS_EXPECTS(good(start.a) && good(start.b),
                fmt::format("strengths {} and {} are not finite and >= 0", start.a, start.b));
  CASUS_EXPECTS(good(alpha) && good(beta),
                fmt::format("rates {} and {} are not finite and >= 0", alpha, beta));
  CASUS_EXPECTS(good(days), fmt::format("duration {} days is not finite and >= 0", days));
}

}  // namespace detail

namespace {

/// u = A^(1-p) and v = B^(1-p) obey u' = -rate_u v^m, v' = -rate_v u^m with m = 1 / (1 - p): smooth
/// right through the end of a side, where A itself has a kink.
struct MixedLaw {
  double m, rate_u, rate_v;

  std::array<double, 2> slope(std::array<double, 2> y) const {
    return {-rate_u * std::pow(std::max(0.0, y[1]), m), -rate_v * std::pow(std::max(0.0, y[0]), m)};
  }
};

struct Trial {
  std::array<double, 2> y;
  double error;  // largest local error over the starting values
};

/// One step of Dormand & Prince 1980 (doi:10.1016/0771-050X(80)90013-3).
Trial dormand_prince(const MixedLaw& law, std::array<double, 2> y, double h,
                     std::array<double, 2> scale) {
  constexpr double c[6][6] = {
      {1.0 / 5, 0, 0, 0, 0, 0},
      {3.0 / 40, 9.0 / 40, 0, 0, 0, 0},
      {44.0 / 45, -56.0 / 15, 32.0 / 9, 0, 0, 0},
      {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729, 0, 0},
      {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656, 0},
      {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}};
  constexpr double e[7] = {71.0 / 57600,      0,          -71.0 / 16695, 71.0 / 1920,
                           -17253.0 / 339200, 22.0 / 525, -1.0 / 40};
  std::array<std::array<double, 2>, 7> k{};
  k[0] = law.slope(y);
  std::array<double, 2> next = y;
  for (std::size_t stage = 0; stage < 6; ++stage) {
    for (std::size_t d = 0; d < 2; ++d) {
      double sum = 0.0;
      for (std::size_t j = 0; j <= stage; ++j) sum += c[stage][j] * k[j][d];
      next[d] = y[d] + h * sum;
    }
    k[stage + 1] = law.slope(next);
  }
  double error = 0.0;
  for (std::size_t d = 0; d < 2; ++d) {
    double sum = 0.0;
    for (std::size_t j = 0; j < 7; ++j) sum += e[j] * k[j][d];
    error = std::max(error, std::abs(h * sum) / scale[d]);
  }
  return {next, error};
}

/// Survivors of a side with strength x at rate r whose enemy (y at rate s) is gone.
double survivors(double x, double r, double y, double s, double p) {
  const double share = 1.0 - (s / r) * std::pow(y / x, 2.0 - p);
  return x * std::pow(std::max(0.0, share), 1.0 / (2.0 - p));
}

}  // namespace

Strengths mixed_step(Strengths start, double alpha, double beta, double p, double days) {
  detail::expect_attrition(start, alpha, beta, days);
  CASUS_EXPECTS(p >= 0.0 && p <= 1.0, fmt::format("exponent {} is not in [0, 1]", p));
  if (p == 0.0) return square_step(start, alpha, beta, days);
  if (p >= 1.0 - 1e-6) return linear_step(start, alpha, beta, days);
  if (days == 0.0 || start.a == 0.0 || start.b == 0.0) return start;
  const double m = 1.0 / (1.0 - p);
  const MixedLaw law{m, beta / m, alpha / m};
  const std::array<double, 2> scale{std::pow(start.a, 1.0 / m), std::pow(start.b, 1.0 / m)};
  constexpr double tolerance = 1e-12;
  std::array<double, 2> y = scale;
  double done = 0.0;
  double h = days;
  while (done < days) {
    h = std::min(h, days - done);
    const Trial trial = dormand_prince(law, y, h, scale);
    if (trial.error <= tolerance) {
      y = trial.y;
      done = h == days - done ? days : done + h;
      if (y[0] <= 0.0) return {0.0, survivors(start.b, beta, start.a, alpha, p)};
      if (y[1] <= 0.0) return {survivors(start.a, alpha, start.b, beta, p), 0.0};
    }
    // A fifth-order pair; a trial far beyond the end of a side may have no finite error.
    const double fit = 0.9 * std::pow(tolerance / std::max(trial.error, 1e-300), 0.2);
    h *= std::isfinite(fit) ? std::clamp(fit, 0.1, 5.0) : 0.1;
  }
  return {std::pow(y[0], m), std::pow(y[1], m)};
}

}  // namespace casus::rules
