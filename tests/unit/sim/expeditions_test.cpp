// Armies on the move: expeditions of an organisation, offensives.

#include <cmath>

#include "crises.h"

namespace casus::test {
namespace {

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

}  // namespace
}  // namespace casus::test
