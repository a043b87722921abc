#include "sim/opponents.h"

namespace casus {

void Opponents::update(const World& world, Executor& executor) {
  const Relations& relations = world.relations;
  if (age_ == relations.age() && changes_ == relations.set_apart_changes()) return;
  age_ = relations.age();
  changes_ = relations.set_apart_changes();
  of_.resize(relations.size());
  for_rows(
      executor, of_.size(),
      [&](std::size_t a) {
        const ActorId actor(a);
        of_[a].clear();
        relations.each_set_apart_by(actor, [&](const Relations::View& view) {
          // Owners stay, and with them who is next door.
          if (view.at_war || (view.rivalry && neighbours(world, actor, view.other))) {
            of_[a].push_back(view.other);
          }
        });
      },
      64);
}

}  // namespace casus
