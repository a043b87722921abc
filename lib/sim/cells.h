#pragma once

#include <cstdint>
#include <vector>

#include "casus/core/gather.h"
#include "casus/sim/mechanism.h"

namespace casus {

/// How cells of armed groups move to where fighting promises more.
struct CellRules {
  double relocation = 0.0;  ///< a year, at which a fighter's cell considers moving
  double cell = 0.0;        ///< people that move together
  double crossing = 0.0;    ///< readiness to cross into another state, relative to within one
  double calm_draw = 0.0;   ///< of a region without grievance; full grievance adds 1
  double open_draw = 0.0;   ///< of open country; the most difficult terrain adds 1
  double daunting_strength = 0.0;  ///< enemies, by their quality, that halve the draw
  double friendly_draw = 0.0;      ///< of a region whose owner they do not dislike
};

/// How many cells of a presence consider moving in the step.
std::uint32_t restless_cells(const StepView& context, std::size_t presence, const CellRules& rules);

/// Moves the cells that consider it: every cell chooses on the map as it is before any has moved;
/// then all of them move.
class CellMoves {
 public:
  void clear() { movers_.clear(); }
  void consider(std::uint32_t presence, std::uint32_t cells) {
    movers_.push_back({presence, cells, 0});
  }
  void move(StepContext& context, const CellRules& rules);

 private:
  /// A presence some of whose cells think of moving.
  struct Mover {
    std::uint32_t by = 0;  ///< its row
    std::uint32_t cells = 0;
    std::size_t borders = 0;  ///< where its region's borders begin in draws_
  };
  struct Move {
    std::uint32_t from = 0;  ///< row of the presence
    RegionId to;
    double people = 0.0;
  };
  /// What a neighbouring region promises to the cells of a presence.
  struct Draw {
    double weight = 0.0, promise = 0.0;
  };

  void choose(const StepView& context, const CellRules& rules, const Mover& mover,
              std::vector<Move>& moves);

  std::vector<Mover> movers_;
  std::vector<Draw> draws_;  ///< of each border of each mover's region
  Gathered<Move> moves_;
};

}  // namespace casus
