#include "casus/rules/attrition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "attrition_checks.h"
#include "casus/core/contracts.h"

namespace casus::rules {

using detail::expect_attrition;

Strengths square_step(Strengths start, double alpha, double beta, double days) {
  expect_attrition(start, alpha, beta, days);
  if (days == 0.0 || start.a == 0.0 || start.b == 0.0) return start;
  if (alpha == 0.0) return {std::max(0.0, start.a - beta * start.b * days), start.b};
  if (beta == 0.0) return {start.a, std::max(0.0, start.b - alpha * start.a * days)};
  // u = sqrt(alpha) A and v = sqrt(beta) B obey u' = -w v, v' = -w u with w = sqrt(alpha beta), so
  // u + v decays and u - v grows, each on its own.
  const double ru = std::sqrt(alpha);
  const double rv = std::sqrt(beta);
  const double w = ru * rv;
  const double sum = ru * start.a + rv * start.b;
  const double difference = ru * start.a - rv * start.b;
  const double sum_after = sum * std::exp(-w * days);
  // The end, where |u - v| catches up with u + v, is tested in logarithms: the growing part
  // overflows.
  if (difference != 0.0 && 2.0 * w * days >= std::log(sum / std::abs(difference))) {
    const double survivors = std::sqrt(sum) * std::sqrt(std::abs(difference));
    return difference > 0.0 ? Strengths{survivors / ru, 0.0} : Strengths{0.0, survivors / rv};
  }
  const double difference_after = difference == 0.0 ? 0.0 : difference * std::exp(w * days);
  return {std::max(0.0, (sum_after + difference_after) / (2.0 * ru)),
          std::max(0.0, (sum_after - difference_after) / (2.0 * rv))};
}

Strengths linear_step(Strengths start, double alpha, double beta, double days) {
  expect_attrition(start, alpha, beta, days);
  // u = alpha A and v = beta B obey u' = v' = -u v; with K = u0 - v0 >= 0 (else swap) and
  // E = (1 - e^(-K t)) / K: u = u0 / (1 + v0 E), v = v0 e^(-K t) / (1 + v0 E).
  double u = alpha * start.a;
  double v = beta * start.b;
  const bool swapped = u < v;
  if (swapped) std::swap(u, v);
  const double k = u - v;
  const double e = k > 0.0 ? -std::expm1(-k * days) / k : days;
  const double larger = 1.0 / (1.0 + v * e);
  const double smaller = std::exp(-k * days) * larger;
  return {start.a * (swapped ? smaller : larger), start.b * (swapped ? larger : smaller)};
}

Strengths ambush_step(Strengths start, double area, double aimed, double days) {
  expect_attrition(start, area, aimed, days);
  const double g = start.a;
  const double r = start.b;
  if (days == 0.0 || r == 0.0 || g == 0.0) return start;
  if (area == 0.0) return {g, std::max(0.0, r - aimed * g * days)};
  // R' = -(area / 2)(R^2 + q), q = 2 (aimed G - area R^2 / 2) / area: a Riccati equation, solved by
  // a tangent where the guerrillas win (q > 0) and by its hyperbolic twin where they lose.
  const double half = 0.5 * area;
  const double q = aimed * g / half - r * r;
  double cosine = 1.0;
  double sine = half * days;  // over sqrt(|q|)
  double scale = 1.0;         // e^(-psi), taken out of both: they overflow
  if (q > 0.0) {
    const double k = std::sqrt(q);
    const double phi = half * k * days;
    if (phi >= std::atan2(r, k)) return {half * q / aimed, 0.0};
    cosine = std::cos(phi);
    sine = std::sin(phi) / k;
  } else if (q < 0.0) {
    const double k = std::sqrt(-q);
    const double psi = half * k * days;
    cosine = 0.5 * (1.0 + std::exp(-2.0 * psi));
    sine = -0.5 * std::expm1(-2.0 * psi) / k;
    scale = std::exp(-psi);
  }
  const double d = cosine + r * sine;
  return {g * (scale / d) * (scale / d), std::max(0.0, (r * cosine - q * sine) / d)};
}

}  // namespace casus::rules
