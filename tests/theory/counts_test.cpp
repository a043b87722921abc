// Distributions of counts against what defines them.
#include "casus/rules/counts.h"

#include <gtest/gtest.h>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <cstdint>

namespace casus::rules {
namespace {

// Greenwood & Yule 1920: Poisson counts whose rates are gamma distributed.
TEST(NegativeBinomialTheory, IsAPoissonMixtureOfGammaRates) {
  for (const double shape : {0.7, 1.6, 6.0}) {
    constexpr double mean = 4.0;
    const boost::math::gamma_distribution<> rates(shape, mean / shape);
    for (const std::uint64_t k : {0U, 1U, 3U, 12U}) {
      // The midpoint rule in the share of rates, which needs no density at zero.
      constexpr int n = 20'000;
      double sum = 0.0;
      for (int i = 0; i < n; ++i) {
        const double rate = quantile(rates, (i + 0.5) / n);
        sum += std::exp(-rate + static_cast<double>(k) * std::log(rate) -
                        std::lgamma(static_cast<double>(k) + 1.0));
      }
      EXPECT_NEAR(std::exp(NegativeBinomial(mean, shape).log_probability(k)), sum / n, 1e-4);
    }
  }
}

// Mullahy 1986: the mean of a hurdle is that of what is above it, times the chance to clear it.
TEST(HurdleTheory, MeanIsTheChanceTimesWhatIsAboveZero) {
  const Hurdle hurdle{.chance = 0.3, .mean = 5.0, .shape = 1.2};
  constexpr int n = 200'000;
  double sum = 0.0;
  int zeros = 0;
  for (int i = 0; i < n; ++i) {
    const auto count = static_cast<double>(hurdle.quantile((i + 0.5) / n));
    sum += count;
    zeros += count == 0.0 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(zeros) / n, 0.7, 1e-5);
  EXPECT_NEAR(sum / n, 0.3 * 6.0, 1e-3);
}

}  // namespace
}  // namespace casus::rules
