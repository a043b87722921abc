// Where claims are settled one after the other, whose turn it is is drawn: of two alike in all but
// their names neither gets more.
#include <array>
#include <chrono>
#include <memory>
#include <string>

#include "advantage.h"
#include "alliance.h"
#include "casus/law/membership.h"
#include "crises.h"
#include "sandbox.h"
#include "sim/acts.h"
#include "sim/mechanisms.h"

namespace casus::test {
namespace {

TEST(Lots, DecideWhoAttacksAGarrisonFirst) {
  ScenarioData s = empty_scenario();
  const ActorId state = add_actor(s, "state", ActorKind::state, 80.0);
  const RegionId fort = add_region(s, "fort", state);
  s.presence.push_back({state, fort, 80.0, Role::garrison});
  for (const char* name : {"alfa", "bravo"}) {
    s.presence.push_back(
        {add_actor(s, name, ActorKind::armed_group, 500.0), fort, 500.0, Role::insurgent});
  }
  // The first meets a garrison, and loses men to it; the second meets what is left of it.
  expect_even(
      "men left",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        for (const std::uint32_t group : {1U, 2U}) {
          const PresenceId by = box.world.find(ActorId(group), fort);
          box.attacks.push_back(
              {by, state, 30, box.happens(EventKind::attack, ActorId(group), state)});
        }
        const auto combat = configured(make_combat());
        StepContext now = box.context();
        combat->step(now);
        return people_in(box.world, ActorId(1), fort) - people_in(box.world, ActorId(2), fort);
      },
      0.9);
}

TEST(Lots, DecideWithWhomAGroupMerges) {
  ScenarioData s = empty_scenario();
  const RegionId land = add_region(s, "land", add_actor(s, "state", ActorKind::state, 1000.0));
  const std::array groups{add_actor(s, "alfa", ActorKind::armed_group, 300.0),
                          add_actor(s, "bravo", ActorKind::armed_group, 300.0),
                          add_actor(s, "third", ActorKind::armed_group, 100.0)};
  for (const ActorId g : groups) {
    s.presence.push_back({g, land, s.actors[g.row()].forces, Role::insurgent});
  }
  for (const ActorId big : {groups[0], groups[1]}) {
    s.relations.push_back({big, groups[2], 0.8});
    s.relations.push_back({groups[2], big, 0.8});
  }
  expect_even(
      "who has the third",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        box.run(*configured(make_mobilisation(), {{"merge_rate", always}, {"split_rate", 0.0}}),
                1.0);
        double gain = 0.0;
        for (const Event& e : box.log.all()) {
          if (e.kind != EventKind::merge) continue;
          EXPECT_EQ(e.whom, groups[2]);
          gain += e.who == groups[0] ? 1.0 : -1.0;
        }
        return gain;
      },
      1.0);
}

TEST(Lots, DecideWhichHostGetsAGuestFirst) {
  ScenarioData s = empty_scenario();
  const std::array hosts{add_actor(s, "alfa", ActorKind::state, 5000.0),
                         add_actor(s, "bravo", ActorKind::state, 5000.0)};
  const ActorId power = add_actor(s, "power", ActorKind::external, 0.0);
  s.actors.back()[&ActorTable::home_power] = 20000.0;
  s.actors.back()[&ActorTable::deployment_ceiling] = 4000.0;
  s.actors.back()[&ActorTable::appetite] = 1.0;
  for (const ActorId host : hosts) {
    add_region(s, "home of " + s.actors[host.row()].name, host);
    s.relations.push_back({host, power, 0.8});
  }
  // Half of what the ceiling leaves goes to the first, half of the rest to the second.
  expect_even(
      "guests",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        for (const ActorId host : hosts) box.world.actors.threat[host.row()] = 0.9;
        box.run(*configured(make_mandates(), {{"deployment_rate", always}}), 1.0);
        EXPECT_DOUBLE_EQ(box.world.abroad(power), 3000.0);
        return people_in(box.world, power, RegionId(0)) - people_in(box.world, power, RegionId(1));
      },
      1.0);
}

