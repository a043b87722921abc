// Acting from outside: by a program, and by a mechanism of its own.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/law/vocabulary.h"
#include "casus/run/simulation.h"

namespace casus::test::of_orders {
namespace {

const char* const lands = R"(casus: scenario/1
title: A test
clock: {start: 2030-01-01, days: 400, step: 1 day}
regions:
  plain: {owner: arden, population: 2000000, area: 20000, at: [10, 0],
    neighbours: {hills: 150, coast: 200}}
  hills: {owner: arden, population: 500000, area: 15000, at: [11, 0], grievance: 0.7, terrain: 0.8}
  coast: {owner: belmar, population: 3000000, area: 40000, at: [10, -2], neighbours: {shore: 90}}
  shore: {owner: corva, population: 1000000, area: 40000, at: [10, -4]}
actors:
  arden: {kind: state, capital: plain, forces: 20000, income: 200}
  belmar: {kind: state, capital: coast, forces: 15000, income: 300}
  corva: {kind: state, capital: shore, forces: 8000, income: 300}
  rebels: {kind: armed_group, forces: 300, income: 1, activity: 0, sponsor: arden}
presence:
  plain: {arden: 5000}
  coast: {belmar: 4000}
relations:
  - {between: [belmar, corva], affinity: 0.8}
pacts:
  league:
    in_force: 2025-01-01
    members: [belmar, corva]
    articles:
      "1": {when: {act: [invasion, strike]}, then: {assist: [war]}}
)";

constexpr ActorId arden(0), belmar(1), corva(2), rebels(3);
constexpr RegionId coast(0);

struct Case {
  const char* yaml;
  ActOrder order;
};

std::vector<Case> cases() {
  using A = law::ActKind;
  return {
      {"act: invasion, by: arden, against: belmar, where: coast, size: 3000",
       {.act = A::invasion, .by = arden, .against = belmar, .where = coast, .size = 3000.0}},
      {"act: invasion, by: arden, against: belmar, size: 500",
       {.act = A::invasion, .by = arden, .against = belmar, .size = 500.0}},
      {"act: strike, by: arden, against: belmar, where: coast, size: 200, severity: 0.6",
       {.act = A::strike,
        .by = arden,
        .against = belmar,
        .where = coast,
        .size = 200.0,
        .severity = 0.6}},
      {"act: sanction, by: corva, against: arden, size: 0.2",
       {.act = A::sanction, .by = corva, .against = arden, .size = 0.2}},
      {"act: aid, by: corva, against: belmar, size: 30",
       {.act = A::aid, .by = corva, .against = belmar, .size = 30.0}},
      {"act: coup_attempt, by: belmar, against: belmar, help_asked: false",
       {.act = A::coup_attempt, .by = belmar, .against = belmar, .help_asked = false}},
      {"act: intervention, by: corva, against: belmar, where: coast, size: 900, invited: true",
       {.act = A::intervention,
        .by = corva,
        .against = belmar,
        .where = coast,
        .size = 900.0,
        .invited = true}},
      {"act: declaration_of_war, by: arden, against: belmar",
       {.act = A::declaration_of_war, .by = arden, .against = belmar}},
  };
}

Scenario scenario(const std::string& more = {}, const Registry& r = standard_registry()) {
  return Scenario::parse(lands + more, "test.yaml", r.vocabulary());
}

void walk(Simulation& s, int steps) {
  for (int i = 0; i < steps; ++i) s.step();
}

/// Event for event, causes included.
void expect_same_log(const Simulation& one, const Simulation& two, const std::string& what) {
  ASSERT_EQ(one.log().size(), two.log().size()) << what;
  for (std::size_t i = 0; i < one.log().size(); ++i) {
    const Event& a = one.log().all()[i];
    const Event& b = two.log().all()[i];
    ASSERT_EQ(a.kind, b.kind) << what << ", event " << i;
    ASSERT_EQ(a.step, b.step) << what << ", event " << i;
    ASSERT_EQ(a.who, b.who) << what << ", event " << i;
  }
  EXPECT_EQ(one.log().hash(), two.log().hash()) << what;
  EXPECT_EQ(hash(one.world()), hash(two.world())) << what;
}

TEST(Orders, AnActFromOutsideIsTheTimelinesActEventForEvent) {
  Simulation quiet(scenario());
  walk(quiet, 300);
  for (const Case& c : cases()) {
    Simulation told(
        scenario("timeline:\n  - {at: 2030-02-01, emit: {" + std::string(c.yaml) + "}}\n"));
    Simulation ordered(scenario());
    walk(told, 300);
    walk(ordered, 31);
    ordered.order(c.order);
    walk(ordered, 269);
    EXPECT_NE(told.log().hash(), quiet.log().hash()) << c.yaml;
    expect_same_log(told, ordered, c.yaml);
  }
}

// A pact that answers acts of every kind, so that the law has something to say of each.
std::string council() {
  std::string kinds;
  for (const std::string_view kind : law::names<law::ActKind>()) {
    kinds += (kinds.empty() ? "" : ", ") + std::string(kind);
  }
  return "  council:\n    in_force: 2025-01-01\n    members: [belmar, corva]\n    articles:\n"
         "      \"1\": {when: {act: [" +
         kinds + "]}, then: {assist: [statement, aid]}}\n";
}

/// Every kind of act in three manners: as little said as may be, all of it, and within a state or
/// by an armed group where that is possible.
std::vector<std::pair<std::string, ActOrder>> every_kind() {
  std::vector<std::pair<std::string, ActOrder>> all;
  const auto kinds = law::names<law::ActKind>();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const std::string act = "act: " + std::string(kinds[i]);
    ActOrder order{.act = static_cast<law::ActKind>(i), .by = arden, .against = belmar};
    all.emplace_back(act + ", by: arden, against: belmar", order);
    order = {.act = order.act,
             .by = arden,
             .against = belmar,
             .where = coast,
             .size = 0.7,
             .severity = 0.6,
             .invited = true,
             .help_asked = true};
    all.emplace_back(act +
                         ", by: arden, against: belmar, where: coast, size: 0.7, severity: 0.6, "
                         "invited: true, help_asked: true",
                     order);
    const bool inside = law::internal(order.act);
    order = {.act = order.act, .by = inside ? belmar : rebels, .against = belmar, .size = 0.3};
    order.help_asked = false;
    all.emplace_back(act + ", by: " + (inside ? "belmar" : "rebels") +
                         ", against: belmar, size: 0.3, help_asked: false",
                     order);
  }
  return all;
}

