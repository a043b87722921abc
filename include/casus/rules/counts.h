#pragma once

#include <cstdint>
#include <span>

#include "casus/core/export.h"

/// Distributions of counts of events and deaths, and how they are fitted to counts observed.

namespace casus::rules {

/// A Poisson count whose rate is gamma distributed (Greenwood & Yule 1920, doi:10.2307/2341080):
/// variance = mean + mean^2 / shape.
class CASUS_API NegativeBinomial {
 public:
  /// mean >= 0 and shape > 0, finite.
  NegativeBinomial(double mean, double shape);
  /// By the method of moments. The variance is taken to exceed the mean by at least 0.001, since no
  /// count of this kind varies less. Requires mean > 0 and variance >= 0.
  static NegativeBinomial from_moments(double mean, double variance);

  double mean() const { return mean_; }
  double shape() const { return shape_; }
  double variance() const { return mean_ + mean_ * mean_ / shape_; }
  /// ln P(k).
  double log_probability(std::uint64_t k) const;
  /// The count below which a share u falls: draws when u is uniform on (0, 1). Never falling in u
  /// and in the mean. Where P(0) < e^-600 it is the normal quantile with its skewness term.
  std::uint64_t quantile(double u) const;

 private:
  double mean_, shape_;
};

/// The shape of highest likelihood of negative binomial counts with the given means (> 0), by
/// bisection of its logarithm between ln `least` and ln `most`. Counts are whole and >= 0.
CASUS_API double negative_binomial_shape(std::span<const double> counts,
                                         std::span<const double> means, double least = 0.05,
                                         double most = 150.0);

/// A hurdle: zero, or with `chance` 1 + a negative binomial count (Mullahy 1986,
/// doi:10.1016/0304-4076(86)90002-3).
struct CASUS_API Hurdle {
  double chance = 0.0;  ///< of more than zero, [0, 1]
  double mean = 1.0;    ///< of what is above one, >= 0
  double shape = 1.0;   ///< > 0
  /// 0 < u < 1.
  std::uint64_t quantile(double u) const;
};

/// Fits a hurdle to the counts of one unit, of which there are few, by shrinking it to its peers
/// (itself among them): the chance by two pseudo-counts of theirs; the mean of what is above zero
/// by two of theirs, or of 8 if they have more; the squared coefficient of variation is theirs,
/// kept within 0.5 to 3, or 1.5 where they have no more than three counts above zero. Without any,
/// the peers' mean is 3. The constants are judged. Requires counts of the unit.
CASUS_API Hurdle fit_hurdle(std::span<const double> own, std::span<const double> peers);

}  // namespace casus::rules
