#include "casus/why/account.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "../../support/shipped.h"
#include "casus/core/contracts.h"
#include "casus/why/paths.h"
#include "casus/why/tell.h"
#include "dice.h"

// Chains of causes: complete, without circles, and told.
namespace casus::test {
namespace {

/// A log made by hand over the scenario of the dice.
struct Hand {
  Scenario scenario = dice_scenario();
  KeptEvents kept;
  Hand() { kept.actors = {"arden", "belmar"}; }
  EventId add(EventKind kind, std::initializer_list<EventId> causes = {}) {
    return kept.log.add({.kind = kind, .who = ActorId(0), .whom = ActorId(1)}, causes);
  }
  why::Account account() const { return {scenario.data(), kept}; }
};

TEST(Account, AChainIsAllThatLedToIt) {
  Hand h;
  const EventId threat = h.add(EventKind::threat);
  const EventId coup = h.add(EventKind::coup);  // beside it
  const EventId ultimatum = h.add(EventKind::ultimatum, {threat});
  const EventId mobilisation = h.add(EventKind::mobilisation, {ultimatum, threat});
  const EventId war = h.add(EventKind::war_begins, {mobilisation, ultimatum});
  h.add(EventKind::peace, {war});
  const auto a = h.account();
  EXPECT_EQ(a.chain(war), (std::vector{threat, ultimatum, mobilisation, war}));
  EXPECT_EQ(a.path(war), (std::vector{threat, ultimatum, mobilisation, war}));
  EXPECT_EQ(a.path(mobilisation), (std::vector{threat, ultimatum, mobilisation}));
  EXPECT_EQ(a.chain(coup), std::vector{coup});
}

TEST(Account, SaysWhereWhatHasNoCauseComesFrom) {
  Hand h;
  const EventId start = h.add(EventKind::starting_condition);
  const EventId dated = h.add(EventKind::strike);
  h.kept.log.decisions().add({.event = dated, .kind = DecisionKind::timeline, .yes = true});
  const EventId drawn = h.add(EventKind::coup_attempt);
  h.kept.log.decisions().add({.event = drawn,
                              .kind = DecisionKind::coup_attempt,
                              .yes = true,
                              .probability = 0.01,
                              .draw = 0.004});
  const EventId so = h.add(EventKind::region_lost);
  h.kept.log.decisions().add({.event = so, .kind = DecisionKind::circumstance, .yes = true});
  const EventId caused = h.add(EventKind::coup, {drawn});
  const EventId own = h.add(EventKind::aid);
  const auto a = h.account();
  EXPECT_EQ(a.origin(start), why::Origin::start);
  EXPECT_EQ(a.origin(dated), why::Origin::timeline);
  EXPECT_EQ(a.origin(drawn), why::Origin::chance);
  EXPECT_EQ(a.origin(so), why::Origin::circumstance);
  EXPECT_EQ(a.origin(caused), why::Origin::none);
  EXPECT_EQ(a.origin(own), why::Origin::unknown);
  EXPECT_EQ(a.without_origin(), std::vector{own});
  ASSERT_EQ(a.decisions(drawn).size(), 1U);
  EXPECT_EQ(a.decisions(drawn)[0]->draw, 0.004);
}

TEST(Tell, AllKindsOfEventAreToldWithoutALooseEnd) {
  for (std::size_t kind = 0; kind < event_kind_names().size(); ++kind) {
    Hand h;
    const EventId id = h.kept.log.add({.kind = static_cast<EventKind>(kind),
                                       .who = ActorId(0),
                                       .whom = ActorId(1),
                                       .where = RegionId(0),
                                       .size = 3.0});
    const why::Told t = why::tell(h.account(), id);
    EXPECT_EQ(t.text.find_first_of("{}[]"), std::string::npos) << t.text;
    EXPECT_FALSE(t.text.empty());
    EXPECT_FALSE(why::page("events." + std::string(event_kind_names()[kind])).empty());
  }
}

TEST(Tell, PagesExplainThemselves) {
  for (const std::string& name : why::pages()) EXPECT_FALSE(why::page(name).empty()) << name;
  EXPECT_TRUE(why::page("events.no_such").empty());
}

/// A decision says of itself what it was.
void expect_sound(const DecisionLog& decisions, const EventLog& log, const std::string& where) {
  for (const Decision& d : decisions.all()) {
    SCOPED_TRACE(where + ": " + std::string(decision_info(d.kind).name));
    EXPECT_GE(d.probability, 0.0);
    EXPECT_LE(d.probability, 1.0);
    if (d.drawn()) {
      EXPECT_EQ(d.yes, d.draw < d.probability) << d.draw << " < " << d.probability;
    }
    if (d.event.valid()) {
      EXPECT_LT(d.event.row(), log.size());
      EXPECT_EQ(log[d.event].step, d.step);
    }
    if (d.kind != DecisionKind::honour) continue;
    double logit = 0.0;
    for (const Term& t : decisions.terms(d)) {
      if (t.kind <= TermKind::weariness) logit += t.value;
    }
    // What was weighed adds up to the chance that was drawn against; where two promises stood
    // against each other it is less.
    EXPECT_LE(d.probability, 1.0 / (1.0 + std::exp(-logit)) + 1e-9);
  }
  for (const Decision& d : decisions.nearest()) {
    EXPECT_FALSE(d.yes);
    EXPECT_GE(d.draw, d.probability);
    EXPECT_GE(d.times, 1U);
  }
}

void expect_complete(const std::string& file, std::uint32_t run, double days) {
  const Scenario scenario = load(file);
  const Simulation s = run_days(scenario, days, {.seed = 3, .run = run});
  KeptEvents kept{s.log(), s.world().actors.name};
  const why::Account a(scenario.data(), kept);
  for (const EventId id : a.without_origin()) {
    ADD_FAILURE() << file << " run " << run << ": #" << id.row() << " "
                  << scenario->events.name(a.log()[id].kind) << " has no cause and no origin";
  }
  for (const Event& e : a.log().all()) {
    for (const EventId cause : a.log().causes(e)) {
      EXPECT_LT(cause, e.id) << "a chain without circles";
    }
  }
  expect_sound(a.log().decisions(), a.log(), file);
}

class Chains : public testing::TestWithParam<std::string> {};

TEST_P(Chains, EndInWhatIsNoEvent) {
  for (std::uint32_t run = 0; run < 4; ++run) expect_complete(GetParam(), run, 120.0);
}

INSTANTIATE_TEST_SUITE_P(Shipped, Chains, testing::ValuesIn(all_shipped()), FileName());

TEST(Chains, EndInWhatIsNoEventInFiveHundredRunsSlow) {
  const auto& files = all_shipped();
  for (std::uint32_t i = 0; i < 500; ++i) expect_complete(files[i % files.size()], i, 90.0);
}

TEST(Chains, JulyCrisisIsToldWithItsArticlesAndChances) {
  const Scenario july = load("july-1914/baseline.yaml");
  const why::Target target(july.data(), "germany_in");
  bool told = false;
  for (std::uint32_t run = 0; run < 20 && !told; ++run) {
    const RunResult result = run_once(july, standard_registry(), {1, run, true});
    if (!target.happened(result)) continue;
    const why::Account a(july.data(), *result.events);
    const EventId event = target.event(a.log());
    const std::string text = why::write(a, event, false);
    const std::size_t last = text.rfind("Germany joins the war");
    if (last == std::string::npos) continue;
    told = true;
    EXPECT_NE(text.find("article"), std::string::npos);
    EXPECT_NE(text.find("chance"), std::string::npos);
    EXPECT_NE(text.find("drew"), std::string::npos);
    EXPECT_NE(text.find("Serbia"), std::string::npos);
    const auto json = nlohmann::json::parse(why::json(a, event));
    EXPECT_EQ(json.at("steps").size(), a.chain(event).size());
    EXPECT_EQ(json.at("steps").back().at("event").get<std::size_t>(), event.row());
    bool exogenous = false;
    for (const auto& step : json.at("steps")) exogenous = exogenous || step.contains("origin");
    EXPECT_TRUE(exogenous);
    const std::string dot = why::dot(a, event);
    EXPECT_EQ(dot.rfind("digraph", 0), 0U);
    EXPECT_NE(dot.find(" -> "), std::string::npos);
  }
  EXPECT_TRUE(told);
}

TEST(CommonPaths, AddUpToTheRunsInWhichItCame) {
  why::Runs runs;
  runs.runs = 200;
  const why::CommonPaths found = why::common_paths(dice_scenario(), dice_registry(), "fire", runs);
  EXPECT_EQ(found.runs, 200U);
  std::size_t sum = 0;
  for (std::size_t i = 0; i < found.paths.size(); ++i) {
    sum += found.paths[i].runs;
    EXPECT_LE(found.paths[i].runs, found.paths[i > 0 ? i - 1 : 0].runs);
  }
  EXPECT_EQ(sum, found.happened);
  EXPECT_GT(found.happened, 0U);
}

TEST(CommonPaths, GatheredFromRunsMadeAnywayAreTheSame) {
  why::Runs runs;
  runs.runs = 300;
  const why::CommonPaths asked = why::common_paths(dice_scenario(), dice_registry(), "fire", runs);
  why::PathGatherer gatherer(dice_scenario());
  for (std::uint32_t run = 300; run-- > 0;) {  // in any order
    gatherer.add(run_once(dice_scenario(), dice_registry(), {runs.seed, run, true}));
  }
  const auto rows = gatherer.finish();
  ASSERT_EQ(rows.size(), 1U);
  const why::CommonPaths& found = rows[0].found;
  EXPECT_EQ(found.runs, asked.runs);
  EXPECT_EQ(found.happened, asked.happened);
  ASSERT_EQ(found.paths.size(), asked.paths.size());
  for (std::size_t i = 0; i < found.paths.size(); ++i) {
    EXPECT_EQ(found.paths[i].steps, asked.paths[i].steps);
    EXPECT_EQ(found.paths[i].runs, asked.paths[i].runs);
    EXPECT_EQ(found.paths[i].example, asked.paths[i].example);
  }
}

TEST(CommonPaths, WaysThatWereFoundBeforeNeedNoEvents) {
  why::PathGatherer now(dice_scenario()), later(dice_scenario());
  for (std::uint32_t run = 0; run < 100; ++run) {
    RunResult result = run_once(dice_scenario(), dice_registry(), {1, run, true});
    now.add(result);
    result.ways = now.find(result);
    result.events.reset();
    later.add(result);
  }
  const auto a = now.finish(), b = later.finish();
  ASSERT_EQ(a.size(), 1U);
  ASSERT_EQ(b.size(), 1U);
  EXPECT_EQ(a[0].found.runs, b[0].found.runs);
  EXPECT_EQ(a[0].found.happened, b[0].found.happened);
  ASSERT_EQ(a[0].found.paths.size(), b[0].found.paths.size());
  for (std::size_t i = 0; i < a[0].found.paths.size(); ++i) {
    EXPECT_EQ(a[0].found.paths[i].steps, b[0].found.paths[i].steps);
    EXPECT_EQ(a[0].found.paths[i].runs, b[0].found.paths[i].runs);
  }
}

TEST(CloseCalls, AreNoesTheNearestFirst) {
  const Scenario july = load("july-1914/baseline.yaml");
  const Registry registry = standard_registry();
  why::Runs runs;
  runs.runs = 20;
  const why::Target target(july.data(), "russia_in");
  for (std::uint32_t run = 0; run < 40; ++run) {
    const RunResult result = run_once(july, registry, {1, run, true});
    if (target.happened(result)) continue;
    const why::Account a(july.data(), *result.events);
    const why::CloseCalls found = why::close_calls(a, july, registry, "russia_in", runs);
    ASSERT_FALSE(found.calls.empty());
    for (std::size_t i = 0; i < found.calls.size(); ++i) {
      const why::CloseCall& c = found.calls[i];
      EXPECT_FALSE(c.told.decision.yes);
      EXPECT_LE(c.elsewhere, found.happened);
      EXPECT_EQ(c.shortfall, shortfall(c.told.decision));
      EXPECT_GE(c.shortfall, found.calls[i > 0 ? i - 1 : 0].shortfall);
    }
    return;
  }
  GTEST_SKIP() << "Russia joined in every run";
}

}  // namespace
}  // namespace casus::test
