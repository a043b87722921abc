#include "casus/world/wars.h"

#include <algorithm>
#include <utility>

namespace casus {
namespace {

/// Puts a row into the ascending list or takes it out, unless that is so already.
void list(std::vector<std::uint32_t>& rows, WarId war, bool in) {
  const auto row = static_cast<std::uint32_t>(war.row());
  const auto at = std::lower_bound(rows.begin(), rows.end(), row);
  const bool there = at != rows.end() && *at == row;
  if (in && !there) rows.insert(at, row);
  if (!in && there) rows.erase(at);
}

}  // namespace

WarId WarTable::add(War war, const std::vector<Belligerent>& belligerents) {
  const WarId id(wars_.size());
  war.belligerents_.clear();
  wars_.push_back(std::move(war));
  for (const Belligerent& b : belligerents) enter(id, b);
  set_state(id, wars_.back().state());
  set_interstate(id, wars_.back().interstate());
  return id;
}

void WarTable::set_state(WarId war, WarState state) {
  wars_[war.row()].state_ = state;
  list(ended_, war, state == WarState::ended);
}

void WarTable::set_interstate(WarId war, bool interstate) {
  wars_[war.row()].interstate_ = interstate;
  list(interstate_, war, interstate);
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
  ended_.clear();
  interstate_.clear();
  for (std::size_t war = 0; war < wars_.size(); ++war) {
    list(ended_, WarId(war), wars_[war].state() == WarState::ended);
    list(interstate_, WarId(war), wars_[war].interstate());
    for (const Belligerent& b : wars_[war].belligerents_) {
      of_.add(b.actor.row(), static_cast<std::uint32_t>(war));
    }
  }
}

}  // namespace casus
