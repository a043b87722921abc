#pragma once

#include "casus/experiment/comparison.h"

namespace casus::experiment {

/// An event as something that two worlds can have in common: rows stand for different names where a
/// policy removes an actor or a pact, so names are compared.
struct Trace {
  std::uint32_t step;
  EventKind kind;
  std::uint64_t who;    ///< digest of step, kind, author, target, place, pact and article
  std::uint64_t whole;  ///< digest of these and of everything measured
};
std::vector<Trace> trace(const ScenarioData& scenario, const KeptEvents& events);

/// Where two worlds part, and what they have in common afterwards.
Parting parting(const std::vector<Trace>& base, const std::vector<Trace>& other,
                double days_per_step);

}  // namespace casus::experiment
