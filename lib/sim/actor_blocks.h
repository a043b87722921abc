#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "casus/world/world.h"

namespace casus {

/// All actors in blocks of some work each, for passes in which states look at all their ground and
/// all their neighbours: each is a block by itself, and those come first, so that none is left over
/// when the others are done. Of the rest many are one.
class ActorBlocks {
 public:
  explicit ActorBlocks(const World& world)
      : kind_(world.actors.kind), states_(world.of_kind(ActorKind::state)) {}

  std::size_t size() const { return states_.size() + (kind_.size() + many - 1) / many; }
  /// Calls `f(row)` for each actor of a block; the blocks together have each actor once.
  template <class F>
  void each(std::size_t block, F&& f) const {
    if (block < states_.size()) {
      f(std::size_t{states_[block]});
      return;
    }
    const std::size_t begin = (block - states_.size()) * many;
    const std::size_t end = begin + many < kind_.size() ? begin + many : kind_.size();
    for (std::size_t a = begin; a < end; ++a) {
      if (kind_[a] != ActorKind::state) f(a);
    }
  }

 private:
  static constexpr std::size_t many = 64;

  std::span<const ActorKind> kind_;
  std::span<const std::uint32_t> states_;
};

}  // namespace casus
