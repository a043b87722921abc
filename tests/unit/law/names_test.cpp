// Names decide nothing: what the world says decides, whoever stands first in whatever list.

#include <gtest/gtest.h>

#include "small_world.h"

namespace casus::law {
namespace {

/// Parties are put in the order of keys that are made of their names: some beginnings of names put
/// any two of them in either order.
const std::vector<std::string> beginnings{"", "a", "b", "k", "m", "q9", "x-", "z"};

/// An order that each of the beginnings could give.
bool some_of_each(const std::vector<bool>& first_is_less) {
  return std::set<bool>(first_is_less.begin(), first_is_less.end()).size() == 2;
}

TEST(Names, WhoStaysAtHomeIsAskedUnderEachJointArticle) {
  std::vector<bool> orders;
  for (const std::string& prefix : beginnings) {
    Court court;
    const ActorId a = court.world.add(prefix + "attacker"), b = court.world.add(prefix + "victim"),
                  c = court.world.add(prefix + "one"), d = court.world.add(prefix + "other"),
                  e = court.world.add(prefix + "sluggard");
    // One and the sluggard go together under article 1, the other under article 2; the sluggard
    // owes more under article 3, and does not go.
    Article one = defence("1", attacks, {Obligation::troops}), other = one;
    other.id = "2";
    one.then.jointly = other.then.jointly = true;
    one.exempt = {d};
    other.exempt = {c, e};
    Article more = defence("3");
    more.exempt = {c, d};
    court.pacts = {pact(prefix + "p", {b, c, d, e})};
    court.pacts[0].articles = {one, other, more};
    court.world.bias[e] = -20.0;
    court.decide({attack(a, b)});
    EXPECT_EQ(court.why(Stage::honoured, e), Reason::declined) << prefix;
    EXPECT_TRUE(court.result.commitments.empty()) << prefix;
    const auto key = [&](ActorId x) { return court.world.party(x).key; };
    orders.push_back(key(c) < key(d));
  }
  EXPECT_TRUE(some_of_each(orders));
}

TEST(Names, OfTwoLikeAttackersTheForcesGoAgainstWhomTheMemberLikesLess) {
  std::vector<bool> orders;
  for (const std::string& prefix : beginnings) {
    Court court;
    const ActorId b = court.world.add(prefix + "victim"), c = court.world.add(prefix + "member"),
                  x = court.world.add(prefix + "one"), y = court.world.add(prefix + "other");
    court.pacts = {pact(prefix + "p", {b, c})};
    court.pacts[0].articles = {defence()};
    court.world.affinities[{c, x}] = -0.5;
    std::vector<Act> acts{attack(x, b), attack(y, b)};
    for (Act& act : acts) act.conflict = ConflictKey{77};
    court.decide(acts);
    ASSERT_TRUE(court.helps(c, b, x) && court.helps(c, b, y)) << prefix;
    for (const Commitment& help : court.result.commitments) {
      EXPECT_EQ(help.people > 0.0, help.against == x) << prefix;
    }
    const auto key = [&](ActorId party) { return court.world.party(party).key; };
    orders.push_back(key(x) < key(y));
  }
  EXPECT_TRUE(some_of_each(orders));
}

TEST(Names, OfTwoLikeActsThatOnTheSoilItWouldRatherDefendIsAnswered) {
  std::vector<bool> orders;
  for (const std::string& prefix : beginnings) {
    Court court;
    const ActorId b = court.world.add(prefix + "victim"), c = court.world.add(prefix + "member"),
                  a = court.world.add(prefix + "attacker"), x = court.world.add(prefix + "one"),
                  y = court.world.add(prefix + "other");
    court.pacts = {pact(prefix + "p", {b, c})};
    court.pacts[0].articles = {defence("1", {ActKind::attack_on_forces})};
    court.pacts[0].articles[0].when.where.scope = Scope::anywhere;
    court.world.affinities[{c, x}] = 0.5;
    std::vector<Act> acts;
    for (const ActorId soil : {x, y}) {
      acts.push_back(attack(a, b, "2010-06-01", ActKind::attack_on_forces));
      acts.back().place.sovereign = soil;
    }
    for (int turn = 0; turn < 2; ++turn) {
      court.memory.clear();
      court.decide(acts);
      ASSERT_NE(court.help_by(c), nullptr) << prefix;
      EXPECT_EQ(court.help_by(c)->place.sovereign, x) << prefix;
      std::swap(acts.front(), acts.back());
    }
    const auto key = [&](ActorId party) { return court.world.party(party).key; };
    orders.push_back(key(x) < key(y));
  }
  EXPECT_TRUE(some_of_each(orders));
}

/// Who is attacked beside those whom two pacts help is helped by both: with arms under the one, and
/// with words under the other, whose members do not go together. Arms come when arms come.
TEST(Names, HelpThatFollowsFromTwoDecisionsComesWithTheGreater) {
  std::vector<bool> orders;
  for (const std::string& prefix : beginnings) {
    Court court;
    const ActorId a = court.world.add(prefix + "attacker"), c = court.world.add(prefix + "member"),
                  x = court.world.add(prefix + "one"), y = court.world.add(prefix + "other"),
                  z = court.world.add(prefix + "third"), e = court.world.add(prefix + "sluggard");
    court.pacts = {pact(prefix + "arms", {c, x, z}), pact(prefix + "words", {c, e, y, z})};
    for (Pact& p : court.pacts) {
      p.articles = {defence("1", attacks, {Obligation::consult, Obligation::troops})};
    }
    court.pacts[1].articles[0].then.jointly = true;
    court.world.bias = {{c, 5.0}, {e, -20.0}};
    court.settings.honour.affinity = 1.0;
    court.world.affinities[{c, x}] = court.world.affinities[{c, y}] = 0.9;
    std::vector<Act> acts{attack(a, x), attack(a, y), attack(a, z)};
    for (Act& act : acts) act.conflict = ConflictKey{77};
    court.decide(acts);
    std::map<ActorId, Commitment> help;
    for (const Commitment& given : court.result.commitments) {
      if (given.member == c) help[given.beneficiary] = given;
    }
    ASSERT_EQ(help.size(), 3u) << prefix;
    ASSERT_EQ(help[x].level, Obligation::troops) << prefix;
    ASSERT_EQ(help[y].level, Obligation::consult) << prefix;
    EXPECT_EQ(help[z].level, Obligation::troops) << prefix;
    EXPECT_EQ(help[z].delay_days, help[x].delay_days) << prefix;
    const auto key = [&](ActorId party) { return court.world.party(party).key; };
    orders.push_back(key(x) < key(y));
  }
  EXPECT_TRUE(some_of_each(orders));
}

}  // namespace
}  // namespace casus::law
