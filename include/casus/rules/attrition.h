#pragma once

#include <cstddef>

#include "casus/core/export.h"

/// Combat as attrition. The steps are exact solutions over the step, so that two half steps give
/// what one step gives, up to rounding. Strengths are people (>= 0), durations days (>= 0).

namespace casus::rules {

struct Strengths {
  double a = 0.0;
  double b = 0.0;
};

/// Lanchester's square law, aimed fire: A' = -beta B, B' = -alpha A until one side is gone
/// (Lanchester 1916, Aircraft in Warfare). alpha and beta >= 0 are kills per fighter and day by A
/// and by B; alpha A^2 - beta B^2 does not change.
CASUS_API Strengths square_step(Strengths start, double alpha, double beta, double days);

/// Lanchester's linear law, area fire: A' = -beta A B, B' = -alpha A B. alpha, beta >= 0 per person
/// and day; alpha A - beta B does not change, and nobody is ever quite gone.
CASUS_API Strengths linear_step(Strengths start, double alpha, double beta, double days);

/// Deitchman's ambush law (1962, doi:10.1287/opre.10.6.818): guerrillas (a) suffer area fire,
/// G' = -area G R, and regulars (b) aimed fire, R' = -aimed G, until the regulars are gone.
/// area >= 0 per person and day, aimed >= 0 per day. aimed G - area R^2 / 2 does not change: the
/// guerrillas win iff it is positive.
CASUS_API Strengths ambush_step(Strengths start, double area, double aimed, double days);

/// The family between the laws: A' = -beta A^p B, B' = -alpha B^p A with 0 <= p <= 1, square at 0
/// and linear at 1 (Osipov 1915; Hartley 2001, Topics in Operations Research, finds p near .5 in
/// historical battles). alpha, beta >= 0 in people^-p per day. alpha A^(2-p) - beta B^(2-p) does
/// not change. Exact at p = 0 and 1 (taken as 1 from 1 - 1e-6 on); in between the smooth variables
/// A^(1-p), B^(1-p) are integrated by Dormand & Prince's 5(4) pair with local errors below 1e-12 of
/// the starting values, and a winner's survivors come from the invariant.
CASUS_API Strengths mixed_step(Strengths start, double alpha, double beta, double p, double days);

/// P(A wins) in a fight to the finish of m against n where the next casualty is B's with
/// probability `p` whatever the numbers: sum_{k<m} C(n-1+k, k) p^n (1-p)^k, the regularised
/// incomplete beta function I_p(n, m). m, n >= 1, 0 <= p <= 1. p = alpha / (alpha + beta).
/// (Brown 1963, doi:10.1287/opre.11.3.418.)
CASUS_API double linear_win_probability(std::size_t m, std::size_t n, double p);

/// P(A wins) in the stochastic square law, m against n to the finish, by the recursion
/// P(i,j) = [alpha i P(i,j-1) + beta j P(i-1,j)] / (alpha i + beta j) (Brown 1963). Exact; takes
/// m x n operations and memory for n. alpha, beta > 0; m, n <= 100,000, not both 0.
CASUS_API double square_win_probability(std::size_t m, std::size_t n, double alpha, double beta);

/// Its normal approximation (Brown 1963) for any strengths a, b >= 0, not both 0: within .01 from
/// some ten a side on; no memory.
CASUS_API double square_win_probability_normal(double a, double b, double alpha, double beta);

/// Expected number of the winner's survivors in the stochastic square law, m against n to the
/// finish; alpha, beta > 0; m, n <= 100,000. For an equal fight of N against N it grows
/// like 1.05065 N^(3/4) (Kingman & Volkov 2003, Journal of Theoretical Probability 16).
CASUS_API double square_expected_survivors(std::size_t m, std::size_t n, double alpha, double beta);

}  // namespace casus::rules
