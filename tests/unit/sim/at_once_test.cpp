// What several do in one step is decided for all on the world as the step finds it, and then done:
// of two alike in all but their names none sees what the other has just done.
#include <array>
#include <string>

#include "advantage.h"
#include "casus/law/pact.h"
#include "casus/world/paths.h"
#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus::test {
namespace {

TEST(AtOnce, CellsOfRivalsGoToOneRegion) {
  ScenarioData s = empty_scenario();
  const ActorId state = add_actor(s, "state", ActorKind::state, 1000.0);
  const RegionId west = add_region(s, "west", state);
  const RegionId middle = add_region(s, "middle", state);
  const RegionId east = add_region(s, "east", state);
  add_border(s, west, middle);
  add_border(s, middle, east);
  const std::array groups{add_actor(s, "alfa", ActorKind::armed_group, 400.0),
                          add_actor(s, "bravo", ActorKind::armed_group, 400.0)};
  s.presence = {{groups[0], west, 400.0, Role::insurgent},
                {groups[1], east, 400.0, Role::insurgent}};
  s.wars.push_back({"feud", "", "", {groups[0]}, {groups[1]}, s.clock.start});
  // Who saw the other's men in the middle already would stay at home.
  expect_even(
      "men in the middle",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        box.run(*configured(make_insurgency(), {{"relocation", 1e4}, {"daunting_strength", 10.0}}),
                1.0);
        EXPECT_GT(people_in(box.world, groups[0], middle), 0.0);
        EXPECT_GT(people_in(box.world, groups[1], middle), 0.0);
        return people_in(box.world, groups[0], middle) - people_in(box.world, groups[1], middle);
      },
      0.5);
}

TEST(AtOnce, GarrisonsThatRetreatIntoEachOthersRegionChangePlaces) {
  ScenarioData s = empty_scenario();
  const std::array actors{add_actor(s, "defender", ActorKind::state, 4000.0),
                          add_actor(s, "attacker", ActorKind::state, 60000.0)};
  const RegionId west = add_region(s, "west", actors[0]);
  const RegionId east = add_region(s, "east", actors[0]);
  add_border(s, west, east);
  add_region(s, "base", actors[1]);
  for (const RegionId r : {west, east}) {
    s.presence.push_back({actors[0], r, 2000.0, Role::garrison});
    s.presence.push_back({actors[1], r, 30000.0, Role::deployment});
  }
  s.wars.push_back({"war", "", "", {actors[1]}, {actors[0]}, s.clock.start});
  Sandbox box(s);
  box.run(*configured(make_combat(), {{"decision_days", 0.01}, {"noise", 0.0}}), 1.0);
  EXPECT_EQ(box.count(EventKind::battle), 2U);
  EXPECT_GT(people_in(box.world, actors[0], west), 1000.0);
  EXPECT_DOUBLE_EQ(people_in(box.world, actors[0], west), people_in(box.world, actors[0], east));
}

TEST(AtOnce, OffensivesMeetWhatStoodThereInTheMorning) {
  ScenarioData s = empty_scenario();
  const std::array actors{add_actor(s, "alfa", ActorKind::state, 12000.0),
                          add_actor(s, "bravo", ActorKind::state, 12000.0)};
  std::array<std::array<RegionId, 2>, 2> lands;  // of each: the army's, and a weaker one
  for (const std::size_t i : {0U, 1U}) {
    const std::string& name = s.actors[actors[i].row()].name;
    lands[i] = {add_region(s, "front of " + name, actors[i]),
                add_region(s, "flank of " + name, actors[i])};
    s.presence.push_back({actors[i], lands[i][0], 8000.0, Role::garrison});
    s.presence.push_back({actors[i], lands[i][1], 4000.0, Role::garrison});
  }
  add_border(s, lands[0][0], lands[1][1]);
  add_border(s, lands[0][1], lands[1][0]);
  s.wars.push_back({"war", "", "", {actors[0]}, {actors[1]}, s.clock.start});
  Sandbox box(s);
  for (const ActorId a : actors) box.world.actors.mobilised[a.row()] = 1.0;
  const auto statecraft = configured(make_statecraft(), {{"offensive_rate", always},
                                                         {"offensive_success", 0.5},
                                                         {"dispute_rate", 0.0},
                                                         {"deployment_rate", 0.0}});
  box.run(*statecraft, 1.0);
  // Who had seen 4,800 come to his own flank would meet them there.
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_DOUBLE_EQ(people_in(box.world, actors[i], lands[1 - i][1]), 4800.0) << i;
    EXPECT_DOUBLE_EQ(people_in(box.world, actors[i], lands[1 - i][0]), 0.0) << i;
  }
}

