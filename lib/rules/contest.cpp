#include "casus/rules/contest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/rules/power.h"

namespace casus::rules {

namespace {

void expect_effort(double x) {
  CASUS_EXPECTS(x >= 0.0 && std::isfinite(x),
                fmt::format("effort {} is not a finite number >= 0", x));
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

}  // namespace casus::rules
