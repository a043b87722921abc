#pragma once

namespace casus {

enum class ActorKind { state, armed_group, external };
enum class Regime { democracy, anocracy, autocracy, junta };
/// What an actor's people in a region are there for.
enum class Role { garrison, deployment, insurgent };
/// What a crisis is about.
enum class Issue { coup, dispute, territory, outrage, hosting };
enum class MeasureKind { sanction, aid, blockade };

}  // namespace casus
