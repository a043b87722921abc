#include "sim/front.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "casus/world/forces.h"

namespace casus {

bool may_have_front(const World& w, ActorId state) {
  const auto army = [&](std::uint32_t row) { return w.presences.role[row] != Role::insurgent; };
  bool front = false;
  w.relations.each_set_apart_by(state, [&](const Relations::View& view) {
    if (front || !view.at_war) return;
    const auto rows = w.presences_of(view.other);
    front = w.actors.kind[view.other.row()] != ActorKind::armed_group ||
            std::any_of(rows.begin(), rows.end(), army);
  });
  return front;
}

double called_along_borders(const World& w, ActorId state, RegionId r, double front_need) {
  double need = 0.0;
  const auto [begin, end] = w.regions.borders(r);
  for (std::size_t i = begin; i < end; ++i) {
    const RegionId to = w.regions.border_to[i];
    // Across most borders lies more of its own land, and next to everybody who stands there in the
    // open is the owner's.
    const ActorId owner = w.regions.owner[to.row()];
    const bool enemy = owner != state && w.relations.at_war(state, owner);
    if (enemy) need += front_need * w.regions.border_km[i];
    for (const auto other : w.presences_in(to)) {
      if (w.presences.role[other] == Role::insurgent) continue;
      const ActorId of = w.presences.actor[other];
      const bool hostile = of == owner ? enemy : of != state && w.relations.at_war(state, of);
      if (hostile) need += field_power(w, other);
    }
  }
  return need;
}

}  // namespace casus
