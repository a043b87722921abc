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
  sizes_.resize(moves.size());
  powers_.resize(moves.size());
  // All of both, side by side, and then one of the two: which of them is small is as good as random
  // to a processor, and a branch that it has to guess costs more than the power.
  const auto saturate = [&](std::size_t begin, std::size_t end) {
    const auto sizes = std::span(sizes_).subspan(begin, end - begin);
    const auto powers = std::span(powers_).subspan(begin, end - begin);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      sizes[i] = moves[begin + i].size;
      powers[i] = -std::abs(sizes[i]);
    }
    expm1_each(powers);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      const double x = sizes[i], series = by_series(x), power = std::copysign(-powers[i], x);
      sizes[i] = std::abs(x) < small_shock ? series : power;
    }
    for (std::size_t i = 0; i < sizes.size(); ++i) moves[begin + i].size = sizes[i];
  };
  for_runs(executor, moves.size(), saturate, 256);
}

}  // namespace casus
