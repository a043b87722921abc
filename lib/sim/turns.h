#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "casus/sim/mechanism.h"

namespace casus {

/// The order in which those act in a step who want the same thing, where acting all at once means
/// nothing (a reserve is spent once, a war is opened by one). It is drawn anew each step, so that
/// nobody is first for ever, and each draw is addressed by the actor's key, so that others who come
/// or go do not change who of two is first. Returns indices into `keys`, which must differ.
std::vector<std::uint32_t> drawn_order(const StepView& context, Purpose purpose,
                                       std::span<const std::uint64_t> keys);

/// The same for who draws every step: it keeps its memory. Valid until the next call.
class DrawnOrder {
 public:
  const std::vector<std::uint32_t>& operator()(const StepView& context, Purpose purpose,
                                               std::span<const std::uint64_t> keys);

 private:
  std::vector<std::uint32_t> order_;
  std::vector<double> lot_;
};

}  // namespace casus
