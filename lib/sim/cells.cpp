#include "sim/cells.h"

namespace casus {

namespace {

double promise(const World& w, ActorId group, RegionId region, const CellRules& p) {
  double enemies = 0.0;
  for (const auto row : w.presences_in(region)) {
    const ActorId other = w.presences.actor[row];
    if (other == group) continue;
    const bool rival = w.presences.role[row] == Role::insurgent;
    if (rival && !w.relations.at_war(group, other)) continue;
    enemies += w.presences.strength[row] * w.actors.quality[other.row()];
  }
  const std::size_t r = region.row();
  double x = (p.calm_draw + w.regions.grievance[r]) * (p.open_draw + w.regions.terrain[r]) *
             w.regions.value[r] / (1.0 + enemies / p.daunting_strength);
  if (w.relations.affinity(group, w.regions.owner[r]) >= 0.0) x *= p.friendly_draw;
  return x;
}

}  // namespace

RegionId destination(const World& w, ActorId group, RegionId from, const CellRules& p,
                     Stream& stream, std::vector<double>& weights) {
  const auto [begin, end] = w.regions.borders(from);
  weights.clear();
  double all = 0.0;
  for (std::size_t b = begin; b < end; ++b) {
    const RegionId to = w.regions.border_to[b];
    double x = w.regions.border_share[b] * promise(w, group, to, p);
    if (w.regions.owner[to.row()] != w.regions.owner[from.row()]) x *= p.crossing;
    weights.push_back(x);
    all += x;
  }
  const double u = uniform(stream);
  if (all <= 0.0) return from;
  // It goes with probability promise there / (promise there + promise here).
  double cumulated = 0.0;
  const double here = promise(w, group, from, p);
  for (std::size_t b = begin; b < end; ++b) {
    const double there = promise(w, group, w.regions.border_to[b], p);
    cumulated += weights[b - begin] / all * there / (there + here);
    if (u < cumulated) return w.regions.border_to[b];
  }
  return from;
}

}  // namespace casus
