#include "casus/world/mandates.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/world/forces.h"

namespace casus {
namespace {

/// Do the two stand on opposite sides of a war that goes on or rests?
bool belligerents(const World& w, ActorId a, ActorId b) {
  if (w.relations.at_war(a, b)) return true;
  for (const std::uint32_t row : w.wars.of(a)) {
    const War& war = w.wars[row];
    const int side = side_of(war, a);
    const int other = side_of(war, b);
    if (war.state() != WarState::ended && side >= 0 && other >= 0 && side != other) return true;
  }
  return false;
}

}  // namespace

const Mandate* mandate_of(const World& world, ActorId sender, ActorId host) {
  for (const Mandate& m : world.mandates) {
    if (m.active && m.sender == sender && m.host == host) return &m;
  }
  return nullptr;
}

Mandate* mandate_of(World& world, ActorId sender, ActorId host) {
  return const_cast<Mandate*>(mandate_of(std::as_const(world), sender, host));
}

bool needs_mandate(const World& w, ActorId actor, ActorId owner) {
  return actor != owner && w.actors.kind[actor.row()] != ActorKind::armed_group &&
         !belligerents(w, actor, owner);
}

void expect_mandates(const World& w) {
  for (std::size_t i = 0; i < w.presences.size(); ++i) {
    if (w.presences.strength[i] < 1.0) continue;
    const ActorId actor = w.presences.actor[i];
    const ActorId owner = w.regions.owner[w.presences.region[i].row()];
    if (actor == owner || !needs_mandate(w, actor, owner)) continue;
    CASUS_EXPECTS(mandate_of(w, actor, owner) != nullptr,
                  "people of '" + w.actors.name[actor.row()] +
                      "' stand without a mandate on the soil of '" + w.actors.name[owner.row()] +
                      "'");
  }
}

}  // namespace casus
