#include "casus/classics/duels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

namespace casus::classics {

namespace {

constexpr Purpose casualties{"casualties of a duel"};

struct Rates {
  double loses_a, loses_b;
};

Rates rates(const Duel& duel, double a, double b) {
  const double hits_b = duel.lethality_a * a * (duel.law == CombatLaw::linear ? b : 1.0);
  const double hits_a = duel.lethality_b * b * (duel.law == CombatLaw::square ? 1.0 : a);
  return {hits_a, hits_b};
}

/// One fight, casualty by casualty (Gillespie 1977, doi:10.1021/j100540a008).
rules::Strengths fight(const Duel& duel, Stream stream) {
  rules::Strengths left{static_cast<double>(duel.a), static_cast<double>(duel.b)};
  double day = 0.0;
  while (left.a > 0.0 && left.b > 0.0) {
    const Rates r = rates(duel, left.a, left.b);
    day += exponential(stream, 1.0 / (r.loses_a + r.loses_b));
    if (day > duel.days) break;
    (chance(stream, r.loses_a / (r.loses_a + r.loses_b)) ? left.a : left.b) -= 1.0;
  }
  return left;
}

rules::Strengths law_at(const Duel& duel, double days) {
  const rules::Strengths start{static_cast<double>(duel.a), static_cast<double>(duel.b)};
  switch (duel.law) {
    case CombatLaw::square:
      return rules::square_step(start, duel.lethality_a, duel.lethality_b, days);
    case CombatLaw::linear:
      return rules::linear_step(start, duel.lethality_a, duel.lethality_b, days);
    case CombatLaw::ambush:
      return rules::ambush_step(start, duel.lethality_b, duel.lethality_a, days);
  }
  return start;
}

void add_closed_forms(const Duel& duel, DuelStudy& study) {
  if (duel.law == CombatLaw::linear) {
    study.exact = rules::linear_win_probability(
        duel.a, duel.b, duel.lethality_a / (duel.lethality_a + duel.lethality_b));
  }
  if (duel.law == CombatLaw::square) {
    study.exact = rules::square_win_probability(duel.a, duel.b, duel.lethality_a, duel.lethality_b);
    study.approximate =
        rules::square_win_probability_normal(duel.a, duel.b, duel.lethality_a, duel.lethality_b);
    study.exact_survivors =
        rules::square_expected_survivors(duel.a, duel.b, duel.lethality_a, duel.lethality_b);
  }
}

}  // namespace

DuelStudy study_duel(const Duel& duel, std::uint32_t runs, std::uint64_t seed) {
  CASUS_EXPECTS(runs >= 2, fmt::format("{} runs are not >= 2", runs));
  CASUS_EXPECTS(duel.a >= 1 && duel.b >= 1,
                fmt::format("{} fighters against {} are not >= 1", duel.a, duel.b));
  CASUS_EXPECTS(duel.lethality_a > 0.0 && duel.lethality_b > 0.0 &&
                    std::isfinite(duel.lethality_a) && std::isfinite(duel.lethality_b),
                fmt::format("lethalities {} and {} are not finite and > 0", duel.lethality_a,
                            duel.lethality_b));
  CASUS_EXPECTS(duel.days > 0.0, fmt::format("{} days are not > 0", duel.days));
  DuelStudy study;
  study.runs = runs;
  rules::Strengths squares;
  std::uint32_t decided = 0, won = 0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    const rules::Strengths left = fight(duel, Stream({seed, run}, 0, casualties, {}));
    study.mean.a += left.a;
    study.mean.b += left.b;
    squares.a += left.a * left.a;
    squares.b += left.b * left.b;
    if (left.a > 0.0 && left.b > 0.0) continue;
    ++decided;
    won += left.a > 0.0 ? 1 : 0;
    study.winner_survivors += left.a + left.b;
  }
  const double n = runs;
  study.mean.a /= n;
  study.mean.b /= n;
  study.sd.a = std::sqrt(std::max(0.0, squares.a - n * study.mean.a * study.mean.a) / (n - 1.0));
  study.sd.b = std::sqrt(std::max(0.0, squares.b - n * study.mean.b * study.mean.b) / (n - 1.0));
  study.a_wins = won / n;
  if (decided > 0) study.winner_survivors /= decided;
  // Nobody is ever quite gone where fire goes into an area, so "to the end" is a long time.
  const bool finish = std::isinf(duel.days);
  study.deterministic = law_at(duel, finish ? 1e12 : duel.days);
  if (finish) add_closed_forms(duel, study);
  return study;
}

}  // namespace casus::classics
