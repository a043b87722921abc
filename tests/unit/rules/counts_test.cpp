#include "casus/rules/counts.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

namespace casus::rules {
namespace {

constexpr Purpose counts_draw("counts test");

TEST(NegativeBinomial, SumsToOneWithItsMoments) {
  for (const auto& [mean, shape] :
       {std::pair(0.3, 0.2), std::pair(4.0, 1.5), std::pair(9.0, 50.0)}) {
    const NegativeBinomial law(mean, shape);
    double sum = 0.0, first = 0.0, second = 0.0;
    for (std::uint64_t k = 0; k < 3000; ++k) {
      const double p = std::exp(law.log_probability(k)), x = static_cast<double>(k);
      sum += p;
      first += p * x;
      second += p * x * x;
    }
    EXPECT_NEAR(sum, 1.0, 1e-9);
    EXPECT_NEAR(first, mean, 1e-7);
    EXPECT_NEAR(second - first * first, law.variance(), 1e-5);
  }
}

TEST(NegativeBinomial, IsGeometricAtShapeOneAndPoissonFarOff) {
  const NegativeBinomial geometric(3.0, 1.0);
  for (std::uint64_t k = 0; k < 20; ++k) {
    EXPECT_NEAR(std::exp(geometric.log_probability(k)), 0.25 * std::pow(0.75, k), 1e-12);
  }
  const NegativeBinomial poisson(2.0, 1e9);
  EXPECT_NEAR(poisson.log_probability(3), -2.0 + 3.0 * std::log(2.0) - std::log(6.0), 1e-8);
  // Where it goes on with gamma functions it is still one function.
  const NegativeBinomial wide(900.0, 2.0);
  const double step = wide.log_probability(1001) - wide.log_probability(1000);
  EXPECT_NEAR(step, std::log(1002.0 / 1001.0 * 900.0 / 902.0), 1e-9);
}

TEST(NegativeBinomial, QuantilesInvertTheSumOfProbabilities) {
  const NegativeBinomial law(6.0, 0.7);
  double below = 0.0;
  for (std::uint64_t k = 0; k < 60; ++k) {
    const double p = std::exp(law.log_probability(k));
    EXPECT_EQ(law.quantile(below + 0.5 * p), k);
    below += p;
  }
  EXPECT_EQ(NegativeBinomial(0.0, 1.0).quantile(0.999), 0U);
  EXPECT_GT(law.quantile(1.0 - 0x1p-53), 100U);
}

TEST(NegativeBinomial, GoesOnAsANormalWithSkewnessWhereZeroIsBeyondDoubles) {
  // P(0) is e^-599 on one side of the seam and e^-601 on the other.
  for (const double u : {0.001, 0.1, 0.5, 0.9, 0.999}) {
    const auto below = static_cast<double>(NegativeBinomial(599.0, 1e7).quantile(u));
    const auto above = static_cast<double>(NegativeBinomial(601.0, 1e7).quantile(u));
    EXPECT_NEAR(above - below, 2.0, 1.1);
  }
  EXPECT_NEAR(static_cast<double>(NegativeBinomial(5000.0, 400.0).quantile(0.5)), 5000.0, 20.0);
}

TEST(NegativeBinomial, MomentsAreKept) {
  const NegativeBinomial law = NegativeBinomial::from_moments(5.0, 30.0);
  EXPECT_DOUBLE_EQ(law.mean(), 5.0);
  EXPECT_DOUBLE_EQ(law.variance(), 30.0);
  // Less than Poisson is Poisson, as nearly as it is told apart.
  EXPECT_NEAR(NegativeBinomial::from_moments(5.0, 1.0).variance(), 5.0, 0.0011);
  EXPECT_THROW(NegativeBinomial::from_moments(0.0, 1.0), ContractError);
  EXPECT_THROW(NegativeBinomial(1.0, 0.0), ContractError);
  EXPECT_THROW(NegativeBinomial(-1.0, 1.0), ContractError);
  EXPECT_THROW(NegativeBinomial(1.0, 1.0).quantile(1.0), ContractError);
}

TEST(NegativeBinomialShape, IsFoundAgain) {
  for (const double shape : {0.3, 1.2, 6.0}) {
    std::vector<double> counts, means;
    for (std::uint32_t i = 0; i < 20000; ++i) {
      Stream stream({1, i}, 0, counts_draw, {});
      means.push_back(0.5 + 4.0 * uniform(stream));
      counts.push_back(
          static_cast<double>(NegativeBinomial(means.back(), shape).quantile(uniform(stream))));
    }
    EXPECT_NEAR(std::log(negative_binomial_shape(counts, means)), std::log(shape), 0.08);
  }
}

TEST(NegativeBinomialShape, IsTheBestOfTheLikelihood) {
  const std::vector<double> counts = {0, 0, 3, 1, 9, 0, 2, 0, 0, 5}, means(10, 2.0);
  const auto log_likelihood = [&](double shape) {
    double sum = 0.0;
    for (const double y : counts) {
      sum += NegativeBinomial(2.0, shape).log_probability(static_cast<std::uint64_t>(y));
    }
    return sum;
  };
  const double best = negative_binomial_shape(counts, means);
  EXPECT_GT(log_likelihood(best), log_likelihood(best * 1.02));
  EXPECT_GT(log_likelihood(best), log_likelihood(best / 1.02));
  // Counts that vary less than Poisson ask for the largest shape there is.
  EXPECT_NEAR(negative_binomial_shape(std::vector<double>(50, 2.0), std::vector<double>(50, 2.0)),
              150.0, 1e-6);
  EXPECT_THROW(negative_binomial_shape(counts, {}), ContractError);
}

TEST(Hurdle, FitIsTheShrunkenShareAndMean) {
  // 2 of 4 months with deaths, 7 on average; 4 of 8 among the peers, with a mean of 6.
  const std::vector<double> own = {0, 4, 10, 0}, peers = {0, 4, 10, 0, 0, 5, 5, 0};
  const Hurdle h = fit_hurdle(own, peers);
  EXPECT_DOUBLE_EQ(h.chance, (2.0 + 2.0 * 0.5) / 6.0);
  EXPECT_DOUBLE_EQ(h.mean, (14.0 + 2.0 * 6.0) / 4.0 - 1.0);
  // Variance of {4, 10, 5, 5} is 5.5: less than the least squared variation that is allowed.
  EXPECT_DOUBLE_EQ(h.shape, 1.0 / 0.5);
  EXPECT_DOUBLE_EQ(fit_hurdle(std::vector<double>{0, 0}, std::vector<double>{0, 0}).mean, 2.0);
  EXPECT_THROW(fit_hurdle({}, peers), ContractError);
}

TEST(Hurdle, DrawsZeroOrMore) {
  const Hurdle h{0.3, 4.0, 1.0};
  EXPECT_EQ(h.quantile(0.6999), 0U);
  EXPECT_EQ(h.quantile(0.7001), 1U);
  double sum = 0.0;
  constexpr int n = 20000;
  for (int i = 0; i < n; ++i) sum += static_cast<double>(h.quantile((i + 0.5) / n));
  EXPECT_NEAR(sum / n, 0.3 * 5.0, 0.01);
}

}  // namespace
}  // namespace casus::rules