TEST(Orders, OfEveryKindAreTheTimelinesActsEventForEvent) {
  const std::string more = council();
  Simulation quiet(scenario(more));
  walk(quiet, 60);
  std::size_t judged = 0;
  for (const auto& [yaml, order] : every_kind()) {
    Simulation told(scenario(more + "timeline:\n  - {at: 2030-01-08, emit: {" + yaml + "}}\n"));
    Simulation ordered(scenario(more));
    walk(told, 60);
    walk(ordered, 7);
    ordered.order(order);
    walk(ordered, 53);
    EXPECT_NE(told.log().hash(), quiet.log().hash()) << yaml;
    expect_same_log(told, ordered, yaml);
    for (const Event& e : told.log().all()) judged += e.step == 7 && e.kind == EventKind::covered;
  }
  EXPECT_GT(judged, law::names<law::ActKind>().size()) << "the law has looked at most kinds";
}

TEST(Orders, AnArmisticeStopsTheWarAndAPeaceEndsIt) {
  const auto at_war = [](law::ActKind kind) {
    Simulation s(scenario());
    s.order({.act = law::ActKind::declaration_of_war, .by = arden, .against = belmar});
    walk(s, 2);
    EXPECT_TRUE(s.world().relations.at_war(arden, belmar));
    s.order({.act = kind, .by = belmar, .against = arden});
    walk(s, 1);
    EXPECT_FALSE(s.world().relations.at_war(arden, belmar)) << law::name(kind);
    return s.world().wars[0].state();
  };
  EXPECT_EQ(at_war(law::ActKind::armistice), WarState::ceasefire);
  EXPECT_EQ(at_war(law::ActKind::peace), WarState::ended);
}

TEST(Orders, AnInvasionThatIsOrderedIsAWarAndCallsTheAlly) {
  Simulation s(scenario("mechanisms: {commitments: {era: 6}}\n"));
  s.order({.act = law::ActKind::invasion, .by = arden, .against = belmar, .size = 5000.0});
  EXPECT_FALSE(s.world().relations.at_war(arden, belmar)) << "not before the next step";
  s.step();
  EXPECT_TRUE(s.world().relations.at_war(arden, belmar));
  bool honoured = false;
  for (const Event& e : s.log().all()) honoured |= e.kind == EventKind::honour && e.who == corva;
  EXPECT_TRUE(honoured);
}

TEST(Orders, AreCarriedOutOnceAndInTheirOrder) {
  Simulation s(scenario());
  s.order({.act = law::ActKind::statement, .by = corva, .against = arden});
  s.order({.act = law::ActKind::threat, .by = corva, .against = arden});
  walk(s, 3);
  std::vector<EventKind> kinds;
  for (const Event& e : s.log().all()) {
    if (e.who == corva && e.whom == arden) kinds.push_back(e.kind);
  }
  EXPECT_EQ(kinds, (std::vector<EventKind>{EventKind::statement, EventKind::threat}));
}