TEST(Lots, DecideWhoAccedesFirst) {
  ScenarioData s = empty_scenario();
  const ActorId member = add_actor(s, "member", ActorKind::state, 1000.0);
  const RegionId centre = add_region(s, "centre", member);
  const std::array candidates{add_actor(s, "alfa", ActorKind::state, 1000.0),
                              add_actor(s, "bravo", ActorKind::state, 1000.0)};
  for (const ActorId a : candidates) {
    add_border(s, centre, add_region(s, "land of " + s.actors[a.row()].name, a));
    s.relations.push_back({member, a, 0.8});
    s.relations.push_back({a, member, 0.8});
  }
  law::Pact pact = mutual_defence(member, member, "club");
  pact.members.pop_back();
  pact.accession = law::Accession::by_decision;
  s.pacts = {pact};
  s.pact_names = {"club"};
  // Who is in has a say about the next, and the two do not like each other.
  s.relations.push_back({candidates[0], candidates[1], -0.5});
  s.relations.push_back({candidates[1], candidates[0], -0.5});
  expect_even(
      "members",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        box.run(*configured(make_diplomacy(), {{"accession_rate", always}}), 1.0);
        EXPECT_EQ(box.count(EventKind::accession), 1U);
        const auto in = [&](ActorId a) {
          return law::is_member(box.world.pacts[0], a, s.clock.start) ? 1.0 : 0.0;
        };
        return in(candidates[0]) - in(candidates[1]);
      },
      1.0);
}

/// A crisis in which an ultimatum has run out and all is at stake.
void confront(ScenarioData& s, ActorId challenger, ActorId target) {
  CrisisSpec crisis;
  crisis.name = "crisis" + std::to_string(s.crises.size());
  crisis.challenger = challenger;
  crisis.target = target;
  crisis.stake = 1.0;
  crisis.since = s.clock.start - std::chrono::days(10);
  crisis.stage = CrisisStage::ultimatum;
  crisis.deadline = s.clock.start;
  s.crises.push_back(crisis);
}

std::unique_ptr<Mechanism> war_is_cheap() {
  return only(
      {{"review_rate", always}, {"war_cost", 0.01}, {"noise", 0.01}, {"contribution", 0.9}});
}

/// Two neighbours of a third.
ScenarioData neighbours_of_a_third(double alike, double third) {
  ScenarioData s = empty_scenario();
  for (const char* name : {"alfa", "bravo"}) {
    const ActorId a = add_actor(s, name, ActorKind::state, alike);
    add_region(s, std::string("land of ") + name, a);
  }
  const RegionId middle = add_region(s, "middle", add_actor(s, "third", ActorKind::state, third));
  add_border(s, RegionId(0), middle);
  add_border(s, RegionId(1), middle);
  return s;
}

TEST(Lots, DecideWhichCrisisGetsTheArmy) {
  ScenarioData s = neighbours_of_a_third(1000.0, 100000.0);
  confront(s, ActorId(2), ActorId(0));
  confront(s, ActorId(2), ActorId(1));
  expect_even(
      "the third's men",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        box.run(*war_is_cheap(), 1.0);
        EXPECT_EQ(box.count(EventKind::invasion), 2U);
        return people_in(box.world, ActorId(2), RegionId(0)) -
               people_in(box.world, ActorId(2), RegionId(1));
      },
      1.0);
}

TEST(Lots, DecideWhoOfEqualMembersSpeaksForAnOrganisation) {
  ScenarioData s = neighbours_of_a_third(1000.0, 1000.0);
  s.pacts = {mutual_defence(ActorId(0), ActorId(1), "organisation")};
  s.pacts[0].organs.emplace_back();
  s.pact_names = {"organisation"};
  expect_even(
      "who speaks",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        Crisis c;
        c.key = mix(1, 2);
        c.organisation = PactId(0);
        c.target = ActorId(2);
        box.world.crises.push_back(c);
        const auto statecraft = only({{"settlement_rate", always}});
        box.run(*statecraft, 1.0);
        for (const Event& e : box.log.all()) {
          if (e.kind == EventKind::peace) return e.who == ActorId(0) ? 1.0 : -1.0;
        }
        return 0.0;
      },
      1.0);
}

