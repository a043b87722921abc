#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/law/expectation.h"
#include "casus/law/membership.h"
#include "casus/law/organ.h"
#include "casus/law/resolve.h"
#include "casus/law/stages.h"

namespace casus::law {

inline void PrintTo(Reason r, std::ostream* out) { *out << name(r); }
inline void PrintTo(Obligation o, std::ostream* out) { *out << name(o); }
inline void PrintTo(Stage s, std::ostream* out) { *out << name(s); }

inline Date day(const char* text) { return *parse_date(text); }

/// A world in tables: actors by name, and what a test wants to say of them.
struct SmallWorld : Facts {
  std::vector<std::string> names;
  std::vector<Party> parties;
  std::map<std::pair<ActorId, ActorId>, double> affinities;
  std::map<std::pair<ActorId, ActorId>, Hostility> wars;
  std::map<std::pair<ActorId, ConflictKey>, int> sides;
  std::map<ActorId, Government> governments;
  std::map<ActorId, double> free, army, change, will, asks;
  std::map<std::pair<ActorId, Obligation>, bool> cannot_afford;
  std::map<ActorId, Reach> reaches;
  std::set<ActorId> coups, absent;
  std::map<std::pair<ActorId, ActorId>, double> reputations;
  std::map<ActorId, double> votes, bias;
  std::map<ActorId, double> slow;  ///< days until help comes
  std::optional<Date> now;
  double costs = 0.0, threat = 0.0;

  ActorId add(const std::string& text, PartyKind kind = PartyKind::state) {
    names.push_back(text);
    parties.push_back({actor_key(text), kind});
    return ActorId{parties.size() - 1};
  }
  ActorId operator[](const std::string& text) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == text) return ActorId{i};
    }
    return add(text);
  }
  /// `attacker` began a war against `victim`, or joined one that the victim had begun.
  void war(ActorId attacker, ActorId victim, const char* since, bool attacker_joined = false) {
    const std::uint64_t a = parties[attacker.row()].key.value, b = parties[victim.row()].key.value;
    const ConflictKey key{a < b ? mix(a, b) : mix(b, a)};
    wars[{attacker, victim}] = {true, attacker_joined, false, key, day(since)};
    wars[{victim, attacker}] = {true, !attacker_joined, attacker_joined, key, day(since)};
  }

  std::optional<Date> today() const override { return now; }
  std::size_t party_count() const override { return parties.size(); }
  Party party(ActorId a) const override { return parties[a.row()]; }
  double affinity(ActorId a, ActorId b) const override { return get(affinities, {a, b}, 0.0); }
  Hostility hostility(ActorId a, ActorId b) const override { return get(wars, {a, b}, {}); }
  /// What a resolution has left behind, as the facts of the next one.
  void absorb(const Resolution& result) {
    for (const Side& s : result.sides) sides.try_emplace({s.party, s.conflict}, s.side);
    for (const Fight& f : result.fights) {
      for (const bool same : {true, false}) {
        const auto pair = same ? std::pair(f.first, f.second) : std::pair(f.second, f.first);
        Hostility& h = wars.try_emplace(pair).first->second;
        if (f.settled_on) h = {};  // what was before counts no more
        if (f.settled != Settlement::none) {
          h.conflict = f.conflict;
          h.settled = f.settled;
          h.settled_on = f.settled_on;
          continue;
        }
        const bool known = h.at_war || h.second_began;
        if (!known) h.second_began = same != f.first_began;
        if (!known || (f.war && !h.at_war)) h.since = f.since;
        if (f.war && !h.at_war) h.second_joined = same ? f.second_joined : f.first_joined;
        if (h.conflict.value == 0) h.conflict = f.conflict;
        if (!known || h.last_force) h.last_force = f.last;
        if (f.arrives) h.arrives = f.arrives;
        h.at_war |= f.war;
      }
    }
    // What lasts is the conflict, not the fight between two of its parties alone.
    std::map<ConflictKey, Date> last;
    for (const auto& [pair, h] : wars) {
      if (!h.last_force) continue;
      Date& day = last.try_emplace(h.conflict, *h.last_force).first->second;
      day = std::max(day, *h.last_force);
    }
    for (auto& [pair, h] : wars) {
      if (h.last_force) h.last_force = last.at(h.conflict);
    }
  }
  int side(ActorId a, ConflictKey c) const override { return get(sides, {a, c}, 0); }
  std::optional<Date> war_since(ActorId a, ConflictKey c) const override {
    std::optional<Date> since;
    for (const auto& [pair, h] : wars) {
      if (pair.first != a || !h.at_war || h.conflict != c) continue;
      since = since ? std::min(*since, *h.since) : h.since;
    }
    return since;
  }
  std::size_t state_enemies(ActorId a) const override {
    std::size_t n = 0;
    for (const auto& [pair, h] : wars) {
      n += pair.first == a && h.at_war && parties[pair.second.row()].kind == PartyKind::state;
    }
    return n;
  }
  std::size_t state_attackers(ActorId a) const override {
    std::size_t n = 0;
    for (const auto& [pair, h] : wars) {
      n += pair.first == a && h.second_began && parties[pair.second.row()].kind == PartyKind::state;
    }
    return n;
  }
  Government government(ActorId a) const override { return get(governments, a, {}); }
  double forces(ActorId a) const override { return get(army, a, 10000.0); }
  double free_forces(ActorId a) const override { return get(free, a, forces(a)); }
  bool affords(ActorId a, Obligation o) const override {
    return !get(cannot_afford, {a, o}, false);
  }
  Reach reach(ActorId a, const Place&, ActorId) const override { return get(reaches, a, {}); }
  double power_change(ActorId a, PactId, Date) const override { return get(change, a, 0.0); }
  bool institutional_change(ActorId a, PactId, Date) const override { return coups.contains(a); }
  double resolve(ActorId a) const override { return get(will, a, 1.0); }
  std::map<ActorId, double> costs_against;  ///< of help over acts of this author, else `costs`
  double cost(ActorId, const Act& act, Obligation) const override {
    return get(costs_against, act.author, costs);
  }
  double shared_threat(ActorId, ActorId, ActorId) const override { return threat; }
  double request_probability(ActorId a, const Act&, PactId) const override {
    return get(asks, a, 1.0);
  }
  std::optional<double> comes_after(ActorId a) const override {
    const auto it = slow.find(a);
    return it == slow.end() ? std::nullopt : std::optional(it->second);
  }
  bool attends(ActorId a, PactId) const override { return !absent.contains(a); }
  double vote_bias(ActorId a, PactId, ActorId, ActorId, Obligation) const override {
    return get(votes, a, 0.0);
  }
  double honour_bias(ActorId a, const Act&, PactId) const override { return get(bias, a, 0.0); }
  double reputation(ActorId a, ActorId b) const override { return get(reputations, {a, b}, 0.0); }

 private:
  template <class M>
  static typename M::mapped_type get(const M& map, const typename M::key_type& key,
                                     typename M::mapped_type otherwise) {
    const auto it = map.find(key);
    return it == map.end() ? otherwise : it->second;
  }
};

