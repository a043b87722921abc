#include "sim/expeditions.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/world/forces.h"
#include "sim/acts.h"
#include "sim/law_queries.h"
#include "sim/turns.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose consent("consent");
constexpr Purpose guest_turn("guest_turn");
constexpr Purpose word_kept("word_kept");

/// People the guest may still send abroad.
double free_ceiling(const World& w, ActorId guest) {
  return w.actors.deployment_ceiling[guest.row()] - w.abroad(guest);
}

void send_home(StepContext& context, ActorId host, ActorId guest, EventKind kind) {
  World& w = context.world;
  double moved = 0.0;
  for (const auto row : w.presences_of(guest)) {
    if (w.regions.owner[w.presences.region[row].row()] != host) continue;
    moved += w.presences.strength[row];
    recall(w, row, w.presences.strength[row]);
  }
  w.relations.set_hosting(host, guest, false);
  const bool expelled = kind == EventKind::expulsion;
  context.happened({.kind = kind,
                    .who = expelled ? host : guest,
                    .whom = expelled ? guest : host,
                    .size = moved});
}

/// What a host and a guest have settled between them.
struct Visit {
  ActorId host, guest;
  EventKind what{};  ///< deployment, expulsion or withdrawal
};

/// Decided on the world as the step finds it. Most pairs have nothing to decide; only those that
/// have draw. `here`: the guest's people on the host's soil.
std::optional<Visit> settle_visit(const StepView& context, const GuestRules& rules, ActorId host,
                                  ActorId guest, double here) {
  const World& w = context.world;
  const double threat = w.actors.threat[host.row()];
  if (here < 1.0 && threat < rules.invitation_threat) return {};
  if (w.relations.at_war(host, guest)) return {};
  const double view = w.relations.affinity(host, guest);
  const auto draw = [&] {
    Stream stream =
        context.stream(consent, {w.actors.key[host.row()].value, w.actors.key[guest.row()].value});
    return uniform(stream);
  };
  const auto chance_of = [&](double rate) { return hazard_probability(rate, context.years()); };
  const double appetite = w.actors.appetite[guest.row()];
  if (here >= 1.0) {
    const double expulsion = rules.expulsion_rate * std::max(0.0, rules.expulsion_affinity - view);
    const double leaving = rules.return_rate * (1.0 - appetite) * (1.0 - threat);
    if (expulsion <= 0.0 && leaving <= 0.0) return {};
    // One draw for both: who would be sent away does not stay by going home of itself.
    const double u = draw();
    if (u < chance_of(expulsion)) return Visit{host, guest, EventKind::expulsion};
    if (u < chance_of(leaving)) return Visit{host, guest, EventKind::withdrawal};
    return {};
  }
  if (view <= 0.0) return {};
  const double rate = rules.deployment_rate * view * threat * appetite;
  if (free_ceiling(w, guest) < context.law.smallest_contingent ||
      !w.actors.capital[host.row()].valid() || rate <= 0.0 || draw() >= chance_of(rate)) {
    return {};
  }
  return Visit{host, guest, EventKind::deployment};
}

void carry_out(StepContext& context, const Visit& v, double first_share) {
  World& w = context.world;
  if (v.what != EventKind::deployment) {
    send_home(context, v.host, v.guest, v.what);
    return;
  }
  // Another host may have taken what it had this step.
  const double room = free_ceiling(w, v.guest);
  if (room < context.law.smallest_contingent) return;
  const RegionId where = w.actors.capital[v.host.row()];
  const double moved = deploy(w, v.guest, where, first_share * room, Role::deployment);
  w.relations.set_hosting(v.host, v.guest, true);
  context.happened({.kind = EventKind::deployment,
                    .who = v.guest,
                    .whom = v.host,
                    .where = where,
                    .size = moved});
}

}  // namespace

