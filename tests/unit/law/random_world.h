#pragma once

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

#include "small_world.h"

namespace casus::law {

/// A random situation, written down by name so that it can be built in any order.
struct Situation {
  struct ArticleSpec {
    Article article;
    std::vector<std::string> named;
  };
  struct PactSpec {
    Pact pact;  ///< without members
    std::vector<std::string> members;
    std::vector<ArticleSpec> articles;
    std::vector<std::string> targets;
  };
  struct ActSpec {
    ActKind kind;
    std::string author, victim, sovereign, sponsor;
    double evidence = 0.0, severity = 1.0;
    int region = 0, date = 0;
  };
  std::vector<std::string> names;
  std::vector<PartyKind> kinds;
  std::vector<std::vector<double>> affinity;  ///< by position in `names`
  std::vector<double> free;
  std::vector<PactSpec> pacts;
  std::vector<ActSpec> acts;
};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : stream_({seed, 0}, 0, Purpose("test"), {1}) {}
  std::size_t below(std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(uniform(stream_) * static_cast<double>(n)));
  }
  bool maybe(double p) { return uniform(stream_) < p; }
  double real() { return uniform(stream_); }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  Stream stream_;
};

inline Situation random_situation(std::uint64_t seed, std::size_t max_actors = 50,
                                  std::size_t max_pacts = 30) {
  Dice dice(seed);
  Situation s;
  const std::size_t n = 4 + dice.below(max_actors - 3);
  for (std::size_t i = 0; i < n; ++i) {
    s.names.push_back("actor" + std::to_string(i));
    s.kinds.push_back(dice.maybe(0.8) ? PartyKind::state : PartyKind::armed_group);
    s.free.push_back(dice.maybe(0.85) ? 5000.0 : 10.0);
    s.affinity.emplace_back();
    for (std::size_t j = 0; j < n; ++j) s.affinity[i].push_back(2.0 * dice.real() - 1.0);
  }
  const std::size_t m = 1 + dice.below(max_pacts);
  for (std::size_t i = 0; i < m; ++i) {
    Situation::PactSpec p;
    p.pact.id = "pact" + std::to_string(i);
    p.pact.key = pact_key(p.pact.id);
    p.pact.in_force = day("2000-01-01") + std::chrono::days{static_cast<int>(i)};
    p.pact.formality = static_cast<std::uint8_t>(dice.below(3));
    p.pact.speciality = static_cast<std::uint8_t>(dice.below(6) == 0);
    std::vector<std::string> order = s.names;
    dice.shuffle(order);
    order.resize(2 + dice.below(std::min<std::size_t>(6, n - 1)));
    p.members = order;
    const std::size_t articles = 1 + dice.below(4);
    for (std::size_t a = 0; a < articles; ++a) {
      Article x;
      x.id = std::to_string(a + 1);
      x.procedure = dice.maybe(0.7) ? Procedure::automatic : Procedure::on_request;
      x.when.acts = attacks;
      if (dice.maybe(0.4)) x.when.acts = x.when.acts | ActSet{ActKind::attack_on_forces};
      if (dice.maybe(0.2)) x.when.acts.insert(ActKind::rebellion);
      x.when.where.scope = dice.maybe(0.7) ? Scope::members : Scope::anywhere;
      x.when.counts_responses = dice.maybe(0.2);
      x.when.between_members = dice.maybe(0.2);
      x.when.joined_wars = dice.maybe(0.3);
      x.when.member_as_author = dice.maybe(0.1);
      x.then.assist = {static_cast<Obligation>(1 + dice.below(8))};
      if (dice.maybe(0.5)) x.then.assist.insert(static_cast<Obligation>(1 + dice.below(8)));
      x.then.jointly = dice.maybe(0.1);
      if (dice.maybe(0.2)) x.then.abstain = {Abstention::force, Abstention::neutrality};
      x.void_if_partner_attacks = dice.maybe(0.5);
      p.articles.push_back({x, {}});
    }
    if (dice.maybe(0.3)) p.targets.push_back(s.names[dice.below(n)]);
    s.pacts.push_back(p);
  }
  const std::size_t k = 1 + dice.below(8);
  for (std::size_t i = 0; i < k; ++i) {
    Situation::ActSpec a;
    const ActKind kinds[] = {ActKind::invasion, ActKind::strike, ActKind::attack_on_forces,
                             ActKind::rebellion, ActKind::declaration_of_war};
    a.kind = kinds[dice.below(5)];
    const std::size_t author = dice.below(n), victim = (author + 1 + dice.below(n - 1)) % n;
    a.author = s.names[author];
    a.victim = s.names[victim];
    a.sovereign = dice.maybe(0.8) ? a.victim : s.names[dice.below(n)];
    a.region = static_cast<int>(i);
    a.severity = dice.real();
    s.acts.push_back(a);
  }
  return s;
}

