#include "sim/raids.h"

#include <algorithm>
#include <cstddef>

#include "casus/core/calendar.h"
#include "casus/world/forces.h"
#include "sim/relapse.h"
#include "sim/skirmishes.h"

namespace casus {
namespace {

constexpr Purpose attack_count("attack_count");
constexpr Purpose attack_targets("attack_targets");
constexpr Purpose attacks_won("attacks_won");

/// Would the group attack the owner of the region? It does where it is at war, and where it has
/// come to a new country that it dislikes; not during a ceasefire, nor after a peace until it
/// takes up arms again.
bool attacks_owner(const World& w, std::uint32_t i, const HostileRows& hostile) {
  if (hostile[i]) return true;
  const ActorId group = w.presences.actor[i];
  const ActorId owner = w.regions.owner[w.presences.region[i].row()];
  return w.relations.affinity(group, owner) < 0.0 && !laid_down_arms(w, group, owner);
}

Raid decide_raid(const StepView& context, const RaidGrounds& g, const Defence& defence,
                 std::uint32_t i) {
  const World& w = context.world;
  Raid raid{.by = i, .cells = restless_cells(context, i, g.cells)};
  const ActorId group = w.presences.actor[i];
  const std::size_t r = w.presences.region[i].row();
  if (!attacks_owner(w, i, g.hostile)) return raid;
  const double on_state = attacks_on_state(w, i, g.ground, g.grievances.of(r));
  const double on_civilians = attacks_on_civilians(w, i, g.ground);
  const double per_day = (on_state + on_civilians) * g.tempo.of(i) / days_per_year;
  // The rate is what is seen in the long run, set-off attacks included.
  const double background = per_day * (1.0 - g.branching);
  const rules::HawkesStep h = g.kernel.step(w.presences.excitation[i], background);
  raid.added = h.added;
  raid.expected = h.expected;
  // More than half of what is expected comes from past attacks: likelier than not, they are the
  // cause. This moves what the log says, and nothing in the world.
  raid.excited = h.expected > 2.0 * background * context.days();
  const auto group_key = w.actors.key[group.row()].value;
  const auto region_key = w.regions.key[r].value;
  Stream attacks = context.stream(attack_count, {group_key, region_key});
  const auto n = static_cast<std::uint32_t>(poisson(attacks, h.expected));
  if (n == 0) return raid;
  raid.war = war_between(w, group, w.regions.owner[r]);
  Stream targets = context.stream(attack_targets, {group_key, region_key});
  Stream won = context.stream(attacks_won, {group_key, region_key});
  const double success = attack_succeeds(w, i, defence, g.ground);
  const double ground = ground_of_attack(w, i, defence, g.ground);
  const double whole = std::max(0.0, w.regions.control[r]);
  double left = 1.0;  // share of the ground at stake that is still the state's
  for (std::uint32_t k = 0; k < n; ++k) {
    if (uniform(targets) * (on_state + on_civilians) < on_state) {
      ++raid.on_state;
      // Each falls on what those before it have left.
      if (chance(won, success)) left *= whole > 0.0 ? 1.0 - ground / whole : 1.0;
    } else {
      ++raid.on_civilians;
    }
  }
  raid.taken = whole * (1.0 - left);
  return raid;
}

}  // namespace

void decide_raids(const StepView& context, const RaidGrounds& grounds, RegionId region,
                  const Defence& defence, std::vector<Raid>& found) {
  for (const auto i : context.world.presences_in(region)) {
    if (!fights(context.world, i)) continue;
    const Raid raid = decide_raid(context, grounds, defence, i);
    if (raid.attacks() + raid.cells > 0) found.push_back(raid);
  }
}

void Neighbours::find(const StepView& context, std::span<const Raid> raids) {
  const World& w = context.world;
  begin_.resize(raids.size() + 1);
  begin_[0] = 0;
  const auto borders = [&](std::size_t i) {
    return w.regions.borders(w.presences.region[raids[i].by]);
  };
  for (std::size_t i = 0; i < raids.size(); ++i) {
    const auto [begin, end] = borders(i);
    begin_[i + 1] = begin_[i] + (raids[i].attacks() > 0 ? end - begin : 0);
  }
  there_.resize(begin_.back());
  for_rows(
      context.executor, raids.size(),
      [&](std::size_t i) {
        if (raids[i].attacks() == 0) return;
        const ActorId group = w.presences.actor[raids[i].by];
        const auto [begin, end] = borders(i);
        for (std::size_t b = begin; b < end; ++b) {
          there_[begin_[i] + b - begin] = w.find(group, w.regions.border_to[b]);
        }
      },
      16, w.presences.size());
}

}  // namespace casus
