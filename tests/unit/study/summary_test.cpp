#include "casus/study/summary.h"

#include <gtest/gtest.h>

#include <cmath>

namespace casus {
namespace {

using Form = OutcomeSpec::Form;
using Status = OutcomeValue::Status;

OutcomeSpec outcome(Form form) {
  OutcomeSpec spec;
  spec.name = "asked";
  spec.title = "What was asked";
  spec.form = form;
  return spec;
}
OutcomeValue known(double v) { return {v, Status::known}; }

TEST(Summary, AnEverIsAProportion) {
  std::vector<OutcomeValue> values(29, known(0.0));
  values[4] = known(1.0);
  const OutcomeSummary s = summarise(outcome(Form::ever), values);
  EXPECT_EQ(s.statistic, OutcomeSummary::Statistic::proportion);
  EXPECT_EQ(s.happened, 1U);
  EXPECT_EQ(s.estimate.n, 29U);
  EXPECT_NEAR(s.estimate.low, .0061, 5e-5);  // Newcombe 1998
  EXPECT_EQ(s.title, "What was asked");
}

TEST(Summary, ACountIsAMeanWithItsSpread) {
  const std::vector<OutcomeValue> values{known(5), known(1), known(3), known(2), known(4)};
  const OutcomeSummary s = summarise(outcome(Form::count), values);
  EXPECT_EQ(s.statistic, OutcomeSummary::Statistic::mean);
  EXPECT_DOUBLE_EQ(s.estimate.value, 3.0);
  EXPECT_DOUBLE_EQ(s.minimum, 1.0);
  EXPECT_DOUBLE_EQ(s.q50, 3.0);
  EXPECT_DOUBLE_EQ(s.q95, 4.8);
  EXPECT_DOUBLE_EQ(s.maximum, 5.0);
}

TEST(Summary, RunsWithoutAnAnswerAreCountedAndLeftOut) {
  const std::vector<OutcomeValue> values{known(0.5), OutcomeValue{}, known(1.0), OutcomeValue{}};
  const OutcomeSummary s = summarise(outcome(Form::share), values);
  EXPECT_EQ(s.undefined, 2U);
  EXPECT_EQ(s.estimate.n, 2U);
  EXPECT_DOUBLE_EQ(s.estimate.value, 0.75);
  EXPECT_EQ(s.estimate.low, 0.0) << "a share stays in [0, 1], whatever two values suggest";
  EXPECT_EQ(s.estimate.high, 1.0);
}

TEST(Summary, AFirstIsAMedianWithCensoring) {
  std::vector<OutcomeValue> values(10, OutcomeValue{100.0, Status::censored});
  for (std::size_t i = 0; i < 6; ++i) values[i] = known(10.0 * double(i + 1));
  const OutcomeSummary s = summarise(outcome(Form::first), values);
  EXPECT_EQ(s.statistic, OutcomeSummary::Statistic::median_duration);
  EXPECT_DOUBLE_EQ(s.estimate.value, 50.0);
  EXPECT_EQ(s.happened, 6U);
  EXPECT_EQ(s.censored, 4U);
  EXPECT_DOUBLE_EQ(s.horizon, 100.0);
  EXPECT_EQ(s.estimate.n, 10U);
  EXPECT_DOUBLE_EQ(s.maximum, 60.0) << "of those that came";
}

TEST(Summary, FailedRunsAreLeftOut) {
  ScenarioData scenario;
  scenario.outcomes = {outcome(Form::count)};
  EnsembleResult result;
  result.runs.resize(3);
  result.runs[0].outcomes = {known(2.0)};
  result.runs[1].failure = RunFailure{};
  result.runs[2].outcomes = {known(4.0)};
  const auto summaries = summarise(scenario.outcomes, result);
  ASSERT_EQ(summaries.size(), 1U);
  EXPECT_EQ(summaries[0].estimate.n, 2U);
  EXPECT_DOUBLE_EQ(summaries[0].estimate.value, 3.0);
}

TEST(Summary, NoRunsNoAnswer) {
  for (const Form form : {Form::ever, Form::count, Form::first, Form::share}) {
    const OutcomeSummary s = summarise(outcome(form), {});
    EXPECT_EQ(s.estimate.n, 0U);
    EXPECT_TRUE(std::isnan(s.estimate.value));
    EXPECT_TRUE(std::isnan(s.q50));
  }
}

}  // namespace
}  // namespace casus
