#pragma once

#include <cstdint>
#include <string>

#include "casus/run/simulation.h"
#include "casus/scenario/scenario.h"

/// The worlds that benchmarks run in.
namespace casus::bench {

/// A shipped scenario by its file under scenarios/: "sahel/baseline.yaml".
Scenario shipped(const std::string& file);

/// World and events in one number: two builds that print the same did the same.
std::uint64_t digest(const Simulation& simulation);

/// Sixteen hexadecimal digits.
std::string hex(std::uint64_t hash);

}  // namespace casus::bench
