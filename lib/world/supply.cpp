#include "casus/world/supply.h"

#include <cstddef>

namespace casus {

void Supply::begin(const World& world, ActorId actor) {
  world_ = &world;
  actor_ = actor;
  looked_ = false;
}

bool Supply::reaches(RegionId region) {
  if (!looked_) look();
  return reached_[region.row()] != 0;
}

bool Supply::lets_through(RegionId r) const {
  const ActorId owner = world_->regions.owner[r.row()];
  if (owner == actor_) return true;
  if (world_->relations.hosts(owner, actor_) && !world_->relations.at_war(owner, actor_))
    return true;
  const PresenceId taken = world_->find(actor_, r);
  return taken.valid() && world_->presences.control[taken.row()] > 0.5;
}

void Supply::look() {
  const RegionTable& t = world_->regions;
  reached_.assign(t.size(), 0);
  looked_ = true;
  open_.clear();
  open_.reserve(t.size());
  for (std::size_t r = 0; r < t.size(); ++r) {
    if (t.owner[r] != actor_) continue;
    reached_[r] = 1;
    open_.emplace_back(r);
  }
  while (!open_.empty()) {
    const RegionId from = open_.back();
    open_.pop_back();
    const auto [begin, end] = t.borders(from);
    for (std::size_t i = begin; i < end; ++i) {
      const RegionId to = t.border_to[i];
      if (reached_[to.row()] != 0) continue;
      // The last stretch may lead onto an enemy's ground; the road ends there.
      reached_[to.row()] = 1;
      if (lets_through(to)) open_.push_back(to);
    }
  }
}

}  // namespace casus
