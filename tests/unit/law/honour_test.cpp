// Who will, how far, and when.

#include <cmath>

#include "stage_test.h"

namespace casus::law {
namespace {

TEST_F(StageTest, HonourIsThePublishedLogit) {
  struct Vector {
    int milinst, formal;
    bool cap, inst, target;
    double p;
  };
  // Recomputed from the coefficients of Leeds & Anac 2005.
  const Vector vectors[] = {{0, 0, false, false, false, .9757},
                            {0, 1, false, false, false, .9406},
                            {0, 1, true, true, false, .4391},
                            {0, 1, true, true, true, .1674},
                            {2, 2, true, true, true, .0189}};
  for (const Vector& v : vectors) {
    pacts[0].military_institutions = static_cast<std::uint8_t>(v.milinst);
    pacts[0].formality = static_cast<std::uint8_t>(v.formal);
    pacts[0].original_targets = v.target ? std::vector{a} : std::vector<ActorId>{};
    world.change[c] = v.cap ? -0.11 : 0.09;
    world.coups.clear();
    if (v.inst) world.coups.insert(c);
    memory.clear();
    decide({attack(a, b)});
    EXPECT_NEAR(first(Stage::honoured, c)->probability, v.p, 1e-3);
  }
}

TEST_F(StageTest, HonourRateByMonteCarlo) {
  settings.drawing = Drawing::random;
  pacts[0].formality = 1;
  world.change[c] = 0.5;
  world.coups = {c};
  int kept = 0;
  constexpr int n = 4000;
  for (run = 0; run < n; ++run) {
    memory.clear();
    decide({attack(a, b)});
    kept += first(Stage::honoured, c)->yes;
    ASSERT_EQ(first(Stage::honoured, c)->yes, helps(c, b, a));
    ASSERT_EQ(!first(Stage::honoured, c)->yes, breach_by(c) != nullptr);
  }
  const double p = 0.43914;
  EXPECT_NEAR(kept / double{n}, p, 4.0 * std::sqrt(p * (1 - p) / n));
}

// Who voted for a force has tied its hands, who voted against has said that it will not go.
TEST_F(StageTest, OnesOwnVoteMovesTheLogit) {
  pacts[0].organs.emplace_back();
  pacts[0].organs[0].rule = DecisionRule::majority;
  pacts[0].articles[0].procedure = Procedure::by_decision;
  settings.honour.own_vote = 2.0;
  const auto logit = [&](double votes) {
    memory.clear();
    world.votes = {{b, 20.0}, {d, 20.0}, {c, votes}};
    decide({attack(a, b)});
    const double p = first(Stage::honoured, c)->probability;
    return std::log(p / (1 - p));
  };
  EXPECT_NEAR(logit(20.0), 3.6907 + 2.0, 1e-9);
  EXPECT_NEAR(logit(-20.0), 3.6907 - 2.0, 1e-9);
  settings.vote.band = 3.0;
  EXPECT_NEAR(logit(0.0), 3.6907, 1e-9) << "it abstained";
}

TEST_F(StageTest, EveryAdditionMovesTheLogit) {
  const auto logit = [&] {
    memory.clear();
    decide({attack(a, b)});
    const double p = first(Stage::honoured, c)->probability;
    return std::log(p / (1 - p));
  };
  EXPECT_NEAR(logit(), 3.6907, 1e-9);
  settings.honour.era = -1.9;
  EXPECT_NEAR(logit(), 3.6907 - 1.9, 1e-9);
  settings.honour.affinity = 2.0;
  world.affinities[{c, b}] = 0.5;
  world.affinities[{c, a}] = 0.25;
  EXPECT_NEAR(logit(), 3.6907 - 1.9 + 0.5, 1e-9);
  settings.honour.cost = 1.5;
  world.costs = 0.4;
  EXPECT_NEAR(logit(), 3.6907 - 1.9 + 0.5 - 0.6, 1e-9);
  settings.honour.shared_threat = 1.0;
  world.threat = 0.3;
  EXPECT_NEAR(logit(), 3.6907 - 1.9 + 0.5 - 0.6 + 0.3, 1e-9);
  settings.honour.war_weariness = 2.0;
  world.will[c] = 0.75;
  EXPECT_NEAR(logit(), 3.6907 - 1.9 + 0.5 - 0.6 + 0.3 - 0.5, 1e-9);
  settings.honour.declaration = 1.25;
  EXPECT_NEAR(logit(), 3.6907 - 1.9 + 0.5 - 0.6 + 0.3 - 0.5, 1e-9);
  pacts[0].declaration = true;
  EXPECT_NEAR(logit(), 3.6907 - 1.9 + 0.5 - 0.6 + 0.3 - 0.5 - 1.25, 1e-9);
}

// Whoever helps one that attacks has the attacked to overcome, not its partner.
TEST_F(StageTest, HelpForAnAttackerCostsWhatTheAttackedIs) {
  settings.honour.cost = 1.0;
  world.costs_against = {{a, 0.4}, {b, 0.9}};
  const auto logit = [&] {
    const double p = first(Stage::honoured, c)->probability;
    return std::log(p / (1 - p));
  };
  decide({attack(a, b)});
  EXPECT_NEAR(logit(), 3.6907 - 0.4, 1e-9);
  memory.clear();
  when().member_as_author = true;
  decide({attack(b, a)});
  EXPECT_NEAR(logit(), 3.6907 - 0.4, 1e-9);
}

TEST_F(StageTest, TheLevelFollowsTheReluctance) {
  const ObligationSet set{Obligation::aid, Obligation::troops, Obligation::war};
  Settings s;
  s.honour.reluctance = {0, 0, 0, 0, 0, 0, 0, 1.0, 2.0};
  const double war = 1.0 / (1.0 + std::exp(2.0 - 1.0)), troops = 0.5;
  EXPECT_EQ(chosen_level(set, Obligation::war, 1.0, war - 1e-6, s), Obligation::war);
  EXPECT_EQ(chosen_level(set, Obligation::war, 1.0, war + 1e-6, s), Obligation::troops);
  EXPECT_EQ(chosen_level(set, Obligation::war, 1.0, troops + 1e-6, s), Obligation::aid);
  EXPECT_EQ(chosen_level(set, Obligation::troops, 1.0, 0.0, s), Obligation::troops);
}

TEST_F(StageTest, DelaysGoThroughTheSharesOfAllWars) {
  Settings s;
  s.delay.median_days = 173.5;
  s.delay.shape = 0.0;
  EXPECT_NEAR(delay(Obligation::war, 0.5, nullptr, s), 173.5, 0.1);
  EXPECT_NEAR(delay(Obligation::war, 0.31, nullptr, s), 365.25 / 12, 0.1);
  EXPECT_NEAR(delay(Obligation::troops, 0.64, nullptr, s), 365.25, 1.0);
  EXPECT_DOUBLE_EQ(delay(Obligation::consult, 0.5, nullptr, s), 3.0);
}

}  // namespace
}  // namespace casus::law
