#include "sim/front.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "casus/world/forces.h"

namespace casus {

bool may_have_front(const World& w, ActorId state) {
  const auto army = [&](std::uint32_t row) { return w.presences.role[row] != Role::insurgent; };
  for (std::size_t b = 0; b < w.actors.size(); ++b) {
    if (!w.relations.at_war(state, ActorId(b))) continue;
    if (w.actors.kind[b] != ActorKind::armed_group) return true;
    const auto rows = w.presences_of(ActorId(b));
    if (std::any_of(rows.begin(), rows.end(), army)) return true;
  }
  return false;
}

double called_along_borders(const World& w, ActorId state, RegionId r, double front_need) {
  double need = 0.0;
  const auto [begin, end] = w.regions.borders(r);
  for (std::size_t i = begin; i < end; ++i) {
    const RegionId to = w.regions.border_to[i];
    const ActorId owner = w.regions.owner[to.row()];
    if (w.relations.at_war(state, owner)) need += front_need * w.regions.border_km[i];
    for (const auto other : w.presences_in(to)) {
      if (w.presences.role[other] == Role::insurgent) continue;
      if (w.relations.at_war(state, w.presences.actor[other])) need += field_power(w, other);
    }
  }
  return need;
}

}  // namespace casus