/// Two neighbours that owe their governments to elections.
ScenarioData two_democracies() {
  ScenarioData s = empty_scenario();
  for (const char* name : {"alfa", "bravo"}) {
    const ActorId a = add_actor(s, name, ActorKind::state, 1000.0);
    s.actors.back().regime = Regime::democracy;
    add_region(s, std::string("land of ") + name, a);
  }
  add_border(s, RegionId(0), RegionId(1));
  return s;
}

TEST(AtOnce, CoupsOfADayAreNoExampleToEachOther) {
  const ScenarioData s = two_democracies();
  expect_even(
      "coups",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        box.run(
            *configured(make_coups(), {{"rate", 10000.0}, {"success", 1.0}, {"contagion", 1e6}}),
            1.0);
        double gain = 0.0;
        for (const Event& e : box.log.all()) {
          if (e.kind != EventKind::coup_attempt) continue;
          gain += e.who == ActorId(0) ? 1.0 : -1.0;
          EXPECT_TRUE(box.log.causes(e).empty());
        }
        return gain;
      },
      0.3);
}

TEST(AtOnce, JuntasOfADayMeetAsJuntas) {
  Sandbox box(two_democracies());
  box.run(*configured(make_coups(), {{"rate", always}, {"success", 1.0}, {"estrangement", 0.4}}),
          1.0);
  ASSERT_EQ(box.count(EventKind::coup), 2U);
  const Relations& r = box.world.relations;
  EXPECT_NEAR(r.affinity(ActorId(0), ActorId(1)), 0.4, 1e-12);
  EXPECT_NEAR(r.affinity(ActorId(1), ActorId(0)), 0.4, 1e-12);
}

TEST(AtOnce, MembersLeaveWithoutTheCompanyOfThoseWhoLeaveThatDay) {
  constexpr std::size_t members = 40;
  ScenarioData s = empty_scenario();
  law::Pact pact;
  pact.id = "pact";
  pact.key = pact_key(pact.id);
  pact.in_force = s.clock.start;
  for (std::size_t i = 0; i < members; ++i) {
    const ActorId a = add_actor(s, "member" + std::to_string(i), ActorKind::state, 1000.0);
    add_region(s, "land" + std::to_string(i), a);
    for (std::size_t j = 0; j < i; ++j) {
      s.relations.push_back({a, ActorId(j), 0.6});
      s.relations.push_back({ActorId(j), a, 0.6});
    }
    pact.members.emplace_back();
    pact.members.back().actor = a;
  }
  s.pacts = {pact};
  s.pact_names = {"pact"};
  expect_even(
      "notices of the first half of the members",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        box.run(*configured(make_diplomacy(), {{"exit_rate", 10.0},
                                               {"cold_affinity", 1.0},
                                               {"coldness_alone", 0.5},
                                               {"company_affinity", 0.3}}),
                1.0);
        double gain = 0.0;
        for (const Event& e : box.log.all()) {
          if (e.kind == EventKind::exit_notice) gain += e.who.row() < members / 2 ? 1.0 : -1.0;
        }
        return gain;
      },
      0.5);
}

