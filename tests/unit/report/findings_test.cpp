#include "report/findings.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "casus/core/contracts.h"
#include "made_up.h"

namespace casus::report {
namespace {

using Form = OutcomeSpec::Form;

TEST(Findings, ADifferenceIsThatOfTheSameWorlds) {
  ReportData data = test::data_of(Form::sum, {10, 20, 30, 40});
  data.arms.push_back(test::arm_of("more", Form::sum, {11, 22, 31, 42}));
  const Difference d = differences(data, 1).at(0);
  EXPECT_DOUBLE_EQ(d.estimate.value, 1.5);
  EXPECT_EQ(d.estimate.n, 4U);
  EXPECT_TRUE(d.certain);
  EXPECT_FALSE(d.of_worlds);
  // Unpaired, the spread of the values would hide it.
  EXPECT_GT(d.estimate.low, 0.5);
  data.arms[1].runs = {2, 3, 4, 5};
  EXPECT_EQ(differences(data, 1).at(0).estimate.n, 2U) << "only worlds that both have run";
}

TEST(Findings, AnInertPolicyHasPairsThatAreTheSame) {
  ReportData data = test::data_of(Form::ever, {0, 1, 1, 0});
  data.arms.push_back(test::arm_of("idle", Form::ever, {0, 1, 1, 0}));
  EXPECT_EQ(pairs_of(data, 1).same, 4U);
  data.arms[1].hashes[2] ^= 1U;
  EXPECT_EQ(pairs_of(data, 1).same, 3U) << "the same outcomes from another world are not the same";
  EXPECT_EQ(pairs_of(data, 1).all, 4U);
}

TEST(Findings, HistogramsCountEveryRunOnceInTheSameClasses) {
  ReportData data = test::data_of(Form::sum, {0.0, 0.5, 9.99, 10.0, 3.0});
  data.arms.push_back(test::arm_of("other", Form::sum, {-7.0, 2.0, 2.0, 2.0, 40.0}));
  const std::vector<Histogram> h = histograms(data, 0);
  ASSERT_EQ(h.size(), 2U);
  EXPECT_EQ(h[0].from, h[1].from);
  EXPECT_EQ(h[0].counts.size(), h[1].counts.size());
  for (const Histogram& one : h) {
    EXPECT_EQ(std::accumulate(one.counts.begin(), one.counts.end(), std::size_t{0}), 5U);
  }
  EXPECT_LE(h[0].from, -7.0);
  EXPECT_GT(h[0].from + h[0].width * static_cast<double>(h[0].counts.size()), 40.0);
}

TEST(Findings, AHistogramOfWholeNumbersHasWholeClasses) {
  const Histogram h = histograms(test::data_of(Form::count, {0, 1, 1, 3}), 0).at(0);
  EXPECT_EQ(h.width, 1.0);
  EXPECT_EQ(h.counts, (std::vector<std::size_t>{1, 2, 0, 1}));
  EXPECT_TRUE(histograms(test::data_of(Form::sum, {}), 0).at(0).counts.empty());
}

TEST(Findings, ConvergenceEndsAtTheEstimate) {
  std::vector<double> values;
  for (int i = 0; i < 333; ++i) values.push_back(i % 7);
  const ReportData data = test::data_of(Form::sum, values);
  const Convergence c = convergence(data, 0, 0);
  EXPECT_EQ(c.n.back(), 333U);
  EXPECT_EQ(c.estimates.back().value, data.arms[0].summaries[0].estimate.value);
  EXPECT_LE(c.n.size(), 40U);
  EXPECT_LT(c.estimates.back().high - c.estimates.back().low,
            c.estimates.front().high - c.estimates.front().low);
}

TEST(Findings, TheStrongestInfluenceComesFirstAndNoiseIsNotToldFromNone) {
  std::vector<double> values, cause, noise;
  for (int i = 0; i < 100; ++i) {
    cause.push_back(i);
    noise.push_back((i * 37) % 100);
    values.push_back(std::exp(-0.05 * i));
  }
  ReportData data = test::data_of(Form::sum, values);
  data.arms[0].inputs = {{"noise", noise}, {"cause", cause}};
  const std::vector<Influence> found = influences(data).at(0);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].input, "cause");
  EXPECT_NEAR(found[0].rho.value, -1.0, 1e-9) << "a rank correlation sees no curve";
  EXPECT_LT(found[1].rho.low, 0.0);
  EXPECT_GT(found[1].rho.high, 0.0);
}

