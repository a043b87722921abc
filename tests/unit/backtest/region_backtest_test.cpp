#include "casus/backtest/region_backtest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <numeric>

#include "backtest/event_sizes.h"
#include "casus/backtest/excitation_forecast.h"
#include "casus/core/contracts.h"
#include "made_up_conflict.h"

namespace casus {
namespace {

using testing::made_up_conflict;
using testing::record_begins;
using testing::record_ends;

constexpr Month origin_17 = 2017 * 12;

RegionBacktestOptions few_draws() {
  RegionBacktestOptions o;
  o.origins = {origin_17, origin_17 + 6, origin_17 + 12};
  o.months = 9;
  o.draws = 60;
  return o;
}

ForecastRequest request(Month origin = origin_17) { return {origin, 9, 60, 1}; }

RegionForecast forecast(const ConflictRecord& record, Month origin = origin_17,
                        std::size_t camps = 2) {
  ExcitationForecastSettings settings;
  settings.camps = camps;
  return excitation_forecaster(settings).make(record.before(origin), request(origin),
                                              *serial_executor());
}

const ForecasterScores& named(const RegionBacktest& b, const std::string& name) {
  for (const ForecasterScores& f : b.forecasters) {
    if (f.name == name) return f;
  }
  throw std::runtime_error("no forecaster " + name);
}

// What is to come must not be seen: neither by the forecast nor by the rivals.
TEST(RegionForecast, NothingLaterMovesAByte) {
  const ConflictRecord record = made_up_conflict();
  ConflictRecord planted = record;
  for (std::size_t i = 0; i < 500; ++i) {
    ConflictEvent e;
    e.id = 1'000'000 + i;
    e.first = first_day(origin_17) + std::chrono::days(i % 40);
    e.last = e.first;
    e.region = 5;
    e.deaths = 100.0;
    planted.events.push_back(e);
  }
  for (std::size_t r = 0; r < 6; ++r) {
    for (Month m = origin_17; m < record_ends; ++m) {
      planted.deaths[r * planted.months() + static_cast<std::size_t>(m - record_begins)] += 1000.0;
    }
  }
  const RegionForecast a = forecast(record), b = forecast(planted);
  EXPECT_EQ(a.deaths, b.deaths);
  EXPECT_EQ(a.events, b.events);
  EXPECT_EQ(a.parameters, b.parameters);
  for (const Forecaster& rival : rival_forecasters()) {
    const auto made = [&](const ConflictRecord& r) {
      return rival.make(r.before(origin_17), request(), *serial_executor()).deaths;
    };
    EXPECT_EQ(made(record), made(planted)) << rival.name;
  }
  // But what was before does.
  planted.events.back().first = planted.events.back().last = first_day(origin_17 - 1);
  EXPECT_NE(forecast(planted).deaths, a.deaths);
}

TEST(RegionForecast, ThreadsAndOrderChangeNothing) {
  const ConflictRecord record = made_up_conflict();
  const Forecaster f = excitation_forecaster();
  const RegionBacktest serial = backtest_regions(record, f, few_draws(), *serial_executor());
  for (const auto& executor : {thread_executor(3), shuffled_executor(5)}) {
    const RegionBacktest other = backtest_regions(record, f, few_draws(), *executor);
    for (std::size_t i = 0; i < serial.forecasts.size(); ++i) {
      EXPECT_EQ(serial.forecasts[i].deaths, other.forecasts[i].deaths);
      EXPECT_EQ(serial.forecasts[i].events, other.forecasts[i].events);
    }
    for (std::size_t k = 0; k < serial.forecasters.size(); ++k) {
      for (std::size_t i = 0; i < serial.forecasts.size(); ++i) {
        EXPECT_EQ(serial.forecasters[k].origins[i].cells, other.forecasters[k].origins[i].cells);
      }
    }
    for (std::size_t k = 0; k < serial.facts.size(); ++k) {
      EXPECT_EQ(serial.facts[k].low, other.facts[k].low);
    }
    EXPECT_EQ(serial.differences[0].singly.low, other.differences[0].singly.low);
  }
}

// A draw is addressed by what it decides, so that more draws and more months add to it.
TEST(RegionForecast, MoreDrawsAndMonthsLeaveTheOthersAlone) {
  const ConflictRecord known = made_up_conflict().before(origin_17);
  const Forecaster f = excitation_forecaster();
  const RegionForecast few = f.make(known, {origin_17, 3, 10, 1}, *serial_executor());
  const RegionForecast many = f.make(known, {origin_17, 9, 20, 1}, *serial_executor());
  const RegionForecast other = f.make(known, {origin_17, 9, 20, 2}, *serial_executor());
  for (std::size_t r = 0; r < few.regions; ++r) {
    for (std::size_t m = 0; m + 1 < few.months; ++m) {  // the last week may lie in two months
      for (std::size_t d = 0; d < few.draws; ++d) {
        ASSERT_EQ(few.deaths[few.at(r, m, d)], many.deaths[many.at(r, m, d)]);
      }
    }
  }
  EXPECT_NE(many.deaths, other.deaths);
  EXPECT_EQ(many.parameters, other.parameters);
}

TEST(RegionForecast, DeathsComeFromEvents) {
  const RegionForecast f = forecast(made_up_conflict());
  double events = 0.0;
  for (std::size_t i = 0; i < f.deaths.size(); ++i) {
    EXPECT_EQ(f.deaths[i] > 0.0, f.events[i] > 0.0);
    EXPECT_GE(f.deaths[i], f.events[i]);
    events += f.events[i];
  }
  EXPECT_GT(events, 100.0);
  // Two camps have eleven figures for the record, one has six.
  EXPECT_EQ(f.parameters.size(), 11U);
  EXPECT_EQ(f.parameters[0].first, "others.background");
  EXPECT_EQ(forecast(made_up_conflict(), origin_17, 1).parameters.size(), 6U);
}

TEST(RegionForecast, BeatsItsRivalsWhereViolenceFeedsOnItself) {
  RegionBacktestOptions options;
  options.months = 6;
  options.draws = 200;
  for (Month m = 2016 * 12; m < 2018 * 12 + 6; m += 3) options.origins.push_back(m);
  const RegionBacktest b =
      backtest_regions(made_up_conflict(), excitation_forecaster(), options, *tbb_executor(2));
  EXPECT_LT(b.forecasters[0].mean(Score::crps), named(b, "nb12").mean(Score::crps));
  EXPECT_LT(b.forecasters[0].mean(Score::crps), named(b, "persistence").mean(Score::crps));
  EXPECT_LT(b.forecasters[0].mean(Score::log), named(b, "emp12").mean(Score::log));
  EXPECT_NEAR(b.forecasters[0].mean(Score::pit50), 0.5, 0.08);
  EXPECT_NEAR(b.forecasters[0].mean(Score::pit90), 0.9, 0.05);
}

TEST(Rivals, SayWhatTheirNamesSay) {
  ConflictRecord record = made_up_conflict();
  const auto cell = [&](std::size_t r, Month m) -> double& {
    return record.deaths[r * record.months() + static_cast<std::size_t>(m - record.from)];
  };
  for (int back = 1; back <= 24; ++back) cell(0, origin_17 - back) = back;
  const auto make = [&](std::size_t i) {
    return rival_forecasters()[i].make(record.before(origin_17), {origin_17, 2, 4000, 1},
                                       *serial_executor());
  };
  const RegionForecast persistence = make(0), mean12 = make(1), emp12 = make(2), emp24 = make(3);
  EXPECT_EQ(persistence.draws, 1U);
  EXPECT_EQ(persistence.deaths[persistence.at(0, 1, 0)], 1.0);
  EXPECT_EQ(mean12.deaths[mean12.at(0, 1, 0)], 6.5);
  EXPECT_EQ(emp12.draws, 12U);
  EXPECT_EQ(emp12.deaths[emp12.at(0, 1, 0)], 12.0);
  EXPECT_EQ(emp24.deaths[emp24.at(0, 0, 23)], 1.0);
  // Mean 6.5 and variance 11.9 of the numbers to 12; nobody has died in region 5.
  for (const std::size_t i : {4U, 7U}) {
    const RegionForecast f = make(i);
    double sum = 0.0, squares = 0.0, quiet = 0.0;
    for (std::size_t d = 0; d < f.draws; ++d) {
      const double x = f.deaths[f.at(0, 0, d)];
      sum += x / 4000.0;
      squares += x * x / 4000.0;
      quiet += f.deaths[f.at(5, 0, d)] / 4000.0;
    }
    EXPECT_NEAR(sum, 6.5, i == 4 ? 0.25 : 1.5) << i;
    if (i != 4) continue;
    EXPECT_NEAR(squares - sum * sum, 11.9, 1.5);
    EXPECT_NEAR(quiet, 0.02, 0.02);
  }
}

TEST(CellScores, OfAForecastThatKnowsAreZero) {
  const ConflictRecord record = made_up_conflict();
  RegionForecast f(origin_17, 6, 4, 3);
  for (std::size_t r = 0; r < 6; ++r) {
    for (std::size_t m = 0; m < 4; ++m) {
      for (std::size_t d = 0; d < 3; ++d) {
        f.deaths[f.at(r, m, d)] = record.deaths_in(r, origin_17 + static_cast<Month>(m));
      }
    }
  }
  const CellScores s = score_forecast(f, EnsembleKind::sample, record);
  for (const Score score : {Score::crps, Score::brier5, Score::brier25, Score::bias}) {
    for (const double x : s.of(score)) EXPECT_EQ(x, 0.0);
  }
  for (const double x : s.of(Score::pit90)) EXPECT_NEAR(x, 0.9, 1e-12);
  f.origin = record_ends - 3;
  EXPECT_THROW(score_forecast(f, EnsembleKind::sample, record), ContractError);
}

CellScores constant_scores(std::size_t regions, std::size_t months, double value) {
  CellScores s;
  s.regions = regions;
  s.months = months;
  for (std::vector<double>& cells : s.cells) cells.assign(regions * months, value);
  return s;
}

TEST(ScoreDifferences, AreCertainWhereAllCellsAgree) {
  const std::vector<CellScores> ours(5, constant_scores(4, 3, 2.0)),
      theirs(5, constant_scores(4, 3, 2.5));
  const ScoreDifference d = compare_scores(ours, theirs, Score::crps, 1);
  EXPECT_DOUBLE_EQ(d.mean, -0.5);
  EXPECT_DOUBLE_EQ(d.low, -0.5);
  EXPECT_DOUBLE_EQ(d.high, -0.5);
  EXPECT_EQ(d.share_below, 1.0);
}

TEST(ScoreDifferences, VaryAsOriginsAndRegionsDo) {
  // Differences are a sum of an origin's effect and a region's: the variance of the resampled mean
  // is the sum of both over their numbers.
  std::vector<CellScores> ours, theirs(8, constant_scores(10, 2, 0.0));
  for (std::size_t o = 0; o < 8; ++o) {
    ours.push_back(constant_scores(10, 2, 0.0));
    for (std::size_t r = 0; r < 10; ++r) {
      const double x = (o < 4 ? -1.0 : 1.0) + (r < 5 ? -2.0 : 2.0);
      for (std::size_t m = 0; m < 2; ++m) ours[o].cells[0][r * 2 + m] = x;
    }
  }
  const double sd = std::sqrt(1.0 / 8.0 + 4.0 / 10.0);
  const ScoreDifference d = compare_scores(ours, theirs, Score::crps, 1);
  EXPECT_NEAR(d.mean, 0.0, 1e-12);
  EXPECT_NEAR(d.high - d.low, 2.0 * 1.96 * sd, 0.35);
  EXPECT_NEAR(d.share_below, 0.45, 0.1);
}

TEST(ScoreDifferences, VaryMoreWhereSuccessiveOriginsGoTogether) {
  std::vector<CellScores> ours, theirs(24, constant_scores(3, 2, 0.0));
  for (std::size_t o = 0; o < 24; ++o) ours.push_back(constant_scores(3, 2, o < 12 ? -1.0 : 1.0));
  const auto width = [&](std::size_t block) {
    const ScoreDifference d = compare_scores(ours, theirs, Score::crps, block);
    return d.high - d.low;
  };
  EXPECT_NEAR(width(1), 2.0 * 1.96 / std::sqrt(24.0), 0.1);
  // A run of twelve has any mean from -1 to 1, as likely as the other; two of them are drawn.
  EXPECT_NEAR(width(12), 2.0 * (2.0 - std::sqrt(8.0 * 0.025)) * 0.5, 0.2);
}

TEST(EventSizes, ComeFromTheCampsPool) {
  std::vector<SizedEvent> events;
  for (int i = 0; i < 30; ++i) events.push_back({0, 0, 2.0});
  for (int i = 0; i < 10; ++i) events.push_back({1, 1, 50.0});
  const EventSizePools pools(events, 2, 3, 0.0);
  Stream stream({1, 0}, 0, Purpose("sizes test"), {});
  // Region 2 has no events and no factor. Camp 1 has too few, and draws from all.
  double largest = 0.0;
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(pools.draw(stream, 0, 2), 2.0);
    largest = std::max(largest, pools.draw(stream, 1, 2));
  }
  EXPECT_EQ(largest, 50.0);
  EXPECT_EQ(pools.region_factor(2), 1.0);
  // All 40 events have a mean of 14; camp 1 counts as that, region 1 as 50.
  EXPECT_NEAR(pools.region_factor(1), (20.0 * 14.0 + 500.0) / (20.0 * 14.0 + 140.0), 1e-12);
  EXPECT_EQ(EventSizePools({}, 1, 1, 0.6).draw(stream, 0, 0), 1.0);
}

TEST(StylisedFacts, OfPathsThatAreKnown) {
  ConflictRecord record;
  record.regions = {{"MLI:A", "MLI"}, {"MLI:B", "MLI"}};
  record.neighbours = {{1}, {0}};
  record.from = 0;
  record.until = 4;
  record.deaths = {6, 6, 0, 30, 0, 0, 8, 0};
  RegionForecast f(0, 2, 4, 2);
  f.events = f.deaths;
  for (std::size_t r = 0; r < 2; ++r) {
    for (std::size_t m = 0; m < 4; ++m) {
      f.deaths[f.at(r, m, 0)] = f.deaths[f.at(r, m, 1)] = record.deaths[r * 4 + m];
    }
  }
  const RegionForecast* window = &f;
  const std::vector<FactRow> facts = stylised_facts({&window, 1}, record, *serial_executor());
  const auto value = [&](std::string_view name) {
    for (const FactRow& row : facts) {
      if (row.name != name) continue;
      EXPECT_TRUE(std::isnan(row.low) || (row.low == row.high && row.inside())) << name;
      return row.observed;
    }
    return -1.0;
  };
  EXPECT_DOUBLE_EQ(value("mean deaths"), 50.0 / 8.0);
  EXPECT_DOUBLE_EQ(value("share of zeros"), 0.5);
  EXPECT_DOUBLE_EQ(value("share >= 25"), 0.125);
  // Violent months before a step: A 1, A 2, B 3; after the first it stays so.
  EXPECT_DOUBLE_EQ(value("P(v after v)"), 1.0 / 3.0);
  // Calm ones: A 3 (B is violent, and A is after it), B 1 and B 2 (A is; after the second B is).
  EXPECT_DOUBLE_EQ(value("onset, violent neighbour"), 2.0 / 3.0);
  EXPECT_TRUE(std::isnan(value("onset, no violent neighbour")));
}

TEST(CountryTotals, AddUp) {
  const ConflictRecord record = made_up_conflict();
  const RegionForecast f = forecast(record);
  const RegionForecast* window = &f;
  const std::vector<CountryTotal> totals = country_totals({&window, 1}, record);
  ASSERT_EQ(totals.size(), 2U);
  double observed = 0.0;
  for (std::size_t r = 0; r < 3; ++r) {
    for (Month m = 0; m < 9; ++m) observed += record.deaths_in(r, origin_17 + m);
  }
  EXPECT_EQ(totals[0].country, "AAA");
  EXPECT_EQ(totals[0].observed, observed);
  EXPECT_LT(totals[0].low, totals[0].median);
}

TEST(RegionBacktest, SaysWhatItNeedsAndWhatItLeavesOut) {
  const ConflictRecord record = made_up_conflict();
  const Forecaster f = excitation_forecaster();
  RegionBacktestOptions options = few_draws();
  options.origins = {origin_17, record_ends - 3};
  const RegionBacktest b = backtest_regions(record, f, options, *serial_executor());
  EXPECT_EQ(b.options.origins, (std::vector<Month>{origin_17}));
  ASSERT_EQ(b.notes.size(), 1U);
  EXPECT_EQ(b.notes[0], "1 of 2 origins left out: their 9 months are not all observed");
  options.origins = {record_ends};
  EXPECT_THROW(backtest_regions(record, f, options, *serial_executor()), ContractError);
  options.origins = {record_begins + 20};
  EXPECT_THROW(backtest_regions(record, f, options, *serial_executor()), ContractError);
  options = few_draws();
  options.draws = 1;
  EXPECT_THROW(backtest_regions(record, f, options, *serial_executor()), ContractError);
}

TEST(RegionBacktest, KnowsWhichWindowsOverlap) {
  const RegionBacktest b = backtest_regions(made_up_conflict(), excitation_forecaster(),
                                            few_draws(), *serial_executor());
  EXPECT_EQ(b.block, 2U);
  EXPECT_EQ(b.apart, (std::vector<Month>{origin_17, origin_17 + 12}));
  EXPECT_EQ(b.facts.size(), 13U);
  EXPECT_EQ(month_name(default_origins(12).front()), "2019-09");
  EXPECT_EQ(month_name(default_origins(12).back()), "2022-09");
  EXPECT_EQ(month_name(default_origins(24).back()), "2021-09");
}

// What the forecaster is for. The tables do not come with the project.
TEST(RegionBacktest, ForecastsTheSahelBetterThanItsRivals) {
  const char* folder = std::getenv("CASUS_DATA");
  if (folder == nullptr) GTEST_SKIP() << "CASUS_DATA does not name a folder with sahel/";
  RegionBacktestOptions options;
  options.draws = 400;
  const ConflictRecord record = load_conflict_record(folder);
  const RegionBacktest b =
      backtest_regions(record, excitation_forecaster(), options, *tbb_executor(2));
  // Of rivals that draw nothing, what an independent program makes of the same months.
  EXPECT_NEAR(named(b, "persistence").mean(Score::crps), 13.799, 0.0006);
  EXPECT_NEAR(named(b, "mean12").mean(Score::log), 1.279, 0.0006);
  EXPECT_NEAR(named(b, "emp12").mean(Score::crps), 8.798, 0.0006);
  EXPECT_NEAR(named(b, "emp12").mean(Score::pit90), 0.845, 0.0006);
  EXPECT_NEAR(named(b, "nb12").mean(Score::crps), 8.71, 0.05);
  EXPECT_NEAR(named(b, "zi12").mean(Score::crps), 9.05, 0.05);
  const ForecasterScores& casus = b.forecasters.front();
  EXPECT_LT(casus.mean(Score::crps), 8.40);
  EXPECT_LT(casus.mean(Score::log), 0.85);
  EXPECT_LT(casus.mean(Score::brier5), 0.111);
  EXPECT_LT(casus.mean(Score::brier25), 0.085);
  EXPECT_NEAR(casus.mean(Score::pit50), 0.50, 0.05);
  EXPECT_NEAR(casus.mean(Score::pit90), 0.895, 0.025);
  for (const RivalDifference& d : b.differences) EXPECT_LT(d.singly.high, 0.0) << d.rival;
}

}  // namespace
}  // namespace casus
