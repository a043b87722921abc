#pragma once

#include <cstdint>
#include <limits>

#include "casus/core/export.h"
#include "casus/rules/attrition.h"

/// Fights in which each casualty is a chance, beside the laws of attrition that they follow in the
/// mean (Brown 1963, doi:10.1287/opre.11.3.418; Deitchman 1962, doi:10.1287/opre.10.6.818).

namespace casus::classics {

enum class CombatLaw : std::uint8_t {
  square,  ///< both aim: losses of a side grow with its enemies
  linear,  ///< both fire into an area: losses grow with both numbers
  ambush,  ///< A, the guerrillas, aims; B, the regulars, fires into an area
};

struct Duel {
  CombatLaw law = CombatLaw::square;
  std::uint32_t a = 1, b = 1;  ///< fighters, >= 1
  /// Kills a day by a fighter of A and of B, > 0; of a side that fires into an area by a fighter
  /// and for each of the enemy.
  double lethality_a = 1.0, lethality_b = 1.0;
  /// > 0; infinite: until a side is gone.
  double days = std::numeric_limits<double>::infinity();
};

struct DuelStudy {
  std::uint32_t runs = 0;
  rules::Strengths mean, sd;       ///< who is left at the end, over runs
  double a_wins = 0.0;             ///< share of runs that end without B and with A
  double winner_survivors = 0.0;   ///< mean over the runs that end with one side alone
  rules::Strengths deterministic;  ///< what the law of attrition leaves at that time
  /// Chance that A wins a fight to the finish, exactly, and by the normal approximation; NaN where
  /// no closed form is known. The same for the survivors.
  double exact = std::numeric_limits<double>::quiet_NaN();
  double approximate = std::numeric_limits<double>::quiet_NaN();
  double exact_survivors = std::numeric_limits<double>::quiet_NaN();
};

/// Fights `runs` >= 2 times. Run r depends on (seed, r) alone.
CASUS_API DuelStudy study_duel(const Duel& duel, std::uint32_t runs, std::uint64_t seed);

}  // namespace casus::classics
