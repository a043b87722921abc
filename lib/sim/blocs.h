#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/world/world.h"

namespace casus {

/// Members of an organisation who decide together.
struct Bloc {
  PactId pact;
  std::vector<ActorId> members;
  double estranged = 0.0;  ///< the sum over them
};

/// Who of an organisation's members decide together whether to stay. Its lists are used again for
/// the next organisation.
class Blocs {
 public:
  /// Looks at an organisation, and begins with no bloc.
  void look_at(const World& world, PactId organisation, Date today);
  /// For the member in this place of the organisation's list, the pact with which it decides: an
  /// inner one of few of the organisation's members, who have promised each other armed help. Of
  /// several the one with the most of them, of equal ones by key. None for who decides by itself,
  /// and for everybody where the pact has no organs.
  PactId of(std::size_t slot) const { return found_[slot]; }
  /// Adds a member to the bloc of its pact, which it opens if it is the first.
  void add(PactId pact, ActorId member, double estranged);
  std::span<const Bloc> all() const { return std::span(blocs_).first(open_); }

 private:
  std::vector<PactId> found_;
  std::vector<std::size_t> sizes_;  ///< of the blocs found, by place
  std::vector<std::size_t> slots_;
  std::vector<std::uint8_t> within_;  ///< is each slot a member of the organisation?
  std::vector<Bloc> blocs_;
  std::size_t open_ = 0;  ///< of those; the rest is room
};

}  // namespace casus
