#pragma once

namespace casus::fuzz {

/// Whatever files an experiment or a calibration names, it gets this one: a few days of everything.
inline constexpr const char* small_scenario = R"(casus: scenario/1
clock: {start: 2030-01-01, days: 3}
regions:
  plain: {owner: arden, population: 2000000, area: 20000, at: [10, 0], neighbours: {hills: 150}}
  hills: {owner: arden, population: 500000, area: 15000, at: [11, 0], neighbours: {coast: 120}}
  coast: {owner: corvia, population: 4000000, area: 50000, at: [11, 2]}
actors:
  arden: {kind: state, capital: plain, forces: 10000, income: 120, regime: anocracy}
  corvia: {kind: state, capital: coast, forces: 25000, income: 500, regime: autocracy}
  hillmen: {kind: armed_group, forces: {triangular: [800, 1200, 2000]}, income: 3}
presence:
  plain: {arden: 5000}
  hills: {arden: 3000, hillmen: 1000}
relations:
  - {between: [arden, corvia], affinity: -0.6}
pacts:
  entente:
    title: Entente
    members: [arden, corvia]
    in_force: 2029-01-01
outcomes:
  deaths: {sum: deaths}
)";

}  // namespace casus::fuzz
