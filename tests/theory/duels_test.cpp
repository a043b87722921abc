// Fights casualty by casualty, against the laws that they follow in the mean and the chances that
// are known in closed form. Tolerances are four standard errors of the runs, or derived from them.
#include "casus/classics/duels.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <tuple>

#include "casus/core/contracts.h"

namespace casus::classics {
namespace {

double share_error(double p, std::uint32_t runs) { return std::sqrt(p * (1.0 - p) / runs); }

TEST(Duels, AreWonAsOftenAsBrownsRecursionsSay) {
  constexpr std::uint32_t runs = 20'000;
  for (const auto& [law, a, b, la, lb] : {std::tuple{CombatLaw::square, 10U, 8U, 1.0, 1.0},
                                          std::tuple{CombatLaw::square, 10U, 12U, 1.5, 1.0},
                                          std::tuple{CombatLaw::linear, 10U, 12U, 0.55, 0.45},
                                          std::tuple{CombatLaw::linear, 5U, 5U, 0.02, 0.02}}) {
    const DuelStudy study = study_duel({law, a, b, la, lb}, runs, 7);
    EXPECT_NEAR(study.a_wins, study.exact, 4.0 * share_error(study.exact, runs)) << a << ' ' << b;
  }
}

TEST(Duels, LeaveAsManySurvivorsAsKingmanAndVolkovFound) {
  constexpr std::uint32_t runs = 4'000;
  const DuelStudy study = study_duel({CombatLaw::square, 100, 100, 1.0, 1.0}, runs, 3);
  EXPECT_NEAR(study.exact_survivors, 32.9632, 5e-5);
  // One side is gone, so the sum of both is the winner's; its spread is not above theirs together.
  const double error = std::hypot(study.sd.a, study.sd.b) / std::sqrt(runs);
  EXPECT_NEAR(study.winner_survivors, study.exact_survivors, 4.0 * error);
  EXPECT_NEAR(study.mean.a + study.mean.b, study.winner_survivors, 1e-9);
}

// With N times the fighters, and fire into an area N times thinner, what is left by a given day is
// that of the law, per N, and the spread falls with the root of N (Kurtz 1970).
TEST(Duels, BecomeTheLawsOfAttritionInLargeNumbers) {
  struct Case {
    CombatLaw law;
    double a, b, la, lb;
  };
  constexpr std::uint32_t runs = 400;
  for (const Case& c : {Case{CombatLaw::square, 1.0, 0.8, 0.05, 0.06},
                        Case{CombatLaw::linear, 1.0, 0.8, 0.05, 0.06},
                        Case{CombatLaw::ambush, 0.3, 1.0, 0.12, 0.05}}) {
    double spread_before = 0.0;
    for (const double n : {100.0, 1600.0}) {
      const double area_a = c.law == CombatLaw::linear ? n : 1.0;
      const double area_b = c.law == CombatLaw::square ? 1.0 : n;
      const DuelStudy study = study_duel(
          {c.law, static_cast<std::uint32_t>(std::lround(c.a * n)),
           static_cast<std::uint32_t>(std::lround(c.b * n)), c.la / area_a, c.lb / area_b, 5.0},
          runs, 11);
      const double error_a = study.sd.a / std::sqrt(runs), error_b = study.sd.b / std::sqrt(runs);
      // The square law is linear, so that its means are the law's at any size; the product of two
      // numbers that hang together differs from that of their means by less than one fighter here.
      EXPECT_NEAR(study.mean.a, study.deterministic.a, 4.0 * error_a + 1.0) << n;
      EXPECT_NEAR(study.mean.b, study.deterministic.b, 4.0 * error_b + 1.0) << n;
      const double spread = study.sd.a / n;
      if (spread_before > 0.0) {
        // Of 400 runs a standard deviation is known to 1 / sqrt(800), their ratio to 5 %.
        EXPECT_NEAR(spread_before / spread, 4.0, 4.0 * 4.0 * 0.05);
      }
      spread_before = spread;
    }
  }
}

// Deitchman's condition decides who wins: guerrillas iff aimed G > area R^2 / 2. Beside it large
// fights go one way nearly always, and small ones do not.
TEST(Duels, GuerrillasWinWhereDeitchmanSaysAndTheMoreSurelyTheLargerTheFight) {
  constexpr std::uint32_t runs = 400;
  double sure_before = 0.0;
  for (const std::uint32_t n : {50U, 800U}) {
    const double critical = 0.5;  // G = critical R with aimed = 1 and area = 1 / R
    const auto fight = [&](double factor) {
      const auto guerrillas = static_cast<std::uint32_t>(std::lround(critical * factor * n));
      return study_duel({CombatLaw::ambush, guerrillas, n, 1.0, 1.0 / n}, runs, 5);
    };
    const DuelStudy above = fight(1.2), below = fight(0.8);
    EXPECT_GT(above.deterministic.a, 0.0);
    EXPECT_NEAR(above.deterministic.b, 0.0, 1e-6);
    EXPECT_NEAR(below.deterministic.a, 0.0, 1e-6);
    EXPECT_GT(below.deterministic.b, 0.0);
    const double sure = std::min(above.a_wins, 1.0 - below.a_wins);
    EXPECT_GT(sure, 0.5 + 4.0 * share_error(0.5, runs)) << n;
    EXPECT_GT(sure, sure_before);
    sure_before = sure;
  }
  EXPECT_GT(sure_before, 0.99);
}

TEST(Duels, ARunIsTheSameInAnyStudy) {
  const Duel duel{CombatLaw::square, 6, 5, 1.0, 1.0};
  const DuelStudy two = study_duel(duel, 2, 9), three = study_duel(duel, 3, 9);
  const double third = 3.0 * three.mean.a - 2.0 * two.mean.a;
  EXPECT_NEAR(third, std::round(third), 1e-9);
  EXPECT_GE(third, 0.0);
  EXPECT_LE(third, 6.0);
  EXPECT_THROW(study_duel(duel, 1, 9), ContractError);
  EXPECT_THROW(study_duel({CombatLaw::square, 0, 5, 1.0, 1.0}, 2, 9), ContractError);
  EXPECT_THROW(study_duel({CombatLaw::square, 1, 5, 0.0, 1.0}, 2, 9), ContractError);
}

}  // namespace
}  // namespace casus::classics
