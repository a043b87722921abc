#include "sim/felt.h"

#include <algorithm>
#include <cmath>

namespace casus {

void FeltShocks::sort(std::span<const Felt> felt, std::size_t actors) {
  // A counting sort by viewer leaves what one viewer has felt as it came, in the order of authors.
  begin_.resize(actors + 1);
  std::fill(begin_.begin(), begin_.end(), 0);
  for (const Felt& f : felt) ++begin_[f.viewer.row() + 1];
  viewers_.clear();
  for (std::size_t a = 0; a < actors; ++a) {
    if (begin_[a + 1] > 0) viewers_.emplace_back(a);
    begin_[a + 1] += begin_[a];
  }
  end_.resize(actors);
  std::copy_n(begin_.begin(), actors, end_.begin());
  felt_.resize(felt.size());
  for (const Felt& f : felt) felt_[end_[f.viewer.row()]++] = f;
}

std::span<const Felt> FeltShocks::by(ActorId viewer) const {
  const std::size_t begin = begin_[viewer.row()];
  return std::span(felt_).subspan(begin, end_[viewer.row()] - begin);
}

double saturating(double x) {
  // Most shocks are small, and up to here the series is exact to a part in 10^7.
  constexpr double small_shock = 1e-3;
  const double size = std::abs(x);
  if (size < small_shock) return x * (1.0 - 0.5 * size);
  return std::copysign(-std::expm1(-size), x);
}

}  // namespace casus
