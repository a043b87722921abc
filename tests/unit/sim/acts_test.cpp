#include "sim/acts.h"

#include <algorithm>

#include "casus/core/contracts.h"
#include "sandbox.h"
#include "sim/warfare.h"

namespace casus::test {
namespace {

using A = law::ActKind;

/// Four states in a row, the first two with reserves and garrisons, and a group in the second.
struct Row : Sandbox {
  Row() : Sandbox(scenario_of()) {}

  static ScenarioData scenario_of() {
    ScenarioData s = empty_scenario();
    for (const char* name : {"west", "middle", "east", "far"}) {
      const ActorId a = add_actor(s, name, ActorKind::state, 10000.0);
      const RegionId r = add_region(s, std::string(name) + "_land", a);
      s.presence.push_back({a, r, 6000.0, Role::garrison});
    }
    for (std::size_t r = 0; r + 1 < 4; ++r) add_border(s, RegionId(r), RegionId(r + 1));
    const ActorId g = add_actor(s, "group", ActorKind::armed_group, 500.0);
    s.presence.push_back({g, RegionId(1), 500.0, Role::insurgent});
    return s;
  }
};

constexpr ActorId west{0}, middle{1}, east{2}, far_{3}, group{4};
constexpr RegionId west_land{0}, middle_land{1};

/// The count of hostilities must be what the wars say, and nobody fights himself.
void expect_consistent(const World& w) {
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    for (std::size_t b = 0; b < w.actors.size(); ++b) {
      bool opposed = false;
      for (const War& war : w.wars) {
        if (war.state() != WarState::active) continue;
        const int sa = side_of(war, ActorId(a));
        const int sb = side_of(war, ActorId(b));
        opposed = opposed || (sa >= 0 && sb >= 0 && sa != sb);
      }
      ASSERT_EQ(w.relations.at_war(ActorId(a), ActorId(b)), opposed) << a << " and " << b;
      ASSERT_EQ(war_between(w, ActorId(a), ActorId(b)).valid(), opposed);
    }
    ASSERT_FALSE(w.relations.at_war(ActorId(a), ActorId(a)));
  }
  for (const War& war : w.wars) {
    for (std::size_t i = 0; i < war.belligerents().size(); ++i) {
      for (std::size_t j = i + 1; j < war.belligerents().size(); ++j) {
        const auto& x = war.belligerents()[i];
        const auto& y = war.belligerents()[j];
        ASSERT_FALSE(x.actor == y.actor && x.active != 0 && y.active != 0) << "twice in one war";
      }
    }
  }
}

TEST(Wars, AWarIsOpenedOnceAndSaysWhoBegan) {
  Row box;
  StepContext c = box.context();
  box.world.relations.set_hosting(west, east, true);
  const WarId war = open_war(c, west, east, {});
  const War& w = box.world.wars[war.row()];
  EXPECT_EQ(side_of(w, west), 0);
  EXPECT_EQ(side_of(w, east), 1);
  EXPECT_TRUE(w.interstate());
  EXPECT_FALSE(box.world.relations.hosts(west, east)) << "no guests among enemies";
  EXPECT_EQ(open_war(c, east, west, {}), war);
  EXPECT_EQ(box.count(EventKind::war_begins), 1U);
  EXPECT_EQ(box.log[w.cause].size, 1.0);
  EXPECT_THROW(open_war(c, west, west, {}), ContractError);
  const WarId civil = open_war(c, group, east, {});
  EXPECT_FALSE(box.world.wars[civil.row()].interstate());
  EXPECT_EQ(box.log[box.world.wars[civil.row()].cause].size, 0.0);
  expect_consistent(box.world);
}

TEST(Wars, WhoJoinsFightsTheOtherSideAndNotItself) {
  Row box;
  StepContext c = box.context();
  const WarId war = open_war(c, west, east, {});
  const EventId joined = join_war(c, war, middle, 1, PactId(0), ArticleId(3), {});
  ASSERT_TRUE(joined.valid());
  EXPECT_EQ(box.log[joined].whom, east);
  EXPECT_EQ(box.log[joined].article, ArticleId(3));
  EXPECT_TRUE(box.world.relations.at_war(middle, west));
  EXPECT_FALSE(box.world.relations.at_war(middle, east));
  EXPECT_FALSE(join_war(c, war, middle, 0, {}, {}, {}).valid()) << "it stands there already";
  EXPECT_FALSE(join_war(c, war, west, 1, {}, {}, {}).valid()) << "against itself";
  expect_consistent(box.world);
  leave_war(c, war, east, {});
  EXPECT_EQ(box.world.wars[war.row()].state(), WarState::active) << "middle fights on";
  expect_consistent(box.world);
  leave_war(c, war, middle, {});
  EXPECT_EQ(box.world.wars[war.row()].state(), WarState::ended) << "nobody is left to fight";
  EXPECT_FALSE(join_war(c, war, far_, 0, {}, {}, {}).valid()) << "it is over";
  expect_consistent(box.world);
}

TEST(Wars, ACeasefireSuspendsAndAResumptionRestores) {
  Row box;
  StepContext c = box.context();
  const WarId war = open_war(c, west, east, {});
  stop_war(c, war, WarState::ceasefire, 30.0, {});
  EXPECT_FALSE(box.world.relations.at_war(west, east));
  EXPECT_EQ(box.count(EventKind::ceasefire), 1U);
  join_war(c, war, middle, 0, {}, {}, {});
  EXPECT_FALSE(box.world.relations.at_war(middle, east)) << "not before it is resumed";
  expect_consistent(box.world);
  resume_war(c, war, {});
  EXPECT_TRUE(box.world.relations.at_war(west, east));
  EXPECT_TRUE(box.world.relations.at_war(middle, east));
  expect_consistent(box.world);
  stop_war(c, war, WarState::ceasefire, 60.0, {});
  leave_war(c, war, middle, {});
  stop_war(c, war, WarState::ended, 0.0, {});
  EXPECT_EQ(box.count(EventKind::war_ends), 1U);
  expect_consistent(box.world);
}

// A patrol that strays over the border is reported as what it is, and starts no war.
TEST(Acts, ForceBelowAnArmedAttackIsNoWar) {
  for (const double severity : {0.1, 1.0}) {
    Row box;
    StepContext c = box.context();
    act(c, A::invasion, west, middle, middle_land, 50.0, {.severity = severity}, {});
    EXPECT_EQ(box.world.relations.at_war(west, middle), severity == 1.0);
    ASSERT_EQ(box.acts.size(), 1U);
    EXPECT_EQ(box.acts[0].severity, severity);
  }
}

TEST(Wars, AResumptionIsInTheLogWithItsCauses) {
  Row box;
  StepContext c = box.context();
  const WarId war = open_war(c, west, east, {});
  const EventId begun = box.world.wars[war.row()].cause;
  stop_war(c, war, WarState::ceasefire, 30.0, {});
  const EventId shot = box.happens(EventKind::strike, east, west);
  open_war(c, east, west, shot);
  const Event& e = box.log.all().back();
  EXPECT_EQ(e.kind, EventKind::war_resumes);
  EXPECT_EQ(e.who, west);
  EXPECT_EQ(e.whom, east);
  EXPECT_EQ(e.war, war);
  EXPECT_EQ(e.size, 1.0) << "between states";
  const auto causes = box.log.causes(e);
  EXPECT_EQ(std::vector<EventId>(causes.begin(), causes.end()), (std::vector{shot, begun}));
  EXPECT_EQ(box.world.wars[war.row()].cause, e.id) << "what follows, follows from it";
}

TEST(Wars, AWarThatItsStatesLeaveIsNoneBetweenStates) {
  Row box;
  StepContext c = box.context();
  const WarId war = open_war(c, west, east, {});
  join_war(c, war, group, 1, {}, {}, {});
  EXPECT_TRUE(box.world.wars[war.row()].interstate());
  leave_war(c, war, east, {});
  EXPECT_EQ(box.world.wars[war.row()].state(), WarState::active);
  EXPECT_FALSE(box.world.wars[war.row()].interstate()) << "a state against a group";
  join_war(c, war, far_, 1, {}, {}, {});
  EXPECT_TRUE(box.world.wars[war.row()].interstate()) << "again";
  // Who is left alone has no enemy: the war ends as what it was.
  leave_war(c, war, west, {});
  EXPECT_EQ(box.world.wars[war.row()].state(), WarState::ended);
  EXPECT_EQ(box.log.all().back().kind, EventKind::war_ends);
  EXPECT_EQ(box.log.all().back().size, 1.0);
}

TEST(Wars, ForceDuringACeasefireBreaksIt) {
  Row box;
  StepContext c = box.context();
  const WarId war = open_war(c, west, east, {});
  stop_war(c, war, WarState::ceasefire, 30.0, {});
  EXPECT_EQ(open_war(c, east, west, {}), war) << "the same war goes on";
  EXPECT_EQ(box.world.wars.size(), 2U) << "this one and the insurgency";
  EXPECT_TRUE(box.world.relations.at_war(west, east));
  expect_consistent(box.world);
}

TEST(Wars, AnyOrderOfEntriesAndExitsKeepsTheBooks) {
  Row box;
  StepContext c = box.context();
  Stream stream({9, 9}, 0, Purpose("test"), {1});
  const auto actor = [&] { return ActorId(static_cast<std::size_t>(uniform(stream) * 5.0)); };
  std::size_t joined = 0;
  for (int i = 0; i < 600; ++i) {
    World& w = box.world;
    const ActorId a = actor();
    const ActorId b = actor();
    const WarId war(static_cast<std::size_t>(uniform(stream) * static_cast<double>(w.wars.size())));
    const WarState state = w.wars[war.row()].state();
    switch (static_cast<int>(uniform(stream) * 6.0)) {
      case 0:
        if (a != b) open_war(c, a, b, {});
        break;
      case 1:
      case 2:
        joined += join_war(c, war, a, uniform(stream) < 0.5 ? 0 : 1, {}, {}, {}).valid();
        break;
      case 3:
        if (state != WarState::ended) leave_war(c, war, a, {});
        break;
      case 4:
        if (state == WarState::active) stop_war(c, war, WarState::ceasefire, 1.0, {});
        break;
      default:
        if (state == WarState::ceasefire) resume_war(c, war, {});
    }
    expect_consistent(w);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(joined, 20U);
  for (std::size_t i = 0; i < box.world.wars.size(); ++i) {
    if (box.world.wars[i].state() != WarState::ended) {
      stop_war(c, WarId(i), WarState::ended, 0.0, {});
    }
  }
  expect_consistent(box.world);
}

TEST(Wars, TheDeadAreCountedWhereTheyFell) {
  Row box;
  World& w = box.world;
  const double before = people(w);
  const PresenceId p = w.find(middle, middle_land);
  kill(w, p.row(), 250.0);
  kill_civilians(w, middle_land, 40.0);
  EXPECT_DOUBLE_EQ(w.presences.strength[p.row()], 5750.0);
  EXPECT_DOUBLE_EQ(w.actors.losses[middle.row()], 250.0);
  EXPECT_DOUBLE_EQ(w.actors.recent_losses[middle.row()], 250.0);
  EXPECT_DOUBLE_EQ(w.regions.deaths[middle_land.row()], 290.0);
  EXPECT_DOUBLE_EQ(w.regions.civilian_deaths[middle_land.row()], 40.0);
  EXPECT_DOUBLE_EQ(w.regions.recent_violence[middle_land.row()], 290.0);
  EXPECT_NEAR(people(w), before, 1e-9);
}

TEST(Wars, WhoGoesHomeGivesBackWhatHeHeld) {
  Row box;
  World& w = box.world;
  const PresenceId p = w.find(group, middle_land);
  const double held = w.presences.control[p.row()];
  ASSERT_GT(held, 0.0);
  recall(w, p.row(), 100.0);
  EXPECT_DOUBLE_EQ(w.presences.control[p.row()], held) << "some stay";
  recall(w, p.row(), 1e9);
  EXPECT_DOUBLE_EQ(w.presences.strength[p.row()], 0.0);
  EXPECT_DOUBLE_EQ(w.presences.control[p.row()], 0.0);
  EXPECT_DOUBLE_EQ(w.regions.control[middle_land.row()], 1.0);
  EXPECT_DOUBLE_EQ(w.actors.reserve[group.row()], 500.0);
}

TEST(Wars, TheReserveGoesFirstThenPowerAtHomeThenHalfOfTheGarrisonsNextToIt) {
  Row box;
  World& w = box.world;
  w.actors.home_power[west.row()] = 1000.0;
  const double before = people(w);
  StepContext c = box.context();
  EXPECT_DOUBLE_EQ(send_force(c, west, middle_land, 4500.0, false, {}), 4500.0);
  EXPECT_DOUBLE_EQ(w.actors.reserve[west.row()], 0.0);
  EXPECT_DOUBLE_EQ(w.actors.home_power[west.row()], 500.0);
  EXPECT_DOUBLE_EQ(send_force(c, west, middle_land, 1e6, false, {}), 500.0 + 3000.0);
  EXPECT_DOUBLE_EQ(w.presences.strength[w.find(west, west_land).row()], 3000.0);
  EXPECT_DOUBLE_EQ(w.presences.strength[w.find(west, middle_land).row()], 8000.0);
  EXPECT_FALSE(w.relations.hosts(middle, west)) << "nobody asked";
  EXPECT_DOUBLE_EQ(people(w), before);
  const double far_forces = w.forces(far_) + w.actors.home_power[far_.row()];
  EXPECT_DOUBLE_EQ(send_force(c, far_, middle_land, 9000.0, true, {}), 0.25 * far_forces)
      << "a quarter of its forces";
  EXPECT_TRUE(w.relations.hosts(middle, far_));
}

TEST(Wars, ArmiesEnterWhereTheBorderIsWideAndTheDefenceWeak) {
  ScenarioData s = empty_scenario();
  const ActorId a = add_actor(s, "a", ActorKind::state, 1000.0);
  const ActorId b = add_actor(s, "b", ActorKind::state, 90000.0);
  const ActorId c = add_actor(s, "c", ActorKind::state, 1000.0);
  const RegionId home = add_region(s, "home", a);
  const RegionId capital = add_region(s, "capital", b);
  const RegionId narrow = add_region(s, "narrow", b);
  const RegionId wide = add_region(s, "wide", b);
  const RegionId guest = add_region(s, "guest", c);
  add_border(s, home, narrow, 100.0);
  add_border(s, home, wide, 300.0);
  add_border(s, guest, capital, 500.0);
  const auto entry = [&] {
    const World w = make_world(s, {1, 0});
    return entry_region(w, a, b, 1000.0);
  };
  EXPECT_EQ(entry(), wide);
  s.presence.push_back({b, wide, 9000.0, Role::garrison});
  EXPECT_EQ(entry(), narrow);
  s.regions[wide.row()][&RegionTable::value] = 10.0;
  EXPECT_EQ(entry(), wide);
  World w = make_world(s, {1, 0});
  w.relations.set_hosting(c, a, true);
  w.regions.value[wide.row()] = 1.0;
  EXPECT_EQ(entry_region(w, a, b, 1000.0), capital) << "over a host's border";
  EXPECT_EQ(entry_region(w, b, c, 1000.0), guest);
  EXPECT_EQ(entry_region(w, a, c, 1000.0), guest) << "its capital, by air";
  EXPECT_TRUE(neighbours(w, a, b));
  EXPECT_FALSE(neighbours(w, a, c));
}

TEST(Acts, AnInvasionIsAWarAnArmyAndAMatterOfLaw) {
  Row box;
  StepContext c = box.context();
  const EventId why = box.happens(EventKind::threat, west, middle);
  const EventId e = act(c, A::invasion, west, middle, middle_land, 3000.0, {}, why);
  EXPECT_EQ(box.log[e].kind, EventKind::invasion);
  EXPECT_EQ(box.log[e].size, 3000.0);
  ASSERT_EQ(box.log.causes(box.log[e]).size(), 1U);
  EXPECT_EQ(box.log.causes(box.log[e])[0], why);
  const WarId war = war_between(box.world, west, middle);
  ASSERT_TRUE(war.valid());
  EXPECT_EQ(box.log.causes(box.log[box.world.wars[war.row()].cause])[0], e);
  EXPECT_DOUBLE_EQ(box.world.presences.strength[box.world.find(west, middle_land).row()], 3000.0);
  ASSERT_EQ(box.acts.size(), 1U);
  EXPECT_EQ(box.acts[0].kind, A::invasion);
  EXPECT_EQ(box.acts[0].author, west);
  EXPECT_EQ(box.acts[0].victim, middle);
  EXPECT_EQ(box.acts[0].place.sovereign, middle);
  EXPECT_EQ(box.acts[0].event, e);
  EXPECT_FALSE(box.acts[0].invited);
}

TEST(Acts, WhoIsAskedInMakesNoWar) {
  Row box;
  StepContext c = box.context();
  const EventId e =
      act(c, A::intervention, west, middle, middle_land, 2000.0, {.invited = true}, {});
  EXPECT_EQ(box.log[e].kind, EventKind::intervention);
  EXPECT_FALSE(box.world.relations.at_war(west, middle));
  EXPECT_TRUE(box.world.relations.hosts(middle, west));
  EXPECT_TRUE(box.acts.at(0).invited);
  act(c, A::intervention, east, middle, middle_land, 2000.0, {}, {});
  EXPECT_TRUE(box.world.relations.at_war(east, middle));
}

TEST(Acts, AStrikeKillsWhomItMeantAndNoMore) {
  Row box;
  StepContext c = box.context();
  const double before = people(box.world);
  const EventId e = act(c, A::strike, west, group, middle_land, 50.0, {}, {});
  EXPECT_DOUBLE_EQ(box.log[e].deaths, 50.0);
  EXPECT_DOUBLE_EQ(box.world.forces(group), 450.0);
  EXPECT_DOUBLE_EQ(box.world.forces(middle), 10000.0);
  const EventId all = act(c, A::strike, west, group, middle_land, 1e9, {}, {});
  EXPECT_DOUBLE_EQ(box.log[all].deaths, 450.0);
  EXPECT_DOUBLE_EQ(people(box.world), before);
  EXPECT_FALSE(box.world.relations.at_war(west, group)) << "a strike is not yet a war";
}

TEST(Acts, MeasuresAreImposedOnceAndLifted) {
  Row box;
  StepContext c = box.context();
  const EventId first = act(c, A::sanction, west, middle, {}, 0.2, {}, {});
  ASSERT_TRUE(first.valid());
  EXPECT_FALSE(act(c, A::sanction, west, middle, {}, 0.4, {}, {}).valid());
  EXPECT_TRUE(act(c, A::blockade, west, middle, {}, 0.4, {}, {}).valid());
  EXPECT_TRUE(act(c, A::sanction, east, middle, {}, 0.1, {}, {}).valid());
  const EventId aid = act(c, A::aid, far_, middle, {}, 25.0, {}, {});
  EXPECT_EQ(box.log[aid].kind, EventKind::aid);
  ASSERT_EQ(box.world.measures.size(), 4U);
  EXPECT_EQ(box.world.measures[0].size, 0.2);
  EXPECT_EQ(box.acts.size(), 3U) << "aid is nobody's casus foederis";
  lift(c, 0, first);
  EXPECT_FALSE(box.world.measures[0].active);
  const Event& lifted = box.log.all().back();
  EXPECT_EQ(lifted.kind, EventKind::sanction_lifted);
  EXPECT_EQ(box.log.causes(lifted)[0], first);
  EXPECT_TRUE(act(c, A::sanction, west, middle, {}, 0.4, {}, {}).valid()) << "anew";
  std::vector<std::uint64_t> keys;
  for (const Measure& m : box.world.measures) keys.push_back(m.key);
  std::sort(keys.begin(), keys.end() - 1);
  EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end() - 1), keys.end() - 1);
}

