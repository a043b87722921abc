#include "casus/law/conditions.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <set>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "casus/core/archive.h"
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

/// Becomes whatever a member of Conditions is: what a row may be of, and the four that say to what
/// acts, by whom, against whom and where, for which there are no rows.
struct Anything {
  template <class T>
  requires(std::is_constructible_v<ConditionInfo::Member, T Conditions::*> ||
           std::is_same_v<T, ActSet> || std::is_same_v<T, Adversary> ||
           std::is_same_v<T, std::vector<ActorId>> || std::is_same_v<T, Geography>)
  operator T() const;  // NOLINT(google-explicit-constructor)
};

template <std::size_t... I>
constexpr bool has_at_least(std::index_sequence<I...>) {
  return requires { Conditions{(static_cast<void>(I), Anything{})...}; };
}

template <std::size_t n = 0>
constexpr std::size_t count_of_members() {
  if constexpr (has_at_least(std::make_index_sequence<n + 1>{})) {
    return count_of_members<n + 1>();
  } else {
    return n;
  }
}

// What is saved of a condition, what it adds to the hash of a pact and what an article takes from
// another go by the rows.
TEST(Conditions, EveryMemberHasARow) {
  EXPECT_EQ(conditions().size() + 4, count_of_members());
  std::set<const void*> members;
  Conditions when;
  for (const ConditionInfo& c : conditions()) {
    std::visit([&](auto member) { members.insert(&(when.*member)); }, c.member);
  }
  EXPECT_EQ(members.size(), conditions().size()) << "two rows are of one member";
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

/// What an article may say besides its conditions, since there are hashes of pacts.
std::vector<void (*)(Article&)> later_words() {
  return {
      [](Article& a) { a.when.victims = {ActorId{0}}; },
      [](Article& a) { a.then.discretion = Discretion::all_means; },
      [](Article& a) { a.then.may = {Obligation::troops}; },
      [](Article& a) { a.then.within_days = 30.0; },
      [](Article& a) { a.then.at_least = 30.0; },
      [](Article& a) { a.if_also = {ActorId{0}}; },
      [](Article& a) { a.unless_war_with = {ActorId{0}}; },
      [](Article& a) { a.consent = Assent::parliament; },
  };
}

TEST_F(OneArticle, WordsThatCameLaterEnterItsHashAndThatOfAWorldOnlyWhereTheyAreSaid) {
  const auto digest = [](Pact& x) { return digest_of(x); };
  std::set<std::uint64_t> hashes{hash(p)}, digests{digest(p)};
  for (const auto& say : later_words()) {
    Pact other = p;
    say(other.articles[0]);
    EXPECT_TRUE(hashes.insert(hash(other)).second) << hashes.size();
    EXPECT_TRUE(digests.insert(digest(other)).second) << digests.size();
  }
  Pact member = p;
  member.members[0].consent = Assent::parliament;
  EXPECT_TRUE(hashes.insert(hash(member)).second);
  EXPECT_TRUE(digests.insert(digest(member)).second);
}

TEST_F(OneArticle, AnArticleThatWidensAnotherTakesWordsThatCameLaterFromIt) {
  for (const auto& say : later_words()) {
    Pact other = p;
    say(other.articles[0]);
    Article wider;
    wider.id = "1a";
    wider.extends = "1";
    other.articles.push_back(wider);
    const std::vector<Pact> both{other};
    const PactIndex index(both, world.parties.size());
    const auto clauses = index.clauses(0);
    ASSERT_EQ(clauses.size(), 2U);
    EXPECT_EQ(clauses[0].when.victims, clauses[1].when.victims);
    EXPECT_EQ(clauses[0].then.discretion, clauses[1].then.discretion);
    EXPECT_EQ(clauses[0].then.may, clauses[1].then.may);
    EXPECT_EQ(clauses[0].then.within_days, clauses[1].then.within_days);
    EXPECT_EQ(clauses[0].then.at_least, clauses[1].then.at_least);
    EXPECT_EQ(clauses[0].if_also, clauses[1].if_also);
    EXPECT_EQ(clauses[0].unless_war_with, clauses[1].unless_war_with);
    EXPECT_EQ(clauses[0].consent, clauses[1].consent);
  }
}

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
