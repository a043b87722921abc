#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/archive.h"
#include "casus/core/gather.h"
#include "casus/sim/mechanism.h"

namespace casus {

/// When armed groups split and merge: parameters of mobilisation.
struct GroupRules {
  double split_rate = 0.0;      ///< a year, of a group without cohesion
  double split_from = 0.0;      ///< people; fewer stay one band
  double split_least = 0.0;     ///< share that parts
  double split_most = 0.0;      ///< share that parts
  double split_affinity = 0.0;  ///< of the two parts
  double merge_rate = 0.0;      ///< a year, of groups of full affinity that meet
};

/// Is it an armed group, and does it still exist?
inline bool living_group(const World& world, std::size_t actor) {
  return world.actors.kind[actor] == ActorKind::armed_group && world.actors.alive[actor] != 0;
}

/// Groups that split and groups that merge. What the groups do is decided in parallel on the world
/// as it is, and done in the order of rows, or in turns.
class GroupChanges {
 public:
  /// `forces`: of each actor. Returns the parents of the actors that were born, in the order of
  /// their rows; valid until the next call.
  const std::vector<ActorId>& split(StepContext& context, const GroupRules& rules,
                                    std::span<const double> forces);
  void merge(StepContext& context, const GroupRules& rules);
  void archive(Archive& a) { a(births_); }

 private:
  struct Split {
    ActorId parent;
    double share = 0.0;                    ///< that goes
    double probability = 0.0, draw = 0.0;  ///< that it came to it
  };
  struct Merger {
    ActorId x, y;
    std::uint64_t key = 0;
    Decision decision;
  };
  void part(StepContext& context, const GroupRules& rules, const Split& split);
  void unite(StepContext& context, ActorId into, ActorId from, Decision decision);

  std::uint64_t births_ = 0;
  Gathered<Split> splits_;
  std::vector<ActorId> groups_;  ///< that live, where relations are a square
  Gathered<Merger> mergers_;
  std::vector<ActorId> parents_;
  std::vector<std::uint32_t> rows_;
};

}  // namespace casus
