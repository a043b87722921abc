#include "sim/felt.h"

#include <algorithm>

namespace casus {

void FeltShocks::sort(std::span<const Felt> felt, std::size_t actors) {
  // A counting sort by viewer; the rest is left to by(), as it can be done for all at once.
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
  std::uint32_t place = 0;
  for (const Felt& f : felt) {
    Felt& to = felt_[end_[f.viewer.row()]++];
    to = f;
    to.place = place++;
  }
}

std::span<const Felt> FeltShocks::by(ActorId viewer) {
  const std::size_t begin = begin_[viewer.row()];
  const auto felt = std::span(felt_).subspan(begin, end_[viewer.row()] - begin);
  // As they came where both are the same (std::stable_sort would ask for memory).
  std::sort(felt.begin(), felt.end(), [](const Felt& a, const Felt& b) {
    return a.who != b.who ? a.who < b.who : a.place < b.place;
  });
  return felt;
}

}  // namespace casus
