#include <gtest/gtest.h>

#include <cmath>

#include "backtest/joining_model.h"
#include "backtest/war_situation.h"
#include "casus/core/random.h"
#include "casus/rules/honour.h"
#include "casus/rules/logit.h"
#include "made_up_wars.h"

namespace casus {
namespace {

using testing::day;
using testing::made_up;
using testing::state_count;

// The situation and the law in it.

TEST(WarSituation, FindsWhoFoughtFromTheStart) {
  CowTables tables = made_up();
  CowWar& war = tables.wars[0];
  WarSituation s = situation_of(war, tables);
  ASSERT_TRUE(s.sides_known);
  ASSERT_EQ(s.parties.size(), state_count);
  EXPECT_EQ(s.parties[s.candidates].state, 101);
  EXPECT_EQ(s.parties[s.candidates].side, 1);
  EXPECT_EQ(s.parties[s.candidates + 1].state, 102);
  EXPECT_EQ(s.acts.size(), 1U);
  // 103 and 104 are no candidates any more: with 101 against 102.
  war.candidates.erase(war.candidates.begin(), war.candidates.begin() + 2);
  war.originals = 4;
  war.capability_a = 0.01 + 0.04;
  war.capability_b = 0.02 + 0.03;
  s = situation_of(war, tables);
  ASSERT_TRUE(s.sides_known);
  EXPECT_EQ(s.parties[s.candidates].state, 101);
  EXPECT_EQ(s.parties[s.candidates + 1].state, 104);
  EXPECT_EQ(s.acts.size(), 4U);
  // Two outsiders more than originals, and no sides of that strength.
  war.originals = 2;
  war.capability_a = 0.3;
  s = situation_of(war, tables);
  EXPECT_FALSE(s.sides_known);
  EXPECT_EQ(s.parties.size(), s.candidates + 2);
  EXPECT_EQ(s.acts.size(), 1U);
}

/// The first candidate with the ties given, in a war of 1850.
JoiningInputs inputs_with(const CandidateTies& a, const CandidateTies& b,
                          const std::vector<CowAlliance>& alliances = {},
                          double power_at_signature = 0.03) {
  CowTables tables = made_up();
  WarCandidate& c = tables.wars[0].candidates[0];
  c.a = a;
  c.b = b;
  tables.alliances = alliances;
  for (CowCapability& row : tables.capabilities) {
    if (row.code == c.state && row.year < 1850) row.share = power_at_signature;
  }
  return joining_inputs(situation_of(tables.wars[0], tables))[0];
}

/// What help costs against an enemy of that power, as scenarios weigh it: the candidate has .03.
double cost_against(double enemy) {
  return law_of_scenarios(1.0).honour.cost * enemy / (enemy + 0.03);
}

constexpr CandidateTies no_ties{};
constexpr CandidateTies defence{.defence = true};
constexpr CandidateTies offence{.offence = true};

TEST(WarSituation, ThePactsTermsDecideWhoIsBound) {
  const auto keeps = [](double enemy) {
    return rules::logistic(rules::honour_logit({.formal = 1}, -cost_against(enemy)));
  };
  // Who defends the attacked has the attacker to overcome, and who attacks the attacked.
  EXPECT_DOUBLE_EQ(inputs_with(no_ties, defence).honour_alone[0][1], keeps(0.01));
  EXPECT_DOUBLE_EQ(inputs_with(offence, no_ties).honour_alone[0][0], keeps(0.02));
  // Defence of the attacker, and offence beside the attacked, are not owed.
  EXPECT_EQ(inputs_with(defence, no_ties).honour_alone[0][0], 0.0);
  EXPECT_EQ(inputs_with(no_ties, offence).honour_alone[0][1], 0.0);
  EXPECT_EQ(inputs_with(no_ties, no_ties).honour_alone[0][1], 0.0);
}

TEST(WarSituation, APromiseToTheAttackerWeighsAgainstTheDuty) {
  const JoiningInputs free = inputs_with(no_ties, defence);
  const JoiningInputs torn = inputs_with({.nonaggression = true}, defence);
  EXPECT_GT(torn.honour_alone[0][1], 0.0);
  EXPECT_LT(torn.honour_alone[0][1], free.honour_alone[0][1]);
}

TEST(WarSituation, OneBoundToBothSidesHelpsAtMostOne) {
  const JoiningInputs both = inputs_with(offence, defence);
  EXPECT_GT(both.honour_alone[0][0], 0.9);
  EXPECT_GT(both.honour_alone[0][1], 0.9);
  // Rather against the weaker: A has half the power of B.
  EXPECT_LT(both.honour_both[0][0], both.honour_both[0][1]);
  EXPECT_LE(both.honour_both[0][0] + both.honour_both[0][1], 1.0);
}

TEST(WarSituation, PowerChangeSinceSignatureMakesPactsLessReliable) {
  const std::vector<CowAlliance> pact{{102, 103, 1848, true, false}, {102, 103, 1849, true, false}};
  const double same = inputs_with(no_ties, defence, pact, 0.03).honour_alone[0][1];
  const double grown = inputs_with(no_ties, defence, pact, 0.02).honour_alone[0][1];
  const double cost = -cost_against(0.01);
  EXPECT_DOUBLE_EQ(same, rules::logistic(rules::honour_logit({.formal = 1}, cost)));
  EXPECT_DOUBLE_EQ(grown,
                   rules::logistic(rules::honour_logit({.formal = 1, .capchange = true}, cost)));
  // A pact of another kind dates it as well, where there was none of defence.
  const std::vector<CowAlliance> entente{{102, 103, 1848, false, true},
                                         {102, 103, 1849, false, true}};
  EXPECT_EQ(inputs_with(no_ties, defence, entente, 0.02).honour_alone[0][1], grown);
}

TEST(WarSituation, AnotherRegimeSinceSignatureMakesPactsLessReliable) {
  CowTables tables = made_up();
  tables.wars[0].candidates[0].a = no_ties;
  tables.wars[0].candidates[0].b = defence;
  tables.alliances = {{102, 103, 1848, true, false}, {102, 103, 1849, true, false}};
  tables.regimes = {{103, 1848, 2.0}, {103, 1850, -1.0}};
  const JoiningInputs i = joining_inputs(situation_of(tables.wars[0], tables))[0];
  EXPECT_DOUBLE_EQ(
      i.honour_alone[0][1],
      rules::logistic(rules::honour_logit({.formal = 1, .instchange = true}, -cost_against(0.01))));
  // After the pact was signed, and not before.
  tables.regimes = {{103, 1840, 2.0}, {103, 1847, -1.0}, {103, 1850, -1.0}};
  EXPECT_GT(joining_inputs(situation_of(tables.wars[0], tables))[0].honour_alone[0][1],
            i.honour_alone[0][1]);
}

TEST(WarSituation, ARivalIsAThreatThatIsShared) {
  const double threat = law_of_scenarios(1.0).honour.shared_threat;
  EXPECT_DOUBLE_EQ(
      inputs_with({.rivalry = true}, defence).honour_alone[0][1],
      rules::logistic(rules::honour_logit({.formal = 1}, threat - cost_against(0.01))));
}

TEST(WarSituation, AffinityIsTiesLessRivalry) {
  const JoiningInputs i = inputs_with({.rivalry = true}, defence);
  EXPECT_EQ(i.affinity[0], -1.0);
  EXPECT_EQ(i.affinity[1], 1.0);
  // An alliance made in the year of the war does not count; a looser one counts half.
  const std::vector<CowAlliance> new_one{{102, 103, 1850, true, false}};
  EXPECT_EQ(inputs_with(no_ties, no_ties, new_one).affinity[1], 0.0);
  const std::vector<CowAlliance> entente{{102, 103, 1849, false, true}};
  EXPECT_EQ(inputs_with(no_ties, no_ties, entente).affinity[1], 0.5);
}

TEST(WarSituation, APactThatIsBeforeTheLawIsNotCountedAsAffinityAsWell) {
  // The knots are weights of affinity. The pact alone has none beside it, whatever it weighs.
  const JoiningInputs bound = inputs_with(no_ties, defence);
  EXPECT_EQ(bound.honour_alone[3][1], bound.honour_alone[0][1]);
  // The alliance table knows the same pact by another name, which adds nothing either.
  const std::vector<CowAlliance> the_same{{102, 103, 1849, true, false}};
  EXPECT_EQ(inputs_with(no_ties, defence, the_same).honour_alone[3][1], bound.honour_alone[3][1]);
  // A rivalry with the partner is no part of the pact, nor is an entente with its enemy.
  const JoiningInputs rival = inputs_with(no_ties, {.defence = true, .rivalry = true});
  EXPECT_LT(rival.honour_alone[3][1], rival.honour_alone[1][1]);
  const std::vector<CowAlliance> entente{{101, 103, 1849, false, true}};
  const JoiningInputs torn = inputs_with(no_ties, defence, entente);
  EXPECT_LT(torn.honour_alone[3][1], torn.honour_alone[1][1]);
}

TEST(WarSituation, MissingDistancesAreFilledIn) {
  CowTables tables = made_up();
  WarCandidate& c = tables.wars[0].candidates[0];
  c.distance_km.reset();
  c.land_border = false;
  EXPECT_EQ(situation_of(tables.wars[0], tables).distance_km[0], 3250.0);  // the median
  c.sea_border = true;
  EXPECT_NEAR(situation_of(tables.wars[0], tables).distance_km[0], 643.7, 1e-9);
}

// The ensemble.

TEST(JoiningEnsemble, AgreesWithTheExactFirstWave) {
  CowTables tables = made_up();
  CowWar& war = tables.wars[3];
  war.candidates[0].a.offence = war.candidates[0].b.defence = true;
  war.candidates[1].a.nonaggression = war.candidates[1].b.defence = true;
  const WarSituation s = situation_of(war, tables);
  const JoiningParameters parameters{0.4, {-1.5, 0.7}, {1.0}};
  constexpr std::uint32_t runs = 20'000;
  const JoiningFrequencies f = simulate_joining(s, parameters, runs, 11);
  const std::vector<JoiningInputs> inputs = joining_inputs(s);
  for (std::size_t i = 0; i < s.candidates; ++i) {
    const double p = first_wave(inputs[i], parameters).either() + f.later[i];
    EXPECT_EQ(f.later[i], 0.0);  // nobody is tied to anybody, so nobody follows
    EXPECT_NEAR(f.joined[i], p, 4.5 * std::sqrt(p * (1.0 - p) / runs)) << i;
  }
}

TEST(JoiningEnsemble, AWarMayBecomeGeneralIfAMajorPowerFightsInIt) {
  CowTables tables = made_up();
  CowWar& war = tables.wars[3];
  const JoiningParameters ordinary{0.4, {-3.0, 0.7}, {1.0}};
  JoiningParameters parameters = ordinary;
  parameters.general = {0.3, 20.0};
  constexpr std::uint32_t runs = 20'000;
  war.major_power_fights = true;
  const WarSituation s = situation_of(war, tables);
  const JoiningFrequencies f = simulate_joining(s, parameters, runs, 11);
  const std::vector<JoiningInputs> inputs = joining_inputs(s);
  for (std::size_t i = 0; i < s.candidates; ++i) {
    const double p = first_wave(inputs[i], parameters).either() + f.later[i];
    EXPECT_NEAR(f.joined[i], p, 4.5 * std::sqrt(p * (1.0 - p) / runs)) << i;
    EXPECT_GT(first_wave(inputs[i], parameters).intervention,
              2.0 * first_wave(inputs[i], ordinary).intervention);
  }
  war.major_power_fights = false;
  const WarSituation small = situation_of(war, tables);
  const JoiningFrequencies as_ever = simulate_joining(small, ordinary, 500, 11);
  EXPECT_EQ(simulate_joining(small, parameters, 500, 11).joined, as_ever.joined);
}

TEST(CalibrateJoining, TellsGeneralWarsFromOrdinaryOnes) {
  // 400 wars of 40 states; every tenth with a major power in it is general, and one without is not.
  std::vector<std::vector<JoiningInputs>> wars(400);
  const Purpose planted("planted");
  constexpr double ordinary = 0.02, factor = 25.0;
  for (std::size_t w = 0; w < wars.size(); ++w) {
    Stream stream({5, 0}, static_cast<std::uint32_t>(w), planted, {});
    const bool major = w % 2 == 0, general = w % 20 == 0;
    for (int i = 0; i < 40; ++i) {
      JoiningInputs in;
      in.may_be_general = major;
      // Without any tie the hazards of the two sides are the same.
      in.joined = uniform(stream) < -std::expm1(-ordinary * (general ? factor : 1.0));
      wars[w].push_back(in);
    }
  }
  std::vector<const std::vector<JoiningInputs>*> all;
  for (const auto& war : wars) all.push_back(&war);
  const JoiningParameters p = calibrate_joining(all);
  EXPECT_NEAR(p.general.probability, 0.1, 0.02);
  // The level is of a war that counts once, so a war of many joiners has little say in it.
  EXPECT_NEAR(p.general.factor * 2.0 * std::exp(p.intervention.level), factor * ordinary, 0.05);
  EXPECT_GT(p.general.factor, 15.0);
  for (auto& war : wars) {
    for (JoiningInputs& in : war) in.may_be_general = false;
  }
  EXPECT_NEAR(calibrate_joining(all).general.probability, 10.0 / 119.0, 1e-6) << "the prior alone";
}

TEST(JoiningEnsemble, TheAlliesOfAJoinerFollowSlow) {
  CowTables tables = made_up();
  CowWar& war = tables.wars[0];
  const WarSituation alone = situation_of(war, tables);
  // 103 all but certainly joins; 110 is its ally.
  war.candidates[0].b = {.defence = true};
  war.candidates[0].a = {.rivalry = true};
  tables.alliances = {{103, 110, 1849, true, false}};
  const WarSituation s = situation_of(war, tables);
  const JoiningParameters parameters{2.0, {-2.5, 0.5}, {2.0}};
  constexpr std::uint32_t runs = 20'000;
  const JoiningFrequencies without = simulate_joining(alone, parameters, runs, 3);
  const JoiningFrequencies with = simulate_joining(s, parameters, runs, 3);
  const std::vector<JoiningInputs> inputs = joining_inputs(s);
  EXPECT_EQ(without.later[7], 0.0);
  EXPECT_GT(with.later[7], 0.02);
  EXPECT_EQ(with.later[6], 0.0);  // 109 is nobody's ally
  for (std::size_t i = 0; i < s.candidates; ++i) {
    const double p = first_wave(inputs[i], parameters).either() + with.later[i];
    EXPECT_NEAR(with.joined[i], p, 4.5 * std::sqrt(p * (1.0 - p) / runs)) << i;
  }
}

TEST(JoiningEnsemble, AFrontSpreadsOverLandBorders) {
  CowTables tables = made_up();
  CowWar& war = tables.wars[0];
  for (WarCandidate& c : war.candidates) {
    c.distance_km = 6000.0;
    c.land_border = false;
  }
  war.candidates[0].land_border = true;  // 103, which joins often
  war.candidates[0].a = {.rivalry = true};
  tables.borders = {{103, 110, day(1816, 1, 1), day(1900, 12, 31)},
                    {104, 111, day(1816, 1, 1), day(1900, 12, 31)}};
  war.candidates[1].a = {.rivalry = true};  // 104, far away, as often
  war.candidates[1].major_power = true;
  const JoiningParameters parameters{-2.0, {-1.0, 1.0}, {1.0}};
  const JoiningFrequencies f = simulate_joining(situation_of(war, tables), parameters, 500, 3);
  EXPECT_GT(f.later[7], 0.05);
  EXPECT_EQ(f.later[8], 0.0);
}

TEST(JoiningEnsemble, RunsDoNotDependOnTheirNumber) {
  CowTables tables = made_up();
  const WarSituation s = situation_of(tables.wars[2], tables);
  const JoiningParameters parameters{0.0, {-1.0, 0.5}, {1.0}};
  const JoiningFrequencies a = simulate_joining(s, parameters, 1, 5);
  const JoiningFrequencies b = simulate_joining(s, parameters, 2, 5);
  for (std::size_t i = 0; i < s.candidates; ++i) {
    EXPECT_GE(b.joined[i] * 2.0, a.joined[i]);
    EXPECT_LE(b.joined[i] * 2.0, a.joined[i] + 1.0);
  }
}

}  // namespace
}  // namespace casus
