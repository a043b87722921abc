#include "casus/backtest/reliability.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <vector>

#include "backtest/promises.h"
#include "casus/backtest/backtest.h"
#include "made_up_wars.h"

namespace casus {
namespace {

const PromisesKept& of(const PromisesByCoding& counts, Reliability coding) {
  return counts[static_cast<std::size_t>(coding)];
}

/// 101 attacks 102. 103 has promised 102 its defence, 104 both its defence and peace with 101, 105
/// peace with 102 alone, 106 nothing.
struct Fixture {
  CowTables tables = testing::made_up();
  WarSituation situation;

  Fixture() {
    CowWar& war = tables.wars[0];
    for (WarCandidate& c : war.candidates) c.a = c.b = {};
    war.candidates[0].b.defence = true;
    war.candidates[1].b.defence = true;
    war.candidates[1].a.nonaggression = true;
    war.candidates[2].b.nonaggression = true;
    situation = situation_of(war, tables);
  }
  /// The terms of all promises of help apply, and those of `given` gave it.
  PromisesByCoding count(std::vector<int> sides, std::vector<bool> given,
                         bool after = false) const {
    sides.resize(situation.candidates);
    std::vector<PromiseAnswer> answers(situation.pacts.size());
    std::size_t owed = 0;
    for (std::size_t p = 0; p < answers.size(); ++p) {
      if (situation.pacts[p].articles[0].id != "defence") continue;
      answers[p] = {.help_owed = true, .help_given = given[owed++]};
    }
    return count_promises(situation, answers, sides, after);
  }
};

TEST(Reliability, ThreeCodingsCountTheSameWarDifferently) {
  const Fixture f;
  // 103 fights beside 102; 104 gives help and stays out; 105 stays out. Nobody fights whom it
  // promised peace, which puts no such promise to the test.
  const PromisesByCoding c = f.count({2, 0, 0}, {true, true});
  EXPECT_EQ(of(c, Reliability::terms_apply).cases, 2.0);
  EXPECT_EQ(of(c, Reliability::terms_apply).kept, 2.0);
  EXPECT_EQ(of(c, Reliability::any_ally).cases, 3.0);
  EXPECT_EQ(of(c, Reliability::any_ally).kept, 1.0);
  EXPECT_EQ(of(c, Reliability::member_before).cases, 2.0);
  EXPECT_EQ(of(c, Reliability::member_before).kept, 1.0);
  EXPECT_EQ(of(c, Reliability::member_after).cases, 0.0);
}

TEST(Reliability, FightingBesideAPartnerIsNoTestOfAPromiseOfPeace) {
  const Fixture f;
  // 105, which owes 102 nothing but peace, joins it.
  const PromisesByCoding c = f.count({0, 0, 2}, {false, false});
  EXPECT_EQ(of(c, Reliability::terms_apply).cases, 2.0);
  EXPECT_EQ(of(c, Reliability::terms_apply).kept, 0.0);
  EXPECT_EQ(of(c, Reliability::member_before).cases, 2.0);
  EXPECT_EQ(of(c, Reliability::any_ally).kept, 1.0);
}

TEST(Reliability, WhoFightsAgainstItsPartnerBreaksItsWord) {
  const Fixture f;
  // 103 refuses, 104 fights beside 102 and so against 101, 105 attacks 102.
  const PromisesByCoding c = f.count({0, 2, 1}, {false, true}, true);
  EXPECT_EQ(of(c, Reliability::terms_apply).cases, 4.0);
  EXPECT_EQ(of(c, Reliability::terms_apply).kept, 1.0);
  EXPECT_EQ(of(c, Reliability::any_ally).kept, 1.0);
  EXPECT_EQ(of(c, Reliability::member_after).cases, 3.0);
  EXPECT_EQ(of(c, Reliability::member_after).kept, 0.0);
  EXPECT_EQ(of(c, Reliability::member_before).cases, 0.0);
}

TEST(Reliability, TermsThatDoNotApplyAreNoCase) {
  const Fixture f;
  const std::vector<PromiseAnswer> nothing_owed(f.situation.pacts.size());
  const std::vector<int> nobody(f.situation.candidates);
  const PromisesByCoding c = count_promises(f.situation, nothing_owed, nobody, false);
  EXPECT_EQ(of(c, Reliability::terms_apply).cases, 0.0);
  EXPECT_EQ(of(c, Reliability::member_before).cases, 0.0);
  EXPECT_EQ(of(c, Reliability::any_ally).cases, 3.0);
}

TEST(Reliability, WhoFoughtFromTheStartCountsAsItDid) {
  // 101 has promised 102 its defence and attacks it.
  Fixture f;
  f.tables.alliances = {{101, 102, testing::first_year - 1, true, false}};
  f.situation = situation_of(f.tables.wars[0], f.tables);
  ASSERT_EQ(f.situation.original_ties.size(), 2U);
  EXPECT_TRUE(f.situation.original_ties[0].against);
  EXPECT_FALSE(f.situation.original_ties[0].beside);
  const PromisesByCoding c = f.count({2, 0, 0}, {true, true});
  EXPECT_EQ(of(c, Reliability::terms_apply).cases, 3.0);
  EXPECT_EQ(of(c, Reliability::terms_apply).kept, 2.0);
  EXPECT_EQ(of(c, Reliability::any_ally).cases, 4.0);
  EXPECT_EQ(of(c, Reliability::any_ally).kept, 1.0);
  EXPECT_EQ(of(c, Reliability::member_before).cases, 3.0);
  EXPECT_EQ(of(c, Reliability::member_before).kept, 1.0);
  // What happened before 1945 is no history of after.
  const PromisesByCoding after = f.count({2, 0, 0}, {true, true}, true);
  EXPECT_EQ(of(after, Reliability::member_after).cases, 2.0);
  EXPECT_EQ(of(after, Reliability::member_after).kept, 1.0);
  EXPECT_EQ(of(after, Reliability::member_before).cases, 0.0);
}

TEST(Reliability, RatesArePooledOverWarsAndSpreadOverHistories) {
  // Two wars of two runs: 1 of 2 and 3 of 4 kept in history 0, 0 of 2 and 2 of 6 in history 1.
  const auto counts = [](double cases, double kept) {
    PromisesByCoding c{};
    c[0] = {cases, kept};
    return c;
  };
  const std::vector<std::vector<PromisesByCoding>> before{{counts(2, 1), counts(2, 0)},
                                                          {counts(4, 3), counts(6, 2)}};
  const ReliabilityTable t = reliability_table(before, {});
  EXPECT_DOUBLE_EQ(t[0].cases, 7.0);
  EXPECT_DOUBLE_EQ(t[0].rate, (4.0 / 6.0 + 2.0 / 8.0) / 2.0);
  EXPECT_DOUBLE_EQ(t[0].low, 0.25 + 0.05 * (4.0 / 6.0 - 0.25));
  EXPECT_DOUBLE_EQ(t[0].high, 0.25 + 0.95 * (4.0 / 6.0 - 0.25));
  EXPECT_TRUE(std::isnan(t[3].rate));
}

TEST(Reliability, AWarIsMovedWithTheAgeOfItsPacts) {
  const Fixture f;
  const WarSituation later = after_1945(f.situation);
  const auto year = [](Date date) {
    return static_cast<int>(std::chrono::year_month_day(date).year());
  };
  EXPECT_EQ(year(later.date), 1945 + (1945 - testing::first_year) + 1);
  EXPECT_EQ(year(later.acts[0].date), year(later.date));
  ASSERT_EQ(later.pacts.size(), f.situation.pacts.size());
  EXPECT_EQ(year(later.date) - year(later.pacts[0].in_force),
            year(f.situation.date) - year(f.situation.pacts[0].in_force));
  EXPECT_EQ(f.situation.pacts[0].military_institutions, 0);
  EXPECT_EQ(later.pacts[0].military_institutions, 1);
  EXPECT_EQ(f.situation.pacts[0].formality, 1);
  EXPECT_EQ(later.pacts[0].formality, 2);
  EXPECT_EQ(after_1945(later).date, later.date);
}

// Within ten points of what was published, each in its coding. No rate was calibrated on: of what
// was published the prior of how often terms apply is all that is known to the model.
TEST(Reliability, OfTheCorrelatesOfWarIsWithinTenPointsOfWhatWasPublished) {
  const char* folder = std::getenv("CASUS_DATA");
  if (folder == nullptr) GTEST_SKIP() << "CASUS_DATA names no data folder";
  BacktestOptions options;
  options.runs = 300;
  const WarBacktest b = backtest_wars(load_cow_tables(folder), options, *tbb_executor(0));
  const auto rate = [&](Reliability coding) {
    return b.reliability[static_cast<std::size_t>(coding)].rate;
  };
  for (std::size_t i = 0; i < reliability_codings; ++i) {
    const ReliabilityCoding& coding = reliability_coding()[i];
    EXPECT_GT(b.reliability[i].rate, coding.low - 0.1) << coding.name;
    EXPECT_LT(b.reliability[i].rate, coding.high + 0.1) << coding.name;
  }
  EXPECT_GT(rate(Reliability::terms_apply), rate(Reliability::member_before));
  EXPECT_GT(rate(Reliability::member_before), rate(Reliability::any_ally));
  EXPECT_GT(rate(Reliability::any_ally), rate(Reliability::member_after));
}

}  // namespace
}  // namespace casus
