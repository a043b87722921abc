// A run that goes on under a shipped policy.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "../support/shipped.h"
#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "casus/law/vocabulary.h"

namespace casus::test {
namespace {

Edit set(const std::string& path, const std::string& to) { return {Edit::Kind::set, path, to}; }

/// The edit of a value that the timeline makes on a day.
Edit on(const std::string& date, const std::string& values) {
  return {Edit::Kind::add, "timeline", "{title: dated, at: " + date + ", set: {" + values + "}}"};
}

/// How a policy is dated a day.
enum class Dated {
  by_edits,   ///< by edits of the base that name the day
  itself,     ///< the policy says nothing of a day up to then: it is the run with the policy
  not_felt,   ///< the format has no date for it, and up to then it has made no difference
  undefined,  ///< it speaks of what is past, or of where a run begins
};

/// Days of a fork, the first and the last.
struct Days {
  std::uint32_t first = 0, last = 0;
};

struct Case {
  std::string policy, base;
  Days days;  ///< for which this holds
  Dated how = Dated::undefined;
  std::function<std::vector<Edit>(const std::string& date)> edits;
  std::string refused;  ///< for what
};

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.policy; }

using Edits = std::vector<Edit>;

Case by_edits(std::string policy, std::string base, Days days,
              std::function<Edits(const std::string&)> edits) {
  return {std::move(policy), std::move(base), days, Dated::by_edits, std::move(edits), {}};
}
Case itself(std::string policy, std::string base, std::uint32_t last) {
  return {std::move(policy), std::move(base), {0, last}, Dated::itself, {}, {}};
}
Case not_felt(std::string policy, std::string base, std::uint32_t last) {
  return {std::move(policy), std::move(base), {0, last}, Dated::not_felt, {}, {}};
}
Case undefined(std::string policy, std::string base, std::string refused) {
  return {std::move(policy), std::move(base), {20, 50}, Dated::undefined, {}, std::move(refused)};
}

/// The pacts end that day.
std::function<Edits(const std::string&)> ended(std::vector<std::string> pacts) {
  return [pacts = std::move(pacts)](const std::string& date) {
    Edits edits;
    for (const std::string& pact : pacts) edits.push_back(set("pacts." + pact + ".ended", date));
    return edits;
  };
}

/// The values are set that day.
std::function<Edits(const std::string&)> values(std::string text) {
  return [text = std::move(text)](const std::string& date) { return Edits{on(date, text)}; };
}

std::vector<Case> sahel_cases() {
  const std::string folder = "sahel/policies/", base = "sahel/baseline.yaml";
  const auto file = [&](const char* name) { return folder + name + ".yaml"; };
  return {
      itself(file("accession-of-chad"), base, 15),
      itself(file("accession-of-guinea"), base, 15),
      itself(file("accession-of-togo"), base, 15),
      itself(file("blockade-of-bamako"), base, 350),
      itself(file("coup-inside-the-alliance"), base, 160),
      itself(file("drone-as-armed-attack"), base, 190),
      itself(file("drone-shot-down"), base, 190),
      itself(file("ecowas-intervenes"), base, 28),
      itself(file("ecowas-intervenes-without-nigeria"), base, 28),
      by_edits(file("no-charter"), base, {0, 200}, ended({"aes"})),
      by_edits(file("no-promises"), base, {0, 200}, ended({"aes", "pledge_to_niger"})),
      by_edits(file("sanctions-kept"), base, {0, 200},
               values("mechanisms.statecraft.sanction_fatigue: 0 /year")),
      by_edits(file("sanctions-lifted-early"), base, {0, 200},
               values("mechanisms.statecraft.sanction_fatigue: 10 /year")),
      by_edits(file("wagner-leaves-mali"), base, {0, 15},
               [](const std::string& date) {
                 return Edits{on(date, "actors.russia.deployment_ceiling: 0"),
                              {Edit::Kind::add, "timeline",
                               "{title: The Russian force leaves, at: 2023-10-01, withdraw: "
                               "{actor: russia, host: mali, over: 90 days}}"}};
               }),
      not_felt(file("border-zone-only"), base, 4),
      not_felt(file("joint-force-5000"), base, 4),
      not_felt(file("joint-force-15000"), base, 4),
      not_felt(file("separate-peace"), base, 4),
      itself(file("council-authorises-ecowas"), base, 27),
      undefined(file("france-recognises"), base, "dated 2023-09-17, which is past"),
      undefined(file("france-recognises-the-junta"), base, "dated 2023-09-17, which is past"),
      undefined(file("algeria-mediates"), base, "wars.csp_mali"),
      undefined(file("jihadists-allied"), base, "wars.jnim_issp"),
      undefined(file("jihadists-merged"), base, "actors"),
      undefined(file("jihadists-truce"), base, "wars.jnim_issp"),
      undefined(file("france-stays-in-niger"), base, "dated 2023-09-17, which is past"),
      undefined(file("un-mission-stays"), base, "dated 2023-09-17, which is past"),
      undefined(file("nigeria-for-force"), base, "crises.niger_coup"),
      undefined(file("spill-over"), base, "presence.benin_north.jnim"),
  };
}

std::vector<Case> ecowas_cases() {
  const std::string folder = "sahel/ecowas/policies/";
  const std::string benin = "sahel/ecowas/benin-2025.yaml", niger = "sahel/ecowas/niger-2023.yaml";
  return {
      // What happens on 7 December is another act; it is the seventh day.
      itself(folder + "benin-does-not-ask.yaml", benin, 6),
      undefined(folder + "benin-does-not-ask.yaml", benin, "has happened"),
      itself(folder + "benin-overthrown.yaml", benin, 6),
      undefined(folder + "benin-overthrown.yaml", benin, "has happened"),
      itself(folder + "president-of-niger-escapes.yaml", niger, 6),
      undefined(folder + "president-of-niger-escapes.yaml", niger, "has happened"),
      // The pledge is of the twelfth day, the Charter of the 59th.
      itself(folder + "entry.yaml", niger, 72),
      itself(folder + "entry-lawful.yaml", niger, 5),
      itself(folder + "entry-unlawful.yaml", niger, 5),
      itself(folder + "entry-an-attack.yaml", niger, 5),
      itself(folder + "no-charter.yaml", niger, 57),
      by_edits(folder + "no-charter.yaml", niger, {58, 200}, ended({"aes"})),
      itself(folder + "no-pledge.yaml", niger, 10),
      by_edits(folder + "no-pledge.yaml", niger, {11, 200}, ended({"pledge_to_niger"})),
      itself(folder + "no-promises.yaml", niger, 10),
      by_edits(folder + "no-promises.yaml", niger, {58, 200}, ended({"aes", "pledge_to_niger"})),
  };
}

std::vector<Case> other_cases() {
  const std::string july = "july-1914/baseline.yaml", exercise = "nato/article-5-exercise.yaml";
  const auto of_july = [](const char* name) {
    return std::string("july-1914/policies/") + name + ".yaml";
  };
  const auto of_nato = [](const char* name) {
    return std::string("nato/policies/") + name + ".yaml";
  };
  return {
      by_edits(of_july("no-dual-alliance"), july, {0, 40}, ended({"dual_alliance"})),
      by_edits(of_july("no-franco-russian"), july, {0, 40}, ended({"franco_russian"})),
      by_edits(of_july("no-russian-assurance"), july, {0, 40}, ended({"russian_assurance"})),
      by_edits(of_july("no-treaty-of-london"), july, {0, 40}, ended({"treaty_of_london"})),
      not_felt(of_july("greece-reads-literally"), july, 3),
      itself(of_nato("ceuta"), exercise, 4),
      undefined(of_nato("ceuta"), exercise, "has happened"),
      itself(of_nato("inside-article-6"), exercise, 4),
      undefined(of_nato("inside-article-6"), exercise, "has happened"),
      itself(of_nato("outside-article-6"), exercise, 4),
      undefined(of_nato("outside-article-6"), exercise, "has happened"),
      itself(of_nato("threat-only"), exercise, 11),
      undefined(of_nato("threat-only"), exercise, "has happened"),
      not_felt(of_nato("no-article-5"), exercise, 4),
      by_edits("csto/policies/friends-of-armenia.yaml", "csto/armenia-2022.yaml", {0, 40},
               values("relations.belarus.armenia: 0.5, relations.belarus.azerbaijan: 0.2, "
                      "relations.kazakhstan.armenia: 0.5, relations.kazakhstan.azerbaijan: 0.2, "
                      "relations.kyrgyzstan.armenia: 0.5, relations.kyrgyzstan.azerbaijan: 0.2")),
      not_felt("csto/policies/no-standing-force.yaml", "csto/kazakhstan-2022.yaml", 2),
      not_felt("csto/policies/terror-is-unrest.yaml", "csto/kazakhstan-2022.yaml", 2),
      undefined("csto/policies/armenia-at-war.yaml", "csto/karabakh-2020.yaml", "wars.karabakh"),
      undefined("csto/policies/karabakh-recognised.yaml", "csto/karabakh-2020.yaml",
                "regions.nagorno_karabakh"),
      undefined("csto/policies/russia-at-peace.yaml", "csto/armenia-2022.yaml", "wars.ukraine"),
      by_edits("tutorial/without-pact.yaml", "tutorial/three-states.yaml", {0, 300},
               ended({"entente"})),
      undefined("tutorial/two-promises.yaml", "tutorial/three-states.yaml",
                "pacts.friendship.in_force is 2025-01-01, which is past"),
  };
}

std::vector<Case> six_day_war_cases() {
  const std::string folder = "six-day-war/policies/", base = "six-day-war/baseline.yaml";
  return {
      by_edits(folder + "no-egypt-jordan.yaml", base, {0, 40}, ended({"egypt_jordan"})),
      by_edits(folder + "no-egypt-syria.yaml", base, {0, 40}, ended({"egypt_syria"})),
      // The air forces are struck on the fifth day, the ceasefire is of the eleventh.
      itself(folder + "no-surprise.yaml", base, 3),
      itself(folder + "no-ceasefire.yaml", base, 9),
      undefined(folder + "arab-treaty.yaml", base,
                "pacts.arab_league.in_force is 1952-08-22, which is past"),
  };
}

std::vector<Case> cases() {
  std::vector<Case> all = sahel_cases();
  for (const auto& more : {ecowas_cases(), other_cases(), six_day_war_cases()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

/// An event in terms of what does not depend on the rows of pacts, of which a fork keeps those that
/// are gone behind the others.
std::string told(const Simulation& s, const Event& e) {
  const auto row = [](auto id) { return id.valid() ? std::to_string(id.row()) : std::string("-"); };
  return fmt::format("{} {} {} {} {} {} {} {} {} {}", e.step, EventKinds().name(e.kind), row(e.who),
                     row(e.whom), row(e.where),
                     e.pact.valid() ? s.world().pacts[e.pact.row()].id : "-", e.reason, e.size,
                     e.deaths, e.civilian_deaths);
}

/// A pact that is not in force is asked, and says no. The policy may have no such pact, where the
/// run that is forked keeps one of which nothing comes.
bool of_no_force(const Event& e) {
  return e.kind == EventKind::law_no &&
         e.reason == static_cast<std::uint16_t>(law::Reason::not_in_force);
}

/// What has happened from a day on, with causes.
std::vector<std::string> told_from(const Simulation& s, std::uint32_t day) {
  std::vector<std::string> lines;
  for (const Event& e : s.log().all()) {
    if (e.step < day || of_no_force(e)) continue;
    lines.push_back(told(s, e));
    for (const EventId cause : s.log().causes(e)) {
      lines.back() += " because of " + (cause.valid() ? told(s, s.log()[cause]) : "nothing");
    }
  }
  return lines;
}

/// Hash of the world without its pacts, and without the rows of pacts and events.
std::uint64_t hash_without_rows(const Simulation& s) {
  World w = s.world();
  w.pacts = PactBook({}, w.actors.size());
  for (Crisis& c : w.crises) c.organisation = {}, c.cause = {};
  for (Measure& m : w.measures) m.organisation = {}, m.cause = {};
  for (Mandate& m : w.mandates) m.pact = {}, m.cause = {};
  for (War& x : w.wars) x.cause = {};
  return hash(w);
}

void expect_same(const Simulation& a, const Simulation& b, std::uint32_t day) {
  const auto one = told_from(a, day), two = told_from(b, day);
  const auto at = std::mismatch(one.begin(), one.end(), two.begin(), two.end());
  const auto line = [](auto place, const auto& all) {
    return place == all.end() ? std::string("nothing") : *place;
  };
  EXPECT_TRUE(one == two) << line(at.first, one) << "\n  and " << line(at.second, two);
  EXPECT_EQ(hash_without_rows(a), hash_without_rows(b)) << "on day " << a.steps_done();
}

void expect_refused(const Simulation& before, const Case& c) {
  try {
    before.fork(load(c.policy));
    ADD_FAILURE() << "not refused";
  } catch (const ContractError& e) {
    EXPECT_NE(std::string(e.what()).find(c.refused), std::string::npos) << e.what();
  }
}

RunOptions run_number(std::uint32_t run) { return {.seed = 4, .run = run}; }

/// The first run in which the policy has made no difference up to the day, in the world or the log.
std::uint32_t run_without_effect(const Case& c, std::uint32_t day) {
  constexpr std::uint32_t most = 40;
  for (std::uint32_t run = 0; run < most; ++run) {
    const Simulation base = run_days(load(c.base), day, run_number(run));
    const Simulation policy = run_days(load(c.policy), day, run_number(run));
    const bool same = told_from(base, 0) == told_from(policy, 0) &&
                      hash_without_rows(base) == hash_without_rows(policy);
    if (same) return run;
  }
  ADD_FAILURE() << "the policy has been felt in each of so many runs: " << most;
  return 0;
}

void expect_same_future(const Case& c, std::uint32_t day) {
  const std::uint32_t run = c.how == Dated::not_felt ? run_without_effect(c, day) : day;
  const Simulation before = run_days(load(c.base), day, run_number(run));
  const Scenario policy = load(c.policy);
  Simulation::Fork fork = before.fork(policy);
  EXPECT_FALSE(fork.changes.empty());
  const std::string date = to_string(before.scenario()->clock.date(day));
  const Scenario dated = c.how == Dated::by_edits ? load(c.base, c.edits(date)) : policy;
  Simulation plain = run_days(dated, day, run_number(run));
  if (c.how != Dated::by_edits) {
    EXPECT_EQ(hash_without_rows(before), hash_without_rows(plain)) << "up to the fork";
  }
  for (int i = 0; i < 60 && !plain.done(); ++i) {
    plain.step();
    fork.simulation.step();
  }
  expect_same(fork.simulation, plain, day);
}

class Forks : public ::testing::TestWithParam<Case> {};

TEST_P(Forks, IntoAPolicyEqualTheRunWithThePolicyDatedThatDay) {
  const Case& c = GetParam();
  Stream dice({9, 0}, 0, Purpose("day of the fork"), {name_hash(c.policy)});
  const auto drawn = [&] {
    return c.days.first + static_cast<std::uint32_t>(uniform(dice) * (c.days.last - c.days.first));
  };
  for (const std::uint32_t day : {c.days.last, drawn(), drawn()}) {
    SCOPED_TRACE(fmt::format("forked on day {}", day));
    if (c.how == Dated::undefined) {
      expect_refused(run_days(load(c.base), day), c);
    } else {
      expect_same_future(c, day);
    }
  }
}

struct PolicyName {
  template <class Info>
  std::string operator()(const Info& info) const {
    std::string name = info.param.policy.substr(0, info.param.policy.rfind('.'));
    for (char& c : name) {
      if (c == '-' || c == '/') c = '_';
    }
    return fmt::format("{}_{}", name, info.index);
  }
};

INSTANTIATE_TEST_SUITE_P(Policies, Forks, ::testing::ValuesIn(cases()), PolicyName());

TEST(ForksOfPolicies, LeaveNoneOut) {
  std::set<std::string> named;
  for (const Case& c : cases()) named.insert(c.policy);
  for (const std::string& name : shipped_policies()) EXPECT_TRUE(named.contains(name)) << name;
}

}  // namespace
}  // namespace casus::test
