// What is given where help was promised.

#include <algorithm>

#include "alliance.h"
#include "sim/mechanisms.h"
#include "sim/warfare.h"

namespace casus::test {
namespace {

using A = law::ActKind;
using O = law::Obligation;

/// The world after an attack answered with help of one kind.
Sandbox helped(O level, A kind = A::invasion) {
  Sandbox box(alliance([&](law::Pact& p) {
    p.articles[1].when.acts = {kind};
    p.articles[1].then.assist = {level};
  }));
  box.run(*configured(make_commitments(),
                      {faithful, {"delay_median", 0.5}, {"aid", 33.0}, {"sanction", 0.4}}),
          80.0, [&](Sandbox& b) {
            StepContext c = b.context();
            if (b.step != 0) return;
            if (kind == A::rebellion) {
              report_act(c, kind, rebels, victim, victims_land, 1.0,
                         b.happens(EventKind::attack, rebels, victim));
            } else {
              act(c, kind, attacker, victim, victims_land, 1000.0, {}, {});
            }
          });
  return box;
}

// Force against plotters comes as a guest of the government in place; force against those who have
// won is a war with them.
TEST(Commitments, WhoAsksDecidesWhetherForceIsWar) {
  for (const A kind : {A::coup_attempt, A::coup}) {
    Sandbox box(alliance([&](law::Pact& p) {
      p.articles[1].when.acts = {kind};
      p.articles[1].then.assist = {O::troops};
      p.articles[1].requester = law::Requester::either;
      p.articles[1].procedure = law::Procedure::automatic;
    }));
    box.run(*configured(make_commitments(), {faithful, {"delay_median", 0.5}}), 80.0,
            [&](Sandbox& b) {
              StepContext c = b.context();
              if (b.step == 0) act(c, kind, victim, victim, victims_land, 1.0, {}, {});
            });
    EXPECT_GT(box.count(EventKind::intervention), 0U);
    const bool usurped = kind == A::coup;
    EXPECT_EQ(box.world.relations.at_war(ally, victim), usurped);
    EXPECT_EQ(box.world.relations.hosts(victim, ally), !usurped);
  }
}

TEST(Commitments, EachLevelOfHelpIsWhatItSays) {
  EXPECT_EQ(helped(O::consult).count(EventKind::consultation), 1U);
  EXPECT_EQ(helped(O::statement).count(EventKind::statement), 1U);

  const Sandbox mediation = helped(O::mediation);
  EXPECT_EQ(mediation.count(EventKind::mediation), 1U);
  const WarId war = war_between(mediation.world, attacker, victim);
  EXPECT_GT(mediation.world.wars[war.row()].mediated_until_day, 0.0);

  const Sandbox sanction = helped(O::sanction);
  ASSERT_EQ(sanction.world.measures.size(), 1U);
  EXPECT_EQ(sanction.world.measures[0].kind, MeasureKind::sanction);
  EXPECT_EQ(sanction.world.measures[0].by, ally);
  EXPECT_EQ(sanction.world.measures[0].on, attacker);
  EXPECT_DOUBLE_EQ(sanction.world.measures[0].size, 0.4);

  const Sandbox aid = helped(O::aid);
  ASSERT_EQ(aid.world.measures.size(), 1U);
  EXPECT_EQ(aid.world.measures[0].kind, MeasureKind::aid);
  EXPECT_EQ(aid.world.measures[0].on, victim);
  EXPECT_DOUBLE_EQ(aid.world.measures[0].size, 33.0);

  EXPECT_TRUE(helped(O::basing).world.relations.hosts(ally, victim));
  for (const O below : {O::consult, O::statement, O::mediation, O::sanction, O::aid, O::basing}) {
    const Sandbox box = helped(below);
    EXPECT_FALSE(box.world.relations.at_war(ally, attacker)) << law::name(below);
    EXPECT_EQ(box.world.abroad(ally), 0.0) << law::name(below);
  }
  const Sandbox troops = helped(O::troops);
  EXPECT_TRUE(troops.world.relations.at_war(ally, attacker));
  EXPECT_GT(troops.world.abroad(ally), 0.0);
}

TEST(Commitments, TroopsAgainstRebelsAreGuestsAndMakeNoWarBetweenStates) {
  // Whether the victim asks is its own affair: ask it in worlds enough.
  std::size_t came = 0;
  for (std::uint32_t run = 0; run < 20; ++run) {
    Sandbox box(alliance([](law::Pact& p) {
                  p.articles[1].when.acts = {A::rebellion};
                  p.articles[1].then.assist = {O::troops};
                }),
                serial_executor(), run);
    box.run(*configured(make_commitments(), {faithful, {"delay_median", 0.5}}), 60.0,
            [](Sandbox& b) {
              StepContext c = b.context();
              if (b.step == 0) {
                report_act(c, A::rebellion, rebels, victim, victims_land, 1.0,
                           b.happens(EventKind::attack, rebels, victim));
              }
            });
    if (box.count(EventKind::deployment) == 0) continue;
    ++came;
    EXPECT_TRUE(box.world.relations.hosts(victim, ally));
    EXPECT_EQ(box.count(EventKind::joins_war), 0U);
    EXPECT_FALSE(box.world.relations.at_war(ally, attacker));
    const PresenceId there = box.world.find(ally, victims_land);
    ASSERT_TRUE(there.valid());
    EXPECT_DOUBLE_EQ(first(box, EventKind::deployment)->size,
                     box.world.presences.strength[there.row()]);
  }
  EXPECT_GT(came, 5U);
}

ScenarioData against_coups() {
  return alliance([](law::Pact& p) {
    p.organs.emplace_back();
    p.articles[1].when.acts = {A::coup};
    p.articles[1].then.assist = {O::troops};
  });
}

std::function<void(Sandbox&)> coup() {
  return [](Sandbox& box) {
    if (box.step != 0) return;
    StepContext c = box.context();
    act(c, A::coup, victim, victim, victims_land, 1.0, {}, {});
  };
}

TEST(Commitments, AnOrganThatActsOnACoupConfrontsThoseWhoTookPower) {
  Sandbox box(against_coups());
  box.run(*configured(make_commitments(), {{"coup_stake", 0.6}}), 1.0, coup());
  ASSERT_EQ(box.world.crises.size(), 1U);
  const Crisis& c = box.world.crises[0];
  EXPECT_EQ(c.organisation, PactId(0));
  EXPECT_EQ(c.target, victim);
  EXPECT_EQ(c.issue, Issue::coup);
  EXPECT_EQ(c.stage, Confrontation::ultimatum);
  EXPECT_DOUBLE_EQ(c.stake, 0.6);
  EXPECT_DOUBLE_EQ(c.deadline_day, 7.0);
  ASSERT_TRUE(c.cause.valid());
  EXPECT_EQ(box.log[c.cause].kind, EventKind::ultimatum);
  EXPECT_TRUE(follows_from(box.log, box.log[c.cause], EventId(0)));
  box.run(*configured(make_commitments()), 1.0, coup());
  EXPECT_EQ(box.world.crises.size(), 1U);
}

TEST(Commitments, ForceAgainstUsurpersIsReportedOnce) {
  Sandbox box(against_coups());
  const auto mechanism = configured(make_commitments(), {faithful, {"delay_median", 3.0}});
  box.run(*mechanism, 1.0, coup());
  for (int day = 0; day < 300 && box.count(EventKind::intervention) == 0; ++day) {
    box.run(*mechanism, 1.0);
  }
  const Event* e = first(box, EventKind::intervention);
  ASSERT_NE(e, nullptr);
  EXPECT_EQ(e->who, ally);
  EXPECT_EQ(e->whom, victim);
  EXPECT_TRUE(box.world.relations.at_war(ally, victim));
  EXPECT_EQ(std::count_if(box.acts.begin(), box.acts.end(),
                          [&](const law::Act& a) { return a.event == e->id; }),
            1);
  EXPECT_EQ(box.acts.back().posture, law::Posture::enforcement);
}

}  // namespace
}  // namespace casus::test
