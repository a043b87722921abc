// What holds of debts in every world: each is settled once, on its own day, in whatever order acts,
// pacts and rows stand and however often it is looked at.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>
#include <tuple>

#include "random_world.h"

namespace casus::law {
namespace {

/// A random situation in which help has its terms and acts their days.
struct Story {
  Situation s;
  std::map<std::uint64_t, Date> dates;   ///< of acts, by place
  std::vector<Situation::ActSpec> ends;  ///< armistices and peaces; `date`: days from the first act
  std::map<std::string, double> slow;
  std::map<std::string, Date> ended;  ///< pacts
};

Date after(int days) { return day("2010-06-01") + std::chrono::days{days}; }

Story random_story(std::uint64_t seed, bool with_ends) {
  Story out;
  out.s = random_situation(seed, 12, 8);
  Dice dice(seed ^ 0x7e23);
  const auto days = [&](std::size_t n) { return static_cast<int>(dice.below(n)); };
  for (const std::string& name : out.s.names) {
    if (dice.maybe(0.8)) out.slow[name] = static_cast<double>(days(90));
  }
  for (Situation::PactSpec& p : out.s.pacts) {
    for (Situation::ArticleSpec& a : p.articles) {
      if (dice.maybe(0.5)) a.article.then.within_days = 5.0 + days(50);
      if (dice.maybe(0.2)) a.article.then.within_months = 1 + days(2);
    }
    if (with_ends && dice.maybe(0.2)) out.ended[p.pact.id] = after(days(90));
  }
  for (const Situation::ActSpec& a : out.s.acts) {
    const int begins = days(60);
    out.dates[region_key("region" + std::to_string(a.region)).value] = after(begins);
    if (!with_ends || !dice.maybe(0.5)) continue;
    Situation::ActSpec end = a;
    end.kind = dice.maybe(0.5) ? ActKind::peace : ActKind::armistice;
    if (dice.maybe(0.3)) end.author = out.s.names[dice.below(out.s.names.size())];
    end.date = begins + days(60);
    if (end.author != end.victim) out.ends.push_back(end);
  }
  return out;
}

/// By name, so that it can be told of courts whose rows differ.
using Promise = std::tuple<std::string, std::string, std::string, std::string, Obligation, Date>;

struct Outcome {
  std::multiset<Promise> late;    ///< found to be late when it was decided, by the day it would be
  std::multiset<Promise> broken;  ///< by a term, with the day
  std::set<std::tuple<std::string, std::string, std::string>> refused;
  bool settled = false;  ///< in the end nothing is owed that could fall due
};

/// Resolves day by day; `looks`: quiet days on which terms are looked at besides.
Outcome live(Court& court, const Story& story, const std::vector<std::size_t>& order, Dice* dice,
             const std::set<Date>& looks) {
  std::vector<Act> acts;
  build(court, story.s, order, dice, "", acts);
  SmallWorld& w = court.world;
  std::map<Date, std::vector<Act>> days;
  for (Act& act : acts) {
    act.date = story.dates.at(act.place.key.value);
    days[act.date].push_back(act);
  }
  for (const Situation::ActSpec& e : story.ends) {
    Act act = attack(w[e.author], w[e.victim], "2010-06-01", e.kind);
    act.date = after(e.date);
    days[act.date].push_back(act);
  }
  for (const Date look : looks) days.try_emplace(look);
  for (const auto& [name, n] : story.slow) w.slow[w[name]] = n;
  for (Pact& p : court.pacts) {
    if (story.ended.contains(p.id)) p.ended = story.ended.at(p.id);
  }
  Outcome out;
  const auto take = [&] {
    w.absorb(court.result);
    const auto promise = [&](const auto& x, Date date) {
      const Pact& p = court.pacts[x.pact.row()];
      return Promise{w.names[x.member.row()],
                     w.names[x.towards.row()],
                     p.id,
                     p.articles[x.article.row()].id,
                     x.level,
                     date};
    };
    for (const Breach& b : court.result.breaches) {
      if (b.act == no_index) out.broken.insert(promise(b, b.date));
    }
    for (const Verdict& v : court.result.verdicts) {
      if (v.stage != Stage::honoured) continue;
      if (v.reason == Reason::kept_late) {
        const Act& act = court.result.acts[v.act];
        const Duties& then = court.pacts[v.pact.row()].articles[v.article.row()].then;
        const Date due = then.within_months != 0
                             ? add_months(act.date, then.within_months)
                             : act.date + std::chrono::days{static_cast<int>(then.within_days)};
        out.late.insert(promise(v, due + std::chrono::days{1}));
      } else if (!v.yes) {
        out.refused.emplace(w.names[v.member.row()], w.names[v.towards.row()],
                            court.pacts[v.pact.row()].id);
      }
    }
  };
  for (const auto& [date, today] : days) {
    w.now = today.empty() ? std::optional(date) : std::nullopt;
    court.decide(today);
    take();
  }
  w.now = day("2013-01-01");
  court.decide({});
  take();
  const std::vector<Debt> left = court.memory.debts();
  out.settled = std::all_of(left.begin(), left.end(), [](const Debt& d) { return d.broken; });
  return out;
}

TEST(LawProperties, ADebtIsSettledOnceWheneverItIsLookedAt) {
  std::size_t broken = 0;
  EXPECT_TRUE(rc::check("same breaches on the same days", [&](std::uint64_t seed) {
    const Story story = random_story(seed, true);
    Court plain, mixed;
    const Outcome a = live(plain, story, in_order(story.s), nullptr, {});
    Dice dice(seed ^ 0x5eed);
    std::vector<std::size_t> order = in_order(story.s);
    dice.shuffle(order);
    std::set<Date> looks;
    for (int i = 0; i < 20; ++i) looks.insert(after(static_cast<int>(dice.below(200))));
    const Outcome b = live(mixed, story, order, &dice, looks);
    RC_ASSERT(a.broken == b.broken);
    RC_ASSERT(a.settled);
    RC_ASSERT(b.settled);
    broken += a.broken.size();
  }));
  EXPECT_GT(broken, 20U) << "else nothing was seen";
}

// Where nothing ends a duty before its day, what is late is broken on it, and nothing else is.
TEST(LawProperties, WhatIsLateIsBrokenOnItsDayUnlessItEnded) {
  std::size_t broken = 0;
  EXPECT_TRUE(rc::check("late is broken", [&](std::uint64_t seed) {
    const Story story = random_story(seed, false);
    Court court;
    const Outcome out = live(court, story, in_order(story.s), nullptr, {});
    for (const Promise& p : out.broken) {
      RC_ASSERT(out.late.contains(p));
      RC_ASSERT(out.broken.count(p) <= out.late.count(p));
    }
    for (const Promise& p : out.late) {
      const auto& [member, towards, pact, article, level, date] = p;
      const Hostility h = court.world.hostility(court.world[member], court.world[towards]);
      if (h.at_war || out.refused.contains({member, towards, pact})) continue;
      // What is promised again in one conflict is owed from the first day on.
      const bool sooner = std::any_of(out.broken.begin(), out.broken.end(), [&](const Promise& x) {
        Promise that_day = x;
        std::get<5>(that_day) = std::get<5>(p);
        return that_day == p && std::get<5>(x) <= std::get<5>(p);
      });
      RC_ASSERT(sooner);
    }
    broken += out.broken.size();
  }));
  EXPECT_GT(broken, 20U) << "else nothing was seen";
}

}  // namespace
}  // namespace casus::law
