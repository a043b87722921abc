#include <algorithm>

#include "backtest/war_situation.h"

namespace casus {

WarFacts::WarFacts(const WarSituation& situation, std::array<double, 2> applies)
    : s_(situation), applies_(applies) {
  for (const WarSituation::Party& p : s_.parties) sides_.push_back(p.side);
}

law::Party WarFacts::party(ActorId actor) const { return {s_.parties[actor.row()].key}; }

double WarFacts::affinity(ActorId from, ActorId to) const {
  if (from.row() >= s_.candidates) return 0.0;
  if (to.row() < s_.candidates) {
    for (const WarSituation::Tie& t : s_.ties[from.row()]) {
      if (t.party == to.row()) return t.strength;
    }
    return 0.0;
  }
  const auto side = static_cast<std::size_t>(s_.parties[to.row()].side - 1);
  // Who is bound to a side is its ally, and that much is in the logit of honour already, which was
  // estimated on allies. Told of the same pact as affinity, the law would count it twice.
  const double tie = s_.bound[from.row()][side] ? 0.0 : s_.tie[from.row()][side];
  return tie - (s_.rivalry[from.row()][side] ? 1.0 : 0.0);
}

double WarFacts::affinity_to_side(std::size_t candidate, int side) const {
  const auto at = static_cast<std::size_t>(side - 1);
  double tie = s_.tie[candidate][at];
  for (const WarSituation::Tie& t : s_.ties[candidate]) {
    if (sides_[t.party] == side) tie = std::max(tie, t.strength);
  }
  return tie - (s_.rivalry[candidate][at] ? 1.0 : 0.0);
}

double WarFacts::discount(std::size_t candidate) const {
  const std::vector<std::uint32_t>& near = s_.neighbours[candidate];
  const bool reached = std::any_of(near.begin(), near.end(), [&](std::uint32_t n) {
    return sides_[n] != 0 && s_.war->candidates[n].land_border;
  });
  return reached ? 0.0 : s_.discount[candidate];
}

law::Hostility WarFacts::hostility(ActorId first, ActorId second) const {
  const int one = sides_[first.row()], two = sides_[second.row()];
  law::Hostility h;
  if (one == 0 || two == 0 || one == two) return h;
  h.at_war = true;
  h.second_began = two == 1;
  h.second_joined = second.row() < s_.candidates;
  h.conflict = s_.conflict;
  h.since = s_.date;
  return h;
}

int WarFacts::side(ActorId actor, law::ConflictKey conflict) const {
  return conflict == s_.conflict ? sides_[actor.row()] : 0;
}

double WarFacts::forces(ActorId actor) const {
  // Only shares of it matter here; a state of unknown strength has some.
  return 1e7 * std::max(s_.parties[actor.row()].capability, 1e-5);
}

double WarFacts::power_change(ActorId member, PactId pact, Date) const {
  const double then = s_.capability_at_signature[pact.row()];
  const double now = s_.parties[member.row()].capability;
  return then > 0.0 && now > 0.0 ? now / then - 1.0 : 0.0;
}

bool WarFacts::institutional_change(ActorId, PactId pact, Date) const {
  return s_.institutions_changed[pact.row()];
}

double WarFacts::cost(ActorId member, const law::Act& act, law::Obligation level) const {
  const int against = sides_[act.author.row()];
  if (!law::armed(level) || against == 0) return 0.0;
  const double own = s_.parties[member.row()].capability;
  const double other = s_.power[static_cast<std::size_t>(against - 1)];
  return own + other > 0.0 ? other / (own + other) : 0.5;
}

double WarFacts::shared_threat(ActorId member, ActorId, ActorId adversary) const {
  return std::max(0.0, -affinity(member, adversary));
}

double WarFacts::request_probability(ActorId, const law::Act&, PactId pact) const {
  return applies_[static_cast<std::size_t>(s_.pact_side[pact.row()] - 1)];
}

}  // namespace casus
