#include "backtest/war_situation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "casus/study/statistics.h"

namespace casus {
namespace {

constexpr double alliance_tie = 1.0;  // a defence or offence pact
constexpr double looser_tie = 0.5;    // neutrality, non-aggression, entente
/// Longest water between states that count as contiguous by sea (COW Direct Contiguity): 400 miles.
constexpr double sea_contiguity_km = 643.7;
/// Most parties outside the candidates among which the sides are looked for.
constexpr std::size_t most_originals = 16;

Date day(int year, unsigned month) {
  return std::chrono::year(year) / std::chrono::month(month) / 1;
}

/// How one state was tied to another the year before the war, so that no pact counts that was made
/// because of it.
double tie_between(const CowTables& tables, int a, int b, int war_year) {
  const CowAlliance* pact = alliance(tables, a, b, war_year - 1);
  if (!pact) return 0.0;
  return pact->defence ? alliance_tie : pact->looser ? looser_tie : 0.0;
}

struct Sides {
  std::vector<int> a, b;
};

/// The tables list who could have joined, so that whoever else was in the state system was in the
/// war from the start; who stood where follows from the capabilities of the sides. Empty if that
/// does not come out.
Sides sides_of(const CowWar& war, const CowTables& tables) {
  std::vector<int> out;
  for (const CowState* s : states_in(tables, war.year)) {
    const bool candidate = std::any_of(war.candidates.begin(), war.candidates.end(),
                                       [&](const WarCandidate& c) { return c.state == s->code; });
    if (!candidate) out.push_back(s->code);
  }
  const auto originals = static_cast<std::size_t>(war.originals);
  if (out.size() < originals || out.size() > most_originals) {
    return {};
  }
  std::vector<double> power;
  power.reserve(out.size());
  for (const int state : out) power.push_back(capability(tables, state, war.year).value_or(0.0));
  // Each of the outsiders is on side A, on side B or, where there are more than originals, neither.
  double best = std::numeric_limits<double>::infinity();
  std::uint32_t best_a = 0, best_b = 0;
  const std::uint32_t all = (1U << out.size()) - 1;
  for (std::uint32_t members = 1; members <= all; ++members) {
    if (static_cast<std::size_t>(__builtin_popcount(members)) != originals) continue;
    for (std::uint32_t a = (members - 1) & members; a != 0; a = (a - 1) & members) {
      double miss_a = war.capability_a, miss_b = war.capability_b;
      for (std::size_t i = 0; i < out.size(); ++i) {
        if ((a >> i & 1U) != 0) miss_a -= power[i];
        if (((members & ~a) >> i & 1U) != 0) miss_b -= power[i];
      }
      const double miss = std::abs(miss_a) + std::abs(miss_b);
      if (miss < best) {
        best = miss;
        best_a = a;
        best_b = members & ~a;
      }
    }
  }
  const double enough = 1e-6 + 0.05 * (war.capability_a + war.capability_b);
  if (!(best <= enough) && out.size() != originals) return {};
  Sides sides;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if ((best_a >> i & 1U) != 0) sides.a.push_back(out[i]);
    if ((best_b >> i & 1U) != 0) sides.b.push_back(out[i]);
  }
  return sides;
}

void add_originals(WarSituation& s, const CowTables& tables) {
  const CowWar& war = *s.war;
  const Sides sides = sides_of(war, tables);
  s.sides_known = !sides.a.empty() && !sides.b.empty();
  for (const int side : {1, 2}) {
    if (!s.sides_known) {
      s.parties.push_back({0, side, actor_key(fmt::format("side {} of war {}", side, war.id)),
                           side == 1 ? war.capability_a : war.capability_b});
      continue;
    }
    for (const int state : side == 1 ? sides.a : sides.b) {
      s.parties.push_back({state, side, actor_key(fmt::format("state {}", state)),
                           capability(tables, state, war.year).value_or(0.0)});
    }
  }
}

/// Kilometres to the war. Where the tables do not say: the limit of contiguity for a neighbour by
/// sea, else as far as the median candidate without a border.
double distance_or(const WarCandidate& c, double median_km) {
  if (c.land_border) return 0.0;
  if (c.distance_km) return *c.distance_km;
  return c.sea_border ? std::min(sea_contiguity_km, median_km) : median_km;
}

double median_distance(const CowWar& war) {
  std::vector<double> known;
  for (const WarCandidate& c : war.candidates) {
    if (!c.land_border && c.distance_km) known.push_back(*c.distance_km);
  }
  return known.empty() ? sea_contiguity_km : median(known);
}

/// First year of the pact of two states, by the alliance table: of their promise of defence, or, if
/// they had none, of whatever they had promised; 0 where it knows of none.
int signed_in(const CowTables& tables, int state, int partner, int year) {
  if (partner == 0) return 0;
  const std::optional<int> defended = defended_since(tables, state, partner, year);
  return defended ? *defended : allied_since(tables, state, partner, year).value_or(0);
}

/// The original of a side with which a candidate's pact is taken to be: an ally by the alliance
/// table, the strongest first.
std::size_t partner(const WarSituation& s, const CowTables& tables, int state, int side) {
  std::size_t best = s.parties.size();
  bool best_allied = false;
  for (std::size_t i = s.candidates; i < s.parties.size(); ++i) {
    const WarSituation::Party& p = s.parties[i];
    if (p.side != side) continue;
    const bool allied = signed_in(tables, state, p.state, s.war->year - 1) != 0;
    const bool better = best == s.parties.size() || (allied && !best_allied) ||
                        (allied == best_allied && p.capability > s.parties[best].capability);
    if (better) {
      best = i;
      best_allied = allied;
    }
  }
  return best;
}

law::Article helps(const char* id, bool with_attacker) {
  law::Article article;
  article.id = id;
  article.title = with_attacker ? "War beside a partner that attacks" : "Defence of a partner";
  article.when.acts = {law::ActKind::invasion};
  article.when.member_as_author = with_attacker;
  article.then.assist = {law::Obligation::war};
  article.procedure = law::Procedure::on_request;
  return article;
}

/// The pact of a candidate with a side, with the articles that the tables know of.
void add_pact(WarSituation& s, const CowTables& tables, std::size_t candidate, int side) {
  const WarCandidate& c = s.war->candidates[candidate];
  const CandidateTies& has = side == 1 ? c.a : c.b;
  if (!has.defence && !has.offence && !has.nonaggression) return;
  s.bound[candidate][static_cast<std::size_t>(side - 1)] = true;
  const std::size_t with = partner(s, tables, c.state, side);
  const int since = signed_in(tables, c.state, s.parties[with].state, s.war->year - 1);
  law::Pact pact;
  pact.id = fmt::format("{}-{}", c.state, side == 1 ? "A" : "B");
  pact.key = pact_key(fmt::format("war {} pact {}", s.war->id, pact.id));
  pact.in_force = day(since != 0 ? since : s.war->year, 1);
  pact.formality = 1;  // a written and public treaty, as nearly all in the tables are
  pact.members.resize(2);
  pact.members[0].actor = ActorId(candidate);
  pact.members[1].actor = ActorId(with);
  if (has.defence) pact.articles.push_back(helps("defence", false));
  if (has.offence) pact.articles.push_back(helps("offence", true));
  if (has.nonaggression) {
    law::Article article;
    article.id = "non_aggression";
    article.title = "No force between the partners";
    article.then.abstain = {law::Abstention::force};
    pact.articles.push_back(std::move(article));
  }
  s.pacts.push_back(std::move(pact));
  s.pact_side.push_back(side);
  s.capability_at_signature.push_back(since != 0 ? capability(tables, c.state, since).value_or(0.0)
                                                 : 0.0);
  s.institutions_changed.push_back(since != 0 &&
                                   institutions_changed(tables, c.state, since, s.war->year));
}

void add_relations(WarSituation& s, const CowTables& tables) {
  const CowWar& war = *s.war;
  const double median_km = median_distance(war);
  for (std::size_t i = 0; i < s.candidates; ++i) {
    const WarCandidate& c = war.candidates[i];
    s.distance_km.push_back(distance_or(c, median_km));
    s.discount.push_back(
        rules::distance_discount(s.distance_km.back(), c.land_border, c.major_power));
    s.rivalry.push_back({c.a.rivalry, c.b.rivalry});
    std::array<double, 2> tie{};
    s.bound.push_back({});
    for (const int side : {1, 2}) {
      const CandidateTies& has = side == 1 ? c.a : c.b;
      double& t = tie[static_cast<std::size_t>(side - 1)];
      if (has.nonaggression) t = looser_tie;
      if (has.defence || has.offence) t = alliance_tie;
      for (std::size_t j = s.candidates; j < s.parties.size(); ++j) {
        if (s.parties[j].side != side || s.parties[j].state == 0) continue;
        t = std::max(t, tie_between(tables, c.state, s.parties[j].state, war.year));
      }
      add_pact(s, tables, i, side);
    }
    s.tie.push_back(tie);
    s.ties.emplace_back();
    s.neighbours.emplace_back();
    for (std::size_t j = 0; j < s.candidates; ++j) {
      if (j == i) continue;
      const int other = war.candidates[j].state;
      const double strength = tie_between(tables, c.state, other, war.year);
      if (strength > 0.0) s.ties.back().push_back({static_cast<std::uint32_t>(j), strength});
      if (land_border(tables, c.state, other, s.date)) {
        s.neighbours.back().push_back(static_cast<std::uint32_t>(j));
      }
    }
  }
}

void add_original_ties(WarSituation& s, const CowTables& tables) {
  for (std::size_t i = s.candidates; i < s.parties.size(); ++i) {
    WarSituation::OriginalTies ties;
    for (std::size_t j = s.candidates; j < s.parties.size(); ++j) {
      const bool named = s.parties[i].state != 0 && s.parties[j].state != 0;
      if (i == j || !named) continue;
      if (tie_between(tables, s.parties[i].state, s.parties[j].state, s.war->year) <= 0.0) continue;
      (s.parties[i].side == s.parties[j].side ? ties.beside : ties.against) = true;
    }
    s.original_ties.push_back(ties);
  }
}

void add_acts(WarSituation& s) {
  s.power = {s.war->capability_a, s.war->capability_b};
  for (std::size_t a = s.candidates; a < s.parties.size(); ++a) {
    for (std::size_t b = a + 1; b < s.parties.size(); ++b) {
      if (s.parties[a].side != 1 || s.parties[b].side != 2) continue;
      law::Act act;
      act.kind = law::ActKind::invasion;
      act.author = ActorId(a);
      act.victim = ActorId(b);
      act.place.sovereign = act.victim;
      act.date = s.date;
      act.conflict = s.conflict;
      act.posture = law::Posture::attack;
      s.acts.push_back(act);
    }
  }
}

}  // namespace

WarSituation situation_of(const CowWar& war, const CowTables& tables) {
  WarSituation s;
  s.war = &war;
  s.date = day(war.year, 7);  // the tables give the year; the middle of it is nobody's eve
  s.conflict = law::conflict_key(fmt::format("war {} {}", war.id, war.year));
  s.candidates = war.candidates.size();
  for (const WarCandidate& c : war.candidates) {
    s.parties.push_back(
        {c.state, 0, actor_key(fmt::format("state {}", c.state)), c.capability.value_or(0.0)});
  }
  add_originals(s, tables);
  add_relations(s, tables);
  add_original_ties(s, tables);
  add_acts(s);
  return s;
}

}  // namespace casus
