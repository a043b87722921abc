#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "casus/core/calendar.h"
#include "casus/core/diagnostics.h"
#include "casus/rules/hazard.h"
#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

using namespace test;

/// Many states alike, without borders: a sample of hazards.
ScenarioData sample(std::size_t n, Minutes step = Minutes(24 * 60)) {
  ScenarioData s = empty_scenario(step);
  for (std::size_t i = 0; i < n; ++i) {
    const ActorId a = add_actor(s, "state" + std::to_string(i), ActorKind::state, 1e4, 50.0);
    s.actors.back().regime = Regime::anocracy;
    add_region(s, "region" + std::to_string(i), a);
  }
  return s;
}

/// Share of the states with an attempt in the first `days`.
double attempts(const ScenarioData& s, double days, Changes changes,
                const std::function<void(World&)>& prepare = {}) {
  Sandbox box(s);
  if (prepare) prepare(box.world);
  box.run(*configured(make_coups(), changes), days);
  std::vector<bool> hit(s.actors.size(), false);
  for (const Event& e : box.log.all()) {
    if (e.kind == EventKind::coup_attempt) hit[e.whom.row()] = true;
  }
  return static_cast<double>(std::count(hit.begin(), hit.end(), true)) /
         static_cast<double>(hit.size());
}

TEST(Coups, TableIsInOrder) { expect_table_in_order(make_coups); }

TEST(Coups, TheRateIsThePublishedOne) {
  const std::size_t n = 2000;
  const double share = attempts(sample(n), 365.0, {});
  rules::CoupInputs in;
  in.regime = rules::RegimeType::anocracy;
  const double expected = hazard_probability(
      rules::probability_to_hazard(rules::coup_annual_probability(in)), 365.0 / days_per_year);
  EXPECT_NEAR(share, expected, 4.0 * std::sqrt(expected * (1.0 - expected) / n));
}

TEST(Coups, HalvingTheStepLeavesTheRateSlow) {
  const std::size_t n = 2000;
  const Changes often{{"rate", 10.0}};
  const double day = attempts(sample(n), 180.0, often);
  const double half = attempts(sample(n, Minutes(12 * 60)), 180.0, often);
  EXPECT_GT(day, 0.1);
  EXPECT_NEAR(day, half, 4.0 * std::sqrt(2.0 * day * (1.0 - day) / n));
}

TEST(Coups, AboutHalfOfTheAttemptsSucceed) {
  Sandbox box(sample(2000));
  box.run(*configured(make_coups(), {{"rate", 10.0}}), 180.0);
  const auto tried = static_cast<double>(box.count(EventKind::coup_attempt));
  ASSERT_GT(tried, 200.0);
  EXPECT_NEAR(static_cast<double>(box.count(EventKind::coup)) / tried, 0.498,
              4.0 * std::sqrt(0.25 / tried));
}

TEST(Coups, ARecentAttemptMakesTheNextOneLikelier) {
  const auto since = [](double years) {
    return attempts(sample(500), 180.0, {{"rate", 5.0}}, [&](World& w) {
      for (double& x : w.actors.last_coup_day) x = -years * days_per_year;
    });
  };
  const double recent = since(0.5);
  const double middle = since(5.0);
  const double old = since(30.0);
  EXPECT_GT(recent, middle);
  EXPECT_GT(middle, old);
}

TEST(Coups, StrainMakesThemLikelier) {
  const ScenarioData s = sample(500);
  const Changes often{{"rate", 5.0}};
  const double calm = attempts(s, 180.0, often);
  const auto all = [](std::vector<double> ActorTable::*column, double value) {
    return [=](World& w) { (w.actors.*column).assign(w.actors.size(), value); };
  };
  EXPECT_GT(attempts(s, 180.0, often, all(&ActorTable::legitimacy, 0.1)), calm);
  EXPECT_LT(attempts(s, 180.0, often, all(&ActorTable::legitimacy, 0.9)), calm);
  EXPECT_GT(attempts(s, 180.0, often, all(&ActorTable::recent_losses, 5000.0)), calm);
  EXPECT_GT(attempts(s, 180.0, often, all(&ActorTable::fuel_cut, 0.8)), calm);
  EXPECT_GT(attempts(s, 180.0, often, all(&ActorTable::arrears, 1.0)), calm);
}

