#pragma once

#include <limits>

#include "casus/core/export.h"

/// Hazards of coups and civil conflict, and self-exciting violence. Probabilities "per year" become
/// constant hazards, and these the probabilities of a step, so that results do not depend on the
/// step.

namespace casus::rules {

/// Constant hazard (per unit of time, >= 0) that gives probability 0 <= p < 1 in one unit.
CASUS_API double probability_to_hazard(double p);

/// Multiplies the odds of 0 <= p < 1 by `ratio` >= 0.
CASUS_API double apply_odds_ratio(double p, double ratio);

// Coups.

enum class RegimeType { democracy, anocracy, autocracy };

inline constexpr double never = std::numeric_limits<double>::infinity();

struct CoupInputs {
  double gdp_per_capita = 1000.0;  ///< US dollars, > 0
  RegimeType regime = RegimeType::democracy;
  double years_since_attempt = never;  ///< since the last attempt, >= 0
  bool cold_war = false;

  bool operator==(const CoupInputs&) const = default;
};

/// Log odds of a coup attempt in a year: -1.684 - .383 ln(gdp) + 1.165 anocracy + .754 autocracy
/// + 2.457 e^(-years/4) + .729 in the Cold War + extra. Calibrated on the attempts of Powell &
/// Thyne 2011 (doi:10.1177/0022343310397436), country-years 1950-2014, AUC .82.
CASUS_API double coup_logit(const CoupInputs& inputs, double extra = 0.0);

/// Probability of an attempt in a year, in [0, 1].
CASUS_API double coup_annual_probability(const CoupInputs& inputs, double extra = 0.0);

/// Share of attempts that succeed, 464 attempts 1950-2014 (Powell & Thyne 2011).
inline constexpr double coup_success_share = 0.498;
/// Odds ratio of an attempt after a coup in a neighbour the year before. Our choice between no
/// effect and the 1.45 (with controls) to 2.55 (raw) computed from Powell & Thyne 2011.
inline constexpr double coup_contagion_odds_ratio = 1.3;

// Civil conflict.

/// Probability in a year that a civil conflict ends: .156, or .103 once foreign troops fight in it
/// (computed from UCDP/PRIO Armed Conflict Dataset, Gleditsch et al. 2002,
/// doi:10.1177/0022343302039005007).
CASUS_API double conflict_end_annual_probability(bool internationalised);

// Self-excitation.

/// Hawkes' process (1971, doi:10.1093/biomet/58.1.83) with an exponential kernel: intensity
/// background + decay * excitation, where each event adds `branching` to the excitation, which is
/// the expected number of direct followers still to come.
struct HawkesKernel {
  double branching = 0.0;       ///< followers per event, >= 0; events die out iff < 1
  double half_life_days = 1.0;  ///< > 0
};

/// What a step needs: expected events, and the excitation left after the step, which is
/// kept * excitation + added * (events that happened).
struct HawkesStep {
  double expected = 0.0;  ///< events, followers of the step's own events included
  double kept = 1.0;      ///< e^(-decay days)
  double added = 0.0;     ///< branching times the mean share not yet decayed at the end of the step
};

/// A kernel over steps of one length: what all processes that share them have in common is worked
/// out once. Exact in the mean: drawing any number with mean `expected` and updating the excitation
/// as above gives, in expectation, the same events and excitation for one step as for two half
/// steps.
class CASUS_API HawkesStepper {
 public:
  /// days > 0.
  HawkesStepper(const HawkesKernel& kernel, double days);
  /// excitation >= 0, background >= 0 per day.
  HawkesStep step(double excitation, double background) const;
  /// HawkesStep::kept, the same for every process.
  double kept() const { return kept_; }

 private:
  double days_, decay_, branching_;
  double once_, twice_;  ///< integral of the mean's decay over the step, and the integral of that
  double kept_, grown_;
  double even_;  ///< `added` where no event comes from the process itself
};

}  // namespace casus::rules
