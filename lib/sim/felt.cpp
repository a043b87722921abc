#include "sim/felt.h"

#include <algorithm>
#include <cmath>

#include "casus/core/expm1_each.h"

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

namespace {
// Most shocks are small, and up to here the series is exact to a part in 10^7.
constexpr double small_shock = 1e-3;
double by_series(double x) { return x * (1.0 - 0.5 * std::abs(x)); }
}  // namespace

double saturating(double x) {
  const double size = std::abs(x);
  return size < small_shock ? by_series(x) : std::copysign(-std::expm1(-size), x);
}

void Saturation::operator()(std::span<Relations::Move> moves, Executor& executor) {
  powers_.resize(moves.size());
  // The powers of a block side by side; of what is small there are none.
  const auto saturate = [&](std::size_t begin, std::size_t end) {
    std::size_t n = begin;
    for (std::size_t i = begin; i < end; ++i) {
      const double size = std::abs(moves[i].size);
      if (!(size < small_shock)) powers_[n++] = -size;
    }
    expm1_each(std::span(powers_).subspan(begin, n - begin));
    n = begin;
    for (std::size_t i = begin; i < end; ++i) {
      double& x = moves[i].size;
      x = std::abs(x) < small_shock ? by_series(x) : std::copysign(-powers_[n++], x);
    }
  };
  for_runs(executor, moves.size(), saturate, 256);
}

}  // namespace casus
