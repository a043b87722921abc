#include "casus/core/random.h"

#include <Random123/philox.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/random/binomial_distribution.hpp>
#include <cmath>

#include "casus/core/addresses.h"
#include "casus/core/contracts.h"

namespace casus {
namespace {

/// Boost.Math would compute in the x87's extended precision by default; results must not depend on
/// whether a machine has one.
using MathPolicy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

bool finite(double x) { return std::isfinite(x); }

/// Horner's scheme, the coefficient of the highest power first.
template <std::size_t N>
double polynomial(const double (&c)[N], double x) {
  double sum = c[0];
  for (std::size_t i = 1; i < N; ++i) sum = sum * x + c[i];
  return sum;
}

/// Walks up a distribution on 0, 1, 2, ... until its cumulative probability reaches `u`.
/// `ratio(k)` is P(k) / P(k - 1). Past the mean the walk ends once terms no longer count, because
/// rounding may keep the sum just below a `u` close to 1.
template <class Ratio>
std::uint64_t search_up(double u, double p0, double mean, Ratio ratio) {
  double term = p0;
  double sum = p0;
  std::uint64_t k = 0;
  while (sum < u) {
    term *= ratio(static_cast<double>(++k));
    const double next = sum + term;
    if (next == sum && static_cast<double>(k) > mean) break;
    sum = next;
  }
  return k;
}

/// Quantile of the binomial for p <= 1/2 and n p small enough that (1-p)^n does not underflow.
std::uint64_t binomial_quantile(double u, double n, double p) {
  const double odds = p / (1.0 - p);
  const double p0 = std::exp(n * std::log1p(-p));
  return search_up(u, p0, n * p, [&](double k) { return odds * (n - k + 1.0) / k; });
}

}  // namespace

void Stream::refill() {
  const r123::Philox4x32 philox;
  const r123::Philox4x32::ctr_type counter = {{counter_[0], counter_[1], counter_[2], counter_[3]}};
  const r123::Philox4x32::key_type key = {{key_[0], key_[1]}};
  const r123::Philox4x32::ctr_type block = philox(counter, key);
  for (std::size_t i = 0; i < block_.size(); ++i) block_[i] = block[i];
  ++counter_[0];
  used_ = 0;
}

void Stream::note(AddressBook& book, Reading reading, SourcePlace place) const {
  book.note({key_[0], key_[1], counter_[0], counter_[1], counter_[2], counter_[3]},
            reading == again, place);
}

bool chance(Stream& stream, double p) {
  CASUS_EXPECTS(p >= 0.0 && p <= 1.0, fmt::format("probability {} is not in [0, 1]", p));
  return uniform(stream) < p;
}

double normal_quantile(double p) {
  CASUS_EXPECTS(p > 0.0 && p < 1.0, fmt::format("probability {} is not in (0, 1)", p));
  // Algorithm AS 241, PPND16: M. J. Wichura (1988), The percentage points of the normal
  // distribution, Applied Statistics 37(3), 477-484. Relative accuracy about 1e-16.
  static constexpr double a[] = {2.5090809287301226727e+3, 3.3430575583588128105e+4,
                                 6.7265770927008700853e+4, 4.5921953931549871457e+4,
                                 1.3731693765509461125e+4, 1.9715909503065514427e+3,
                                 1.3314166789178437745e+2, 3.3871328727963666080e+0};
  static constexpr double b[] = {5.2264952788528545610e+3, 2.8729085735721942674e+4,
                                 3.9307895800092710610e+4, 2.1213794301586595867e+4,
                                 5.3941960214247511077e+3, 6.8718700749205790830e+2,
                                 4.2313330701600911252e+1, 1.0};
  static constexpr double c[] = {7.74545014278341407640e-4, 2.27238449892691845833e-2,
                                 2.41780725177450611770e-1, 1.27045825245236838258e+0,
                                 3.64784832476320460504e+0, 5.76949722146069140550e+0,
                                 4.63033784615654529590e+0, 1.42343711074968357734e+0};
  static constexpr double d[] = {1.05075007164441684324e-9, 5.47593808499534494600e-4,
                                 1.51986665636164571966e-2, 1.48103976427480074590e-1,
                                 6.89767334985100004550e-1, 1.67638483018380384940e+0,
                                 2.05319162663775882187e+0, 1.0};
  static constexpr double e[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5,
                                 1.24266094738807843860e-3, 2.65321895265761230930e-2,
                                 2.96560571828504891230e-1, 1.78482653991729133580e+0,
                                 5.46378491116411436990e+0, 6.65790464350110377720e+0};
  static constexpr double f[] = {2.04426310338993978564e-15, 1.42151175831644588870e-7,
                                 1.84631831751005468180e-5,  7.86869131145613259100e-4,
                                 1.48753612908506148525e-2,  1.36929880922735805310e-1,
                                 5.99832206555887937690e-1,  1.0};
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(a, r) / polynomial(b, r);
  }
  double r = std::sqrt(-std::log(q < 0.0 ? p : 1.0 - p));
  double z = 0.0;
  if (r <= 5.0) {
    r -= 1.6;
    z = polynomial(c, r) / polynomial(d, r);
  } else {
    r -= 5.0;
    z = polynomial(e, r) / polynomial(f, r);
  }
  return q < 0.0 ? -z : z;
}

