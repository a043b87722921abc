#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox.h"
#include "sim/mechanisms.h"

/// Crises that wait for a decision, of states and of an organisation.
namespace casus::test {

/// The mechanism with every rate at zero and no common mood but for what a test turns on. What
/// calibration may move is held, so that a test of behaviour does not become one of a default.
inline std::unique_ptr<Mechanism> only(Changes changes) {
  constexpr std::pair<std::string_view, double> held[] = {
      {"war_cost", 0.2},   {"decisiveness", 1.0}, {"noise", 0.1},
      {"friendship", 1.5}, {"support", 0.5},      {"contribution", 0.25}};
  auto mechanism = make_statecraft();
  std::vector<double> values;
  for (const ParameterInfo& row : mechanism->info().parameters) {
    const bool off =
        row.name.ends_with("_rate") || row.name.ends_with("_fatigue") || row.name == "common_noise";
    double x = off ? 0.0 : row.fallback;
    if (row.name == "stake_half_life") x = row.high;
    for (const auto& [name, value] : held) {
      if (row.name == name) x = value;
    }
    for (const auto& [name, value] : changes) {
      if (row.name == name) x = value;
    }
    values.push_back(x);
  }
  mechanism->configure(values);
  return mechanism;
}

inline law::Pact mutual_defence(ActorId a, ActorId b, const std::string& id) {
  using namespace std::chrono_literals;
  law::Pact p;
  p.id = id;
  p.key = pact_key(id);
  p.in_force = Date{2020y / 1 / 1};
  for (const ActorId m : {a, b}) {
    p.members.emplace_back();
    p.members.back().actor = m;
  }
  p.articles.emplace_back();
  p.articles[0].id = "1";
  p.articles[0].when.acts = {law::ActKind::invasion};
  p.articles[0].then.assist = {law::Obligation::troops, law::Obligation::war};
  p.articles[0].procedure = law::Procedure::automatic;
  return p;
}

/// `n` times: a challenger whose ultimatum has run out, its target next to it, and a strong third
/// that borders the target.
inline ScenarioData trios(std::size_t n, double stake = 0.7) {
  ScenarioData s = empty_scenario();
  for (std::size_t i = 0; i < n; ++i) {
    const std::string tail = std::to_string(i);
    const ActorId challenger = add_actor(s, "challenger" + tail, ActorKind::state, 10000.0);
    const ActorId target = add_actor(s, "target" + tail, ActorKind::state, 10000.0);
    const ActorId third = add_actor(s, "third" + tail, ActorKind::state, 30000.0);
    const RegionId a = add_region(s, "a" + tail, challenger);
    const RegionId b = add_region(s, "b" + tail, target);
    const RegionId c = add_region(s, "c" + tail, third);
    add_border(s, a, b);
    add_border(s, b, c);
    CrisisSpec crisis;
    crisis.name = "crisis" + tail;
    crisis.challenger = challenger;
    crisis.target = target;
    crisis.stake = stake;
    crisis.since = s.clock.start - std::chrono::days(10);
    crisis.stage = CrisisStage::ultimatum;
    crisis.deadline = s.clock.start;
    s.crises.push_back(crisis);
  }
  return s;
}

/// How many of the challengers attack.
inline std::size_t invasions(const ScenarioData& s, double days = 1.0) {
  Sandbox box(s);
  box.run(*only({{"review_rate", 5.0}}), days);
  return box.count(EventKind::invasion);
}

/// Six members around a target that is none; the organ's ultimatum has run out. `friends` of them
/// like the target.
inline ScenarioData summit(std::size_t friends,
                           law::DecisionRule rule = law::DecisionRule::unanimity) {
  using namespace std::chrono_literals;
  ScenarioData s = empty_scenario();
  const ActorId target = add_actor(s, "target", ActorKind::state, 10000.0);
  const RegionId centre = add_region(s, "centre", target);
  law::Pact p;
  p.id = "organisation";
  p.key = pact_key(p.id);
  p.in_force = Date{2020y / 1 / 1};
  for (std::size_t i = 0; i < 6; ++i) {
    const ActorId m = add_actor(s, "member" + std::to_string(i), ActorKind::state, 10000.0);
    s.actors.back()[&ActorTable::appetite] = 0.9;
    add_border(s, centre, add_region(s, "land" + std::to_string(i), m));
    s.relations.push_back({m, target, i < friends ? 0.9 : -0.5});
    p.members.emplace_back();
    p.members.back().actor = m;
  }
  p.organs.emplace_back();
  p.organs[0].rule = rule;
  s.pacts = {p};
  s.pact_names = {p.id};
  CrisisSpec crisis;
  crisis.name = "coup";
  crisis.organisation = PactId(0);
  crisis.target = target;
  crisis.issue = Issue::coup;
  crisis.stake = 0.8;
  crisis.since = s.clock.start - std::chrono::days(10);
  crisis.stage = CrisisStage::ultimatum;
  crisis.deadline = s.clock.start;
  s.crises.push_back(crisis);
  return s;
}

/// What came of `runs` summits.
struct Outcome {
  std::size_t acted = 0, votes = 0, honoured = 0, broken = 0;
};

inline Outcome summits(const ScenarioData& s, std::size_t runs, double days, Changes changes) {
  Outcome out;
  for (std::uint32_t run = 0; run < runs; ++run) {
    Sandbox box(s, serial_executor(), run);
    box.run(*only(changes), days);
    out.acted += box.count(EventKind::intervention) > 0;
    out.votes += box.count(EventKind::intervention_vote);
    out.honoured += box.count(EventKind::honour);
    out.broken += box.count(EventKind::breach);
  }
  return out;
}

inline constexpr std::pair<std::string_view, double> review{"organ_review_rate", 1.0};
inline constexpr std::pair<std::string_view, double> loyal{"friendship", 5.0};

}  // namespace casus::test