TEST(Orders, ArePartOfTheStateAndOfItsHash) {
  Simulation s(scenario());
  const std::uint64_t before = s.hash();
  const auto empty = s.save();
  s.order({.act = law::ActKind::threat, .by = arden, .against = belmar});
  EXPECT_NE(s.hash(), before);
  const auto full = s.save();
  s.step();
  const std::uint64_t after = s.hash();
  s.restore(*full);
  s.step();
  EXPECT_EQ(s.hash(), after);
  s.restore(*empty);
  EXPECT_EQ(s.hash(), before);
}

TEST(Orders, ThatMakeNoSenseAreRefused) {
  Simulation s(scenario());
  const std::uint64_t before = s.hash();
  const ActOrder good{.act = law::ActKind::invasion, .by = arden, .against = belmar};
  const auto refused = [&](auto change, std::string_view words) {
    ActOrder bad = good;
    change(bad);
    try {
      s.order(bad);
      ADD_FAILURE() << words;
    } catch (const ContractError& e) {
      EXPECT_NE(std::string(e.what()).find(words), std::string::npos) << e.what();
    }
    EXPECT_THROW(s.expected(bad, arden), ContractError);
  };
  refused([](ActOrder& o) { o.by = {}; }, "'by' is no actor");
  refused([](ActOrder& o) { o.by = ActorId(99); }, "'by' is no actor");
  refused([](ActOrder& o) { o.against = {}; }, "'against' is no actor");
  refused([](ActOrder& o) { o.against = arden; }, "are the same");
  refused([](ActOrder& o) { o.where = RegionId(4); }, "'where' is no region");
  refused([](ActOrder& o) { o.size = -1.0; }, "size -1");
  refused([](ActOrder& o) { o.size = std::numeric_limits<double>::quiet_NaN(); }, "size nan");
  refused([](ActOrder& o) { o.severity = 1.5; }, "severity 1.5");
  refused([](ActOrder& o) { o.act = static_cast<law::ActKind>(200); }, "no act");
  EXPECT_THROW(s.expected(good, ActorId(9)), ContractError);
  EXPECT_EQ(s.hash(), before);
}

TEST(Orders, WhoWouldComeIsAskedWithoutDoingIt) {
  Simulation s(scenario("mechanisms: {commitments: {era: 6}}\n"));
  const std::uint64_t before = s.hash();
  const ActOrder invasion{.act = law::ActKind::invasion, .by = arden, .against = belmar};
  const auto coalition = s.expected(invasion, arden);
  ASSERT_EQ(coalition.size(), 1U);
  EXPECT_EQ(coalition[0].member, corva);
  EXPECT_EQ(coalition[0].level, law::Obligation::war);
  EXPECT_GT(coalition[0].armed_probability, 0.9);
  EXPECT_TRUE(
      s.expected({.act = law::ActKind::sanction, .by = arden, .against = belmar}, arden).empty());
  EXPECT_EQ(s.hash(), before);
  // What is expected is what happens, in so many runs of a hundred.
  Simulation doubtful(scenario("mechanisms: {commitments: {era: -1}}\n"));
  const double p = doubtful.expected(invasion, arden).at(0).probability;
  EXPECT_GT(p, 0.05);
  EXPECT_LT(p, 0.95);
  constexpr int runs = 400;
  int came = 0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    Simulation one(doubtful.scenario(), {.seed = 3, .run = run});
    one.order(invasion);
    one.step();
    for (const Event& e : one.log().all()) came += e.kind == EventKind::honour && e.who == corva;
  }
  // Four standard errors.
  EXPECT_NEAR(came / static_cast<double>(runs), p, 4.0 * std::sqrt(p * (1.0 - p) / runs));
}

struct Nothing {};

/// Goes to war on a day, as a mechanism of a program's own.
class Warlike final : public MechanismWith<Warlike, Nothing> {
 public:
  static MechanismInfo about() { return {"warlike", "Goes to war.", "none", {}}; }
  static const std::vector<Parameter<Nothing>>& table() {
    static const std::vector<Parameter<Nothing>> rows;
    return rows;
  }
  void step(StepContext& context) override {
    if (context.step != 31) return;
    act(context, {.act = law::ActKind::invasion,
                  .by = arden,
                  .against = belmar,
                  .where = coast,
                  .size = 3000.0});
  }
};

TEST(Orders, AMechanismOfOnesOwnActsAsTheTimelineDoes) {
  Registry registry = standard_registry();
  registry.add([] { return std::make_unique<Warlike>(); }, "perception");
  Simulation own(scenario({}, registry), registry);
  Simulation told(
      scenario("timeline:\n  - {at: 2030-02-01, emit: {" + std::string(cases()[0].yaml) + "}}\n"));
  walk(own, 200);
  walk(told, 200);
  EXPECT_TRUE(own.world().relations.at_war(arden, belmar) || own.world().wars.size() == 1U);
  expect_same_log(told, own, "warlike");
}

}  // namespace
}  // namespace casus::test::of_orders
