#pragma once

#include <cstdint>
#include <span>

#include "casus/core/export.h"

/// Sizes of violent events, wars and groups.

namespace casus::rules {

/// Deaths in an event: a lognormal body with the given median up to `tail_from`, above it a power
/// law P(X > x) ~ x^(1 - exponent), the density continuous where they meet (the composite of
/// Scollnik 2007, doi:10.1080/03461230601110447), rounded up to whole deaths and cut at `maximum`.
/// The log standard deviation of the body follows from continuity. Defaults are calibrated on UCDP
/// GED events in Mali, Burkina Faso and Niger; Bohorquez et al. 2009 (doi:10.1038/nature08631) find
/// exponents around 2.5 in conflicts everywhere.
class CASUS_API EventSizes {
 public:
  /// median > 0, 1 < exponent <= 20, tail_from > median, maximum >= tail_from and <= 1e6, in
  /// deaths.
  explicit EventSizes(double median = 4.0, double exponent = 2.4, double tail_from = 10.0,
                      double maximum = 1000.0);

  /// The size below which a share u of events falls: draws when u is uniform on (0, 1). In
  /// [1, maximum], never falling in u. Requires 0 < u < 1.
  std::uint64_t quantile(double u) const;
  /// P(size <= k).
  double cdf(std::uint64_t k) const;
  /// Found anew at each call, in steps as many as the maximum.
  double mean() const;
  /// Log standard deviation of the body.
  double log_sd() const { return log_sd_; }

 private:
  double survival(double x) const;  // of the continuous, uncut law

  double median_, exponent_, tail_from_, maximum_;
  double log_sd_ = 0.0, tail_share_ = 0.0, below_maximum_ = 1.0;
};

/// Maximum-likelihood exponent 1 + n / sum ln(x / from) of the values >= from (Clauset, Shalizi &
/// Newman 2009, doi:10.1137/070710111). Requires from > 0 and a value > from.
CASUS_API double power_law_exponent(std::span<const double> values, double from);

/// Stationary number of groups of size s in the fusion-fragmentation model of Bohorquez et al.
/// 2009: `agents` in groups, the group of a random agent shatters with probability `shatter`, else
/// merges with that of another. (agents / s) Cat(s-1) c^(s-1) g^s, c = (1 - nu) / (2 - nu),
/// g = 1 / (2 - nu), Cat the Catalan numbers; close to s^-5/2 with a cut-off. agents > 0,
/// 0 < shatter <= 1, size >= 1.
CASUS_API double fusion_fragmentation_groups(double agents, double shatter, std::uint64_t size);

}  // namespace casus::rules
