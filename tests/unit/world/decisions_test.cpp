#include "casus/world/decisions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "casus/core/executor.h"
#include "casus/world/events.h"

namespace casus::test {
namespace {

Decision no(double probability, double draw, std::uint32_t step = 0) {
  return {.kind = DecisionKind::coup_attempt,
          .step = step,
          .who = ActorId(1),
          .probability = probability,
          .draw = draw};
}

TEST(DecisionLog, KeepsTheTermsOfEach) {
  DecisionLog log;
  const Term a{TermKind::affinity, {}, 0.5}, b{TermKind::cost, {}, -1.0};
  log.add(no(0.5, 0.1), std::vector{a, b});
  log.add(no(0.5, 0.2));
  log.add(no(0.5, 0.3), std::vector{b});
  ASSERT_EQ(log.all().size(), 3U);
  EXPECT_EQ(log.terms(log.all()[0]).size(), 2U);
  EXPECT_TRUE(log.terms(log.all()[1]).empty());
  EXPECT_EQ(log.terms(log.all()[2])[0].value, -1.0);
}

TEST(DecisionLog, OfAQuestionTheNearestNoStays) {
  DecisionLog log;
  log.declined(no(0.01, 0.9), 7);
  log.declined(no(0.01, 0.02, 4), 7);
  log.declined(no(0.2, 0.95), 7);
  log.declined(no(0.0, 0.5), 7);  // it could not be
  log.declined(no(0.1, 0.8), 8);
  ASSERT_EQ(log.nearest().size(), 2U);
  EXPECT_EQ(log.nearest()[0].draw, 0.02);
  EXPECT_EQ(log.nearest()[0].step, 4U);
  EXPECT_EQ(log.nearest()[0].times, 3U);
  EXPECT_EQ(log.nearest()[1].times, 1U);
  // A thousand questions: as many records, however often they are asked.
  for (std::uint64_t day = 0; day < 5; ++day) {
    for (std::uint64_t q = 0; q < 1000; ++q) log.declined(no(0.1, 0.5), mix(q));
  }
  EXPECT_EQ(log.nearest().size(), 1002U);
}

TEST(DecisionLog, WhatIsCountedIsWhatWouldNotHaveBeenNearer) {
  DecisionLog exact, bounded;
  std::uint32_t place = ~0U;
  EXPECT_FALSE(bounded.counted(0.9, 0.1, 3, place)) << "nobody has asked yet";
  std::uint32_t counted = 0;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const auto unit = [&](std::uint64_t x) {
      return (static_cast<double>(mix(i, x) >> 12) + 0.5) * 0x1p-52;
    };
    const double p = 0.1 * unit(1), draw = p + (1.0 - p) * unit(2);
    const std::uint64_t question = i % 7;
    exact.declined(no(p, draw, 1), question);
    place = i % 3 == 0 ? ~0U : static_cast<std::uint32_t>(question);
    if (bounded.counted(draw, p * 1.01, question, place)) {
      ++counted;
    } else {
      bounded.declined(no(p, draw, 1), question);
    }
  }
  EXPECT_GT(counted, 4000U);
  EXPECT_EQ(digest_of(exact), digest_of(bounded));
}

TEST(DecisionLog, QuestionsAskedBeforeArePutThereAtOnce) {
  DecisionLog one_by_one, at_once;
  constexpr std::size_t questions = 5000;
  std::vector<std::uint32_t> places(questions, 0);
  EXPECT_FALSE(at_once.declined_again(no(0.1, 0.5), 1, places[0])) << "nobody has asked yet";
  EXPECT_TRUE(at_once.nearest().empty());
  const auto workers = thread_executor(2);
  for (std::uint32_t day = 0; day < 5; ++day) {
    const auto asked = [&](std::size_t q) {
      return no(0.1, 0.1 + 0.9e-3 * static_cast<double>(mix(q, day) % 1000), day);
    };
    for (std::size_t q = 0; q < questions; ++q) {
      one_by_one.declined(asked(q), mix(q));
      if (day == 0) at_once.declined(asked(q), mix(q), places[q]);
    }
    if (day == 0) continue;
    for_each(*workers, questions, [&](std::size_t q) {
      EXPECT_TRUE(at_once.declined_again(asked(q), mix(q), places[q]));
    });
  }
  EXPECT_EQ(digest_of(one_by_one), digest_of(at_once));
}

TEST(DecisionLog, ShortfallIsWhatTheLogitLacked) {
  EXPECT_NEAR(shortfall(no(0.5, 0.5)), 0.0, 1e-12);
  EXPECT_NEAR(shortfall(no(0.1, 0.5)), std::log(9.0), 1e-12);
  EXPECT_NEAR(shortfall(no(0.5, 0.1)), std::log(9.0), 1e-12) << "of a yes, what it had to spare";
}

TEST(DecisionLog, LetsGoWithTheEvents) {
  DecisionLog log;
  const Term t{TermKind::cost, {}, 1.0};
  for (std::uint32_t step = 0; step < 6; ++step) {
    log.add(no(0.5, 0.9, step), std::vector{t, Term{TermKind::era, {}, static_cast<double>(step)}});
  }
  log.declined(no(0.1, 0.5, 0), 3);
  log.let_go(4);
  ASSERT_EQ(log.all().size(), 2U);
  EXPECT_EQ(log.terms(log.all()[0])[1].value, 4.0);
  EXPECT_EQ(log.nearest().size(), 1U) << "what came nearest stays";
  log.add(no(0.5, 0.9, 6), std::vector{t});
  EXPECT_EQ(log.terms(log.all()[2]).size(), 1U);
}

TEST(DecisionLog, IsSavedAndReadBackWithTheEvents) {
  EventLog log;
  const EventId e = log.add({.kind = EventKind::coup_attempt, .who = ActorId(0)});
  Decision d = no(0.4, 0.3);
  d.event = e;
  d.yes = true;
  log.decisions().add(d, std::vector{Term{TermKind::yearly, ActorId(0), 0.4, 0.0}});
  log.decisions().declined(no(0.1, 0.2), 5);
  Writer out;
  out(log);
  Reader in(out.bytes());
  EventLog back;
  in(back);
  ASSERT_EQ(back.decisions().all().size(), 1U);
  EXPECT_EQ(back.decisions().all()[0].event, e);
  EXPECT_EQ(back.decisions().terms(back.decisions().all()[0])[0].of, ActorId(0));
  EXPECT_EQ(back.hash(), log.hash());
  // The table of questions is there again.
  back.decisions().declined(no(0.1, 0.9), 5);
  ASSERT_EQ(back.decisions().nearest().size(), 1U);
  EXPECT_EQ(back.decisions().nearest()[0].times, 2U);
  EXPECT_EQ(back.decisions().nearest()[0].draw, 0.2);
}

TEST(DecisionLog, WhatIsWeighedLeavesTheHashAlone) {
  EventLog log;
  log.add({.kind = EventKind::coup_attempt, .who = ActorId(0)});
  const std::uint64_t before = log.hash();
  log.decisions().add(no(0.4, 0.3));
  log.decisions().declined(no(0.4, 0.6), 1);
  EXPECT_EQ(log.hash(), before);
}

}  // namespace
}  // namespace casus::test
