// Who goes to war, and who votes for it.

#include <functional>

#include "crises.h"

namespace casus::test {
namespace {

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

// --- organisations

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

}  // namespace
}  // namespace casus::test
