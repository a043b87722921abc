#include "sim/power.h"

#include <algorithm>

namespace casus {

double free_share(const World& world, ActorId a) {
  double tied = 0.0;
  double all = world.actors.reserve[a.row()] + world.actors.home_power[a.row()];
  for (const auto row : world.presences_of(a)) {
    const double s = world.presences.strength[row];
    all += s;
    const RegionId r = world.presences.region[row];
    // A garrison is needed where control is contested, and half of it anyway; who is deployed
    // abroad is not free.
    const bool home = world.regions.owner[r.row()] == a;
    tied += home ? s * (1.0 - 0.5 * world.regions.control[r.row()]) : s;
  }
  return all > 0.0 ? std::clamp(1.0 - tied / all, 0.0, 1.0) : 0.0;
}

double projectable_power(const World& world, ActorId a) {
  const std::size_t i = a.row();
  const double people = world.forces(a) + world.actors.home_power[i];
  return people * free_share(world, a) * world.actors.quality[i] * world.actors.resolve[i];
}

double home_defence(const World& world, ActorId a) {
  const std::size_t i = a.row();
  double people = world.actors.reserve[i] + world.actors.home_power[i];
  for (const auto row : world.presences_of(a)) {
    if (world.regions.owner[world.presences.region[row].row()] == a) {
      people += world.presences.strength[row];
    }
  }
  return people * world.actors.quality[i] * (0.5 + 0.5 * world.actors.resolve[i]);
}

}  // namespace casus
