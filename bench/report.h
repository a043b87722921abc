#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <exception>
#include <string>

#include "worlds.h"

namespace casus::bench {

/// What an iteration of a benchmark did, for the table and the JSON file.
struct Work {
  std::string unit;    ///< what the table gives the time of: "step", "draw"
  double units = 1.0;  ///< of them in an iteration
  std::string part{};  ///< what a unit consists of, if a time for it says more: "presence"
  double parts = 0.0;  ///< of them in a unit
  double bytes = 0.0;  ///< read and written in an iteration, if that is what counts
};

/// Notes the work and the state it led to: two builds with the same state did the same.
inline void report(benchmark::State& state, const Work& work, std::uint64_t hash) {
  state.counters["units"] = work.units;
  if (work.parts > 0.0) state.counters["parts"] = work.parts;
  if (work.bytes > 0.0) state.counters["bytes"] = work.bytes;
  // "step/presence 0123456789abcdef"
  state.SetLabel(work.unit + (work.part.empty() ? "" : "/" + work.part) + " " + hex(hash));
}

/// Registers a benchmark; what it throws becomes its error in the table, and the others go on.
template <class Body>
benchmark::internal::Benchmark* add(const std::string& name, Body body) {
  return benchmark::RegisterBenchmark(name.c_str(), [body](benchmark::State& state) {
    try {
      body(state);
    } catch (const std::exception& error) {
      state.SkipWithError(error.what());
    }
  });
}

}  // namespace casus::bench