TEST(Coups, TheyAreContagiousForAYearAmongNeighbours) {
  const auto with_example = [](double coup_day, bool border, double odds) {
    ScenarioData s = sample(400);
    for (std::size_t i = 0; border && i < 400; i += 2) {
      add_border(s, RegionId(i), RegionId(i + 1));
    }
    Sandbox box(s);
    for (std::size_t i = 1; i < 400; i += 2) {
      box.world.actors.regime[i] = Regime::junta;
      box.world.actors.institution_change_day[i] = coup_day;
    }
    // None succeeds, or there would be new examples.
    box.run(*configured(make_coups(), {{"contagion", odds}, {"rate", 5.0}, {"success", 0.0}}),
            60.0);
    std::size_t n = 0;
    for (const Event& e : box.log.all()) {
      n += e.kind == EventKind::coup_attempt && e.whom.row() % 2 == 0;
    }
    return n;
  };
  // The draws are the same, so more is more, draw for draw.
  EXPECT_GT(with_example(-30.0, true, 5.0), with_example(-30.0, true, 1.0));
  EXPECT_EQ(with_example(-30.0, false, 5.0), with_example(-30.0, false, 1.0));
  EXPECT_EQ(with_example(-500.0, true, 5.0), with_example(-500.0, true, 1.0));
}

TEST(Coups, ASuccessChangesTheRegimeAndAFailureDoesNot) {
  for (const double success : {1.0, 0.0}) {
    Sandbox box(sample(50));
    const auto m = configured(make_coups(), {{"success", success},
                                             {"rate", 10.0},
                                             {"new_legitimacy", 0.8},
                                             {"attempt_cost", 0.2},
                                             {"disarray", 0.5}});
    while (box.log.size() == 0) box.run(*m, 1.0);
    const Event attempt = box.log.all()[0];
    const std::size_t a = attempt.whom.row();
    const auto& t = box.world.actors;
    const double day = static_cast<double>(attempt.step);
    EXPECT_EQ(attempt.kind, EventKind::coup_attempt);
    EXPECT_EQ(attempt.who, attempt.whom);
    EXPECT_EQ(attempt.where, t.capital[a]);
    EXPECT_EQ(t.last_coup_day[a], day);
    EXPECT_NEAR(t.resolve[a], 0.35, 1e-12);
    if (success == 1.0) {
      ASSERT_EQ(box.log.all()[1].kind, EventKind::coup);
      EXPECT_EQ(box.log.causes(box.log.all()[1])[0], attempt.id);
      EXPECT_EQ(t.regime[a], Regime::junta);
      EXPECT_EQ(t.institution_change_day[a], day);
      EXPECT_EQ(t.legitimacy[a], 0.8);
    } else {
      EXPECT_EQ(box.count(EventKind::coup), 0U);
      EXPECT_EQ(t.regime[a], Regime::anocracy);
      EXPECT_LT(t.institution_change_day[a], -1e8);
      EXPECT_NEAR(t.legitimacy[a], 0.4, 1e-12);
    }
    // The law hears of both.
    EXPECT_EQ(box.acts.size(), box.log.size());
    EXPECT_EQ(box.acts[0].victim, attempt.whom);
    EXPECT_EQ(box.acts[0].kind, law::ActKind::coup_attempt);
  }
}

TEST(Coups, ANeighboursCoupIsTheCauseOfTheNextAttempt) {
  ScenarioData s = sample(60);
  for (std::size_t i = 0; i + 1 < 60; ++i) add_border(s, RegionId(i), RegionId(i + 1));
  Sandbox box(s);
  box.run(*configured(make_coups(), {{"success", 1.0}, {"rate", 10.0}}), 700.0);
  std::size_t caused = 0;
  for (const Event& e : box.log.all()) {
    if (e.kind != EventKind::coup_attempt) continue;
    for (const EventId id : box.log.causes(e)) {
      if (!id.valid()) continue;
      ++caused;
      const Event& cause = box.log[id];
      EXPECT_EQ(cause.kind, EventKind::coup);
      EXPECT_LE(e.step - cause.step, 365U);
      const auto distance =
          std::max(cause.whom.row(), e.whom.row()) - std::min(cause.whom.row(), e.whom.row());
      EXPECT_EQ(distance, 1U);
    }
  }
  EXPECT_GT(caused, 0U);
}

TEST(Coups, ThoseOfTheTimelineTakeEffect) {
  Sandbox box(sample(3));
  const auto m = configured(make_coups(), {{"rate", 0.0}, {"new_legitimacy", 0.8}});
  box.run(*m, 2.0);
  StepContext now = box.context();
  box.happens(EventKind::coup, ActorId(1), ActorId(1));
  m->step(now);
  const auto& t = box.world.actors;
  EXPECT_EQ(t.regime[1], Regime::junta);
  EXPECT_EQ(t.legitimacy[1], 0.8);
  EXPECT_EQ(t.last_coup_day[1], 2.0);
  EXPECT_EQ(t.institution_change_day[1], 2.0);
  EXPECT_EQ(t.regime[2], Regime::anocracy);
  EXPECT_EQ(box.log.size(), 1U);
}

