#include <algorithm>
#include <utility>
#include <vector>

#include "casus/law/membership.h"
#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus::test {
namespace {

using A = law::ActKind;
using Op = Condition::Term::Op;
using Kind = Condition::Term::Kind;

constexpr ActorId host{0}, guest{1}, stranger{2};
constexpr RegionId capital{0}, province{1}, guest_land{2};

ScenarioData stage(Minutes step = Minutes(24 * 60)) {
  ScenarioData s = empty_scenario(step);
  add_actor(s, "host", ActorKind::state, 10000.0);
  add_actor(s, "guest", ActorKind::state, 8000.0);
  add_actor(s, "stranger", ActorKind::state, 100.0);
  add_region(s, "capital", host);
  add_region(s, "province", host);
  add_region(s, "guest_land", guest);
  add_border(s, province, guest_land);
  s.presence = {{host, capital, 4000.0, Role::garrison},
                {guest, capital, 1000.0, Role::deployment},
                {guest, province, 3000.0, Role::deployment}};
  return s;
}

Assignment assign(PathRef::Table table, std::size_t row, const char* column, double value,
                  std::size_t row2 = 0) {
  Assignment a;
  a.ref.table = table;
  a.ref.row = row;
  a.ref.row2 = row2;
  if (table != PathRef::Table::parameter) a.ref.column = find_path_column(table, column)->column;
  a.ref.path = column;
  a.value = value;
  return a;
}

TimelineSpec grievance(double value) {
  TimelineSpec item;
  item.set = {assign(PathRef::Table::region, 0, "grievance", value)};
  return item;
}

Condition::Term term(const char* column, Op op, double value) {
  Condition::Term t;
  t.ref = assign(PathRef::Table::actor, 0, column, 0.0).ref;
  t.op = op;
  t.value = value;
  return t;
}

TimelineSpec when(std::vector<Condition::Term> terms, bool once = true) {
  TimelineSpec item = grievance(0.9);
  item.when = Condition{"", std::move(terms)};
  item.once = once;
  return item;
}

/// Did the item apply in the first step of a world prepared so?
bool applies(const TimelineSpec& item, const std::function<void(Sandbox&)>& prepare = {},
             const std::function<void(ScenarioData&)>& edit = {}) {
  ScenarioData s = stage();
  if (edit) edit(s);
  s.timeline = {item};
  Sandbox box(s);
  if (prepare) prepare(box);
  box.run(*configured(make_timeline()), 1.0);
  return box.world.regions.grievance[0] == 0.9;
}

TEST(Timeline, ADatedItemHappensOnItsDayOnce) {
  for (const Minutes step : {Minutes(24 * 60), Minutes(12 * 60), Minutes(36 * 60)}) {
    ScenarioData s = stage(step);
    TimelineSpec item = grievance(0.9);
    item.at = s.clock.start + std::chrono::days(10);
    item.once = false;  // a date comes once whatever is said
    s.timeline = {item};
    Sandbox box(s);
    const auto mechanism = configured(make_timeline());
    std::vector<double> days;
    while (box.step * s.clock.days() < 20.0) {
      const double day = box.step * s.clock.days();
      box.world.regions.grievance[0] = 0.1;
      box.run(*mechanism, s.clock.days());
      if (box.world.regions.grievance[0] == 0.9) days.push_back(day);
    }
    ASSERT_EQ(days.size(), 1U);
    EXPECT_GE(days[0], 10.0);
    EXPECT_LT(days[0], 10.0 + s.clock.days());
  }
}

TEST(Timeline, TakingForcesOutOfTheFieldIsInTheLog) {
  const auto run = [](double forces) {
    ScenarioData s = stage();
    TimelineSpec item;
    item.at = s.clock.start;
    item.set = {assign(PathRef::Table::actor, 0, "forces", forces)};
    s.timeline = {item};
    Sandbox box(s);
    const auto mechanism = make_timeline();
    box.run(*mechanism, 2.0);
    EXPECT_DOUBLE_EQ(box.world.forces(host), forces);
    return box;
  };
  const double placed = 4000.0;  // in the capital; 6000 are in reserve
  EXPECT_EQ(run(placed + 10.0).count(EventKind::disbanded), 0U) << "the reserve gives them";
  const Sandbox box = run(placed - 500.0);
  ASSERT_EQ(box.count(EventKind::disbanded), 1U);
  const Event& e = box.log.all().back();
  EXPECT_EQ(e.kind, EventKind::disbanded);
  EXPECT_EQ(e.who, host);
  EXPECT_DOUBLE_EQ(e.size, 500.0);
}

TEST(Timeline, ConditionsCompareColumns) {
  const auto legitimacy = [](double x) {
    return [x](Sandbox& box) { box.world.actors.legitimacy[0] = x; };
  };
  EXPECT_TRUE(applies(when({term("legitimacy", Op::less, 0.3)}), legitimacy(0.29)));
  EXPECT_FALSE(applies(when({term("legitimacy", Op::less, 0.3)}), legitimacy(0.3)));
  EXPECT_TRUE(applies(when({term("legitimacy", Op::less_equal, 0.3)}), legitimacy(0.3)));
  EXPECT_FALSE(applies(when({term("legitimacy", Op::less_equal, 0.3)}), legitimacy(0.31)));
  EXPECT_TRUE(applies(when({term("legitimacy", Op::greater, 0.3)}), legitimacy(0.31)));
  EXPECT_FALSE(applies(when({term("legitimacy", Op::greater, 0.3)}), legitimacy(0.3)));
  EXPECT_TRUE(applies(when({term("legitimacy", Op::greater_equal, 0.3)}), legitimacy(0.3)));
  EXPECT_FALSE(applies(when({term("legitimacy", Op::greater_equal, 0.3)}), legitimacy(0.29)));
  // All must hold, and "not" turns one around.
  auto negated = term("legitimacy", Op::less, 0.3);
  negated.negated = true;
  EXPECT_FALSE(applies(when({term("resolve", Op::greater, 0.0), negated}), legitimacy(0.2)));
  EXPECT_TRUE(applies(when({term("resolve", Op::greater, 0.0), negated}), legitimacy(0.4)));
  EXPECT_FALSE(applies(when({term("resolve", Op::greater, 0.99), negated}), legitimacy(0.4)));
  EXPECT_TRUE(applies(when({term("forces", Op::greater_equal, 10000.0)})));
}

TEST(Timeline, ConditionsAskForWarMembershipAndParameters) {
  Condition::Term war;
  war.kind = Kind::war;
  war.a = host;
  war.b = stranger;
  const auto at_war = [](Sandbox& box) { box.world.relations.add_hostility(host, stranger, 1); };
  EXPECT_FALSE(applies(when({war})));
  EXPECT_TRUE(applies(when({war}), at_war));
  war.negated = true;
  EXPECT_TRUE(applies(when({war})));
  EXPECT_FALSE(applies(when({war}), at_war));

  Condition::Term member;
  member.kind = Kind::member;
  member.a = host;
  member.pact = PactId(0);
  const auto pact = [](Date from) {
    return [from](ScenarioData& s) {
      law::Pact p;
      p.in_force = from;
      p.members.emplace_back();
      p.members.back().actor = host;
      s.pacts.push_back(p);
    };
  };
  using namespace std::chrono_literals;
  EXPECT_TRUE(applies(when({member}), {}, pact(Date{2020y / 1 / 1})));
  EXPECT_FALSE(applies(when({member}), {}, pact(Date{2025y / 1 / 1})));

  Condition::Term parameter = term("legitimacy", Op::greater, 1.0);
  parameter.ref = assign(PathRef::Table::parameter, 1, "pace", 0.0, 2).ref;
  const auto pace = [](double x) {
    return [x](Sandbox& box) { box.parameters = {{}, {0.0, 0.0, x}}; };
  };
  EXPECT_TRUE(applies(when({parameter}), pace(1.5)));
  EXPECT_FALSE(applies(when({parameter}), pace(0.5)));
}

TEST(Timeline, OnceMeansTheFirstTimeItHolds) {
  for (const bool once : {true, false}) {
    ScenarioData s = stage();
    s.timeline = {when({term("legitimacy", Op::less, 0.3)}, once)};
    Sandbox box(s);
    const auto mechanism = configured(make_timeline());
    int applied = 0;
    for (int day = 0; day < 30; ++day) {
      box.world.actors.legitimacy[0] = day % 10 < 5 ? 0.5 : 0.2;
      box.world.regions.grievance[0] = 0.1;
      box.run(*mechanism, 1.0);
      applied += box.world.regions.grievance[0] == 0.9;
    }
    EXPECT_EQ(applied, once ? 1 : 15);
  }
}

TEST(Timeline, SettingAParameterMarksItsMechanism) {
  ScenarioData s = stage();
  TimelineSpec item;
  item.at = s.clock.start + std::chrono::days(1);
  item.set = {assign(PathRef::Table::parameter, 2, "rate", 0.7, 1)};
  s.timeline = {item};
  Sandbox box(s);
  box.parameters = {{}, {}, {0.1, 0.2}};
  box.changed = {0, 0, 0};
  const auto mechanism = configured(make_timeline());
  box.run(*mechanism, 1.0);
  EXPECT_EQ(box.changed, (std::vector<std::uint8_t>{0, 0, 0}));
  box.run(*mechanism, 1.0);
  EXPECT_EQ(box.changed, (std::vector<std::uint8_t>{0, 0, 1}));
  EXPECT_EQ(box.parameters[2], (std::vector<double>{0.1, 0.7}));
}

TEST(Timeline, ADeploymentIsLetInAndTakenFromTheReserve) {
  ScenarioData s = stage();
  TimelineSpec item;
  item.at = s.clock.start;
  item.deploy = MoveSpec{.actor = stranger, .region = province, .host = {}, .strength = 500.0};
  s.timeline = {item};
  Sandbox box(s);
  const double before = people(box.world);
  box.run(*configured(make_timeline()), 3.0);
  const PresenceId there = box.world.find(stranger, province);
  ASSERT_TRUE(there.valid());
  EXPECT_DOUBLE_EQ(box.world.presences.strength[there.row()], 100.0) << "all it has";
  EXPECT_TRUE(box.world.relations.hosts(host, stranger));
  ASSERT_EQ(box.count(EventKind::deployment), 1U);
  EXPECT_DOUBLE_EQ(box.log.all()[0].size, 100.0);
  EXPECT_DOUBLE_EQ(people(box.world), before);
}

/// Strength of the guest on the host's soil at the end of each day.
std::vector<double> leaving(Minutes step, double over_days, RegionId region, Sandbox* out) {
  ScenarioData s = stage(step);
  TimelineSpec item;
  item.at = s.clock.start + std::chrono::days(2);
  item.withdraw = MoveSpec{.actor = guest,
                           .region = region,
                           .host = region.valid() ? ActorId{} : host,
                           .strength = {},
                           .over_days = over_days};
  s.timeline = {item};
  Sandbox box(s);
  const auto mechanism = configured(make_timeline());
  std::vector<double> path;
  for (int day = 0; day < 20; ++day) {
    box.run(*mechanism, 1.0);
    path.push_back(box.world.abroad(guest));
  }
  if (out != nullptr) {
    out->log = box.log;
    out->world = box.world;
  }
  return path;
}

TEST(Timeline, AWithdrawalIsLinearWhateverTheStep) {
  const auto day = leaving(Minutes(24 * 60), 10.0, {}, nullptr);
  const auto half = leaving(Minutes(12 * 60), 10.0, {}, nullptr);
  ASSERT_EQ(day.size(), half.size());
  for (std::size_t i = 0; i < day.size(); ++i) {
    const double gone = std::clamp((static_cast<double>(i) - 1.0) / 10.0, 0.0, 1.0);
    EXPECT_NEAR(day[i], 4000.0 * (1.0 - gone), 1e-6) << i;
    EXPECT_NEAR(day[i], half[i], 1e-6) << i;
  }
}

TEST(Timeline, AWithdrawalIsOneEventOfAllWhoLeft) {
  for (const Minutes step : {Minutes(24 * 60), Minutes(12 * 60), Minutes(8 * 60)}) {
    Sandbox box(stage());
    leaving(step, 10.0, {}, &box);
    ASSERT_EQ(box.count(EventKind::withdrawal), 1U);
    const Event& e = box.log.all().back();
    EXPECT_EQ(e.who, guest);
    EXPECT_EQ(e.whom, host);
    EXPECT_NEAR(e.size, 4000.0, 1e-6) << "all of them, not the last step's";
    EXPECT_FALSE(box.world.relations.hosts(host, guest));
    EXPECT_NEAR(box.world.actors.reserve[guest.row()], 8000.0, 1e-6);
  }
}

TEST(Timeline, AWithdrawalFromOneRegionLeavesTheOther) {
  Sandbox box(stage());
  leaving(Minutes(24 * 60), 0.0, province, &box);
  EXPECT_NEAR(box.world.abroad(guest), 1000.0, 1e-9);
  ASSERT_EQ(box.count(EventKind::withdrawal), 1U);
  EXPECT_NEAR(box.log.all().back().size, 3000.0, 1e-9);
}

TEST(Timeline, EveryKindOfActCanBeEmitted) {
  const std::pair<A, EventKind> kinds[] = {
      {A::invasion, EventKind::invasion},
      {A::strike, EventKind::strike},
      {A::occupation, EventKind::occupation},
      {A::attack_on_forces, EventKind::hostile_act},
      {A::attack_on_peacekeepers, EventKind::hostile_act},
      {A::hosting_armed_groups, EventKind::hostile_act},
      {A::blockade, EventKind::blockade},
      {A::sanction, EventKind::sanction},
      {A::threat, EventKind::threat},
      {A::declaration_of_war, EventKind::hostile_act},
      {A::mobilisation, EventKind::mobilisation},
      {A::coup_attempt, EventKind::coup_attempt},
      {A::coup, EventKind::coup},
      {A::consultation, EventKind::consultation},
      {A::statement, EventKind::statement},
      {A::mediation, EventKind::mediation},
      {A::aid, EventKind::aid},
      {A::intervention, EventKind::intervention},
      {A::airspace_violation, EventKind::hostile_act},
  };
  for (const auto& [kind, expected] : kinds) {
    ScenarioData s = stage();
    TimelineSpec item;
    item.at = s.clock.start + std::chrono::days(1);
    item.emit = EmitSpec{
        .act = kind, .by = guest, .against = host, .where = province, .size = 0.5, .severity = 0.6};
    s.timeline = {item};
    Sandbox box(s);
    const auto mechanism = configured(make_timeline());
    box.run(*mechanism, 1.0);
    EXPECT_EQ(box.log.size(), 0U);
    box.run(*mechanism, 1.0);
    const std::string name(law::name(kind));
    ASSERT_EQ(box.count(expected), 1U) << name;
    const Event& e = box.log.all()[0];
    EXPECT_EQ(e.kind, expected) << name;
    EXPECT_EQ(e.who, guest) << name;
    EXPECT_EQ(e.whom, host) << name;
    EXPECT_EQ(e.size, 0.5) << name;
    if (kind == A::aid) {
      EXPECT_TRUE(box.acts.empty());
    } else {
      ASSERT_EQ(box.acts.size(), 1U) << name;
      EXPECT_EQ(box.acts[0].kind, kind) << name;
      EXPECT_EQ(box.acts[0].event, e.id) << name;
      EXPECT_EQ(box.acts[0].severity, 0.6) << name;
    }
    const bool war = kind == A::invasion || kind == A::occupation || kind == A::intervention ||
                     kind == A::declaration_of_war;
    EXPECT_EQ(box.world.relations.at_war(guest, host), war) << name;
    box.run(*mechanism, 5.0);
    EXPECT_EQ(box.count(expected), 1U) << name << " is not repeated";
  }
}

TEST(Timeline, APriorOfAnActIsDrawnOncePerRun) {
  ScenarioData s = stage();
  TimelineSpec item;
  item.at = s.clock.start;
  item.emit = EmitSpec{.act = A::threat,
                       .by = guest,
                       .against = host,
                       .where = {},
                       .size = Number(Number::Shape::uniform, 0.0, 1.0)};
  s.timeline = {item};
  std::vector<double> sizes;
  for (const std::uint32_t run : {0U, 1U, 0U}) {
    Sandbox box(s, serial_executor(), run);
    box.run(*configured(make_timeline()), 1.0);
    sizes.push_back(box.log.all()[0].size);
  }
  EXPECT_EQ(sizes[0], sizes[2]);
  EXPECT_NE(sizes[0], sizes[1]);
}

TEST(Timeline, ACopyRemembersWhatWasDone) {
  ScenarioData s = stage();
  TimelineSpec item;
  item.at = s.clock.start + std::chrono::days(1);
  item.withdraw =
      MoveSpec{.actor = guest, .region = {}, .host = host, .strength = {}, .over_days = 10.0};
  s.timeline = {item, when({term("legitimacy", Op::less, 0.9)})};
  Sandbox box(s);
  const auto mechanism = configured(make_timeline());
  const auto fresh = mechanism->hash();
  box.run(*mechanism, 5.0);
  EXPECT_NE(mechanism->hash(), fresh);
  Sandbox other(s);
  other.world = box.world;
  other.step = box.step;
  other.begun = true;
  const auto copy = configured(make_timeline());
  remember(*mechanism, *copy);
  EXPECT_EQ(copy->hash(), mechanism->hash());
  box.run(*mechanism, 10.0);
  other.run(*copy, 10.0);
  EXPECT_EQ(hash(box.world), hash(other.world));
  EXPECT_NEAR(other.world.abroad(guest), 0.0, 1e-9);
  EXPECT_NEAR(other.log.all().back().size, 4000.0, 1e-6);
}

}  // namespace
}  // namespace casus::test
