#include "sim/start.h"

namespace casus {

void log_starting_conditions(StepContext& context) {
  World& w = context.world;
  Event e;
  e.kind = EventKind::starting_condition;
  e.step = context.step;
  for (std::size_t i = 0; i < w.wars.size(); ++i) {
    Event war = e;
    war.who = w.wars[i].belligerents.front().actor;
    for (const Belligerent& b : w.wars[i].belligerents) {
      if (b.side == 1) {
        war.whom = b.actor;
        break;
      }
    }
    war.war = WarId(i);
    w.wars[i].cause = context.log.add(war);
  }
  for (Crisis& c : w.crises) {
    Event crisis = e;
    crisis.who = c.challenger;
    crisis.whom = c.target;
    crisis.pact = c.organisation;
    crisis.size = c.stake;
    c.cause = context.log.add(crisis);
  }
  for (Measure& m : w.measures) {
    Event measure = e;
    measure.who = m.by;
    measure.whom = m.on;
    measure.pact = m.organisation;
    measure.size = m.size;
    m.cause = context.log.add(measure);
  }
}

}  // namespace casus
