#include "casus/world/hostile_rows.h"

#include <utility>

namespace casus {

void HostileRows::update(const World& world, Executor& executor) {
  const auto& p = world.presences;
  const auto look = [&](std::size_t row) {
    rows_[row] = static_cast<std::uint8_t>(world.hostile_in(p.actor[row], p.region[row]));
  };
  const std::vector<std::pair<ActorId, ActorId>>& changes = world.relations.turned();
  if (age_ != world.relations.age() || read_ > changes.size() || rows_.size() > p.size()) {
    age_ = world.relations.age();
    read_ = changes.size();
    rows_.resize(p.size());
    for_rows(executor, p.size(), look, 256);
    in_region_.assign(world.regions.size(), 0);
    for (std::size_t row = 0; row < p.size(); ++row) in_region_[p.region[row].row()] += rows_[row];
    owns_.assign(world.actors.size(), 0);
    for (const ActorId owner : world.regions.owner) owns_[owner.row()] = 1;
    return;
  }
  const auto look_again = [&](std::size_t row) {
    std::uint32_t& here = in_region_[p.region[row].row()];
    here -= rows_[row];
    look(row);
    here += rows_[row];
  };
  const auto look_at_those_of = [&](ActorId a, ActorId owner) {
    if (owner.row() >= owns_.size() || owns_[owner.row()] == 0) return;  // as groups
    for (const auto row : world.presences_of(a)) {
      if (row < rows_.size() && world.regions.owner[p.region[row].row()] == owner) {
        look_again(row);
      }
    }
  };
  for (; read_ < changes.size(); ++read_) {
    const auto [a, b] = changes[read_];
    look_at_those_of(a, b);
    look_at_those_of(b, a);
  }
  for (std::size_t row = rows_.size(); row < p.size(); ++row) {
    rows_.push_back(0);
    look_again(row);
  }
}

}  // namespace casus
