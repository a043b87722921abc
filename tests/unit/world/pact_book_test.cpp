#include "casus/world/pact_book.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "casus/core/contracts.h"

namespace casus::test {
namespace {

law::Pact pact(const char* id, std::vector<ActorId> members) {
  law::Pact p;
  p.id = id;
  p.key = pact_key(id);
  for (const ActorId m : members) {
    p.members.emplace_back();
    p.members.back().actor = m;
  }
  return p;
}

const ActorId a(0), b(1), c(2);

PactBook book() { return PactBook({pact("first", {a, b}), pact("second", {b, c})}, 3); }

TEST(PactBook, TheIndexIsThatOfThePacts) {
  const PactBook pacts = book();
  ASSERT_EQ(pacts.size(), 2U);
  EXPECT_EQ(pacts[1].id, "second");
  EXPECT_EQ(pacts.index().of(a).size(), 1U);
  EXPECT_EQ(pacts.index().of(b).size(), 2U);
  EXPECT_EQ(&pacts.index().pact(0), &pacts[0]);
}

TEST(PactBook, AChangeReachesTheIndexAndIsCounted) {
  PactBook pacts = book();
  const std::uint64_t before = pacts.revision();
  law::Pact larger = pacts[0];
  larger.members.emplace_back();
  larger.members.back().actor = c;
  pacts.replace(PactId(0), larger);
  EXPECT_EQ(pacts.index().of(c).size(), 2U);
  EXPECT_NE(pacts.index().member(0, c), nullptr);
  EXPECT_EQ(pacts.index().pact(0).members.size(), 3U);
  EXPECT_GT(pacts.revision(), before);
  EXPECT_THROW(pacts.replace(PactId(2), larger), ContractError);
  EXPECT_THROW(pacts.replace(PactId(), larger), ContractError);
}

TEST(PactBook, ACopyHasAnIndexOfItsOwn) {
  PactBook original = book();
  const PactBook copy = original;
  original.replace(PactId(0), pact("first", {}));
  EXPECT_EQ(copy.index().of(a).size(), 1U);
  EXPECT_EQ(&copy.index().pact(0), &copy[0]);
  EXPECT_TRUE(original.index().of(a).empty());

  PactBook assigned;
  assigned = copy;
  EXPECT_EQ(&assigned.index().pact(1), &assigned[1]);
  PactBook& same = assigned;
  assigned = same;
  EXPECT_EQ(assigned.size(), 2U);
  const PactBook moved = std::move(assigned);
  EXPECT_EQ(&moved.index().pact(1), &moved[1]);
  EXPECT_EQ(moved.index().of(b).size(), 2U);
}

TEST(PactBook, WhoIsBornIsInNoPact) {
  PactBook pacts = book();
  EXPECT_TRUE(pacts.index().of(ActorId(3)).empty());
  pacts.add_parties(4);
  EXPECT_TRUE(pacts.index().of(ActorId(3)).empty());
  EXPECT_EQ(pacts.index().of(c).size(), 1U);
  pacts.replace(PactId(1), pact("second", {c, ActorId(3)}));
  EXPECT_EQ(pacts.index().of(ActorId(3)).size(), 1U);
  EXPECT_THROW(pacts.add_parties(3), ContractError);
}

}  // namespace
}  // namespace casus::test
