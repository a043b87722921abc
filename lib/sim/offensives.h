#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/sim/mechanism.h"

namespace casus {

/// How states at war choose where to attack.
struct OffensiveRules {
  double rate = 0.0;          ///< a day, fully mobilised
  double success = 0.0;       ///< least chance of winning there
  double decisiveness = 0.0;  ///< of the contest that this chance comes from
  double mobilised = 0.0;     ///< from which a state thinks of offensives
  double least = 0.0;         ///< people, that go over a border
  double share = 0.0;         ///< of an army, that leaves where it stands
  double garrison = 0.0;      ///< people left for a thousand on ground that was taken
  double enough = 0.0;        ///< chance of winning for which no more are sent
};

/// A mobilised state at war goes with its armies into a region beside them: an enemy's, or its own
/// or a host's that an enemy holds. Of those where it would win it chooses the one whose ground,
/// by value and people, it gains the better chance of. An army that still has an enemy before it
/// keeps what it needs to win there, so that one that has taken a region goes on into the next.
class Offensives {
 public:
  void launch(StepContext& context, const OffensiveRules& rules);

 private:
  /// A region beside the armies of who attacks, and how many can go there.
  struct Target {
    RegionId where;
    double people = 0.0;
  };
  /// An army that goes over a border.
  struct March {
    std::uint32_t from = 0;  ///< row of the presence
    double people = 0.0;
  };
  /// Several armies of one state into one region.
  struct Offensive {
    ActorId by;
    RegionId to;
    std::size_t begin = 0, end = 0;  ///< its marches
    Decision decision{};
  };

  void find_targets(const World& world, ActorId attacker, const OffensiveRules& rules);
  const Target* choose(const World& world, ActorId attacker, const OffensiveRules& rules) const;
  void plan(const World& world, ActorId attacker, const OffensiveRules& rules);
  void carry_out(StepContext& context, const Offensive& offensive) const;

  std::vector<std::uint32_t> armies_;  ///< of the attacker who plans
  std::vector<Target> targets_;        ///< for him
  std::vector<March> marches_;
  std::vector<Offensive> offensives_;
};

}  // namespace casus
