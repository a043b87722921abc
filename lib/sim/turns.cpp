#include "sim/turns.h"

#include <algorithm>
#include <tuple>

namespace casus {

const std::vector<std::uint32_t>& DrawnOrder::operator()(const StepView& context, Purpose purpose,
                                                         std::span<const std::uint64_t> keys) {
  order_.resize(keys.size());
  for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
  if (keys.size() < 2) return order_;
  lot_.resize(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    Stream stream = context.stream(purpose, {keys[i]});
    lot_[i] = uniform(stream);
  }
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(lot_[a], keys[a]) < std::tuple(lot_[b], keys[b]);
  });
  return order_;
}

std::vector<std::uint32_t> drawn_order(const StepView& context, Purpose purpose,
                                       std::span<const std::uint64_t> keys) {
  DrawnOrder drawn;
  return drawn(context, purpose, keys);
}

}  // namespace casus