TEST(AtOnce, ShocksAreFeltAsThingsStoodBeforeThem) {
  ScenarioData s = empty_scenario();
  for (const char* name : {"alfa", "bravo", "viewer"}) {
    add_region(s, std::string("land of ") + name, add_actor(s, name, ActorKind::state, 1000.0));
  }
  for (const ActorId a : {ActorId(0), ActorId(1)}) s.relations.push_back({ActorId(2), a, 0.8});
  Sandbox box(s);
  const auto perception = configured(make_perception());
  box.begin(*perception);
  // Each is threatened by the other, and the viewer likes both.
  box.happens(EventKind::threat, ActorId(0), ActorId(1));
  box.happens(EventKind::threat, ActorId(1), ActorId(0));
  box.run(*perception, 1.0);
  const Relations& r = box.world.relations;
  EXPECT_LT(r.affinity(ActorId(2), ActorId(0)), 0.79);
  EXPECT_EQ(r.affinity(ActorId(2), ActorId(0)), r.affinity(ActorId(2), ActorId(1)));
  EXPECT_EQ(r.affinity(ActorId(0), ActorId(1)), r.affinity(ActorId(1), ActorId(0)));
}

TEST(AtOnce, FriendsHearWhatTheOthersThoughtYesterday) {
  ScenarioData s = two_democracies();
  s.relations.push_back({ActorId(0), ActorId(1), 0.9});
  s.relations.push_back({ActorId(1), ActorId(0), 0.9});
  Sandbox box(s);
  const auto perception = configured(make_perception(), {{"susceptibility", 0.9}});
  for (const std::size_t a : {0U, 1U}) {
    box.world.actors.threat[a] = 0.6;
    box.world.regions.recent_violence[a] = 500.0;
  }
  box.run(*perception, 3.0);
  EXPECT_NE(box.world.actors.threat[0], 0.6);
  EXPECT_EQ(box.world.actors.threat[0], box.world.actors.threat[1]);
}

TEST(AtOnce, GroupsThatWantMorePeopleThanThereAreGetTheSame) {
  ScenarioData s = empty_scenario();
  const RegionId land = add_region(s, "land", add_actor(s, "state", ActorKind::state, 0.0), 600.0);
  for (const char* name : {"alfa", "bravo"}) {
    s.presence.push_back(
        {add_actor(s, name, ActorKind::armed_group, 500.0), land, 500.0, Role::insurgent});
  }
  Sandbox box(s);
  // Either alone would want more than all who live there.
  box.run(*configured(make_mobilisation(),
                      {{"recruitment", 2000.0}, {"ceiling", 1e3}, {"desertion", 0.0}}),
          1.0);
  const double there = people_in(box.world, ActorId(1), land);
  EXPECT_NEAR(there, 800.0, 1e-6);
  EXPECT_DOUBLE_EQ(people_in(box.world, ActorId(2), land), there);
}

TEST(AtOnce, ReservesAnswerWhatStoodThereInTheMorning) {
  ScenarioData s = empty_scenario();
  const std::array actors{add_actor(s, "alfa", ActorKind::state, 1150.0),
                          add_actor(s, "bravo", ActorKind::state, 1150.0)};
  std::array<RegionId, 2> home;
  for (const std::size_t i : {0U, 1U}) {
    home[i] = add_region(s, "land of " + s.actors[actors[i].row()].name, actors[i]);
  }
  add_border(s, home[0], home[1]);
  // Each has more men at home than with the other, and most of its reserve goes where the other is
  // strong.
  for (const std::size_t i : {0U, 1U}) {
    s.presence.push_back({actors[i], home[i], 100.0, Role::garrison});
    s.presence.push_back({actors[i], home[1 - i], 50.0, Role::deployment});
  }
  s.wars.push_back({"war", "", "", {actors[0]}, {actors[1]}, s.clock.start});
  Sandbox box(s);
  box.world.regions.control = {1.0, 1.0};
  box.run(*configured(make_mobilisation(), {{"redeployment", always},
                                            {"mobilisation_rate", 0.0},
                                            {"state_refill", 0.0},
                                            {"desertion", 0.0}}),
          1.0);
  EXPECT_NEAR(people_in(box.world, actors[0], home[1]), 50.0 + 1000.0 * 2.0 / 3.0, 1e-6);
  for (const std::size_t there : {0U, 1U}) {
    EXPECT_DOUBLE_EQ(people_in(box.world, actors[0], home[there]),
                     people_in(box.world, actors[1], home[1 - there]));
  }
}

