#include "sim/effort.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "casus/rules/effort.h"
#include "sim/skirmishes.h"

namespace casus {

void review_effort(World& w, const EffortRules& rules) {
  std::vector<std::uint32_t> player(w.actors.size(), ~0U);
  std::vector<ActorId> players;
  const auto enter = [&](ActorId a) {
    if (player[a.row()] != ~0U) return;
    player[a.row()] = static_cast<std::uint32_t>(players.size());
    players.push_back(a);
  };
  for (std::size_t i = 0; i < w.presences.size(); ++i) {
    if (!fights(w, i)) continue;
    enter(w.presences.actor[i]);
    enter(w.regions.owner[w.presences.region[i].row()]);
  }
  for (double& e : w.actors.effort) e = 1.0;
  if (players.size() < 2) return;
  std::vector<casus::rules::GroupLink> alliances;
  std::vector<casus::rules::GroupLink> enmities;
  std::vector<std::pair<std::uint32_t, bool>> links;  // with whom, at war
  for (std::uint32_t i = 0; i < players.size(); ++i) {
    const ActorId a = players[i];
    links.clear();
    w.relations.each_seen_by(a, [&](const Relations::View& view) {
      const std::uint32_t j = player[view.other.row()];
      if (j == ~0U || j <= i) return;
      const bool allied = view.affinity > rules.alliance_affinity &&
                          w.relations.affinity(view.other, a) > rules.alliance_affinity;
      if (view.at_war || allied) links.emplace_back(j, view.at_war);
    });
    // In the order in which they play, which is not that of rows.
    std::sort(links.begin(), links.end());
    for (const auto& [j, war] : links) (war ? enmities : alliances).push_back({i, j});
  }
  casus::rules::EffortGame game;
  game.groups = players.size();
  game.alliances = alliances;
  game.enmities = enmities;
  game.beta = rules.ally_effect;
  game.gamma = rules.enemy_effect;
  const auto x = casus::rules::effort_equilibrium(game);
  if (x.status != casus::rules::EffortStatus::solved) return;
  const double n = static_cast<double>(players.size());
  const double alone = (n - 1.0) / (n * n);
  for (std::size_t i = 0; i < players.size(); ++i) {
    w.actors.effort[players[i].row()] = std::max(0.0, x.effort[i]) / alone;
  }
}

}  // namespace casus
