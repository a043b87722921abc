#include "casus/law/conditions.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string_view>

#include "small_world.h"

namespace casus::law {
namespace {

/// A value of the condition that is not the one it has by itself.
template <class T>
T made() {
  using namespace std::chrono_literals;
  if constexpr (std::is_same_v<T, std::optional<Date>>) {
    return Date{1914y / 8 / 4};
  } else if constexpr (std::is_same_v<T, std::optional<ConflictKey>>) {
    return conflict_key("great_war");
  } else {
    return T{1};
  }
}

void make(Conditions& when, const ConditionInfo& c) {
  std::visit([&]<class T>(T Conditions::*member) { when.*member = made<T>(); }, c.member);
}

bool is_made(const Conditions& when, const ConditionInfo& c) {
  return std::visit([&]<class T>(T Conditions::*member) { return when.*member == made<T>(); },
                    c.member);
}

TEST(Conditions, EachHasANameAMeaningAndATurnOfItsOwn) {
  std::set<std::string_view> names;
  std::set<int> turns;
  for (const ConditionInfo& c : conditions()) {
    EXPECT_TRUE(names.insert(c.name).second) << c.name;
    EXPECT_FALSE(c.doc.empty()) << c.name;
    EXPECT_EQ(c.turn == 0, c.unmet == nullptr) << c.name;
    if (c.turn != 0) {
      EXPECT_TRUE(turns.insert(c.turn).second) << c.name;
    }
  }
}

struct OneArticle : testing::Test, Court {
  Pact p = pact("p", {world["a"], world["b"]});
  void SetUp() override { p.articles = {defence("1")}; }
};

TEST_F(OneArticle, EachConditionEntersTheHashOfAPact) {
  std::set<std::uint64_t> seen{hash(p)};
  for (const ConditionInfo& c : conditions()) {
    Pact other = p;
    other.articles[0].when = {};
    other.articles[0].when.acts = p.articles[0].when.acts;
    make(other.articles[0].when, c);
    EXPECT_TRUE(seen.insert(hash(other)).second) << c.name;
  }
}

TEST_F(OneArticle, AnArticleThatWidensAnotherTakesEachConditionFromIt) {
  for (const ConditionInfo& c : conditions()) {
    Pact other = p;
    make(other.articles[0].when, c);
    Article wider;
    wider.id = "1a";
    wider.extends = "1";
    other.articles.push_back(wider);
    const PactIndex index(std::span(&other, 1), world.party_count());
    ASSERT_EQ(index.clauses(0).size(), 2U);
    for (const Clause& clause : index.clauses(0)) EXPECT_TRUE(is_made(clause.when, c)) << c.name;
  }
}

}  // namespace
}  // namespace casus::law
