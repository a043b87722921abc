// Draws are addressed by names: what is added or taken away changes only what depends on it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <vector>

#include "../support/shipped.h"

namespace casus::test {
namespace {

/// An event in terms of names, so that logs of different scenarios can be compared.
std::string named(const Simulation& s, const Event& e) {
  const auto& data = s.scenario().data();
  const auto actor = [&](ActorId a) { return a.valid() ? s.world().actors.name[a.row()] : "-"; };
  const auto region = [&](RegionId r) { return r.valid() ? data.regions[r.row()].name : "-"; };
  const auto pact = [&](PactId p) { return p.valid() ? data.pact_names[p.row()] : "-"; };
  return fmt::format("{} {} {} {} {} {} {} {:.17g} {:.17g} {:.17g}",
                     to_string(data.clock.date(e.step)), EventKinds().name(e.kind), actor(e.who),
                     actor(e.whom), region(e.where), pact(e.pact), e.reason, e.size, e.deaths,
                     e.civilian_deaths);
}

std::vector<std::string> log_of(const Simulation& s) {
  std::vector<std::string> lines;
  for (const Event& e : s.log().all()) lines.push_back(named(s, e));
  return lines;
}

TEST(Identity, UnrelatedActorChangesNothing) {
  const Simulation plain = run_days(load("sahel/baseline.yaml"), 200);
  const Scenario larger =
      load("sahel/baseline.yaml",
           {{Edit::Kind::add, "actors.aaa_stranger",
             "{kind: external, title: A stranger, forces: 1000, source: \"a test\"}"}});
  const Simulation with = run_days(larger, 200);
  EXPECT_EQ(larger->actors.size(), plain.scenario()->actors.size() + 1);
  EXPECT_EQ(log_of(plain), log_of(with));
}

bool leaves(const Event& e, const law::Pact& allies) {
  return e.kind == EventKind::exit_notice &&
         std::any_of(allies.members.begin(), allies.members.end(),
                     [&](const law::Member& m) { return m.actor == e.who; });
}

// Removing the Charter changes nothing before the first event that depends on it.
TEST(Identity, RemovingThePactChangesOnlyWhatFollowsFromItSlow) {
  const Scenario baseline = load("sahel/baseline.yaml");
  const Scenario without = baseline.without("pacts.aes");
  ASSERT_EQ(without->pacts.size() + 1, baseline->pacts.size());
  const auto pact_row = [&](const std::string& name) {
    const auto& names = baseline->pact_names;
    return PactId(
        static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin()));
  };
  const PactId charter = pact_row("aes");
  int diverged = 0;
  for (std::uint32_t run = 0; run < 5; ++run) {
    RunOptions options;
    options.run = run;
    Simulation a(baseline, options);
    Simulation b(without, options);
    a.run();
    b.run();
    const auto la = log_of(a);
    const auto lb = log_of(b);
    const auto [ia, ib] = std::mismatch(la.begin(), la.end(), lb.begin(), lb.end());
    if (ia == la.end() && ib == lb.end()) continue;
    ++diverged;
    ASSERT_NE(ia, la.end());
    const Event& e = a.log().all()[static_cast<std::size_t>(ia - la.begin())];
    std::cout << "run " << run << ": first divergence\n  with:    " << *ia
              << "\n  without: " << (ib == lb.end() ? "(end)" : *ib) << '\n';
    // The first difference is the Charter's own: an event of the law about it, or one that names
    // it. Or an ally leaves an organisation where it does not, as with the Charter the allies
    // decide about that together.
    const bool ally_leaves =
        ib != lb.end() && leaves(b.log().all()[static_cast<std::size_t>(ib - lb.begin())],
                                 baseline->pacts[charter.row()]);
    EXPECT_TRUE(e.pact == charter || ally_leaves || leaves(e, baseline->pacts[charter.row()]))
        << *ia;
  }
  EXPECT_GT(diverged, 0);
}

}  // namespace
}  // namespace casus::test
