#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "casus/scenario/scenario.h"

namespace casus::test {

/// A small vocabulary, so that these tests depend on no mechanism of ours.
inline const Vocabulary& vocabulary() {
  static const Vocabulary v{
      {"insurgency",
       "Armed groups fight.",
       "Author 2000",
       {{"attack_rate", Unit::per_year, 0.0, 10.0, 0.4, "Attacks a fighter makes.", "Author 2000"},
        {"memory", Unit::days, 1.0, 365.0, 12.0, "How long violence echoes.", "Author 2000"},
        {"spread", Unit::none, 0.0, 1.0, 0.2, "Share that crosses borders.", "Author 2000"}}},
      {"coups",
       "Governments fall.",
       "Author 2011",
       {{"hazard", Unit::per_year, 0.0, 1.0, 0.05, "Base hazard.", "Author 2011"}}},
  };
  return v;
}

/// Two states, a group, a pact, and one of everything else.
inline const char* small_world = R"YAML(casus: scenario/1
title: A small world
description: |
  Two states, one armed group and a pact.
clock: {start: 2023-09-16, end: 2024-09-15, step: 12 hours}
observe: {every: 1 month}
sources:
  census2022: "Census of 2022"
regions:
  north:
    title: The North
    owner: arland
    population: 500000
    area: 40000 km2
    at: [16.5, -2.25]
    grievance: {beta: [4, 6]}
    areas: [tri_border]
    neighbours: {south: 300 km, west: 120}
    source: "census2022: table 4"
  south: {owner: arland, population: 2 million people, area: 9000, at: [12, -3], value: 3}
  west:
    owner: beland
    population: {triangular: [900000, 1000000, 1200000]}
    area: 30000
    at: [15.0, 1.5]
    areas: [tri_border]
    neighbours: {south: 80}
actors:
  arland: {kind: state, forces: 12000, capital: south, regime: junta, last_coup: 2021-05-24, income: 30 MUSD/month, legitimacy: 0.6}
  beland: {kind: state, forces: {normal: [9000, 1500]}, capital: west, gdp_per_capita: 800 USD}
  front: {kind: armed_group, forces: {lognormal: [2000 fighters, 0.2]}, sponsor: overseas, sponsor_evidence: 20 %}
  home_guard: {kind: armed_group, forces: 700, pro_state: true}
  overseas: {kind: external, forces: 50000, appetite: 0.3, deployment_ceiling: 5000}
presence:
  north: {arland: 4000, front: {uniform: [800, 1200]}, home_guard: 500}
  south: {arland: 5000, overseas: {strength: 300, role: deployment}}
  west: {beland: 6000}
relations:
  - {between: [arland, beland], affinity: 0.5}
  - {from: arland, to: overseas, affinity: -0.2, hosting: true}
pacts:
  charter:
    title: The Charter
    in_force: 2023-09-16
    members: [arland, beland]
    depth: {military_institutions: 0, formality: 1}
    decision: unanimity
    withdrawal: {notice: 6 months}
    articles:
      "5": {when: {act: [rebellion]}, by: {kind: armed_group}, where: members, then: {assist: [mediation, troops]}, peaceful_first: true}
      "6": {title: Defence, when: {act: [invasion, strike]}, where: members, then: {assist: [aid, troops, war]}, procedure: on_request}
      "7": {extends: "6", when: {act: attack_on_forces}, where: [tri_border, south]}
      "8": {then: {abstain: [force, hosting]}}
wars:
  old_war: {sides: [[arland], [front]], since: 2012-01-17}
crises:
  demand: {challenger: charter, target: beland, issue: coup, stage: ultimatum, since: 2023-07-26, deadline: 2023-10-01}
measures:
  - {kind: aid, size: 120 MUSD/year, by: overseas, against: arland, since: 2020-01-01}
  - {kind: sanction, size: 30 %, by: charter, against: beland, since: 2023-07-30}
timeline:
  - {title: The mission leaves, at: 2023-12-22, withdraw: {actor: overseas, host: arland, over: 90 days}}
  - when: "actors.beland.legitimacy < 0.3 and not war(arland, beland) and member(arland, charter)"
    set: {mechanisms.insurgency.attack_rate: 0.8 /year, regions.north.grievance: 0.9}
  - {at: 2024-01-01, emit: {act: invasion, by: beland, against: arland, where: north, size: 2000}}
mechanisms:
  insurgency: {attack_rate: {uniform: [0.2, 0.6]}, memory: 2 weeks}
  coups: {enabled: false}
outcomes:
  intervention: {title: The Charter acts, ever: intervention, by: charter, against: beland, within: 365 days}
  deaths: {sum: deaths, where: [arland]}
  held: {final: control, where: [north, beland]}
  kept: {share: honour, of: [honour, breach], by: [charter]}
)YAML";

inline std::string read_text(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// The whole message of what is wrong with a text; empty if nothing is.
inline std::string complaint(const std::string& text, const std::vector<Edit>& edits = {}) {
  try {
    Scenario::parse(text, "test.yaml", vocabulary(), edits);
  } catch (const ScenarioError& e) {
    return e.what();
  }
  return {};
}

/// The small world with one text replaced; the text has to occur.
inline std::string changed(const std::string& from, const std::string& to) {
  std::string text = small_world;
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("the small world does not say " + from);
  return text.replace(at, from.size(), to);
}

/// By name: rows go by names, whatever the order of a file.
inline const RegionSpec& region(const Scenario& s, std::string_view name) {
  for (const RegionSpec& r : s->regions) {
    if (r.name == name) return r;
  }
  throw std::logic_error("no region " + std::string(name));
}
inline Number affinity(const Scenario& s, std::string_view from, std::string_view to) {
  for (const RelationSpec& r : s->relations) {
    if (s->actors[r.from.row()].name == from && s->actors[r.to.row()].name == to) return r.affinity;
  }
  throw std::logic_error("no relation of " + std::string(from) + " to " + std::string(to));
}

}  // namespace casus::test