TEST(Coups, OthersDealWithAnotherGovernmentAfterwards) {
  ScenarioData s = sample(4);
  s.actors[0].regime = Regime::democracy;
  s.actors[2].regime = Regime::autocracy;
  s.actors[3].regime = Regime::junta;
  Sandbox box(s);
  const auto m = configured(make_coups(), {{"rate", 0.0}, {"estrangement", 0.6}});
  const ActorId fallen(1);
  for (std::size_t a = 0; a < 4; ++a) {
    box.world.relations.set_affinity(ActorId(a), fallen, 0.5);
    box.world.relations.set_baseline(ActorId(a), fallen, 0.5);
  }
  StepContext now = box.context();
  box.happens(EventKind::coup, fallen, fallen);
  m->step(now);
  const Relations& r = box.world.relations;
  EXPECT_NEAR(r.affinity(ActorId(0), fallen), 0.5 - 0.6 * 1.5, 1e-12) << "elected";
  EXPECT_NEAR(r.baseline(ActorId(0), fallen), 0.5 - 0.6 * 1.5, 1e-12) << "and for good";
  EXPECT_NEAR(r.affinity(fallen, ActorId(0)), -0.6, 1e-12);
  EXPECT_EQ(r.affinity(ActorId(2), fallen), 0.5) << "it does not mind";
  EXPECT_NEAR(r.affinity(ActorId(3), fallen), 0.5 + 0.6 * 0.5, 1e-12) << "juntas among themselves";
}

TEST(Coups, TheLawIsToldWhoWasInOffice) {
  ScenarioData s = sample(2);
  s.actors[1].regime = Regime::junta;
  Sandbox box(s);
  const auto m = configured(make_coups(), {{"rate", 10.0}, {"success", 1.0}});
  std::set<std::size_t> juntas{1};
  for (int day = 0; day < 3000; ++day) {
    box.acts.clear();
    box.run(*m, 1.0);
    for (const law::Act& act : box.acts) {
      // An attempt and the coup it becomes are judged by who was in office before them.
      EXPECT_EQ(act.against_usurper, juntas.contains(act.victim.row()));
    }
    for (const law::Act& act : box.acts) {
      if (act.kind == law::ActKind::coup) juntas.insert(act.victim.row());
    }
  }
  EXPECT_TRUE(juntas.contains(0)) << "nothing was tested";
}

TEST(Coups, OnlyLivingStatesHaveThem) {
  ScenarioData s = sample(3);
  add_actor(s, "group", ActorKind::armed_group, 100.0);
  add_actor(s, "power", ActorKind::external, 100.0);
  Sandbox box(s);
  box.world.actors.alive[1] = 0;
  for (double& x : box.world.actors.last_coup_day) x = 0.0;
  box.run(*configured(make_coups(), {{"rate", 10.0}}), 1000.0);
  EXPECT_GT(box.count(EventKind::coup_attempt), 0U);
  for (const Event& e : box.log.all()) EXPECT_TRUE(e.whom.row() == 0 || e.whom.row() == 2);
}

TEST(Coups, AnAddedActorChangesNobodysDraws) {
  const auto days = [](bool extra) {
    ScenarioData s = empty_scenario();
    if (extra) add_region(s, "far", add_actor(s, "another", ActorKind::state, 1e4));
    const ActorId a = add_actor(s, "a", ActorKind::state, 1e4);
    add_region(s, "home", a);
    Sandbox box(s);
    box.run(*configured(make_coups(), {{"rate", 10.0}}), 3000.0);
    std::vector<std::uint32_t> steps;
    for (const Event& e : box.log.all()) {
      if (e.whom == a) steps.push_back(e.step);
    }
    return steps;
  };
  EXPECT_EQ(days(false), days(true));
  EXPECT_FALSE(days(false).empty());
}

TEST(Coups, ANumberThatWentWrongStopsTheRun) {
  Sandbox box(sample(2));
  box.world.actors.arrears[1] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_ANY_THROW(box.run(*configured(make_coups()), 1.0));
}

/// Strains come and go.
void strains(Sandbox& box) {
  for (std::size_t a = box.step % 2; a < box.world.actors.size(); a += 2) {
    box.world.actors.arrears[a] = 0.5;
    box.world.actors.recent_losses[a] = 500.0;
    box.world.actors.fuel_cut[a] = 0.4;
  }
}

TEST(Coups, EveryParameterCounts) {
  expect_every_parameter_counts(make_coups, [](Mechanism& m) {
    Sandbox box(ring(60));
    box.world.actors.last_coup_day.assign(box.world.actors.size(), -100.0);
    box.world.actors.institution_change_day.assign(box.world.actors.size(), -100.0);
    box.run(m, 365.0, strains);
    return digest(box, m);
  });
}

TEST(Coups, OrderOfBlocksDoesNotMatter) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    expect_same_on(make_coups, [&] { return shuffled_executor(seed); }, strains, 365.0,
                   {{"rate", 10.0}});
  }
}

TEST(Coups, ThreadsAgreeWithOne) {
  expect_same_on(make_coups, [] { return thread_executor(3); }, strains, 60.0, {{"rate", 10.0}});
}

TEST(Coups, ACloneGoesOn) { expect_memory_is_whole(make_coups, strains, {{"rate", 10.0}}); }

}  // namespace
}  // namespace casus
