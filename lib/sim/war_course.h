#pragma once

#include <cstdint>
#include <vector>

#include "casus/core/gather.h"
#include "casus/core/row_index.h"
#include "casus/sim/mechanism.h"

namespace casus {

/// How wars end, pause and go on.
struct PeaceRules {
  double ceasefire_rate = 0.0;    ///< a year
  double ceasefire_days = 0.0;    ///< of a ceasefire that holds
  double civil_peace = 0.0;       ///< of wars with groups, relative to the published rate
  double interstate_peace = 0.0;  ///< a year
  double mediation = 0.0;         ///< times likelier
  double collapse_rate = 0.0;     ///< a year
  double unwearied = 0.0;         ///< what moves sides without weariness
  double ceasefire_peace = 0.0;   ///< times likelier while a ceasefire holds
  double peace_affinity = 0.0;    ///< least, of those who have made peace
  double restitution = 0.0;       ///< chance that what was taken is given back
};

/// What becomes of a war depends on no other war, so all are looked at before any ends.
class WarCourses {
 public:
  WarCourses();
  void run(StepContext& context, const PeaceRules& rules);

 private:
  /// What a question came to: a turn of the war, or a no that may be the nearest.
  struct Answer {
    WarId war;
    WarState to = WarState::active;
    Decision decision;
    double rate = 0.0;
  };
  /// Where the questions of a war were put on record last time: whether there is peace, and whether
  /// it pauses or goes on.
  struct Places {
    std::uint32_t peace = 0, other = 0;
    bool twin = false;  ///< there is a war of the same key, as two of one day between the same two
  };

  void look_up_keys(const World& w);
  void look_at(StepContext& context, const PeaceRules& rules, WarId id,
               std::vector<Answer>& answers);
  static EventId turn(StepContext& context, const PeaceRules& rules, const Answer& t);

  Gathered<Answer> answers_;
  std::vector<Places> places_;  ///< by war
  RowIndex by_key_;
  std::uint64_t age_ = 0;
  /// Rate at which a war with groups ends, a year: among those of one country, and with others.
  double at_home_, internationalised_;
};

}  // namespace casus
