#include "sim/ground.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "casus/rules/contest.h"
#include "casus/world/forces.h"

namespace casus {

double to_be_met(const World& w, std::size_t row) {
  return w.presences.strength[row] * w.presences.activity[row];
}

bool fought_over(const World& w, RegionId r) {
  const auto rows = w.presences_in(r);
  return std::any_of(rows.begin(), rows.end(),
                     [&](std::uint32_t row) { return w.presences.role[row] == Role::insurgent; });
}

Defence defence_of(const World& w, RegionId r, const HostileRows& hostile,
                   const GroundRules& rules) {
  Defence d;
  // Fuel is bought where it is burnt: guests and militias lie idle with the army of the country.
  const double moves = 1.0 - rules.fuel_idle * w.actors.fuel_cut[w.regions.owner[r.row()].row()];
  for (const auto row : w.presences_in(r)) {
    const double people = w.presences.strength[row];
    const std::size_t a = w.presences.actor[row].row();
    if (guerrilla(w, row, hostile)) {
      d.insurgents += to_be_met(w, row);
    } else if (defends(w, row, hostile)) {
      d.people += people;
      d.power += field_power(w, row);
      d.ready += people * w.actors.resolve[a] * (1.0 - w.actors.arrears[a]) * moves;
    }
  }
  return d;
}

double by_grievance(double grievance, const GroundRules& rules) {
  return std::exp(rules.grievance_weight * (grievance - 0.5));
}

void Grievances::update(const World& w, const GroundRules& rules) {
  known_.resize(w.regions.size());
  for (std::size_t r = 0; r < known_.size(); ++r) {
    const double grievance = w.regions.grievance[r];
    if (known_[r].grievance != grievance) known_[r] = {grievance, by_grievance(grievance, rules)};
  }
}

double attacks_on_state(const World& w, std::size_t i, const GroundRules& rules) {
  const std::size_t r = w.presences.region[i].row();
  return attacks_on_state(w, i, rules, by_grievance(w.regions.grievance[r], rules));
}

double attacks_on_state(const World& w, std::size_t i, const GroundRules& rules,
                        double by_grievance) {
  const std::size_t a = w.presences.actor[i].row();
  const std::size_t r = w.presences.region[i].row();
  return rules.attack_rate * to_be_met(w, i) * w.actors.activity[a] * w.actors.effort[a] *
         std::max(0.0, w.regions.control[r]) * by_grievance;
}

double attacks_on_civilians(const World& w, std::size_t i, const GroundRules& rules) {
  const std::size_t a = w.presences.actor[i].row();
  const std::size_t r = w.presences.region[i].row();
  const double held = w.presences.control[i];
  return rules.civilian_rate * w.presences.strength[i] * w.actors.activity[a] *
         w.actors.civilian_targeting[a] * 4.0 * held * std::max(0.0, w.regions.control[r]);
}

double operations(const World& w, RegionId r, const Defence& d, const GroundRules& rules) {
  if (d.ready <= 0.0 || d.insurgents <= 0.0) return 0.0;
  const ActorId owner = w.regions.owner[r.row()];
  return w.actors.initiative[owner.row()] * d.ready / 1000.0 * d.insurgents /
         (d.insurgents + rules.found_strength);
}

namespace {

/// People of a force that strike or hold one place.
double at_most(double people, double most) { return std::min(people, most); }

}  // namespace

double attack_succeeds(const World& w, std::size_t i, const Defence& d, const GroundRules& rules) {
  if (d.people <= 0.0) return 1.0;
  const double quality = field_quality(w, w.presences.actor[i]);
  const double attackers = at_most(0.5 * w.presences.strength[i], rules.company) * quality;
  const double defenders = at_most(d.people, rules.post) * d.power / d.people;
  return rules::tullock(attackers, defenders, rules.decisiveness);
}

double operation_succeeds(const World& w, std::size_t i, const Defence& d,
                          const GroundRules& rules) {
  if (d.people <= 0.0) return 0.0;
  const double quality = field_quality(w, w.presences.actor[i]);
  const double attackers = at_most(0.5 * d.people, rules.company) * d.power / d.people;
  const double defenders = at_most(w.presences.strength[i], rules.post) * quality;
  return rules::tullock(attackers, defenders, rules.decisiveness);
}

// Ground is held from posts and camps: one of n holds an n-th of it.
double ground_of_attack(const World& w, std::size_t i, const Defence& d, const GroundRules& rules) {
  const double held = std::max(0.0, w.regions.control[w.presences.region[i].row()]);
  const double share = rules.taken * std::exp(-w.presences.resistance[i]);
  return held * std::min(1.0, share / (1.0 + d.people / rules.post));
}

double ground_of_operation(const World& w, std::size_t i, const GroundRules& rules) {
  const double share = rules.taken * std::exp(w.presences.resistance[i]);
  return w.presences.control[i] *
         std::min(1.0, share / (1.0 + w.presences.strength[i] / rules.post));
}

void balance(World& w, std::size_t i, const Defence& d, const GroundRules& rules, double trend) {
  const RegionId r = w.presences.region[i];
  w.presences.resistance[i] = 0.0;
  const double won = attacks_on_state(w, i, rules) * attack_succeeds(w, i, d, rules) *
                     ground_of_attack(w, i, d, rules);
  const double seen = d.insurgents > 0.0 ? to_be_met(w, i) / d.insurgents : 0.0;
  const double on_groups = 1.0 - rules.state_civilians * (1.0 - w.regions.control[r.row()]);
  const double lost = operations(w, r, d, rules) * on_groups * seen *
                      operation_succeeds(w, i, d, rules) * ground_of_operation(w, i, rules);
  // won / y - lost y = trend, for y = e^resistance.
  constexpr double most = 54.598150033144236;  // e^4
  double y = 1.0;
  if (lost > 0.0) {
    y = (std::sqrt(trend * trend + 4.0 * won * lost) - trend) / (2.0 * lost);
  } else if (won > 0.0) {
    y = trend > 0.0 ? won / trend : most;
  }
  w.presences.resistance[i] = std::log(std::clamp(y, 1.0 / most, most));
}

}  // namespace casus
