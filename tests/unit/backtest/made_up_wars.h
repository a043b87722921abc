#pragma once

#include <cstddef>

#include "casus/backtest/cow.h"

namespace casus::testing {

inline constexpr int first_year = 1850;
inline constexpr std::size_t war_count = 12, state_count = 14;

inline Date day(int year, unsigned month, unsigned d) {
  return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(d);
}

/// State 101 attacks 102 every other year; 103 to 114 could join. A made-up rule decides who does:
/// the allies of the victim, and neighbours that are rivals of the attacker.
inline CowTables made_up() {
  CowTables t;
  for (std::size_t s = 1; s <= state_count; ++s) {
    const int code = 100 + static_cast<int>(s);
    t.states.push_back({code, "S", "State", day(1816, 1, 1), day(1900, 12, 31)});
    for (int year = 1840; year < 1900; ++year) {
      t.capabilities.push_back({code, year, 0.01 * static_cast<double>(s)});
    }
  }
  for (std::size_t w = 0; w < war_count; ++w) {
    CowWar war;
    war.id = static_cast<int>(w) + 1;
    war.name = w == 5 ? "World War 0" : "War";
    war.year = first_year + 2 * static_cast<int>(w);
    war.originals = 2;
    war.capability_a = 0.01;
    war.capability_b = 0.02;
    for (std::size_t s = 3; s <= state_count; ++s) {
      WarCandidate c;
      c.state = 100 + static_cast<int>(s);
      c.capability = 0.01 * static_cast<double>(s);
      c.distance_km = 500.0 * static_cast<double>((s * 5 + w) % 12);
      c.land_border = *c.distance_km == 0.0;
      c.b.defence = (s * 7 + w * 3) % 11 == 0;
      c.a.rivalry = (s + w) % 5 == 0;
      c.joined = (c.b.defence && (s + w) % 3 != 0) || (c.a.rivalry && *c.distance_km <= 1000.0);
      c.side = c.joined ? WarSide::b : WarSide::none;
      war.candidates.push_back(c);
    }
    t.wars.push_back(war);
  }
  return t;
}

}  // namespace casus::testing