double normal(Stream& stream) { return normal_quantile(uniform(stream)); }

double lognormal(Stream& stream, double median, double log_sd) {
  CASUS_EXPECTS(median > 0.0 && finite(median), fmt::format("median {} is not above 0", median));
  CASUS_EXPECTS(log_sd >= 0.0 && finite(log_sd), fmt::format("log_sd {} is below 0", log_sd));
  return median * std::exp(log_sd * normal(stream));
}

double exponential(Stream& stream, double mean) {
  CASUS_EXPECTS(mean > 0.0 && finite(mean), fmt::format("mean {} is not above 0", mean));
  return -mean * std::log1p(-uniform(stream));
}

std::uint64_t detail::poisson_quantile(double u, double mean) {
  return search_up(u, std::exp(-mean), mean, [mean](double k) { return mean / k; });
}

std::uint64_t detail::poisson(Stream& stream, double mean) {
  CASUS_EXPECTS(mean >= 0.0 && mean <= 1e15, fmt::format("mean {} is not in [0, 1e15]", mean));
  if (mean == 0.0) return 0;
  const double u = uniform(stream);
  if (mean <= 500.0) return poisson_quantile(u, mean);
  // The skewness term of Cornish and Fisher keeps the seam at 500 within one count.
  const double z = normal_quantile(u);
  const double k = std::floor(mean + std::sqrt(mean) * z + (z * z - 1.0) / 6.0 + 0.5);
  return static_cast<std::uint64_t>(std::max(k, 0.0));
}

double triangular(Stream& stream, double low_end, double mode, double high_end) {
  CASUS_EXPECTS(low_end <= mode && mode <= high_end && finite(low_end) && finite(high_end),
                fmt::format("triangular({}, {}, {}) is not ordered low <= mode <= high", low_end,
                            mode, high_end));
  const double u = uniform(stream);
  const double width = high_end - low_end;
  if (width == 0.0) return mode;
  const double left = mode - low_end;
  const double right = high_end - mode;
  const double x = u * width < left ? low_end + std::sqrt(u * width * left)
                                    : high_end - std::sqrt((1.0 - u) * width * right);
  return std::clamp(x, low_end, high_end);  // rounding may step over an end by one ulp
}

double gamma(Stream& stream, double shape, double scale) {
  CASUS_EXPECTS(shape > 0.0 && finite(shape), fmt::format("shape {} is not above 0", shape));
  CASUS_EXPECTS(scale > 0.0 && finite(scale), fmt::format("scale {} is not above 0", scale));
  return scale * boost::math::gamma_p_inv(shape, uniform(stream), MathPolicy());
}

double beta(Stream& stream, double a, double b) {
  CASUS_EXPECTS(a > 0.0 && finite(a), fmt::format("a = {} is not above 0", a));
  CASUS_EXPECTS(b > 0.0 && finite(b), fmt::format("b = {} is not above 0", b));
  return boost::math::ibeta_inv(a, b, uniform(stream), MathPolicy());
}

std::uint64_t binomial(Stream& stream, std::uint64_t n, double p) {
  CASUS_EXPECTS(p >= 0.0 && p <= 1.0, fmt::format("probability {} is not in [0, 1]", p));
  CASUS_EXPECTS(n <= (1ULL << 53), fmt::format("{} trials are more than 2^53", n));
  if (n == 0 || p == 0.0) return 0;
  if (p == 1.0) return n;
  const double trials = static_cast<double>(n);
  const double minor = std::min(p, 1.0 - p);
  if (trials * minor <= 50.0) {
    const double u = uniform(stream);
    if (p <= 0.5) return std::min(n, binomial_quantile(u, trials, p));
    return n - std::min(n, binomial_quantile(1.0 - u, trials, 1.0 - p));
  }
  boost::random::binomial_distribution<std::int64_t, double> distribution(
      static_cast<std::int64_t>(n), p);
  return static_cast<std::uint64_t>(distribution(stream));
}

std::size_t pick(Stream& stream, const double* weights, std::size_t n) {
  double total = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    CASUS_EXPECTS(weights[i] >= 0.0, fmt::format("weight {} is {}, below 0", i, weights[i]));
    total += weights[i];
  }
  CASUS_EXPECTS(total > 0.0 && finite(total),
                fmt::format("the {} weights sum to {}; a finite sum above 0 is needed", n, total));
  const double target = uniform(stream) * total;
  double sum = 0.0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (weights[i] == 0.0) continue;
    sum += weights[i];
    last = i;
    if (target < sum) break;
  }
  return last;
}

}  // namespace casus
