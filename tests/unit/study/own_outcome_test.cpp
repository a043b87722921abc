#include "casus/study/own_outcome.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <stdexcept>
#include <string>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"
#include "casus/study/ensemble.h"
#include "casus/study/summary.h"

namespace casus {
namespace {

using Form = OutcomeSpec::Form;
constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

constexpr const char* asked_yaml = R"(casus: scenario/1
title: Two states
clock: {start: 2023-09-16, days: 40}
regions:
  north: {owner: arda, population: 400000, area: 9000 km2, at: [16, 0], grievance: 0.6}
actors:
  arda: {kind: state, forces: 9000, resources: 200, income: 300, capital: north}
  band: {kind: armed_group, forces: {triangular: [1500, 2000, 3000]}, support: 20}
presence:
  north: {arda: 3000, band: 1200}
outcomes:
  dead: {title: Deaths, sum: deaths}
  raids: {title: Attacks, count: attack}
)";

EnsembleResult ensemble(std::vector<OwnOutcome> outcomes, std::size_t runs = 6) {
  const Scenario scenario =
      Scenario::parse(asked_yaml, "two.yaml", standard_registry().vocabulary());
  EnsembleOptions options;
  options.runs = runs;
  const auto executor = serial_executor();
  options.executor = executor.get();
  options.outcomes = std::move(outcomes);
  return run_ensemble(scenario, standard_registry(), options);
}

OwnOutcome fixed(Form form, OutcomeValue value) {
  return {.name = "own", .form = form, .value = [value](const Simulation&) { return value; }};
}

TEST(OwnOutcome, AnswersWhatTheScenariosOwnWouldOfTheSameRuns) {
  const EnsembleResult result = ensemble(
      {{.name = "deaths_again",
        .unit = "people",
        .form = Form::sum,
        .value =
            [](const Simulation& s) {
              double all = 0.0;
              for (const double d : s.column("regions.deaths")) all += d;
              return OutcomeValue::of(all);
            }},
       {.name = "raids_again", .form = Form::count, .watch = [](Simulation& s) {
          const auto seen = std::make_shared<double>(0.0);
          s.on_event([seen](const Event& e) { *seen += e.kind == EventKind::attack ? 1.0 : 0.0; },
                     Simulation::From::start);
          return [seen](const Simulation&) { return OutcomeValue::of(*seen); };
        }}});
  ASSERT_EQ(result.outcomes.size(), 4U);
  EXPECT_EQ(result.outcomes[2].name, "deaths_again");
  double all = 0.0;
  for (const RunResult& run : result.runs) {
    ASSERT_EQ(run.outcomes.size(), 4U);
    EXPECT_EQ(run.outcomes[2], run.outcomes[0]);
    EXPECT_EQ(run.outcomes[3], run.outcomes[1]);
    all += run.outcomes[3].value;
  }
  EXPECT_GT(all, 0.0) << "nothing happened, so nothing was compared";
  const auto summaries = summarise(result.outcomes, result);
  ASSERT_EQ(summaries.size(), 4U);
  EXPECT_EQ(summaries[2].estimate.value, summaries[0].estimate.value);
  EXPECT_EQ(summaries[2].unit, "people");
  EXPECT_EQ(summaries[2].title, "deaths_again") << "without a title the name is printed";
}

TEST(OwnOutcome, ItsFormSaysHowRunsAreSummedUp) {
  const auto summary = [](Form form, OutcomeValue value) {
    const EnsembleResult result = ensemble({fixed(form, value)}, 3);
    EXPECT_EQ(result.failed(), 0U);
    return summarise(result.outcomes, result).back();
  };
  const OutcomeSummary ever = summary(Form::ever, OutcomeValue::of(1.0));
  EXPECT_EQ(ever.statistic, Statistic::proportion);
  EXPECT_EQ(ever.happened, 3U);
  const OutcomeSummary first = summary(Form::first, OutcomeValue::censored_at(40.0));
  EXPECT_EQ(first.censored, 3U);
  EXPECT_EQ(first.unit, "days");
  EXPECT_EQ(summary(Form::final, OutcomeValue::of(no_number)).undefined, 3U);
}

TEST(OwnOutcome, AValueThatIsNoneOfItsFormIsThatRunsFailure) {
  for (const auto& [form, value] : {std::pair{Form::ever, OutcomeValue::of(0.5)},
                                    {Form::ever, OutcomeValue::of(2.0)},
                                    {Form::count, OutcomeValue::of(1.5)},
                                    {Form::share, OutcomeValue::of(1.5)},
                                    {Form::final, OutcomeValue::of(1.0 / 0.0)},
                                    {Form::final, OutcomeValue::censored_at(3.0)}}) {
    const EnsembleResult result = ensemble({fixed(form, value)}, 2);
    ASSERT_EQ(result.failed(), 2U) << value.value;
    EXPECT_NE(result.runs[0].failure->what.find("outcome 'own'"), std::string::npos)
        << result.runs[0].failure->what;
  }
  const EnsembleResult thrown = ensemble({{.name = "own",
                                           .value = [](const Simulation& s) -> OutcomeValue {
                                             if (s.world().actors.size() > 1)
                                               throw std::runtime_error("no answer today");
                                             return {};
                                           }}},
                                         2);
  EXPECT_EQ(thrown.failed(), 2U);
  EXPECT_EQ(thrown.runs[0].failure->what, "no answer today");
}

TEST(OwnOutcome, ANameThatIsNoneOrIsTakenIsRefusedBeforeTheFirstRun) {
  const auto asks = [](const Simulation&) { return OutcomeValue::of(1.0); };
  EXPECT_THROW(ensemble({{.name = "dead", .value = asks}}), ContractError) << "the scenario's";
  EXPECT_THROW(ensemble({{.name = "x", .value = asks}, {.name = "x", .value = asks}}),
               ContractError);
  EXPECT_THROW(ensemble({{.name = "Two words", .value = asks}}), ContractError);
  EXPECT_THROW(ensemble({{.name = "x"}}), ContractError) << "nobody answers";
}

}  // namespace
}  // namespace casus
