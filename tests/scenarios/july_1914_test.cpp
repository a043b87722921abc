// The classic cascade: most runs end in a general war along the historical chain, each power
// brought in by an article that the log names; without a pact of the chain, the chain is another.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "../support/shipped.h"

namespace casus::test {
namespace {

constexpr std::uint32_t july_runs = 60;

ActorId actor(const Scenario& s, const std::string& name) {
  for (std::size_t i = 0; i < s->actors.size(); ++i) {
    if (s->actors[i].name == name) return ActorId(i);
  }
  ADD_FAILURE() << "no actor " << name;
  return {};
}

PactId pact(const Scenario& s, const std::string& name) {
  const auto& names = s->pact_names;
  return PactId(
      static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin()));
}

Simulation run(const Scenario& scenario, std::uint32_t number) {
  RunOptions options;
  options.run = number;
  Simulation s(scenario, options);
  s.run();
  return s;
}

/// The event by which an actor came to fight other states; none if it did not.
const Event* entry(const Simulation& s, ActorId a) {
  for (const Event& e : s.log().all()) {
    const bool enters = e.kind == EventKind::joins_war || e.kind == EventKind::war_begins;
    if (enters && e.who == a && e.size >= 1.0) return &e;
  }
  return nullptr;
}

TEST(July1914, MostRunsEndInAGeneralWarAlongTheHistoricalChainSlow) {
  const Scenario s = load("july-1914/baseline.yaml");
  const std::map<std::string, std::string> chain{{"russia", "russian_assurance"},
                                                 {"germany", "dual_alliance"},
                                                 {"france", "franco_russian"},
                                                 {"britain", "treaty_of_london"}};
  std::uint32_t general = 0;
  std::uint32_t historical = 0;
  for (std::uint32_t r = 0; r < july_runs; ++r) {
    const Simulation simulation = run(s, r);
    bool all = true;
    bool as_it_was = true;
    for (const auto& [power, through] : chain) {
      const Event* e = entry(simulation, actor(s, power));
      all = all && e != nullptr;
      as_it_was = as_it_was && e != nullptr && e->pact == pact(s, through) && e->article.valid();
    }
    general += all;
    historical += as_it_was;
  }
  std::cout << "general war in " << general << " of " << july_runs
            << " runs, along the historical chain in " << historical << '\n';
  EXPECT_GT(general, july_runs / 2);
  EXPECT_GT(historical, july_runs / 2);
}

// Whoever joins a war joins it under an article; the cause chain leads back to the first attack.
TEST(July1914, EveryJoinerNamesItsArticleAndItsCauseSlow) {
  const Scenario s = load("july-1914/baseline.yaml");
  std::size_t joined = 0;
  for (std::uint32_t r = 0; r < 10; ++r) {
    const Simulation simulation = run(s, r);
    for (const Event& e : simulation.log().all()) {
      if (e.kind != EventKind::joins_war) continue;
      ++joined;
      EXPECT_TRUE(e.pact.valid());
      EXPECT_TRUE(e.article.valid());
      bool invasion = false;
      std::set<EventId> seen{e.id};
      std::vector<EventId> open{e.id};
      while (!open.empty()) {
        const Event& x = simulation.log()[open.back()];
        open.pop_back();
        invasion = invasion || x.kind == EventKind::invasion || x.kind == EventKind::mobilisation;
        for (const EventId cause : simulation.log().causes(x)) {
          if (seen.insert(cause).second) open.push_back(cause);
        }
      }
      EXPECT_TRUE(invasion) << "run " << r << ", " << simulation.world().actors.name[e.who.row()];
    }
  }
  EXPECT_GT(joined, 40U);
}

/// Is the event about the pact, or the consequence of one that is?
bool depends_on(const Simulation& s, const Event& e, PactId p) {
  if (e.pact == p) return true;
  const auto causes = s.log().causes(e);
  return std::any_of(causes.begin(), causes.end(),
                     [&](EventId c) { return depends_on(s, s.log()[c], p); });
}

void without(const std::string& removed, const std::string& stays_out) {
  const Scenario base = load("july-1914/baseline.yaml");
  const Scenario changed = base.without("pacts." + removed);
  std::uint32_t joins_before = 0;
  std::uint32_t joins_after = 0;
  for (std::uint32_t r = 0; r < 20; ++r) {
    const Simulation a = run(base, r);
    const Simulation b = run(changed, r);
    joins_before += entry(a, actor(base, stays_out)) != nullptr;
    joins_after += entry(b, actor(changed, stays_out)) != nullptr;
    // Draw for draw the same until the first act that depends on the pact.
    const auto la = a.log().all();
    const auto lb = b.log().all();
    std::size_t i = 0;
    const auto same = [&](const Event& x, const Event& y) {
      const bool pacts =
          x.pact.valid() == y.pact.valid() &&
          (!x.pact.valid() || base->pact_names[x.pact.row()] == changed->pact_names[y.pact.row()]);
      return x.kind == y.kind && x.step == y.step && x.who == y.who && x.whom == y.whom &&
             x.where == y.where && x.size == y.size && x.deaths == y.deaths && pacts;
    };
    while (i < la.size() && i < lb.size() && same(la[i], lb[i])) ++i;
    if (i == la.size() && i == lb.size()) continue;
    ASSERT_LT(i, la.size());
    EXPECT_TRUE(depends_on(a, la[i], pact(base, removed)))
        << removed << ", run " << r << ": " << EventKinds().name(la[i].kind) << " on "
        << to_string(base->clock.date(la[i].step));
  }
  EXPECT_GT(joins_before, 10U);
  EXPECT_LT(joins_after, joins_before / 2) << stays_out << " without " << removed;
}

TEST(July1914, WithoutTheFrancoRussianConventionFranceStaysOutSlow) {
  without("franco_russian", "france");
}

TEST(July1914, WithoutTheDualAllianceGermanyStaysOutSlow) { without("dual_alliance", "germany"); }

}  // namespace
}  // namespace casus::test
