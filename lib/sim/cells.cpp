#include "sim/cells.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace casus {

namespace {

constexpr Purpose cells_that_move("cells_that_move");
constexpr Purpose destination_draw("destination");

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

std::uint32_t restless_cells(const StepView& context, std::size_t i, const CellRules& p) {
  const World& w = context.world;
  const double cells = w.presences.strength[i] / p.cell;
  if (cells < 1.0) return 0;  // no more move than there are, so that a draw would say nothing
  Stream stream =
      context.stream(cells_that_move, {w.actors.key[w.presences.actor[i].row()].value,
                                       w.regions.key[w.presences.region[i].row()].value});
  const auto moving = static_cast<double>(poisson(stream, p.relocation * context.years() * cells));
  return static_cast<std::uint32_t>(std::min(std::floor(cells), moving));
}

void CellMoves::move(StepContext& context, const CellRules& p) {
  World& w = context.world;
  std::size_t borders = 0;
  for (Mover& m : movers_) {
    m.borders = borders;
    const auto [begin, end] = w.regions.borders(w.presences.region[m.by]);
    borders += end - begin;
  }
  draws_.resize(borders);
  moves_.gather(
      context.executor, movers_.size(),
      [&](std::size_t m, auto& moves) { choose(context, p, movers_[m], moves); }, 16,
      w.presences.size());
  for (const Move& m : moves_.all()) {
    w.presences.strength[m.from] -= m.people;
    const PresenceId there = w.require(w.presences.actor[m.from], m.to, Role::insurgent);
    w.presences.strength[there.row()] += m.people;
    w.note(PresenceId(m.from));
    w.note(there);
  }
}

void CellMoves::choose(const StepView& context, const CellRules& p, const Mover& mover,
                       std::vector<Move>& moves) {
  const World& w = context.world;
  const ActorId group = w.presences.actor[mover.by];
  const RegionId from = w.presences.region[mover.by];
  const auto [begin, end] = w.regions.borders(from);
  Draw* draws = draws_.data() + mover.borders;
  double all = 0.0;
  for (std::size_t b = begin; b < end; ++b) {
    const RegionId to = w.regions.border_to[b];
    Draw& draw = draws[b - begin];
    draw.promise = promise(w, group, to, p);
    draw.weight = w.regions.border_share[b] * draw.promise;
    if (w.regions.owner[to.row()] != w.regions.owner[from.row()]) draw.weight *= p.crossing;
    all += draw.weight;
  }
  if (all <= 0.0) return;
  const double here = promise(w, group, from, p);
  double left = w.presences.strength[mover.by];
  Stream stream = context.stream(
      destination_draw, {w.actors.key[group.row()].value, w.regions.key[from.row()].value});
  for (std::uint32_t k = 0; k < mover.cells; ++k) {
    const double u = uniform(stream);
    // It goes with probability promise there / (promise there + promise here).
    double cumulated = 0.0;
    for (std::size_t b = begin; b < end; ++b) {
      const Draw& draw = draws[b - begin];
      cumulated += draw.weight / all * draw.promise / (draw.promise + here);
      if (!(u < cumulated)) continue;
      const double people = std::min(p.cell, left);
      left -= people;
      moves.push_back({mover.by, w.regions.border_to[b], people});
      break;
    }
  }
}

}  // namespace casus
