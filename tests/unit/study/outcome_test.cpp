#include "casus/study/outcome.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "casus/core/contracts.h"
#include "small_world.h"

namespace casus {
namespace {

using testing::add;
using Form = OutcomeSpec::Form;
using Status = OutcomeValue::Status;

class Outcome : public ::testing::Test {
 protected:
  Outcome() {
    using namespace testing;
    add(log, {EventKind::attack, 3, jnim, mali, gao, EventArguments::none, 4.0, 9.0, 2.0});
    add(log, {EventKind::attack, 10, jnim, niger, niamey, EventArguments::none, 1.0, 5.0, 1.0});
    add(log, {EventKind::attack, 10, 4, mali, mopti, EventArguments::none, 2.0, 8.0, 8.0});
    add(log, {EventKind::intervention, 20, niger, mali, gao, ecowas, 500.0});
    add(log, {EventKind::intervention, 40, france, niger, niamey, EventArguments::none, 900.0});
    add(log, {EventKind::honour, 21, niger, mali, EventArguments::none, aes, 7.0});
    add(log, {EventKind::honour, 50, mali, niger, EventArguments::none, aes, 5.0});
    add(log, {EventKind::breach, 60, mali, niger, EventArguments::none, ecowas});
    add(log, {EventKind::operation, 70, mali, jnim, gao, EventArguments::none, 1.0, 18.0, 0.0});
  }

  OutcomeValue ask(Form form, const std::string& what,
                   const std::function<void(OutcomeSpec&)>& filter = {}) const {
    ScenarioData scenario = testing::small_scenario();
    OutcomeSpec spec;
    spec.name = "asked";
    spec.form = form;
    spec.what = what;
    if (filter) filter(spec);
    scenario.outcomes = {spec};
    return OutcomeSet(scenario).evaluate(log, testing::small_world()).at(0);
  }
  double value(Form form, const std::string& what,
               const std::function<void(OutcomeSpec&)>& filter = {}) const {
    const OutcomeValue v = ask(form, what, filter);
    EXPECT_EQ(v.status, Status::known);
    return v.value;
  }

