// What no reading of a treaty may do, whatever the treaty: help somebody against himself, make war
// before anybody fights, call that a conflict which can be done, read one refusal as another, or
// let the cut between two steps, or a later extension, change a verdict.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>

#include "random_world.h"
#include "stage_test.h"

namespace casus::law {
namespace {

template <class F>
void always(const char* what, F&& property) {
  EXPECT_TRUE(rc::check(what, std::forward<F>(property)));
}

void build_in_order(Court& court, const Situation& s, std::vector<Act>& acts) {
  build(court, s, in_order(s), nullptr, "", acts);
}

TEST(LawReading, NobodyHelpsAnybodyAgainstHimself) {
  always("no help against oneself", [](std::uint64_t seed) {
    const Situation s = random_situation(seed, 12, 12);
    Court court;
    std::vector<Act> acts;
    build_in_order(court, s, acts);
    Dice dice(seed ^ 0xb0b);
    for (Act& a : acts) {
      if (dice.maybe(0.3)) a.author = a.victim;  // a false flag, or bombs on one's own town
      if (dice.maybe(0.5)) a.sponsor = ActorId(dice.below(s.names.size()));
      if (dice.maybe(0.3)) a.host = ActorId(dice.below(s.names.size()));
      a.sponsor_evidence = a.sponsor.valid() ? dice.real() : 0.0;
      a.host_evidence = a.host.valid() ? dice.real() : 0.0;
      if (dice.maybe(0.1)) a.author = {};
    }
    court.decide(acts);
    for (const Commitment& c : court.result.commitments) {
      const Act& act = court.result.acts[c.act];
      RC_ASSERT(c.member != c.against);
      RC_ASSERT(c.beneficiary != c.against || internal(act.kind));
      RC_ASSERT(c.member != act.sponsor || act.sponsor_evidence < 0.5);
      RC_ASSERT(c.member != act.host || act.host_evidence < 0.5);
    }
    for (const Fight& f : court.result.fights) RC_ASSERT(f.first != f.second);
  });
}

TEST(LawReading, NobodyIsAtWarBeforeSomebodyFights) {
  always("guards are at peace", [](std::uint64_t seed) {
    Situation s = random_situation(seed, 12, 12);
    for (auto& p : s.pacts) {
      for (auto& a : p.articles) {
        a.article.when.acts = {ActKind::threat, ActKind::mobilisation, ActKind::sanction};
        a.article.then.assist.erase(Obligation::war);
        a.article.then.assist.insert(Obligation::troops);
      }
    }
    Court court;
    std::vector<Act> acts;
    build_in_order(court, s, acts);
    Dice dice(seed);
    for (Act& a : acts) a.kind = dice.maybe(0.5) ? ActKind::threat : ActKind::mobilisation;
    court.decide(acts);
    for (const Fight& f : court.result.fights) RC_ASSERT(!f.war);
    for (const Commitment& c : court.result.commitments) {
      RC_ASSERT(!armed(c.level) || c.enforcement || c.footing == Footing::guards);
    }
    // Nor is anybody asked to break a promise of peace by standing guard.
    for (const Conflict& c : court.result.conflicts) {
      RC_ASSERT(c.kind != ConflictKind::help_or_abstain);
      RC_ASSERT(c.kind != ConflictKind::members_at_war);
    }
  });
}

TEST(LawReading, WhatCanBeDoneBesideAnotherDutyIsNoConflict) {
  always("words for both sides", [](std::uint64_t seed) {
    Situation s = random_situation(seed, 10, 14);
    Dice dice(seed ^ 0x7a1c);
    for (auto& p : s.pacts) {
      p.pact.speciality = 0;
      for (auto& a : p.articles) {
        a.article.when.counts_responses = true;
        a.article.then.assist = {static_cast<Obligation>(1 + dice.below(3))};
      }
    }
    Court court;
    std::vector<Act> acts;
    build_in_order(court, s, acts);
    for (Act& a : acts) {
      Act back = a;
      std::swap(back.author, back.victim);
      back.place = court.world.territory(back.victim);
      acts.push_back(back);
      break;
    }
    court.decide(acts);
    RC_ASSERT(court.conflict(ConflictKind::both_sides) == nullptr);
    for (const Breach& b : court.result.breaches) {
      RC_ASSERT(b.kind != BreachKind::help_refused || !b.excused);
    }
  });
}

TEST(LawReading, RefusalOfOneArticleSilencesNoOther) {
  always("an article that is always refused", [](std::uint64_t seed) {
    const Situation s = random_situation(seed, 12, 12);
    Court plain, more;
    std::vector<Act> acts, same;
    build_in_order(plain, s, acts);
    build_in_order(more, s, same);
    // In every pact an article that covers everything first, and a body that never adopts anything.
    for (Pact& p : more.pacts) {
      p.organs.push_back({.id = "nobody_comes", .quorum = 1.0});
      Article never = defence("0", attacks | ActSet{ActKind::attack_on_forces, ActKind::rebellion});
      never.when.where.scope = Scope::anywhere;
      never.when.counts_responses = never.when.between_members = true;
      never.when.ongoing_wars = never.when.joined_wars = true;
      never.procedure = Procedure::by_decision;
      never.organ = "nobody_comes";
      p.articles.push_back(never);
    }
    for (const Pact& p : more.pacts) {
      for (const Member& m : p.members) more.world.absent.insert(m.actor);
    }
    plain.decide(acts);
    more.decide(same);
    // (With an article on help the pact is an alliance, so that breaches may be more.)
    const auto given = [](const Court& court) {
      std::vector<std::string> lines = transcript(court, 0, false);
      std::erase_if(lines, [](const std::string& line) { return line.starts_with("breach"); });
      return lines;
    };
    RC_ASSERT(given(plain) == given(more));
  });
}

TEST(LawReading, TheCutBetweenStepsChangesNothing) {
  always("one step or many", [](std::uint64_t seed) {
    const Situation s = random_situation(seed, 12, 12);
    Court whole, parts;
    std::vector<Act> acts, same;
    build_in_order(whole, s, acts);
    build_in_order(parts, s, same);
    for (std::size_t i = 0; i < acts.size(); ++i) {
      acts[i].date += std::chrono::days{static_cast<int>(i % 3)};
    }
    whole.decide(acts);
    std::vector<std::string> in_parts;
    for (int d = 0; d < 3; ++d) {
      std::vector<Act> today;
      for (const Act& a : acts) {
        if (a.date == day("2010-06-01") + std::chrono::days{d}) today.push_back(a);
      }
      if (today.empty()) continue;
      parts.decide(today);
      parts.world.absorb(parts.result);
      const std::vector<std::string> lines = transcript(parts, 0, true);
      in_parts.insert(in_parts.end(), lines.begin(), lines.end());
    }
    std::sort(in_parts.begin(), in_parts.end());
    RC_ASSERT(not_shared(transcript(whole, 0, true), in_parts) == std::vector<std::string>{});
    RC_ASSERT(whole.memory == parts.memory);
  });
}

TEST_F(StageTest, AnExtensionNeverReachesBack) {
  for (int back = 3; back >= -3; --back) {
    memory.clear();
    pacts[0].articles = {defence()};
    const Act raid = attack(e, b);
    Act abroad = raid;
    abroad.place = {};
    extend_scope(pacts[0], "1", {.scope = Scope::anywhere}, raid.date + std::chrono::days{back});
    decide({abroad});
    EXPECT_EQ(first(Stage::covered)->yes, back <= 0) << back;
  }
}

TEST(LawReading, HelpAndPromiseAreTwoWeightsInOneChoice) {
  // The readier to help, the likelier; the heavier the promise, the less likely; both up to
  // certainty.
  const auto chance_of_help = [](double bias, double affinity, std::uint8_t formality) {
    Court court;
    const ActorId a = court.world["a"], b = court.world["b"], c = court.world["c"];
    court.pacts = {pact("bc", {b, c}), pact("ac", {a, c})};
    court.pacts[0].articles = {defence()};
    court.pacts[1].articles = {abstain("1", {Abstention::force})};
    court.pacts[1].formality = formality;
    court.world.bias[c] = bias;
    court.world.affinities[{c, b}] = affinity;
    court.settings.honour.affinity = 4.0;
    court.settings.drawing = Drawing::random;
    int helped = 0;
    constexpr int n = 400;
    for (court.run = 0; court.run < n; ++court.run) {
      court.memory.clear();
      court.decide({attack(a, b)});
      helped += court.help_by(c) != nullptr;
    }
    return helped / double{n};
  };
  const double even = chance_of_help(0.0, 0.0, 0);
  EXPECT_NEAR(even, 0.5, 4 * std::sqrt(0.25 / 400));
  EXPECT_GT(chance_of_help(1.0, 0.0, 0), even);
  EXPECT_LT(chance_of_help(-1.0, 0.0, 0), even);
  EXPECT_GT(chance_of_help(0.0, 0.4, 0), even);
  EXPECT_LT(chance_of_help(0.0, -0.4, 0), even);
  EXPECT_NE(chance_of_help(0.0, 0.0, 2), even) << "what the promise weighs counts as well";
  EXPECT_GT(chance_of_help(8.0, 0.0, 0), 0.98);
  EXPECT_LT(chance_of_help(-8.0, 0.0, 0), 0.02);
}

TEST_F(StageTest, SilenceInARunIsOneDispositionAndNoWaiver) {
  article().procedure = Procedure::on_request;
  settings.drawing = Drawing::random;
  settings.reconsider_days = 1000.0;
  int first = 0, later = 0, dearer = 0;
  constexpr int n = 1000;
  for (run = 0; run < n; ++run) {
    memory.clear();
    world.asks[b] = 0.3;
    decide({attack(e, b, "2010-06-01", ActKind::strike)});
    const bool asked = why(Stage::invoked) == Reason::requested;
    first += asked;
    ++step;
    decide({attack(e, b, "2010-07-01", ActKind::strike)});
    later += why(Stage::invoked) == Reason::requested;
    world.asks[b] = 0.7;
    ++step;
    decide({attack(e, b, "2010-08-01", ActKind::strike)});
    dearer += why(Stage::invoked) == Reason::requested;
    step = 0;
  }
  EXPECT_EQ(first, later) << "asking again draws nothing anew";
  EXPECT_NEAR(first / double{n}, 0.3, 4 * std::sqrt(0.21 / n));
  EXPECT_NEAR(dearer / double{n}, 0.7, 4 * std::sqrt(0.21 / n));
}

}  // namespace
}  // namespace casus::law