TEST(Findings, AnInputThatSomeRunsLackIsComparedInTheOthers) {
  ReportData data = test::data_of(Form::sum, {5, 1, 4, 2, 3, 6, 7, 8});
  const double none = std::numeric_limits<double>::quiet_NaN();
  data.arms[0].inputs = {{"whole", {5, 1, 4, 2, 3, 6, 7, 8}},
                         {"some", {none, 1, 4, 2, 3, none, 7, 8}}};
  const std::vector<Influence> found = influences(data).at(0);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].rho.n, 8U);
  EXPECT_NEAR(found[0].rho.value, 1.0, 1e-12);
  EXPECT_EQ(found[1].rho.n, 6U);
  EXPECT_NEAR(found[1].rho.value, 1.0, 1e-12) << "ranked among the six";
}

TEST(Findings, PoliciesSideBySideHaveTheOutcomesOfAll) {
  ReportData one = test::data_of(Form::sum, {1, 2, 3}), two = test::data_of(Form::sum, {2, 3, 4});
  one.outcomes.insert(one.outcomes.begin(), {"own", "Own", "", Form::ever, false});
  one.arms[0].values.insert(one.arms[0].values.begin(), one.arms[0].values[0]);
  one.arms[0].times.emplace_back();
  one.arms[0].summaries.insert(one.arms[0].summaries.begin(), one.arms[0].summaries[0]);
  const ReportData both = side_by_side({{"as it is", one}, {"other", two}});
  ASSERT_EQ(both.outcomes.size(), 1U);
  EXPECT_EQ(both.outcomes[0].name, "war");
  ASSERT_EQ(both.arms.size(), 2U);
  EXPECT_EQ(both.arms[1].name, "other");
  EXPECT_EQ(differences(both, 1).at(0).estimate.value, 1.0);
  EXPECT_THROW(side_by_side({}), ContractError);
}

ReportEvent event(std::uint32_t id, const char* kind, const char* who,
                  std::vector<std::uint32_t> causes, double deaths = 0.0) {
  ReportEvent e;
  e.id = id;
  e.date = "2023-02-01";
  e.kind = kind;
  e.who = who;
  e.causes = std::move(causes);
  e.deaths = deaths;
  return e;
}

TEST(Findings, BehindWhatIsNotToldStandsWhatLedToIt) {
  const ReportRun run{0,
                      {event(10, "invasion", "a", {}, 5.0), event(11, "covered", "b", {10}),
                       event(12, "obliged", "b", {11}), event(13, "attack", "c", {}, 2.0),
                       event(14, "honour", "b", {12, 13})},
                      {}};
  const Telling t = telling(run);
  ASSERT_EQ(t.events.size(), 2U);
  EXPECT_EQ(t.events[0]->kind, "invasion");
  EXPECT_EQ(t.causes[1], (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(t.deaths, 7.0);
  EXPECT_EQ(t.lanes, (std::vector<std::string>{"a", "b"}));
}

TEST(Findings, OfManyEventsTheWeightyAreTold) {
  ReportRun run;
  for (std::uint32_t i = 0; i < 500; ++i) run.events.push_back(event(i, "deployment", "a", {}));
  run.events.push_back(event(500, "peace", "b", {499}));
  const Telling t = telling(run, 20);
  EXPECT_EQ(t.events.size(), 20U);
  EXPECT_EQ(t.events.back()->kind, "peace");
}

TEST(Heading, SaysWhyARunIsToldAndInWhat) {
  ReportRun run{7, {}, {}};
  EXPECT_EQ(report::heading(run, 12.0), "Run 7: 12 deaths");
  EXPECT_EQ(report::heading(run, 0.0), "Run 7: nobody killed");
  EXPECT_EQ(report::heading(run, 1.0), "Run 7: 1 death");
  run.role = "typical";
  EXPECT_EQ(report::heading(run, 2664.0), "Run 7, a typical one: 2,664 deaths");
  run.role = "most deaths";
  EXPECT_EQ(report::heading(run, 42821.0), "Run 7, with the most deaths: 42,821");
  run.role = "highest";
  run.measure = "Votes on force";
  run.value = 9.0;
  EXPECT_EQ(report::heading(run, 2664.0), "Run 7, highest in “Votes on force” (9): 2,664 deaths");
}

}  // namespace
}  // namespace casus::report
