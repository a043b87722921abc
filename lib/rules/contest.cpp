#include "casus/rules/contest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/rules/logit.h"
#include "casus/rules/power.h"

namespace casus::rules {

namespace {

void expect_shares(std::size_t efforts, std::size_t shares) {
  CASUS_EXPECTS(efforts >= 1 && efforts == shares,
                fmt::format("{} efforts and {} shares", efforts, shares));
}

void expect_effort(double x) {
  CASUS_EXPECTS(x >= 0.0 && std::isfinite(x),
                fmt::format("effort {} is not a finite number >= 0", x));
}

void normalise(std::span<double> shares) {
  double sum = 0.0;
  for (const double s : shares) sum += s;
  for (double& s : shares) s /= sum;
}

}  // namespace

double tullock(double x, double y, double m) {
  CASUS_EXPECTS(m > 0.0, fmt::format("decisiveness {} is not > 0", m));
  expect_effort(x);
  expect_effort(y);
  if (x == y) return 0.5;
  // The ratio of the smaller to the larger: x^m itself overflows.
  const double ratio = power(std::min(x, y) / std::max(x, y), m);
  return x > y ? 1.0 / (1.0 + ratio) : ratio / (1.0 + ratio);
}

double hirshleifer(double x, double y, double k) {
  CASUS_EXPECTS(k >= 0.0, fmt::format("decisiveness {} is not >= 0", k));
  return logistic(k * (x - y));
}

void tullock_shares(std::span<const double> efforts, double m, std::span<double> shares) {
  expect_shares(efforts.size(), shares.size());
  CASUS_EXPECTS(m > 0.0, fmt::format("decisiveness {} is not > 0", m));
  double largest = 0.0;
  for (const double x : efforts) {
    expect_effort(x);
    largest = std::max(largest, x);
  }
  for (std::size_t i = 0; i < efforts.size(); ++i) {
    shares[i] = largest > 0.0 ? power(efforts[i] / largest, m) : 1.0;
  }
  normalise(shares);
}

void hirshleifer_shares(std::span<const double> efforts, double k, std::span<double> shares) {
  expect_shares(efforts.size(), shares.size());
  CASUS_EXPECTS(k >= 0.0, fmt::format("decisiveness {} is not >= 0", k));
  const double largest = *std::max_element(efforts.begin(), efforts.end());
  CASUS_EXPECTS(std::isfinite(largest), fmt::format("effort {} is not finite", largest));
  for (std::size_t i = 0; i < efforts.size(); ++i) shares[i] = std::exp(k * (efforts[i] - largest));
  normalise(shares);
}

}  // namespace casus::rules
