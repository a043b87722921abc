#include "casus/world/wars.h"

#include <utility>

namespace casus {

WarId WarTable::add(War war, const std::vector<Belligerent>& belligerents) {
  const WarId id(wars_.size());
  war.belligerents_.clear();
  wars_.push_back(std::move(war));
  for (const Belligerent& b : belligerents) enter(id, b);
  return id;
}

void WarTable::enter(WarId war, const Belligerent& belligerent) {
  wars_[war.row()].belligerents_.push_back(belligerent);
  of_.extend(belligerent.actor.row() + 1);
  of_.add(belligerent.actor.row(), static_cast<std::uint32_t>(war.row()));
}

void WarTable::leave(WarId war, ActorId actor) {
  for (Belligerent& b : wars_[war.row()].belligerents_) {
    if (b.actor == actor) b.active = 0;
  }
}

void WarTable::index(std::size_t actors) {
  of_ = {};
  of_.extend(actors);
  for (std::size_t war = 0; war < wars_.size(); ++war) {
    for (const Belligerent& b : wars_[war].belligerents_) {
      of_.add(b.actor.row(), static_cast<std::uint32_t>(war));
    }
  }
}

}  // namespace casus
