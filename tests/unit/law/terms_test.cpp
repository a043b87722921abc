// What is owed by a day.

#include "casus/core/archive.h"
#include "stage_test.h"

namespace casus::law {
namespace {

/// a attacks b, whom c has promised to help within thirty days of 1 June, and d as well.
struct TermsTest : StageTest {
  void SetUp() override {
    StageTest::SetUp();
    article().then.within_days = 30.0;
    world.slow[c] = 45.0;
    world.slow[d] = 10.0;
  }
  void begin() {
    world.now.reset();
    Act act = attack(a, b);
    act.event = EventId{7};
    decide({act});
    world.absorb(result);
  }
  const Resolution& look(const char* date) {
    world.now = day(date);
    return decide({});
  }
};

TEST_F(TermsTest, IsBrokenOnTheDayAfterItsLastAndNotBefore) {
  begin();
  EXPECT_EQ(first(Stage::honoured, c)->reason, Reason::kept_late);
  EXPECT_EQ(first(Stage::honoured, d)->reason, Reason::kept);
  EXPECT_TRUE(result.breaches.empty());
  EXPECT_TRUE(look("2010-07-01").breaches.empty()) << "the last day is in time";
  ASSERT_EQ(look("2010-07-02").breaches.size(), 1U);
  const Breach& b = result.breaches[0];
  EXPECT_EQ(b.kind, BreachKind::help_refused);
  EXPECT_EQ(b.member, c);
  EXPECT_EQ(b.towards, this->b);
  EXPECT_EQ(b.date, day("2010-07-02"));
  EXPECT_EQ(b.act, no_index);
  EXPECT_EQ(b.event, EventId{7});
  EXPECT_EQ(b.level, Obligation::war);
  EXPECT_FALSE(b.excused);
  EXPECT_NEAR(b.weight, 1.0 - 30.0 / 45.0, 1e-12) << "by so much as it is late";
  const Verdict& v = result.verdicts.at(b.verdict);
  EXPECT_EQ(v.stage, Stage::consequence);
  EXPECT_EQ(v.reason, Reason::term_run_out);
  EXPECT_FALSE(v.yes);
  EXPECT_EQ(v.act, no_index);
  EXPECT_EQ(v.member, c);
  EXPECT_TRUE(look("2010-07-02").breaches.empty()) << "once";
  EXPECT_TRUE(look("2011-07-02").breaches.empty());
}

TEST_F(TermsTest, TheDayDoesNotDependOnWhenItIsLookedAt) {
  begin();
  ASSERT_EQ(look("2012-01-01").breaches.size(), 1U);
  EXPECT_EQ(result.breaches[0].date, day("2010-07-02"));
  EXPECT_NEAR(result.breaches[0].weight, 1.0 / 3.0, 1e-12);
}

TEST_F(TermsTest, WithoutADayOfTheFactsTheDaysOfActsCount) {
  begin();
  EXPECT_TRUE(decide({}).breaches.empty());
  const ActorId x = world.add("x");
  EXPECT_TRUE(decide({attack(a, x, "2010-07-01")}).breaches.empty());
  EXPECT_EQ(decide({attack(a, x, "2010-07-05")}).breaches.size(), 1U);
}

TEST_F(TermsTest, WhatIsPaidOrBrokenAndThereIsForgotten) {
  begin();
  EXPECT_EQ(memory.debts().size(), 2U);
  look("2010-06-11");
  EXPECT_EQ(memory.debts().size(), 2U) << "d is there in the course of that day";
  look("2010-06-12");
  ASSERT_EQ(memory.debts().size(), 1U);
  EXPECT_EQ(memory.debts()[0].member, world.party(c).key);
  EXPECT_EQ(memory.debts()[0].due, day("2010-07-01"));
  EXPECT_EQ(memory.debts()[0].arrives, day("2010-07-16"));
  look("2010-07-10");
  EXPECT_TRUE(memory.debts().at(0).broken);
  look("2010-07-17");
  EXPECT_FALSE(memory.any_debt());
}

TEST_F(TermsTest, APartOfADayBeyondTheTermIsBeyondIt) {
  world.slow[c] = 30.25;
  begin();
  EXPECT_EQ(first(Stage::honoured, c)->reason, Reason::kept_late);
  EXPECT_EQ(look("2010-07-02").breaches.size(), 1U);
}

TEST_F(TermsTest, WithoutATermNothingIsOwedByADay) {
  article().then.within_days = 0.0;
  begin();
  EXPECT_FALSE(memory.any_debt());
  EXPECT_TRUE(look("2012-01-01").breaches.empty());
}

// As a simulation has it: two no longer fight, and nobody says how that came.
TEST_F(TermsTest, AWarThatHasCeasedInTimeLeavesNoDebt) {
  for (const bool in_time : {true, false}) {
    memory.clear();
    world.wars.clear();
    world.sides.clear();
    begin();
    if (in_time) {
      world.wars.clear();
      look("2010-06-20");
      EXPECT_FALSE(memory.any_debt());
    }
    world.wars.clear();
    EXPECT_EQ(look("2010-08-20").breaches.empty(), in_time);
  }
}

TEST_F(TermsTest, APeaceThatTheFactsKnowOfCountsByItsDay) {
  for (const char* date : {"2010-07-01", "2010-07-02"}) {
    memory.clear();
    world.wars.clear();
    world.sides.clear();
    begin();
    for (const auto& pair : {std::pair(a, b), std::pair(b, a)}) {
      Hostility& h = world.wars[pair];
      h.at_war = false;
      h.settled = Settlement::peace;
      h.settled_on = day(date);
    }
    EXPECT_EQ(look("2010-08-20").breaches.empty(), day(date) == day("2010-07-01")) << date;
  }
}

TEST_F(TermsTest, WhoNeverComesHasBrokenAllOfIt) {
  world.slow[c] = 20.0;
  begin();
  Act peace = attack(c, a, "2010-06-10", ActKind::peace);
  world.absorb(decide({peace}));
  ASSERT_EQ(look("2010-08-01").breaches.size(), 1U);
  EXPECT_EQ(result.breaches[0].member, c);
  EXPECT_DOUBLE_EQ(result.breaches[0].weight, 1.0);
}

TEST_F(TermsTest, ThatWasReadIsOwedAsBefore) {
  begin();
  Writer writer;
  writer(memory);
  DecisionMemory read;
  Reader reader(writer.bytes());
  reader(read);
  EXPECT_EQ(reader.left(), 0U);
  EXPECT_TRUE(read == memory);
  EXPECT_EQ(read.hash(), memory.hash());
  memory = read;
  EXPECT_EQ(look("2010-07-02").breaches.size(), 1U);
  EXPECT_FALSE(read == memory) << "what is owed is state";
  EXPECT_NE(read.hash(), memory.hash());
}

// d would be there on 11 June, and calls on e for a: that is decided on the day of the attack,
// which has set it off, and the term begins when d is there.
TEST_F(TermsTest, OverAnAnswerIsCountedFromItsDayAndDecidedOnThatOfTheAttack) {
  pacts.push_back(pact("ae", {a, e}));
  pacts[1].articles = {defence()};
  pacts[1].articles[0].when.counts_responses = true;
  pacts[1].articles[0].then.within_days = 10.0;
  world.slow[c] = 10.0;
  world.slow[e] = 20.0;
  begin();
  const std::vector<Debt> debts = memory.debts();
  const auto of_e = std::find_if(debts.begin(), debts.end(),
                                 [&](const Debt& x) { return x.member == world.party(e).key; });
  ASSERT_NE(of_e, debts.end());
  EXPECT_EQ(of_e->decided, day("2010-06-01"));
  EXPECT_EQ(of_e->since, day("2010-06-11"));
  EXPECT_EQ(of_e->due, day("2010-06-21"));
  EXPECT_EQ(of_e->arrives, day("2010-07-01"));
  EXPECT_EQ(of_e->event, EventId{7});
}

// The party or the pact may be gone when it falls due.
TEST_F(TermsTest, OfAPactThatIsNoMoreNothingIsOwed) {
  begin();
  pacts.clear();
  EXPECT_TRUE(look("2010-08-20").breaches.empty());
  EXPECT_FALSE(memory.any_debt());
}

TEST(Debts, AreOneForEachPromiseInWhateverOrder) {
  std::vector<Debt> all;
  for (std::uint64_t i = 0; i < 300; ++i) {
    Debt d;
    d.pact = {i % 3};
    d.article = i % 5;
    d.member = {i};
    d.beneficiary = {i * 7};
    d.level = Obligation::war;
    d.due = day("2010-01-01") + std::chrono::days{static_cast<int>(i * 37 % 100)};
    d.against = {{i}};
    all.push_back(d);
  }
  DecisionMemory x, y;
  for (std::size_t i = 0; i < all.size(); ++i) {
    x.owe(all[i]);
    y.owe(all[all.size() - 1 - i]);
  }
  EXPECT_EQ(x.hash(), y.hash());
  EXPECT_TRUE(x == y);
  ASSERT_EQ(x.debts().size(), 300U);
  for (std::size_t i = 1; i < 300; ++i) EXPECT_LE(x.debts()[i - 1].due, x.debts()[i].due);
  Debt again = all[17];
  again.due = day("2020-01-01");
  x.owe(again);
  EXPECT_TRUE(x == y) << "what is promised again is owed from the first day on";
  again.level = Obligation::aid;
  x.owe(again);
  EXPECT_EQ(x.debts().size(), 301U);
  std::vector<Debt> left = x.debts();
  left.resize(10);
  x.keep(left);
  EXPECT_EQ(x.debts(), left);
  x.owe(left[3]);
  EXPECT_EQ(x.debts().size(), 10U);
  x.clear();
  EXPECT_FALSE(x.any_debt());
}

}  // namespace
}  // namespace casus::law
