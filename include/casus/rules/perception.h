#pragma once

#include <cstddef>
#include <span>

#include "casus/core/export.h"

/// How views, threats and armaments move.

namespace casus::rules {

/// Exponential relaxation of x toward `target` over `days` >= 0 at `rate` >= 0 per day; exact, so
/// two half steps are one step.
CASUS_API double relax(double x, double target, double rate, double days);

/// One agent's update in Friedkin & Johnsen 1990 (doi:10.1080/0022250X.1990.9990069):
/// susceptibility * (weighted view of others) + (1 - susceptibility) * own first view.
/// 0 <= susceptibility <= 1.
CASUS_API double anchored_view(double susceptibility, double view_of_others, double first_view);

/// The same for n agents: next = L W x + (I - L) x0. `weights` is n x n, row-major, entries >= 0
/// and each row summing to 1; `next` must not overlap `views`.
CASUS_API void friedkin_johnsen_step(std::span<const double> weights,
                                     std::span<const double> susceptibility,
                                     std::span<const double> first_views,
                                     std::span<const double> views, std::span<double> next);

/// Where the process ends, (I - L W)^-1 (I - L) x0. Throws ContractError where it depends on the
/// path: a group of agents all of susceptibility 1 who listen to nobody else. Allocates.
CASUS_API void friedkin_johnsen_limit(std::span<const double> weights,
                                      std::span<const double> susceptibility,
                                      std::span<const double> first_views, std::span<double> limit);

/// Richardson's arms race (1960, Arms and Insecurity): x' = k y - a x + g, y' = l x - b y + h.
struct ArmsRace {
  double k = 0.0, l = 0.0;  ///< reaction to the other's arms, per day, >= 0
  double a = 0.0, b = 0.0;  ///< fatigue, per day, >= 0
  double g = 0.0, h = 0.0;  ///< grievance, arms per day, any sign
};

struct Arms {
  double x = 0.0;
  double y = 0.0;
};

/// Whether arms settle: a b > k l.
CASUS_API bool is_stable(const ArmsRace& race);

/// Where both stand still: ((b g + k h), (a h + l g)) / (a b - k l). Requires a b != k l.
CASUS_API Arms balance(const ArmsRace& race);

/// Exact solution after `days` >= 0, stable or not; arms may come out negative, as in Richardson.
CASUS_API Arms arms_race_step(const ArmsRace& race, Arms start, double days);

}  // namespace casus::rules
