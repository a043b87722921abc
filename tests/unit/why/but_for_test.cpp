#include "casus/why/but_for.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/core/contracts.h"
#include "dice.h"

// Probabilities of necessity and sufficiency, held against all that can happen.
namespace casus::test {
namespace {

why::Runs some(std::size_t n) {
  why::Runs runs;
  runs.runs = n;
  runs.seed = 11;
  return runs;
}

/// The four counts over all throws of the dice.
why::ButFor counted_out() {
  why::ButFor all;
  for (int ground = 0; ground < 6; ++ground) {
    for (int storm = 0; storm < 6; ++storm) {
      for (int watch = 0; watch < 6; ++watch) {
        const bool with = burns(true, ground, storm, watch);
        const bool without = burns(false, ground, storm, watch);
        ++(with ? (without ? all.both : all.only_with)
                : (without ? all.only_without : all.neither));
      }
    }
  }
  why::estimate(all);
  return all;
}

void expect_near(const Estimate& found, const Estimate& exact) {
  const double error = std::sqrt(exact.value * (1.0 - exact.value) / static_cast<double>(found.n));
  EXPECT_NEAR(found.value, exact.value, 4.0 * error);
  EXPECT_LT(found.low, found.value);
  EXPECT_GT(found.high, found.value);
}

TEST(ButFor, AgreesWithAllThrowsOfTheDiceCountedOutSlow) {
  const why::ButFor exact = counted_out();
  // Something of each kind is there to be told apart.
  ASSERT_GT(exact.only_with * exact.only_without * exact.both * exact.neither, 0U);
  const Scenario with = dice_scenario();
  const Scenario without = with.with({why::taking_away("mechanisms.dice.spark=0")});
  const why::ButFor found = why::but_for(with, without, dice_registry(), "fire", some(1500));
  ASSERT_EQ(found.runs, 1500U);
  EXPECT_EQ(found.failed, 0U);
  EXPECT_EQ(found.both + found.only_with + found.only_without + found.neither, found.runs);
  expect_near(found.necessity, exact.necessity);
  expect_near(found.sufficiency, exact.sufficiency);
  expect_near(found.necessary_and_sufficient, exact.necessary_and_sufficient);
  // What happens in both worlds happens in the same way.
  EXPECT_EQ(found.parted, found.only_with + found.only_without);
  ASSERT_TRUE(found.median_step.has_value());
  EXPECT_EQ(*found.median_step, 3U);
}

TEST(ButFor, WhatHasNoEffectHasNone) {
  const std::string idle = R"(pacts:
  idle:
    title: An idle pact
    in_force: 2029-01-01
    members: [arden, belmar]
    articles:
      "1": {when: {act: [invasion]}, then: {assist: [troops]}}
)";
  const Scenario with = dice_scenario(idle);
  const Scenario without = with.with({why::taking_away("pacts.idle")});
  const why::ButFor found = why::but_for(with, without, dice_registry(), "fire", some(60));
  EXPECT_EQ(found.parted, 0U);
  EXPECT_FALSE(found.median_step.has_value());
  EXPECT_EQ(found.only_with + found.only_without, 0U);
  EXPECT_EQ(found.necessity.value, 0.0);
  EXPECT_EQ(found.never.size(), 5U);
}

TEST(ButFor, AShareOfNothingIsNone) {
  why::ButFor none;
  none.both = 4;
  why::estimate(none);
  EXPECT_EQ(none.necessity.value, 0.0);
  EXPECT_TRUE(std::isnan(none.sufficiency.value)) << "it came in every world without it";
}

TEST(Target, AQuantityHasHappenedFromALimitOn) {
  const Scenario s = dice_scenario();
  EXPECT_THROW(why::Target(s.data(), "control"), ContractError);
  EXPECT_THROW(why::Target(s.data(), "control>much"), ContractError);
  EXPECT_THROW(why::Target(s.data(), "fier"), ContractError);
  const RunResult run = run_once(s, dice_registry(), {1, 0, true});
  EXPECT_TRUE(why::Target(s.data(), "control>0.5").happened(run));
  EXPECT_FALSE(why::Target(s.data(), "control<0.5").happened(run));
  EXPECT_FALSE(why::Target(s.data(), "control>0.5").event(run.events->log).valid());
}

TEST(FirstDivergence, IsTheFirstEventThatOneOfTheWorldsDoesNotHave) {
  const Scenario with = dice_scenario();
  const Scenario without = with.with({why::taking_away("mechanisms.dice.spark=0")});
  bool seen = false;
  for (std::uint32_t r = 0; r < 40; ++r) {
    const RunResult a = run_once(with, dice_registry(), {11, r, true});
    const RunResult b = run_once(without, dice_registry(), {11, r, true});
    const why::Divergence d =
        why::first_divergence({with.data(), *a.events}, {without.data(), *b.events});
    EXPECT_EQ(d.parts, a.events_hash != b.events_hash);
    if (!d.parts) continue;
    seen = true;
    EXPECT_EQ(d.step, 3U);
    EXPECT_NE(d.with.valid(), d.without.valid()) << "it burns in one of them";
  }
  EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace casus::test
