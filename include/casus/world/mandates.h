#pragma once

#include "casus/core/export.h"
#include "casus/world/world.h"

namespace casus {

/// The mandate in force under which `sender` keeps people on `host`'s soil, or null.
CASUS_API Mandate* mandate_of(World& world, ActorId sender, ActorId host);
CASUS_API const Mandate* mandate_of(const World& world, ActorId sender, ActorId host);

/// Needs `actor` a mandate for its people on the owner's soil? States and outside powers do, where
/// they do not hold ground of an enemy.
CASUS_API bool needs_mandate(const World& world, ActorId actor, ActorId owner);

/// Throws ContractError that names who stands abroad without the mandate that it needs.
CASUS_API void expect_mandates(const World& world);

}  // namespace casus
