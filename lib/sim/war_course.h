#pragma once

#include <cstdint>
#include <vector>

#include "casus/core/gather.h"
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
  struct Turn {
    WarId war;
    WarState to = WarState::active;
    Decision decision;
    double rate = 0.0;
  };
  /// A question that was answered no in this step.
  struct No {
    double rate = 0.0, draw = 0.0;
    std::uint32_t at = 0;  ///< where it was put on record last time
    DecisionKind kind = DecisionKind::peace;
    bool asked = false;
  };
  /// Of a war: whether there is peace, and whether it pauses or goes on. With the war's key, so
  /// that who goes through all of them need not look at wars.
  struct Declined {
    std::uint64_t war = 0;
    No peace, other;
  };

  void look_at(const StepView& context, const PeaceRules& rules, WarId id,
               std::vector<Turn>& turns);
  static void decline(StepContext& context, WarId id, std::uint64_t key, No& no);
  static EventId turn(StepContext& context, const PeaceRules& rules, const Turn& t);

  Gathered<Turn> turns_;
  std::vector<Declined> declined_;  ///< by war
  /// Rate at which a war with groups ends, a year: among those of one country, and with others.
  double at_home_, internationalised_;
};

}  // namespace casus
