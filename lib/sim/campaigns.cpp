#include "sim/campaigns.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "casus/rules/contest.h"
#include "casus/rules/hazard.h"
#include "casus/world/forces.h"
#include "sim/ground.h"

namespace casus {
namespace {

constexpr Purpose campaign_draw("campaign");

/// What groups that fight the owner hold of a region, and who of them most.
struct Governed {
  double held = 0.0;
  ActorId most;
};

Governed governed(const World& w, RegionId r, const HostileRows& hostile) {
  Governed g;
  double most = 0.0;
  if (!hostile.any_in(r)) return g;
  for (const auto row : w.presences_in(r)) {
    if (!guerrilla(w, row, hostile)) continue;
    g.held += w.presences.control[row];
    if (w.presences.control[row] > most) {
      most = w.presences.control[row];
      g.most = w.presences.actor[row];
    }
  }
  return g;
}

/// Where of its own among the candidates a state would begin a campaign; none if nowhere.
RegionId choose(const World& w, ActorId state, const std::vector<RegionId>& candidates,
                const HostileRows& hostile, double power, const CampaignRules& rules) {
  RegionId best;
  double most = 0.0;
  for (const RegionId r : candidates) {
    if (w.regions.owner[r.row()] != state) continue;
    if (campaign_succeeds(w, r, hostile, power, rules) < rules.success) continue;
    const double worth =
        w.regions.value[r.row()] * w.regions.residents[r.row()] * governed(w, r, hostile).held;
    if (worth > most ||
        (worth == most && best.valid() && w.regions.key[r.row()] < w.regions.key[best.row()])) {
      most = worth;
      best = r;
    }
  }
  return best;
}

void begin_campaign(StepContext& context, ActorId state, RegionId r, const HostileRows& hostile,
                    Decision decision) {
  World& w = context.world;
  deploy(w, state, r, w.actors.reserve[state.row()], Role::garrison);
  w.regions.campaign[r.row()] = 1.0;
  const ActorId against = governed(w, r, hostile).most;
  const WarId war = war_between(w, against, state);
  Event e{.kind = EventKind::operation, .who = state, .whom = against, .where = r, .size = 1.0};
  e.war = war;
  decision.event = context.happened(e, {war.valid() ? w.wars[war.row()].cause : EventId{}});
  decision.whom = against;
  context.decided(decision);
}

}  // namespace

double campaign_succeeds(const World& w, RegionId r, const HostileRows& hostile, double more,
                         const CampaignRules& rules) {
  double state = more;
  double groups = 0.0;
  for (const auto row : w.presences_in(r)) {
    if (guerrilla(w, row, hostile)) {
      groups += rules.standing * field_power(w, row);
    } else if (defends(w, row, hostile)) {
      state += field_power(w, row);
    }
  }
  return state > 0.0 ? rules::tullock(state, groups, rules.decisiveness) : 0.0;
}

void Campaigns::launch(StepContext& context, const HostileRows& hostile,
                       const CampaignRules& rules) {
  const World& w = context.world;
  governed_.gather(
      context.executor, w.regions.size(),
      [&](std::size_t r, auto& found) {
        if (w.regions.campaign[r] > 0.0 || w.regions.control[r] >= 1.0) return;
        if (governed(w, RegionId(r), hostile).held >= rules.hold) found.push_back(RegionId(r));
      },
      64, w.presences.size());
  if (governed_.all().empty()) return;
  for (const std::uint32_t a : w.of_kind(ActorKind::state)) {
    const ActorId state(a);
    if (std::none_of(governed_.all().begin(), governed_.all().end(),
                     [&](RegionId r) { return w.regions.owner[r.row()] == state; })) {
      continue;
    }
    Stream stream = context.stream(campaign_draw, {w.actors.key[a].value});
    Decision d{.kind = DecisionKind::campaign,
               .who = state,
               .probability = hazard_probability(rules.rate, context.years()),
               .draw = uniform(stream)};
    d.yes = d.draw < d.probability;
    if (!d.yes) {
      context.declined(d, w.actors.key[a].value);
      continue;
    }
    const double power = w.actors.reserve[a] * field_quality(w, state);
    const RegionId where = choose(w, state, governed_.all(), hostile, power, rules);
    if (where.valid()) begin_campaign(context, state, where, hostile, d);
  }
}

void advance_campaign(StepContext& context, RegionId r, const HostileRows& hostile, double reach,
                      const CampaignRules& rules) {
  World& w = context.world;
  const Governed g = governed(w, r, hostile);
  const double win = campaign_succeeds(w, r, hostile, 0.0, rules);
  // What is left below a hundredth is nobody's to govern.
  if (win <= 0.5 || g.held < 0.01) {
    w.regions.campaign[r.row()] = 0.0;
    return;
  }
  const double moved = std::min(reach * (2.0 * win - 1.0), g.held);
  for (const auto row : w.presences_in(r)) {
    if (!guerrilla(w, row, hostile)) continue;
    w.presences.control[row] *= 1.0 - moved / g.held;
    w.note(PresenceId(row));
  }
  w.regions.control[r.row()] += moved;
  const ActorId owner = w.regions.owner[r.row()];
  const WarId war = war_between(w, g.most, owner);
  Event e{.kind = EventKind::advance, .who = owner, .whom = g.most, .where = r, .ground = moved};
  e.war = war;
  context.happened_in(e, war.valid() ? w.wars[war.row()].cause : EventId{});
}

}  // namespace casus
