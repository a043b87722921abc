#include <algorithm>
#include <cmath>

#include "sandbox.h"
#include "sim/mechanisms.h"
#include "sim/warfare.h"

namespace casus::test {
namespace {

/// The mechanism with every rate at zero and no common mood but for what a test turns on. What
/// calibration may move is held, so that a test of behaviour does not become one of a default.
std::unique_ptr<Mechanism> only(Changes changes) {
  constexpr std::pair<std::string_view, double> held[] = {
      {"war_cost", 0.2},   {"decisiveness", 1.0}, {"noise", 0.1},
      {"friendship", 1.5}, {"support", 0.5},      {"contribution", 0.25}};
  auto mechanism = make_statecraft();
  std::vector<double> values;
  for (const ParameterInfo& row : mechanism->info().parameters) {
    const bool off =
        row.name.ends_with("_rate") || row.name.ends_with("_fatigue") || row.name == "common_noise";
    double x = off ? 0.0 : row.fallback;
    if (row.name == "stake_half_life") x = row.high;
    for (const auto& [name, value] : held) {
      if (row.name == name) x = value;
    }
    for (const auto& [name, value] : changes) {
      if (row.name == name) x = value;
    }
    values.push_back(x);
  }
  mechanism->configure(values);
  return mechanism;
}

law::Pact mutual_defence(ActorId a, ActorId b, const std::string& id) {
  using namespace std::chrono_literals;
  law::Pact p;
  p.id = id;
  p.key = pact_key(id);
  p.in_force = Date{2020y / 1 / 1};
  for (const ActorId m : {a, b}) {
    p.members.emplace_back();
    p.members.back().actor = m;
  }
  p.articles.emplace_back();
  p.articles[0].id = "1";
  p.articles[0].when.acts = {law::ActKind::invasion};
  p.articles[0].then.assist = {law::Obligation::troops, law::Obligation::war};
  p.articles[0].procedure = law::Procedure::automatic;
  return p;
}

/// `n` times: a challenger whose ultimatum has run out, its target next to it, and a strong third
/// that borders the target.
ScenarioData trios(std::size_t n, double stake = 0.7) {
  ScenarioData s = empty_scenario();
  for (std::size_t i = 0; i < n; ++i) {
    const std::string tail = std::to_string(i);
    const ActorId challenger = add_actor(s, "challenger" + tail, ActorKind::state, 10000.0);
    const ActorId target = add_actor(s, "target" + tail, ActorKind::state, 10000.0);
    const ActorId third = add_actor(s, "third" + tail, ActorKind::state, 30000.0);
    const RegionId a = add_region(s, "a" + tail, challenger);
    const RegionId b = add_region(s, "b" + tail, target);
    const RegionId c = add_region(s, "c" + tail, third);
    add_border(s, a, b);
    add_border(s, b, c);
    CrisisSpec crisis;
    crisis.name = "crisis" + tail;
    crisis.challenger = challenger;
    crisis.target = target;
    crisis.stake = stake;
    crisis.since = s.clock.start - std::chrono::days(10);
    crisis.stage = CrisisStage::ultimatum;
    crisis.deadline = s.clock.start;
    s.crises.push_back(crisis);
  }
  return s;
}

std::size_t invasions(const ScenarioData& s, double days = 1.0,
                      const std::function<void(World&)>& prepare = {}) {
  Sandbox box(s);
  if (prepare) prepare(box.world);
  box.run(*only({{"review_rate", 5.0}}), days);
  return box.count(EventKind::invasion);
}

ScenarioData with_allies(std::size_t n, const std::function<void(law::Pact&, std::size_t)>& edit) {
  ScenarioData s = trios(n);
  for (std::size_t i = 0; i < n; ++i) {
    law::Pact p =
        mutual_defence(ActorId(3 * i + 1), ActorId(3 * i + 2), "pact" + std::to_string(i));
    edit(p, i);
    s.pacts.push_back(p);
    s.pact_names.push_back(p.id);
  }
  return s;
}

TEST(Statecraft, TableIsInOrder) { expect_table_in_order(make_statecraft); }

TEST(Statecraft, AHigherStakeIsFoughtForMoreOften) {
  const std::size_t low = invasions(trios(80, 0.4));
  const std::size_t middle = invasions(trios(80, 0.7));
  const std::size_t high = invasions(trios(80, 0.95));
  EXPECT_LT(low, middle);
  EXPECT_LT(middle, high);
}

TEST(Statecraft, APublicAllyDetersAndASecretOneDoesNot) {
  const std::size_t n = 80;
  const std::size_t alone = invasions(trios(n));
  const std::size_t open = invasions(with_allies(n, [](law::Pact&, std::size_t) {}));
  const std::size_t secret =
      invasions(with_allies(n, [](law::Pact& p, std::size_t) { p.secret = true; }));
  const std::size_t leaked = invasions(with_allies(n, [](law::Pact& p, std::size_t i) {
    p.secret = true;
    p.known_to = {ActorId(3 * i)};
  }));
  EXPECT_LT(open + 10, alone);
  EXPECT_EQ(secret, alone) << "draw for draw";
  EXPECT_EQ(leaked, open);
}

TEST(Statecraft, AnAllyWhoIsNotBelievedDetersLess) {
  const ScenarioData s = with_allies(80, [](law::Pact&, std::size_t) {});
  const auto record = [](double reputation) {
    return [reputation](World& w) { w.actors.reputation.assign(w.actors.size(), reputation); };
  };
  const auto count = [&](double reputation) {
    Sandbox box(s);
    record(reputation)(box.world);
    box.law.reputation = 12.0;
    box.run(*only({{"review_rate", 5.0}}), 1.0);
    return box.count(EventKind::invasion);
  };
  EXPECT_GT(count(0.0), count(1.0));
}

TEST(Statecraft, AlliesOfTheChallengerEmboldenIt) {
  ScenarioData s = trios(80);
  for (std::size_t i = 0; i < 80; ++i) {
    s.relations.push_back({ActorId(3 * i + 2), ActorId(3 * i), 0.9});
  }
  const std::size_t friends = invasions(s);
  EXPECT_EQ(friends, invasions(trios(80))) << "liking alone is no pact";
  for (std::size_t i = 0; i < 80; ++i) {
    s.pacts.push_back(
        mutual_defence(ActorId(3 * i), ActorId(3 * i + 2), "pact" + std::to_string(i)));
    s.pact_names.push_back(s.pacts.back().id);
  }
  EXPECT_GT(invasions(s), friends);
}

TEST(Statecraft, AnAttackIsAnActOfWarCausedByTheCrisis) {
  ScenarioData s = trios(1, 1.0);
  Sandbox box(s);
  box.world.crises[0].cause = box.happens(EventKind::starting_condition, ActorId(0), ActorId(1));
  const double before = people(box.world);
  box.run(*only({{"review_rate", 5.0}, {"war_cost", 0.01}}), 10.0);
  ASSERT_EQ(box.count(EventKind::invasion), 1U);
  EXPECT_TRUE(box.world.relations.at_war(ActorId(0), ActorId(1)));
  EXPECT_EQ(box.world.crises[0].stage, Confrontation::force);
  EXPECT_GT(box.world.abroad(ActorId(0)), 1000.0);
  EXPECT_DOUBLE_EQ(people(box.world), before);
  for (const Event& e : box.log.all()) {
    if (e.kind != EventKind::invasion) continue;
    ASSERT_EQ(box.log.causes(e).size(), 1U);
    EXPECT_EQ(box.log.causes(e)[0], EventId(0));
  }
}

TEST(Statecraft, NobodyDecidesBeforeTheUltimatumHasRunOut) {
  ScenarioData s = trios(30, 1.0);
  for (CrisisSpec& c : s.crises) c.deadline = s.clock.start + std::chrono::days(5);
  EXPECT_EQ(invasions(s, 5.0), 0U);
  EXPECT_GT(invasions(s, 6.0), 0U);
}

TEST(Statecraft, ADisputeBecomesAnUltimatumWithSanctions) {
  ScenarioData s = trios(1);
  s.crises[0].stage = CrisisStage::dispute;
  s.crises[0].deadline.reset();
  Sandbox box(s);
  const auto mechanism = only({{"escalation_rate", 50.0}, {"sanction_size", 0.3}});
  while (box.count(EventKind::ultimatum) == 0 && box.step < 1000) box.run(*mechanism, 1.0);
  const Crisis& c = box.world.crises[0];
  EXPECT_EQ(c.stage, Confrontation::ultimatum);
  EXPECT_DOUBLE_EQ(c.deadline_day, box.step - 1 + 7.0);
  ASSERT_EQ(box.world.measures.size(), 1U);
  EXPECT_EQ(box.world.measures[0].by, ActorId(0));
  EXPECT_EQ(box.world.measures[0].on, ActorId(1));
  EXPECT_DOUBLE_EQ(box.world.measures[0].size, 0.3);
  ASSERT_EQ(box.acts.size(), 1U);
  EXPECT_EQ(box.acts[0].kind, law::ActKind::threat);
  EXPECT_EQ(box.log[box.world.measures[0].cause].kind, EventKind::sanction);
  EXPECT_EQ(box.log.causes(box.log[box.world.measures[0].cause])[0], c.cause);
}

TEST(Statecraft, StakesFadeAndCrisesLapseOrSettle) {
  Sandbox box(trios(1, 0.5));
  box.run(*only({{"stake_half_life", 100.0}}), 100.0);
  EXPECT_NEAR(box.world.crises[0].stake, 0.25, 1e-12);
  box.run(*only({{"stake_half_life", 100.0}}), 400.0);
  EXPECT_EQ(box.world.crises[0].stage, Confrontation::lapsed);

  const std::size_t n = 150;
  const double share = 1.0 - std::exp(-2.0 * (1.0 - 0.5) * 180.0 / days_per_year);
  Sandbox many(trios(n, 0.5));
  many.run(*only({{"settlement_rate", 2.0}, {"stake_half_life", 2000.0}}), 180.0);
  double settled = 0.0;
  for (const Crisis& c : many.world.crises) settled += c.stage == Confrontation::settled;
  // The stake falls by a sixteenth in that time, which settles a few more.
  EXPECT_NEAR(settled / n, share, 4.0 * std::sqrt(share * (1.0 - share) / n) + 0.01);
  many.run(*only({{"review_rate", 5.0}, {"war_cost", 0.01}}), 3.0);
  for (const Event& e : many.log.all()) {
    if (e.kind != EventKind::invasion) continue;
    for (const Crisis& c : many.world.crises) {
      EXPECT_FALSE(c.stage == Confrontation::settled && c.challenger == e.who);
    }
  }
}

// --- organisations

/// Six members around a target that is none; the organ's ultimatum has run out. `friends` of them
/// like the target.
ScenarioData summit(std::size_t friends, law::DecisionRule rule = law::DecisionRule::unanimity) {
  using namespace std::chrono_literals;
  ScenarioData s = empty_scenario();
  const ActorId target = add_actor(s, "target", ActorKind::state, 10000.0);
  const RegionId centre = add_region(s, "centre", target);
  law::Pact p;
  p.id = "organisation";
  p.key = pact_key(p.id);
  p.in_force = Date{2020y / 1 / 1};
  for (std::size_t i = 0; i < 6; ++i) {
    const ActorId m = add_actor(s, "member" + std::to_string(i), ActorKind::state, 10000.0);
    s.actors.back().appetite = 0.9;
    add_border(s, centre, add_region(s, "land" + std::to_string(i), m));
    s.relations.push_back({m, target, i < friends ? 0.9 : -0.5});
    p.members.emplace_back();
    p.members.back().actor = m;
  }
  p.organs.emplace_back();
  p.organs[0].rule = rule;
  s.pacts = {p};
  s.pact_names = {p.id};
  CrisisSpec crisis;
  crisis.name = "coup";
  crisis.organisation = PactId(0);
  crisis.target = target;
  crisis.issue = Issue::coup;
  crisis.stake = 0.8;
  crisis.since = s.clock.start - std::chrono::days(10);
  crisis.stage = CrisisStage::ultimatum;
  crisis.deadline = s.clock.start;
  s.crises.push_back(crisis);
  return s;
}

struct Outcome {
  std::size_t acted = 0, votes = 0, honoured = 0, broken = 0, wars = 0;
};

Outcome summits(const ScenarioData& s, std::size_t runs, double days, Changes changes,
                const std::function<void(World&)>& prepare = {}) {
  Outcome out;
  for (std::uint32_t run = 0; run < runs; ++run) {
    Sandbox box(s, serial_executor(), run);
    if (prepare) prepare(box.world);
    box.run(*only(changes), days);
    out.acted += box.count(EventKind::intervention) > 0;
    out.votes += box.count(EventKind::intervention_vote);
    out.honoured += box.count(EventKind::honour);
    out.broken += box.count(EventKind::breach);
    out.wars += box.world.relations.at_war(ActorId(1), ActorId(0));
  }
  return out;
}

constexpr std::pair<std::string_view, double> review{"organ_review_rate", 1.0};
constexpr std::pair<std::string_view, double> loyal{"friendship", 5.0};

TEST(Statecraft, ADividedOrganisationDoesNotAct) {
  const Outcome united = summits(summit(0), 20, 10.0, {review, loyal});
  EXPECT_EQ(united.acted, 20U);
  const Outcome divided = summits(summit(3), 20, 60.0, {review, loyal});
  EXPECT_GT(divided.votes, 200U);
  EXPECT_EQ(divided.acted, 0U);
  // Where a majority suffices, two friends of the target do not stand in the way.
  EXPECT_EQ(summits(summit(2, law::DecisionRule::majority), 20, 10.0, {review, loyal}).acted, 20U);
  EXPECT_EQ(summits(summit(2), 20, 10.0, {review, loyal}).acted, 0U);
}

TEST(Statecraft, SuspendedMembersHaveNoSay) {
  ScenarioData s = summit(1);
  EXPECT_EQ(summits(s, 10, 10.0, {review, loyal}).acted, 0U);
  s.pacts[0].members[0].suspensions.push_back({s.clock.start - std::chrono::days(9), {}});
  const Outcome out = summits(s, 10, 10.0, {review, loyal});
  EXPECT_EQ(out.acted, 10U);
  EXPECT_EQ(out.honoured + out.broken, 50U) << "nor does the sixth send anybody";
}

TEST(Statecraft, ACallForHelpIsAnsweredMoreReadilyAndWithoutWar) {
  // The stake leaves members of no firm mind.
  ScenarioData s = summit(6, law::DecisionRule::majority);
  for (RelationSpec& r : s.relations) r.affinity = 0.4;
  s.crises[0].stake = 0.55;
  const auto ask = [](World& w) { w.crises[0].invited = true; };
  const Outcome against = summits(s, 40, 5.0, {review});
  const Outcome invited = summits(s, 40, 5.0, {review}, ask);
  EXPECT_LT(against.acted + 10, invited.acted);
  EXPECT_EQ(invited.wars, 0U);
  EXPECT_EQ(against.wars > 0, against.acted > 0);
}

TEST(Statecraft, MembersKeepTheirWordAsFarAsTheirWillGoes) {
  const Outcome out = summits(summit(0), 100, 10.0, {review, loyal});
  const double n = static_cast<double>(out.honoured + out.broken);
  ASSERT_EQ(n, 600.0);
  EXPECT_NEAR(static_cast<double>(out.honoured) / n, 0.7, 4.0 * std::sqrt(0.7 * 0.3 / n));
}

TEST(Statecraft, APledgeIsWhatAMemberSends) {
  ScenarioData s = summit(0);
  for (law::Member& m : s.pacts[0].members) m.contribution = 321.0;
  Sandbox box(s);
  box.run(*only({review, loyal}), 10.0);
  std::size_t sent = 0;
  for (const Event& e : box.log.all()) {
    if (e.kind != EventKind::intervention) continue;
    EXPECT_DOUBLE_EQ(e.size, 321.0);
    EXPECT_TRUE(box.log.causes(e)[0].valid());
    ++sent;
  }
  EXPECT_GT(sent, 0U);
  EXPECT_EQ(box.acts.size(), 0U) << "days later";
}

// --- sanctions and disputes

TEST(Statecraft, SanctionsTireAndSoonerOnceTheirCrisisIsOver) {
  const std::size_t n = 150;
  const auto lifted = [&](bool open) {
    ScenarioData s = trios(n);
    Sandbox box(s);
    for (std::size_t i = 0; i < n; ++i) {
      Measure m;
      m.key = 1000 + i;
      m.by = ActorId(3 * i);
      m.on = ActorId(3 * i + 1);
      m.size = 0.2;
      box.world.measures.push_back(m);
      if (!open) box.world.crises[i].stage = Confrontation::settled;
    }
    Measure aid = box.world.measures[0];
    aid.kind = MeasureKind::aid;
    box.world.measures.push_back(aid);
    box.run(*only({{"sanction_fatigue", 0.8}}), 120.0);
    EXPECT_TRUE(box.world.measures.back().active) << "aid is not a sanction";
    return static_cast<double>(box.count(EventKind::sanction_lifted)) / static_cast<double>(n);
  };
  for (const bool open : {true, false}) {
    const double p = 1.0 - std::exp(-(open ? 0.8 : 3.2) * 120.0 / days_per_year);
    EXPECT_NEAR(lifted(open), p, 4.0 * std::sqrt(p * (1.0 - p) / n)) << open;
  }
}

TEST(Statecraft, NeighboursThatThinkIllOfEachOtherQuarrel) {
  ScenarioData s = trios(20);
  s.crises.clear();
  for (std::size_t i = 0; i < 20; ++i) {
    s.relations.push_back({ActorId(3 * i), ActorId(3 * i + 1), -0.9});
    s.relations.push_back({ActorId(3 * i), ActorId(3 * i + 2), -0.9});  // no border between them
  }
  Sandbox box(s);
  box.run(*only({{"dispute_rate", 2.0}}), 365.0);
  EXPECT_GT(box.world.crises.size(), 5U);
  for (const Crisis& c : box.world.crises) {
    EXPECT_EQ(c.challenger.row() % 3, 0U);
    EXPECT_EQ(c.target.row(), c.challenger.row() + 1);
    EXPECT_EQ(c.stage, Confrontation::dispute);
    EXPECT_GE(c.stake, 0.3 - 0.1);
  }
  EXPECT_LE(box.world.crises.size(), 20U) << "one open crisis each";
  for (std::size_t i = 0; i < box.world.crises.size(); ++i) {
    for (std::size_t j = i + 1; j < box.world.crises.size(); ++j) {
      EXPECT_NE(box.world.crises[i].key, box.world.crises[j].key);
    }
  }
}

// --- expeditions

ScenarioData guests(double view) {
  ScenarioData s = empty_scenario();
  const ActorId host = add_actor(s, "host", ActorKind::state, 5000.0);
  const ActorId power = add_actor(s, "power", ActorKind::external, 0.0);
  s.actors[power.row()].home_power = 20000.0;
  s.actors[power.row()].deployment_ceiling = 4000.0;
  s.actors[power.row()].appetite = 1.0;
  add_region(s, "home", host);
  s.relations.push_back({host, power, view});
  return s;
}

TEST(Statecraft, AThreatenedHostAsksAFriendIn) {
  const auto arrived = [](double view, double threat) {
    Sandbox box(guests(view));
    box.world.actors.threat[0] = threat;
    const double before = people(box.world);
    box.run(*only({{"deployment_rate", 20.0}}), 365.0);
    EXPECT_DOUBLE_EQ(people(box.world), before);
    EXPECT_EQ(box.world.relations.hosts(ActorId(0), ActorId(1)),
              box.world.abroad(ActorId(1)) > 0.0);
    EXPECT_LE(box.count(EventKind::deployment), 1U);
    return box.world.abroad(ActorId(1));
  };
  EXPECT_DOUBLE_EQ(arrived(0.8, 0.9), 2000.0) << "half of what it would keep abroad";
  EXPECT_DOUBLE_EQ(arrived(0.8, 0.1), 0.0);
  EXPECT_DOUBLE_EQ(arrived(-0.1, 0.9), 0.0);
}

TEST(Statecraft, GuestsThatAreNoLongerWantedGo) {
  ScenarioData s = guests(-0.7);
  s.actors[1].forces = 1500.0;
  s.presence.push_back({ActorId(1), RegionId(0), 1500.0, Role::deployment});
  Sandbox box(s);
  ASSERT_TRUE(box.world.relations.hosts(ActorId(0), ActorId(1)));
  box.run(*only({{"expulsion_rate", 50.0}}), 200.0);
  ASSERT_EQ(box.count(EventKind::expulsion), 1U);
  EXPECT_EQ(box.log.all()[0].who, ActorId(0));
  EXPECT_DOUBLE_EQ(box.log.all()[0].size, 1500.0);
  EXPECT_DOUBLE_EQ(box.world.abroad(ActorId(1)), 0.0);
  EXPECT_FALSE(box.world.relations.hosts(ActorId(0), ActorId(1)));

  s.relations[0].affinity = 0.6;
  s.actors[1].appetite = 0.0;
  Sandbox idle(s);
  idle.run(*only({{"expulsion_rate", 50.0}}), 200.0);
  EXPECT_EQ(idle.log.size(), 0U);
  idle.run(*only({{"return_rate", 5.0}}), 600.0);
  ASSERT_EQ(idle.count(EventKind::withdrawal), 1U);
  EXPECT_EQ(idle.log.all()[0].who, ActorId(1));
}

TEST(Statecraft, AMobilisedArmyGoesOverTheBorderWhereItIsStronger) {
  const auto fight = [](double mobilised, double defenders, Sandbox* out) {
    ScenarioData s = trios(1);
    s.crises.clear();
    s.wars.push_back({"war", "", "", {ActorId(0)}, {ActorId(1)}, s.clock.start});
    s.presence = {{ActorId(0), RegionId(0), 8000.0, Role::garrison},
                  {ActorId(1), RegionId(1), defenders, Role::garrison}};
    Sandbox box(s);
    box.world.actors.mobilised[0] = mobilised;
    const double before = people(box.world);
    box.run(*only({{"offensive_rate", 1.0}}), 1.0);
    for (int day = 0; day < 20 && box.log.size() == 0; ++day) {
      box.run(*only({{"offensive_rate", 1.0}}), 1.0);
    }
    EXPECT_DOUBLE_EQ(people(box.world), before);
    if (out != nullptr) {
      out->world = box.world;
      out->log = box.log;
      out->acts = box.acts;
    }
    return box.count(EventKind::invasion);
  };
  Sandbox after(trios(1));
  EXPECT_EQ(fight(1.0, 2000.0, &after), 1U);
  EXPECT_DOUBLE_EQ(after.world.abroad(ActorId(0)), 0.6 * 8000.0);
  ASSERT_EQ(after.acts.size(), 1U);
  EXPECT_EQ(after.acts[0].victim, ActorId(1));
  EXPECT_EQ(fight(0.1, 2000.0, nullptr), 0U) << "not mobilised";
  EXPECT_EQ(fight(1.0, 9000.0, nullptr), 0U) << "not stronger";
}

// --- everything

/// Crises of every kind, of states and of an organisation, some with allies on either side.
ScenarioData crowded() {
  ScenarioData s = summit(3, law::DecisionRule::majority);
  s.crises[0].stake = 0.7;
  const std::size_t first = s.actors.size();
  for (std::size_t i = 0; i < 40; ++i) {
    const std::string tail = std::to_string(i);
    const ActorId a = add_actor(s, "one" + tail, ActorKind::state, 12000.0);
    const ActorId b = add_actor(s, "two" + tail, ActorKind::state, 8000.0);
    const ActorId c = add_actor(s, "three" + tail, ActorKind::state, 9000.0);
    const RegionId ra = add_region(s, "ra" + tail, a);
    const RegionId rb = add_region(s, "rb" + tail, b);
    add_border(s, ra, rb);
    add_border(s, rb, add_region(s, "rc" + tail, c));
    s.relations.push_back({c, a, 0.7});
    s.relations.push_back({b, a, -0.6});
    s.relations.push_back({a, c, -0.5});
    if (i % 2 == 0) s.pacts.push_back(mutual_defence(b, c, "bc" + tail));
    if (i % 3 == 0) s.pacts.push_back(mutual_defence(a, c, "ac" + tail));
    CrisisSpec crisis;
    crisis.name = "quarrel" + tail;
    crisis.challenger = a;
    crisis.target = b;
    crisis.stake = 0.5 + 0.01 * static_cast<double>(i);
    crisis.since = s.clock.start;
    crisis.stage = i % 4 == 0 ? CrisisStage::dispute : CrisisStage::ultimatum;
    if (i % 4 != 0) crisis.deadline = s.clock.start;
    s.crises.push_back(crisis);
    s.presence.push_back({a, ra, 6000.0, Role::garrison});
    s.presence.push_back({b, rb, 3000.0, Role::garrison});
    if (i % 5 != 4) continue;
    s.actors[c.row()].deployment_ceiling = 2500.0;
    s.presence.push_back({c, RegionId(1 + i / 5 % 6), 700.0, Role::deployment});
  }
  for (const law::Pact& p : s.pacts) {
    if (s.pact_names.size() < s.pacts.size()) s.pact_names.push_back(p.id);
  }
  s.actors[first].kind = ActorKind::external;
  s.actors[first].deployment_ceiling = 3000.0;
  s.relations.push_back({ActorId(first + 1), ActorId(first), 0.8});
  s.actors[first + 3].deployment_ceiling = 3000.0;
  s.presence.push_back({ActorId(first + 3), RegionId(0), 1000.0, Role::deployment});
  s.relations.push_back({ActorId(0), ActorId(first + 3), -0.8});
  return s;
}

std::uint64_t crowded_run(Mechanism& m, std::unique_ptr<Executor> executor, double days,
                          std::uint32_t run = 0) {
  Sandbox box(crowded(), std::move(executor), run);
  box.world.actors.threat.assign(box.world.actors.size(), 0.5);
  box.run(m, days, [](Sandbox& b) {
    for (double& x : b.world.actors.mobilised) x = 0.5;
  });
  return digest(box, m);
}

TEST(Statecraft, EveryParameterCounts) {
  // An organisation votes a few times in a run, and one mood may carry it whatever the rest.
  expect_every_parameter_counts(make_statecraft, [](Mechanism& m) {
    std::uint64_t all = 0;
    for (std::uint32_t run = 0; run < 4; ++run) {
      all = mix(all, crowded_run(m, serial_executor(), 45.0, run));
    }
    return all;
  });
}

TEST(Statecraft, ShuffledOrderChangesNothing) {
  const auto mechanism = configured(make_statecraft());
  const std::uint64_t serial = crowded_run(*mechanism, serial_executor(), 20.0);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    EXPECT_EQ(crowded_run(*mechanism, shuffled_executor(seed), 20.0), serial) << seed;
  }
}

TEST(Statecraft, ThreadsChangeNothing) {
  const auto mechanism = configured(make_statecraft());
  EXPECT_EQ(crowded_run(*mechanism, thread_executor(3), 10.0),
            crowded_run(*mechanism, serial_executor(), 10.0));
}

}  // namespace
}  // namespace casus::test
