#include "sim/turns.h"

#include <algorithm>
#include <tuple>

namespace casus {

std::vector<std::uint32_t> drawn_order(const StepContext& context, Purpose purpose,
                                       std::span<const std::uint64_t> keys) {
  std::vector<std::uint32_t> order(keys.size());
  std::vector<double> lot(keys.size(), 0.0);
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  if (keys.size() < 2) return order;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    Stream stream = context.stream(purpose, {keys[i]});
    lot[i] = uniform(stream);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(lot[a], keys[a]) < std::tuple(lot[b], keys[b]);
  });
  return order;
}

}  // namespace casus