TEST(Acts, WordsAreNotForce) {
  Row box;
  StepContext c = box.context();
  act(c, A::threat, west, middle, {}, 0.5, {}, {});
  EXPECT_FALSE(box.world.relations.at_war(west, middle));
  act(c, A::declaration_of_war, west, middle, {}, 0.0, {}, {});
  EXPECT_TRUE(box.world.relations.at_war(west, middle));
  EXPECT_DOUBLE_EQ(box.world.abroad(west), 0.0);
  act(c, A::mobilisation, east, middle, {}, 0.0, {}, {});
  EXPECT_DOUBLE_EQ(box.world.actors.mobilised[east.row()], 1.0);
  EXPECT_EQ(box.acts.size(), 3U);
}

TEST(Acts, AGroupsActNamesItsSponsor) {
  Row box;
  box.world.actors.sponsor[group.row()] = far_;
  box.world.actors.sponsor_evidence[group.row()] = 0.6;
  StepContext c = box.context();
  report_act(c, A::rebellion, group, middle, middle_land, 1.0, {});
  EXPECT_EQ(box.acts.at(0).sponsor, far_);
  EXPECT_DOUBLE_EQ(box.acts.at(0).sponsor_evidence, 0.6);
  report_act(c, A::invasion, west, middle, middle_land, 1.0, {});
  EXPECT_FALSE(box.acts.at(1).sponsor.valid());
}

}  // namespace
}  // namespace casus::test