TEST(AtOnce, PeopleFleeToWhereOthersHaveNotLeftYet) {
  // Four regions in a row, and violence in the two that are in the middle.
  ScenarioData s = empty_scenario();
  const ActorId state = add_actor(s, "state", ActorKind::state, 1000.0);
  for (std::size_t i = 0; i < 4; ++i) {
    const RegionId r = add_region(s, "region" + std::to_string(i), state);
    if (i > 0) add_border(s, RegionId(i - 1), r);
  }
  Sandbox box(s);
  for (const std::size_t r : {1U, 2U}) box.world.regions.recent_violence[r] = 50000.0;
  box.run(*configured(make_displacement(), {{"per_death", 100.0}}), 1.0);
  const auto& t = box.world.regions;
  EXPECT_LT(t.residents[1], 0.99e6);
  EXPECT_DOUBLE_EQ(t.residents[1], t.residents[2]);
  const auto fled = [&](std::size_t from, std::size_t to) {
    const auto [begin, end] = t.borders(RegionId(from));
    for (std::size_t i = begin; i < end; ++i) {
      if (t.border_to[i].row() == to) return t.displaced[i];
    }
    return -1.0;
  };
  EXPECT_GT(fled(1, 2), 0.0);
  EXPECT_DOUBLE_EQ(fled(1, 2), fled(2, 1));
  EXPECT_DOUBLE_EQ(fled(1, 0), fled(2, 3));
}

/// An entry that is due when an actor is not legitimate, and makes another legitimate.
TimelineSpec heals(std::size_t asked, std::size_t healed) {
  TimelineSpec item;
  Condition::Term term;
  term.ref.table = PathRef::Table::actor;
  term.ref.row = asked;
  term.ref.column = find_path_column(PathRef::Table::actor, "legitimacy")->column;
  term.op = Condition::Term::Op::less;
  term.value = 0.3;
  item.when = Condition{"", {term}};
  Assignment to;
  to.ref = term.ref;
  to.ref.row = healed;
  to.value = 0.9;
  item.set = {to};
  return item;
}

TEST(AtOnce, ConditionsOfTheTimelineAreAskedBeforeAnythingIsSet) {
  ScenarioData s = two_democracies();
  s.timeline = {heals(0, 1), heals(1, 0)};
  Sandbox box(s);
  for (const std::size_t a : {0U, 1U}) box.world.actors.legitimacy[a] = 0.2;
  box.run(*configured(make_timeline()), 1.0);
  for (const std::size_t a : {0U, 1U}) EXPECT_EQ(box.world.actors.legitimacy[a], 0.9) << a;
}

TEST(AtOnce, ActsOfTheTimelineGoWhereTheyWouldHaveGoneAlone) {
  // A victim with two regions beside the invader, one of them well held; another's strike on that
  // one is on the same day.
  ScenarioData s = empty_scenario();
  const std::array actors{add_actor(s, "victim", ActorKind::state, 9000.0),
                          add_actor(s, "invader", ActorKind::state, 1000.0),
                          add_actor(s, "bomber", ActorKind::state, 1000.0)};
  const RegionId held = add_region(s, "held", actors[0]);
  const RegionId open = add_region(s, "open", actors[0]);
  const RegionId base = add_region(s, "base", actors[1]);
  add_region(s, "afar", actors[2]);
  add_border(s, held, base, 110.0);
  add_border(s, open, base, 100.0);
  s.presence.push_back({actors[0], held, 9000.0, Role::garrison});
  TimelineSpec item;
  item.at = s.clock.start;
  item.emit = EmitSpec{.act = law::ActKind::invasion,
                       .by = actors[1],
                       .against = actors[0],
                       .where = {},
                       .size = 800.0};
  s.timeline.push_back(item);
  item.emit = EmitSpec{.act = law::ActKind::strike,
                       .by = actors[2],
                       .against = actors[0],
                       .where = held,
                       .size = 9000.0};
  s.timeline.push_back(item);
  for (std::uint32_t run = 0; run < 20; ++run) {
    Sandbox box(s, serial_executor(), run);
    box.run(*configured(make_timeline()), 1.0);
    EXPECT_EQ(people_in(box.world, actors[0], held), 0.0);
    EXPECT_EQ(people_in(box.world, actors[1], open), 800.0);
  }
}

}  // namespace
}  // namespace casus::test
