#include "casus/backtest/backtest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "casus/core/contracts.h"
#include "casus/core/ids.h"
#include "made_up_wars.h"

namespace casus {
namespace {

using testing::first_year;
using testing::made_up;
using testing::state_count;
using testing::war_count;

BacktestOptions few_runs() {
  BacktestOptions o;
  o.runs = 40;
  return o;
}

WarBacktest run(const CowTables& tables, const BacktestOptions& options = few_runs()) {
  return backtest_wars(tables, options, *serial_executor());
}

bool same_forecast(const WarForecast& a, const WarForecast& b, bool with_outcomes) {
  for (std::size_t i = 0; i < a.candidates.size(); ++i) {
    const CandidateForecast &x = a.candidates[i], &y = b.candidates[i];
    if (x.probability != y.probability || x.frequency != y.frequency || x.cascade != y.cascade ||
        (with_outcomes && x.joined != y.joined)) {
      return false;
    }
  }
  return a.parameters.covered == b.parameters.covered;
}

TEST(Backtest, FindsAPlantedSignal) {
  const WarBacktest b = run(made_up());
  EXPECT_EQ(b.left_out.wars, war_count);
  EXPECT_EQ(b.left_out.candidates, war_count * (state_count - 2));
  ASSERT_EQ(b.left_out.rows.size(), 5U);
  const ModelRow &model = b.left_out.rows[0], &climate = b.left_out.rows[1];
  EXPECT_GT(model.all.auc, 0.85);
  EXPECT_GT(model.all.auc, b.left_out.rows[2].all.auc);  // the pact alone
  EXPECT_GT(b.left_out.rows[2].all.auc, 0.55);
  EXPECT_DOUBLE_EQ(climate.all.auc, 0.5);
  EXPECT_LT(model.all.brier, climate.all.brier);
  EXPECT_LT(model.all.log, climate.all.log);
  EXPECT_GT(b.parameters.intervention.distance, 0.0);
  EXPECT_GT(b.parameters.will.preference, 0.0);
  // Differences are those of the scores, and this one is no chance.
  EXPECT_NEAR(climate.auc.mean, model.all.auc - climate.all.auc, 1e-12);
  EXPECT_NEAR(climate.log.mean, model.all.log - climate.all.log, 1e-12);
  EXPECT_NEAR(climate.brier.mean, model.all.brier - climate.all.brier, 1e-12);
  EXPECT_GT(climate.auc.low, 0.0);
  EXPECT_LT(climate.auc.low, climate.auc.mean);
  EXPECT_GT(climate.auc.high, climate.auc.mean);
  EXPECT_LT(climate.brier.high, 0.0);
  EXPECT_TRUE(std::isnan(model.auc.mean)) << "nothing is compared with itself";
}

TEST(Backtest, FindsNothingWhereThereIsNothing) {
  CowTables tables = made_up();
  for (CowWar& war : tables.wars) {
    for (WarCandidate& c : war.candidates) {
      // A hash of names, which no covariate knows.
      c.joined =
          mix(static_cast<std::uint64_t>(war.id), static_cast<std::uint64_t>(c.state)) % 4 == 0;
      c.side = WarSide::none;
    }
  }
  const WarBacktest b = run(tables);
  EXPECT_NEAR(b.left_out.rows[0].all.auc, 0.5, 0.13);  // 3 standard errors
  EXPECT_LT(b.left_out.rows[1].auc.low, 0.0);
  EXPECT_GT(b.left_out.rows[1].auc.high, 0.0);
}

TEST(Backtest, AWarsOutcomesDoNotReachItsForecast) {
  const CowTables tables = made_up();
  const WarBacktest before = run(tables);
  for (const std::size_t w : {std::size_t{0}, std::size_t{4}, war_count - 1}) {
    CowTables turned = tables;
    for (WarCandidate& c : turned.wars[w].candidates) {
      c.joined = !c.joined;
      c.side = WarSide::none;
    }
    const WarBacktest after = run(turned);
    for (std::size_t i = 0; i < war_count; ++i) {
      EXPECT_EQ(same_forecast(before.wars[i], after.wars[i], false), i == w) << w << ' ' << i;
    }
  }
}

TEST(Backtest, LaterWarsTeachNothing) {
  const CowTables tables = made_up();
  BacktestOptions options = few_runs();
  options.train_until = first_year + 13;  // seven wars
  options.test_from = first_year + 16;    // one is neither trained nor tested on
  const WarBacktest before = run(tables, options);
  EXPECT_EQ(before.left_out.wars, 7U);
  EXPECT_EQ(before.later.wars, 4U);
  EXPECT_EQ(before.wars.size(), 11U);
  EXPECT_GT(before.later.rows[0].all.auc, 0.7);
  CowTables turned = tables;
  for (std::size_t w = 7; w < war_count; ++w) {
    for (WarCandidate& c : turned.wars[w].candidates) {
      c.joined = !c.joined;
      c.side = WarSide::none;
    }
  }
  const WarBacktest after = run(turned, options);
  for (std::size_t i = 0; i < before.wars.size(); ++i) {
    EXPECT_TRUE(same_forecast(before.wars[i], after.wars[i], false)) << i;
  }
  // All wars trained on but none is tested: the parameters of a later war are those of the whole.
  EXPECT_EQ(before.wars.back().parameters.intervention.level, before.parameters.intervention.level);
}

TEST(Backtest, WorldWarsAreSetAside) {
  const WarBacktest b = run(made_up());
  EXPECT_TRUE(b.wars[5].world_war);
  const ModelRow& pact = b.left_out.rows[2];
  EXPECT_NE(pact.all.brier, pact.without_world_wars.brier);
}

TEST(Backtest, ThreadsAndOrderDoNotMatter) {
  const CowTables tables = made_up();
  const WarBacktest serial = run(tables);
  const WarBacktest threads = backtest_wars(tables, few_runs(), *thread_executor(3));
  const WarBacktest shuffled = backtest_wars(tables, few_runs(), *shuffled_executor(7));
  for (std::size_t i = 0; i < war_count; ++i) {
    EXPECT_TRUE(same_forecast(serial.wars[i], threads.wars[i], true));
    EXPECT_TRUE(same_forecast(serial.wars[i], shuffled.wars[i], true));
  }
}

TEST(Backtest, SaysWhatItNeeds) {
  CowTables tables = made_up();
  BacktestOptions options = few_runs();
  options.runs = 0;
  EXPECT_THROW(run(tables, options), ContractError);
  options = few_runs();
  options.test_from = options.train_until;
  EXPECT_THROW(run(tables, options), ContractError);
  tables.wars.resize(1);
  EXPECT_THROW(run(tables), ContractError);
}

// What the model is for. The tables do not come with the project.
TEST(Backtest, BeatsItsRivalsOnTheWarsUpTo1945) {
  const char* folder = std::getenv("CASUS_DATA");
  if (folder == nullptr) GTEST_SKIP() << "CASUS_DATA does not name a folder with wars/";
  BacktestOptions options;
  options.runs = 200;
  const WarBacktest b = backtest_wars(load_cow_tables(folder), options, *tbb_executor(2));
  EXPECT_EQ(b.left_out.wars, 53U);
  const std::vector<ModelRow>& rows = b.left_out.rows;
  EXPECT_NEAR(rows[2].all.auc, 0.677, 0.002);
  EXPECT_GT(rows[0].all.auc, 0.90);
  for (std::size_t m = 1; m < rows.size(); ++m) {
    EXPECT_GT(rows[0].all.auc, rows[m].all.auc);
    EXPECT_GT(rows[0].without_world_wars.auc, rows[m].without_world_wars.auc);
  }
  EXPECT_LT(rows[0].all.brier, rows[1].all.brier);
  EXPECT_LT(rows[0].without_world_wars.brier, rows[1].without_world_wars.brier);
  for (const WarForecast& war : b.wars) EXPECT_TRUE(war.sides_known) << war.name;
}

TEST(Backtest, OfTheWarsUpTo1913ForeseesWhoJoinsTheOnesFrom1914) {
  const char* folder = std::getenv("CASUS_DATA");
  if (folder == nullptr) GTEST_SKIP() << "CASUS_DATA does not name a folder with wars/";
  BacktestOptions options;
  options.runs = 200;
  options.train_until = 1913;
  options.test_from = 1914;
  const WarBacktest b = backtest_wars(load_cow_tables(folder), options, *tbb_executor(2));
  EXPECT_EQ(b.later.wars, 16U);
  EXPECT_GE(b.later.rows[0].all.auc, 0.870);
  for (std::size_t m = 1; m < b.later.rows.size(); ++m) {
    EXPECT_GT(b.later.rows[0].all.auc, b.later.rows[m].all.auc);
  }
}

}  // namespace
}  // namespace casus