TEST(Lots, DecideWhoOfTwoThatGoToWarHasBegunIt) {
  ScenarioData s = neighbours_of_a_third(10000.0, 10000.0);
  add_border(s, RegionId(0), RegionId(1));
  confront(s, ActorId(0), ActorId(1));
  confront(s, ActorId(1), ActorId(0));
  expect_even(
      "who began",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        box.run(*war_is_cheap(), 1.0);
        EXPECT_EQ(box.count(EventKind::invasion), 2U);
        double gain = 0.0;
        for (const Event& e : box.log.all()) {
          if (e.kind == EventKind::war_begins) gain += e.who == ActorId(0) ? 1.0 : -1.0;
        }
        return gain;
      },
      1.0);
}

/// An entry of the timeline that is due on the first day.
TimelineSpec first_day(const ScenarioData& s) {
  TimelineSpec item;
  item.at = s.clock.start;
  return item;
}

/// People of the third in alfa's land more than in bravo's, after the timeline's first day.
double sent_more(const ScenarioData& s, std::uint32_t run) {
  Sandbox box(s, serial_executor(), run);
  box.run(*configured(make_timeline()), 1.0);
  EXPECT_DOUBLE_EQ(box.world.abroad(ActorId(2)), 1000.0);
  return people_in(box.world, ActorId(2), RegionId(0)) -
         people_in(box.world, ActorId(2), RegionId(1));
}

TEST(Lots, DecideWhichOfADaysActsAreDoneFirst) {
  ScenarioData s = neighbours_of_a_third(1000.0, 1000.0);
  for (const ActorId target : {ActorId(0), ActorId(1)}) {
    s.timeline.push_back(first_day(s));
    s.timeline.back().emit = EmitSpec{.act = law::ActKind::invasion,
                                      .by = ActorId(2),
                                      .against = target,
                                      .where = {},
                                      .size = 800.0};
  }
  expect_even(
      "invaders", [&](std::uint32_t run) { return sent_more(s, run); }, 1.0);
}

TEST(Lots, DecideWhichOfADaysDeploymentsComeFirst) {
  ScenarioData s = neighbours_of_a_third(1000.0, 1000.0);
  for (const RegionId where : {RegionId(0), RegionId(1)}) {
    s.timeline.push_back(first_day(s));
    s.timeline.back().deploy =
        MoveSpec{.actor = ActorId(2), .region = where, .host = {}, .strength = 800.0};
  }
  expect_even(
      "guests", [&](std::uint32_t run) { return sent_more(s, run); }, 1.0);
}

TEST(Lots, DecideAtWhichOfADaysAttacksTheLawLooks) {
  ScenarioData s =
      alliance([](law::Pact& p) { p.articles[1].when.acts = {law::ActKind::rebellion}; });
  const std::array places{victims_land, add_region(s, "victims_other_land", victim)};
  s.presence.push_back({rebels, places[1], 500.0, Role::insurgent});
  expect_even(
      "places judged",
      [&](std::uint32_t run) {
        Sandbox box(s, serial_executor(), run);
        box.run(*configured(make_commitments()), 1.0, [&](Sandbox& b) {
          StepContext now = b.context();
          for (const RegionId r : places) {
            report_act(now, law::ActKind::rebellion, rebels, victim, r, 1.0,
                       b.happens(EventKind::attack, rebels, victim));
          }
        });
        EXPECT_EQ(box.count(EventKind::covered), 1U);
        const Event* judged = first(box, EventKind::covered);
        return judged != nullptr && judged->where == places[0] ? 1.0 : -1.0;
      },
      1.0);
}

}  // namespace
}  // namespace casus::test
