#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "casus/backtest/conflict_record.h"
#include "casus/core/random.h"

namespace casus::testing {

inline constexpr Purpose made_up_draw("made-up conflict");
inline constexpr Month record_begins = 2012 * 12, record_ends = 2019 * 12;

/// Six regions of two countries in a row, and events that follow on each other: some regions are
/// violent, others hardly, and violence comes and goes.
inline ConflictRecord made_up_conflict() {
  ConflictRecord out;
  out.from = record_begins;
  out.until = record_ends;
  constexpr std::size_t regions = 6;
  for (std::size_t r = 0; r < regions; ++r) {
    const std::string country = r < 3 ? "AAA" : "BBB";
    out.regions.push_back({country + ":" + std::to_string(r), country});
    out.neighbours.emplace_back();
    if (r > 0) out.neighbours.back().push_back(static_cast<std::uint32_t>(r - 1));
    if (r + 1 < regions) out.neighbours.back().push_back(static_cast<std::uint32_t>(r + 1));
  }
  out.deaths.assign(regions * out.months(), 0.0);
  std::vector<double> memory(regions, 0.4);
  std::uint64_t id = 0;
  for (Date day = first_day(out.from); day < first_day(out.until); day += std::chrono::days(7)) {
    for (std::size_t r = 0; r < regions; ++r) {
      const auto week = static_cast<std::uint32_t>(day.time_since_epoch().count());
      Stream stream({1, 0}, week, made_up_draw, {r});
      const double rate = (0.03 + 0.9 * memory[r]) * gamma(stream, 1.0, 1.0);
      const auto n = poisson(stream, r == 5 ? 0.0 : rate);
      memory[r] += (static_cast<double>(n) - memory[r]) / 12.0;
      for (std::uint64_t i = 0; i < n; ++i) {
        ConflictEvent e;
        e.id = ++id;
        e.first = day + std::chrono::days(static_cast<int>(7.0 * uniform(stream)));
        e.last = e.first;
        e.region = static_cast<std::uint32_t>(r);
        e.b = uniform(stream) < 0.4 ? Camp::islamic_state : Camp::jnim;
        e.deaths = std::floor(lognormal(stream, 4.0, 1.0));
        if (e.first >= first_day(out.until)) continue;
        const auto month = static_cast<std::size_t>(month_of(e.first) - out.from);
        out.deaths[r * out.months() + month] += e.deaths;
        out.events.push_back(e);
      }
    }
  }
  return out;
}

}  // namespace casus::testing
