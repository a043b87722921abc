#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/ids.h"

namespace casus {

/// What a shock is to one viewer.
struct Felt {
  ActorId viewer, who;
  double size = 0.0;
  double own = 0.0;  ///< part of it that happened to the viewer itself: that part lasts
};

/// What all have felt in a step, by viewer. Keeps its memory.
class FeltShocks {
 public:
  /// `felt`: of one author after the other.
  void sort(std::span<const Felt> felt, std::size_t actors);
  /// Who has felt anything, in the order of rows.
  const std::vector<ActorId>& viewers() const { return viewers_; }
  /// What a viewer has felt, of one author after the other, and of one what came first first.
  std::span<const Felt> by(ActorId viewer) const;

 private:
  std::vector<Felt> felt_;
  std::vector<std::uint32_t> begin_, end_;  // of each actor
  std::vector<ActorId> viewers_;
};

/// 1 - e^-|x| with the sign of x, so that two shocks of x are one of 2 x.
double saturating(double x);

}  // namespace casus