/// Short ways to say things.
inline Pact pact(const std::string& id, std::vector<ActorId> members,
                 const char* in_force = "2000-01-01") {
  Pact p;
  p.id = p.title = id;
  p.key = pact_key(id);
  p.in_force = day(in_force);
  for (const ActorId a : members) p.members.emplace_back().actor = a;
  return p;
}

inline const ActSet attacks{ActKind::invasion, ActKind::strike, ActKind::occupation};

inline Article defence(const std::string& id = "1", ActSet acts = attacks,
                       ObligationSet assist = {Obligation::war},
                       Procedure procedure = Procedure::automatic) {
  Article a;
  a.id = id;
  a.when.acts = acts;
  a.when.where.scope = Scope::members;
  a.then.assist = assist;
  a.procedure = procedure;
  return a;
}

inline Article abstain(const std::string& id, AbstentionSet what) {
  Article a;
  a.id = id;
  a.then.abstain = what;
  return a;
}

inline Act attack(ActorId author, ActorId victim, const char* date = "2010-06-01",
                  ActKind kind = ActKind::invasion) {
  Act a;
  a.kind = kind;
  a.author = author;
  a.victim = victim;
  a.place.sovereign = victim;
  a.date = day(date);
  return a;
}

/// A case: a world, its pacts, and what the law made of some acts.
struct Court {
  SmallWorld world;
  std::vector<Pact> pacts;
  Settings settings;
  DecisionMemory memory;
  Resolution result;
  std::uint32_t run = 0, step = 0;

  Court() { settings.drawing = Drawing::expected; }

  const Resolution& decide(std::vector<Act> acts, const Stages& stages = {}) {
    const PactIndex index(pacts, world.party_count());
    result = law::resolve(acts, index, world, settings, {7, run}, step, memory, stages);
    return result;
  }
  /// The last answer of a stage; member none: any.
  const Verdict* answer(Stage stage, ActorId member = {}, std::size_t pact_row = 0) const {
    const Verdict* found = nullptr;
    for (const Verdict& v : result.verdicts) {
      if (v.stage == stage && (!member.valid() || v.member == member) &&
          (!v.pact.valid() || v.pact.row() == pact_row)) {
        found = &v;
      }
    }
    return found;
  }
  /// The first answer, of the first wave.
  const Verdict* first(Stage stage, ActorId member = {}, std::size_t pact_row = 0) const {
    for (const Verdict& v : result.verdicts) {
      if (v.stage == stage && (!member.valid() || v.member == member) &&
          (!v.pact.valid() || v.pact.row() == pact_row)) {
        return &v;
      }
    }
    return nullptr;
  }
  Reason why(Stage stage, ActorId member = {}, std::size_t pact_row = 0) const {
    const Verdict* v = first(stage, member, pact_row);
    return v ? v->reason : Reason::none;
  }
  bool helps(ActorId member, ActorId beneficiary, ActorId against) const {
    return std::any_of(
        result.commitments.begin(), result.commitments.end(), [&](const Commitment& c) {
          return c.member == member && c.beneficiary == beneficiary && c.against == against;
        });
  }
  const Commitment* help_by(ActorId member) const {
    for (const Commitment& c : result.commitments) {
      if (c.member == member) return &c;
    }
    return nullptr;
  }
  const Breach* breach_by(ActorId member) const {
    for (const Breach& b : result.breaches) {
      if (b.member == member) return &b;
    }
    return nullptr;
  }
  const Conflict* conflict(ConflictKind kind) const {
    for (const Conflict& c : result.conflicts) {
      if (c.kind == kind) return &c;
    }
    return nullptr;
  }
};

}  // namespace casus::law
