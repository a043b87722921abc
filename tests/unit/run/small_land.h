#pragma once

#include <string>

namespace casus::test {

/// A state with a rebellion in its hills and a neighbour across its coast. `rest`: pacts, timeline
/// and so on.
inline std::string small_land(int days, const std::string& affinity, const std::string& rest) {
  return "casus: scenario/1\ntitle: A test\nclock: {start: 2030-01-01, days: " +
         std::to_string(days) + R"(, step: 1 day}
regions:
  plain: {owner: arden, population: 2000000, area: 20000, at: [10, 0],
    neighbours: {hills: 150, coast: 200}}
  hills: {owner: arden, population: 500000, area: 15000, at: [11, 0], grievance: 0.7, terrain: 0.8}
  coast: {owner: belmar, population: 3000000, area: 40000, at: [10, -2]}
actors:
  arden: {kind: state, capital: plain, forces: 10000, income: 200}
  belmar: {kind: state, capital: coast, forces: 15000, income: 300}
  hillmen: {kind: armed_group, forces: {triangular: [800, 1200, 2000]}, income: 3, cohesion: 0.1}
presence:
  plain: {arden: 5000}
  hills: {arden: 2000, hillmen: 1000}
  coast: {belmar: 9000}
relations:
  - {between: [arden, hillmen], affinity: -0.8}
  - {between: [arden, belmar], affinity: )" +
         affinity + "}\n" + rest;
}

}  // namespace casus::test