/// The actors of a situation as they are listed.
inline std::vector<std::size_t> in_order(const Situation& s) {
  std::vector<std::size_t> order(s.names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

/// Builds a court from a situation: actors in the given order, everything else shuffled.
inline void build(Court& court, const Situation& s, const std::vector<std::size_t>& actor_order,
                  Dice* dice, const std::string& prefix, std::vector<Act>& acts) {
  SmallWorld& w = court.world;
  const auto id = [&](const std::string& name) {
    for (std::size_t i = 0; i < w.names.size(); ++i) {
      if (w.names[i] == prefix + name) return ActorId{i};
    }
    return ActorId{};
  };
  for (const std::size_t i : actor_order) w.add(prefix + s.names[i], s.kinds[i]);
  for (std::size_t i = 0; i < s.names.size(); ++i) {
    w.free[id(s.names[i])] = s.free[i];
    for (std::size_t j = 0; j < s.names.size(); ++j) {
      w.affinities[{id(s.names[i]), id(s.names[j])}] = s.affinity[i][j];
    }
  }
  for (const Situation::PactSpec& spec : s.pacts) {
    Pact p = spec.pact;
    p.id = prefix + p.id;
    p.key = pact_key(p.id);
    for (const std::string& m : spec.members) p.members.emplace_back().actor = id(m);
    for (const Situation::ArticleSpec& a : spec.articles) p.articles.push_back(a.article);
    for (const std::string& t : spec.targets) p.original_targets.push_back(id(t));
    if (dice) {
      dice->shuffle(p.members);
      dice->shuffle(p.articles);
    }
    court.pacts.push_back(p);
  }
  for (const Situation::ActSpec& spec : s.acts) {
    Act a = attack(id(spec.author), id(spec.victim), "2010-06-01", spec.kind);
    a.place.sovereign = id(spec.sovereign);
    a.place.key = region_key("region" + std::to_string(spec.region));
    a.severity = spec.severity;
    acts.push_back(a);
  }
  if (dice) {
    dice->shuffle(court.pacts);
    dice->shuffle(acts);
  }
  court.settings.honour.affinity = 1.5;
  court.settings.honour.era = -2.0;
}

/// All that was decided, by name, as a sorted list of lines; prefixes are cut off.
inline std::vector<std::string> transcript(const Court& court, std::size_t prefix, bool verdicts) {
  std::vector<std::string> lines;
  const auto who = [&](ActorId a) {
    return a.valid() ? court.world.names[a.row()].substr(prefix) : std::string("-");
  };
  const auto what = [&](PactId p, ArticleId article) {
    if (!p.valid()) return std::string("-");
    const Pact& x = court.pacts[p.row()];
    return x.id.substr(prefix) + "/" + (article.valid() ? x.articles[article.row()].id : "-");
  };
  if (verdicts) {
    for (const Verdict& v : court.result.verdicts) {
      lines.push_back(std::string(name(v.stage)) + (v.yes ? " yes " : " no ") +
                      std::string(name(v.reason)) + " " + std::string(name(v.level)) + " " +
                      who(v.member) + ">" + who(v.towards) + " " + what(v.pact, v.article) + " " +
                      std::to_string(v.wave) + " " + std::to_string(v.probability) + " " +
                      std::to_string(v.delay_days));
    }
  }
  for (const Commitment& c : court.result.commitments) {
    lines.push_back("commitment " + who(c.member) + " for " + who(c.beneficiary) + " against " +
                    who(c.against) + " " + std::string(name(c.level)));
  }
  for (const Breach& b : court.result.breaches) {
    lines.push_back("breach " + who(b.member) + " towards " + who(b.towards) + " " +
                    what(b.pact, b.article) + (b.excused ? " excused" : ""));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// Lines that only one of two transcripts has, with a sign that says which.
inline std::vector<std::string> not_shared(const std::vector<std::string>& a,
                                           const std::vector<std::string>& b) {
  std::vector<std::string> left, right, all;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(left));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(right));
  for (const std::string& line : left) all.push_back("- " + line);
  for (const std::string& line : right) all.push_back("+ " + line);
  return all;
}

}  // namespace casus::law
