#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"

/// Fighting effort of many groups, allied and at enmity, in Nash equilibrium (Koenig, Rohner,
/// Thoenig & Zilibotti 2017, doi:10.3982/ECTA13117).

namespace casus::rules {

/// An undirected link between two groups, by their positions in [0, n).
struct GroupLink {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

/// Group i has operational strength phi_i = x_i + beta (allies' x) - gamma (enemies' x) + shifter_i
/// and gains value * phi_i / sum(phi) - cost_i x_i.
struct EffortGame {
  std::size_t groups = 0;                  ///< n >= 1
  std::span<const GroupLink> alliances{};  ///< each pair once, no pair in both lists
  std::span<const GroupLink> enmities{};
  double beta = 0.114;                   ///< spill-over from allies, >= 0; published estimate .114
  double gamma = 0.083;                  ///< spill-over from enemies, >= 0; published estimate .083
  double value = 1.0;                    ///< the prize, > 0, in units of effort
  std::span<const double> unit_costs{};  ///< n values > 0 or empty for 1; an arms embargo is > 1,
                                         ///< foreign support < 1
  std::span<const double> shifters{};    ///< n values or empty for 0: terrain, distance, funding
};

enum class EffortStatus : std::uint8_t {
  solved,
  multiplier_not_positive,  ///< 1 + beta d+ - gamma d- <= 0 for some group: too many enemies
  not_positive_definite,    ///< I + beta A+ - gamma A- : the game has no interior equilibrium
};

struct EffortEquilibrium {
  EffortStatus status = EffortStatus::solved;
  std::vector<std::uint32_t> offenders;  ///< groups whose multiplier is not positive
  std::vector<std::uint32_t> negative;  ///< warning: groups with effort < 0 (x = 0 was not imposed)
  std::vector<double> multiplier;       ///< Gamma_i = 1 / (1 + beta d+_i - gamma d-_i)
  std::vector<double> effort;           ///< x_i; empty unless solved
  double multiplier_sum = 0.0;          ///< sum of Gamma
  double lambda = 0.0;                  ///< (sum Gamma - 1) / sum(cost Gamma), 1 - 1/sum at cost 1
  double total = 0.0;                   ///< sum of effort: the rent dissipated
};

/// x = M (value lambda (I - lambda diag(cost)) Gamma - shifters), M = (I + beta A+ - gamma A-)^-1.
/// Sparse Cholesky factorisation, whose success is the test of positive definiteness. Allocates.
/// Throws ContractError for links outside [0, n), repeated links, a group linked to itself, or
/// parameters out of range; what only the solution can show is in `status` and `negative`.
CASUS_API EffortEquilibrium effort_equilibrium(const EffortGame& game);

}  // namespace casus::rules
