#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "casus/core/contracts.h"
#include "casus/rules/hazard.h"

namespace casus::rules {

namespace {

void expect_kernel(const HawkesKernel& kernel) {
  CASUS_EXPECTS(kernel.branching >= 0.0 && std::isfinite(kernel.branching),
                fmt::format("branching ratio {} is not finite and >= 0", kernel.branching));
  CASUS_EXPECTS(kernel.half_life_days > 0.0,
                fmt::format("half-life {} days is not > 0", kernel.half_life_days));
}

void expect_rate(double background) {
  CASUS_EXPECTS(background >= 0.0 && std::isfinite(background),
                fmt::format("background {} a day is not finite and >= 0", background));
}

/// Integral of e^(-r s) over [0, t], and the integral of that, stable around r = 0.
struct Integrals {
  double once, twice;
};

Integrals exponential_integrals(double r, double t) {
  const double x = r * t;
  if (std::abs(x) < 1e-3) {
    return {t * (1.0 - x / 2.0 + x * x / 6.0 - x * x * x / 24.0),
            t * t * (0.5 - x / 6.0 + x * x / 24.0 - x * x * x / 120.0)};
  }
  const double once = -std::expm1(-x) / r;
  return {once, (t - once) / r};
}

}  // namespace

HawkesStepper::HawkesStepper(const HawkesKernel& kernel, double days)
    : days_(days),
      decay_(std::numbers::ln2 / kernel.half_life_days),
      branching_(kernel.branching),
      kept_(std::exp(-decay_ * days)) {
  expect_kernel(kernel);
  CASUS_EXPECTS(days > 0.0, fmt::format("duration {} days is not > 0", days));
  // The mean excitation obeys E' = -b E + n (mu + b E) = -b (1 - n) E + n mu.
  const auto [once, twice] = exponential_integrals(decay_ * (1.0 - branching_), days);
  once_ = once;
  twice_ = twice;
  // e^(-r t) - e^(-b t), without cancellation where n is small.
  grown_ = kept_ * std::expm1(decay_ * branching_ * days);
  // Events that come from elsewhere are spread evenly over the step.
  even_ = branching_ * exponential_integrals(decay_, days).once / days;
}

HawkesStep HawkesStepper::step(double excitation, double background) const {
  expect_rate(background);
  CASUS_EXPECTS(excitation >= 0.0 && std::isfinite(excitation),
                fmt::format("excitation {} is not finite and >= 0", excitation));
  HawkesStep step;
  step.expected =
      background * days_ + decay_ * (excitation * once_ + branching_ * background * twice_);
  step.kept = kept_;
  step.added = branching_ > 0.0 && step.expected > 0.0
                   ? (excitation * grown_ + branching_ * background * once_) / step.expected
                   : even_;
  return step;
}

}  // namespace casus::rules
