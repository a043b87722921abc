#include "sim/opponents.h"

#include <algorithm>

namespace casus {

void Opponents::update(const World& world, Executor& executor) {
  const Relations& relations = world.relations;
  const std::vector<ActorId>& changed = relations.changed_sides();
  if (age_ != relations.age() || read_ > changed.size() || of_.size() > relations.size()) {
    age_ = relations.age();
    read_ = changed.size();
    of_.clear();
  }
  again_.assign(changed.begin() + static_cast<std::ptrdiff_t>(read_), changed.end());
  read_ = changed.size();
  for (std::size_t a = of_.size(); a < relations.size(); ++a) again_.emplace_back(a);
  std::sort(again_.begin(), again_.end());
  again_.erase(std::unique(again_.begin(), again_.end()), again_.end());
  of_.resize(relations.size());
  for_rows(
      executor, again_.size(),
      [&](std::size_t i) {
        const ActorId actor = again_[i];
        std::vector<ActorId>& opponents = of_[actor.row()];
        opponents.clear();
        relations.each_set_apart_by(actor, [&](const Relations::View& view) {
          // Owners stay, and with them who is next door.
          if (view.at_war || (view.rivalry && neighbours(world, actor, view.other))) {
            opponents.push_back(view.other);
          }
        });
      },
      64);
}

}  // namespace casus