void GuestTable::look(const World& w) {
  constexpr std::uint32_t no_host = ~0U;
  hosts_.clear();
  guests_.clear();
  place_.assign(w.actors.size(), no_host);
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    const ActorKind kind = w.actors.kind[a];
    if (kind == ActorKind::armed_group || w.actors.alive[a] == 0) continue;
    if (kind == ActorKind::state) {
      place_[a] = static_cast<std::uint32_t>(hosts_.size());
      hosts_.emplace_back(a);
    }
    if (w.actors.deployment_ceiling[a] > 0.0) guests_.emplace_back(a);
  }
  here_.resize(hosts_.size() * guests_.size());
  for (std::size_t g = 0; g < guests_.size(); ++g) look(w, g);
}

void GuestTable::look(const World& w, std::size_t guest) {
  for (std::size_t h = 0; h < hosts_.size(); ++h) here_[h * guests_.size() + guest] = 0.0;
  for (const auto row : w.presences_of(guests_[guest])) {
    const std::uint32_t host = place_[w.regions.owner[w.presences.region[row].row()].row()];
    if (host < hosts_.size()) here_[host * guests_.size() + guest] += w.presences.strength[row];
  }
}

void move_guests(StepContext& context, const GuestRules& rules, GuestTable& table) {
  const World& w = context.world;
  table.look(w);
  std::vector<Visit> visits;
  std::vector<std::uint64_t> keys;
  for (std::size_t h = 0; h < table.hosts().size(); ++h) {
    for (std::size_t g = 0; g < table.guests().size(); ++g) {
      const ActorId host = table.hosts()[h];
      const ActorId guest = table.guests()[g];
      if (host == guest) continue;
      if (const auto visit = settle_visit(context, rules, host, guest, table.here(h, g))) {
        visits.push_back(*visit);
        keys.push_back(mix(w.actors.key[host.row()].value, w.actors.key[guest.row()].value));
      }
    }
  }
  // Hosts compete for what a guest can spare.
  for (const std::uint32_t i : drawn_order(context, guest_turn, keys)) {
    carry_out(context, visits[i], rules.first_share);
  }
}

void send_expedition(StepContext& context, const Crisis& c, ActorId lead, double contribution,
                     EventId decision) {
  World& w = context.world;
  std::vector<ActorId> members;
  active_members(context, c.organisation, members);
  const RegionId where = entry_region(w, lead, c.target, context.law.entry_defence);
  const law::Pact& pact = w.pacts[c.organisation.row()];
  std::stable_partition(members.begin(), members.end(), [&](ActorId m) { return m == lead; });
  WarId war;
  for (const ActorId m : members) {
    if (m == c.target || w.relations.at_war(m, c.target)) continue;
    double pledged = 0.0;
    for (const law::Member& member : pact.members) {
      if (member.actor == m) pledged = member.contribution;
    }
    const double people = pledged > 0.0
                              ? pledged
                              : contribution * (w.forces(m) + w.actors.home_power[m.row()]) *
                                    free_share(w, m, context.law.garrison_free) *
                                    w.actors.appetite[m.row()];
    if (people < context.law.smallest_contingent) continue;
    Stream stream = context.stream(word_kept, {w.actors.key[m.row()].value, c.key});
    // A vote is not yet a soldier: resolve decides whether the word is kept, once for each crisis.
    const bool keeps = chance(stream, w.actors.resolve[m.row()]);
    const EventId word = context.happened({.kind = keeps ? EventKind::honour : EventKind::breach,
                                           .who = m,
                                           .whom = c.target,
                                           .where = where,
                                           .pact = c.organisation,
                                           .size = static_cast<double>(law::Obligation::troops)},
                                          {decision});
    if (!keeps) continue;
    // The first to arrive begins the war; the others join it.
    if (war.valid()) {
      join_war(context, war, m, 0, c.organisation, {}, word);
    }
    const EventId arrival =
        act(context, law::ActKind::intervention, m, c.target, where, people, {}, word);
    context.log.at(arrival).pact = c.organisation;
    if (!war.valid()) war = war_between(w, m, c.target);
  }
}

}  // namespace casus
