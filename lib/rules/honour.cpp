#include "casus/rules/honour.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "casus/core/calendar.h"
#include "casus/core/contracts.h"

namespace casus::rules {

std::array<double, 6> honour_parts(const HonourInputs& inputs) {
  CASUS_EXPECTS(inputs.milinst >= 0 && inputs.milinst <= 2,
                fmt::format("military institutions {} are not 0, 1 or 2", inputs.milinst));
  CASUS_EXPECTS(inputs.formal >= 0 && inputs.formal <= 2,
                fmt::format("formality {} is not 0, 1 or 2", inputs.formal));
  return {3.6907,
          -0.7092 * inputs.milinst,
          -0.9287 * inputs.formal,
          inputs.capchange ? -1.5466 : 0.0,
          inputs.instchange ? -1.4604 : 0.0,
          inputs.origtarget ? -1.3593 : 0.0};
}

double honour_logit(const HonourInputs& inputs, double extra) {
  double sum = 0.0;
  for (const double part : honour_parts(inputs)) sum += part;
  return sum + extra;
}

int military_institutions(const AtopDepth& depth) {
  if (depth.milcon == 3 || depth.intcom || depth.base > 0) return 2;
  const bool some = depth.milcon == 2 || depth.milaid == 3 || depth.milaid == 4 ||
                    depth.subord > 0 || depth.contrib == 1 || depth.orgpurp == 1 ||
                    depth.orgpurp == 4;
  return some ? 1 : 0;
}

int formality(bool treaty, bool secret, int organisation) {
  return (treaty && !secret ? 1 : 0) + (organisation == 2 || organisation == 3 ? 1 : 0);
}

double deterrence_threshold(double p0, double p1, double cost, double status_quo) {
  CASUS_EXPECTS(p1 >= 0.0 && p1 < p0 && p0 <= 1.0,
                fmt::format("chances of winning {} alone and {} against the ally are not "
                            "0 <= p1 < p0 <= 1",
                            p0, p1));
  CASUS_EXPECTS(cost >= 0.0, fmt::format("cost {} is not >= 0", cost));
  return (p0 - cost - status_quo) / (p0 - p1);
}

double observed_reliability(double threshold) {
  CASUS_EXPECTS(
      threshold > 0.0,
      fmt::format("nobody is attacked at a threshold of {}, which is not > 0", threshold));
  return std::min(threshold, 1.0) / 2.0;
}

namespace {

/// ln(days), ln(cumulative hazard) of the points given, in order of time.
struct DelayCurve {
  std::array<std::pair<double, double>, 3> points{};
  std::size_t count = 0;

  /// The two points between which (or beyond which) a line runs; `by` picks the coordinate.
  template <class By>
  std::pair<std::size_t, std::size_t> segment(double at, By by) const {
    std::size_t i = 0;
    while (i + 2 < count && at > by(points[i + 1])) ++i;
    return {i, i + 1};
  }
};

double log_hazard(double share) { return std::log(-std::log1p(-share)); }

DelayCurve delay_curve(const JoiningDelay& delay) {
  CASUS_EXPECTS(delay.median_days > 0.0,
                fmt::format("median delay {} days is not > 0", delay.median_days));
  CASUS_EXPECTS(delay.within_month > 0.0 && delay.within_month < 1.0,
                fmt::format("share within a month {} is not inside (0, 1)", delay.within_month));
  CASUS_EXPECTS(delay.within_year >= 0.0 && delay.within_year < 1.0,
                fmt::format("share within a year {} is not in [0, 1)", delay.within_year));
  DelayCurve curve;
  const auto add = [&](double days, double share) {
    const std::pair point{std::log(days), log_hazard(share)};
    std::size_t at = curve.count++;
    for (; at > 0 && curve.points[at - 1] > point; --at) curve.points[at] = curve.points[at - 1];
    curve.points[at] = point;
  };
  add(delay.median_days, 0.5);
  add(days_per_month, delay.within_month);
  if (delay.within_year > 0.0) add(days_per_year, delay.within_year);
  for (std::size_t i = 0; i + 1 < curve.count; ++i) {
    CASUS_EXPECTS(curve.points[i].first < curve.points[i + 1].first &&
                      curve.points[i].second < curve.points[i + 1].second,
                  fmt::format("median {} days, {} within a month and {} within a year do not rise "
                              "with time",
                              delay.median_days, delay.within_month, delay.within_year));
  }
  return curve;
}

double interpolate(double x, double x0, double y0, double x1, double y1) {
  return y0 + (y1 - y0) / (x1 - x0) * (x - x0);
}

}  // namespace

double joining_delay_quantile(double u, const JoiningDelay& delay) {
  CASUS_EXPECTS(u > 0.0 && u < 1.0, fmt::format("share {} is not inside (0, 1)", u));
  const DelayCurve curve = delay_curve(delay);
  const double h = log_hazard(u);
  const auto [i, j] = curve.segment(h, [](const auto& p) { return p.second; });
  const auto [t0, h0] = curve.points[i];
  const auto [t1, h1] = curve.points[j];
  return std::exp(interpolate(h, h0, t0, h1, t1));
}

}  // namespace casus::rules
