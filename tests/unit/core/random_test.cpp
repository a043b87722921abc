#include "casus/core/random.h"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <set>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/ids.h"

namespace casus {
namespace {

static_assert(std::uniform_random_bit_generator<Stream>);

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

Stream stream_of(std::uint64_t i, std::uint32_t step = 0) {
  return Stream({7, 1}, step, Purpose("test"), {i});
}

std::vector<std::uint32_t> words(Stream stream, std::size_t n = 8) {
  std::vector<std::uint32_t> result(n);
  for (auto& word : result) word = stream();
  return result;
}

TEST(Philox, KnownAnswersOfTheReferenceImplementation) {
  const r123::Philox4x32 philox;
  const auto zeros = philox({{0, 0, 0, 0}}, {{0, 0}});
  EXPECT_EQ(zeros, (r123::Philox4x32::ctr_type{{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
  const std::uint32_t f = 0xffffffffU;
  const auto ones = philox({{f, f, f, f}}, {{f, f}});
  EXPECT_EQ(ones, (r123::Philox4x32::ctr_type{{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
}

// Whatever moves these numbers changes every result ever published with the library.
TEST(Stream, LayoutOfTheAddressIsFixed) {
  const std::uint64_t key = mix(42, 3);
  const std::uint64_t h = mix(mix(mix(Purpose("combat").key, 2), 111), 222);
  const r123::Philox4x32 philox;
  std::vector<std::uint32_t> expected;
  for (std::uint32_t block = 0; block < 3; ++block) {
    const auto numbers =
        philox({{block, 9, static_cast<std::uint32_t>(h), static_cast<std::uint32_t>(h >> 32)}},
               {{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}});
    expected.insert(expected.end(), numbers.begin(), numbers.end());
  }
  EXPECT_EQ(words(Stream({42, 3}, 9, Purpose("combat"), {111, 222}), 12), expected);
}

TEST(Stream, SameAddressSameNumbersAndCopiesAreIndependent) {
  Stream a({1, 2}, 3, Purpose("honour"), {4, 5});
  EXPECT_EQ(words(a), words(Stream({1, 2}, 3, Purpose("honour"), {4, 5})));
  a();
  Stream copy = a;
  const auto rest = words(a);
  EXPECT_EQ(words(copy), rest);
}

TEST(Stream, EveryPartOfTheAddressMatters) {
  const std::vector<Stream> streams = {
      Stream({1, 2}, 3, Purpose("honour"), {4, 5}),
      Stream({9, 2}, 3, Purpose("honour"), {4, 5}),
      Stream({1, 9}, 3, Purpose("honour"), {4, 5}),
      Stream({1, 2}, 9, Purpose("honour"), {4, 5}),
      Stream({1, 2}, 3, Purpose("combat"), {4, 5}),
      Stream({1, 2}, 3, Purpose("honour"), {9, 5}),
      Stream({1, 2}, 3, Purpose("honour"), {4, 9}),
      Stream({1, 2}, 3, Purpose("honour"), {5, 4}),
      Stream({1, 2}, 3, Purpose("honour"), {4}),
      Stream({1, 2}, 3, Purpose("honour"), {4, 5, 0}),
      Stream({1, 2}, 3, Purpose("honour"), {}),
      Stream({1, 2}, 3, Purpose("honour"), {0}),
      Stream({1, 2}, 3, Purpose("honour"), {0, 0}),
      Stream({2, 1}, 3, Purpose("honour"), {4, 5}),
      Stream({1, 2}, 3, Purpose("honour"), {1ULL << 63, 5}),
  };
  std::set<std::vector<std::uint32_t>> seen;
  for (const Stream& stream : streams) EXPECT_TRUE(seen.insert(words(stream, 4)).second);
}

// Neighbouring addresses, in each coordinate, behave as independent uniforms: the correlation of
// n pairs is within 4 standard errors of zero.
TEST(Stream, NeighbouringAddressesAreUncorrelated) {
  constexpr std::uint32_t n = 20000;
  const std::vector<std::function<Stream(std::uint32_t)>> walks = {
      [](std::uint32_t i) {
        return Stream({5, 0}, 0, Purpose("test"), {i});
      },
      [](std::uint32_t i) {
        return Stream({5, 0}, i, Purpose("test"), {1});
      },
      [](std::uint32_t i) {
        return Stream({5, i}, 0, Purpose("test"), {1});
      },
      [](std::uint32_t i) {
        return Stream({i, 0}, 0, Purpose("test"), {1});
      },
  };
  for (std::size_t w = 0; w < walks.size(); ++w) {
    double sum = 0.0, cross = 0.0, last = 0.0;
    for (std::uint32_t i = 0; i <= n; ++i) {
      Stream stream = walks[w](i);
      const double u = (uniform(stream) - 0.5) * std::sqrt(12.0);
      if (i > 0) cross += u * last;
      sum += u;
      last = u;
    }
    EXPECT_LT(std::fabs(sum / n), 4.0 / std::sqrt(n)) << "walk " << w;
    EXPECT_LT(std::fabs(cross / n), 4.0 / std::sqrt(n)) << "walk " << w;
  }
}

TEST(Stream, WorksWithStandardAlgorithms) {
  std::vector<int> cards(52);
  for (int i = 0; i < 52; ++i) cards[static_cast<std::size_t>(i)] = i;
  Stream stream = stream_of(1);
  std::shuffle(cards.begin(), cards.end(), stream);
  EXPECT_FALSE(std::is_sorted(cards.begin(), cards.end()));
}

TEST(Uniform, IsOpenAndUsesTheFirstWordAsTheHighBits) {
  for (std::uint64_t i = 0; i < 1000; ++i) {
    Stream a = stream_of(i), b = stream_of(i);
    const double u = uniform(a);
    const double coarse = b() / 4294967296.0;
    EXPECT_GT(u, 0.0);
    EXPECT_LT(u, 1.0);
    EXPECT_NEAR(u, coarse, 0x1p-32);
    EXPECT_EQ(u * 0x1p53, std::floor(u * 0x1p53));
  }
}

TEST(Uniform, FillsTenBinsEvenly) {
  std::vector<int> bins(10);
  constexpr int n = 100000;
  for (std::uint64_t i = 0; i < n; ++i) {
    Stream stream = stream_of(i);
    ++bins[static_cast<std::size_t>(uniform(stream) * 10.0)];
  }
  double chi2 = 0.0;
  for (const int count : bins) chi2 += (count - n / 10.0) * (count - n / 10.0) / (n / 10.0);
  EXPECT_LT(chi2, 27.9);  // 99.9 % point with 9 degrees of freedom
  EXPECT_GT(chi2, 0.6);   // too even is as wrong
}

TEST(NormalQuantile, AgreesWithBoostOverTheWholeRange) {
  const boost::math::normal standard;
  for (double p = 1e-300; p < 0.5; p *= 3.0) {
    const double z = boost::math::quantile(standard, p);
    EXPECT_NEAR(normal_quantile(p) / z, 1.0, 2e-15) << p;
  }
  for (int i = 1; i < 1000; ++i) {
    const double p = i / 1000.0;
    EXPECT_NEAR(normal_quantile(p), boost::math::quantile(standard, p), 2e-15) << p;
  }
  EXPECT_NEAR(normal_quantile(1.0 - 0x1p-53), boost::math::quantile(standard, 1.0 - 0x1p-53),
              2e-14);
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_THROW(normal_quantile(0.0), ContractError);
  EXPECT_THROW(normal_quantile(1.0), ContractError);
}

struct Moments {
  double mean, variance;
};

template <class Draw>
Moments moments(Draw draw, int n) {
  double sum = 0.0, squares = 0.0;
  for (int i = 0; i < n; ++i) {
    Stream stream = stream_of(static_cast<std::uint64_t>(i));
    const double x = static_cast<double>(draw(stream));
    sum += x;
    squares += x * x;
  }
  const double mean = sum / n;
  return {mean, squares / n - mean * mean};
}

// Mean within 4 standard errors, variance within 4 of its own, given the excess kurtosis.
template <class Draw>
void expect_moments(const char* name, Draw draw, double mean, double variance, double kurtosis,
                    int n = 20000) {
  const Moments m = moments(draw, n);
  EXPECT_NEAR(m.mean, mean, 4.0 * std::sqrt(variance / n)) << name;
  EXPECT_NEAR(m.variance, variance, 4.0 * variance * std::sqrt((kurtosis + 2.0) / n)) << name;
}

TEST(Distributions, HaveTheirMeanAndVariance) {
  expect_moments(
      "uniform", [](Stream& s) { return uniform(s); }, 0.5, 1.0 / 12.0, -1.2);
  expect_moments(
      "normal", [](Stream& s) { return normal(s); }, 0.0, 1.0, 0.0);
  expect_moments(
      "exponential", [](Stream& s) { return exponential(s, 3.0); }, 3.0, 9.0, 6.0);
  expect_moments(
      "chance", [](Stream& s) { return chance(s, 0.3) ? 1 : 0; }, 0.3, 0.21,
      (1.0 - 6.0 * 0.21) / 0.21);
  expect_moments(
      "triangular", [](Stream& s) { return triangular(s, 1.0, 2.0, 6.0); }, 3.0,
      (1.0 + 4.0 + 36.0 - 2.0 - 6.0 - 12.0) / 18.0, -0.6);
  expect_moments(
      "gamma", [](Stream& s) { return gamma(s, 2.5, 4.0); }, 10.0, 40.0, 2.4);
  expect_moments(
      "gamma, small shape", [](Stream& s) { return gamma(s, 0.3, 1.0); }, 0.3, 0.3, 20.0);
  expect_moments(
      "beta", [](Stream& s) { return beta(s, 2.0, 3.0); }, 0.4, 0.04, -9.0 / 14.0);
  const double w = std::exp(0.25);
  expect_moments(
      "lognormal", [](Stream& s) { return lognormal(s, 10.0, 0.5); }, 10.0 * std::exp(0.125),
      100.0 * w * (w - 1.0), w * w * w * w + 2.0 * w * w * w + 3.0 * w * w - 6.0);
  for (const double mean : {0.01, 0.7, 12.0, 499.0, 501.0, 1e6}) {
    expect_moments(
        "poisson", [mean](Stream& s) { return poisson(s, mean); }, mean, mean, 1.0 / mean);
  }
  for (const double p : {1e-4, 0.2, 0.97}) {
    for (const std::uint64_t n : {7ULL, 100ULL, 1000000ULL}) {
      const double variance = static_cast<double>(n) * p * (1.0 - p);
      expect_moments(
          "binomial", [=](Stream& s) { return binomial(s, n, p); }, static_cast<double>(n) * p,
          variance, (1.0 - 6.0 * p * (1.0 - p)) / variance);
    }
  }
}

TEST(Distributions, CountsAreTheExactQuantiles) {
  using boost::math::cdf;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    Stream a = stream_of(i), b = stream_of(i), c = stream_of(i);
    const double u = uniform(a);
    const double mean = 0.05 * static_cast<double>(i % 200 + 1);
    const boost::math::poisson p(mean);
    const double k = static_cast<double>(poisson(b, mean));
    EXPECT_GE(cdf(p, k), u * (1.0 - 1e-12));
    if (k > 0.0) {
      EXPECT_LT(cdf(p, k - 1.0), u * (1.0 + 1e-12));
    }
    const boost::math::binomial q(30.0, 0.8);
    const double m = static_cast<double>(binomial(c, 30, 0.8));
    EXPECT_GE(cdf(q, m), u * (1.0 - 1e-12));
    if (m > 0.0) {
      EXPECT_LT(cdf(q, m - 1.0), u * (1.0 + 1e-12));
    }
  }
}

TEST(Distributions, PoissonSeamAt500IsWithinOneCount) {
  for (std::uint64_t i = 0; i < 2000; ++i) {
    Stream a = stream_of(i), b = stream_of(i);
    const auto exact = static_cast<double>(poisson(a, 500.0));
    const auto approximate = static_cast<double>(poisson(b, std::nextafter(500.0, 501.0)));
    EXPECT_LE(std::fabs(exact - approximate), 1.0);
  }
}

TEST(Distributions, LargerParameterNeverGivesASmallerDraw) {
  const std::vector<std::function<double(Stream&, double)>> draws = {
      [](Stream& s, double x) { return chance(s, x / 20.0) ? 1.0 : 0.0; },
      [](Stream& s, double x) { return lognormal(s, x, 0.7); },
      [](Stream& s, double x) { return exponential(s, x); },
      [](Stream& s, double x) { return static_cast<double>(poisson(s, x)); },
      [](Stream& s, double x) { return triangular(s, 0.0, x, 20.0); },
      [](Stream& s, double x) { return gamma(s, x, 2.0); },
      [](Stream& s, double x) { return beta(s, x, 3.0); },
      [](Stream& s, double x) { return static_cast<double>(binomial(s, 40, x / 20.0)); },
  };
  for (std::size_t d = 0; d < draws.size(); ++d) {
    for (std::uint64_t i = 0; i < 200; ++i) {
      double before = 0.0;
      for (double x = 0.5; x <= 19.5; x += 1.0) {
        Stream stream = stream_of(i);
        const double value = draws[d](stream, x);
        EXPECT_GE(value, before) << "draw " << d << " stream " << i << " at " << x;
        before = value;
      }
    }
  }
}

TEST(Distributions, EdgesOfTheParameters) {
  for (std::uint64_t i = 0; i < 100; ++i) {
    Stream s = stream_of(i);
    EXPECT_FALSE(chance(s, 0.0));
    EXPECT_TRUE(chance(s, 1.0));
    EXPECT_EQ(poisson(s, 0.0), 0U);
    EXPECT_EQ(triangular(s, 2.0, 2.0, 2.0), 2.0);
    EXPECT_LE(triangular(s, 0.0, 0.0, 1.0), 1.0);
    EXPECT_GE(triangular(s, 0.0, 1.0, 1.0), 0.0);
    EXPECT_EQ(lognormal(s, 3.0, 0.0), 3.0);
    EXPECT_EQ(binomial(s, 0, 0.5), 0U);
    EXPECT_EQ(binomial(s, 9, 0.0), 0U);
    EXPECT_EQ(binomial(s, 9, 1.0), 9U);
    EXPECT_LE(binomial(s, 3, 0.999999), 3U);
    EXPECT_LE(binomial(s, 1ULL << 53, 0.5), 1ULL << 53);
  }
}

TEST(Distributions, BrokenPreconditionsThrowAndNameTheValue) {
  Stream s = stream_of(0);
  for (const double bad : {-0.1, 1.1, nan, inf}) {
    EXPECT_THROW(chance(s, bad), ContractError);
    EXPECT_THROW(binomial(s, 5, bad), ContractError);
  }
  for (const double bad : {-1.0, nan, inf}) {
    EXPECT_THROW(poisson(s, bad), ContractError);
    EXPECT_THROW(exponential(s, bad), ContractError);
    EXPECT_THROW(gamma(s, bad, 1.0), ContractError);
    EXPECT_THROW(gamma(s, 1.0, bad), ContractError);
    EXPECT_THROW(beta(s, bad, 1.0), ContractError);
    EXPECT_THROW(beta(s, 1.0, bad), ContractError);
    EXPECT_THROW(lognormal(s, bad, 1.0), ContractError);
    EXPECT_THROW(lognormal(s, 1.0, bad), ContractError);
  }
  EXPECT_THROW(exponential(s, 0.0), ContractError);
  EXPECT_THROW(triangular(s, 0.0, 2.0, 1.0), ContractError);
  EXPECT_THROW(triangular(s, 0.0, nan, 1.0), ContractError);
  try {
    chance(s, 1.5);
    FAIL();
  } catch (const ContractError& error) {
    EXPECT_NE(std::string(error.what()).find("probability 1.5 is not in [0, 1]"),
              std::string::npos);
    EXPECT_EQ(std::string(error.what()).find("/lib/"), std::string::npos) << "build machine's path";
  }
}

TEST(Pick, FollowsTheWeightsAndNeverTakesAZero) {
  const double weights[] = {0.0, 1.0, 0.0, 3.0, 0.0};
  std::vector<int> counts(5);
  constexpr int n = 20000;
  for (std::uint64_t i = 0; i < n; ++i) {
    Stream s = stream_of(i);
    ++counts[pick(s, weights, 5)];
  }
  EXPECT_EQ(counts[0] + counts[2] + counts[4], 0);
  EXPECT_NEAR(counts[3], 0.75 * n, 4.0 * std::sqrt(n * 0.75 * 0.25));
  Stream s = stream_of(0);
  const double zero[] = {0.0, 0.0}, negative[] = {1.0, -1.0}, broken[] = {1.0, nan};
  EXPECT_THROW(pick(s, zero, 2), ContractError);
  EXPECT_THROW(pick(s, negative, 2), ContractError);
  EXPECT_THROW(pick(s, broken, 2), ContractError);
  EXPECT_THROW(pick(s, nullptr, 0), ContractError);
}

template <class Draws>
std::uint64_t golden(Draws draws) {
  std::uint64_t h = 0;
  for (std::uint64_t i = 0; i < 500; ++i) {
    Stream s({2023, 9}, 16, Purpose("test"), {name_hash("golden"), i});
    for (const double x : draws(s)) h = mix(h, std::bit_cast<std::uint64_t>(x));
  }
  return h;
}

// Fixed numbers: a debug and a release build, by any compiler, must give exactly these. The first
// kind needs nothing but IEEE arithmetic; the others also depend on the C library's exp and log
// and on Boost's version, so if only they fail on a new platform, that is where to look.
TEST(Distributions, GoldenBits) {
  EXPECT_EQ(
      golden([](Stream& s) {
        return std::vector{uniform(s), chance(s, 0.3) ? 1.0 : 0.0, triangular(s, 1.0, 2.0, 4.0)};
      }),
      3682054511232710447ULL);
  EXPECT_EQ(golden([](Stream& s) {
              return std::vector{normal(s),
                                 exponential(s, 2.0),
                                 lognormal(s, 5.0, 0.4),
                                 static_cast<double>(poisson(s, 7.0)),
                                 static_cast<double>(poisson(s, 7000.0)),
                                 static_cast<double>(binomial(s, 40, 0.4))};
            }),
            4086518771141879768ULL);
  EXPECT_EQ(golden([](Stream& s) {
              return std::vector{gamma(s, 1.7, 2.0), beta(s, 2.0, 5.0),
                                 static_cast<double>(binomial(s, 100000, 0.4))};
            }),
            14588695016565923646ULL);
}

}  // namespace
}  // namespace casus
