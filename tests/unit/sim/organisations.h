#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "sandbox.h"
#include "sim/mechanisms.h"

/// Pacts of states, and the mechanism that ends wars and changes who is in a pact.
namespace casus::test {

/// Nothing happens but what a test turns on.
inline std::unique_ptr<Mechanism> diplomacy_with(Changes changes) {
  auto mechanism = make_diplomacy();
  std::vector<double> values;
  for (const ParameterInfo& row : mechanism->info().parameters) {
    const bool happening = row.name.ends_with("_rate") || row.name == "civil_peace" ||
                           row.name == "interstate_peace" || row.name == "suspension";
    double x = happening ? row.low : row.fallback;
    for (const auto& [name, value] : changes) {
      if (row.name == name) x = value;
    }
    values.push_back(x);
  }
  mechanism->configure(values);
  return mechanism;
}

inline law::Pact pact_of(std::initializer_list<ActorId> members, const char* id = "pact") {
  using namespace std::chrono_literals;
  law::Pact p;
  p.id = id;
  p.key = pact_key(id);
  p.in_force = Date{2020y / 1 / 1};
  for (const ActorId m : members) {
    p.members.emplace_back();
    p.members.back().actor = m;
  }
  return p;
}

/// `n` pairs of neighbouring states.
inline ScenarioData pairs(std::size_t n, Minutes step = Minutes(24 * 60)) {
  ScenarioData s = empty_scenario(step);
  for (std::size_t i = 0; i < 2 * n; ++i) {
    const ActorId a = add_actor(s, "state" + std::to_string(i), ActorKind::state, 10000.0);
    const RegionId r = add_region(s, "region" + std::to_string(i), a);
    s.presence.push_back({a, r, 5000.0, Role::garrison});
    if (i % 2 == 1) add_border(s, RegionId(i - 1), r);
  }
  return s;
}

}  // namespace casus::test
