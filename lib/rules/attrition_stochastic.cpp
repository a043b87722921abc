#include <fmt/format.h>

#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/rules/attrition.h"
#include "casus/rules/logit.h"

namespace casus::rules {

namespace {

/// Boost.Math would compute in the x87's extended precision by default; results must not depend on
/// whether a machine has one.
using MathPolicy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

void expect_rates(double alpha, double beta) {
  CASUS_EXPECTS(alpha > 0.0 && beta > 0.0, fmt::format("rates {} and {} are not > 0", alpha, beta));
}

/// Value of the fight m against n to the finish, by the recursion over casualties: `a_left(i)`
/// where A has won with i survivors, `b_left(j)` where B has.
template <class ALeft, class BLeft>
double square_value(std::size_t m, std::size_t n, double alpha, double beta, ALeft a_left,
                    BLeft b_left) {
  constexpr std::size_t most = 100'000;
  CASUS_EXPECTS(m <= most && n <= most,
                fmt::format("strengths {} and {} are above {}: approximate", m, n, most));
  std::vector<double> row(n + 1);  // values at the current number of A's
  for (std::size_t j = 1; j <= n; ++j) row[j] = b_left(static_cast<double>(j));
  for (std::size_t i = 1; i <= m; ++i) {
    const double kills_b = alpha * static_cast<double>(i);
    row[0] = a_left(static_cast<double>(i));
    for (std::size_t j = 1; j <= n; ++j) {
      const double kills_a = beta * static_cast<double>(j);
      row[j] = (kills_b * row[j - 1] + kills_a * row[j]) / (kills_b + kills_a);
    }
  }
  return row[n];
}

}  // namespace

double linear_win_probability(std::size_t m, std::size_t n, double p) {
  CASUS_EXPECTS(m >= 1 && n >= 1, fmt::format("strengths {} and {} are not >= 1", m, n));
  CASUS_EXPECTS(p >= 0.0 && p <= 1.0, fmt::format("probability {} is not in [0, 1]", p));
  return boost::math::ibeta(static_cast<double>(n), static_cast<double>(m), p, MathPolicy());
}

double square_win_probability(std::size_t m, std::size_t n, double alpha, double beta) {
  expect_rates(alpha, beta);
  CASUS_EXPECTS(m + n >= 1, "a fight of nobody against nobody");
  return square_value(
      m, n, alpha, beta, [](double) { return 1.0; }, [](double) { return 0.0; });
}

double square_win_probability_normal(double a, double b, double alpha, double beta) {
  expect_rates(alpha, beta);
  CASUS_EXPECTS(a >= 0.0 && b >= 0.0 && a + b > 0.0,
                fmt::format("strengths {} and {} are not >= 0 and not both 0", a, b));
  const double mean = 0.5 * (alpha * a * (a + 1.0) - beta * b * (b + 1.0));
  const double variance = (alpha * alpha * a * (a + 1.0) * (2.0 * a + 1.0) +
                           beta * beta * b * (b + 1.0) * (2.0 * b + 1.0)) /
                          6.0;
  return normal_cdf(mean / std::sqrt(variance));
}

double square_expected_survivors(std::size_t m, std::size_t n, double alpha, double beta) {
  expect_rates(alpha, beta);
  const auto left = [](double survivors) { return survivors; };
  return square_value(m, n, alpha, beta, left, left);
}

}  // namespace casus::rules