  EventLog log;
};

TEST_F(Outcome, EverAndCount) {
  EXPECT_EQ(value(Form::ever, "attack"), 1.0);
  EXPECT_EQ(value(Form::ever, "coup"), 0.0);
  EXPECT_EQ(value(Form::count, "attack"), 3.0);
  EXPECT_EQ(value(Form::count, "coup"), 0.0);
}

TEST_F(Outcome, OfSeveralKindsAnyCounts) {
  const auto also = [](const std::string& kind) {
    return [kind](OutcomeSpec& s) { s.also = {kind}; };
  };
  EXPECT_EQ(value(Form::count, "attack", also("operation")), 4.0);
  EXPECT_EQ(value(Form::ever, "coup", also("operation")), 1.0);
  EXPECT_EQ(value(Form::ever, "coup", also("coup_attempt")), 0.0);
  EXPECT_EQ(value(Form::first, "operation", also("intervention")), 20.0);
  EXPECT_EQ(value(Form::last, "intervention", also("honour")), 50.0);
  EXPECT_DOUBLE_EQ(value(Form::share, "honour",
                         [](OutcomeSpec& s) {
                           s.also = {"operation"};
                           s.of = {"honour", "breach", "operation"};
                         }),
                   0.75);
}

TEST_F(Outcome, FiltersByAuthorTargetAndPlace) {
  using namespace testing;
  EXPECT_EQ(value(Form::count, "attack", [](auto& s) { s.by = {ActorId(jnim)}; }), 2.0);
  EXPECT_EQ(value(Form::count, "attack", [](auto& s) { s.against = {ActorId(mali)}; }), 2.0);
  EXPECT_EQ(value(Form::count, "attack", [](auto& s) { s.regions = {RegionId(gao)}; }), 1.0);
  EXPECT_EQ(value(Form::count, "attack",
                  [](auto& s) {
                    s.by = {ActorId(jnim), ActorId(niger)};
                    s.against = {ActorId(niger)};
                    s.regions = {RegionId(gao), RegionId(niamey)};
                  }),
            1.0);
  // An event without a place happens nowhere in particular.
  EXPECT_EQ(value(Form::count, "honour", [](auto& s) { s.regions = {RegionId(gao)}; }), 0.0);
}

TEST_F(Outcome, AGroupBornDuringTheRunIsNoneOfThoseNamed) {
  using namespace testing;
  EXPECT_EQ(value(Form::count, "attack",
                  [](auto& s) {
                    s.by = {ActorId(mali), ActorId(niger), ActorId(jnim), ActorId(france)};
                  }),
            2.0);
}

TEST_F(Outcome, APactActsThroughItsMembers) {
  using namespace testing;
  EXPECT_EQ(value(Form::count, "intervention", [](auto& s) { s.pact = {PactId(ecowas)}; }), 1.0);
  EXPECT_EQ(value(Form::count, "intervention",
                  [](auto& s) {
                    s.pact = {PactId(ecowas)};
                    s.by = {ActorId(france)};
                  }),
            2.0)
      << "one of those named";
  EXPECT_EQ(value(Form::ever, "intervention", [](auto& s) { s.pact = {PactId(aes)}; }), 0.0);
}

TEST_F(Outcome, WithinATimeAndAtLeastOfASize) {
  EXPECT_EQ(value(Form::count, "intervention", [](auto& s) { s.within_days = 40.0; }), 1.0);
  EXPECT_EQ(value(Form::count, "intervention", [](auto& s) { s.within_days = 40.5; }), 2.0);
  EXPECT_EQ(value(Form::count, "intervention", [](auto& s) { s.at_least = 500.5; }), 1.0);
  EXPECT_EQ(value(Form::count, "intervention", [](auto& s) { s.at_least = 500.0; }), 2.0);
}

TEST_F(Outcome, FirstIsCensoredByTheEndOrByItsTime) {
  EXPECT_EQ(value(Form::first, "honour"), 21.0);
  EXPECT_EQ(ask(Form::first, "coup"), (OutcomeValue{100.0, Status::censored}));
  EXPECT_EQ(ask(Form::first, "honour", [](auto& s) { s.within_days = 15.0; }),
            (OutcomeValue{15.0, Status::censored}));
  EXPECT_EQ(ask(Form::first, "coup", [](auto& s) { s.within_days = 365.0; }),
            (OutcomeValue{100.0, Status::censored}))
      << "watched for no longer than the run";
}

TEST_F(Outcome, LastIsOfThoseThatPass) {
  EXPECT_EQ(value(Form::last, "intervention"), 40.0);
  EXPECT_EQ(value(Form::last, "intervention", [](auto& s) { s.within_days = 40.0; }), 20.0);
  EXPECT_EQ(ask(Form::last, "coup").status, Status::undefined);
}

TEST_F(Outcome, FirstCountsDaysWhateverTheStep) {
  ScenarioData scenario = testing::small_scenario();
  scenario.clock.step = Minutes(12 * 60);
  OutcomeSpec spec;
  spec.form = Form::first;
  spec.what = "honour";
  scenario.outcomes = {spec};
  EXPECT_EQ(OutcomeSet(scenario).evaluate(log, testing::small_world()).at(0).value, 10.5);
}

TEST_F(Outcome, ShareOfNothingHasNoAnswer) {
  const auto whole = [](auto& s) { s.of = {"honour", "breach"}; };
  EXPECT_DOUBLE_EQ(value(Form::share, "honour", whole), 2.0 / 3.0);
  const OutcomeValue none = ask(Form::share, "honour", [&](auto& s) {
    whole(s);
    s.by = {ActorId(testing::france)};
  });
  EXPECT_EQ(none.status, Status::undefined);
  EXPECT_TRUE(std::isnan(none.value));
}

TEST_F(Outcome, SumsAreOverRegionsAtTheEnd) {
  const auto of_mali = [](auto& s) {
    s.regions = {RegionId(testing::gao), RegionId(testing::mopti)};
  };
  EXPECT_EQ(value(Form::sum, "deaths"), 115.0);
  EXPECT_EQ(value(Form::sum, "deaths", of_mali), 110.0);
  EXPECT_EQ(value(Form::sum, "civilian_deaths", of_mali), 40.0);
  EXPECT_EQ(value(Form::sum, "combat_deaths", of_mali), 70.0);
  EXPECT_EQ(value(Form::sum, "attacks", of_mali), 32.0);
  EXPECT_EQ(value(Form::sum, "displaced", of_mali), 31.0);
  EXPECT_EQ(value(Form::final, "displaced"), 48.0);
}

TEST_F(Outcome, SumsWithFiltersAreOverEvents) {
  using namespace testing;
  const auto by_jnim = [](auto& s) { s.by = {ActorId(jnim)}; };
  EXPECT_EQ(value(Form::sum, "deaths", by_jnim), 14.0);
  EXPECT_EQ(value(Form::sum, "civilian_deaths", by_jnim), 3.0);
  EXPECT_EQ(value(Form::sum, "combat_deaths", by_jnim), 11.0);
  EXPECT_EQ(value(Form::sum, "attacks", by_jnim), 5.0) << "not operations";
  EXPECT_EQ(value(Form::sum, "deaths", [](auto& s) { s.within_days = 71.0; }), 40.0);
  EXPECT_EQ(value(Form::sum, "deaths", [](auto& s) { s.within_days = 70.0; }), 22.0);
}

// What is reported is in no table of the world, so it is added up over events even without filters.
TEST_F(Outcome, ReportsAreAddedUpOverEvents) {
  using namespace testing;
  Event fight{.kind = EventKind::attack,
              .who = ActorId(jnim),
              .whom = ActorId(mali),
              .where = RegionId(gao),
              .deaths = 10.0,
              .reported_deaths = 12.0};
  log.add(fight);
  fight.where = RegionId(niamey);
  fight.civilian_deaths = 4.0;
  fight.reported_deaths = 5.0;
  log.add(fight);
  EXPECT_EQ(value(Form::sum, "reported_deaths"), 17.0);
  EXPECT_EQ(value(Form::sum, "reported_civilian_deaths"), 2.0);
  EXPECT_EQ(value(Form::sum, "reported_combat_deaths"), 15.0);
  const auto in_gao = [](auto& s) { s.regions = {RegionId(gao)}; };
  EXPECT_EQ(value(Form::sum, "reported_deaths", in_gao), 12.0);
  EXPECT_EQ(value(Form::sum, "reported_deaths", [](auto& s) { s.by = {ActorId(mali)}; }), 0.0);
  EXPECT_EQ(value(Form::sum, "reported_deaths", [](auto& s) { s.against = {ActorId(mali)}; }),
            17.0);
}

TEST_F(Outcome, FinalStates) {
  using namespace testing;
  EXPECT_DOUBLE_EQ(value(Form::final, "control"), (20.0 + 180.0 + 450.0) / 900.0);
  EXPECT_DOUBLE_EQ(value(Form::final, "control",
                         [](auto& s) {
                           s.regions = {RegionId(gao), RegionId(mopti)};
                         }),
                   0.5);
  EXPECT_DOUBLE_EQ(value(Form::final, "deaths_per_100k"), 1e5 * 115.0 / 900.0);
  const auto both = [](auto& s) { s.by = {ActorId(mali), ActorId(niger)}; };
  EXPECT_EQ(value(Form::final, "forces", both), 3300.0);
  EXPECT_EQ(value(Form::final, "resources", both), 30.0);
  EXPECT_DOUBLE_EQ(value(Form::final, "legitimacy", both), 0.4);
}

TEST_F(Outcome, WhatWasRemovedFromTheScenarioDoesNothing) {
  EXPECT_EQ(value(Form::ever, "attack", [](auto& s) { s.by = {ActorId()}; }), 0.0);
  EXPECT_EQ(value(Form::count, "intervention", [](auto& s) { s.pact = {PactId()}; }), 0.0);
  EXPECT_EQ(value(Form::count, "honour", [](auto& s) { s.against = {ActorId()}; }), 0.0);
  EXPECT_EQ(value(Form::sum, "deaths", [](auto& s) { s.regions = {RegionId()}; }), 0.0);
  EXPECT_EQ(value(Form::final, "forces", [](auto& s) { s.by = {ActorId()}; }), 0.0);
  EXPECT_EQ(ask(Form::final, "legitimacy", [](auto& s) { s.by = {ActorId()}; }).status,
            Status::undefined);
}

TEST_F(Outcome, WhatCannotBeAskedIsRefused) {
  EXPECT_THROW(ask(Form::sum, "happiness"), ContractError);
  EXPECT_THROW(ask(Form::ever, "picnic"), ContractError);
  EXPECT_THROW(ask(Form::sum, "displaced", [](auto& s) { s.within_days = 5.0; }), ContractError);
  EXPECT_THROW(ask(Form::final, "control", [](auto& s) { s.by = {ActorId(0)}; }), ContractError);
  EXPECT_THROW(ask(Form::final, "forces", [](auto& s) { s.regions = {RegionId(0)}; }),
               ContractError);
}

TEST_F(Outcome, ManyAtOnceInTheOrderOfTheScenario) {
  ScenarioData scenario = testing::small_scenario();
  for (const char* kind : {"breach", "attack", "honour", "attack"}) {
    OutcomeSpec spec;
    spec.form = Form::count;
    spec.what = kind;
    scenario.outcomes.push_back(spec);
  }
  const auto values = OutcomeSet(scenario).evaluate(log, testing::small_world());
  ASSERT_EQ(values.size(), 4U);
  EXPECT_EQ(values[0].value, 1.0);
  EXPECT_EQ(values[1].value, 3.0);
  EXPECT_EQ(values[2].value, 2.0);
  EXPECT_EQ(values[3].value, 3.0);
}

}  // namespace
}  // namespace casus
