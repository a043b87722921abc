// Who stands abroad: under a mandate, below the sender's ceiling, and home again when the cause has
// ended. Looked at from outside the mechanism, on every day of whole runs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "../support/shipped.h"
#include "casus/law/pact.h"
#include "casus/world/mandates.h"

namespace casus::test {
namespace {

double people_there(const World& w, ActorId sender, ActorId host) {
  double people = 0.0;
  for (const auto row : w.presences_of(sender)) {
    if (w.regions.owner[w.presences.region[row].row()] == host) {
      people += w.presences.strength[row];
    }
  }
  return people;
}

/// Do they stand on opposite sides of a war that is not over, be it silent?
bool against_each_other(const World& w, ActorId a, ActorId b) {
  for (const auto row : w.wars.of(a)) {
    int sides = 0;
    for (const Belligerent& x : w.wars[row].belligerents()) {
      if (x.actor == a || x.actor == b) sides |= 1 << x.side;
    }
    if (w.wars[row].state() != WarState::ended && sides == 3) return true;
  }
  return false;
}

/// Has what they came for ended? By the wars, the pacts and the log, not by what was decided of
/// them: their war is over, the promise under which they came is, or one of the two has ended their
/// stay.
bool ended(const Simulation& s, const Mandate& m, std::size_t events_before) {
  const World& w = s.world();
  if (w.actors.alive[m.sender.row()] == 0 || w.actors.alive[m.host.row()] == 0) return true;
  if (m.against.valid() && m.against != m.host && !against_each_other(w, m.host, m.against))
    return true;
  if (m.pact.valid() && !law::is_member(w.pacts[m.pact.row()], m.sender, s.date())) return true;
  const std::span<const Event> log = s.log().all();
  for (std::size_t i = events_before; i < log.size(); ++i) {
    const Event& e = log[i];
    if (e.kind == EventKind::withdrawal && e.who == m.sender && e.whom == m.host) return true;
    if (e.kind == EventKind::expulsion && e.who == m.host && e.whom == m.sender) return true;
  }
  return false;
}

struct Leaving {
  double day = 0.0, people = 0.0;
  bool done = false;
};

struct Stays {
  std::size_t cases = 0;
  double people = 0.0, left = 0.0;  ///< when the cause ended, and so many days later
};

/// Every stay abroad whose cause ends at least `days` before the run does, and for which nobody is
/// sent there anew in that time.
void look(const Scenario& scenario, std::uint32_t run, double days, Stays& out) {
  RunOptions options;
  options.run = run;
  Simulation s(scenario, options);
  std::map<std::uint64_t, Leaving> leaving;
  while (!s.done()) {
    const std::size_t before = s.log().size();
    s.step();
    const World& w = s.world();
    ASSERT_NO_THROW(expect_mandates(w)) << "run " << run << ", step " << s.steps_done();
    const double day = s.steps_done() * scenario->clock.days();
    for (const Mandate& m : w.mandates) {
      const auto at = leaving.find(m.key);
      if (at == leaving.end()) {
        if (!m.active) continue;
        // An enemy holds ground, and is a matter of the war.
        if (!needs_mandate(w, m.sender, m.host) || !ended(s, m, before)) continue;
        leaving[m.key] = {day, people_there(w, m.sender, m.host)};
        continue;
      }
      Leaving& x = at->second;
      if (x.done || day < x.day + days) continue;
      x.done = true;
      // Who was sent after it, be it under a new mandate, came for another cause.
      const Mandate* now = mandate_of(w, m.sender, m.host);
      const bool sent_again = m.posted_day >= x.day || (now != nullptr && now->key != m.key);
      if (sent_again || x.people < 1.0 || !needs_mandate(w, m.sender, m.host)) continue;
      ++out.cases;
      out.people += x.people;
      out.left += people_there(w, m.sender, m.host);
    }
  }
}

Stays stays(const std::vector<std::string>& files, std::uint32_t runs, double days,
            const std::vector<Edit>& edits = {}) {
  Stays all;
  for (const std::string& file : files) {
    const Scenario scenario = load(file, edits);
    for (std::uint32_t run = 0; run < runs; ++run) look(scenario, run, days, all);
  }
  std::cout << fmt::format("{} stays of {:.0f} people; {:.0f} left after {} days\n", all.cases,
                           all.people, all.left, days);
  return all;
}

TEST(Abroad, NineOfTenAreHome270DaysAfterTheirCauseEndedSlow) {
  const Stays all =
      stays({"sahel/baseline.yaml", "sahel/policies/accession-of-chad.yaml",
             "sahel/policies/joint-force-5000.yaml", "sahel/policies/jihadists-truce.yaml",
             "sahel/ecowas/niger-2023.yaml", "july-1914/baseline.yaml"},
            20, 270.0);
  EXPECT_GE(all.cases, 200U);
  EXPECT_LE(all.left, 0.1 * all.people);
  // It is seen where they do not go.
  const Stays slow = stays({"sahel/baseline.yaml"}, 20, 270.0,
                           {{Edit::Kind::set, "mechanisms.mandates.recall", "730"}});
  EXPECT_GE(slow.cases, 20U);
  EXPECT_GT(slow.left, 0.1 * slow.people);
}

TEST(Abroad, NoSenderIsAboveItsCeilingSlow) {
  std::size_t looked_at = 0;
  for (const std::string& file : all_shipped()) {
    const Scenario scenario = load(file);
    for (std::uint32_t run = 0; run < 5; ++run) {
      RunOptions options;
      options.run = run;
      Simulation s(scenario, options);
      std::vector<double> before = s.world().presences.strength;
      while (!s.done()) {
        s.step();
        const World& w = s.world();
        before.resize(w.presences.size(), 0.0);
        for (std::size_t a = 0; a < w.actors.size(); ++a) {
          // An army that goes on into an enemy's country is no contingent, nor what a peace leaves
          // there; and who is beaten in a war of states falls back onto the soil of a friend.
          if (w.actors.mobilised[a] > 0.0) continue;
          double guests = 0.0, guests_before = 0.0;
          for (const auto row : w.presences_of(ActorId(a))) {
            const ActorId owner = w.regions.owner[w.presences.region[row].row()];
            if (owner == ActorId(a) || !needs_mandate(w, ActorId(a), owner)) continue;
            guests += w.presences.strength[row];
            guests_before += before[row];
          }
          const double ceiling = w.actors.deployment_ceiling[a];
          // Who stood abroad at the start, and whose ceiling is lowered, bring them home.
          ASSERT_LE(guests, std::max(ceiling, guests_before) + 1e-6)
              << file << ", run " << run << ", " << w.actors.name[a];
          looked_at += ceiling < no_ceiling && guests > 0.0;
        }
        before = w.presences.strength;
      }
    }
  }
  std::cout << fmt::format("{} days of senders abroad under a ceiling\n", looked_at);
  EXPECT_GT(looked_at, 1000U);
}

}  // namespace
}  // namespace casus::test
