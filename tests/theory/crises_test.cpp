// Bargaining and deterrence played out many times, against what their authors derived. Tolerances
// are four standard errors.
#include "casus/classics/crises.h"

#include <gtest/gtest.h>

#include <cmath>
#include <tuple>

#include "casus/rules/honour.h"

namespace casus::classics {
namespace {

constexpr std::uint32_t many = 100'000;
double error(double p) { return std::sqrt(p * (1.0 - p) / many); }

TEST(Crises, WarIsAsLikelyAsFearonDerived) {
  for (const auto& [p, cost_a, cost_b_max] :
       {std::tuple{0.4, 0.1, 0.3}, std::tuple{0.5, 0.05, 0.4}, std::tuple{0.3, 0.0, 0.2}}) {
    const CrisisStudy study = study_crises(p, cost_a, cost_b_max, many, 1);
    const double war = (1.0 - cost_a / cost_b_max) / 2.0;
    EXPECT_NEAR(study.demand.war_probability, war, 1e-12);
    EXPECT_NEAR(study.wars, war, 4.0 * error(war));
    // War is never what both prefer: there was a settlement each time.
    EXPECT_DOUBLE_EQ(study.settlements_left, 1.0);
    // The risk is worth it: it gains more than the demand that nobody refuses.
    const double gain = (1.0 - war) * study.demand.share + war * (p - cost_a);
    const double spread = (study.demand.share - p + cost_a) * error(war);
    EXPECT_NEAR(study.gain, gain, 4.0 * spread + 1e-12);
    EXPECT_GT(study.gain, study.gain_of_caution);
  }
}

TEST(Crises, WithoutDoubtOrWithCostlyWarThereIsPeace) {
  // Where war costs the challenger more than it can win by a bluff, it asks for what is safe.
  EXPECT_DOUBLE_EQ(study_crises(0.4, 0.3, 0.3, many, 1).wars, 0.0);
  // Little doubt, little war, in proportion to what is unknown: the share is bounded by 1/2.
  EXPECT_NEAR(study_crises(0.4, 0.1, 0.1 + 1e-6, 1000, 1).demand.war_probability, 5e-6, 1e-9);
}

TEST(Deterrence, ObservedReliabilityIsHalfTheThresholdOfAttack) {
  for (const auto& [p0, p1, cost, peace] :
       {std::tuple{0.8, 0.3, 0.1, 0.4}, std::tuple{0.9, 0.5, 0.1, 0.6},
        std::tuple{0.9, 0.5, 0.05, 0.3}}) {
    const DeterrenceStudy study = study_deterrence(p0, p1, cost, peace, many, 2);
    EXPECT_NEAR(study.attacked, study.expected_attacked,
                4.0 * error(study.expected_attacked) + 1e-12);
    const double attacked = study.attacked * many;
    EXPECT_NEAR(
        study.fulfilled, study.expected_fulfilled,
        4.0 * std::sqrt(study.expected_fulfilled * (1.0 - study.expected_fulfilled) / attacked));
    EXPECT_NEAR(study.reliability, 0.5, 4.0 / std::sqrt(12.0 * many));
    // What is seen understates what is, unless reliability deters nobody.
    if (study.expected_attacked < 1.0) {
      EXPECT_LT(study.fulfilled, study.reliability);
    }
  }
  EXPECT_DOUBLE_EQ(study_deterrence(0.5, 0.3, 0.1, 0.6, many, 2).attacked, 0.0);
}

}  // namespace
}  // namespace casus::classics
