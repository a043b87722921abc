#include "sim/felt.h"

#include <cmath>

namespace casus {

void FeltShocks::sort(std::span<const Felt> felt, std::size_t actors) {
  // A counting sort by viewer leaves what one viewer has felt as it came, in the order of authors.
  for (const ActorId viewer : viewers_) begin_[viewer.row()] = end_[viewer.row()] = 0;
  viewers_.clear();
  begin_.resize(actors, 0);
  end_.resize(actors, 0);
  for (const Felt& f : felt) ++end_[f.viewer.row()];
  std::uint32_t begin = 0;
  for (std::size_t a = 0; a < actors; ++a) {
    const std::uint32_t count = end_[a];
    if (count == 0) continue;  // as for most
    viewers_.emplace_back(a);
    begin_[a] = end_[a] = begin;
    begin += count;
  }
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
