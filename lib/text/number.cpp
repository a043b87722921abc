#include "casus/text/number.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/ids.h"
#include "casus/text/prior.h"

namespace casus {
namespace {

constexpr Purpose prior("prior"), prior_row("prior row");

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }
double normal_density(double x) {
  return std::isinf(x) ? 0.0 : std::exp(-0.5 * x * x) / std::sqrt(2.0 * std::numbers::pi);
}

/// The limits of a normal or lognormal prior as standard scores.
struct Cut {
  double low, high;
};
Cut cut(const Number& n) {
  const auto score = [&](double x) {
    if (n.shape == Number::Shape::lognormal) {
      return x <= 0.0 ? -std::numeric_limits<double>::infinity() : std::log(x / n.a) / n.b;
    }
    return (x - n.a) / n.b;
  };
  return {score(n.low), score(n.high)};
}

/// The value of the row at the uniform `u`.
double row_at(const std::vector<double>& values, double u) {
  CASUS_EXPECTS(!values.empty(), "a number of no rows");
  const double n = static_cast<double>(values.size());
  return values[static_cast<std::size_t>(std::min(std::floor(u * n), n - 1.0))];
}

/// The standard score of the uniform `u` between the limits. Taken from the upper tail where the
/// limits lie there, as differences from 1 would lose their digits.
double score_within(const Cut& c, double u) {
  if (c.low > 0.0) return -score_within({-c.high, -c.low}, 1.0 - u);
  const double below = normal_cdf(c.low), above = normal_cdf(c.high);
  const double p = below + u * (above - below);
  const double tiny = std::numeric_limits<double>::min();
  const double z = normal_quantile(std::clamp(p, tiny, 1.0 - 0x1p-53));
  return std::clamp(z, c.low, c.high);
}

}  // namespace

double Number::mean() const {
  switch (shape) {
    case Shape::constant:
      return a;
    case Shape::uniform:
      return a + 0.5 * (b - a);
    case Shape::triangular:
      return (a + b + c) / 3.0;
    case Shape::beta:
      return a / (a + b);
    case Shape::rows:
      return std::accumulate(rows->values.begin(), rows->values.end(), 0.0) /
             static_cast<double>(rows->values.size());
    case Shape::normal: {
      if (b == 0.0) return a;
      const Cut limits = cut(*this);
      const double mass = normal_cdf(limits.high) - normal_cdf(limits.low);
      return a + b * (normal_density(limits.low) - normal_density(limits.high)) / mass;
    }
    case Shape::lognormal: {
      if (b == 0.0) return a;
      const Cut limits = cut(*this);
      const double mass = normal_cdf(limits.high) - normal_cdf(limits.low);
      const double part = normal_cdf(limits.high - b) - normal_cdf(limits.low - b);
      return a * std::exp(0.5 * b * b) * part / mass;
    }
  }
  return a;
}

double prior_quantile(const Number& n, double u) {
  CASUS_EXPECTS(u > 0.0 && u < 1.0, fmt::format("a quantile at {} is not in (0, 1)", u));
  switch (n.shape) {
    case Number::Shape::constant:
      break;
    case Number::Shape::uniform:
      return n.a + (n.b - n.a) * u;
    case Number::Shape::triangular: {
      if (n.a == n.c) break;
      const double rising = (n.b - n.a) / (n.c - n.a);
      if (u < rising) return n.a + std::sqrt(u * (n.c - n.a) * (n.b - n.a));
      return n.c - std::sqrt((1.0 - u) * (n.c - n.a) * (n.c - n.b));
    }
    case Number::Shape::beta: {
      using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
      return boost::math::quantile(boost::math::beta_distribution<double, Policy>(n.a, n.b), u);
    }
    case Number::Shape::rows: {
      std::vector<double> sorted = n.rows->values;
      std::sort(sorted.begin(), sorted.end());
      return row_at(sorted, u);
    }
    case Number::Shape::normal:
    case Number::Shape::lognormal: {
      if (n.b == 0.0) break;
      const double z = score_within(cut(n), u);
      const double x = n.shape == Number::Shape::normal ? n.a + n.b * z : n.a * std::exp(n.b * z);
      return std::clamp(x, n.low, n.high);
    }
  }
  return n.a;
}

double draw(const Number& n, Replicate replicate, std::string_view path, SourcePlace place) {
  if (n.shape == Number::Shape::constant) return n.a;
  if (n.shape == Number::Shape::rows) {
    // Whoever has rows of one name asks at one address, and from one place, so that they take the
    // same row.
    Stream row(replicate, 0, prior_row, {name_hash(n.rows->of)}, Stream::again);
    return row_at(n.rows->values, uniform(row));
  }
  Stream stream(replicate, 0, prior, {name_hash(path)}, Stream::once, place);
  switch (n.shape) {
    case Number::Shape::uniform:
      return n.a + (n.b - n.a) * uniform(stream);
    case Number::Shape::triangular:
      return n.a == n.c ? n.a : triangular(stream, n.a, n.b, n.c);
    case Number::Shape::beta:
      return beta(stream, n.a, n.b);
    case Number::Shape::normal:
    case Number::Shape::lognormal: {
      if (n.b == 0.0) return n.a;
      const double z = score_within(cut(n), uniform(stream));
      const double x = n.shape == Number::Shape::normal ? n.a + n.b * z : n.a * std::exp(n.b * z);
      return std::clamp(x, n.low, n.high);
    }
    case Number::Shape::rows:
    case Number::Shape::constant:
      break;
  }
  return n.a;
}

}  // namespace casus
