#pragma once

#include <cstdint>

namespace casus {

// A byte each: of many actors and presences they are read in most passes of a step.

enum class ActorKind : std::uint8_t { state, armed_group, external };
enum class Regime : std::uint8_t { democracy, anocracy, autocracy, junta };
/// What an actor's people in a region are there for.
enum class Role : std::uint8_t { garrison, deployment, insurgent };
/// What a crisis is about.
enum class Issue : std::uint8_t { coup, dispute, territory, outrage, hosting };
enum class MeasureKind : std::uint8_t { sanction, aid, blockade };

}  // namespace casus
