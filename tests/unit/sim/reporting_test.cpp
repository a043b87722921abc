#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

using namespace test;

/// A state and two groups that fight in one region.
struct Front {
  Front() : data(empty_scenario()) {
    state = add_actor(data, "state", ActorKind::state, 1000.0);
    rebels = add_actor(data, "rebels", ActorKind::armed_group, 100.0);
    others = add_actor(data, "others", ActorKind::armed_group, 100.0);
    land = add_region(data, "land", state);
    data.presence.push_back({state, land, 500.0, Role::garrison});
  }
  Event attack(double deaths, double of_groups = 0.0, double count = 1.0) const {
    return {.kind = EventKind::attack,
            .who = rebels,
            .whom = state,
            .where = land,
            .size = count,
            .deaths = deaths,
            .group_deaths = of_groups};
  }
  ScenarioData data;
  ActorId state, rebels, others;
  RegionId land;
};

/// What is reported of an event in each of many runs.
std::vector<double> reports(const Front& front, const Event& event, double control,
                            Changes changes = {}) {
  std::vector<double> out;
  for (std::uint32_t run = 0; run < 4000; ++run) {
    Sandbox box(front.data, serial_executor(), run);
    box.world.regions.control[0] = control;
    const auto mechanism = configured(make_reporting(), changes);
    StepContext now = box.context();
    const EventId id = now.happened(event);
    mechanism->step(now);
    out.push_back(box.log[id].reported_deaths);
  }
  return out;
}

struct Mean {
  double share = 0.0, mean = 0.0, error = 0.0;
};

Mean mean_of(const std::vector<double>& values) {
  Mean out;
  const auto n = static_cast<double>(values.size());
  double squares = 0.0;
  for (const double x : values) {
    out.share += (x > 0.0 ? 1.0 : 0.0) / n;
    out.mean += x / n;
    squares += x * x / n;
  }
  out.error = std::sqrt((squares - out.mean * out.mean) / n);
  return out;
}

/// Standard error of a share of 4,000.
double error_of(double p) { return std::sqrt(p * (1.0 - p) / 4000.0); }

TEST(Reporting, TableIsInOrder) { expect_table_in_order(make_reporting); }

TEST(Reporting, TheLargerTheEventTheOftenerItIsHeardOf) {
  const Front front;
  for (const double deaths : {1.0, 3.0, 10.0}) {
    const double p = 1.0 - std::exp(-0.7 * deaths);
    const Mean seen = mean_of(reports(front, front.attack(deaths), 0.9));
    EXPECT_NEAR(seen.share, p, 4.0 * error_of(p)) << deaths;
    EXPECT_NEAR(seen.mean, p * deaths, 4.0 * seen.error) << deaths;
  }
}

TEST(Reporting, HalfIsHeardOfWhereTheStateHoldsLittle) {
  const Front front;
  const double p = 0.5 * (1.0 - std::exp(-0.7 * 3.0));
  EXPECT_NEAR(mean_of(reports(front, front.attack(3.0), 0.29)).share, p, 4.0 * error_of(p));
  EXPECT_NEAR(mean_of(reports(front, front.attack(3.0), 0.31)).share, 2.0 * p,
              4.0 * error_of(2.0 * p));
}

TEST(Reporting, ArmiesClaimMoreRebelsThanDied) {
  const Front front;
  const Mean claimed = mean_of(reports(front, front.attack(20.0, 12.0), 0.9));
  EXPECT_NEAR(claimed.mean, 20.0 + 0.5 * 12.0, 4.0 * claimed.error);
  Event rivals = front.attack(20.0, 20.0);
  rivals.whom = front.others;
  const Mean counted = mean_of(reports(front, rivals, 0.9));
  EXPECT_NEAR(counted.mean, 20.0, 4.0 * counted.error);
}

TEST(Reporting, EachAttackOfAStepIsReportedByItself) {
  const Front front;
  const double p = 1.0 - std::exp(-0.7);
  const Mean seen = mean_of(reports(front, front.attack(4.0, 0.0, 4.0), 0.9));
  EXPECT_NEAR(seen.mean, 4.0 * p, 4.0 * seen.error);
  const double any = 1.0 - std::pow(1.0 - p, 4.0);
  EXPECT_NEAR(seen.share, any, 4.0 * error_of(any));
}

TEST(Reporting, NobodyDeadNothingReported) {
  const Front front;
  EXPECT_EQ(mean_of(reports(front, front.attack(0.0), 0.9, {{"visibility", 5.0}})).share, 0.0);
}

TEST(Reporting, WithoutNoiseAndClaimsItIsTheTruth) {
  const Front front;
  const Changes exact = {{"visibility", 5.0}, {"noise", 0.0}, {"claims", 1.0}, {"dark_share", 1.0}};
  for (const double x : reports(front, front.attack(40.0, 7.0), 0.1, exact)) EXPECT_EQ(x, 40.0);
}

// A draw is found by who, whom, where and what, so other events of the step leave it as it is; and
// two alike have two draws.
TEST(Reporting, EveryEventHasDrawsOfItsOwn) {
  const Front front;
  const auto after = [&](bool other_first) {
    Sandbox box(front.data);
    const auto mechanism = configured(make_reporting(), {{"visibility", 5.0}});
    StepContext now = box.context();
    if (other_first) {
      Event other = front.attack(9.0);
      other.who = front.others;
      now.happened(other);
    }
    const EventId first = now.happened(front.attack(30.0));
    const EventId second = now.happened(front.attack(30.0));
    mechanism->step(now);
    return std::vector<double>{box.log[first].reported_deaths, box.log[second].reported_deaths};
  };
  const std::vector<double> alone = after(false);
  EXPECT_EQ(after(true), alone);
  EXPECT_NE(alone[0], alone[1]);
}

TEST(Reporting, WhatWasReportedBeforeStays) {
  const Front front;
  Sandbox box(front.data);
  const auto mechanism = configured(make_reporting());
  StepContext first = box.context();
  const EventId id = first.happened(front.attack(30.0));
  mechanism->step(first);
  const double reported = box.log[id].reported_deaths;
  ++box.step;
  StepContext second = box.context();
  mechanism->step(second);
  EXPECT_EQ(box.log[id].reported_deaths, reported);
}

TEST(Reporting, TheWorldDoesNotHearOfIt) {
  const Front front;
  Sandbox box(front.data);
  const std::uint64_t before = hash(box.world);
  const auto mechanism = configured(make_reporting());
  double reported = 0.0;
  for (box.step = 0; box.step < 30; ++box.step) {
    StepContext now = box.context();
    const EventId id = now.happened(front.attack(5.0));
    mechanism->step(now);
    reported += box.log[id].reported_deaths;
  }
  EXPECT_GT(reported, 0.0);
  EXPECT_EQ(hash(box.world), before);
}

}  // namespace
}  // namespace casus
