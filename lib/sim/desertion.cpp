#include "sim/desertion.h"

#include "casus/core/calendar.h"

namespace casus {

void Desertion::run(StepContext& context, const DesertionRules& rules) {
  World& w = context.world;
  put_in_order(w);
  at_home_.resize(w.actors.size());
  anywhere_.resize(w.actors.size());
  last_.resize(w.actors.size());
  found_.gather(
      context.executor, w.actors.size(),
      [&](std::size_t a, auto& found) { leave(context, rules, ActorId(a), found); }, 64);
  from_reserves_.assign(found_.all().begin(), found_.all().end());
  first_.assign(w.regions.size(), 0);
  for (std::size_t i = from_reserves_.size(); i-- > 0;) {
    std::uint32_t& first = first_[from_reserves_[i].capital.row()];
    from_reserves_[i].next = first;
    first = static_cast<std::uint32_t>(i + 1);
  }
  for_rows(
      context.executor, w.regions.size(), [&](std::size_t r) { come_home(w, RegionId(r)); }, 64,
      w.presences.size());
}

/// Rows are never removed, so those there were stay as they are.
void Desertion::put_in_order(const World& w) {
  const auto& actor = w.presences.actor;
  if (age_ != w.relations.age() || ordered_ > actor.size()) {
    age_ = w.relations.age();
    ordered_ = 0;
    rows_ = {};
  }
  rows_.extend(w.regions.size());
  for (; ordered_ < actor.size(); ++ordered_) {
    const std::size_t r = w.presences.region[ordered_].row();
    const std::span<const std::uint32_t> rows = rows_[r];
    std::size_t at = rows.size();
    while (at > 0 && actor[ordered_] < actor[rows[at - 1]]) --at;
    rows_.insert(r, at, static_cast<std::uint32_t>(ordered_));
  }
}

/// How many leave the ranks, and who of them do not come home in the field: each actor's its own,
/// so that all can do so at once.
void Desertion::leave(StepContext& context, const DesertionRules& rules, ActorId actor,
                      std::vector<FromReserve>& from_reserve) {
  World& w = context.world;
  auto& t = w.actors;
  const std::size_t a = actor.row();
  const bool group = t.kind[a] == ActorKind::armed_group;
  const double will = group ? t.cohesion[a] : t.resolve[a];
  // Will counts by the square of what lacks: the wavering stay, the broken run.
  const double rate = rules.rate * (1.0 - will) * (1.0 - will) + rules.unpaid * t.arrears[a];
  // The will of most groups is what it was, and the power is slow.
  Share& last = last_[a];
  if (last.rate != rate || last.years != context.years()) {
    last = {rate, context.years(), hazard_probability(rate, context.years())};
  }
  const double share = t.alive[a] != 0 ? last.share : 0.0;
  const bool state = t.kind[a] == ActorKind::state;
  at_home_[a] = state || group ? share : 0.0;
  anywhere_[a] = group ? share : 0.0;
  if (group || !(share > 0.0)) return;
  // Who deserts abroad has nowhere to go but the depot, and an outside power's is beyond the map.
  double& depot = (state ? t.reserve : t.home_power)[a];
  for (const auto row : w.presences_of(actor)) {
    if (state && w.regions.owner[w.presences.region[row].row()] == actor) continue;
    const double n = w.presences.strength[row] * share;
    w.presences.strength[row] -= n;
    depot += n;
  }
  if (state && t.capital[a].valid()) {
    const double n = t.reserve[a] * share;
    t.reserve[a] -= n;
    from_reserve.push_back({t.capital[a], actor, n});
  }
}

void Desertion::come_home(World& w, RegionId region) const {
  const ActorId owner = w.regions.owner[region.row()];
  double residents = w.regions.residents[region.row()];
  std::uint32_t from = first_[region.row()];
  // Those of reserves whose states come before `actor`, which are few.
  const auto from_reserves = [&](ActorId actor) {
    while (from != 0 && from_reserves_[from - 1].of < actor) {
      residents += from_reserves_[from - 1].people;
      from = from_reserves_[from - 1].next;
    }
  };
  for (const auto row : rows_[region.row()]) {
    const ActorId actor = w.presences.actor[row];
    from_reserves(actor);
    const double share = (actor == owner ? at_home_ : anywhere_)[actor.row()];
    if (!(share > 0.0)) continue;
    const double n = w.presences.strength[row] * share;
    w.presences.strength[row] -= n;
    residents += n;
  }
  from_reserves(ActorId(w.actors.size()));
  w.regions.residents[region.row()] = residents;
}

}  // namespace casus
