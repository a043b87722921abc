#include "run/start.h"

namespace casus {

void log_starting_conditions(StepContext& context) {
  World& w = context.world;
  Event e{.kind = EventKind::starting_condition};
  for (std::size_t i = 0; i < w.wars.size(); ++i) {
    Event war = e;
    war.who = w.wars[i].belligerents().front().actor;
    for (const Belligerent& b : w.wars[i].belligerents()) {
      if (b.side == 1) {
        war.whom = b.actor;
        break;
      }
    }
    war.war = WarId(i);
    w.wars[i].cause = context.happened(war);
  }
  for (Crisis& c : w.crises) {
    Event crisis = e;
    crisis.who = c.challenger;
    crisis.whom = c.target;
    crisis.pact = c.organisation;
    crisis.size = c.stake;
    c.cause = context.happened(crisis);
  }
  for (Measure& m : w.measures) {
    Event measure = e;
    measure.who = m.by;
    measure.whom = m.on;
    measure.pact = m.organisation;
    measure.size = m.size;
    m.cause = context.happened(measure);
  }
}

}  // namespace casus
